"""The desk in a real browser: triaged by keyboard alone, on one screen, on a telephone, without a script."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import expect

from proposals.models import Decision, Proposal, Status
from tests.factories import make_plan, make_proposal, make_step, make_user

from . import triaging
from .acting import give_seat, sign_in

pytestmark = [pytest.mark.once, pytest.mark.django_db(transaction=True)]

PHONE, DESKTOP = 360, 1440
MOST_LOADS, MOST_KEYS = 3, 12


@pytest.fixture
def rehearsal():
    call_command("loaddata", "fixtures/larache.json", verbosity=0)
    call_command("rehearse", documents=False, verbosity=0)


@pytest.fixture
def ideas():
    """Three published ideas, the first of them the oldest, in an edition where Malika has a seat."""
    step = make_step(make_plan())
    give_seat("malika", step.plan)
    return [make_proposal(step, title=title) for title in ("الأولى", "الثانية", "الثالثة")]


@pytest.fixture
def page_of(page_for, live_server):
    """A page of a signed-in person: page_of(name, width, group)."""

    def open_page(name="malika", width=DESKTOP, group="member", **options):
        page = page_for(width=width, **options)
        page.set_viewport_size({"width": width, "height": 900 if width == DESKTOP else 780})
        cookie = sign_in(name, group).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        return page

    return open_page


def address(proposal, whom="committee", language="ar"):
    with translation.override(language):
        case = reverse("admin:proposals_proposal_change", args=[proposal.pk])
    return f"{case}?_changelist_filters=waits_for%3D{whom}"


def is_open(page, proposal):
    return f"/proposal/{proposal.pk}/change/" in page.url


# --- By keyboard ---------------------------------------------------------------------------------------


def test_the_ideas_of_a_rehearsal_are_triaged_by_keyboard_alone(page_of, rehearsal):
    pending = Proposal.objects.awaiting_moderation().count()
    undecided = Proposal.objects.awaiting_decision().count() + pending
    decided = Decision.objects.count()
    keyboard = triaging.Keyboard(page_of("coordinator", group=None))
    triaging.open_queue(keyboard, triaging.OPEN_FIRST)
    triaging.publish_all(keyboard, pending)
    triaging.open_queue(keyboard, triaging.OPEN_SECOND)
    triaging.decide_all(keyboard, undecided)
    assert not Proposal.objects.awaiting_moderation().exists()
    assert not Proposal.objects.awaiting_decision().exists()
    assert Decision.objects.count() == decided + undecided
    assert max(taken.keys for taken in keyboard.taken) <= MOST_KEYS
    assert max(taken.loads for taken in keyboard.taken) <= MOST_LOADS


def test_the_arrows_lead_through_the_queue_in_the_direction_of_reading(page_of, ideas):
    arabic = [("ArrowLeft", 1), ("ArrowRight", 0), ("ArrowDown", 1), ("ArrowUp", 0)]
    french = [("ArrowRight", 1), ("ArrowLeft", 0), ("ArrowDown", 1), ("ArrowUp", 0)]
    for language, keys in (("ar", arabic), ("fr", french)):
        page = page_of()
        page.goto(address(ideas[0], language=language))
        for key, place in keys:
            with page.expect_navigation():
                page.keyboard.press(f"Alt+{key}")
            assert is_open(page, ideas[place])


def test_a_digit_in_a_text_is_a_digit(page_of, ideas):
    page = page_of()
    page.goto(address(ideas[0]))
    page.keyboard.press("1")
    page.keyboard.type("في سنة 2030")
    assert page.locator("#desk-decide [name=reason]").input_value() == "في سنة 2030"
    expect(page.locator("#desk-decide [value=accepted]")).to_be_checked()


def test_escape_gives_the_digits_back(page_of, ideas):
    page = page_of()
    page.goto(address(ideas[0]))
    for key in ("1", "Escape", "3"):
        page.keyboard.press(key)
    expect(page.locator("#desk-decide [value=rejected]")).to_be_checked()


def test_the_form_that_has_the_cursor_is_sent(page_of, ideas):
    page = page_of()
    page.goto(address(ideas[0]))
    page.locator("#desk-opinion [value=merged]").check()
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert ideas[0].opinions.get().view == Status.MERGED


def test_the_fields_of_a_merge_are_asked_for_a_merge_only(page_of, ideas):
    page = page_of()
    page.goto(address(ideas[0]))
    project = page.locator("#desk-decide [name=project]")
    seen = []
    for key in ("1", "2"):
        page.keyboard.press("Escape")
        page.keyboard.press(key)
        seen.append(project.is_visible())
    assert seen == [False, True]


def test_what_will_be_published_is_shown_while_it_is_typed(page_of, ideas):
    page = page_of()
    page.goto(address(ideas[0]))
    preview = page.locator("[data-desk-preview]")
    expect(preview).to_be_hidden()
    page.keyboard.press("3")
    page.keyboard.insert_text("خارج اختصاص الجماعة")
    assert "خارج اختصاص الجماعة" in preview.inner_text()
    assert "غير مقبولة" in preview.inner_text()


def test_the_keys_are_told_by_a_button_and_by_a_key(page_of, ideas):
    page = page_of()
    page.goto(address(ideas[0]))
    help_text = page.locator(".desk-keys dl")
    page.locator(".desk-keys summary").click()
    expect(help_text).to_be_visible()
    page.keyboard.press("F1")
    expect(help_text).to_be_hidden()


def test_a_form_is_sent_once_however_often_it_is_pressed(page_of, ideas):
    page = page_of()
    page.goto(address(ideas[0]))
    page.keyboard.press("1")
    page.keyboard.insert_text(triaging.REASON)
    with page.expect_navigation():
        page.evaluate(
            "[1, 2].forEach(() => document.querySelector('#desk-decide form').requestSubmit())"
        )
    assert is_open(page, ideas[1])


def test_without_a_script_the_same_acts_go_by_buttons(page_of, ideas):
    page = page_of(java_script=False)
    page.goto(address(ideas[0]))
    page.locator("#desk-decide [value=accepted]").check()
    page.locator("#desk-decide [name=reason]").fill(triaging.REASON)
    with page.expect_navigation():
        page.locator("#desk-decide [type=submit]").click()
    assert is_open(page, ideas[1])
    with page.expect_navigation():
        page.locator("[data-desk-next]").click()
    assert is_open(page, ideas[2])


# --- On one screen, and on a telephone -----------------------------------------------------------------


def all_in_sight(page, *selectors):
    """Whether the page does not turn over, and the first of each selector begins on the screen."""
    size = page.viewport_size
    still = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    )
    tops = [page.locator(selector).first.bounding_box()["y"] for selector in selectors]
    return still == [size["width"], size["height"]] and max(tops) < size["height"] - 40


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_case_is_read_and_decided_on_one_screen(page_of, rehearsal, language):
    page = page_of("coordinator", group=None)
    for proposal in Proposal.objects.awaiting_decision():
        page.goto(address(proposal, language=language))
        assert all_in_sight(
            page,
            ".desk-queue [aria-current]",
            ".desk-text",
            "#desk-opinions-title",
            "#desk-decide [type=radio]",
            "#desk-decide [type=submit]",
        )


def test_on_a_telephone_the_bar_leads_to_the_acts(page_of, ideas):
    page = page_of(width=PHONE)
    page.goto(address(ideas[1]))
    bar = page.locator(".desk-steps")
    assert bar.bounding_box()["y"] + bar.bounding_box()["height"] == page.viewport_size["height"]
    expect(page.locator(".desk-queue-list")).to_be_hidden()
    page.locator(".desk-to-acts").click()
    assert page.locator("#desk-acts h2").first.bounding_box()["y"] < 200
    page.locator("[data-desk-next]").click()
    page.wait_for_url(f"**/{ideas[2].pk}/change/**")


# --- Everybody ----------------------------------------------------------------------------------------


def pages(language):
    """The first page, the list, a case to read and a case to decide on."""
    with translation.override(language):
        yield reverse("admin:index")
        yield f"{reverse('admin:proposals_proposal_changelist')}?waits_for=committee"
    yield address(Proposal.objects.awaiting_moderation().first(), "moderator", language)
    yield address(Proposal.objects.awaiting_decision().first(), "committee", language)


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_desk_and_the_first_page_are_accessible(page_of, rehearsal, language, width):
    make_user("najat", group="coordinator")
    page, faults = page_of("najat", width, "coordinator"), []
    for path in pages(language):
        page.goto(path)
        # What is folded is read as well.
        page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        faults += [
            f"{path}: {fault['id']} {fault['nodes'][0]['html']}"
            # Without a copy of the style sheets: the policy forbids axe to write one into the page.
            for fault in Axe().run(page, options={"preload": False}).response["violations"]
        ]
    assert not faults
