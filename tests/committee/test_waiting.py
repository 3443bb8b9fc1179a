"""Whom a proposal waits for, what its author was promised, and the lists by both."""

import datetime

import pytest
import time_machine
from django.utils import translation

from committee.models import DraftDecision
from committee.waiting import WaitsFor, promise_on, waiting_for, whom_it_waits_for
from openmuni import clock
from proposals.models import Proposal
from tests.factories import (
    REASON,
    make_actor,
    make_card,
    make_plan,
    make_project,
    make_proposal,
    make_step,
    make_user,
)

from .acting import DESK, give_seat, sign_in

pytestmark = pytest.mark.django_db

CARDS = "/ar/admin/consultations/remarkcard/"
# The clocks of the commune are an hour ahead of UTC: this is the first minute of 11 June there.
MIDNIGHT = datetime.datetime(2024, 6, 10, 23, 0, tzinfo=datetime.UTC)
MINUTE, DAY = datetime.timedelta(minutes=1), datetime.timedelta(days=1)


@pytest.fixture
def step():
    return make_step(make_plan(acknowledge_days=15, answer_days=60))


def draft_on(proposal):
    return DraftDecision.objects.prepare(
        proposal, "accepted", by=make_actor(), reason=REASON, version=proposal.version
    )


def one_of_each(step):
    """A proposal for every value of WaitsFor but my opinion, by that value."""
    made = {
        WaitsFor.MODERATOR: make_proposal(step, title="لم تقرأ", published=False),
        WaitsFor.COMMITTEE: make_proposal(step, title="منشورة"),
        WaitsFor.SIGNATURE: make_proposal(step, title="موقعة مرة"),
        WaitsFor.NOBODY: make_proposal(step, title="مقررة"),
    }
    draft_on(made[WaitsFor.SIGNATURE])
    made[WaitsFor.NOBODY].accept(by=make_actor(), reason=REASON)
    return made


@pytest.mark.parametrize("whom", [whom for whom in WaitsFor if whom != WaitsFor.MY_OPINION])
def test_a_list_holds_those_that_say_they_wait_for_it(step, whom):
    made, user = one_of_each(step), make_user("malika")
    found = waiting_for(Proposal.objects.select_related("plan", "submission"), whom, user)
    assert [*found] == [made[whom]]
    assert whom_it_waits_for(found.get()) == whom


def test_my_opinion_is_waited_for_until_it_is_given(step):
    seat, proposal = give_seat("malika", step.plan), make_proposal(step)
    mine = Proposal.objects.all(), WaitsFor.MY_OPINION, seat.user
    assert waiting_for(*mine).get() == proposal
    proposal.opinions.create(member=seat, view="accepted", at=clock.now())
    assert not waiting_for(*mine).exists()


def test_no_opinion_is_waited_for_from_who_takes_no_part(step):
    seat, proposal = give_seat("malika", step.plan), make_proposal(step)
    meeting = step.plan.meetings.create(date=clock.today())
    meeting.agenda.create(order=1, proposal=proposal).recusals.create(member=seat, reason="قرابة")
    assert not waiting_for(Proposal.objects.all(), WaitsFor.MY_OPINION, seat.user).exists()


def test_in_a_closed_edition_nothing_waits(step):
    proposal = make_proposal(step, published=False)
    step.plan.close(by=make_actor())
    proposal = Proposal.objects.select_related("plan", "submission").get()
    assert (whom_it_waits_for(proposal), promise_on(proposal)) == (WaitsFor.NOBODY, None)


# --- What was promised -------------------------------------------------------------------------------


@pytest.mark.parametrize(("published", "days"), [(False, 15), (True, 60)])
def test_the_days_are_those_of_the_edition_counted_in_days_of_the_commune(step, published, days):
    before, after = (
        promise_on(make_proposal(step, title=title, published=published, at=MIDNIGHT + shift)).due
        for title, shift in (("قبل", -MINUTE), ("بعد", MINUTE * 0))
    )
    first = datetime.date(2024, 6, 10) + days * DAY
    assert (before, after) == (first, first + DAY)


@pytest.mark.parametrize(("published", "days"), [(False, 15), (True, 60)])
@pytest.mark.parametrize(("minutes", "is_late"), [(-1, False), (0, True)])
def test_the_list_of_the_late_begins_at_midnight_after_the_promised_day(
    step, published, days, minutes, is_late
):
    proposal = make_proposal(step, published=published, at=MIDNIGHT)
    # Summer and winter show the same hour here: the promised day ends at 23:00 in UTC.
    with time_machine.travel(MIDNIGHT + (days + 1) * DAY + minutes * MINUTE, tick=False):
        assert Proposal.objects.late(clock.now()).exists() == is_late
        assert bool(promise_on(proposal).days_late) == is_late


@pytest.mark.parametrize("state", ["accepted", "withheld"])
def test_what_was_answered_or_withheld_is_never_late(step, state):
    proposal = make_proposal(step, at=clock.now() - 90 * DAY)
    if state == "accepted":
        proposal.accept(by=make_actor(), reason=REASON)
    else:
        proposal.submission.withhold(by=make_actor(), category="insult", reason=REASON)
    assert not Proposal.objects.late(clock.now()).exists()


def test_each_edition_has_its_own_promise(step):
    slow = make_step(make_plan(slug="2034-2035", answer_days=120))
    month_old = {"at": clock.now() - 90 * DAY}
    late, _in_time = make_proposal(step, **month_old), make_proposal(slow, title="٢", **month_old)
    assert Proposal.objects.late(clock.now()).get() == late


# --- In the lists -----------------------------------------------------------------------------------


def titles(client, **filters):
    return [proposal.title for proposal in client.get(DESK, filters).context["cl"].result_list]


def test_the_list_is_narrowed_by_whom_a_proposal_waits_for(step):
    one_of_each(step)
    client = sign_in("najat", group="coordinator")
    assert titles(client, waits_for="signature") == ["موقعة مرة"]


def test_what_waits_longest_is_first_among_those_that_wait(step):
    for title, age in (("الأحدث", 1), ("الأقدم", 3), ("الأوسط", 2)):
        make_proposal(step, title=title, at=clock.now() - age * DAY)
    client = sign_in("malika", group="member")
    assert titles(client, waits_for="committee") == ["الأقدم", "الأوسط", "الأحدث"]


def test_my_opinion_is_offered_to_who_has_a_seat(step):
    give_seat("malika", step.plan)
    offered = [
        "opinion"
        in [
            value for value, _label in client.get(DESK).context["cl"].filter_specs[0].lookup_choices
        ]
        for client in (sign_in("malika", group="member"), sign_in("sanae", group="moderator"))
    ]
    assert offered == [True, False]


def test_the_list_says_by_when_and_how_late_in_words(step):
    make_proposal(step, at=clock.now() - 63 * DAY)
    make_proposal(step, title="جديدة", published=False)
    with translation.override("fr"):
        page = sign_in("najat", group="coordinator").get(DESK.replace("/ar/", "/fr/"))
    shown = page.content.decode()
    assert "en retard de 3 jours" in shown
    assert "#warn" in shown
    assert "à lire le" in shown


def test_late_cards_are_a_list(step):
    project = make_project(step.plan)
    late = make_card(project, step=step, published=False)
    make_card(project, step=step)
    late.submission.received_at = clock.now() - 20 * DAY
    late.submission.save()
    page = sign_in("sanae", group="moderator").get(CARDS, {"late": "yes"})
    assert [*page.context["cl"].result_list] == [late]
