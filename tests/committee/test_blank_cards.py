"""Blank cards on paper: the words of the forms, the address in the QR code, the work file."""

import io
import re

import pypdf
import pytest
from django.utils import translation

from committee.documents import DocumentError, cards
from committee.documents.cards import (
    cards_page,
    cards_pdf,
    idea_card,
    new_project_card,
    qr_drawing,
    remarks_card,
)
from committee.views import cards as views
from consultations.models import Commune
from tests.factories import make_axis, make_heading, make_plan, make_project, make_step

pytestmark = pytest.mark.django_db

SITE = "https://openness.example.org"
KINDS = pytest.mark.parametrize("kind", ["idea", "new_project", "remarks"])
LANGUAGES = pytest.mark.parametrize("language", ["ar", "fr"])


@pytest.fixture
def plan():
    plan = make_plan()
    make_axis(plan)
    for key in ("problem", "solution", "other"):
        make_heading(plan, key)
    make_project(plan, problem_ar="الوثائق لا تنشر في وقتها", problem_fr="Les documents tardent")
    return plan


@pytest.fixture(autouse=True)
def _made_cards_go_elsewhere(monkeypatch, tmp_path):
    monkeypatch.setattr(cards, "_MADE", type(cards._MADE)(str(tmp_path), {}))


def card_of(kind, plan):
    project = plan.projects.get()
    makers = {
        "idea": lambda: idea_card(plan),
        "new_project": lambda: new_project_card(plan),
        "remarks": lambda: remarks_card(project),
    }
    return makers[kind]()


def plain(html):
    """The text of a page, without its markup."""
    return " ".join(re.sub(r"<[^>]*>", "", html).split())


@KINDS
@LANGUAGES
def test_no_field_of_the_form_is_missing_on_the_card(plan, kind, language):
    with translation.override(language):
        card = card_of(kind, plan)
        page = plain(cards_page(plan, [card], language, SITE)).lower()
        missing = [
            box.name
            for box in card.form.visible_fields()
            for words in (box.label, box.help_text)
            if words and plain(str(words)).lower() not in page
        ]
    assert not missing


@KINDS
def test_the_fields_stand_in_the_order_of_the_form(plan, kind):
    card = card_of(kind, plan)
    assert [part["name"] for part in card.parts()] == [
        box.name for box in card.form.visible_fields()
    ]


def test_every_choice_of_the_form_has_its_box(plan):
    page = cards_page(plan, [idea_card(plan)], "ar", SITE)
    card = idea_card(plan)
    choices = [*card.form.fields["axis"].choices, *card.form.fields["shown_as"].choices]
    # Two cards on the page, and the box of the agreement.
    assert page.count('class="box"') == 2 * (len(choices) + 1)


def test_a_remarks_card_says_what_the_project_says(plan):
    page = cards_page(plan, [card_of("remarks", plan)], "ar", SITE)
    assert "الوثائق لا تنشر في وقتها" in page


@KINDS
@LANGUAGES
def test_the_square_code_holds_the_address_of_the_form(client, plan, kind, language):
    make_step(plan)
    with translation.override(language):
        card = card_of(kind, plan)
        page = cards_page(plan, [card], language, SITE)
        assert qr_drawing(f"{SITE}{card.path}")["path"] in page
    assert client.get(card.path).status_code == 200


def test_the_address_is_written_under_the_code(plan):
    with translation.override("fr"):
        page = cards_page(plan, [idea_card(plan)], "fr", SITE)
    assert f"openness.example.org/fr/{plan.slug}/ideas/new/" in page


def test_a_number_stands_on_the_card_and_on_its_stub(plan):
    page = cards_page(plan, [idea_card(plan)], "ar", SITE, numbers=range(41, 44))
    assert [page.count(f'dir="ltr">{number}<') for number in (40, 41, 42, 43, 44)] == [
        0,
        2,
        2,
        2,
        0,
    ]


def test_what_an_author_of_texts_writes_is_no_markup(plan):
    plan.projects.update(title_ar="<script>alert(1)</script>", problem_ar="<b>&")
    page = cards_page(plan, [card_of("remarks", plan)], "ar", SITE)
    assert "<script>" not in page
    assert "&lt;b&gt;&amp;" in page


# --- The files ------------------------------------------------------------------------------


def pages_of(answer):
    reader = pypdf.PdfReader(io.BytesIO(answer.content))
    return [page.extract_text() for page in reader.pages]


@pytest.mark.once
@LANGUAGES
@pytest.mark.parametrize("name", ["cards/idea", "cards/new-project"])
def test_a_card_is_one_page_for_everybody(client, plan, language, name):
    answer = client.get(f"/{language}/{plan.slug}/{name}.pdf")
    assert len(pages_of(answer)) == 1


@pytest.mark.once
@LANGUAGES
def test_the_fullest_idea_card_still_fits_on_half_a_page(client, language):
    plan = make_plan(slug="2030-2031-rehearsal", is_rehearsal=True)
    for number in range(4):
        make_axis(
            plan, key=f"axis-{number}", name_fr="Marketing territorial", name_ar="التسويق الترابي"
        )
    Commune.objects.update(cndp_number="D-W-123/2026")
    answer = client.get(f"/{language}/{plan.slug}/cards/idea.pdf")
    assert len(pages_of(answer)) == 1


