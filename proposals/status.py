"""The four statuses of the deck and the moves between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """What became of a proposal; the order is the order of every table."""

    ACCEPTED = "accepted", _("accepted")
    MERGED = "merged", _("merged into openness projects")
    IN_PROGRESS = "in_progress", _("being processed")
    REJECTED = "rejected", _("not accepted")

    @classmethod
    def outcomes(cls):
        """The statuses that end the examination, until it is reopened."""
        return [cls.ACCEPTED, cls.MERGED, cls.REJECTED]


# (from, to): the table of moves. The database holds the same one, made from this.
MOVES = frozenset(
    {(Status.IN_PROGRESS, outcome) for outcome in Status.outcomes()}
    | {(Status.ACCEPTED, Status.MERGED)}
    | {(outcome, Status.IN_PROGRESS) for outcome in Status.outcomes()}
)

REASON_MIN_LENGTH = 20


class IllegalMove(Exception):
    """The table of moves does not hold this move, the proposal is not public, or its edition is closed."""


class StaleVersion(Exception):
    """Somebody decided on the proposal after it was read."""
