"""What the text under a heading became since a card came in."""

import pytest
from django.utils import translation

from consultations.became import Texts
from openmuni.compare import ADDED, REMOVED
from tests.factories import (
    make_card,
    make_heading,
    make_plan,
    make_project,
    make_step,
    make_version,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    plan = make_plan()
    make_step(plan)
    return make_project(plan, problem_ar="نص قديم", problem_fr="Texte ancien")


def rewrite(project, **texts):
    type(project).objects.filter(pk=project.pk).update(**texts)
    project.refresh_from_db()


def became(card, key="problem"):
    card = type(card).objects.select_related("project__plan").get(pk=card.pk)
    return Texts(card.plan, [card.version_id]).became(card, make_heading(card.plan, key))


def changes(found):
    return [(run.kind, run.text) for run in found.runs if run.kind in {REMOVED, ADDED}]


def test_the_present_card_is_compared_while_no_newer_version_is_public(project):
    make_version(project.plan)
    card = make_card(project)
    rewrite(project, problem_ar="نص جديد")
    found = became(card)
    assert (found.version, found.newer) == (1, None)
    assert changes(found) == [(REMOVED, "قديم"), (ADDED, "جديد")]


def test_the_newest_public_version_is_compared_and_no_draft_of_the_desk(project):
    make_version(project.plan)
    card = make_card(project)
    rewrite(project, problem_ar="نص جديد")
    make_version(project.plan)
    rewrite(project, problem_ar="نص لم ينشر")
    make_version(project.plan, published_at=None)
    found = became(card)
    assert (found.newer, found.after) == (2, "نص جديد")


def test_a_text_is_compared_in_the_language_of_the_page(project):
    make_version(project.plan)
    card = make_card(project)
    rewrite(project, problem_fr="Texte nouveau")
    with translation.override("fr"):
        assert changes(became(card)) == [(REMOVED, "ancien"), (ADDED, "nouveau")]


def test_a_text_that_is_in_the_other_language_alone_is_compared_there(project):
    rewrite(project, problem_fr="")
    make_version(project.plan)
    card = make_card(project)
    with translation.override("fr"):
        found = became(card)
    assert (found.language, found.has_changed) == ("ar", False)


def test_a_project_keeps_its_text_when_its_number_changes(project):
    make_version(project.plan)
    card = make_card(project)
    rewrite(project, number=7)
    assert became(card).before == "نص قديم"


def test_a_version_of_the_first_format_knows_a_project_by_its_number(project):
    version = make_version(project.plan)
    for frozen in version.data["projects"]:
        frozen.pop("id", None)
    make_version(project.plan, number=2, data=version.data)
    assert became(make_card(project)).before == "نص قديم"


@pytest.mark.parametrize(("key", "is_changed"), [("funding_source", True), ("problem", False)])
def test_the_lines_under_a_heading_change_from_version_to_version(project, key, is_changed):
    make_version(project.plan)
    card = make_card(project)
    project.funding_lines.create(source="state", name_ar="وزارة", amount=1000)
    make_version(project.plan)
    assert became(card, key).lines_changed is is_changed


def test_the_lines_of_one_kind_of_indicator_are_not_those_of_the_other(project):
    make_version(project.plan)
    card = make_card(project)
    project.indicators.create(kind="impact_indicator", name_ar="نسبة الرضا")
    make_version(project.plan)
    kinds = ("impact_indicator", "followup_indicator")
    assert [became(card, kind).lines_changed for kind in kinds] == [True, False]


def test_a_version_that_kept_no_sheet_has_no_lines_to_compare(project):
    first = make_version(project.plan)
    for frozen in first.data["projects"]:
        del frozen["sheet"]
    make_version(project.plan, data=first.data)
    card = make_card(project)
    project.funding_lines.create(source="state", name_ar="وزارة", amount=1000)
    make_version(project.plan)
    assert not became(card, "funding_source").lines_changed


def test_there_is_nothing_to_compare_without_a_version_or_a_text(project):
    assert became(make_card(project)) is None
    make_version(project.plan)
    assert became(make_card(project, other="عام"), "other") is None


def test_a_project_that_the_version_did_not_have_has_no_text_before(project):
    make_version(project.plan)
    assert became(make_card(make_project(project.plan))) is None


def test_all_the_texts_of_an_edition_are_one_query(project, django_assert_num_queries):
    for _number in range(3):
        make_version(project.plan)
        make_card(project)
    cards = list(project.remark_cards.select_related("project__plan"))
    heading = make_heading(project.plan)
    with django_assert_num_queries(1):
        texts = Texts(project.plan, {card.version_id for card in cards})
        assert all(texts.became(card, heading) for card in cards)
