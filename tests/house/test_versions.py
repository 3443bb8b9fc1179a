"""Versions below which a known fault or hole is ours too, and the locks that keep us above."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions, version

import pytest

from .sources import APPS, ROOT, SHELL, code, tree

FLOORS = {
    "Django": (5, 2, 19),
    "django-import-export": (4, 4, 3),
    "tzdata": (2026, 3),  # the first to know that Morocco left +01 for good
    "weasyprint": (70, 0),
}
LOCKS = ["requirements.txt", "requirements-dev.txt"]


def numbers(release):
    return tuple(int(part) for part in re.findall(r"\d+", release))


@pytest.mark.parametrize("package", FLOORS)
def test_the_installed_version_is_not_below_the_floor_of(package):
    assert numbers(version(package)) >= FLOORS[package]


@pytest.mark.parametrize("package", FLOORS)
@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_is_not_below_the_floor(lock, package):
    pinned = re.search(rf"(?im)^{package}==(\S+)", (ROOT / lock).read_text())
    assert numbers(pinned[1]) >= FLOORS[package]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_of_the_lock_has_hashes(lock):
    blocks = re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip())
    assert blocks
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_django_stays_on_the_long_term_line():
    assert numbers(version("Django"))[:2] == (5, 2)


def plain(package):
    return re.match(r"[\w-]+", package)[0].lower().replace("_", "-")


def test_every_package_that_the_site_imports_is_a_dependency_of_the_site():
    imported = set()
    for path in code():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Import):
                imported.update(alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                imported.add(node.module.split(".")[0])
    others = imported - {*APPS, SHELL} - sys.stdlib_module_names
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    declared = {plain(package) for package in project["dependencies"]}
    providers = packages_distributions()
    assert others
    assert {
        name for name in others if not declared & {plain(each) for each in providers[name]}
    } == set()
