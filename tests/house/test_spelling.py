"""How the catalogues spell: the words, signs and plural forms of a Moroccan paper, and of French print."""

import re
from collections.abc import Iterator

import pytest

from .test_translations import catalogue, is_translated

NO_BREAK = "\u00a0"
LETTER = "[\u0620-\u064a]"

# What no Arabic text of ours holds, by what is wrong with it.
ARABIC = {
    "an idea is «غير مقبولة»": "مرفوض",
    "«الانفتاح» has no hamza": "إنفتاح",
    "the months are those of Morocco": r"\b(?:مايو|إبريل|يوليو|أغسطس|سبتمبر|نوفمبر|ديسمبر)\b",
    "no verb made of «تم»": r"\bتم(?:ت)? (?:إرسال|التوصل|حفظ|نشر|تسجيل|النشر|الحجب)",
    "no act made of «قام»": r"\b(?:قم|قوموا|يرجى القيام) ب",
    "an edition is «مغلقة»": "مقفل",
    "points are «نقط»": r"\bنقاط\b",
    "no tanwin of an alef": "\u064b",
    "Arabic signs after Arabic letters": f"{LETTER}[,;?]",
    "no space before a sign": r" [،؛؟.:!]",
    "Arabic quotation marks": f'{LETTER}["“”]|["“”]{LETTER}',
    "Western digits": "[\u0660-\u0669\u06f0-\u06f9]",
    "single spaces": r"\S  +\S",
}
FRENCH = {
    "a printed apostrophe": r"\w'\w",
    "a no-break space before : ; ? ! »": rf"(?<!{NO_BREAK})[ \u202f][:;?!»]|«(?!{NO_BREAK})",
    "a space before ; ? ! at all": r"[\w)»’][;?!](?:\s|$)",
    "accents on capitals": r"\b(?:Edition|Etape|Etat|Ecri\w*|Echéance|Elu|Egal\w*|A (?:propos|venir|ce jour))\b",
    "non acceptée, not rejetée": r"\brejet",
    "adresse électronique": r"e-mail|courriel",
    "single spaces": r"\S  +\S",
}
# The one page that says what a petition is, and that an idea is none.
ON_PETITIONS = "petition"


def texts(entry) -> list[str]:
    """The translations of `entry`, one or its plural forms."""
    return [*entry.msgstr_plural.values()] if entry.msgid_plural else [entry.msgstr]


def faults(language: str, wrong: dict[str, str]) -> Iterator[str]:
    """Every text of the catalogue that holds something of `wrong`."""
    for entry in catalogue(language):
        for text in texts(entry):
            yield from (
                f"{why}: {text}" for why, pattern in wrong.items() if re.search(pattern, text)
            )


@pytest.mark.parametrize(("language", "wrong"), [("ar", ARABIC), ("fr", FRENCH)])
def test_the_texts_are_spelled_as_in_print(language, wrong):
    assert not [*faults(language, wrong)]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("فكرة مرفوضة", ARABIC), ("25 يوليو 2023", ARABIC), ("Source : x", FRENCH), ("Etat", FRENCH)],
)
def test_what_is_wrong_is_found(text, wrong):
    assert any(re.search(pattern, text) for pattern in wrong.values())


@pytest.mark.parametrize(("language", "petition"), [("ar", "عريضة"), ("fr", r"\bpétition")])
def test_an_idea_is_never_called_a_petition(language, petition):
    said = [
        entry.msgid for entry in catalogue(language) if re.search(petition, " ".join(texts(entry)))
    ]
    assert not [msgid for msgid in said if ON_PETITIONS not in msgid.lower()]


def test_one_two_and_some_are_three_forms_in_arabic():
    for entry in catalogue("ar"):
        if entry.msgid_plural and is_translated(entry):
            one, two, some = (entry.msgstr_plural[number] for number in (1, 2, 3))
            assert len(entry.msgstr_plural) == 6
            assert len({one, two, some}) == 3, entry.msgid


def test_one_and_two_are_words_in_arabic():
    """«فكرة واحدة» and «فكرتان»: a digit may stand beside them in brackets, never before them."""
    for entry in catalogue("ar"):
        if entry.msgid_plural:
            counts = re.findall(r"%\((\w+)\)[sd]|%d", entry.msgid_plural)
            for number in (1, 2):
                text = re.sub(
                    r"\([^()]*\)", "", re.sub(r"%\((\w+)\)", r"%\1", entry.msgstr_plural[number])
                )
                assert not (len(counts) == 1 and "%" in text), entry.msgid
