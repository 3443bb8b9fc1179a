"""Whom a proposal waits for, and what its author was promised."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from consultations.models import ActionPlan, Moderation, Remark, RemarkCard
from consultations.promises import Promise, Promised, overdue
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
_DRAFTED = Q(draft_decision__isnull=False, plan__state=ActionPlan.State.OPEN)


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
    if whom == WaitsFor.SIGNATURE:
        return proposals.filter(_DRAFTED)
    if whom == WaitsFor.COMMITTEE:
        return proposals.awaiting_decision().exclude(_DRAFTED)
    every = Proposal.objects
    waiting = (every.awaiting_moderation(), every.awaiting_decision(), every.filter(_DRAFTED))
    for found in waiting:
        proposals = proposals.exclude(pk__in=found.values("pk"))
    return proposals


def whom_it_waits_for(proposal: Proposal) -> WaitsFor:
    """Whose turn it is with `proposal`, fetched with its plan, submission and draft decision."""
    submission = proposal.submission
    if proposal.plan.state != ActionPlan.State.OPEN:
        return WaitsFor.NOBODY
    if submission.moderation == Moderation.PENDING:
        return WaitsFor.MODERATOR
    # A decision may be prepared on what has an outcome already: to reopen it, or to merge it.
    if hasattr(proposal, "draft_decision"):
        return WaitsFor.SIGNATURE
    is_undecided = submission.is_public and proposal.status == Status.IN_PROGRESS
    return WaitsFor.COMMITTEE if is_undecided else WaitsFor.NOBODY


def age_of(submission) -> str:
    """«3 days»: how long ago it was received, in days of the commune."""
    days = (clock.today() - clock.local(submission.received_at).date()).days
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}


def promise_on(proposal: Proposal) -> Promise | None:
    """What its author was promised next; None when the promises were kept, or it is withheld."""
    submission, plan = proposal.submission, proposal.plan
    if plan.state != ActionPlan.State.OPEN:
        return None
    if submission.moderation == Moderation.PENDING:
        return Promise.on(submission, plan, Promised.ACKNOWLEDGE)
    if submission.is_public and proposal.status == Status.IN_PROGRESS:
        return Promise.on(submission, plan, Promised.ANSWER)
    return None


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


def late_cards(cards, now):
    """Those of `cards` that wait, at the instant `now`, for longer than their edition promised."""
    paths = {"plan": "project__plan", "received": "submission__received_at", "now": now}
    state = "submission__moderation"
    unread = Q(**{state: Moderation.PENDING}) & overdue(Promised.ACKNOWLEDGE, **paths)
    waiting = Remark.objects.unanswered().values("card")
    unanswered = Q(**{state: Moderation.PUBLISHED}, pk__in=waiting)
    return cards.filter(unread | unanswered & overdue(Promised.ANSWER, **paths))
