"""What the pages of an edition say of it: hidden while it is prepared, past when closed, and what happens next."""

import datetime
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import translation
from django.utils.translation import gettext

from consultations.models import RemarkHeading, StepDocument
from openmuni import clock
from tests.factories import (
    REASON,
    make_actor,
    make_axis,
    make_plan,
    make_project,
    make_proposal,
    make_step,
    make_version,
)

from .acting import sign_in

pytestmark = pytest.mark.django_db

# Their title is the same on every page, so it is looked for with its markup.
NEXT, PAST = '<aside class="what-next"', '<aside class="past-line"'
# What is sent or followed by code, and staff's own pages, which ask who is there first.
NOT_BY_EDITION = {"home", "privacy", "track", "admin", "sitemap_section"}
OF_STAFF = {"plan_preview", "plan_pdf", "sign_in_sheet"}


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def fill(plan):
    """An idea, a project, a document and a version in `plan`, as the parts of addresses."""
    step, project = make_step(plan), make_project(plan)
    RemarkHeading.objects.create(plan=plan, order=1, key="problem", name_ar="الإشكالية")
    document = StepDocument.objects.create(
        step=step,
        title_ar="محضر",
        date=clock.today(),
        file=ContentFile(b"%PDF-1.7", name="minutes.pdf"),
    )
    version = plan.versions.create(
        number=1, data={}, data_sha256="0" * 64, frozen_at=clock.now(), published_at=clock.now()
    )
    version.pdfs.create(language="ar", content=b"%PDF", sha256="0" * 64)
    numbers = {"number": version.number, "before": version.number, "after": version.number}
    return {
        "edition": plan.slug,
        "reference": make_proposal(step).reference,
        "language": "ar",
        "project": project.pk,
        "document": document.pk,
        **numbers,
    }


def addresses(parts):
    """The address of every public page that belongs to an edition, by its name."""
    found = {}
    for name, [[(_shape, names), *_rest], *_more] in get_resolver().reverse_dict.items():
        if not isinstance(name, str) or name in NOT_BY_EDITION | OF_STAFF or not names:
            continue
        whose = "project" if name in {"project_detail", "remark_card_new"} else "document"
        values = {key: parts[whose] if key == "pk" else parts[key] for key in names}
        with translation.override("ar"):
            found[name] = reverse(name, kwargs=values)
    return found


def test_the_public_pages_are_found():
    parts = dict.fromkeys(["edition", "reference", "language", "before", "after", "number"], "1")
    parts |= {"edition": "2030-2031", "project": 1, "document": 1}
    names = set(addresses(parts))
    assert {"edition_home", "idea_detail", "project_detail", "step_document", "council"} <= names


@pytest.mark.usefixtures("media")
def test_no_address_shows_the_public_an_edition_that_is_being_prepared(client):
    parts = fill(make_plan(state="preparing"))
    shown = {
        name: answer.status_code
        for name, address in addresses(parts).items()
        if (answer := client.get(address)).status_code != 404
    }
    assert not shown


@pytest.mark.usefixtures("media")
@pytest.mark.parametrize("state", ["open", "closed"])
def test_every_address_of_an_open_and_of_a_past_edition_can_be_read(client, state):
    plan = make_plan()
    parts = fill(plan)
    type(plan).objects.filter(pk=plan.pk).update(state=state)
    names = ["edition_home", "timeline", "idea_list", "idea_detail", "results"]
    names += ["project_list", "project_detail", "committee", "about", "idea_new", "council"]
    found = addresses(parts)
    assert {client.get(found[name]).status_code for name in names} == {200}


def test_staff_previews_the_plan_of_an_edition_that_is_being_prepared():
    plan = make_plan(state="preparing")
    coordinator = sign_in("leila", group="coordinator")
    with translation.override("ar"):
        assert coordinator.get(reverse("plan_preview", args=[plan.slug])).status_code == 200


# --- A past edition -----------------------------------------------------------------------------


def body(client, address):
    return client.get(address).content.decode()


