"""Fifty people press «send» at once, three thousand times."""

import statistics

from django.db import connection
from django.urls import reverse
from django.utils.translation import override

from tests.factories import make_axis, make_plan, make_step

from .citizens import KEPT_SQL, Crowd, Idea, compare
from .figures import say
from .site import Server

CITIZENS, IDEAS = 50, 3000
# Every so many ideas one is sent twice, with the same key and often at the same moment.
SENT_TWICE = 20


def open_edition() -> str:
    """An edition that takes ideas today; the path of its form."""
    plan = make_plan()
    make_step(plan)
    for key in ("services", "transparency", "access", "civic-life"):
        make_axis(plan, key=key)
    with override("ar"):
        return reverse("idea_new", args=[plan.slug])


def kept_rows() -> list[tuple]:
    """What the portal keeps, for `compare`."""
    with connection.cursor() as cursor:
        cursor.execute(KEPT_SQL)
        return cursor.fetchall()


def measure(figures):
    """3,000 ideas of 50 citizens: no error, fast enough, each kept once, one code a key."""
    path = open_edition()
    connection.close()
    ideas = [idea for n in range(IDEAS) for idea in [Idea(n)] * (2 if n % SENT_TWICE == 0 else 1)]
    with Server() as server:
        crowd = Crowd(server.port, path, ideas, CITIZENS)
        crowd.start()
        crowd.wait()
    waits = sorted(receipt.seconds for receipt in crowd.ledger)
    comparison = compare(crowd.ledger, kept_rows())
    figures.exactly("errors", len(crowd.errors), 0)
    figures.at_least("ideas kept in a second", IDEAS / crowd.seconds, 80)
    figures.at_most("95 of 100 wait at most", waits[int(len(waits) * 0.95)], 1.5, "s")
    figures.note("half wait at most", statistics.median(waits), "s")
    figures.note("the longest wait", waits[-1], "s")
    figures.exactly("rows", len(kept_rows()), IDEAS)
    figures.exactly("acknowledged and lost", comparison.lost, 0)
    figures.exactly("kept twice", comparison.doubled, 0)
    figures.exactly("with another code", comparison.mismatched, 0)
    for error in sorted(set(crowd.errors))[:5]:
        say(f"  {error}")
