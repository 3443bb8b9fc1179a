"""Many people press «send» at once on a live portal; `make bench` plays the same at full size."""

import pytest

from consultations.receipts import Receipt
from tests.bench.citizens import KEPT_SQL, Crowd, Idea, compare
from tests.bench.crash import found_by_code, kill_in_the_middle
from tests.bench.site import Portal, Server

FORM, TRACK = "/ar/2030-2031/ideas/new/", "/ar/track/"
OPEN_EDITION = f"from tests.bench.crowd import open_edition; assert open_edition() == '{FORM}'"


@pytest.fixture(scope="module")
def portal():
    """A portal with a database of its own and an edition that takes ideas today."""
    with Portal() as portal:
        portal.manage("shell", "--no-imports", "--command", OPEN_EDITION)
        yield portal


@pytest.fixture(scope="module")
def server(portal):
    """That portal, served as `make run` serves it."""
    with Server(portal.environment) as server:
        yield server


@pytest.fixture(autouse=True)
def _same_pepper(portal, settings):
    settings.TRACKING_PEPPER = portal.pepper


def rows_of(portal, ideas):
    """What the portal keeps of `ideas`."""
    digests = {Receipt.of(idea.key, {}).key_digest for idea in ideas}
    return [row for row in portal.rows(KEPT_SQL) if row[0] in digests]


# --- A crowd --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def crowd(server):
    """Twenty citizens who have sent ten ideas each."""
    crowd = Crowd(server.port, FORM, [Idea(number) for number in range(200)], citizens=20)
    crowd.start()
    crowd.wait()
    return crowd


def test_nobody_in_a_crowd_meets_an_error(crowd):
    assert crowd.errors == []


def test_every_idea_of_a_crowd_is_kept_once_under_the_code_its_author_read(portal, crowd):
    rows = rows_of(portal, [receipt.idea for receipt in crowd.ledger])
    comparison = compare(crowd.ledger, rows, sample=50)
    assert (len(rows), comparison.doubled, comparison.mismatched) == (200, 0, 0)


# --- The same key at the same moment ----------------------------------------------------------


@pytest.fixture(scope="module")
def impatient(server):
    """Eight browsers that send each of ten ideas, with its key, at the same moment."""
    ideas = [Idea(number) for number in range(1000, 1010)]
    crowd = Crowd(server.port, FORM, [idea for idea in ideas for _ in range(8)], citizens=8)
    crowd.start()
    crowd.wait()
    return crowd


def test_every_sending_of_a_key_is_acknowledged(impatient):
    assert (len(impatient.ledger), impatient.errors) == (80, [])


def test_a_key_sent_eight_times_at_once_makes_one_row(portal, impatient):
    assert len(rows_of(portal, [receipt.idea for receipt in impatient.ledger])) == 10


def test_a_key_sent_eight_times_at_once_gives_one_code(impatient):
    codes = {(receipt.idea.key, receipt.code, receipt.reference) for receipt in impatient.ledger}
    assert len(codes) == 10


# --- The server killed in the middle ----------------------------------------------------------


@pytest.fixture(scope="module")
def survivors(server):
    """Ten citizens who sent a hundred ideas while the server was killed, and pressed again."""
    ideas = [Idea(number) for number in range(2000, 2100)]
    crowd = Crowd(server.port, FORM, ideas, citizens=10, patience=30)
    crowd.start()
    kill_in_the_middle(server, crowd, len(ideas), kills=1)
    crowd.wait()
    return crowd


def test_everybody_is_acknowledged_in_the_end(survivors):
    assert (len(survivors.ledger), survivors.errors) == (100, [])


def test_no_acknowledged_idea_is_lost_or_doubled_by_a_kill(portal, survivors):
    rows = rows_of(portal, [receipt.idea for receipt in survivors.ledger])
    comparison = compare(survivors.ledger, rows, sample=25)
    assert (comparison.lost, comparison.doubled, comparison.mismatched) == (0, 0, 0)


def test_codes_read_before_a_kill_find_their_ideas_after_it(server, survivors):
    assert found_by_code(server.port, TRACK, survivors.ledger[:5]) == 5
