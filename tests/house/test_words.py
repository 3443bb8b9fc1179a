"""Words that must not be in the code: those of one commune, and the addresses of package registries."""

import re
from pathlib import Path

from .sources import APPS, ROOT, SHELL, committed, files, name

COMMUNE = re.compile(r"العرائش|للعرائش|larache", re.IGNORECASE)
# The data's file names may be said where they are loaded.
DATA_FILES = re.compile(r"larache(_facts)?\.(json|csv)")

# Written in two parts, or this file would hold them.
REGISTRIES = [
    "pypi" + ".org",
    "python" + "hosted.org",
    "npmjs" + ".org",
    "npmjs" + ".com",
    "yarnpkg" + ".com",
]


def test_no_word_of_one_commune_is_in_code_templates_or_catalogues():
    sources = [
        *[path for path in files("*.py", SHELL, *APPS, "tests") if path != Path(__file__)],
        *files("*.html", "templates"),
        *files("*.po", "locale"),
        *files("*.js", "static"),
        *files("*.scss", "static"),
    ]
    faults = [
        f"{name(path)}:{number}"
        for path in sources
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if COMMUNE.search(DATA_FILES.sub("", line))
    ]
    assert not faults


def test_no_committed_file_names_a_package_registry():
    faults = []
    for path in committed():
        text = path.read_bytes()
        faults += [f"{name(path)}: {host}" for host in REGISTRIES if host.encode() in text]
    assert not faults


def test_the_top_level_holds_the_agreed_folders_only():
    agreed = {
        SHELL, *APPS, ".ci", "fixtures", "locale", "static", "templates", "tests",
    }  # fmt: skip
    folders = {path.relative_to(ROOT).parts[0] for path in committed() if path.parent != ROOT}
    assert folders <= agreed
