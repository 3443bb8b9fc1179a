"""The log as everybody reads it: the head of each day, and the file that anyone can check."""

import datetime
import json
import re
import subprocess
import sys

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from consultations.models import ActionPlan
from tests.factories import REASON, make_actor, make_plan, make_proposal, make_step

from .logged import make_logged_plan

pytestmark = pytest.mark.django_db


def read(plan, name="log", **query):
    return Client().get(reverse(name, args=[plan.slug]), query)


def downloaded(plan):
    return b"".join(read(plan, "log_file").streaming_content).decode()


@pytest.fixture
def days():
    """An edition with three acts on each of two days; the second ends after midnight UTC."""
    first = datetime.datetime(2030, 3, 4, 23, 30, tzinfo=datetime.UTC)
    with time_machine.travel(first, tick=False) as traveller:
        idea = make_proposal(make_step(make_plan()))
        idea.accept(by=make_actor(), reason=REASON)
        traveller.move_to(first + datetime.timedelta(hours=24, minutes=29))
        for verb in (idea.reopen, idea.reject, idea.reopen):
            verb(by=make_actor(), reason=REASON)
    return idea.plan


def test_the_page_shows_how_many_acts_there_are_and_the_last_hash():
    plan = make_logged_plan()
    shown = read(plan)
    assert shown.context["head"].number == 20
    assert plan.log.last().hash in shown.content.decode()


def test_each_local_day_has_its_head(days):
    shown = [(one.day.day, one.count, one.number) for one in read(days).context["days"]]
    assert shown == [(5, 3, 6), (4, 3, 3)]
    assert read(days).context["days"][1].hash == days.log.get(number=3).hash


def test_an_edition_without_acts_says_so():
    assert "لم يُدوَّن" in read(make_plan()).content.decode()


@pytest.mark.parametrize("name", ["log", "log_file"])
def test_the_log_of_an_edition_in_preparation_is_not_public(name):
    plan = make_plan(state=ActionPlan.State.PREPARING)
    plan.open(by=make_actor())
    ActionPlan.objects.update(state=ActionPlan.State.PREPARING)
    assert read(plan, name).status_code == 404


def test_neither_page_nor_file_names_anybody():
    plan = make_logged_plan()
    shown = read(plan).content.decode() + downloaded(plan)
    assert make_actor().name not in shown
    assert make_actor().function not in shown


def test_the_file_holds_no_words_of_citizens_or_of_the_committee():
    content = downloaded(make_logged_plan())
    assert not [words for words in ("الفكرة", REASON, "الإشكالية") if words in content]


def test_the_page_asks_as_much_for_any_number_of_acts():
    plan = make_logged_plan()
    read(plan)
    with CaptureQueriesContext(connection) as few:
        read(plan)
    for _again in range(5):
        plan.close(by=make_actor())
        plan.open(by=make_actor())
    with CaptureQueriesContext(connection) as many:
        read(plan)
    assert len(many) == len(few)


def test_the_file_is_not_sent_again_while_nothing_happened():
    plan = make_logged_plan()
    tag = read(plan, "log_file")["ETag"]
    address = reverse("log_file", args=[plan.slug])
    assert Client().get(address, headers={"if-none-match": tag}).status_code == 304
    plan.close(by=make_actor())
    assert Client().get(address, headers={"if-none-match": tag}).status_code == 200


def test_a_version_names_the_act_that_froze_it():
    call_command("loaddata", "fixtures/larache.json", verbosity=0)
    call_command("rehearse", documents=False, verbosity=0)
    plan = ActionPlan.objects.get(is_rehearsal=True)
    act = plan.log.get(act="freeze")
    shown = Client().get(reverse("version_detail", args=[plan.slug, 1])).content.decode()
    assert act.hash in shown


# --- The file, checked by somebody else's means ----------------------------------------------------


def script() -> str:
    """The programme that the README gives."""
    return re.search(
        r"```python\n(.*?)```", (settings.BASE_DIR / "README.md").read_text(), re.DOTALL
    )[1]


def check(path):
    """Run the programme of the README on a file, with nothing of ours in reach."""
    command = [sys.executable, "-I", "-c", script(), str(path)]
    return subprocess.run(command, cwd=path.parent, capture_output=True, text=True, check=False)


@pytest.fixture
def kept(tmp_path):
    """A log that somebody kept, and its file."""
    plan, path = make_logged_plan(), tmp_path / "log.json"
    path.write_text(downloaded(plan), encoding="utf-8")
    return plan, path


def test_anybody_can_check_the_file(kept):
    plan, path = kept
    done = check(path)
    assert (done.returncode, done.stdout.strip()) == (0, f"20 acts, head {plan.log.last().hash}")


@pytest.mark.parametrize(
    "tamper",
    [
        lambda acts: acts[7].update(label="x"),
        lambda acts: acts[7]["after"].update(status="rejected"),
        lambda acts: acts[3].update(signature="0" * 64),
        lambda acts: acts.pop(4),
        lambda acts: acts.insert(9, acts[4]),
        lambda acts: acts.reverse(),
        lambda acts: acts[19].update(at="2031-01-01T00:00:00.000000+00:00"),
    ],
)
def test_a_file_that_was_changed_does_not_check(kept, tamper):
    _plan, path = kept
    log = json.loads(path.read_text(encoding="utf-8"))
    tamper(log["acts"])
    path.write_text(json.dumps(log), encoding="utf-8")
    assert check(path).returncode == 1


def test_our_own_command_reads_the_file(kept):
    plan, path = kept
    call_command("verify_log", plan.slug, published=path)


# --- In a browser ----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_page_is_accessible_and_fits_a_small_phone(page_for, language):
    plan, page = make_logged_plan(), page_for(width=320)
    with translation.override(language):
        page.goto(reverse("log", args=[plan.slug]))
    faults = [fault["id"] for fault in Axe().run(page).response["violations"]]
    assert not faults
    assert page.evaluate("document.documentElement.scrollWidth") == 320
