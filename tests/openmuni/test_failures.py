"""What is shown when something fails: in which language, what is given back, and without what it stands."""

import datetime
import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.urls import path

from openmuni import clock, failures
from openmuni.dates import hour
from openmuni.urls import handler400, handler403, handler404, handler500, urlpatterns  # noqa: F401
from tests.factories import make_plan

pytestmark = pytest.mark.django_db


def failing(exception):
    """A view that fails."""

    def view(request):
        raise exception

    return view


# This module is a URL configuration of its own: the portal's, and views that fail.
FAILURES = {
    "fail": (RuntimeError, 500),
    "forbid": (PermissionDenied, 403),
    "suspect": (SuspiciousOperation, 400),
    "unreachable": (OperationalError, 503),
    "hung-up": (InterfaceError, 503),
}
urlpatterns = [
    *(
        path(f"{language}/{name}/", failing(exception))
        for name, (exception, _status) in FAILURES.items()
        for language in ("ar", "fr")
    ),
    path("ar/often/", failures.too_many),
    *urlpatterns,
]
of_this_module = pytest.mark.urls("tests.openmuni.test_failures")


@pytest.fixture(autouse=True)
def _failures_are_answered(client):
    client.raise_request_exception = False


@of_this_module
@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fr", "ltr")])
@pytest.mark.parametrize("name", [*FAILURES, "nowhere"])
def test_a_failure_has_a_page_in_the_language_of_the_address(client, name, language, direction):
    answer = client.get(f"/{language}/{name}/", headers={"accept-language": "en"})
    status = FAILURES[name][1] if name in FAILURES else 404
    assert answer.status_code == status
    assert f'<html lang="{language}" dir="{direction}">' in answer.content.decode()


def test_an_address_without_a_language_fails_in_that_of_the_browser(client):
    answer = client.get("/static-page/", headers={"accept-language": "fr"})
    assert '<html lang="fr"' in answer.content.decode()


@of_this_module
@pytest.mark.parametrize("name", [*FAILURES, "nowhere"])
def test_a_failure_says_its_number_and_leads_on(client, name):
    answer = client.get(f"/fr/{name}/")
    page = answer.content.decode()
    assert f">{answer.status_code}</text>" in page
    assert 'href="/fr/"' in page


@of_this_module
@pytest.mark.parametrize("name", [*FAILURES, "nowhere"])
def test_a_failure_is_kept_out_of_search_engines_and_of_messaging_apps(client, name):
    page = client.get(f"/ar/{name}/").content.decode()
    assert 'content="noindex"' in page
    assert "og:" not in page


@of_this_module
@pytest.mark.parametrize("name", ["fail", "suspect"])
def test_a_page_that_stands_alone_asks_no_database(client, name, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(f"/ar/{name}/")


def test_a_page_not_found_costs_the_same_for_more_editions(client, django_assert_num_queries):
    make_plan(slug="2030-2031")
    with django_assert_num_queries(5):
        client.get("/ar/nowhere/")
    make_plan(slug="2034-2035")
    with django_assert_num_queries(5):
        client.get("/ar/nowhere/")


def test_a_page_not_found_offers_to_search_the_ideas(client):
    plan = make_plan()
    page = client.get("/ar/nowhere/").content.decode()
    assert f'action="/ar/{plan.slug}/ideas/"' in page


def test_a_page_not_found_does_not_say_whether_an_idea_waits_or_was_withheld(client):
    page = client.get("/fr/ideas/TST-2030-0009/").content.decode()
    assert "ce que vous cherchez n’est pas public" in page
    assert "pas encore" not in page


@of_this_module
@pytest.mark.parametrize("name", ["fail", "unreachable"])
@pytest.mark.parametrize(
    "field", ["title", "body", "neighbourhood", "reason", "kept_part", "comment"]
)
def test_a_text_that_could_not_be_kept_is_given_back(client, name, field):
    page = client.post(f"/ar/{name}/", {field: "<b>نقترح</b>"}).content.decode()
    assert "&lt;b&gt;نقترح&lt;/b&gt;" in page
    assert "لم نتوصل بنصك بعد" in page


@of_this_module
def test_nothing_is_said_of_a_text_where_none_was_sent(client):
    assert "لم نتوصل بنصك بعد" not in client.get("/ar/unreachable/").content.decode()


@of_this_module
@pytest.mark.parametrize("name", ["unreachable", "often"])
def test_who_comes_again_is_told_when(client, name):
    assert client.get(f"/ar/{name}/")["Retry-After"] == "60"


def test_too_many_tries_are_told_the_time_of_the_next_one(rf):
    until = datetime.datetime(2030, 6, 1, 11, 5, tzinfo=clock.now().tzinfo)
    answer = failures.too_many(rf.get("/fr/"), until)
    assert answer.status_code == 429
    assert answer["Retry-After"] == "Sat, 01 Jun 2030 11:05:00 GMT"
    assert f"à {hour(until)}" in answer.content.decode()


ASK = """
import json
from django.test import Client
client = Client(raise_request_exception=False, headers={"host": "localhost"})
answers = [client.get("/fr/"), client.get("/fr/nowhere/"), client.post("/fr/track/", {"body": "Mon idée"})]
print(json.dumps([[a.status_code, a.headers.get("Retry-After"), a.content.decode()] for a in answers]))
"""


@pytest.mark.parametrize(
    "url", ["sqlite:////nowhere/at-all.sqlite3", "postgres://u:p@127.0.0.1:9/x"]
)
def test_a_database_that_is_not_there_leaves_a_page_that_says_so(url, tmp_path):
    """A second process, whose settings name a database that nobody answers for."""
    told = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "--command", ASK],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": url, "VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    home, nowhere, track = json.loads(told.stdout.splitlines()[-1])
    for status, retry_after, page in (home, nowhere):
        assert (status, retry_after) == (503, "60")
        assert "Service momentanément interrompu" in page
        assert "Traceback" not in page
    assert track[0] < 500 or "Mon idée" in track[2]
