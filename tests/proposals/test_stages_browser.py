"""The stages of a form on a small phone: accessible, kept on the device, sent once."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from consultations.models import Submission
from proposals.look_alikes import forget_texts
from proposals.models import Proposal
from tests.factories import (
    make_axis,
    make_heading,
    make_plan,
    make_project,
    make_proposal,
    make_step,
)

pytestmark = pytest.mark.django_db(transaction=True)

TITLE, BODY = "إنارة الحي", "نقترح إنارة الحي ليلا حتى يأمن المارة"
SHIFTS = """new Promise((done) => {
    let sum = 0
    new PerformanceObserver((list) => list.getEntries().forEach((shift) => { sum += shift.value }))
        .observe({type: "layout-shift", buffered: true})
    setTimeout(() => done(sum), 200)
})"""


@pytest.fixture
def plan():
    forget_texts()
    plan = make_plan()
    make_axis(plan)
    make_step(plan)
    return plan


@pytest.fixture
def form(plan):
    return f"/ar/{plan.slug}/ideas/new/"


def go_on(page):
    page.locator("main .btn--act").click()


def write(page, title=TITLE):
    page.locator("[name=title]").fill(title)
    page.locator("textarea[name=body]").fill(BODY)


def come_to_the_last_stage(page, form):
    page.goto(form)
    write(page)
    go_on(page)
    page.locator("[name=author_name]").fill("سعاد")
    page.locator("[name=consent]").check()
    go_on(page)
    page.get_by_role("button", name="أرسل فكرتي").wait_for()


def drafts(page):
    return page.evaluate("JSON.stringify(localStorage)")


def kept(page):
    """Wait until what was typed is on the device."""
    page.evaluate(
        "new Promise((done) => { const look = () =>"
        " localStorage.length ? done() : setTimeout(look, 50); look() })"
    )


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_every_stage_is_accessible_before_and_after_a_fault(page_for, plan, form, language):
    make_proposal(plan.steps.get(), title=TITLE, body=BODY)
    page, axe, faults = page_for(width=320), Axe(), []

    def look(stage):
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        found = [fault["id"] for fault in axe.run(page).response["violations"]]
        faults.extend(f"{stage}: {fault}" for fault in [*found, *["too wide"] * wide])

    page.goto(form.replace("/ar/", f"/{language}/"))
    look("text")
    go_on(page)
    page.wait_for_selector(".error-summary")
    look("text refused")
    write(page)
    go_on(page)
    page.wait_for_selector(".alike")
    look("alike")
    go_on(page)
    page.wait_for_selector("[name=contact]")
    look("author")
    page.locator("[name=contact]").fill("06 12")
    go_on(page)
    page.wait_for_selector(".error-summary")
    look("author refused")
    page.locator("[name=consent]").check()
    go_on(page)
    page.wait_for_selector(".answers-check")
    look("check")
    go_on(page)
    page.wait_for_selector(".code")
    look("receipt")
    assert not faults


def test_without_javascript_an_idea_changes_its_language_and_a_line_and_is_sent(page_for, form):
    page = page_for(java_script=False)
    page.goto(form)
    write(page)
    page.get_by_role("button", name="Français").first.click()
    assert page.locator("textarea[name=body]").input_value() == BODY
    go_on(page)
    page.locator("[name=consent]").check()
    go_on(page)
    page.get_by_role("button", name="Modifier : ").or_(
        page.get_by_role("button", name="Modifier:")
    ).first.click()
    page.locator("[name=title]").fill("Éclairage")
    go_on(page)
    go_on(page)
    page.locator(".code").wait_for()
    assert (Proposal.objects.get().title, Submission.objects.get().language) == ("Éclairage", "fr")


@pytest.mark.parametrize("java_script", [True, False])
def test_the_enter_key_goes_on(page_for, form, java_script):
    page = page_for(java_script=java_script)
    page.goto(form)
    write(page)
    page.locator("[name=title]").press("Enter")
    page.locator("[name=author_name]").wait_for()
    assert page.url.endswith(form)


def test_what_was_typed_is_found_again_in_the_other_language_until_it_is_erased(page_for, form):
    page = page_for()
    page.goto(form)
    write(page)
    page.locator("[name=axis]").first.check()
    kept(page)
    page.goto("/ar/privacy/")
    page.goto(form.replace("/ar/", "/fr/"))
    assert page.locator("textarea[name=body]").input_value() == BODY
    expect(page.locator("[name=axis]").first).to_be_checked()
    expect(page.get_by_text("Nous avons retrouvé")).to_be_visible()
    assert page.evaluate(SHIFTS) == 0
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Effacer").click()
    expect(page.locator("[name=title]")).to_have_value("")
    assert drafts(page) == "{}"


def test_the_device_keeps_nothing_about_the_author_and_nothing_once_it_is_sent(page_for, form):
    page = page_for()
    come_to_the_last_stage(page, form)
    assert BODY in drafts(page)
    assert "سعاد" not in drafts(page)
    go_on(page)
    page.locator(".code").wait_for()
    assert drafts(page) == "{}"
    page.goto(form)
    assert page.locator("textarea[name=body]").input_value() == ""


def test_an_old_draft_is_forgotten(page_for, form):
    page = page_for()
    page.goto(form)
    write(page)
    kept(page)
    page.goto("/ar/privacy/")
    page.evaluate(
        "Object.keys(localStorage).forEach((key) => { const draft = JSON.parse(localStorage[key]);"
        " draft.at -= 8 * 24 * 3600 * 1000; localStorage[key] = JSON.stringify(draft) })"
    )
    page.goto(form)
    assert page.locator("textarea[name=body]").input_value() == ""
    assert drafts(page) == "{}"


def test_while_the_line_is_down_nothing_is_sent_and_the_page_says_so(page_for, form):
    page = page_for()
    come_to_the_last_stage(page, form)
    page.context.set_offline(True)
    go_on(page)
    expect(page.get_by_text("انقطع الاتصال")).to_be_visible()
    expect(page.get_by_role("button", name="امحه")).to_be_hidden()
    page.context.set_offline(False)
    expect(page.get_by_text("انقطع الاتصال")).to_be_hidden()
    go_on(page)
    page.locator(".code").wait_for()
    assert Submission.objects.count() == 1


def go_back(page):
    with page.expect_event("domcontentloaded"):
        page.evaluate("history.back()")


def test_back_and_reload_give_the_form_with_its_text_and_no_question_of_the_browser(page_for, form):
    page = page_for()
    come_to_the_last_stage(page, form)
    go_back(page)
    assert page.locator("textarea[name=body]").input_value() == BODY
    go_on(page)
    page.locator("[name=author_name]").wait_for()
    page.reload()
    assert page.locator("[name=title]").input_value() == TITLE


def test_back_from_the_receipt_is_an_empty_form(page_for, form):
    page = page_for()
    come_to_the_last_stage(page, form)
    go_on(page)
    page.locator(".code").wait_for()
    go_back(page)
    assert page.locator("textarea[name=body]").input_value() == ""


def test_the_receipt_that_is_loaded_again_is_the_same_receipt(page_for, form):
    page = page_for()
    come_to_the_last_stage(page, form)
    go_on(page)
    code = page.locator(".code").inner_text()
    page.reload()
    assert page.locator(".code").inner_text() == code
    assert Submission.objects.count() == 1


@pytest.mark.parametrize("java_script", [True, False])
def test_the_review_leads_to_the_field_itself_and_straight_back(page_for, form, java_script):
    page = page_for(java_script=java_script)
    page.goto(form)
    write(page)
    go_on(page)
    page.locator("[name=consent]").check()
    go_on(page)
    page.locator("button[name=change][value=body]").click()
    expect(page.locator("[name=body]")).to_be_focused()
    page.locator("[name=body]").fill("نقترح إنارة الساحة")
    go_on(page)
    expect(page.get_by_text("نقترح إنارة الساحة")).to_be_visible()
    expect(page.get_by_role("button", name="أرسل فكرتي")).to_be_visible()
    page.locator("button[name=change][value=shown_as]").click()
    expect(page.locator("legend")).to_be_visible()
    go_on(page)
    expect(page.get_by_role("button", name="أرسل فكرتي")).to_be_visible()


def test_the_device_is_said_to_keep_a_text_once_a_letter_is_typed(page_for, form):
    page = page_for()
    page.goto(form)
    line = page.locator("[data-draft-line]")
    expect(line).to_be_hidden()
    write(page)
    expect(line).to_be_visible()
    page.locator("[name=title]").fill("")
    page.locator("[name=body]").fill("")
    expect(line).to_be_hidden()


def test_a_remarks_card_opened_at_a_box_comes_back_at_what_is_wrong(page_for, plan):
    project = make_project(plan)
    for key in ("problem", "solution", "other"):
        make_heading(plan, key)
    step = plan.steps.get()
    step.accepts = "both"
    step.save()
    page = page_for(width=390)
    page.goto(f"/ar/projects/{project.pk}/remarks/new/")
    box = page.locator("textarea").last.get_attribute("id")
    page.goto("about:blank")
    page.goto(f"/ar/projects/{project.pk}/remarks/new/#{box}")
    expect(page.locator(f"label[for={box}]")).to_be_in_viewport()
    go_on(page)
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator(".error-summary")).to_be_in_viewport()
    assert "#" not in page.url
    assert page.locator("textarea").first.get_attribute("aria-invalid") == "true"


def test_the_receipt_is_one_printed_page(page_for, form):
    page = page_for()
    come_to_the_last_stage(page, form)
    go_on(page)
    page.locator(".code").wait_for()
    assert page.pdf(format="A4", prefer_css_page_size=True).count(b"/Type /Page\n") == 1


def test_the_receipt_is_saved_as_a_file_with_its_code(page_for, form):
    page = page_for()
    come_to_the_last_stage(page, form)
    go_on(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="احفظ في ملف").click()
    text = download.value.path().read_text()
    assert Submission.objects.get().reference in text
    assert (
        page.locator(".code").inner_text().split()
        == text.split("\u2066")[2].split("\u2069")[0].split()
    )


@pytest.mark.parametrize("address", ["{form}", "/ar/track/"])
def test_nothing_moves_while_the_page_comes(page_for, form, address):
    page = page_for()
    page.goto(address.format(form=form))
    assert page.evaluate(SHIFTS) == 0
