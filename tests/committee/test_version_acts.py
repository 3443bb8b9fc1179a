"""The acts that freeze a version: their order, what each holds, and what refuses them."""

import datetime

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from committee.documents import (
    DocumentError,
    IllegalAct,
    adopt,
    endorse,
    export_plan,
    mark_consulted,
    plan_data,
    put_to_consultation,
)
from committee.models import CouncilSession, Deliberation
from consultations.models import ActionPlan, IllegalCorrection, PlanVersion, Remark
from openmuni import clock
from tests.factories import REASON, make_actor, make_card, make_plan, make_project, make_step

from .documenting import make_plan_to_decide

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick_print(monkeypatch):
    """What is printed is tested elsewhere."""
    monkeypatch.setattr(
        "committee.documents.freezing.print_pdf", lambda html: b"%PDF-" + html.encode()
    )


@pytest.fixture
def plan():
    """An edition whose window is over."""
    return make_plan_to_decide()


@pytest.fixture
def salma():
    return make_actor("salma")


def vote_on(version, *, votes_for=20, **fields) -> Deliberation:
    """A vote of the council on `version`, the day before yesterday."""
    day = clock.today() - datetime.timedelta(2)
    session = CouncilSession.objects.create(
        plan=version.plan, month=day.replace(day=1), members_in_office=30
    )
    sitting = session.sittings.create(held_on=day, present=25)
    return Deliberation.objects.create(
        sitting=sitting,
        version=version,
        votes_for=votes_for,
        votes_against=3,
        abstentions=1,
        **{"number": "45/2030"} | fields,
    )


def brought_to_endorsement(plan, by) -> PlanVersion:
    put_to_consultation(plan, by=by)
    mark_consulted(plan, by=by)
    return endorse(plan, by=by, acted_on=clock.today())


# --- The way through ----------------------------------------------------------------------


def test_a_plan_goes_through_all_its_acts(plan, salma):
    adopt(vote_on(brought_to_endorsement(plan, salma)), by=salma)
    kinds = plan.versions.public().values_list("number", "kind")
    assert list(kinds) == [(4, "adopted"), (3, "endorsed"), (2, "consulted"), (1, "draft")]


def test_an_act_freezes_a_document_in_every_language(plan, salma):
    version = put_to_consultation(plan, by=salma)
    languages = [code for code, _name in settings.LANGUAGES]
    assert sorted(version.pdfs.values_list("language", flat=True)) == sorted(languages)


def test_an_act_is_signed_and_dated(plan, salma):
    version = put_to_consultation(plan, by=salma, note_ar="أول مسودة")
    assert (version.frozen_by_name, version.note_ar) == (salma.name, "أول مسودة")
    assert version.frozen_at == version.published_at


def test_the_adopted_version_carries_the_very_data_the_council_voted_on(plan, salma):
    endorsed = brought_to_endorsement(plan, salma)
    plan.projects.update(title_ar="عنوان تغير بعد التصويت")
    adopted = adopt(vote_on(endorsed), by=salma)
    assert (adopted.data, adopted.data_sha256) == (endorsed.data, endorsed.data_sha256)


def test_the_adopted_version_bears_the_day_of_the_sitting(plan, salma):
    vote = vote_on(brought_to_endorsement(plan, salma))
    assert adopt(vote, by=salma).acted_on == vote.sitting.held_on


def test_the_adopted_document_bears_the_number_of_the_decision(plan, salma):
    version = adopt(vote_on(brought_to_endorsement(plan, salma)), by=salma)
    assert "45/2030" in bytes(version.pdfs.get(language="fr").content).decode()


def test_a_second_consultation_may_follow_the_first(plan, salma):
    put_to_consultation(plan, by=salma)
    mark_consulted(plan, by=salma)
    assert put_to_consultation(plan, by=salma).number == 3


# --- Working exports ----------------------------------------------------------------------


def test_an_export_for_the_desk_is_not_public(plan, salma):
    assert export_plan(plan, "ar").version.published_at is None


def test_an_export_after_an_act_gives_the_bytes_that_the_act_kept(plan, salma):
    version = put_to_consultation(plan, by=salma)
    assert export_plan(plan, "ar").version == version


