from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from . import checks, guards  # noqa: F401 - the checks register themselves


class ProposalsConfig(AppConfig):
    """Which ideas came, and what became of each."""

    name = "proposals"
    verbose_name = _("Proposals")

    def ready(self):
        # SQLite rebuilds a table to alter it, so the guards step aside while migrations run.
        pre_migrate.connect(guards.before_migrations, sender=self)
        post_migrate.connect(guards.after_migrations, sender=self)
