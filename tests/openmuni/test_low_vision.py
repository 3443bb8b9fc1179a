"""Large letters, a keyboard and a voice: what a reader with low vision goes by."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import make_commune, make_plan, make_project, make_proposal, make_step

pytestmark = pytest.mark.django_db
in_a_browser = pytest.mark.django_db(transaction=True)
LETTERS = "document.documentElement.style.fontSize = '200%'"
WIDTH = "document.documentElement.scrollWidth"


@pytest.fixture
def plan():
    make_commune()
    plan = make_plan()
    make_proposal(make_step(plan))
    make_project(plan)
    return plan


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize("width", [320, 1280])
@in_a_browser
def test_letters_twice_as_large_stay_on_the_page(page_for, plan, language, width):
    page = page_for(width=width)
    wide = {}
    for name in ("home", "timeline", "idea_list", "idea_new", "results", "project_list"):
        path = reverse(name, args=[] if name == "home" else [plan.slug])
        page.goto(f"/{language}{path[3:]}")
        page.evaluate(LETTERS)
        wide[name] = page.evaluate(WIDTH)
    assert wide == dict.fromkeys(wide, width)


@in_a_browser
def test_large_letters_fold_the_menu(page_for, plan):
    page = page_for(width=1280)
    page.goto("/fr/")
    expect(page.locator(".menu")).to_be_hidden()
    page.evaluate(LETTERS)
    expect(page.locator(".menu")).to_be_visible()


@in_a_browser
def test_the_menu_closes_when_tab_leaves_it(page_for, plan):
    page = page_for(width=320)
    page.goto("/ar/")
    page.locator(".menu summary").click()
    page.locator(".menu a").last.focus()
    page.keyboard.press("Tab")
    assert page.locator(".menu").get_attribute("open") is None


@in_a_browser
def test_what_has_the_focus_has_an_outline_in_colours_of_the_reader_too(page_for, plan):
    page = page_for()
    page.goto(reverse("idea_new", args=[plan.slug]))
    page.emulate_media(forced_colors="active")
    page.locator("#id_title").focus()
    style = "getComputedStyle(document.activeElement).outline"
    assert "solid 3px" in page.evaluate(style)


def test_a_station_begins_with_its_name(client, plan):
    page = client.get(reverse("timeline", args=[plan.slug])).content.decode()
    station = page.partition('<ol class="timeline">')[2]
    assert station.index("<h2>") < station.index('class="date"')


def test_the_open_station_is_one_heading(client, plan):
    page = client.get(reverse("timeline", args=[plan.slug])).content.decode()
    assert page.partition("<main")[2].partition("</main>")[0].count("<h2") == 1


def test_a_failed_sign_in_ties_its_fields_to_the_error(client, plan):
    page = client.post(reverse("admin:login"), {"username": "salma", "password": "wrong"})
    assert page.content.decode().count('aria-describedby="form-error"') == 2
