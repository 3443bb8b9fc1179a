"""How often somebody guessed at the password or the code of an account."""

import datetime

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from openmuni import clock

DAY = datetime.timedelta(days=1)


class GuessesQuerySet(models.QuerySet):
    """Counts, by the digest of the account and of the place."""

    @transaction.atomic
    def count_one(self, limits: dict) -> datetime.datetime | None:
        """Count one guess under each digest of `limits`, unless one of them is closed.

        `limits` is {digest: (guesses, first wait)}. Counted before the guess is checked, so that
        guesses sent at once are not all checked. Returns None when it may be checked, else the
        instant from which one more is taken.
        """
        now = clock.now()
        # Nobody asks for the digests of an earlier day again.
        self.filter(since__lt=now - 2 * DAY).delete()
        for digest in limits:
            self.get_or_create(digest=digest, defaults={"since": now})
        # In one order: two requests at once never hold what the other waits for.
        rows = list(self.select_for_update().filter(digest__in=limits).order_by("digest"))
        if closed := [row.closed_until for row in rows if row.is_closed(now)]:
            return max(closed)
        for row in rows:
            row.add_one(now, *limits[row.digest])
        return None


class Guesses(models.Model):
    """The guesses of one day (UTC) at one secret of one account from one place, told by a digest alone."""

    digest = models.CharField(_("digest"), max_length=64, unique=True)
    tries = models.PositiveSmallIntegerField(_("guesses"), default=0)
    since = models.DateTimeField(_("since"))
    closed_until = models.DateTimeField(_("closed until"), null=True)

    objects = GuessesQuerySet.as_manager()

    class Meta:
        verbose_name = _("guesses at a secret")
        verbose_name_plural = _("guesses at secrets")
        # Nobody reads them, and no admin shows them.
        default_permissions = ()

    def __str__(self):
        return str(self.tries)

    def is_closed(self, now) -> bool:
        """Whether no guess is taken."""
        return self.closed_until is not None and self.closed_until > now

    def add_one(self, now, limit, first_wait):
        """Count one more; from the `limit` on it closes, twice as long each time, till the day is over."""
        self.tries += 1
        if self.tries >= limit:
            wait = first_wait * 2 ** min(self.tries - limit, 10)
            midnight = (now + DAY).replace(hour=0, minute=0, second=0, microsecond=0)
            self.closed_until = min(now + wait, midnight)
        self.save()
