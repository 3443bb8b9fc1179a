"""`manage.py rehearse`: what it builds, what a second call does, what a wipe leaves."""

import csv
import datetime
import io
import re
import time
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Max, Min
from django.test import Client

from committee.models import CommitteeMeeting, CommitteeMember, CouncilSession, Opinion
from committee.rehearsal import wiping
from consultations.models import (
    ActionPlan,
    Channel,
    Commune,
    Holiday,
    ModerationAct,
    PlanVersion,
    Remark,
    RemarkCard,
    RemarkHeading,
    Statement,
    Step,
    StepDocument,
    Submission,
)
from openmuni import clock
from proposals.models import Decision, Proposal, Status
from proposals.results import live_table
from tests.factories import REASON, make_actor, make_proposal, make_step

pytestmark = pytest.mark.django_db

FACTS = Path(__file__).parents[1] / "data" / "larache_facts.csv"
ROLES = ["coordinator", "member", "moderator"]


def rehearse(*flags):
    """What the command prints."""
    out = io.StringIO()
    call_command("rehearse", *flags, stdout=out)
    return out.getvalue()


def passwords_in(output):
    return dict(re.findall(r"^ +(\w+) +(\S+)$", output, re.MULTILINE))


def all_rows():
    """Every row of every table, by model."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values_list())
        for model in apps.get_models(include_auto_created=True)
    }


def plan():
    return ActionPlan.objects.get(is_rehearsal=True)


def real_plan():
    return ActionPlan.objects.get(is_rehearsal=False)


@pytest.fixture(scope="module", autouse=True)
def built(django_db_setup, django_db_blocker):
    """The commune, its real edition and a rehearsal, built once; each test's own acts are undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("loaddata", "fixtures/larache.json", verbosity=0)
        before, start = all_rows(), time.monotonic()
        output = rehearse()
        yield {"before": before, "output": output, "seconds": time.monotonic() - start}
        transaction.set_rollback(True)


# --- What is built --------------------------------------------------------------------------


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


# --- Accounts -------------------------------------------------------------------------------


def test_the_printed_passwords_are_long_enough(built):
    assert {
        name: len(p) >= 14 for name, p in passwords_in(built["output"]).items()
    } == dict.fromkeys(ROLES, True)


@pytest.mark.parametrize("role", ROLES)
def test_the_printed_password_signs_in(built, role):
    assert authenticate(username=role, password=passwords_in(built["output"])[role])


def test_the_address_of_the_admin_is_printed(built):
    assert "/ar/admin/" in built["output"]


@pytest.mark.parametrize("role", ROLES)
def test_an_account_is_staff_in_the_group_of_its_role_and_no_other(role):
    account = User.objects.get(username=role)
    assert (account.is_staff, account.is_superuser) == (True, False)
    assert [group.name for group in account.groups.all()] == [role]


def test_the_coordinator_and_a_member_hold_a_seat():
    seats = plan().members.exclude(user=None).values_list("user__username", "role")
    assert set(seats) == {("coordinator", "coordinator"), ("member", "member")}


def test_new_passwords_work_and_the_old_ones_do_not(built):
    fresh = passwords_in(rehearse("--new-passwords"))["member"]
    assert authenticate(username="member", password=fresh)
    assert not authenticate(username="member", password=passwords_in(built["output"])["member"])


def test_new_passwords_change_nothing_but_the_passwords():
    before = all_rows()
    rehearse("--new-passwords")
    changed = {label for label, rows in all_rows().items() if rows != before[label]}
    assert changed == {"auth.User"}


# --- A second call --------------------------------------------------------------------------


def test_a_second_call_is_refused_and_says_what_to_do():
    with pytest.raises(CommandError, match="--wipe"):
        rehearse()


def test_a_call_with_if_none_changes_no_row():
    before = all_rows()
    rehearse("--if-none")
    assert all_rows() == before


def test_a_call_with_if_none_prints_one_line():
    assert rehearse("--if-none").count("\n") == 1


# --- Wiping ---------------------------------------------------------------------------------


def test_a_wipe_leaves_every_table_as_it_was_before(built):
    rehearse("--wipe")
    assert all_rows() == built["before"]


