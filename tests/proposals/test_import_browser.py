"""The pages of an import in a real browser: sent by hand, accessible, no wider than a telephone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from proposals.models import Proposal
from tests.factories import make_axis, make_plan, make_project, make_step, make_user
from tests.importing import PROJECTS, a_file, csv_file

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = "/ar/admin/proposals/proposal/import/"
HEADINGS = ["عنوان الفكرة", "الفكرة", "الحالة", "الهاتف"]
TELEPHONE, DESK = 390, 1280


@pytest.fixture
def signed_in(page_for):
    def open_page(width):
        make_user("najat", group="coordinator")
        page = page_for(width=width)
        page.goto("/ar/admin/login/")
        page.fill("#id_username", "najat")
        page.fill("#id_password", "a-long-password")
        page.click("[type=submit]")
        return page

    return open_page


def choose(page, content, name):
    page.set_input_files("#id_file", {"name": name, "mimeType": "text/csv", "buffer": content})
    page.click("#content-main form.act button")
    page.wait_for_load_state()


def faults_of(page):
    """What axe finds, and how much wider than its window the page is."""
    found = [fault["id"] for fault in Axe().run(page).response["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return found + ([f"{wide} px too wide"] if wide > 0 else [])


@pytest.mark.parametrize("width", [TELEPHONE, DESK])
def test_a_file_is_sent_looked_at_and_imported_by_hand(signed_in, width):
    make_axis(make_step(make_plan()).plan)
    page = signed_in(width)
    page.goto(ADDRESS)
    assert faults_of(page) == []
    choose(page, csv_file(HEADINGS, ["إنارة الحي", "نص الفكرة", "مقبولة", "0612345678"]), "a.csv")
    assert faults_of(page) == []
    page.click("form.act button.default")
    page.wait_for_load_state()
    assert Proposal.objects.get().title == "إنارة الحي"


@pytest.mark.parametrize("width", [TELEPHONE, DESK])
def test_faults_are_read_on_any_screen_and_their_sheet_is_downloaded(signed_in, width):
    make_step(make_plan())
    page = signed_in(width)
    page.goto(ADDRESS)
    rows = [["", "نص طويل " * 40, "", "06"], ["ع" * 130, "نص", "", ""]]
    choose(page, csv_file(HEADINGS, *rows), "a.csv")
    assert faults_of(page) == []
    with page.expect_download() as caught:
        page.click("text=تنزيل الملف مع أخطائه")
    assert caught.value.suggested_filename == "ideas-faults.csv"


def test_changes_are_read_on_a_telephone(signed_in):
    plan = make_plan()
    make_project(plan)
    page = signed_in(TELEPHONE)
    page.goto(f"/ar/admin/{PROJECTS}/import/")
    choose(page, csv_file(["الرقم", "العنوان"], [1, "عنوان جديد " * 10]), "a.csv")
    assert faults_of(page) == []
    assert page.locator("#import-changes").count() == 1


def test_a_file_that_is_none_is_refused_on_the_page(signed_in):
    make_step(make_plan())
    page = signed_in(DESK)
    page.goto(ADDRESS)
    choose(page, b"%PDF-1.7", "a.xlsx")
    assert faults_of(page) == []
    assert page.locator(".errorlist").count() == 1


def test_a_file_of_libreoffice_is_understood_in_the_browser(signed_in):
    make_step(make_plan(), first=-10_000, last=10_000)
    page = signed_in(DESK)
    page.goto(ADDRESS)
    choose(page, a_file("ideas-libreoffice.ods"), "a.ods")
    assert page.locator(".import-table").count()
