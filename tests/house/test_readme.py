"""The README says how to set what can be set, and how to type what can be typed."""

import re

from .sources import ROOT


def readme():
    return (ROOT / "README.md").read_text()


def test_every_setting_is_in_the_readme():
    settings = (ROOT / "openmuni/settings.py").read_text()
    read = set(re.findall(r"""(?:env\w*|environ\.get)\(["']([A-Z_]+)["']""", settings))
    explained = set(re.findall(r"^\| `([A-Z_]+)`", readme(), re.MULTILINE))
    assert explained == read


def test_every_make_target_is_in_the_readme():
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z]+):.*##", makefile, re.MULTILINE)) - {"help"}
    assert targets == {target for target in targets if f"make {target}" in readme()}


def test_every_file_that_the_readme_shows_exists():
    links = re.findall(r"\]\(([^)#:]+)\)", readme())
    assert [link for link in links if not (ROOT / link).exists()] == []
