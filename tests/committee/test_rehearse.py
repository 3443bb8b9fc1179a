"""`manage.py rehearse`: what it builds."""

import csv
import datetime
import re
from pathlib import Path

import pytest
from django.db.models import F, Max, Min

from committee.models import CommitteeMember, Opinion, Recusal
from consultations.models import (
    Channel,
    FundingLine,
    ModerationAct,
    Remark,
    RemarkCard,
    RemarkHeading,
    Statement,
    Step,
    StepMove,
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


def test_remarks_have_every_outcome_and_some_wait():
    outcomes = set(Remark.objects.values_list("outcome", flat=True))
    assert outcomes == {"", *Remark.Outcome.values}


def test_the_remarks_speak_of_the_draft_that_was_put_to_the_consultation():
    version = plan().versions.public().get()
    assert set(RemarkCard.objects.values_list("version", flat=True)) == {version.pk}
    first = RemarkCard.objects.order_by("submission__received_at").first()
    assert version.frozen_at < first.submission.received_at


def test_the_draft_knows_nothing_of_what_was_decided_after_it():
    version = plan().versions.get()
    later = Decision.objects.filter(at__gt=version.frozen_at)
    reasons = later.values_list("reason", flat=True)
    assert later.exists()
    assert not [reason for reason in reasons if reason in str(version.data)]


def test_what_a_remark_changed_can_be_compared_with_the_draft():
    project, frozen = plan().projects.get(number=1), str(plan().versions.get().data)
    assert "الإعلانات الورقية" in project.problem_ar
    assert project.problem_ar not in frozen


def test_two_new_project_cards_came_in_with_their_headings():
    cards = Proposal.objects.filter(plan=plan(), kind=Proposal.Kind.NEW_PROJECT)
    assert cards.count() == 2
    assert all(card.parts.count() >= 3 for card in cards)


# --- Sheets, stations, meetings ---------------------------------------------------------------


@pytest.mark.parametrize("lines", ["funding_lines", "indicators", "milestones", "principles"])
def test_every_written_project_has_lines_of_each_kind(lines):
    empty = {
        project.number for project in plan().projects.all() if not getattr(project, lines).exists()
    }
    assert empty == {4}


def test_funds_are_secured_sought_and_not_set_yet():
    lines = FundingLine.objects.filter(project__plan=plan())
    sums = lines.sums()
    assert sums["secured"] > 0 < sums["sought"]
    assert lines.filter(amount=None).exists()


def test_every_written_project_serves_an_objective_and_has_a_lead():
    written = plan().projects.exclude(number=4)
    assert all(project.lead_ar and project.expected_results.exists() for project in written)


def test_a_window_was_extended_and_a_station_put_off_with_a_reason_in_both_languages():
    moves = StepMove.objects.filter(step__plan=plan())
    assert moves.filter(step__accepts="both", ends_on__lt=F("step__ends_on")).exists()
    assert moves.filter(step__accepts="remarks", starts_on__lt=F("step__starts_on")).exists()
    assert all(move.reason_ar and move.reason_fr for move in moves)


def test_every_window_was_announced_in_time():
    windows = plan().steps.exclude(accepts="nothing")
    assert not [step for step in windows if step.notice_is_short]


def test_associations_came_to_a_meeting_as_many_as_were_counted():
    step = plan().steps.get(order=4)
    assert step.attendance.count() == step.associations_count > 0


def test_a_meeting_was_held_with_a_quorum_and_one_is_to_come():
    held, coming = plan().meetings.order_by("date")
    assert held.date < clock.today() < coming.date
    assert held.is_quorate
    assert held.attendance.filter(present=False).exists()
    assert coming.agenda.filter(remark__isnull=False).exists()


def test_the_decisions_of_the_meeting_are_linked_to_it():
    held = plan().meetings.order_by("date").first()
    taken = {item.decision for item in held.agenda.exclude(decision=None)}
    assert taken == {d for d in Decision.objects.all() if clock.local(d.at).date() == held.date}
    assert len(taken) >= 3


def test_a_member_took_no_part_in_one_item():
    recusal = Recusal.objects.get()
    assert recusal.member_id in recusal.item.meeting.present_members
    assert recusal.item.proposal


def test_the_council_s_session_has_a_month_and_no_sitting_yet():
    session = plan().sessions.get()
    assert session.month > clock.today()
    assert not session.sittings.exists()


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
    named = [(row, name) for row in written for name in people if name in str(row)]
    assert named == []


def test_it_is_built_in_reasonable_time(built):
    assert built["seconds"] < 20
