"""Folding of Arabic text, so that search is deaf to spelling variants. Imports none of the apps."""

import unicodedata

_LETTERS = {
    **dict.fromkeys("أإآٱ", "ا"),
    "ى": "ي",
    "ئ": "ي",
    "ؤ": "و",
    "ة": "ه",
    "گ": "ك",
    "ڭ": "ك",
    "ک": "ك",
    "ی": "ي",
}
_DIGITS = {
    **{chr(0x0660 + n): str(n) for n in range(10)},
    **{chr(0x06F0 + n): str(n) for n in range(10)},
}
_DIGIT_TABLE = str.maketrans(_DIGITS)
_TABLE = str.maketrans({**_LETTERS, **_DIGITS, "ء": None, "ـ": None})


def western_digits(text: str) -> str:
    """`text` with Arabic-Indic and Persian digits written as 0-9."""
    return text.translate(_DIGIT_TABLE)


def fold(text: str) -> str:
    """`text` in the one spelling that search compares: no marks, no case, one form of each letter."""
    decomposed = unicodedata.normalize(
        "NFKD", unicodedata.normalize("NFKC", text).translate(_TABLE)
    )
    bare = "".join(
        ch
        for ch in decomposed
        if unicodedata.category(ch) not in {"Mn", "Cf", "Cc"} or ch in "\n\t"
    )
    return " ".join(bare.casefold().translate(_TABLE).split())
