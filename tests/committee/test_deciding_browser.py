"""Reusable reasons, look-alikes and the page of several, in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from committee.models import DraftDecision, Opinion
from openmuni import clock
from proposals.look_alikes import forget_texts
from proposals.models import Decision, ReasonText
from tests.factories import REASON, make_actor, make_plan, make_project, make_proposal, make_step

from .acting import DESK, sign_in
from .convening import seat_members

pytestmark = [pytest.mark.once, pytest.mark.django_db(transaction=True)]

OTHER = "الفكرة تخرج عن اختصاصات الجماعة"
MINE = "تعليل كتبته بيدي ولا أريد أن يضيع"


@pytest.fixture
def plan():
    forget_texts()
    plan = make_plan()
    make_project(plan)
    ReasonText.objects.create(plan=plan, outcome="accepted", text_ar=REASON)
    ReasonText.objects.create(plan=plan, outcome="rejected", text_ar=OTHER)
    return plan


@pytest.fixture
def step(plan):
    return make_step(plan)


@pytest.fixture
def page_of(page_for, live_server):
    """The page of the coordinator at a width."""

    def open_page(width, **options):
        page = page_for(width=width, **options)
        cookie = sign_in("najat", "coordinator").cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        return page

    return open_page


def test_a_reason_that_is_chosen_is_written_and_what_the_person_wrote_stays(page_of, step):
    page = page_of(1440)
    page.goto(f"{DESK}{make_proposal(step).pk}/change/")
    reason, ready = page.locator("#desk-decide [name=reason]"), page.locator("[name=ready]")
    page.check("[name=decision][value=rejected]")
    ready.select_option(label=OTHER)
    assert reason.input_value() == OTHER
    page.check("[name=decision][value=accepted]")
    assert (reason.input_value(), ready.input_value()) == ("", "")
    reason.fill(MINE)
    ready.select_option(label=REASON)
    assert reason.input_value() == MINE


def test_a_reason_is_chosen_without_a_script(page_of, step):
    page = page_of(360, java_script=False)
    page.goto(f"{DESK}{make_proposal(step).pk}/change/")
    page.check("[name=decision][value=accepted]")
    page.locator("[name=ready]").select_option(label=REASON)
    with page.expect_navigation():
        page.click("#desk-decide [type=submit]")
    made = Decision.objects.get()
    assert (made.reason, made.reason_text.outcome) == (REASON, "accepted")


def test_a_cluster_is_decided_on_once_from_the_desk(page_of, step):
    first, _second, third = (make_proposal(step) for _number in range(3))
    page = page_of(390)
    page.goto(f"{DESK}{first.pk}/change/")
    page.check(f"#alike-{third.pk}")
    with page.expect_navigation():
        page.click("#desk-alike button")
    page.check("[name=decision][value=accepted]")
    page.fill("[name=reason]", MINE)
    with page.expect_navigation():
        page.click(".together-act button")
    assert page.locator(".entry-done").count() == 2
    assert set(Decision.objects.values_list("proposal", flat=True)) == {first.pk, third.pk}


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["ar", "fr"])
def test_what_decides_is_accessible_and_fits(page_of, plan, step, language, width):
    ideas = [make_proposal(step) for _number in range(3)]
    ideas[2].reject(by=make_actor(), reason=REASON)
    for member, view in zip(seat_members(plan), ("accepted", "rejected"), strict=False):
        Opinion.objects.create(proposal=ideas[0], member=member, view=view, at=clock.now())
    by = make_actor()
    DraftDecision.objects.prepare(ideas[1], "accepted", by=by, reason=REASON, version=0)
    asked = "&".join(f"pk={idea.pk}" for idea in ideas)
    names = [f"{idea.pk}/change/" for idea in ideas]
    names += [f"together/{name}/?{asked}" for name in ("decide", "confirm", "withhold")]
    page, axe, faults = page_of(width), Axe(), []
    for name in ["", *names]:
        page.goto(f"/{language}/admin/proposals/proposal/{name}")
        faults += [
            f"{name}: {fault['id']} {fault['nodes'][0]['html']}"
            # Without a copy of the style sheets: the policy forbids axe to write one into the page.
            for fault in axe.run(page, options={"preload": False}).response["violations"]
        ]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults.append(f"{name} is too wide")
    assert not faults