def test_a_change_after_the_adoption_is_exported_as_the_next_draft(plan, salma):
    adopt(vote_on(brought_to_endorsement(plan, salma)), by=salma)
    plan.projects.update(title_ar="عنوان جديد")
    assert export_plan(plan, "ar").version.kind == "draft"


# --- Refusals -----------------------------------------------------------------------------


def test_nothing_is_consulted_before_a_draft_was_put_to_the_consultation(plan, salma):
    with pytest.raises(IllegalAct):
        mark_consulted(plan, by=salma)


def test_an_unanswered_remark_stands_in_the_way_and_is_counted(plan, salma):
    put_to_consultation(plan, by=salma)
    make_card(plan.projects.first(), problem="ملاحظة أولى", other="ملاحظة ثانية")
    with pytest.raises(IllegalAct, match="2"):
        mark_consulted(plan, by=salma)


def test_a_card_that_waits_for_moderation_stands_in_the_way(plan, salma):
    put_to_consultation(plan, by=salma)
    make_card(plan.projects.first(), published=False)
    with pytest.raises(IllegalAct, match="1"):
        mark_consulted(plan, by=salma)


def test_once_every_remark_is_answered_the_plan_is_consulted(plan, salma):
    put_to_consultation(plan, by=salma)
    card = make_card(plan.projects.first())
    card.remarks.get().give_answer(Remark.Outcome.TAKEN, REASON, by=salma)
    assert mark_consulted(plan, by=salma).data["remarks"][0]["outcome"] == "taken"


def test_the_plan_is_not_consulted_while_the_public_can_still_write(plan, salma):
    put_to_consultation(plan, by=salma)
    make_step(plan)
    with pytest.raises(IllegalAct):
        mark_consulted(plan, by=salma)


def test_the_bureau_endorses_nothing_that_the_public_has_not_seen(plan, salma):
    with pytest.raises(IllegalAct):
        endorse(plan, by=salma, acted_on=clock.today())


def test_the_bureau_does_not_endorse_in_the_future(plan, salma):
    put_to_consultation(plan, by=salma)
    with pytest.raises(IllegalAct):
        endorse(plan, by=salma, acted_on=clock.today() + datetime.timedelta(1))


def test_the_bureau_endorses_nothing_while_the_public_can_still_write(plan, salma):
    put_to_consultation(plan, by=salma)
    make_step(plan)
    with pytest.raises(IllegalAct):
        endorse(plan, by=salma, acted_on=clock.today())


def test_a_plan_is_not_consulted_after_its_endorsement(plan, salma):
    brought_to_endorsement(plan, salma)
    with pytest.raises(IllegalAct):
        mark_consulted(plan, by=salma)


@pytest.mark.parametrize(
    "fields",
    [{"votes_for": 2}, {"number": ""}],
    ids=["not adopted", "without a number"],
)
def test_a_vote_that_falls_short_adopts_nothing(plan, salma, fields):
    vote = vote_on(brought_to_endorsement(plan, salma), **fields)
    with pytest.raises(IllegalAct):
        adopt(vote, by=salma)
    assert not plan.versions.filter(kind="adopted").exists()


def test_a_vote_to_which_the_governor_objected_adopts_nothing(plan, salma):
    day = clock.today()
    vote = vote_on(
        brought_to_endorsement(plan, salma), sent_on=day, objected_on=day, objection="تعليل"
    )
    with pytest.raises(IllegalAct):
        adopt(vote, by=salma)


def test_the_vote_that_the_adopted_version_bears_does_not_change_any_more(plan, salma):
    vote = vote_on(brought_to_endorsement(plan, salma))
    adopt(vote, by=salma)
    vote.votes_for, vote.number = 2, "46/2030"
    with pytest.raises(ValidationError) as refusal:
        vote.full_clean()
    assert {"votes_for", "number"} <= set(refusal.value.message_dict)


def test_what_follows_the_vote_is_written_after_the_adoption(plan, salma):
    put_to_consultation(plan, by=salma)
    vote = vote_on(endorse(plan, by=salma, acted_on=clock.today() - datetime.timedelta(3)))
    adopt(vote, by=salma)
    vote.sent_on = clock.today()
    vote.full_clean()