def test_a_past_edition_says_so_and_leads_to_the_current_one(client):
    past = make_plan(slug="2028-2029", state="closed")
    make_plan(slug="2030-2031")
    shown = body(client, f"/fr/{past.slug}/about/")
    assert re.search(rf'{PAST}.*?<a href="/fr/">', shown, re.DOTALL)


def test_where_every_edition_is_closed_there_is_no_current_one_to_go_to(client):
    past = make_plan(state="closed")
    assert "Aller à l’édition en cours" not in body(client, f"/fr/{past.slug}/about/")


def test_a_current_edition_is_not_called_past(client):
    assert PAST not in body(client, f"/fr/{make_plan().slug}/about/")


@pytest.mark.parametrize(("state", "is_told"), [("open", True), ("closed", False)])
def test_how_to_take_part_is_told_while_an_edition_is_not_closed(client, state, is_told):
    plan = make_plan(state=state)
    with translation.override("ar"):
        how = f'<h2 id="how">{gettext("How to take part")}</h2>'
    assert (how in client.get(f"/ar/{plan.slug}/").content.decode()) is is_told


def test_home_prefers_an_open_edition_to_a_later_one_that_is_closed(client):
    make_plan(slug="2034-2035", state="closed")
    current = make_plan(slug="2030-2031")
    assert client.get("/ar/").context["plan"] == current


def edition_past_its_stations():
    plan = make_plan()
    make_step(plan, accepts="nothing", first=-30, last=-29)
    return plan


def test_an_edition_past_its_stations_says_so_on_its_pages(client):
    plan = edition_past_its_stations()
    assert "انقضت تواريخ هذه النسخة" in body(client, f"/ar/{plan.slug}/committee/")


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("plan", "برنامج العمل غير منشور في هذا الموقع"),
        ("versions", "برنامج العمل غير منشور في هذا الموقع"),
        ("documents", "برنامج العمل غير منشور في هذا الموقع"),
        ("remarks", "لا توجد ملاحظات منشورة في هذا الموقع"),
        ("projects", "لا توجد مشاريع منشورة في هذا الموقع"),
    ],
)
def test_what_an_edition_past_its_stations_lacks_is_not_to_come(client, page, words):
    plan = edition_past_its_stations()
    shown = body(client, f"/ar/{plan.slug}/{page}/")
    assert words in shown
    assert 'id="cards"' not in shown


def test_the_sheets_of_such_an_edition_that_hold_nothing_are_told_once(client):
    plan = edition_past_its_stations()
    for number in (1, 2):
        make_project(plan, number=number)
    shown = body(client, f"/ar/{plan.slug}/projects/")
    assert shown.count("فغير منشورة في هذا الموقع") == 1
    assert 'class="dots"' not in shown


def test_a_past_station_that_nobody_recorded_is_not_called_done(client):
    plan = edition_past_its_stations()
    strip = body(client, f"/ar/{plan.slug}/")
    assert "انقضى تاريخها" in strip
    assert "تمت<" not in strip


@pytest.mark.parametrize(
    ("station", "version", "is_done"),
    [
        ("endorsement", "consulted", False),
        ("endorsement", "endorsed", True),
        ("council_adoption", "endorsed", False),
        ("council_adoption", "adopted", True),
    ],
)
def test_a_past_station_is_done_when_a_version_came_of_it(client, station, version, is_done):
    plan = make_plan()
    make_step(plan, kind=station, accepts="nothing", first=-30, last=-29)
    make_version(plan, kind=version, acted_on=clock.today())
    strip = body(client, f"/ar/{plan.slug}/")
    assert ("انقضى تاريخها" in strip) is not is_done


def test_home_shows_the_past_editions_and_none_that_is_being_prepared(client):
    make_plan(slug="2034-2035", state="preparing")
    past = make_plan(slug="2028-2029", state="closed")
    make_plan(slug="2030-2031")
    assert list(client.get("/ar/").context["other_plans"]) == [past]


