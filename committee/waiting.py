"""Whom a proposal waits for, and what its author was promised."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.models import ActionPlan, Moderation, RemarkCard
from consultations.promises import Promise, Promised
from openmuni import clock
from proposals.models import Proposal, Status

from .models import CommitteeMember


class WaitsFor(models.TextChoices):
    """Whose turn it is."""

    MODERATOR = "moderator", pgettext_lazy("waits for", "the moderator")
    MY_OPINION = "opinion", pgettext_lazy("waits for", "my opinion")
    COMMITTEE = "committee", pgettext_lazy("waits for", "the committee")
    SIGNATURE = "signature", pgettext_lazy("waits for", "the second signature")
    NOBODY = "nobody", pgettext_lazy("waits for", "nobody")


WAITS_FOR = _("waits for")


def seats_of(user):
    """The seats that `user` holds today in the committees of open editions."""
    seats = CommitteeMember.objects.sitting(clock.today())
    return seats.filter(user=user, plan__state=ActionPlan.State.OPEN)


def awaiting_opinion(proposals, seats):
    """Those of `proposals` on which the holders of `seats` may give an opinion, and have not yet."""
    waiting = proposals.awaiting_decision().filter(plan__in=seats.values("plan"))
    given = waiting.exclude(opinions__member__in=seats)
    # Who takes no part in an item of an agenda says nothing on it beforehand either.
    return given.exclude(agenda_items__recusals__member__in=seats)


def waiting_for(proposals, whom: str, user):
    """Those of `proposals` that wait for `whom`, a value of WaitsFor; «my» is `user`'s."""
    if whom == WaitsFor.MODERATOR:
        return proposals.awaiting_moderation()
    if whom == WaitsFor.MY_OPINION:
        return awaiting_opinion(proposals, seats_of(user))
    if whom == WaitsFor.NOBODY:
        waiting = Proposal.objects.awaiting_moderation(), Proposal.objects.awaiting_decision()
        for found in waiting:
            proposals = proposals.exclude(pk__in=found.values("pk"))
        return proposals
    is_drafted = whom == WaitsFor.SIGNATURE
    return proposals.awaiting_decision().filter(draft_decision__isnull=not is_drafted)


def whom_it_waits_for(proposal: Proposal) -> WaitsFor:
    """Whose turn it is with `proposal`, fetched with its plan, submission and draft decision."""
    submission = proposal.submission
    if proposal.plan.state != ActionPlan.State.OPEN:
        return WaitsFor.NOBODY
    if submission.moderation == Moderation.PENDING:
        return WaitsFor.MODERATOR
    if not submission.is_public or proposal.status != Status.IN_PROGRESS:
        return WaitsFor.NOBODY
    return WaitsFor.SIGNATURE if hasattr(proposal, "draft_decision") else WaitsFor.COMMITTEE


def promise_on(proposal: Proposal) -> Promise | None:
    """What its author was promised next; None when it waits for nobody."""
    whom = whom_it_waits_for(proposal)
    if whom == WaitsFor.NOBODY:
        return None
    promised = Promised.ACKNOWLEDGE if whom == WaitsFor.MODERATOR else Promised.ANSWER
    return Promise.on(proposal.submission, proposal.plan, promised)


def promise_on_card(card: RemarkCard) -> Promise | None:
    """What the author of `card`, annotated with `all_remarks` and `answered`, was promised next."""
    state, plan = card.submission.moderation, card.project.plan
    if plan.state != ActionPlan.State.OPEN:
        return None
    if state == Moderation.PENDING:
        return Promise.on(card.submission, plan, Promised.ACKNOWLEDGE)
    if state == Moderation.PUBLISHED and card.answered < card.all_remarks:
        return Promise.on(card.submission, plan, Promised.ANSWER)
    return None