def test_a_vote_on_a_version_that_was_not_endorsed_adopts_nothing(plan, salma):
    vote = vote_on(put_to_consultation(plan, by=salma))
    with pytest.raises(IllegalAct):
        adopt(vote, by=salma)


def test_nothing_follows_the_adoption(plan, salma):
    adopt(vote_on(brought_to_endorsement(plan, salma)), by=salma)
    with pytest.raises(IllegalAct):
        put_to_consultation(plan, by=salma)


@pytest.mark.parametrize("state", ["preparing", "closed"])
def test_an_edition_that_is_not_open_takes_no_act(salma, state):
    plan = make_plan(state=state)
    with pytest.raises(IllegalAct):
        put_to_consultation(plan, by=salma)


# --- Nothing half made --------------------------------------------------------------------


def test_a_document_that_fails_leaves_no_version(plan, salma, monkeypatch):
    made = []

    def fail_the_second_time(html):
        made.append(html)
        if len(made) == 2:
            raise DocumentError
        return b"%PDF-"

    monkeypatch.setattr("committee.documents.freezing.print_pdf", fail_the_second_time)
    with pytest.raises(DocumentError):
        put_to_consultation(plan, by=salma)
    assert not plan.versions.exists()


def test_an_act_that_another_overtook_takes_the_next_number(plan, salma, monkeypatch):
    def overtaken(html):
        monkeypatch.setattr("committee.documents.freezing.print_pdf", lambda html: b"%PDF-")
        export_plan(plan, "ar")
        return b"%PDF-late"

    monkeypatch.setattr("committee.documents.freezing.print_pdf", overtaken)
    assert put_to_consultation(plan, by=salma).number == 2


def test_what_refuses_an_act_is_asked_again_before_it_is_kept(plan, salma, monkeypatch):
    put_to_consultation(plan, by=salma)

    def a_card_comes_in(html):
        make_card(plan.projects.first())
        return b"%PDF-"

    monkeypatch.setattr("committee.documents.freezing.print_pdf", a_card_comes_in)
    with pytest.raises(IllegalAct):
        mark_consulted(plan, by=salma)
    assert plan.versions.count() == 1


def test_an_edition_that_is_closed_while_the_documents_are_printed_takes_no_version(
    plan, salma, monkeypatch
):
    def it_is_closed(html):
        ActionPlan.objects.update(state="closed")
        return b"%PDF-"

    monkeypatch.setattr("committee.documents.freezing.print_pdf", it_is_closed)
    with pytest.raises(IllegalAct):
        put_to_consultation(plan, by=salma)


# --- Errata -------------------------------------------------------------------------------


def test_errata_of_the_adopted_version_are_numbered(plan, salma):
    version = adopt(vote_on(brought_to_endorsement(plan, salma)), by=salma)
    for text in ("يقرأ 12 بدل 21", "تحذف كلمة"):
        version.correct(by=salma, place_ar="المشروع 1", text_ar=text)
    assert list(version.errata.values_list("number", flat=True)) == [1, 2]


def test_a_version_that_is_not_adopted_takes_no_erratum(plan, salma):
    version = put_to_consultation(plan, by=salma)
    with pytest.raises(IllegalCorrection):
        version.correct(by=salma, place_ar="المشروع 1", text_ar="يقرأ 12 بدل 21")


# --- What a remark found ------------------------------------------------------------------


def test_a_version_says_what_the_text_was_when_the_remark_was_made(plan, salma):
    put_to_consultation(plan, by=salma)
    project = plan.projects.first()
    make_card(project)
    type(project).objects.filter(pk=project.pk).update(problem_ar="نص جديد", number=9)
    earlier = plan_data(plan)["earlier"]
    assert earlier["1"]["9"]["problem"]["ar"] == "مشكل الإنارة وفق القانون 09-08"


def test_a_version_keeps_the_number_of_a_project_that_has_none_of_its_remarks(plan, salma):
    put_to_consultation(plan, by=salma)
    make_card(make_project(plan, title_ar="مشروع أضيف بعد المسودة"))
    assert plan_data(plan)["earlier"] == {}
