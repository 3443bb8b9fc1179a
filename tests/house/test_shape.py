"""The size of files and functions."""

import ast

from .sources import APPS, ROOT, SHELL, code, files, hand_written_code, name, tree

FILE_LINES, FUNCTION_LINES, VIEW_LINES = 400, 40, 25


def source_files():
    """What people write and read; built CSS and generated migrations are neither."""
    scripts = [
        path
        for kind in ("*.html", "*.scss", "*.js", "*.mjs")
        for path in files(kind, "templates", "static")
    ]
    migrations = {path for path in code() if "migrations" in path.parts}
    return [
        path for path in [*files("*.py", SHELL, *APPS, "tests"), *scripts] if path not in migrations
    ]


def excused(lines, limit):
    """An exception says why, in a comment of the form `over 400 lines because …`."""
    return any(f"over {limit} lines because" in line for line in lines)


def test_a_file_fits_on_400_lines():
    faults = {}
    for path in source_files():
        lines = path.read_text().splitlines()
        if len(lines) > FILE_LINES and not excused(lines, FILE_LINES):
            faults[name(path)] = len(lines)
    assert not faults


def functions():
    """(path, lines, syntax node) of every function that is not a test."""
    for path in [*hand_written_code(), *files("*.py", "static")]:
        lines = path.read_text().splitlines()
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, lines[node.lineno - 1 : node.end_lineno], node


def is_view(path, node):
    first = node.args.args[:1]
    return path.parent != ROOT and bool(first) and first[0].arg == "request"


def test_a_function_fits_on_40_lines():
    faults = [
        f"{name(path)}:{node.lineno} {node.name} has {len(lines)}"
        for path, lines, node in functions()
        if len(lines) > FUNCTION_LINES and not excused(lines, FUNCTION_LINES)
    ]
    assert not faults


def test_a_view_fits_on_25_lines():
    faults = [
        f"{name(path)}:{node.lineno} {node.name} has {len(lines)}"
        for path, lines, node in functions()
        if is_view(path, node) and len(lines) > VIEW_LINES
    ]
    assert not faults


def test_no_module_is_a_drawer_for_odds_and_ends():
    drawers = {"services", "utils", "helpers", "common", "misc"}
    faults = [name(path) for path in code() if drawers & {path.stem, path.parent.name}]
    assert not faults
