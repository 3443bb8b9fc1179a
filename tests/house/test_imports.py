"""The import arrow: committee → proposals → consultations, with the shell's pure modules for all."""

import ast
import re

from django.apps import apps

from .sources import APPS, SHELL, code, files, hand_written_code, module, name, tree

# The modules of the shell that put the apps together, which therefore no app may import.
COMPOSERS = {
    f"{SHELL}.{name}"
    for name in ("settings", "urls", "pages", "failures", "design", "samples", "wsgi")
}
OURS = {*APPS, SHELL}


def imported_modules(node, path):
    """The full dotted names that one import statement may bind, a relative one resolved."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    base = node.module or ""
    if node.level:
        package = module(path).split(".")
        # In a package's __init__ the first dot is the package itself.
        up = node.level - (path.name == "__init__.py")
        parents = package[: len(package) - up] if up else package
        base = ".".join([*parents, *base.split(".")]).rstrip(".")
    return [base, *(f"{base}.{alias.name}" for alias in node.names)]


def imports(path, within=None):
    """(line, dotted name) of every import of our own code in a module, or in one of its functions."""
    for node in ast.walk(within or tree(path)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for dotted in imported_modules(node, path):
                if dotted.split(".")[0] in OURS:
                    yield node.lineno, dotted


def breaks_the_arrow(importer, dotted):
    source, target = importer.split(".")[0], dotted.split(".")[0]
    if target == SHELL:
        return source != SHELL and any(f"{dotted}.".startswith(f"{c}.") for c in COMPOSERS)
    if source == SHELL:
        return importer not in COMPOSERS
    return APPS.index(target) > APPS.index(source)


def test_imports_follow_the_arrow():
    faults = [
        f"{name(path)}:{line} imports {dotted}"
        for path in code()
        for line, dotted in imports(path)
        if breaks_the_arrow(module(path), dotted)
    ]
    assert not faults


def test_no_import_of_our_own_code_hides_in_a_function():
    faults = {
        f"{name(path)}:{line} imports {dotted}"
        for path in hand_written_code()
        for function in ast.walk(tree(path))
        if isinstance(function, ast.FunctionDef)
        for line, dotted in imports(path, within=function)
    }
    assert not faults


def our_models():
    return [model for model in apps.get_models() if model._meta.app_label in APPS]


def test_relations_follow_the_arrow():
    faults = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in our_models()
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model
        if field.related_model._meta.app_label in APPS
        if APPS.index(field.related_model._meta.app_label) > APPS.index(model._meta.app_label)
    ]
    assert not faults


def test_no_relation_is_generic():
    faults = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.private_fields
        if field.is_relation
    ]
    assert not faults


def names_upwards(app):
    """The reverse accessors, on models of `app` or below, that belong to an app above it."""
    lower = APPS[: APPS.index(app) + 1]
    upwards, legal = set(), set()
    for model in our_models():
        legal |= {field.name for field in model._meta.fields}
        for relation in model._meta.related_objects:
            goes_up = relation.related_model._meta.app_label not in lower
            (upwards if goes_up else legal).add(relation.get_accessor_name())
    # A name that also stands for something within reach cannot be told apart.
    return upwards - legal


def names_used(path):
    """(line, name) of every attribute, and of every part of a lookup such as `plan__steps`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute):
            yield node.lineno, node.attr
        elif isinstance(node, ast.keyword) and node.arg and "__" in node.arg:
            yield from ((node.value.lineno, part) for part in node.arg.split("__"))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and "__" in node.value:
            yield from ((node.lineno, part) for part in node.value.split("__"))


def test_lower_apps_do_not_reach_up_through_reverse_relations():
    upwards = {app: names_upwards(app) for app in APPS}
    faults = [
        f"{name(path)}:{line} {used}"
        for app in APPS
        for path in hand_written_code()
        if module(path).split(".")[0] == app
        for line, used in names_used(path)
        if used in upwards[app]
    ]
    assert not faults


def test_lower_templates_do_not_reach_up_through_reverse_relations():
    faults = [
        f"{name(path)} .{used}"
        for app in APPS
        for path in files("*.html", f"templates/{app}")
        for used in names_upwards(app)
        if re.search(rf"\.{used}\b", path.read_text())
    ]
    assert not faults
