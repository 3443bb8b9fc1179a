"""How long the desk waits for the ideas that look alike, among 10,000."""

import statistics
import time

from django.db import connection

from proposals.look_alikes import forget_texts, look_alikes
from proposals.models import Proposal

from .figures import say
from .seed import add_ideas, rehearsal

MANY, MILLISECONDS, ASKED = 10_000, 50, 60


def measure(figures):
    """The median of many searches; the first one of a process, which reads every text, apart."""
    plan = rehearsal()
    say(f"  seeding {MANY:,} ideas")
    add_ideas(plan, MANY)
    asked = list(Proposal.objects.filter(plan=plan).order_by("pk")[:: MANY // ASKED])
    forget_texts()
    figures.note(f"the first search of a process ({connection.vendor})", _spent(asked[0]), "ms")
    spent = sorted(_spent(proposal) for proposal in asked)
    figures.at_most("a search: median", statistics.median(spent), MILLISECONDS, "ms")
    figures.note("a search: 95 of 100", spent[len(spent) * 95 // 100], "ms")
    figures.note("a search: the slowest", spent[-1], "ms")


def _spent(proposal) -> float:
    begun = time.perf_counter()
    look_alikes(proposal)
    return (time.perf_counter() - begun) * 1000
