"""Who may do what: every role with every act, as a table."""

import importlib

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client

from committee.forms import ACTS as ADDRESSES
from committee.models import DraftDecision, Opinion
from consultations.models import Contact
from proposals.models import StaffNote
from tests.factories import REASON, make_actor, make_plan, make_proposal, make_step

from .acting import DESK, act, decide, give_seat, sign_in

pytestmark = pytest.mark.django_db

MODERATION = {"publish", "withhold", "restore"}
DECISIONS = {"accept", "merge", "reject", "reopen"}
ACTS = MODERATION | DECISIONS | {"opinion", "file", "export", "export contacts"}
ACTS |= {"view contact", "erase"}
SIGNATURES = {"confirm", "send back"}
ACTS |= SIGNATURES | {"note"}
MAY = {
    "anonymous": set(),
    "nobody": set(),  # an account of staff in no group
    "auditor": set(),
    "moderator": MODERATION | {"note"},
    "member": DECISIONS | SIGNATURES | {"opinion", "file", "note"},
    "coordinator": ACTS,
}


@pytest.fixture
def proposal(request):
    """An idea in the state from which the act of the test is possible."""
    which = request.node.callspec.params["what"]
    proposal = make_proposal(make_step(make_plan()), published=which != "publish")
    if which == "restore":
        proposal.submission.withhold(by=make_actor(), category="insult", reason="كلمة نابية")
    if which == "reopen":
        proposal.accept(by=make_actor(), reason=REASON)
    if which in SIGNATURES:
        DraftDecision.objects.prepare(proposal, "accepted", by=make_actor(), reason=REASON)
    return proposal


def browser(role, plan):
    if role == "anonymous":
        return Client()
    give_seat("malika", plan)
    return sign_in("malika", group=role)


def export(client, resource):
    address = f"{DESK}export/"
    answer = client.post(address, {"format": "1", "resource": resource})
    return ".csv" in answer.headers.get("Content-Disposition", "")


def moderation_of(proposal):
    proposal.submission.refresh_from_db()
    return proposal.submission.moderation


def status_of(proposal):
    proposal.refresh_from_db()
    return proposal.status


def sign(client, proposal, name):
    """Send an act on the decision that waits."""
    act(client, proposal, name, draft=DraftDecision.objects.get().pk, words=REASON)


# What writes or deletes a row: how it is sent, and whether it was done.
WRITTEN = {
    "opinion": (
        lambda client, proposal: act(client, proposal, "opinion", view="accepted", comment=""),
        Opinion.objects.exists,
    ),
    "erase": (
        lambda client, proposal: act(client, proposal, "erase", sure="on"),
        lambda: not Contact.objects.exists(),
    ),
    "note": (
        lambda client, proposal: act(client, proposal, "note", text=REASON),
        StaffNote.objects.exists,
    ),
    "confirm": (
        lambda client, proposal: sign(client, proposal, "confirm"),
        lambda: not DraftDecision.objects.exists(),
    ),
    "send back": (
        lambda client, proposal: sign(client, proposal, "send_back"),
        lambda: not DraftDecision.objects.exists(),
    ),
}


def was_done(what, client, proposal):
    """Try the act; True if it is done."""
    decisions = {"accept": "accepted", "merge": "merged", "reject": "rejected"}
    if what in DECISIONS:
        target = decisions.get(what, "in_progress")
        decide(client, proposal, target)
        return status_of(proposal) == target and proposal.version > (what == "reopen")
    if what in MODERATION:
        act(client, proposal, what, category="insult", reason=REASON)
        before = {"publish": "pending", "withhold": "published", "restore": "withheld"}
        return moderation_of(proposal) != before[what]
    if what in WRITTEN:
        write, is_written = WRITTEN[what]
        write(client, proposal)
        return is_written()
    if what == "file":
        return act(client, proposal, "axis", axis="").status_code == 302 and is_signed_in(client)
    if what == "view contact":
        contact = Contact.objects.get(submission=proposal.submission)
        answer = client.get(f"/ar/admin/consultations/contact/{contact.pk}/change/")
        return answer.status_code == 200
    return export(client, "1" if what == "export contacts" else "0")


def is_signed_in(client):
    return client.get("/ar/admin/").status_code == 200


@pytest.mark.parametrize("what", sorted(ACTS))
@pytest.mark.parametrize("role", MAY)
def test_a_role_may_do_what_the_table_says(role, what, proposal):
    client = browser(role, proposal.plan)
    assert was_done(what, client, proposal) == (what in MAY[role])


@pytest.mark.parametrize("name", ADDRESSES)
def test_somebody_without_a_role_is_refused_by_every_address(name):
    proposal = make_proposal(make_step(make_plan()))
    assert act(sign_in("nabil"), proposal, name).status_code == 403


@pytest.mark.parametrize("role", ["moderator", "member", "auditor"])
def test_only_the_coordinator_sees_that_there_is_a_contact(role):
    proposal = make_proposal(
        make_step(make_plan()), contact={"name": "ياسين", "email": "yassine@example.org"}
    )
    client = sign_in("malika", group=role)
    shown = client.get(f"{DESK}{proposal.pk}/change/").content.decode()
    assert "yassine" not in shown
    assert "/contact/" not in shown


def test_a_moderator_does_not_read_the_opinions_of_the_committee():
    proposal = make_proposal(make_step(make_plan()))
    seat = give_seat("amal", proposal.plan)
    Opinion.objects.create(
        proposal=proposal, member=seat, view="rejected", comment="لا أظن", at="2026-10-01T10:00Z"
    )
    shown = sign_in("malika", group="moderator").get(f"{DESK}{proposal.pk}/change/")
    assert "لا أظن" not in shown.content.decode()


def test_a_member_without_a_seat_in_the_edition_gives_no_opinion():
    proposal = make_proposal(make_step(make_plan()))
    give_seat("malika", make_plan(slug="2034-2035"))
    answer = act(
        sign_in("malika", group="member"), proposal, "opinion", view="accepted", comment="تعليقي"
    )
    assert answer.status_code == 409
    assert "تعليقي" in answer.content.decode()


@pytest.mark.parametrize("role", ["moderator", "member", "coordinator", "auditor"])
def test_nobody_deletes_an_idea(role):
    proposal = make_proposal(make_step(make_plan()))
    client = sign_in("malika", group=role)
    assert client.post(f"{DESK}{proposal.pk}/delete/", {"post": "yes"}).status_code == 403


def test_the_groups_can_be_taken_away_and_made_again():
    making = importlib.import_module("committee.migrations.0002_groups")
    later = ("0005_grant_new_sheets", "0008_grant_log_and_notes", "0010_may_import_members")
    before = permissions_by_group()
    making.delete_groups(apps, connection.schema_editor())
    assert not Group.objects.exists()
    making.create_groups(apps, connection.schema_editor())
    for name in later:
        granting = importlib.import_module(f"committee.migrations.{name}")
        granting.grant(apps, connection.schema_editor())
    assert permissions_by_group() == before


def permissions_by_group():
    return {
        group.name: set(group.permissions.values_list("codename", flat=True))
        for group in Group.objects.all()
    }


def test_an_auditor_may_view_everything_but_contacts():
    ours = Permission.objects.filter(
        content_type__app_label__in=["consultations", "proposals", "committee"],
        codename__startswith="view_",
    )
    expected = set(ours.values_list("codename", flat=True)) - {"view_contact"}
    assert permissions_by_group()["auditor"] == expected
