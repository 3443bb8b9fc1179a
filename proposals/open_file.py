"""The published ideas as an open file: what anybody may read on the site, and nothing else."""

from django.db.models import OuterRef, Subquery
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from openmuni import clock

from .models import CardPart, Decision, Proposal, Status

HEAD = [
    _("reference"),
    _("received on"),
    _("kind"),
    _("title of the idea"),
    _("the idea"),
    _("priority axis"),
    _("channel"),
    _("station"),
    _("neighbourhood"),
    _("status"),
    _("openness project"),
    _("decided on"),
    _("reason"),
]


def rows_of(proposals):
    """A row of cells for each of `proposals`, in their order. Two queries, made as the rows are asked for."""
    last = Decision.objects.filter(proposal=OuterRef("pk")).order_by("-pk")
    told = proposals.select_related("submission__step", "axis", "project").annotate(
        told_at=Subquery(last.values("at")[:1]), told_reason=Subquery(last.values("reason")[:1])
    )
    cards = _texts_of_cards(proposals)
    for proposal in told.defer("folded").iterator(chunk_size=1000):
        yield _row(proposal, cards)


def _texts_of_cards(proposals) -> dict:
    """The texts of the new project cards among `proposals`, by number, in the language of each."""
    among = proposals.order_by().filter(kind=Proposal.Kind.NEW_PROJECT).values("pk")
    parts = CardPart.objects.filter(proposal__in=among)
    texts = {}
    for part in parts.select_related("proposal__submission"):
        with translation.override(part.proposal.submission.language):
            texts.setdefault(part.proposal_id, []).append(f"{part.heading}\n{part.text}")
    return texts


def _row(proposal, cards):
    submission = proposal.submission
    decided_at = proposal.told_at if proposal.status != Status.IN_PROGRESS else None
    return [
        submission.reference,
        clock.local(submission.received_at).date(),
        proposal.get_kind_display(),
        proposal.title,
        proposal.body or "\n\n".join(cards.get(proposal.pk, ())),
        proposal.axis,
        submission.get_channel_display(),
        submission.step,
        proposal.neighbourhood,
        proposal.get_status_display(),
        proposal.project,
        decided_at and clock.local(decided_at).date(),
        proposal.told_reason,
    ]
