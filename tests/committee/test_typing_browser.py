"""An evening's cards in a real browser: by keyboard alone, through a closed browser, on a telephone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from committee.models import TypingDraft
from consultations.models import RemarkCard, Submission
from proposals.models import Proposal
from tests.factories import make_axis, make_heading, make_plan, make_project, make_step

from .acting import sign_in

pytestmark = [pytest.mark.once, pytest.mark.django_db(transaction=True)]

PAGES = "/ar/admin/committee/typingdraft/"
# Without a copy of the style sheets: the policy forbids axe to write one into the page.
OPTIONS = {"preload": False}


@pytest.fixture
def step():
    plan = make_plan()
    make_axis(plan)
    make_axis(plan, key="dialogue", name_ar="التواصل", name_fr="Communication")
    for key in ("problem", "solution"):
        make_heading(plan, key)
    make_project(plan)
    return make_step(plan)


@pytest.fixture
def page_of(page_for, live_server):
    """The page of the coordinator at a width."""

    def open_page(width=1440, **options):
        page = page_for(width=width, **options)
        cookie = sign_in("najat", "coordinator").cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        return page

    return open_page


def type_row(page, *texts):
    """Type a text into each box of a row; after the last one Enter opens the next row."""
    for place, text in enumerate(texts, 1):
        if text == "↓":
            page.keyboard.press("ArrowDown")
        else:
            page.keyboard.type(text)
        page.keyboard.press("Enter" if place == len(texts) else "Tab")


def send_by_keyboard(page):
    """From the first box of an empty row to the button, by Tab, with the agreement ticked."""
    while not page.evaluate("document.activeElement.name === 'agreed'"):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    while not page.evaluate("document.activeElement.name === '_send'"):
        page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_forty_cards_are_typed_in_by_keyboard_alone(page_of, step):
    page = page_of()
    page.goto(f"{PAGES}{step.pk}/?kind=idea&channel=workshop&language=ar")
    type_row(page, "1", "فكرة 1", "نص 1", "↓", "الحي القديم", "ياسين", "", "", "0612345678", "")
    for number in range(2, 41):
        type_row(page, str(number), f"فكرة {number}", f"نص {number}", "↓", "", "", "", "", "", "")
    send_by_keyboard(page)
    assert page.url.endswith("/receipts/")
    assert page.locator(".receipt").count() == 40
    ideas = Proposal.objects.order_by("submission__number")
    assert [idea.title for idea in ideas] == [f"فكرة {number}" for number in range(1, 41)]
    assert {idea.axis.key for idea in ideas} == {"services"}
    channels = Submission.objects.values_list("channel", flat=True).distinct()
    assert [*channels.order_by()] == ["workshop"]


def test_what_was_typed_outlives_the_browser(page_of, step):
    page = page_of()
    page.goto(f"{PAGES}{step.pk}/")
    with page.expect_response(lambda answer: "/keep/" in answer.url, timeout=10_000):
        type_row(page, "7", "إنارة الزقاق")
        page.keyboard.type("الزقاق مظلم")
    page.context.close()
    again = page_of()
    again.goto(f"{PAGES}{step.pk}/")
    assert again.input_value("[name=row-0-body]") == "الزقاق مظلم"


def test_the_page_says_when_nothing_is_kept(page_of, step):
    page = page_of()
    page.goto(f"{PAGES}{step.pk}/")
    page.route("**/keep/**", lambda route: route.abort())
    page.keyboard.type("7")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".typing-state.is-failed")
    assert not TypingDraft.objects.exists()


def test_enter_after_the_last_box_opens_a_new_row(page_of, step):
    page = page_of()
    page.goto(f"{PAGES}{step.pk}/?channel=letter")
    before = page.locator(".typing-grid tbody tr").count()
    page.focus(f"[name=row-{before - 1}-received_on]")
    page.keyboard.press("Enter")
    name = page.evaluate("document.activeElement.name")
    assert (before, name) == (1, "row-1-card_number")


def test_rows_added_after_one_with_a_fault_do_not_take_its_number(page_of, step):
    page = page_of()
    page.goto(f"{PAGES}{step.pk}/")
    type_row(page, "1", "إنارة", "نص الفكرة", "", "", "", "", "", "", "")
    type_row(page, "2", "", "نص بلا عنوان", "", "", "", "", "", "", "")
    send_by_keyboard(page)
    page.focus("[name=row-1-received_on]")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "row-2-card_number"


def test_remarks_cards_are_typed_in_without_a_script(page_of, step):
    page, project = page_of(java_script=False), step.plan.projects.get()
    page.goto(f"{PAGES}{step.pk}/?kind=remarks-{project.pk}")
    for row in range(2):
        page.fill(f"[name=row-{row}-card_number]", str(row + 1))
        heading = step.plan.headings.first()
        page.fill(f"[name=row-{row}-heading-{heading.pk}]", f"ملاحظة {row}")
    page.check("[name=agreed]")
    with page.expect_navigation():
        page.click("[name=_send]")
    assert RemarkCard.objects.filter(project=project).count() == 2


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_pages_of_paper_cards_are_accessible_and_fit(page_of, step, language, width):
    page, axe, faults = page_of(width), Axe(), []
    page.goto(f"{PAGES}{step.pk}/")
    type_row(page, "1", "إنارة", "نص الفكرة", "", "", "", "", "", "", "")
    type_row(page, "2", "", "نص بلا عنوان", "", "", "", "", "", "", "")
    send_by_keyboard(page)
    shown = [("fault", None)]
    remarks = f"?kind=remarks-{step.plan.projects.get().pk}"
    names = ["", f"{step.pk}/", f"{step.pk}/{remarks}", f"{step.pk}/receipts/", f"{step.pk}/cards/"]
    shown += [(name, PAGES.replace("/ar/", f"/{language}/") + name) for name in names]
    for name, address in shown:
        if address:
            page.goto(address)
        faults += [
            f"{name}: {fault['id']} {fault['nodes'][0]['html']}"
            for fault in axe.run(page, options=OPTIONS).response["violations"]
        ]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults.append(f"{name} is too wide")
    assert not faults


def test_four_receipts_fit_on_a_page(page_of, step):
    page = page_of()
    page.goto(f"{PAGES}{step.pk}/")
    for number in range(1, 6):
        type_row(page, str(number), "إنارة " * 20, "نص الفكرة", "", "", "", "", "", "", "")
    send_by_keyboard(page)
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 2
