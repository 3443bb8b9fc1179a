"""Folding of Arabic text, so that search is deaf to spelling variants. Imports none of the apps."""

import functools
import re
import unicodedata

_LETTERS = {
    **dict.fromkeys("أإآٱ", "ا"),
    "ى": "ي",
    "ئ": "ي",
    "ؤ": "و",
    "ة": "ه",
    "گ": "ك",
    "ڭ": "ك",
    "ݣ": "ك",
    "ک": "ك",
    "ی": "ي",
    "ے": "ي",
    **dict.fromkeys("ھہەۃ", "ه"),
}
# One apostrophe and one hyphen, and French letters as people type them.
_SIGNS = {
    **dict.fromkeys("‘’ʼ′", "'"),
    **dict.fromkeys("‐‒–—―−", "-"),
    "œ": "oe",
    "æ": "ae",
}
_DIGITS = {
    **{chr(0x0660 + n): str(n) for n in range(10)},
    **{chr(0x06F0 + n): str(n) for n in range(10)},
}
_DIGIT_TABLE = str.maketrans(_DIGITS)
_TABLE = str.maketrans({**_LETTERS, **_DIGITS, **_SIGNS, "ء": None, "ـ": None})
# «Wi-Fi» and «wifi» are one word; the letters of a reference, with its number after them, stay apart.
_HYPHEN = re.compile(r"(?<=[a-z])-(?=(?:[a-z]|-(?=[a-z]))++(?!-\d))")


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
    return _HYPHEN.sub("", " ".join(bare.casefold().translate(_TABLE).split()))


_AROUND_A_WORD = re.compile(r"^[\W_]+|[\W_]+$")


def search_words(text: str) -> list[str]:
    """The words of a folded query, each once, without the signs around them."""
    bare = (_AROUND_A_WORD.sub("", word) for word in text.split())
    return list(dict.fromkeys(filter(None, bare)))


_ARTICLES = ("وال", "بال", "كال", "فال", "لل", "ال")


def without_article(word: str) -> str:
    """A folded word without the article and what is written on it, where three letters are left."""
    for article in _ARTICLES:
        if word.startswith(article) and len(word) >= len(article) + 3:
            return word[len(article) :]
    return word


_WORD = re.compile(r"\w{3,}")
_STEM_LENGTH = 5


def stems(folded: str) -> set[str]:
    """The words of a folded text of three letters and more, without article and ending."""
    return {_stem(word) for word in _WORD.findall(folded)}


@functools.lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    if (bare := without_article(word)) == word and word[0] in "وبلف" and len(word) >= 5:
        bare = word[1:]  # «and», «with», «for», «then» are written on the word
    return bare[:_STEM_LENGTH]
