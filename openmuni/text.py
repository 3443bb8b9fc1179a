"""Cleaning of what people type, before it is validated or stored. Imports none of the apps."""

import re
import unicodedata

# Zero-width joiners shape Arabic words and emoji, so they stay; what reverses or hides text goes.
_KEPT_FORMATS = {"\u200c", "\u200d"}
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_BLANK_RUN = re.compile(r"\n{3,}")
_NUMBER_PAIR = re.compile(r"\d+(?:-\d+)+")


def clean(text: str, *, lines: bool = True) -> str:
    """`text` in NFC without control, bidi-override and invisible characters, stripped.

    With `lines` false, line ends and tabs become single spaces. Never raises.
    """
    text = _LINE_ENDS.sub("\n", text)
    kept = "".join(ch if _is_kept(ch) else "" for ch in text)
    kept = unicodedata.normalize("NFC", kept)
    if not lines:
        return _visible(" ".join(kept.split()))
    kept = "\n".join(line.rstrip() for line in kept.split("\n"))
    return _visible(_BLANK_RUN.sub("\n\n", kept).strip())


def isolate_numbers(text: str) -> str:
    """`text` with «2024-2025» and «09-08» in isolates, each in one piece.

    After an Arabic letter they would be drawn backwards, and after a hyphen a line may end.
    """
    return _NUMBER_PAIR.sub(_isolated, text)


def _isolated(pair) -> str:
    return "\u2066" + pair[0].replace("-", "-\u2060") + "\u2069"


def _is_kept(ch: str) -> bool:
    if ch in "\n\t" or ch in _KEPT_FORMATS:
        return True
    return unicodedata.category(ch) not in {"Cc", "Cf", "Cs", "Co"}


# These letters and marks draw nothing at all, alone or in a row.
_INVISIBLE = _KEPT_FORMATS | {"\u115f", "\u1160", "\u3164", "\uffa0", "\u2800", "\u034f"}


def _visible(text: str) -> str:
    """`text`, or nothing when no character of it would be seen."""
    seen = any(
        ch not in _INVISIBLE and not ch.isspace() and not unicodedata.combining(ch) for ch in text
    )
    return text if seen else ""
