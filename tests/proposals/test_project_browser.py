"""A whole sheet in the browser: on the smallest telephone, on a wide screen, on paper."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from consultations.models import Statement
from tests.factories import make_actor, make_axis, make_card, make_plan, make_project, make_step

SMALLEST_PHONE = 320


@pytest.fixture
def project(transactional_db):
    plan = make_plan()
    make_step(plan)
    project = make_project(
        plan, axis=make_axis(plan), platform_url="https://platform.example/a-project"
    )
    for certainty in ("secured", "sought"):
        project.funding_lines.create(
            source="international",
            name_ar="جهة مانحة",
            certainty=certainty,
            amount="999999999999.99",
        )
    for kind in ("followup_indicator", "impact_indicator"):
        project.indicators.create(
            kind=kind, name_ar="عدد الحدائق المجهزة", unit_ar="حديقة", baseline="-2.5", target="12"
        )
    project.milestones.create(
        activity_ar="تهيئة الممرات والإنارة العمومية", starts_on="2030-02-01", ends_on="2030-09-30"
    )
    for kind in ("objective", "principle"):
        Statement.objects.create(plan=plan, kind=kind, order=1, text_ar="الرقمنة")
    project.expected_results.add(plan.statements.get(kind="objective"))
    project.principles.create(principle=plan.statements.get(kind="principle"))
    for outcome in ("taken", "partly", "not_taken", "later"):
        remark = make_card(project, problem="ملاحظة المواطنة").remarks.get()
        remark.give_answer(outcome, "جواب اللجنة على هذه الملاحظة", by=make_actor())
    make_card(project, solution="ملاحظة بلا جواب")
    return project


@pytest.mark.parametrize("width", [SMALLEST_PHONE, 1280])
@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize("address", ["/{}/projects/{}/", "/{}/2030-2031/projects/"])
def test_a_full_sheet_and_its_list_fit_and_are_accessible(
    page_for, project, width, language, address
):
    page = page_for(width=width)
    page.goto(address.format(language, project.pk))
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    faults = [
        f"{fault['id']} {fault['nodes'][0]['html']}"
        for fault in Axe().run(page).response["violations"]
    ]
    assert not faults
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_on_a_telephone_each_cell_stands_under_the_name_of_its_column(page_for, project):
    page = page_for(width=SMALLEST_PHONE)
    page.goto(f"/ar/projects/{project.pk}/")
    cell = page.locator("td[data-label]").first
    label = cell.evaluate("cell => getComputedStyle(cell, '::before').content")
    heads = [head.text_content() for head in page.locator("thead th").all()]
    assert label.strip('"') in heads


def test_the_remarks_are_unfolded_without_a_script(page_for, project):
    page = page_for(java_script=False)
    page.goto(f"/ar/projects/{project.pk}/")
    folded = page.locator("#remarks-problem .remark").first
    expect(folded).to_be_hidden()
    page.locator("#remarks-problem summary").click()
    expect(folded).to_be_visible()


def test_a_minus_is_drawn_before_its_number_in_arabic(page_for, project):
    page = page_for(width=1280)
    page.goto(f"/ar/projects/{project.pk}/")
    first, last = page.evaluate(
        """() => {
            const cell = [...document.querySelectorAll("td")].find(one => one.textContent.includes("-2,5"))
            const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT)
            let text = walker.nextNode()
            while (!text.textContent.includes("-2,5")) text = walker.nextNode()
            const at = text.textContent.indexOf("-")
            return [at, at + 3].map(place => {
                const range = document.createRange()
                range.setStart(text, place)
                range.setEnd(text, place + 1)
                return range.getBoundingClientRect().left
            })
        }"""
    )
    assert first < last