def test_a_wipe_takes_along_what_people_did_in_the_rehearsal(built, media):
    edition, amina = plan(), make_actor("amina").user
    before = built["before"] | {"auth.User": list(User.objects.filter(pk=amina.pk).values_list())}
    idea = make_proposal(edition.steps.get(accepts="both"), published=False)
    idea.submission.publish(by=make_actor())
    decision = idea.accept(by=make_actor(), reason=REASON)
    meeting = CommitteeMeeting.objects.create(plan=edition, date=clock.today())
    meeting.agenda.create(order=1, proposal=idea, decision=decision)
    meeting.attendance.create(member=edition.members.first())
    version = PlanVersion.objects.create(
        plan=edition, number=1, data={}, data_sha256="0" * 64, frozen_at=clock.now()
    )
    version.pdfs.create(language="ar", content=b"%PDF-", sha256="0" * 64)
    session = CouncilSession.objects.create(plan=edition, month=clock.today())
    session.deliberations.create(
        version=version, held_on=clock.today(), votes_for=1, votes_against=0, abstentions=0
    )
    log(amina, idea)
    rehearse("--wipe")
    assert all_rows() == before


def test_a_wipe_takes_a_rehearsed_idea_off_the_agenda_of_a_real_meeting(built):
    meeting = CommitteeMeeting.objects.create(plan=real_plan(), date=clock.today())
    meeting.agenda.create(order=1, proposal=plan().proposals.first())
    rehearse("--wipe")
    assert not meeting.agenda.exists()


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_a_wipe_deletes_the_documents_of_the_rehearsal_s_stations(
    media, django_capture_on_commit_callbacks
):
    StepDocument.objects.create(
        step=plan().steps.first(),
        title_ar="محضر",
        date=clock.today(),
        file=ContentFile(b"%PDF-", name="minutes.pdf"),
    )
    with django_capture_on_commit_callbacks(execute=True):
        rehearse("--wipe")
    assert not [path for path in media.rglob("*") if path.is_file()]


def log(user, thing):
    """A line of the admin's log: `user` changed `thing`."""
    return LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(thing),
        object_id=str(thing.pk),
        object_repr=str(thing),
        action_flag=CHANGE,
    )


def test_a_wipe_forgets_what_the_accounts_did_in_the_admin():
    log(User.objects.get(username="coordinator"), real_plan())
    rehearse("--wipe")
    assert not LogEntry.objects.exists()


def test_a_wipe_keeps_what_others_did_to_the_real_edition():
    entry = log(make_actor().user, real_plan())
    rehearse("--wipe")
    assert LogEntry.objects.get() == entry


def test_a_wipe_ends_the_sessions_of_its_accounts_and_no_others():
    amina = make_actor("amina").user
    for user in (User.objects.get(username="member"), amina):
        Client().force_login(user)
    rehearse("--wipe")
    assert Session.objects.get().get_decoded()["_auth_user_id"] == str(amina.pk)


@pytest.fixture
def real_decision():
    """The rehearsal's coordinator has decided on an idea of the real edition."""
    idea = make_proposal(make_step(real_plan()))
    return idea.accept(by=make_actor("coordinator"), reason=REASON)


def test_an_account_that_acted_on_a_real_idea_is_closed_by_a_wipe(real_decision):
    rehearse("--wipe")
    account = User.objects.get(username="coordinator")
    assert (account.is_active, account.has_usable_password()) == (False, False)


def test_a_wipe_leaves_a_real_decision_alone(real_decision):
    rehearse("--wipe")
    assert Decision.objects.get() == real_decision


def test_after_such_a_wipe_another_rehearsal_opens_the_account_again(real_decision):
    rehearse("--wipe")
    password = passwords_in(rehearse())["coordinator"]
    assert authenticate(username="coordinator", password=password)


def test_each_model_that_belongs_to_an_edition_is_wiped():
    wiped = {model for model, _way in wiping.ROWS}
    ours = {
        model
        for app in ("consultations", "proposals", "committee")
        for model in apps.get_app_config(app).get_models()
    }
    assert ours - wiped == {Commune, Holiday}


def test_a_wipe_without_a_rehearsal_says_so():
    rehearse("--wipe")
    assert rehearse("--wipe") == "There was no rehearsal.\n"


# --- What stands in the way -----------------------------------------------------------------


def test_new_passwords_are_refused_without_a_rehearsal():
    rehearse("--wipe")
    with pytest.raises(CommandError, match="no rehearsal"):
        rehearse("--new-passwords")


def test_a_real_account_of_the_same_name_is_left_alone():
    rehearse("--wipe")
    User.objects.create_user("member", "amina@example.org", "a-long-password")
    with pytest.raises(CommandError, match="member"):
        rehearse()


def test_a_wipe_keeps_a_real_account_of_the_same_name():
    rehearse("--wipe")
    account = User.objects.create_user("member", "amina@example.org", "a-long-password")
    rehearse("--wipe")
    assert User.objects.get() == account


def test_a_rehearsal_needs_a_commune():
    rehearse("--wipe")
    Commune.objects.all().delete()
    with pytest.raises(CommandError, match="commune"):
        rehearse()
