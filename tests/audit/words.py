"""Texts of a page that are not in its language."""

import re
from pathlib import Path

import polib

from tests.openmuni.test_every_page import LATIN_IN_ARABIC

CATALOGUE = Path(__file__).resolve().parents[2] / "locale/fr/LC_MESSAGES/django.po"
# What no French sentence holds.
_ENGLISH = re.compile(
    r"\b(?:the|and|of|your|with|this|is|are|was|been|has|have|which|from|you)\b", re.IGNORECASE
)
_LATIN, _ARABIC = re.compile(r"[A-Za-zÀ-ÿ]{3,}"), re.compile(r"[\u0621-\u064a]{2,}")
# What a template or a script prints when it was not given what it asks for.
_RAW = re.compile(r"""%\(\w+\)|\{\{|\{%|\bNone\b|\bundefined\b|\bNaN\b|["'/]>|<["'/]|&\w+;""")


def left_in_english() -> frozenset[str]:
    """The message ids that are something else in French."""
    entries = polib.pofile(CATALOGUE)
    # «Close» is a French word too.
    return frozenset(entry.msgid for entry in entries) - {entry.msgstr for entry in entries}


def strangers(texts, language, msgids=frozenset()) -> list[str]:
    """Those of `texts` that a reader of `language` would not understand, each once."""
    found = []
    for text in dict.fromkeys(texts):
        if language == "ar":
            wrong = set(_LATIN.findall(text)) - LATIN_IN_ARABIC
        else:
            wrong = text in msgids or _ENGLISH.search(text) or _ARABIC.search(text)
        if wrong or _RAW.search(text):
            found.append(" ".join(text.split())[:80])
    return found
