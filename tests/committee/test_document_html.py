"""The document as a page: what stands on it, and how texts of two directions stand together."""

import re

import pytest
from django.utils import translation
from django.utils.translation import gettext

from committee.documents.figures import bars
from committee.documents.printing import printable
from committee.documents.wording import first_direction, isolated, official, typed
from consultations.models import Commune, Step
from proposals.results import DecisionTable, Row
from proposals.status import Status
from tests.factories import make_plan, make_step

from .documenting import MARKUP, an_instant, html_of, make_document_plan


def said_in(language, text):
    with translation.override(language):
        return gettext(text)


# --- What stands on the page --------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "way"), [("ar", "rtl"), ("fr", "ltr")])
def test_the_page_says_its_language_and_direction(language, way):
    assert f'<html lang="{language}" dir="{way}">' in html_of(make_document_plan(), language)


@pytest.mark.django_db
def test_the_chapters_stand_in_their_order():
    html = html_of(make_document_plan())
    assert re.findall(r'<h1[^>]* id="([\w-]+)"', html) == [
        "contents",
        "objectives",
        "timeline",
        "figures",
        "axes",
        "projects",
        "project-1",
        "project-2",
        "committee",
        "next-steps",
        "annex",
    ]


@pytest.mark.django_db
def test_every_line_of_the_contents_leads_somewhere():
    html = html_of(make_document_plan())
    assert set(re.findall(r'href="#([\w-]+)"', html)) <= set(re.findall(r'\bid="([\w-]+)"', html))


@pytest.mark.django_db
def test_the_cover_bears_the_lines_of_the_commune():
    assert "المملكة المغربية<br>وزارة الداخلية" in html_of(make_document_plan())


@pytest.mark.django_db
def test_an_apostrophe_is_escaped_once():
    assert "Ministère de l&#x27;Intérieur" in html_of(make_document_plan(), "fr")


@pytest.mark.django_db
def test_an_empty_heading_says_that_it_is_not_defined():
    html = html_of(make_document_plan())
    sheet = html[html.index('id="project-2"') : html.index('id="committee"')]
    assert sheet.count(said_in("ar", "not defined yet")) == 6  # five headings and the sheet


@pytest.mark.django_db
def test_a_heading_with_lines_alone_has_a_full_dot():
    plan, full = make_document_plan(), '<span class="dot full">'
    dots = html_of(plan).count(full)
    plan.projects.last().funding_lines.create(source="state", amount=5)
    assert html_of(plan).count(full) == dots + 1


@pytest.mark.django_db
def test_a_heading_with_lines_in_the_sheet_is_not_called_empty():
    plan = make_document_plan()
    said = "تفاصيله في بطاقة المشروع أسفله"
    assert said not in html_of(plan)
    plan.projects.last().funding_lines.create(source="state", amount=5)
    assert html_of(plan).count(said) == 1


@pytest.mark.django_db
def test_a_draft_says_that_the_council_has_not_adopted_it():
    html = html_of(make_document_plan())
    assert said_in("ar", "The council has not adopted it yet.") in html


@pytest.mark.django_db
def test_a_rehearsal_is_called_so_in_the_head_of_every_page():
    html = html_of(make_document_plan(slug="2030-2031-rehearsal", is_rehearsal=True))
    head = html[html.index("running-head") : html.index("running-foot")]
    assert said_in("ar", "Rehearsal") in head


@pytest.mark.django_db
def test_a_real_edition_is_not_called_a_rehearsal():
    assert "rehearsal" not in html_of(make_document_plan())


@pytest.mark.django_db
def test_a_text_without_french_stands_in_arabic_and_is_marked():
    html = html_of(make_document_plan(), "fr")
    assert '<span lang="ar" dir="rtl">قرار رئيس المجلس</span>' in html


@pytest.mark.django_db
def test_the_name_of_the_window_and_the_author_are_words_without_markup():
    plan = make_document_plan(title_fr="")
    Commune.objects.update(name_fr="")
    head = html_of(plan, "fr").partition("</head>")[0]
    title, author = (
        re.search(f"{before}(.*?){after}", head)[1]
        for before, after in [("<title>", "</title>"), ('name="author" content="', '">')]
    )
    assert (title, author) == ("برنامج عمل الانفتاح · جماعة الاختبار", "جماعة الاختبار")


@pytest.mark.django_db
def test_markup_in_an_idea_stays_text():
    html = html_of(make_document_plan())
    assert "&lt;img src=" in html
    assert MARKUP not in html


