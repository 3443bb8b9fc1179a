"""An objection of the governor after the adoption: the council deliberates and adopts anew."""

import datetime

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from committee.documents import (
    STYLESHEET,
    IllegalAct,
    adopt,
    document_context,
    endorse,
    export_plan,
    put_to_consultation,
    standing_versions,
)
from committee.documents.stamp import stamp
from committee.models import Deliberation
from consultations.models import IllegalCorrection
from openmuni import clock, dates
from tests.factories import make_actor

from .acting import sign_in
from .documenting import make_plan_to_decide
from .test_version_acts import vote_on

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick_print(monkeypatch):
    monkeypatch.setattr("committee.documents.freezing.print_pdf", lambda html: b"%PDF-1.7 test")


@pytest.fixture
def plan():
    return make_plan_to_decide()


@pytest.fixture
def salma():
    return make_actor("salma")


def days_ago(number):
    return clock.today() - datetime.timedelta(number)


@pytest.fixture
def first_vote(plan, salma):
    """A vote that an adopted version bears, and to which the governor objected a day ago."""
    put_to_consultation(plan, by=salma)
    vote = vote_on(endorse(plan, by=salma, acted_on=days_ago(3)))
    adopt(vote, by=salma)
    vote.sent_on = vote.objected_on = days_ago(1)
    vote.objection = "تعليل"
    vote.save()
    return vote


def vote_anew(first, version, day=None) -> Deliberation:
    """The council deliberates anew in the same session, today unless another day is given."""
    sitting = first.sitting.session.sittings.create(held_on=day or clock.today(), present=25)
    return Deliberation.objects.create(
        sitting=sitting,
        version=version,
        redeliberates=first,
        number="46/2030",
        votes_for=21,
        votes_against=2,
        abstentions=2,
    )


def test_after_an_objection_the_bureau_endorses_and_the_council_adopts_anew(
    plan, salma, first_vote
):
    plan.projects.update(title_ar="عنوان صحح بعد التعرض")
    again = endorse(plan, by=salma, acted_on=clock.today())
    adopted = adopt(vote_anew(first_vote, again), by=salma)
    kinds = list(plan.versions.order_by("number").values_list("kind", flat=True))
    assert kinds == ["draft", "endorsed", "adopted", "endorsed", "adopted"]
    assert list(standing_versions()) == [adopted]


def test_the_very_text_objected_to_may_be_adopted_anew(salma, first_vote):
    adopted = adopt(vote_anew(first_vote, first_vote.version), by=salma)
    assert adopted.data_sha256 == first_vote.version.data_sha256
    assert list(standing_versions()) == [adopted]


def test_nothing_follows_the_second_adoption(plan, salma, first_vote):
    adopt(vote_anew(first_vote, first_vote.version), by=salma)
    with pytest.raises(IllegalAct):
        endorse(plan, by=salma, acted_on=clock.today())


def test_a_vote_that_came_before_the_objection_adopts_nothing_after_it(salma, first_vote):
    early = vote_anew(first_vote, first_vote.version, days_ago(2) - datetime.timedelta(1))
    with pytest.raises(IllegalAct, match=r"earlier|سابق"):
        adopt(early, by=salma)


def test_an_export_after_the_objection_is_a_draft_again(plan, first_vote):
    assert export_plan(plan, "ar").version.kind == "draft"


def test_an_export_after_the_second_adoption_gives_its_bytes(plan, salma, first_vote):
    adopted = adopt(vote_anew(first_vote, first_vote.version), by=salma)
    assert export_plan(plan, "ar").version == adopted


def test_the_version_objected_to_is_told_from_the_one_that_stands(plan, salma, first_vote):
    second = adopt(vote_anew(first_vote, first_vote.version), by=salma)
    first = plan.versions.filter(kind="adopted").earliest("number")
    assert stamp(first)["objected_on"] == first_vote.objected_on
    assert stamp(second)["objected_on"] is None


def test_a_version_that_was_adopted_anew_takes_no_erratum(plan, salma, first_vote):
    first = plan.versions.get(kind="adopted")
    adopt(vote_anew(first_vote, first_vote.version), by=salma)
    with pytest.raises(IllegalCorrection):
        first.correct(by=salma, place_ar="المشروع 1", text_ar="يقرأ 12 بدل 21")


@pytest.mark.parametrize("name", ["plan", "version_list", "version_detail"])
def test_the_pages_say_that_the_governor_objected(client, plan, first_vote, name):
    number = [plan.versions.get(kind="adopted").number] if name == "version_detail" else []
    page = client.get(reverse(name, args=[plan.slug, *number])).content.decode()
    with translation.override("ar"):
        assert _said_of(first_vote) in page


def test_the_document_says_that_the_governor_objected(plan, first_vote):
    version = plan.versions.get(kind="adopted")
    with translation.override("ar"):
        context = document_context(version, "ar") | {"stylesheet": STYLESHEET}
        assert _said_of(first_vote) in render_to_string("committee/plan_document.html", context)


def _said_of(vote):
    text = "The governor objected on %(day)s; the council deliberates anew."
    return gettext(text) % {"day": dates.day(vote.objected_on)}


def test_only_the_version_that_stands_is_offered_for_an_erratum(plan, salma, first_vote):
    coordinator = sign_in("najat", group="coordinator")
    shown = coordinator.get("/ar/admin/consultations/erratum/add/")
    assert not shown.context["adminform"].form.fields["version"].queryset.exists()
    second = adopt(vote_anew(first_vote, first_vote.version), by=salma)
    shown = coordinator.get("/ar/admin/consultations/erratum/add/")
    assert list(shown.context["adminform"].form.fields["version"].queryset) == [second]
