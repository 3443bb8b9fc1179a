"""`manage.py rehearse`: what it builds."""

import csv
import datetime
import re
from pathlib import Path

import pytest
from django.db.models import Max, Min

from committee.models import CommitteeMember, Opinion
from consultations.models import (
    Channel,
    ModerationAct,
    Remark,
    RemarkCard,
    RemarkHeading,
    Statement,
    Step,
    Submission,
)
from openmuni import clock
from proposals.models import Decision, Proposal, Status
from proposals.results import live_table

from .rehearsing import all_rows, plan, real_plan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("built")]

FACTS = Path(__file__).parents[1] / "data" / "larache_facts.csv"


def test_the_table_of_statuses_by_channel_is_the_deck_s():
    tally = {
        (Channel.DIGITAL, Status.ACCEPTED): 5,
        (Channel.DIGITAL, Status.MERGED): 2,
        (Channel.DIGITAL, Status.IN_PROGRESS): 2,
        (Channel.DIGITAL, Status.REJECTED): 1,
        (Channel.WORKSHOP, Status.ACCEPTED): 15,
        (Channel.WORKSHOP, Status.MERGED): 6,
        (Channel.WORKSHOP, Status.IN_PROGRESS): 8,
    }
    assert Proposal.objects.filter(plan=plan()).public().tally() == tally


def test_the_results_page_counts_39_ideas():
    assert live_table(plan()).total == 39


@pytest.mark.parametrize(("state", "count"), [("published", 39), ("pending", 5), ("withheld", 2)])
def test_so_many_ideas_are_published_waiting_and_withheld(state, count):
    assert Proposal.objects.filter(plan=plan(), submission__moderation=state).count() == count


def test_what_is_withheld_has_a_reason():
    acts = ModerationAct.objects.filter(act="withhold")
    assert all(len(act.reason) > 20 for act in acts)


def test_ideas_can_be_sent_today():
    assert plan().steps.accepting_ideas(clock.now()).exists()


def test_remarks_can_be_sent_today():
    assert plan().steps.accepting_remarks(clock.now()).exists()


def test_the_stations_follow_each_other():
    days = list(plan().steps.order_by("order").values_list("starts_on", flat=True))
    assert days == sorted(days)


def test_the_last_station_has_a_whole_month():
    step = plan().steps.order_by("order").last()
    next_day = step.ends_on + datetime.timedelta(days=1)
    assert (step.precision, step.starts_on.day, next_day.day) == (Step.Precision.MONTH, 1, 1)


def test_the_title_says_that_it_is_a_rehearsal_in_both_languages():
    assert "دورة تجريبية" in plan().title_ar
    assert "répétition" in plan().title_fr


def test_the_address_names_the_two_years_to_come():
    year = clock.today().year
    assert plan().slug == f"{year + 1}-{year + 2}-rehearsal"


def test_what_frames_the_real_edition_frames_the_rehearsal():
    columns = ("kind", "order", "key", "text_ar", "text_fr", "detail_ar", "detail_fr")
    real, copied = (
        set(Statement.objects.filter(plan=edition).values_list(*columns))
        for edition in (real_plan(), plan())
    )
    assert real == copied


def test_ideas_of_the_workshop_came_during_the_workshop():
    step = plan().steps.get(kind="citizen_meeting", accepts="ideas")
    moments = step.submissions.aggregate(first=Min("received_at"), last=Max("received_at"))
    assert step.opening <= moments["first"] < moments["last"] < step.closing


def test_whatever_came_in_came_while_its_station_was_open():
    late = [
        s for s in Submission.objects.all() if not s.step.opening <= s.received_at < s.step.closing
    ]
    assert not late


def test_references_follow_the_order_of_arrival():
    moments = list(Submission.objects.order_by("number").values_list("received_at", flat=True))
    assert moments == sorted(moments)


def test_references_say_that_they_are_a_rehearsal_s():
    assert all(s.reference.startswith("LAR-R-") for s in Submission.objects.all())


def test_each_idea_was_received_then_read_then_decided_in_the_past():
    for proposal in Proposal.objects.filter(plan=plan()):
        moments = [
            proposal.submission.received_at,
            *proposal.submission.moderation_acts.values_list("at", flat=True),
            *proposal.decisions.values_list("at", flat=True),
            clock.now(),
        ]
        assert moments == sorted(set(moments)), proposal.reference


def test_every_decision_has_a_reason():
    assert all(len(decision.reason) > 20 for decision in Decision.objects.all())


def test_a_merged_idea_says_what_was_kept_of_it():
    assert all(d.kept_part for d in Decision.objects.filter(to_status=Status.MERGED))


def test_some_ideas_were_reopened():
    assert Decision.objects.filter(to_status=Status.IN_PROGRESS).exists()


def test_one_idea_is_as_long_as_an_idea_may_be():
    lengths = sorted(len(p.body) for p in Proposal.objects.filter(plan=plan()))
    assert 4900 <= lengths[-1] <= 5000


def test_some_ideas_are_in_french():
    assert Proposal.objects.public().filter(submission__language="fr").count() >= 3


def test_one_idea_has_an_emoji():
    bodies = Proposal.objects.public().values_list("body", flat=True)
    assert sum(any(ord(sign) > 0xFFFF for sign in body) for body in bodies) == 1


def test_one_project_has_an_empty_card():
    parts = [f"{key}_ar" for key in RemarkHeading.Key if key != RemarkHeading.Key.OTHER]
    cards = plan().projects.values_list(*parts)
    assert sum(not any(card) for card in cards) == 1


def test_the_remarks_card_has_six_headings():
    keys = plan().headings.order_by("order").values_list("key", flat=True)
    assert list(keys) == RemarkHeading.Key.values


def test_a_few_remarks_came_and_some_are_answered():
    assert RemarkCard.objects.count() == 6
    assert 0 < Remark.objects.exclude(answer="").count() < Remark.objects.count()


def test_members_have_given_opinions_on_ideas_that_wait():
    assert Opinion.objects.exists()
    assert not Opinion.objects.exclude(proposal__status=Status.IN_PROGRESS).exists()


def test_the_committee_has_twelve_seats_with_an_elected_chair():
    seats = plan().members
    assert seats.count() == 12
    assert seats.get(role="chair").college == CommitteeMember.College.ELECTED


def test_nobody_of_the_deck_is_named(built):
    rows = csv.DictReader(FACTS.read_text("utf-8").splitlines())
    people = [
        row[language]
        for row in rows
        for language in ("ar", "fr")
        if re.fullmatch(r"member\.\d+\.name", row["key"])
    ]
    assert len(people) == 24
    before = built["before"]
    written = [
        row for label, rows in all_rows().items() for row in rows if row not in before[label]
    ]
    assert [name for name in people if name in str(written)] == []


def test_it_is_built_in_reasonable_time(built):
    assert built["seconds"] < 20
