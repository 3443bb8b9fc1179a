"""Texts of the frozen data, made ready for a page in one language: marked, isolated, escaped."""

import re
import unicodedata
from dataclasses import dataclass

from django.conf import settings
from django.utils.html import conditional_escape, format_html, format_html_join

from openmuni.languages import language_of, only_in
from openmuni.tags import direction

_LANGUAGES = {code for code, _name in settings.LANGUAGES}

# Within Arabic, numbers and Latin words joined by a hyphen, a slash or a space would change places:
# `09-08` would be read as 08-09. The engine that makes the PDF knows no isolation but an element
# with a direction of its own.
_LATIN = "0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017f"
_LEFT_TO_RIGHT_RUN = re.compile(rf"(\+?[{_LATIN}]+(?:[-/.'’_@ \u00a0][{_LATIN}]+)+)")


@dataclass(frozen=True)
class Text:
    """A text with its language and direction. `html` is escaped; false when there is nothing to read."""

    html: str
    lang: str
    dir: str
    foreign: bool = False
    # Of an official text that exists in the other language only.
    note: str = ""

    def __bool__(self):
        return bool(self.html)

    def __str__(self):
        """The text within a sentence of the page."""
        if not self.foreign:
            return self.html
        said = format_html('<span lang="{}" dir="{}">{}</span>', self.lang, self.dir, self.html)
        return format_html("{} <small>{}</small>", said, self.note) if self.note else said


def official(pair: dict, language: str) -> Text:
    """The text of `pair` in `language`, else in the language in which it exists."""
    others = (code for code in pair if pair[code] and code != language)
    code = language if pair[language] else next(others, language)
    way = direction(code)
    note = only_in(code) if pair[code] else ""
    return Text(isolated(pair[code], way), code, way, foreign=code != language, note=note)


def typed(text: dict) -> Text:
    """What a person typed, isolated from what stands around it.

    Its letters and words say more than the language of the page it was sent from.
    """
    way = first_direction(text["text"]) or direction(text["language"])
    code = language_of(text["text"], text["language"])
    return Text(isolated(text["text"], way), code, way, foreign=True)


def first_direction(text: str) -> str:
    """`rtl` or `ltr` by the first letter of `text` that has a direction, `""` when none has."""
    for letter in text:
        way = unicodedata.bidirectional(letter)
        if way in {"L", "R", "AL"}:
            return "ltr" if way == "L" else "rtl"
    return ""


def isolated(text: str, way: str):
    """`text` escaped, with the left-to-right runs of a right-to-left text in elements of their own."""
    if way == "ltr":
        return conditional_escape(text)
    parts = _LEFT_TO_RIGHT_RUN.split(text)
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<span dir="ltr">{}</span>', part) if place % 2 else part,)
            for place, part in enumerate(parts)
        ),
    )


def spoken(value, language: str):
    """`value` with every pair and every typed text below it turned into a Text."""
    if isinstance(value, list):
        return [spoken(each, language) for each in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == _LANGUAGES:
        return official(value, language)
    if value.keys() == {"text", "language"}:
        return typed(value)
    return {key: spoken(each, language) for key, each in value.items()}
