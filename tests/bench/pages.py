"""Queries and server time of every public page, with 40 ideas and with 10,000."""

import statistics
import time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from .addresses import LANGUAGES, list_pages, public_pages
from .figures import say
from .seed import add_ideas, rehearsal

FEW, MANY = 40, 10_000
MOST_QUERIES, LIST_MILLISECONDS, RUNS = 12, 25, 30
# Of a search, which reads every text, `search` promises; nothing is of the last of 500 pages nor of
# the order of decisions, which reads all of them.
PROMISED = ("list, ar", "list, fr", "list by")
# As a phone asks.
HEADERS = {"host": "127.0.0.1", "accept-encoding": "gzip"}


def measure(figures):
    """A fixed number of queries on every page, and a fast list at 10,000 ideas on PostgreSQL."""
    plan = rehearsal()
    add_ideas(plan, FEW)
    addresses = {
        f"{name}, {language}": address
        for language in LANGUAGES
        for name, address in {**public_pages(plan, language), **list_pages(plan, language)}.items()
    }
    client = Client(headers=HEADERS)
    few = {name: queries(client, address) for name, address in addresses.items()}
    say(f"  seeding {MANY:,} ideas")
    add_ideas(plan, MANY)
    many = {name: queries(client, address) for name, address in addresses.items()}
    for name, address in addresses.items():
        label, spent = f"{name}: {many[name]} queries", milliseconds(client, address)
        if name.startswith(PROMISED) and connection.vendor == "postgresql":
            figures.at_most(label, spent, LIST_MILLISECONDS, "ms")
        else:
            figures.note(label, spent, "ms")
    grown = [name for name in addresses if few[name] != many[name]]
    figures.at_most("the most queries of a page", max(many.values()), MOST_QUERIES)
    figures.exactly(f"pages with other queries at {FEW} ideas", len(grown), 0)
    for name in grown:
        say(f"  {name}: {few[name]} queries, then {many[name]}")


def queries(client, address) -> int:
    """How many queries `address` makes. What is made once a process is not counted."""
    get(client, address)
    with CaptureQueriesContext(connection) as captured:
        get(client, address)
    return len(captured)


def milliseconds(client, address) -> float:
    """The median time of some answers."""
    spent = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        get(client, address)
        spent.append(time.perf_counter() - begun)
    return statistics.median(spent) * 1000


def get(client, address):
    """Ask for `address`, which must be there."""
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
