"""Staff who act on the desk of a proposal, by its addresses."""

from django.test import Client

from committee.models import CommitteeMember
from tests.factories import REASON, make_project, make_user

DESK = "/ar/admin/proposals/proposal/"


def sign_in(name, group=None) -> Client:
    """The browser of a person of staff, signed in, in the group of that name."""
    client = Client()
    client.force_login(make_user(name, group=group))
    return client


def give_seat(name, plan) -> CommitteeMember:
    """A seat in the committee of `plan` for the account of that name."""
    return CommitteeMember.objects.create(
        plan=plan,
        order=plan.members.count() + 1,
        college=CommitteeMember.College.ELECTED,
        name_ar="مليكة",
        name_fr="Malika",
        function_ar="مستشارة",
        user=make_user(name),
    )


def page(client, proposal):
    """The desk of a proposal."""
    return client.get(f"{DESK}{proposal.pk}/change/")


def act(client, proposal, name, **sent):
    """Send one act of the desk."""
    return client.post(f"{DESK}{proposal.pk}/{name}/", sent)


def decide(client, proposal, decision, **sent):
    """Send a decision as the form of a freshly opened desk would."""
    if decision == "merged":
        sent = {"project": make_project(proposal.plan).pk} | sent
    sent = {"version": proposal.version, "reason": REASON} | sent
    return act(client, proposal, "decide", decision=decision, **sent)
