"""The frame of every page: the menu, the link past it, contrast, paper, and where one is."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import make_commune, make_plan, make_proposal, make_step

pytestmark = pytest.mark.django_db
in_a_browser = pytest.mark.django_db(transaction=True)
FOOT = ("documents", "privacy", "accessibility", "legal", "log", "council")


@pytest.fixture
def plan():
    make_commune()
    return make_plan()


@pytest.mark.parametrize(
    ("name", "current"),
    [("idea_list", "page"), ("idea_new", "true"), ("council", "true"), ("privacy", None)],
)
def test_the_menu_marks_where_one_is(client, plan, name, current):
    address = reverse(name, args=[] if name == "privacy" else [plan.slug])
    page = client.get(address).content.decode()
    header = page.partition("<header")[2].partition("</header>")[0]
    marks = {mark: header.count(f'aria-current="{mark}"') for mark in ("page", "true")}
    # Twice: in the row of a wide page, and folded for a phone.
    assert marks == {mark: 2 * (mark == current) for mark in marks}


@pytest.mark.parametrize("name", ["council", "documents", "log", "remarks", "idea_detail"])
def test_a_page_below_the_first_level_leads_back_up(client, plan, name):
    proposal = make_proposal(make_step(plan))
    address = reverse(name, args=[proposal.reference if name == "idea_detail" else plan.slug])
    assert 'class="breadcrumbs"' in client.get(address).content.decode()


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_foot_leads_to_what_a_citizen_looks_for(client, plan, language):
    page = client.get(f"/{language}/{plan.slug}/about/").content.decode()
    foot = page.partition("<footer")[2]
    for name in FOOT:
        address = reverse(
            name, args=[] if name in {"privacy", "accessibility", "legal"} else [plan.slug]
        )
        assert address.replace("/ar/", f"/{language}/", 1) in foot


def test_a_sheet_of_paper_says_its_address(client, plan):
    page = client.get(f"/fr/{plan.slug}/ideas/").content.decode()
    assert f"testserver/fr/{plan.slug}/ideas/" in page.partition("print-note")[2]


@in_a_browser
def test_the_menu_closes_by_escape_and_gives_the_focus_back(page_for, plan):
    page = page_for(width=320)
    page.goto("/fr/")
    page.click(".menu summary")
    page.focus(".menu nav a")
    page.keyboard.press("Escape")
    expect(page.locator(".menu nav")).to_be_hidden()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


@in_a_browser
def test_the_menu_opens_and_closes_without_a_script(page_for, plan):
    page = page_for(width=320, java_script=False)
    page.goto("/ar/")
    page.click(".menu summary")
    expect(page.locator(".menu nav")).to_be_visible()
    page.click(".menu summary")
    expect(page.locator(".menu nav")).to_be_hidden()


@in_a_browser
def test_the_first_key_leads_past_the_menu(page_for, plan):
    page = page_for(width=320)
    page.goto("/ar/")
    page.keyboard.press("Tab")
    assert page.locator(".skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize("width", [320, 1060, 1280])
@in_a_browser
def test_the_head_of_a_page_breaks_no_link(page_for, plan, language, width):
    page = page_for(width=width)
    page.goto(f"/{language}/")
    rows = page.evaluate(
        "[...document.querySelectorAll('.site-nav--wide li')].map(one => one.offsetTop)"
    )
    assert len(set(rows)) == 1
    assert page.evaluate("document.documentElement.scrollWidth") == width


@in_a_browser
def test_paper_shows_no_navigation(page_for, plan):
    page = page_for(width=800)
    page.emulate_media(media="print")
    page.goto("/fr/")
    for hidden in (".menu", ".lang", ".site-footer", ".skip"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator(".print-note")).to_be_visible()


@in_a_browser
def test_a_page_that_breaks_off_on_its_way_shows_what_came(page_for, plan):
    page = page_for()

    def break_off(route):
        text = route.fetch().text()
        route.fulfill(
            body=text.partition('<footer class="site-footer')[0], content_type="text/html"
        )

    page.route("**/privacy/", break_off)
    page.goto("/ar/privacy/")
    # It is waited for, then shown as it is.
    expect(page.locator("main > :last-child")).to_be_visible()
    assert not page.locator(".site-footer").count()