@pytest.mark.django_db
def test_an_idea_bears_its_own_language():
    html = html_of(make_document_plan())
    assert '<h3 lang="fr" dir="ltr">Des bancs</h3>' in html


@pytest.mark.django_db
def test_a_vote_whose_date_is_past_is_not_taken_for_held():
    plan = make_plan()
    make_step(plan, kind=Step.Kind.COUNCIL_ADOPTION, first=-9, last=-9, accepts="nothing")
    html = html_of(plan)
    assert said_in("ar", "awaited") in html
    assert 'class="done"' not in html


@pytest.mark.django_db
def test_a_station_bears_its_own_title_wherever_it_stands():
    plan = make_plan()
    make_step(plan, kind=Step.Kind.CONSULTATION_WEEK, title_ar="التشاور في شهر")
    html = html_of(plan)
    assert html.count("التشاور في شهر") == 2
    with translation.override("ar"):
        assert str(Step.Kind.CONSULTATION_WEEK.label) not in html


@pytest.mark.django_db
def test_a_station_stands_as_on_the_day_of_the_version():
    plan = make_plan()
    make_step(plan, first=-9, last=-8)
    assert 'class="next"' in html_of(plan, frozen_at=an_instant("2020-01-01"))


@pytest.mark.django_db
def test_a_figure_of_a_meeting_stands_after_its_name():
    html = html_of(make_document_plan())
    assert f"{said_in('ar', 'Women participants')} <strong>40</strong>" in html


@pytest.mark.django_db
def test_a_version_without_ideas_says_so():
    html = html_of(make_plan())
    assert said_in("ar", "No idea of this edition is published on the portal.") in html


# --- Texts of two directions ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("القانون 09-08", 'القانون <span dir="ltr">09-08</span>'),
        ("الفكرة TST-2030-0004 قبلت", 'الفكرة <span dir="ltr">TST-2030-0004</span> قبلت'),
        ("هاتف +212 539 00", 'هاتف <span dir="ltr">+212 539 00</span>'),
        ("تطبيق Budget citoyen 12 هنا", 'تطبيق <span dir="ltr">Budget citoyen 12</span> هنا'),
        ("مقعد 12", "مقعد 12"),
    ],
)
def test_a_left_to_right_run_is_isolated_in_arabic(text, shown):
    assert isolated(text, "rtl") == shown


def test_isolation_escapes_what_it_wraps_and_what_it_does_not():
    assert isolated("<b>ن</b> 1-2", "rtl") == '&lt;b&gt;ن&lt;/b&gt; <span dir="ltr">1-2</span>'


def test_french_needs_no_isolation():
    assert isolated("loi 09-08 & décret", "ltr") == "loi 09-08 &amp; décret"


@pytest.mark.parametrize(("text", "way"), [("12 حديقة", "rtl"), ("« Parc »", "ltr"), ("12!", "")])
def test_the_first_letter_gives_the_direction(text, way):
    assert first_direction(text) == way


def test_french_sent_from_the_arabic_page_is_french():
    text = typed({"text": "Des bancs", "language": "ar"})
    assert (text.lang, text.dir) == ("fr", "ltr")


def test_an_official_text_in_the_language_of_the_page_needs_no_mark():
    assert str(official({"ar": "نص", "fr": "Texte"}, "fr")) == "Texte"


def test_an_official_text_that_exists_nowhere_is_false():
    assert not official({"ar": "", "fr": ""}, "fr")


# --- Characters and bars ---------------------------------------------------------------------


def test_a_character_outside_the_font_becomes_a_bullet_and_counts():
    assert printable("نغرس 🌳 و🌳") == ("نغرس • و•", 2)


def test_a_variation_selector_is_left_out_uncounted():
    assert printable("❤\ufe0f") == ("•", 1)


def test_arabic_french_and_markup_are_printable():
    text = "<p>«ڭڤپ» ﷺ\n\t— l’été, œuvre… 12,5 %</p>"
    assert printable(text) == (text, 0)


def table():
    rows = [Row(Status.ACCEPTED, "accepted", [3, 1]), Row(Status.REJECTED, "rejected", [0, 2])]
    return DecisionTable(["workshop", "digital"], rows)


def places(language):
    return [
        [(part["x"], part["count"]) for part in bar["parts"]] for bar in bars(table(), language)
    ]


def test_bars_grow_from_the_right_in_arabic():
    assert places("ar") == [[(3, 3)], [(5, 1), (3, 2)], [(2, 4), (0, 2)]]


def test_bars_grow_from_the_left_in_french():
    assert places("fr") == [[(0, 3)], [(0, 1), (1, 2)], [(0, 4), (4, 2)]]
