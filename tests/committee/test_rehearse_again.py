"""`manage.py rehearse`: its accounts, a second call, and what a wipe leaves."""

import io

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.test import Client

from committee.checks import rehearsal_is_over
from committee.documents import DocumentError
from committee.models import CommitteeMeeting, CouncilSession, Deadline, Guesses
from committee.rehearsal import wiping
from consultations.models import (
    Association,
    Commune,
    Holiday,
    ImportDraft,
    PlanPdf,
    PlanVersion,
    StepDocument,
)
from openmuni import clock
from proposals.models import Decision
from tests.factories import REASON, make_actor, make_proposal, make_step

from .rehearsing import all_rows, passwords_in, plan, real_plan, rehearse

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("built")]

ROLES = ["coordinator", "member", "moderator"]


# --- Accounts -------------------------------------------------------------------------------


def test_a_long_password_is_printed_for_each_role(built):
    passwords = passwords_in(built["output"])
    assert list(passwords) == ROLES
    assert min(map(len, passwords.values())) >= 14


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
        plan=edition, number=2, data={}, data_sha256="0" * 64, frozen_at=clock.now()
    )
    version.pdfs.create(language="ar", content=b"%PDF-", sha256="0" * 64)
    session = CouncilSession.objects.create(plan=edition, month=clock.today())
    sitting = session.sittings.create(held_on=clock.today())
    sitting.deliberations.create(version=version, votes_for=1, votes_against=0, abstentions=0)
    log(amina, idea)
    rehearse("--wipe")
    assert all_rows() == before


def test_a_wipe_says_that_the_commune_s_own_row_stays():
    assert "commune's own row stays" in rehearse("--wipe")


def test_a_wipe_takes_a_rehearsed_idea_off_the_agenda_of_a_real_meeting(built):
    meeting = CommitteeMeeting.objects.create(plan=real_plan(), date=clock.today())
    meeting.agenda.create(order=1, proposal=plan().proposals.first())
    rehearse("--wipe")
    assert not meeting.agenda.exists()


def test_a_wipe_keeps_an_association_that_came_to_a_real_station():
    association = Association.objects.create(name="جمعية المثال")
    for edition in (plan(), real_plan()):
        edition.steps.first().attendance.create(association=association)
    rehearse("--wipe")
    assert Association.objects.get() == association


def test_a_wipe_takes_an_association_that_came_to_the_rehearsal_alone():
    association = Association.objects.create(name="جمعية المثال")
    plan().steps.first().attendance.create(association=association)
    rehearse("--wipe")
    assert not Association.objects.exists()


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
    assert ours - wiped == {Association, Commune, Deadline, Guesses, Holiday, ImportDraft}


def test_a_wipe_without_a_rehearsal_says_so():
    rehearse("--wipe")
    assert rehearse("--wipe") == "There was no rehearsal.\n"


# --- Documents ------------------------------------------------------------------------------


def printed(version, language):
    return PlanPdf(version=version, language=language, content=b"%PDF-", sha256="0" * 64)


def test_the_draft_is_printed_in_each_language(monkeypatch):
    rehearse("--wipe")
    monkeypatch.setattr("committee.rehearsal.edition.printed", printed)
    call_command("rehearse", stdout=io.StringIO())
    pdfs = PlanPdf.objects.filter(version__plan=plan()).order_by("language")
    assert list(pdfs.values_list("language", flat=True)) == ["ar", "fr"]


def test_a_draft_that_cannot_be_printed_is_said_and_the_rehearsal_is_there(monkeypatch):
    def fail(*args):
        raise DocumentError("no printer")

    rehearse("--wipe")
    monkeypatch.setattr("committee.rehearsal.edition.printed", fail)
    said = io.StringIO()
    call_command("rehearse", stdout=io.StringIO(), stderr=said)
    assert "no printer" in said.getvalue()
    assert plan().proposals.exists()


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


# --- On a site that people write to -----------------------------------------------------------


def test_a_production_site_that_people_write_to_is_not_rehearsed_on(settings):
    rehearse("--wipe")
    make_proposal(make_step(real_plan(), order=50), published=False)
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="already written"):
        rehearse()


def test_a_rehearsal_that_goes_on_beside_real_ideas_is_told_by_the_checks(settings):
    settings.PRODUCTION = True
    assert rehearsal_is_over(None, databases=["default"]) == []
    make_proposal(make_step(real_plan(), order=50), published=False)
    assert [fault.id for fault in rehearsal_is_over(None, databases=["default"])] == [
        "committee.W001"
    ]
