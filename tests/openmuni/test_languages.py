"""The language of what people type is told by its letters and words, never by the form alone."""

import pytest
from django.utils import translation

from committee.documents.wording import official
from openmuni.languages import UNKNOWN, language_of
from tests.factories import make_heading, make_plan, make_project, make_proposal, make_step


@pytest.mark.parametrize("sent_in", ["", "ar", "fr"])
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("إنارة الأزقة قرب المدرسة", "ar"),
        ("بغينا الضو فالزنقة", "ar"),
        ("Wifi في ساحة التحرير", "ar"),
        ("Éclairer la rue de l’école", "fr"),
        ("Des bancs pour les personnes âgées", "fr"),
        ("Une route de 2km et un terrain de 500 m2 dans le quartier", "fr"),
        ("bghina ddaw f zan9a dyalna", UNKNOWN),
        ("3afak chi jarda l7ouma", UNKNOWN),
    ],
)
def test_letters_and_words_say_more_than_the_form(text, language, sent_in):
    assert language_of(text, sent_in) == language


def test_latin_letters_from_the_french_form_are_french():
    assert language_of("Jardin public", "fr") == "fr"


def test_latin_letters_from_the_arabic_form_are_of_no_known_language():
    assert language_of("Jarda kbira", "ar") == UNKNOWN


def test_one_french_word_in_a_long_text_is_no_evidence():
    text = "Bghina chi jarda kbira fiha les bancs o chjer bzaf"
    assert language_of(text, "ar") == UNKNOWN


@pytest.mark.parametrize(("sent_in", "language"), [("ar", "ar"), ("fr", "fr"), ("", UNKNOWN)])
def test_a_text_without_letters_has_the_language_of_its_form(sent_in, language):
    assert language_of("2024 🌳", sent_in) == language


@pytest.mark.django_db
def test_an_arabic_idea_sent_through_the_french_form_is_marked_as_arabic(client):
    idea = make_proposal(make_step(make_plan()), title="إنارة زنقة المدرسة", language="fr")
    shown = client.get(f"/fr/ideas/{idea.reference}/").content.decode()
    assert '<h1 class="user-text" lang="ar" dir="auto">إنارة زنقة المدرسة</h1>' in shown


@pytest.mark.django_db
def test_a_text_in_no_known_language_is_not_read_as_one(client):
    idea = make_proposal(make_step(make_plan()), title="Bghina jarda f l7ouma", language="ar")
    shown = client.get(f"/ar/ideas/{idea.reference}/").content.decode()
    assert 'lang="und" dir="auto">Bghina jarda f l7ouma</h1>' in shown


@pytest.mark.django_db
def test_an_official_text_that_exists_in_arabic_only_says_so_on_a_french_page(client):
    project = make_project(make_plan(), title_ar="حديقة الحي", title_fr="")
    shown = client.get(f"/fr/projects/{project.pk}/").content.decode()
    heading = '<span lang="ar" dir="rtl">حديقة الحي</span> <small>(en arabe)</small>'
    assert f"<h1>{heading}</h1>" in shown


@pytest.mark.django_db
def test_a_card_that_is_written_in_arabic_only_says_so_on_a_french_page(client):
    plan = make_plan()
    make_heading(plan, "problem")
    project = make_project(plan, problem_ar="الأزقة مظلمة", problem_fr="")
    shown = client.get(f"/fr/projects/{project.pk}/").content.decode()
    assert '<p class="mute">(en arabe)</p>' in shown


def test_on_paper_a_text_of_the_other_language_says_so():
    with translation.override("fr"):
        text = str(official({"ar": "نص", "fr": ""}, "fr"))
    assert text == '<span lang="ar" dir="rtl">نص</span> <small>(en arabe)</small>'
