"""The pages around the sign-in and the seats in a real browser, on a small phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from committee.accounts import second_factor
from tests.factories import make_plan, make_user

from .acting import give_seat
from .signing_in import ADMIN, PASSWORD, code_of

pytestmark = pytest.mark.django_db(transaction=True)

WIDTH = 320


@pytest.fixture
def seen(page_for):
    """(page, look): a page, and a function that looks for faults on it."""
    page, axe, faults = page_for(width=WIDTH), Axe(), {}

    def look():
        found = [fault["id"] for fault in axe.run(page).response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth") > WIDTH:
            found.append("too wide")
        if found:
            faults[page.url] = found

    yield page, look
    assert not faults


def test_an_invited_member_gets_in_by_both_steps(seen):
    page, look = seen
    user = make_user("salma", group="coordinator")
    seat = give_seat("malika", make_plan())
    sign_in(page, look, "salma")
    page.goto(f"{ADMIN}committee/committeemember/{seat.pk}/seat/")
    look()
    page.click("form[action*='/invite/'] button")
    look()
    link = page.inner_text(".seat-link code")
    page.click("#logout-form button")
    page.goto(link)
    look()
    for field in ("#id_new_password1", "#id_new_password2"):
        page.fill(field, "une phrase assez longue")
    page.click("form.act button")
    look()
    page.fill("#id_code", code_of(second_factor.app_to_confirm(make_user("malika"))))
    page.click("form.act button")
    look()
    assert page.locator(".account-codes li").count() == second_factor.RECOVERY_CODES
    page.click(".account-links a")
    assert page.url.endswith(ADMIN)
    assert second_factor.app_of(user) is None


def sign_in(page, look, name):
    page.goto(ADMIN)
    look()
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.click("#login-form button")


def test_who_guesses_too_often_reads_when_to_try_again(seen):
    page, look = seen
    make_user("amina")
    for _try in range(6):
        page.goto(f"{ADMIN}login/")
        page.fill("#id_username", "amina")
        page.fill("#id_password", "wrong")
        page.click("#login-form button")
    look()
    assert "تُقبل محاولة أخرى" in page.inner_text("main")
