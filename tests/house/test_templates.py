"""Templates: nothing inline, nothing unescaped, nothing unused."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.template.loaders.app_directories import get_app_template_dirs

from .sources import ROOT, code, name, templates, tree

# What the content security policy would refuse, or what would print a citizen's text as markup.
FORBIDDEN = {
    "an inline style": r"\bstyle\s*=|<style\b",
    "an inline script": r"<script\b(?![^>]*\bsrc=)",
    "an inline handler": r"<[^>]*\son[a-z]+\s*=",
    "a script address": r"javascript:",
    "unescaped output": r"\|\s*safe(seq)?\b|autoescape\s+off",
}
UNESCAPED_IN_CODE = {"mark_safe", "SafeString", "SafeText", "html_safe", "SafeData"}

# Names that Django looks for by itself.
BY_NAME = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
ADMIN_BY_MODEL = re.compile(r"admin/\w+/(\w+/)?\w+\.html")


def markup(path):
    """A template without its comments, which may speak of what is forbidden."""
    text = re.sub(r"{#.*?#}", "", path.read_text())
    return re.sub(r"{%\s*comment\b.*?endcomment\s*%}", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("fault", FORBIDDEN)
def test_no_template_holds(fault):
    found = [name(path) for path in templates() if re.search(FORBIDDEN[fault], markup(path))]
    assert not found


def test_no_code_marks_text_as_safe():
    found = [
        f"{name(path)}:{node.lineno}"
        for path in code()
        for node in ast.walk(tree(path))
        if UNESCAPED_IN_CODE & {getattr(node, "id", None), getattr(node, "attr", None)}
        or (isinstance(node, ast.alias) and node.name in UNESCAPED_IN_CODE)
    ]
    assert not found


def strings_in_code():
    return {
        node.value
        for path in code()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def names_in_templates():
    quoted = re.compile(r"""["']([^"'\s]+\.\w+)["']""")
    return {found for path in templates() for found in quoted.findall(markup(path))}


def overrides(template):
    """True if a template of the same name in an installed package is replaced by ours."""
    return any((Path(folder) / template).exists() for folder in get_app_template_dirs("templates"))


def test_every_template_is_used():
    used = strings_in_code() | names_in_templates() | BY_NAME
    ours = [str(path.relative_to(ROOT / "templates")) for path in templates()]
    unused = [
        template
        for template in ours
        if template not in used
        and not overrides(template)
        and not ADMIN_BY_MODEL.fullmatch(template)
    ]
    assert not unused


def test_every_template_compiles():
    assert settings.TEMPLATES[0]["DIRS"] == [ROOT / "templates"]
    for path in templates():
        engines["django"].get_template(str(path.relative_to(ROOT / "templates")))
