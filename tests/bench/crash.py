"""The server is killed five times while forty people send two thousand ideas."""

import contextlib
import random
import time

from django.db import connection
from django.urls import reverse
from django.utils.translation import override

from consultations.models import Submission

from .citizens import Crowd, Idea, Phone, compare
from .crowd import kept_rows, open_edition
from .site import START_SECONDS, Server

CITIZENS, IDEAS, KILLS = 40, 2000, 5
# A citizen presses again with the same key for as long as this, in seconds.
PATIENCE = 60
# Of so many receipts the code is tried on the tracking page.
TRACKED = 20


def kill_in_the_middle(server, crowd, ideas: int, kills: int):
    """Kill `server` with all its workers `kills` times while `crowd` sends, and start it again."""
    for kill in range(1, kills + 1):
        begun, latest = len(crowd.ledger), time.monotonic() + START_SECONDS
        while len(crowd.ledger) == begun and time.monotonic() < latest:
            time.sleep(0.01)  # until it serves
        # Not later than this kill's share of the ideas, or a fast machine would be done before.
        share, latest = ideas * kill // (kills + 1), time.monotonic() + random.uniform(1.5, 3)
        while len(crowd.ledger) < share and time.monotonic() < latest:
            time.sleep(0.01)
        server.kill()
        server.start()


def track_path() -> str:
    """Where a code is typed."""
    with override("ar"):
        return reverse("track")


def found_by_code(port, path, receipts) -> int:
    """How many of `receipts` show their idea on the tracking page at `path`."""
    with contextlib.closing(Phone(port, path)) as phone:
        phone.open_form()
        pages = [(phone.post(path, {"code": each.code}), each) for each in receipts]
    return sum(status == 200 and each.reference in text for (status, text), each in pages)


def measure(figures):
    """Every receipt that a citizen has read stands for one row, whatever happened to the server."""
    path = open_edition()
    connection.close()
    with Server() as server:
        ideas = [Idea(number) for number in range(IDEAS)]
        crowd = Crowd(server.port, path, ideas, CITIZENS, patience=PATIENCE)
        crowd.start()
        kill_in_the_middle(server, crowd, IDEAS, KILLS)
        figures.at_least("ideas still to send after the last kill", crowd.waiting.qsize(), 1)
        crowd.wait()
        some = random.sample(crowd.ledger, TRACKED)
        figures.exactly("codes tried that find their idea", found_by_code(
            server.port, track_path(), some), TRACKED)  # fmt: skip
    comparison = compare(crowd.ledger, kept_rows())
    figures.note("seconds, with five starts", crowd.seconds, "s")
    figures.exactly("citizens who gave up", len(crowd.errors), 0)
    figures.exactly("acknowledged", len(crowd.ledger), IDEAS)
    figures.exactly("acknowledged and lost", comparison.lost, 0)
    figures.exactly("kept twice", comparison.doubled, 0)
    figures.exactly("with another code", comparison.mismatched, 0)
    looked_up = {Submission.objects.with_code(each.code).get().reference for each in some}
    figures.exactly("looked up by their code", len(looked_up), TRACKED)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            figures.exactly("faults by integrity_check", sum(
                line != "ok" for (line,) in cursor.fetchall()), 0)  # fmt: skip
