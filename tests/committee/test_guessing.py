"""Guesses at passwords and codes: held back, and never at the cost of the owner."""

import datetime
import threading

import pytest
import time_machine
from django.db import connection
from django.test import Client

from committee.accounts.guessing import FROM_EVERYWHERE, FROM_ONE_PLACE
from committee.models import Guesses
from openmuni import clock
from tests.factories import make_user

from .signing_in import by_password, is_in, sign_in_whole, type_code, with_app

pytestmark = pytest.mark.django_db

LIMIT = FROM_ONE_PLACE[0]
MORNING = datetime.datetime(2026, 11, 25, 8, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _in_the_morning():
    with time_machine.travel(MORNING, tick=False):
        yield


def guess(name="amina", times=1, **where):
    """The statuses of as many wrong passwords."""
    return [by_password(name, "wrong", **where)[1].status_code for _try in range(times)]


def test_from_one_address_five_guesses_are_checked():
    make_user("amina")
    assert guess(times=7) == [*[200] * LIMIT, 429, 429]


def test_while_held_back_the_right_password_does_not_open_either():
    make_user("amina")
    guess(times=LIMIT)
    assert by_password("amina")[1].status_code == 429


def test_the_owner_still_gets_in_from_another_address():
    make_user("amina")
    guess(times=50)
    assert is_in(by_password("amina", address="198.51.100.7")[0])


def test_the_owner_still_gets_in_from_the_same_address_with_a_known_browser():
    make_user("amina")
    client, _answer = by_password("amina")
    client.post("/ar/admin/logout/")
    guess(times=50)
    assert is_in(by_password("amina", client=client)[0])


def test_guesses_from_fifty_addresses_are_checked_twenty_times_a_day():
    make_user("amina")
    checked = [guess(address=f"192.0.2.{n}", times=5) for n in range(50)]
    assert sum(answers.count(200) for answers in checked) == FROM_EVERYWHERE[0]


def test_under_fire_from_everywhere_the_known_browser_of_the_owner_gets_in():
    make_user("amina")
    client, _answer = by_password("amina")
    client.post("/ar/admin/logout/")
    for n in range(30):
        guess(address=f"192.0.2.{n}")
    assert is_in(by_password("amina", client=client, address="198.51.100.7")[0])


def test_the_wait_grows_and_says_until_when():
    make_user("amina")
    guess(times=LIMIT)
    answer = by_password("amina", "wrong")[1]
    assert answer["Retry-After"] == "Wed, 25 Nov 2026 08:15:00 GMT"
    assert "08:15" in answer.content.decode()
    with time_machine.travel(MORNING + datetime.timedelta(minutes=16), tick=False):
        assert guess(times=2) == [200, 429]
        assert "08:46" in by_password("amina", "wrong")[1].content.decode()


def test_the_next_day_counting_begins_anew():
    make_user("amina")
    guess(times=50)
    with time_machine.travel(MORNING + datetime.timedelta(days=1), tick=False):
        assert guess() == [200]


def test_a_right_password_forgets_the_wrong_ones():
    make_user("amina")
    for _round in range(3):
        guess(times=LIMIT - 1)
        assert is_in(by_password("amina")[0])


def test_a_name_that_nobody_has_gets_the_same_answers():
    make_user("amina")
    answers = {
        name: [text(by_password(name, "wrong")[1], name) for _try in range(7)]
        for name in ("amina", "nobody")
    }
    assert answers["amina"] == answers["nobody"]


def text(answer, name):
    """Status and page, without what differs by chance."""
    page = answer.content.decode().replace(name, "")
    token = answer.context.get("csrf_token")
    return answer.status_code, page.replace(str(token), "")


@pytest.mark.parametrize("written", ["AMINA", " amina ", "amina"])
def test_the_same_name_written_otherwise_is_counted_with_it(written):
    make_user("amina")
    guess(written, times=LIMIT)
    assert guess() == [429]


def test_an_ipv6_network_is_one_address():
    make_user("amina")
    statuses = [guess(address=f"2001:db8::{n}")[0] for n in range(1, 8)]
    assert statuses.count(200) == LIMIT


def test_a_client_does_not_choose_its_address(settings):
    make_user("amina")
    assert forged(settings, trusted=0) == LIMIT
    Guesses.objects.all().delete()
    assert forged(settings, trusted=1) == LIMIT


def forged(settings, trusted):
    """How many of seven guesses are checked when the client writes another address each time."""
    settings.TRUSTED_PROXIES = trusted
    sent = {"username": "amina", "password": "wrong"}
    statuses = [
        Client()
        .post("/ar/admin/login/", sent, HTTP_X_FORWARDED_FOR=f"10.0.0.{n}, 192.0.2.1")
        .status_code
        for n in range(7)
    ]
    return statuses.count(200)


def test_behind_a_proxy_two_people_are_two_addresses(settings):
    make_user("amina")
    settings.TRUSTED_PROXIES = 1
    sent = {"username": "amina", "password": "wrong"}
    for _try in range(6):
        Client().post("/ar/admin/login/", sent, HTTP_X_FORWARDED_FOR="192.0.2.1")
    answer = Client().post("/ar/admin/login/", sent, HTTP_X_FORWARDED_FOR="192.0.2.2")
    assert answer.status_code == 200


def test_codes_are_held_back_apart_from_passwords():
    with_app("amina")
    client, _answer = by_password("amina")
    statuses = []
    for _try in range(7):
        by_password("amina", client=client)
        statuses.append(type_code(client, "000000").status_code)
    assert statuses == [*[200] * LIMIT, 429, 429]


def test_who_guesses_codes_with_a_stolen_password_does_not_shut_out_the_owner():
    owner = sign_in_whole("amina")
    thief, _answer = by_password("amina", address="198.51.100.7")
    for _try in range(30):
        type_code(thief, "000000", address="198.51.100.7")
    owner.post("/ar/admin/logout/")
    by_password("amina", client=owner)
    assert type_code(owner, "000000").status_code == 200


def test_neither_names_nor_addresses_are_kept():
    make_user("amina")
    guess(times=3)
    rows = Guesses.objects.values_list("digest", "tries")
    assert sorted(tries for _digest, tries in rows) == [3, 3]
    assert all(len(digest) == 64 for digest, _tries in rows)


def test_what_was_counted_is_dropped_after_two_days():
    make_user("amina")
    guess()
    before = set(Guesses.objects.values_list("pk", flat=True))
    with time_machine.travel(MORNING + datetime.timedelta(days=2, minutes=1), tick=False):
        guess("bushra")
    assert not before & set(Guesses.objects.values_list("pk", flat=True))


@pytest.mark.django_db(transaction=True)
def test_of_many_guesses_at_once_no_more_than_the_limit_are_checked():
    now, taken = clock.now(), []

    def count_one():
        taken.append(Guesses.objects.count_one({"digest": (LIMIT, datetime.timedelta(minutes=15))}))
        connection.close()

    threads = [threading.Thread(target=count_one) for _thread in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert taken.count(None) == LIMIT
    assert {until for until in taken if until} == {now + datetime.timedelta(minutes=15)}
