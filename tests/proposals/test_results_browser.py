"""The results page in a browser: no figure is hidden at the edge of its table, and paper is not wasted."""

import io

import pypdf
import pytest

from tests.factories import (
    REASON,
    make_actor,
    make_axis,
    make_card,
    make_plan,
    make_project,
    make_proposal,
    make_step,
)

CUT_OFF = """() => [...document.querySelectorAll(".table-box")]
  .filter(box => box.scrollWidth > box.clientWidth)
  .map(box => box.getAttribute("aria-labelledby"))"""
UNNAMED = """() => [...document.querySelectorAll(".table-box")]
  .filter(box => box.tabIndex !== 0 || !(box.ariaLabel || box.getAttribute("aria-labelledby")))
  .length"""


@pytest.fixture
def plan(transactional_db):
    plan = make_plan()
    step = make_step(plan, participants=38, women=15)
    make_step(plan, order=2, participants=70, women=40, associations_count=8)
    project = make_project(plan, title_fr="Élaborer un guide promotionnel des atouts")
    for place, name in enumerate(("Marketing territorial", "Développement social")):
        axis = make_axis(plan, key=f"axis-{place}", name_fr=name)
        make_proposal(step, title=f"حديقة {place}", axis=axis).accept(
            by=make_actor(), reason=REASON
        )
        merged = make_proposal(step, title=f"سوق {place}", axis=axis, channel="workshop")
        merged.merge_into(project, by=make_actor(), reason=REASON)
    make_card(project, problem="ملاحظة المواطنة")
    return plan


@pytest.mark.parametrize("width", [768, 1024, 1280])
def test_every_column_of_every_table_is_in_sight_on_a_wide_screen(plan, page_for, width):
    page = page_for(width=width)
    page.goto(f"/fr/{plan.slug}/results/")
    assert page.evaluate(CUT_OFF) == []


def test_a_table_that_moves_sideways_can_be_reached_by_keys_and_has_a_name(plan, page_for):
    page = page_for(width=320)
    page.goto(f"/fr/{plan.slug}/results/")
    assert page.evaluate(UNNAMED) == 0


def test_the_figures_print_on_seven_sheets_at_most(plan, page_for):
    page = page_for(width=1280)
    page.goto(f"/fr/{plan.slug}/results/")
    sheets = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    assert len(sheets) <= 7
