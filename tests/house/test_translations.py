"""Every text of code and templates is in both catalogues, translated and not doubtful."""

import shutil
import subprocess
import sys

import polib
import pytest

from .sources import APPS, ROOT, SHELL, files

LANGUAGES = ("ar", "fr")


@pytest.fixture(scope="module")
def extracted(tmp_path_factory):
    """What makemessages finds in the sources, as an empty catalogue."""
    copy = tmp_path_factory.mktemp("sources")
    for path in [
        *files("*.py", SHELL, *APPS),
        *files("*.html", "templates"),
        *files("*.txt", "templates"),
    ]:
        target = copy / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    (copy / "locale").mkdir()
    command = [sys.executable, "-m", "django", "makemessages", "--locale=fr", "--verbosity=0"]
    # Without settings it writes to ./locale: the project's own catalogues are not touched.
    subprocess.run(command, cwd=copy, env={"PATH": "/usr/bin:/bin"}, check=True)
    return polib.pofile(str(copy / "locale/fr/LC_MESSAGES/django.po"))


def catalogue(language):
    path = ROOT / "locale" / language / "LC_MESSAGES/django.po"
    return polib.pofile(path.read_text())


def is_translated(entry):
    texts = [*entry.msgstr_plural.values()] if entry.msgid_plural else [entry.msgstr]
    return bool(texts) and all(text.strip() for text in texts) and not entry.fuzzy


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_into(language, extracted):
    translated = {
        (entry.msgctxt, entry.msgid)
        for entry in catalogue(language)
        if not entry.obsolete and is_translated(entry)
    }
    missing = [entry.msgid for entry in extracted if (entry.msgctxt, entry.msgid) not in translated]
    assert not missing, "\n".join(missing)


def test_no_text_has_markup(extracted):
    assert not [entry.msgid for entry in extracted if "<" in entry.msgid]
