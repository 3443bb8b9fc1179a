"""The desk as a person works: the rehearsal triaged by keyboard in Chromium, in Arabic; then a large edition."""

import os
import shutil
import statistics
import time
from collections import defaultdict

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from playwright.sync_api import sync_playwright

from proposals.models import Proposal
from tests.committee import triaging

from .seed import add_ideas, rehearsal
from .site import Server
from .weight import ARGUMENTS

MOST_LOADS, MOST_KEYS = 3, 12
IDEAS, SECONDS, TIMES = 5000, 0.5, 5


def measure(figures):
    """Keys and loads for each decision beside its reason; queries and seconds at 40 and 5,000 ideas."""
    plan = rehearsal()
    person = Client(headers={"host": "127.0.0.1"})
    person.force_login(User.objects.get(username="coordinator"))
    few = {name: queries(person, address) for name, address in pages(plan).items()}
    triage(figures, person.cookies["sessionid"].value)
    add_ideas(plan, IDEAS)
    for name, address in pages(plan).items():
        figures.exactly(f"queries of {name}, {IDEAS:,} ideas", queries(person, address), few[name])
        figures.at_most(f"{name}, {IDEAS:,} ideas", seconds(person, address), SECONDS, "s")


def triage(figures, session):
    """Publish and decide on all that waits, and say what each sort of act took at most."""
    unread = Proposal.objects.awaiting_moderation().count()
    undecided = Proposal.objects.awaiting_decision().count() + unread
    connection.close()
    # Playwright's event loop runs in this thread, where Django would refuse its own calls.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with Server() as server, sync_playwright() as playwright:
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        size = {"width": 1440, "height": 900}
        context = browser.new_context(base_url=server.url, viewport=size, locale="ar-MA")
        context.add_cookies([{"name": "sessionid", "value": session, "url": server.url}])
        keyboard = triaging.Keyboard(context.new_page())
        triaging.open_queue(keyboard, triaging.OPEN_FIRST)
        triaging.publish_all(keyboard, unread)
        triaging.open_queue(keyboard, triaging.OPEN_SECOND)
        triaging.decide_all(keyboard, undecided)
        browser.close()
    left = Proposal.objects.awaiting_moderation() | Proposal.objects.awaiting_decision()
    figures.exactly(f"left of {unread} to read and {undecided} to decide", left.count(), 0)
    by_act = defaultdict(list)
    for taken in keyboard.taken:
        by_act[taken.act].append(taken)
    for act, rows in by_act.items():
        # The way from the first page counts for the first of each queue.
        figures.at_most(f"keys to {act}, the most", max(row.keys for row in rows), MOST_KEYS)
        figures.note(f"keys to {act}, the usual", int(statistics.median(row.keys for row in rows)))
        figures.at_most(f"loads to {act}, the most", max(row.loads for row in rows), MOST_LOADS)


def pages(plan) -> dict[str, str]:
    """The first page, the lists and a case, as the coordinator opens them."""
    listed = reverse("admin:proposals_proposal_changelist")
    decided = Proposal.objects.filter(plan=plan, status="accepted").first()
    kept = f"?_changelist_filters=plan__id__exact%3D{plan.pk}"
    return {
        "first page": reverse("admin:index"),
        "list": listed,
        "list of the late": f"{listed}?late=yes",
        "case": reverse("admin:proposals_proposal_change", args=[decided.pk]) + kept,
    }


def queries(person, address) -> int:
    """The queries of a page that was opened before."""
    open_page(person, address)
    with CaptureQueriesContext(connection) as caught:
        open_page(person, address)
    return len(caught)


def seconds(person, address) -> float:
    """The median time of a page within this process."""
    taken = []
    for _time in range(TIMES):
        start = time.perf_counter()
        open_page(person, address)
        taken.append(time.perf_counter() - start)
    return round(statistics.median(taken), 2)


def open_page(person, address):
    """Open a page and see that it is one."""
    answer = person.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
