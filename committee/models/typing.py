"""The paper cards that are being typed in, row by row, until their receipts are printed."""

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from consultations.models import Channel, Step


class TypingDraft(models.Model):
    """The paper cards that a person is typing in at one station, kept until their receipts are printed.

    A row has `key` (of its form) and `sheet` (which form, from where: see committee.card_entry).
    While it is typed it has `typed`, what stands in its boxes; once it is received, what the receipt
    is made from in its place, `reference` and `content` among it.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("account")
    )
    step = models.ForeignKey(
        Step, models.CASCADE, related_name="typing_drafts", verbose_name=_("station")
    )
    channel = models.CharField(_("channel"), max_length=10, choices=Channel, default=Channel.PAPER)
    rows = models.JSONField(_("cards"), default=list)
    saved_at = models.DateTimeField(_("saved at"), auto_now=True)

    class Meta:
        verbose_name = _("cards being typed in")
        verbose_name_plural = _("cards being typed in")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "step"], name="one_typing_draft_a_user_and_step"
            )
        ]

    def __str__(self):
        return str(self.step)

    @property
    def received(self) -> list[dict]:
        """The rows whose receipts are still to be printed."""
        return [row for row in self.rows if "reference" in row]

    @property
    def waiting(self) -> list[dict]:
        """The rows that are typed and not sent."""
        return [row for row in self.rows if "typed" in row]

    def rows_of(self, sheet: str) -> list[dict]:
        """The rows of a sheet that are typed and not sent."""
        return [row for row in self.waiting if row["sheet"] == sheet]

    @transaction.atomic
    def keep(self, sheet: str, channel: str, typed: dict[str, dict]):
        """Keep what stands in the rows of `sheet`: {key: what is typed, empty for an emptied row}.

        Rows it does not name stay, those of another window among them; received ones never change.
        """
        rows, typed = self._locked_rows(), dict(typed)
        for row in rows:
            now = typed.pop(row["key"], None)
            if now is not None and "typed" in row:
                row["typed"] = now
        rows += [{"key": key, "sheet": sheet, "typed": one} for key, one in typed.items()]
        self.channel = channel
        self._write([row for row in rows if row.get("typed", True)])

    @transaction.atomic
    def mark_received(self, key: str, **receipt):
        """Put what its receipt is made from in the place of what was typed in the row."""
        self._write(
            [
                {"key": key, "sheet": row["sheet"], **receipt} if row["key"] == key else row
                for row in self._locked_rows()
            ]
        )

    @transaction.atomic
    def forget(self, keys):
        """Drop the rows whose receipts were printed: nobody can print them again."""
        self._write(
            [row for row in self._locked_rows() if "reference" not in row or row["key"] not in keys]
        )

    def _locked_rows(self):
        return TypingDraft.objects.select_for_update().get(pk=self.pk).rows

    def _write(self, rows):
        self.rows = rows
        self.save(update_fields=["rows", "channel", "saved_at"])
