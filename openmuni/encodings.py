"""The text of a file of which nobody says how it was encoded. Imports none of the apps.

Every byte is a letter of Windows-1256, so decoding never fails and a wrong guess garbles without a
word. Here the file must show what it is; where it does not, it is refused with words.
"""

import codecs
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_UNKNOWN = _(
    "It cannot be told how the letters of this file were saved. Save it again as XLSX, or as “CSV UTF-8”."
)
_UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_ORDINARY = re.compile(r"[\t\n\r -~\u00a0-\u00ff\u0600-\u06ff\u2010-\u2026]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

# The encodings in which UTF-8 is misread, and how many letters must come out of it to be sure: one
# Arabic letter before a comma may be the two bytes of something else.
_MISREAD_AS = {"cp1256": 2, "cp1252": 1, "latin-1": 1}

_LETTER = r"[\u0621-\u063a\u0641-\u064a\u067e\u0686\u0698\u06a9\u06af]"
_ARABIC_WORD = re.compile(rf"{_LETTER}{{3,}}")
# What Arabic typed on a PC in Morocco never shows, and the bytes of another encoding always do:
# letters of Urdu, an accented letter within an Arabic word, a sign between two of its letters, a
# lone Arabic letter in a Latin word.
_SIGN = (
    r"[\u0192\u02c6\u0152\u0153\u2020-\u2022\u2030\u2039\u203a\u20ac\u2122¢-©¬®¯±µ¶¸¹»-¾×÷„‚…†‡]"
)
_GARBLED = re.compile(
    rf"[\u0679\u0688\u0691\u06ba\u06be\u06c1\u06d2]"
    rf"|{_LETTER}[à-ÿœŒ]|[à-ÿœŒ]{_LETTER}"
    rf"|{_LETTER}{_SIGN}{_LETTER}"
    rf"|(?<!{_LETTER}){_LETTER}[A-Za-z]|[A-Za-z]{_LETTER}(?!{_LETTER})"
)


def decode(content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or Windows-1256; raises ValidationError for any other.

    A byte order mark decides; without one strict UTF-8 does, then the zeros of UTF-16, and
    Windows-1256 only where all that comes out looks like Arabic.
    """
    if content.startswith(codecs.BOM_UTF8):
        return _strictly(content[3:], "utf-8")
    for mark, name in _UTF_16.items():
        if content.startswith(mark):
            return _strictly(content[2:], name)
    if b"\0" in content:
        return _unmarked_utf_16(content)
    try:
        return _without_controls(content.decode("utf-8"))
    except UnicodeDecodeError:
        return _windows_1256(content)


def was_garbled(text: str) -> bool:
    """Whether `text` is what is left of Arabic that some program read in a wrong encoding before."""
    if "\ufffd" in text or re.fullmatch(r"[\s?]*\?{3,}[\s?]*", text):
        return True
    if text.isascii():
        return False
    for name, least in _MISREAD_AS.items():
        try:
            meant = text.encode(name).decode()
        except UnicodeError:
            continue
        if len(text) - len(meant) >= least:
            return True
    return False


def _strictly(content, name):
    try:
        return _without_controls(content.decode(name))
    except UnicodeDecodeError:
        raise ValidationError(_UNKNOWN) from None


def _without_controls(text):
    if _CONTROL.search(text):
        raise ValidationError(_UNKNOWN)
    return text


def _unmarked_utf_16(content):
    """UTF-16 without a mark: of the two byte orders the one that gives ordinary letters."""
    for name in _UTF_16.values():
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if len(_ORDINARY.findall(text)) >= 0.98 * len(text):
            return _without_controls(text)
    raise ValidationError(_UNKNOWN)


def _windows_1256(content):
    text = _strictly(content, "cp1256")
    if not _ARABIC_WORD.search(text) or _GARBLED.search(text):
        raise ValidationError(_UNKNOWN)
    return text
