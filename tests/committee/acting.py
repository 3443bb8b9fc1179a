"""Staff who act on the desk of a proposal, by its addresses."""

from django.test import Client

from committee.models import CommitteeMember, DraftDecision
from proposals.models import Proposal
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


def send_together(client, name, proposals, *, but=(), **sent):
    """Send the page of an act for `proposals`, all ticked `but` some."""
    rows = {
        "listed": [proposal.pk for proposal in proposals],
        "pk": [proposal.pk for proposal in proposals if proposal not in but],
    }
    read = {f"version-{proposal.pk}": proposal.version for proposal in proposals}
    for draft in DraftDecision.objects.filter(proposal__in=proposals):
        read[f"draft-{draft.proposal_id}"] = draft.pk
    return client.post(f"{DESK}together/{name}/", rows | read | sent)


def decide_together(client, proposals, decision="accepted", **sent):
    """Send the page on which several are decided on."""
    sent = {"decision": decision, "reason": REASON} | sent
    return send_together(client, "decide", proposals, **sent)


def statuses(proposals):
    """The statuses of `proposals` as the database has them."""
    rows = dict(Proposal.objects.values_list("pk", "status"))
    return [rows[proposal.pk] for proposal in proposals]
