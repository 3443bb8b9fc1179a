"""How long the list of ideas takes to answer a search, among 10,000 ideas."""

from django.db import connection
from django.test import Client

from .addresses import searches
from .pages import HEADERS, milliseconds
from .seed import add_ideas, rehearsal

MANY, MILLISECONDS = 10_000, 50


def measure(figures):
    """The median of many answers to each search, the whole page with it."""
    plan = rehearsal()
    add_ideas(plan, MANY)
    client = Client(headers=HEADERS)
    for name, address in searches(plan, "ar").items():
        label = f"{name} ({connection.vendor})"
        figures.at_most(label, milliseconds(client, address), MILLISECONDS, "ms")