@pytest.mark.once
def test_the_text_of_a_card_copies_out(client, plan):
    [page] = pages_of(client.get(f"/fr/{plan.slug}/cards/idea.pdf"))
    assert page.count("Services de qualité") == 2


@pytest.mark.once
def test_fifty_numbered_cards_fill_twenty_five_pages(plan):
    html = cards_page(plan, [idea_card(plan)], "ar", SITE, numbers=range(1, 51))
    assert len(pypdf.PdfReader(io.BytesIO(cards_pdf(html))).pages) == 25


@pytest.mark.once
def test_the_work_file_holds_a_card_for_each_project_and_one_for_a_new_one(client, plan):
    make_project(plan)
    plan.statements.create(kind="work_file", order=1, text_fr="Charte du réseau")
    plan.statements.create(kind="principle", order=1, text_fr="Transparence")
    pages = pages_of(client.get(f"/fr/{plan.slug}/work-file.pdf"))
    assert len(pages) == 5
    text = "\n".join(pages)
    assert all(words in text for words in ("Charte du réseau", "Transparence", "Projet d’essai 2"))


@pytest.fixture
def full_work_file(client):
    """A work file of six headings and three projects: brief, long, and too long for one sheet."""
    plan = make_plan(slug="2030-2031-rehearsal", is_rehearsal=True)
    keys = ("problem", "solution", "funding_source", "followup_indicator", "impact_indicator")
    for key in (*keys, "other"):
        make_heading(plan, key)
    for length in (0, 200, 1500):
        text = ("La rue est sombre. " * 100)[:length]
        make_project(plan, problem_ar=text, problem_fr=text, solution_ar=text, solution_fr=text)

    def pages(language):
        answer = client.get(f"/{language}/{plan.slug}/work-file.pdf")
        with translation.override(language):
            stub = plain(translation.gettext("Keep this part"))
            heads = [translation.gettext(name) for name in ("Remarks card", "New project card")]
        words = {"stub": stub, "heads": tuple(heads)}
        return words, [pdf.strip() for pdf in pages_of(answer)[1:]]

    return pages


@pytest.mark.once
def test_every_stub_of_the_work_file_stands_with_the_consent_of_its_card(full_work_file):
    words, pages = full_work_file("fr")
    stubs = [page for page in pages if words["stub"] in page]
    assert len(stubs) == 4
    assert all(page.index("J’accepte") < page.index(words["stub"]) for page in stubs)


@pytest.mark.once
@LANGUAGES
def test_every_card_of_the_work_file_begins_a_sheet_and_only_a_long_one_takes_two(
    full_work_file, language
):
    words, pages = full_work_file(language)
    begins = [page.startswith(words["heads"]) for page in pages]
    assert begins == [True, True, True, False, True]


@pytest.mark.once
def test_a_second_sheet_of_a_card_says_whose_it_is(full_work_file):
    words, pages = full_work_file("fr")
    assert all(name in pages[3] for name in (words["heads"][0], "Projet d’essai 3"))


@pytest.mark.once
def test_no_boxes_of_a_stub_are_printed_over_the_head_of_another_card(full_work_file):
    words, pages = full_work_file("fr")
    heads = [page for page in pages if page.startswith(words["heads"])]
    assert all(page.count("Référence publique") <= 1 for page in heads)
    assert all("Référence publique" not in page[: len(page) // 2] for page in heads)


@pytest.mark.once
def test_whoever_has_the_card_is_not_sent_it_again(client, plan, monkeypatch):
    address = f"/ar/{plan.slug}/cards/idea.pdf"
    first = client.get(address)
    monkeypatch.setattr(cards, "print_pdf", lambda html: pytest.fail("made twice"))
    assert client.get(address).content == first.content
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_a_card_that_cannot_be_made_is_said(client, plan, monkeypatch):
    def fail(html):
        raise DocumentError("لم يتم")

    monkeypatch.setattr(views, "cards_pdf", fail)
    answer = client.get(f"/ar/{plan.slug}/cards/idea.pdf")
    assert (answer.status_code, "لم يتم" in answer.content.decode()) == (503, True)


@pytest.mark.parametrize("name", ["cards/idea.pdf", "cards/new-project.pdf", "work-file.pdf"])
def test_an_edition_being_prepared_has_no_cards_yet(client, name):
    plan = make_plan(state="preparing")
    assert client.get(f"/ar/{plan.slug}/{name}").status_code == 404


def test_a_project_being_prepared_has_no_card_yet(client):
    project = make_project(make_plan(state="preparing"))
    assert client.get(f"/ar/projects/{project.pk}/card.pdf").status_code == 404


@pytest.mark.parametrize("projects", [2, 6])
def test_the_work_file_asks_for_a_fixed_number_of_queries(
    client, plan, monkeypatch, django_assert_max_num_queries, projects
):
    for _project in range(projects):
        make_project(plan)
    monkeypatch.setattr(views, "cards_pdf", lambda html: b"%PDF-")
    with django_assert_max_num_queries(10):
        client.get(f"/ar/{plan.slug}/work-file.pdf")


@pytest.mark.parametrize("page", ["about", "plan"])
def test_the_work_file_is_offered_where_people_look_for_it(client, plan, page):
    shown = client.get(f"/ar/{plan.slug}/{page}/").content.decode()
    assert f"/ar/{plan.slug}/work-file.pdf" in shown