def test_an_idea_is_not_taken_in_a_closed_edition_though_its_window_is_open(client):
    plan = make_plan()
    make_step(plan)
    plan.close(by=make_actor())
    answer = client.post(f"/ar/{plan.slug}/ideas/new/", {"title": "إنارة الحي", "body": "نقترح"})
    assert answer.status_code == 403
    assert "إنارة الحي" in answer.content.decode()
    assert not plan.proposals.exists()


def test_two_editions_side_by_side_have_their_own_stations_and_ideas(client):
    first, second = make_plan(slug="2030-2031"), make_plan(slug="2031-2032")
    ideas = [make_proposal(make_step(plan), title=plan.slug) for plan in (first, second)]
    shown = body(client, f"/ar/{second.slug}/ideas/")
    assert ideas[1].reference in shown
    assert ideas[0].reference not in shown


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_two_lines_of_a_past_edition_are_accessible_and_fit_a_small_phone(page_for, language):
    past = make_plan(slug="2028-2029", state="closed")
    make_plan(slug="2030-2031")
    page = page_for(320)
    page.goto(f"/{language}/{past.slug}/about/")
    assert page.locator("aside").count() == 2
    assert not Axe().run(page).response["violations"]
    assert page.evaluate("document.documentElement.scrollWidth") == 320


# --- What happens next ----------------------------------------------------------------------------


@pytest.mark.usefixtures("media")
def test_every_page_of_an_edition_says_what_happens_next(client):
    plan = make_plan()
    found = addresses(fill(plan))
    pages = [
        "timeline",
        "idea_list",
        "idea_new",
        "idea_detail",
        "results",
        "project_list",
        "project_detail",
        "remark_card_new",
        "new_project",
        "committee",
        "council",
        "about",
    ]
    silent = [name for name in pages if NEXT not in body(client, found[name])]
    assert not silent


@pytest.mark.parametrize("address", ["/ar/privacy/", "/ar/legal/", "/ar/track/"])
def test_so_do_the_pages_of_the_portal(client, address):
    make_step(make_plan())
    assert NEXT in body(client, address)


@pytest.mark.parametrize("address", ["/ar/", "/ar/privacy/", "/ar/track/", "/ar/nowhere/"])
def test_without_an_edition_nothing_is_said(client, address):
    assert NEXT not in body(client, address)


def test_a_page_that_is_gone_says_nothing_of_what_comes(client):
    idea = make_proposal(make_step(make_plan()))
    idea.submission.withhold(by=make_actor(), category="insult", reason=REASON)
    answer = client.get(f"/ar/ideas/{idea.reference}/")
    assert (answer.status_code, NEXT in answer.content.decode()) == (410, False)


def test_the_page_of_an_idea_says_what_happens_with_it(client):
    idea = make_proposal(make_step(make_plan()))
    shown = body(client, f"/fr/ideas/{idea.reference}/")
    assert "Le comité l’examine et y répond" in shown


def test_the_receipt_of_an_idea_says_what_happens_with_it(client):
    plan = make_plan()
    make_step(plan)
    form = client.get(f"/fr/{plan.slug}/ideas/new/").context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {
        "title": "Éclairer le quartier",
        "body": "Nous proposons un éclairage",
        "consent": "on",
    }
    answer = client.post(f"/fr/{plan.slug}/ideas/new/", sent)
    assert "Relecture, puis publication sur le site" in answer.content.decode()


def test_the_sentence_costs_the_same_for_any_number_of_stations(django_assert_max_num_queries):
    plan = make_plan()
    make_axis(plan)
    with django_assert_max_num_queries(99) as before:
        Client().get(f"/ar/{plan.slug}/about/")
    for number in range(12):
        make_step(plan, first=number + 5, last=number + 6)
        plan.meetings.create(date=clock.today() + datetime.timedelta(days=number))
        plan.sessions.create(month=clock.today())
    with django_assert_max_num_queries(len(before) + 1) as after:
        Client().get(f"/ar/{plan.slug}/about/")
    assert len(after) == len(before)
