"""In which language a text is written, where it is not that of the page. Imports none of the apps."""

import re

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

# What each language calls itself, on its own: without the mark and the small letter of running text.
OWN_NAMES = {"ar": "العربية", "fr": "Français"}

_NAMED = {"ar": _("(in Arabic)"), "fr": _("(in French)")}

# The language of a text that we cannot tell: a screen reader then keeps its own voice.
UNKNOWN = "und"

_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3\u0750-\u077f]")
_LATIN = re.compile(r"[a-zà-öø-ÿœ]", re.IGNORECASE)
_WORD = re.compile(r"[\w’']+")
# Darija in Latin letters writes sounds as digits: «l7ouma», «3afak», «zan9a».
_DARIJA = re.compile(r"\b(?:[a-z]+[2379]+[a-z]*|[2379]+[a-z]{2,})\b")
# What French has and Darija, Spanish or Tamazight in Latin letters have not.
_FRENCH_WORD = re.compile(
    "les|des|du|et|est|une|pour|dans|qui|sur|avec|aux|ces?|cette|nous|notre|nos|vous|votre|elle|pas|plus"
    "|par|sans|sous|chaque|sont|ou|afin|chez|leurs?"
)
_ELISION = re.compile(r"(?:[ldjnmsc]|qu)[’'][a-zà-ÿ]")
_FRENCH_LETTER = re.compile(r"[àâçèéêëîïôœùû]")
_FRENCH_SIGNS = (_FRENCH_WORD.fullmatch, _ELISION.match, _FRENCH_LETTER.search)


def language_of(text: str, sent_in: str = "") -> str:
    """`ar`, `fr` or `und` for a text typed by somebody; `sent_in` is the language of the form, which may differ.

    The script tells Arabic. Latin letters are French on evidence alone, or when they came through
    the French form and nothing speaks of Darija: a wrong language is read aloud worse than none.
    """
    arabic, latin = len(_ARABIC.findall(text)), len(_LATIN.findall(text))
    if arabic >= latin:
        return "ar" if arabic else sent_in or UNKNOWN
    # «500 m2» and «2km» look like Darija.
    if _is_french(text) or (sent_in == "fr" and not _DARIJA.search(text)):
        return "fr"
    return UNKNOWN


def only_in(code: str) -> str:
    """«(en arabe)» on a French page for a text in Arabic; empty in the page's own language or an unknown one."""
    return "" if code == get_language() else str(_NAMED.get(code, ""))


def _is_french(text: str) -> bool:
    """Whether two words of `text` are French, or one where there are no more than five."""
    words = _WORD.findall(text.casefold())
    telling = sum(any(found(word) for found in _FRENCH_SIGNS) for word in words)
    return telling >= (1 if len(words) <= 5 else 2)
