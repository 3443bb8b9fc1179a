"""The decision sheet in a real browser: typed in by keyboard, on a wide screen and a telephone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.factories import REASON, make_card, make_plan, make_project, make_step

from .acting import sign_in
from .convening import MEETINGS, convene, put

pytestmark = [pytest.mark.once, pytest.mark.django_db(transaction=True)]

OPTIONS = {
    # Without a copy of the style sheets: the policy forbids axe to write one into the page.
    "preload": False,
    # The tables of the stock admin have an empty head above the names of their rows.
    "rules": {"empty-table-header": {"enabled": False}},
}


@pytest.fixture
def meeting():
    """A meeting with four ideas and two remarks on its agenda."""
    plan = make_plan()
    meeting = convene(plan, place="قاعة الاجتماعات", starts_at="10:00")
    put(meeting, "الملعب", "الإنارة", "الأزبال", "الحديقة", step=make_step(plan))
    card = make_card(make_project(plan), problem="الإشكالية أوسع", solutions="والحل أبسط")
    for order, remark in enumerate(card.remarks.all(), 5):
        meeting.agenda.create(order=order, remark=remark)
    first = meeting.agenda.first()
    first.recusals.create(member=meeting.seats[2], reason="عضو في الجمعية صاحبة الفكرة")
    return meeting


@pytest.fixture
def page_of(page_for, live_server):
    """The page of the coordinator at a width."""

    def open_page(width, **options):
        page = page_for(width=width, **options)
        cookie = sign_in("najat", "coordinator").cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        return page

    return open_page


def tab_to(page, item, field):
    """Press Tab until the cursor stands in `field` of `item`."""
    wanted = f"item-{item.pk}-{field}"
    for _press in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == wanted:
            return
    raise AssertionError(f"eight presses of Tab do not lead to {wanted}")


def choose(page, item, field, downs):
    """Tab to the boxes of `item` and go down so many."""
    tab_to(page, item, field)
    for _step in range(downs):
        page.keyboard.press("ArrowDown")


def test_a_sheet_of_six_items_is_typed_in_by_keyboard_alone(page_of, meeting):
    page = page_of(1440, java_script=False)
    page.goto(f"{MEETINGS}{meeting.pk}/decisions/")
    page.locator("summary").first.focus()
    items = list(meeting.agenda.order_by("order"))
    for item, downs in zip(items, (1, 2, 3, 0, 1, 4), strict=True):
        if item.remark:
            choose(page, item, "outcome", downs)
            tab_to(page, item, "answer")
        else:
            choose(page, item, "decision", downs)
            if downs == 2:
                tab_to(page, item, "project")
                page.keyboard.press("ArrowDown")
                tab_to(page, item, "kept_part")
                page.keyboard.type("الإنارة وحدها")
            tab_to(page, item, "reason")
        page.keyboard.type(REASON if downs else "")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    items = list(meeting.agenda.order_by("order"))
    assert [item.proposal.status for item in items[:4]] == [
        "accepted",
        "merged",
        "rejected",
        "in_progress",
    ]
    assert items[1].decision.kept_part == "الإنارة وحدها"
    assert [item.remark.outcome for item in items[4:]] == ["taken", "later"]


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_pages_of_a_meeting_are_accessible_and_fit(page_of, meeting, language, width):
    page, axe, faults = page_of(width), Axe(), []
    pages = [f"committeemeeting/{meeting.pk}/{name}/" for name in ("decisions", "sheet", "change")]
    for name in [*pages, f"agendaitem/{meeting.agenda.first().pk}/change/"]:
        page.goto(f"/{language}/admin/committee/{name}")
        faults += [
            f"{name}: {fault['id']} {fault['nodes'][0]['html']}"
            for fault in axe.run(page, options=OPTIONS).response["violations"]
        ]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults.append(f"{name} is too wide")
    assert not faults


def test_a_row_with_a_fault_is_reached_from_the_head_of_the_page(page_of, meeting):
    page = page_of(390)
    page.goto(f"{MEETINGS}{meeting.pk}/decisions/")
    last = meeting.agenda.last()
    page.fill(f"[name=item-{last.pk}-answer]", "قصير")
    with page.expect_navigation():
        page.click(".entry-send button")
    page.click(f"[href='#item-{last.pk}']")
    expect(page.locator(f"#item-{last.pk} .errorlist").first).to_be_visible()
    assert page.input_value(f"[name=item-{last.pk}-answer]") == "قصير"


def test_the_printed_sheet_is_a4_and_keeps_an_item_whole(page_of, meeting):
    page = page_of(1440)
    page.goto(f"{MEETINGS}{meeting.pk}/sheet/")
    page.emulate_media(media="print")
    expect(page.locator("nav")).to_be_hidden()
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") in range(1, 4)
