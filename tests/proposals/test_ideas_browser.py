"""The list of ideas in a real browser: in place with a script, as pages without."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.factories import REASON, make_actor, make_plan, make_proposal, make_step

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def address():
    plan = make_plan(slug="2030-2031")
    step = make_step(plan)
    make_proposal(step, title="إنارة الشارع").accept(by=make_actor(), reason=REASON)
    for number in range(21):
        make_proposal(step, title=f"حديقة {number}", body="حديقة")
    return f"/ar/{plan.slug}/ideas/"


def rows(page):
    return page.locator(".idea").count()


def ready(page):
    """Touch the list, and wait until htmx is there."""
    page.wait_for_load_state()
    page.locator("#id_status").focus()
    while not page.evaluate("'htmx' in window"):
        page.wait_for_timeout(50)
    page.evaluate("window.isSamePage = true")


def test_nothing_is_fetched_for_the_script_before_the_list_is_touched(page_for, address):
    page, asked = page_for(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address, wait_until="networkidle")
    assert not [url for url in asked if "htmx" in url]


def test_a_filter_changes_the_list_in_place_and_back_undoes_it(page_for, address):
    page = page_for()
    page.goto(address)
    ready(page)
    page.select_option("#id_status", "accepted")
    page.locator(".filters button").press("Enter")
    page.wait_for_url(re.compile(r"\?status=accepted$"))
    expect(page.locator(".idea")).to_have_count(1)
    assert page.evaluate("window.isSamePage")
    expect(page.locator(".filters button")).to_be_focused()
    assert "فكرة واحدة" in page.locator("#announcement").inner_text()
    assert page.locator("a[hreflang=fr]").first.get_attribute("href").endswith("?status=accepted")
    assert Axe().run(page).response["violations"] == []
    page.go_back()
    expect(page.locator(".idea")).to_have_count(20)
    assert page.input_value("#id_status") == ""


def test_a_choice_changes_nothing_before_the_button(page_for, address):
    page = page_for()
    page.goto(address)
    ready(page)
    page.select_option("#id_status", "accepted")
    page.wait_for_timeout(500)
    assert (rows(page), page.url.endswith("/ideas/")) == (20, True)


def test_the_console_is_silent_whatever_is_narrowed(page_for, address):
    page, said = page_for(), []
    page.on("console", lambda message: said.append(message.text))
    page.goto(address)
    ready(page)
    page.locator("#id_q").press_sequentially("انارة")
    page.locator("#id_q").press("Enter")
    expect(page.locator(".idea")).to_have_count(1)
    page.locator(".chips .chip").click()
    expect(page.locator(".idea")).to_have_count(20)
    assert said == []


def test_where_the_idea_stands_comes_before_its_path_on_a_tablet(page_for, address):
    page = page_for(width=768)
    page.goto(address + "?status=accepted")
    page.locator(".idea a").click()
    tops = [page.locator(name).bounding_box()["y"] for name in (".idea-text", ".standing", ".path")]
    assert tops == sorted(tops)


def test_a_link_of_the_list_moves_the_focus_to_what_was_found(page_for, address):
    page = page_for()
    page.goto(f"{address}?status=accepted")
    ready(page)
    page.locator(".chips .chip").click()
    expect(page.locator(".idea")).to_have_count(20)
    expect(page.locator("#count")).to_be_focused()
    assert (page.evaluate("window.isSamePage"), page.input_value("#id_status")) == (True, "")


def test_without_a_script_the_form_and_the_links_open_pages(page_for, address):
    page = page_for(java_script=False)
    page.goto(address)
    page.fill("#id_q", "انارة")
    page.locator(".filters button").click()
    assert rows(page) == 1
    page.locator(".chips .chip").click()
    page.locator(".sorts a").first.click()
    page.locator("[rel=next]").click()
    assert (rows(page), "sort=oldest" in page.url) == (2, True)
