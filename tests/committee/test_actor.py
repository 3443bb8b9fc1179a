"""Under which name and function a person acts."""

import datetime

import pytest

from committee.models import CommitteeMember
from openmuni import clock
from tests.factories import REASON, make_plan, make_proposal, make_step, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return make_plan()


def seat(plan, user, **fields):
    return CommitteeMember.objects.create(
        plan=plan, order=1, college="elected", user=user, **{"name_ar": "بشرى"} | fields
    )


def actor(user, plan):
    return CommitteeMember.objects.actor(user, plan)


def test_a_member_acts_under_the_name_and_function_of_the_seat(plan):
    bushra = make_user("bushra")
    seat(plan, bushra, function_ar="مقررة", role_title_ar="عضوة اللجنة")
    assert (actor(bushra, plan).name, actor(bushra, plan).function) == ("بشرى", "مقررة")


def test_a_member_without_function_nor_title_can_decide(plan):
    bushra = make_user("bushra")
    seat(plan, bushra)
    CommitteeMember.objects.update(function_ar=None, role_title_ar=None)
    decision = make_proposal(make_step(plan)).accept(by=actor(bushra, plan), reason=REASON)
    assert decision.by_function == ""


def test_a_very_long_account_name_can_decide(plan):
    long = make_user("long", first_name="أ" * 150, last_name="ب" * 150)
    decision = make_proposal(make_step(plan)).accept(by=actor(long, plan), reason=REASON)
    assert len(decision.by_name) == 120


def test_who_no_longer_sits_acts_under_the_account_s_name(plan):
    bushra = make_user("bushra", first_name="Bouchra")
    seat(plan, bushra, until=clock.today() - datetime.timedelta(days=1))
    assert actor(bushra, plan).name == "Bouchra"


def test_a_seat_of_another_edition_gives_no_name(plan):
    bushra = make_user("bushra")
    seat(make_plan(slug="2032-2033"), bushra)
    assert actor(bushra, plan).name == "bushra"
