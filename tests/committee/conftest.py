"""A rehearsal to look at and to wipe."""

import time

import pytest
from django.core.management import call_command
from django.db import transaction

from .rehearsing import all_rows, rehearse


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """The commune, its real edition and a rehearsal, built once; each test's own acts are undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("loaddata", "fixtures/larache.json", verbosity=0)
        before, start = all_rows(), time.monotonic()
        output = rehearse()
        yield {"before": before, "output": output, "seconds": time.monotonic() - start}
        transaction.set_rollback(True)
