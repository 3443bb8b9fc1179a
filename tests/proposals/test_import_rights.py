"""An import is its sender's alone, does what its preview showed, and asks for a right."""

import datetime

import pytest
from django.test import Client

from consultations.models import ActionPlan, ActLog, ImportDraft
from openmuni import clock
from proposals.models import Proposal
from tests.factories import make_plan, make_proposal, make_step, make_user
from tests.importing import IDEAS, confirm, coordinator, csv_file, send

pytestmark = pytest.mark.django_db

HEADINGS = ["عنوان الفكرة", "الفكرة"]
IDEA = ["إنارة الحي", "نقترح إنارة الحي ليلا"]


@pytest.fixture
def najat(db):
    return coordinator()


def look(client, station, content):
    return send(client, IDEAS, content, step=station.pk, channel="paper")


def open_station():
    return make_step(make_plan())


# --- What changed meanwhile ------------------------------------------------------------------------


def test_a_preview_that_is_not_true_any_more_is_not_carried_out(najat):
    step = open_station()
    page = look(najat, step, csv_file([*HEADINGS, "رقم البطاقة"], [*IDEA, "7"]))
    make_proposal(step, title="سبقت", card_number="7")
    confirm(najat, page)
    assert [idea.title for idea in Proposal.objects.all()] == ["سبقت"]


def test_a_closed_edition_takes_nothing(najat):
    step = open_station()
    page = look(najat, step, csv_file(HEADINGS, IDEA))
    ActionPlan.objects.update(state="closed")
    confirm(najat, page)
    assert not Proposal.objects.exists()


def test_a_closed_edition_is_not_offered(najat):
    step = open_station()
    ActionPlan.objects.update(state="closed")
    page = look(najat, step, csv_file(HEADINGS, IDEA))
    assert page.context["target"].errors["step"]


# --- Who, and for how long -------------------------------------------------------------------------


def test_a_file_waits_for_its_sender_alone(najat):
    page = look(najat, open_station(), csv_file(HEADINGS, IDEA))
    other = Client()
    other.force_login(make_user("salma", group="coordinator"))
    answer = other.get(f"/ar/admin/{IDEAS}/import/{page.context['draft'].pk}/")
    assert answer.status_code == 302


def test_a_file_waits_an_hour(najat):
    page = look(najat, open_station(), csv_file(HEADINGS, IDEA))
    later = clock.now() + datetime.timedelta(minutes=61)
    ImportDraft.objects.update(sent_at=later - datetime.timedelta(minutes=122))
    confirm(najat, page)
    assert not Proposal.objects.exists()


def test_what_nobody_confirmed_goes_with_the_next_file_of_anybody(najat):
    step = open_station()
    look(najat, step, csv_file(HEADINGS, IDEA))
    ImportDraft.objects.update(
        user=make_user("salma"), sent_at=clock.now() - datetime.timedelta(hours=2)
    )
    look(najat, step, csv_file(HEADINGS, IDEA))
    assert [draft.user.username for draft in ImportDraft.objects.all()] == ["najat"]


def test_a_file_that_was_carried_out_is_gone(najat):
    confirm(najat, look(najat, open_station(), csv_file(HEADINGS, IDEA)))
    assert not ImportDraft.objects.exists()


@pytest.mark.parametrize("group", ["member", "moderator", "auditor"])
def test_the_right_to_import_is_asked_for(group):
    client = Client()
    client.force_login(make_user("salma", group=group))
    base = f"/ar/admin/{IDEAS}"
    statuses = [
        client.get(f"{base}/import/").status_code,
        client.get(f"{base}/import/1/").status_code,
        client.get(f"{base}/import/1/faults/").status_code,
        client.get(f"{base}/import/blank/ideas.xlsx").status_code,
        client.post(f"{base}/process_import/", {"draft": 1}).status_code,
    ]
    assert statuses == [403] * 5


def test_an_import_is_one_act_in_the_log(najat):
    step = open_station()
    confirm(najat, look(najat, step, csv_file(HEADINGS, IDEA)))
    act = ActLog.objects.get(act="import")
    assert (act.plan, act.object_id) == (step.plan, str(step.pk))
    assert act.after == {"kind": "ideas", "new": 1}


@pytest.mark.parametrize(("group", "is_offered"), [("coordinator", True), ("auditor", False)])
def test_the_button_is_for_those_who_may(db, group, is_offered):
    client = Client()
    client.force_login(make_user("salma", group=group))
    page = client.get(f"/ar/admin/{IDEAS}/").content.decode()
    assert (f"/ar/admin/{IDEAS}/import/" in page) == is_offered
