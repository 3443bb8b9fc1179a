"""A file that a member of staff sent in and has not confirmed yet."""

import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from openmuni import clock

LIFETIME = datetime.timedelta(hours=1)


class ImportDraftQuerySet(models.QuerySet):
    """Files that wait, as long as they may."""

    def alive(self, user):
        """Those of `user` that are not too old to be confirmed."""
        return self.filter(user=user, sent_at__gt=clock.now() - LIFETIME)

    def keep(self, user, kind: str, content: bytes, options: dict):
        """Keep a file in the place of the one that `user` sent for `kind` before; the old ones of anybody go."""
        self.filter(sent_at__lte=clock.now() - LIFETIME).delete()
        sent = {"content": content, "options": options, "sent_at": clock.now()}
        return self.update_or_create(user=user, kind=kind, defaults=sent)[0]


class ImportDraft(models.Model):
    """The bytes of a file between its preview and its confirmation, seen by nobody but its sender.

    They may hold what is private of people: no name of a file is kept, and the row goes with the
    confirmation, or with the next file that anybody sends an hour later.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("account")
    )
    kind = models.CharField(_("kind"), max_length=40)
    content = models.BinaryField()
    options = models.JSONField(default=dict)
    sent_at = models.DateTimeField(_("sent at"))

    objects = ImportDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("file to import")
        verbose_name_plural = _("files to import")
        # It is nobody else's: there is nothing to grant.
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind"], name="one_file_to_import_a_user_and_kind"
            )
        ]

    def __str__(self):
        return self.kind
