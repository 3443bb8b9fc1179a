"""The remarks card and the new project card on a small phone, without JavaScript: read, filled in, sent."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from consultations.models import Remark
from proposals.models import Proposal
from tests.factories import make_heading, make_plan, make_project, make_step, make_version

pytestmark = pytest.mark.django_db(transaction=True)

KEYS = ["problem", "solution", "other"]


@pytest.fixture
def project():
    plan = make_plan()
    make_step(plan, accepts="remarks")
    for key in KEYS:
        make_heading(plan, key)
    project = make_project(plan, problem_ar="ضعف الصيانة في الحدائق")
    make_version(plan)
    return project


@pytest.fixture
def page(page_for):
    return page_for(width=360, java_script=False)


def addresses(project):
    return {
        "remarks": f"/ar/projects/{project.pk}/remarks/new/",
        "project": f"/ar/{project.plan.slug}/projects/new/",
    }


def faults(page):
    """What axe finds, and whether the page is wider than the phone."""
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    found = [fault["id"] for fault in Axe().run(page).response["violations"]]
    return [*found, "too wide"] if wide else found


def go_on(page):
    """Press what leads to the next stage, or sends at the last one."""
    page.locator("main .btn--act").click()


def send(page):
    """From the first stage to the receipt, by a citizen who agrees."""
    go_on(page)
    page.locator("[name=consent]").check()
    go_on(page)
    go_on(page)


@pytest.mark.parametrize("kind", ["remarks", "project"])
@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_card_is_accessible_empty_and_refused(page_for, project, kind, language):
    page = page_for(width=360)
    page.goto(addresses(project)[kind].replace("/ar/", f"/{language}/", 1))
    empty = faults(page)
    go_on(page)
    page.wait_for_selector(".error-summary")
    assert (empty, faults(page)) == ([], [])


def test_on_a_phone_a_box_stands_under_the_text_it_speaks_of(page, project):
    page.goto(addresses(project)["remarks"])
    text = page.get_by_text("ضعف الصيانة في الحدائق").bounding_box()
    first, second = (page.locator("textarea").nth(place).bounding_box() for place in (0, 1))
    assert text["y"] < first["y"] < second["y"]


def test_on_a_wide_screen_a_box_stands_beside_the_text_it_speaks_of(page_for, project):
    page = page_for(width=1280, java_script=False)
    page.goto(addresses(project)["remarks"])
    text = page.get_by_text("ضعف الصيانة في الحدائق").bounding_box()
    box = page.locator("textarea").first.bounding_box()
    assert box["x"] + box["width"] < text["x"]
    assert abs(box["y"] - text["y"]) < 120


def test_remarks_are_sent_without_javascript_and_followed_by_code(page, project):
    page.goto(addresses(project)["remarks"])
    page.get_by_label("ملاحظة أخرى").fill("ملاحظة خارج الخانات")
    send(page)
    code = page.locator(".code").inner_text()
    page.goto("/ar/track/")
    page.locator("[name=code]").fill(code)
    go_on(page)
    expect(page.get_by_text("ملاحظة خارج الخانات")).to_be_visible()
    assert Remark.objects.get().heading.key == "other"


def test_the_receipt_and_the_followed_card_are_accessible(page_for, project):
    page = page_for(width=360)
    page.goto(addresses(project)["remarks"])
    page.locator("textarea").first.fill("الإشكالية أوسع من هذا")
    send(page)
    code, receipt = page.locator(".code").inner_text(), faults(page)
    page.goto("/ar/track/")
    page.locator("[name=code]").fill(code)
    go_on(page)
    page.wait_for_selector(".remark")
    assert (receipt, faults(page)) == ([], [])


def test_a_refused_card_keeps_every_remark_and_leads_to_the_one_to_mend(page, project):
    page.goto(addresses(project)["remarks"])
    page.locator("textarea").first.fill("س" * 2001)
    page.locator("textarea").last.fill("ملاحظة خارج الخانات")
    go_on(page)
    assert len(page.locator("textarea").first.input_value()) == 2001
    assert page.locator("textarea").last.input_value() == "ملاحظة خارج الخانات"
    target = page.locator(".error-summary a").get_attribute("href")
    assert target == "#" + page.locator("textarea").first.get_attribute("id")


def test_a_new_project_is_sent_without_javascript(page, project):
    page.goto(addresses(project)["project"])
    page.locator("[name=title]").fill("ماء صالح للشرب في السوق")
    page.locator("textarea").first.fill("السوق بلا ماء في الصيف")
    send(page)
    expect(page.locator(".code")).to_be_visible()
    assert Proposal.objects.get().passages() == [("عنوان problem", "السوق بلا ماء في الصيف")]
