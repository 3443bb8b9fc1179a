"""The page of the stations and the sign-in sheet in a real browser."""

import datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from consultations.models import Association
from tests.factories import make_actor, make_plan, make_proposal, make_step, make_user

from .test_pages import make_paper, make_photograph

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def step(settings, tmp_path):
    """A station with all that a station may have."""
    settings.MEDIA_ROOT = tmp_path
    figures = {"participants": 70, "women": 40, "associations_count": 18}
    texts = {"place_ar": "قاعة الاجتماعات", "in_charge_ar": "مصلحة التواصل"}
    step = make_step(make_plan(), **figures, **texts, figures_source_ar="لائحة الحضور")
    step.move(by=make_actor(), reason_ar="تمديد", closes_at=datetime.time(18))
    step.held_from = step.starts_on + datetime.timedelta(days=1)
    step.save()
    step.attendance.create(association=Association.objects.create(name="جمعية" + "ا" * 150))
    make_paper(step, title_ar="محضر" * 50)
    make_photograph(step)
    make_proposal(step)
    return step


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_full_station_is_accessible_and_fits_a_small_phone(page_for, step, language):
    page = page_for(width=320)
    page.goto(f"/{language}/{step.plan.slug}/timeline/")
    page.locator(".names summary").click()
    faults = [
        f"{one['id']} {one['nodes'][0]['html']}" for one in Axe().run(page).response["violations"]
    ]
    assert not faults
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_associations_unfold_without_a_script(page_for, step):
    page = page_for(width=360, java_script=False)
    page.goto(f"/ar/{step.plan.slug}/timeline/")
    name = page.locator(".names li")
    expect(name).to_be_hidden()
    page.locator(".names summary").click()
    expect(name).to_be_visible()


def test_a_small_picture_is_drawn_in_its_frame(page_for, step):
    page = page_for(width=360)
    page.goto(f"/ar/{step.plan.slug}/timeline/")
    picture = page.locator(".photographs img")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.photographs img').naturalWidth === 480")
    frame = picture.bounding_box()
    assert frame["width"] / frame["height"] == pytest.approx(4 / 3, abs=0.02)


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_sign_in_sheet_is_accessible_and_prints_its_table_alone(
    page_for, step, client, live_server, language
):
    client.force_login(make_user("salma", group="coordinator"))
    page = page_for(width=360)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    page.context.add_cookies([cookie | {"url": live_server.url}])
    page.goto(f"/{language}/stations/{step.pk}/sign-in/?rows=12")
    faults = [
        f"{one['id']} {one['nodes'][0]['html']}" for one in Axe().run(page).response["violations"]
    ]
    assert not faults
    page.emulate_media(media="print")
    expect(page.locator(".screen")).to_be_hidden()
    assert page.locator("tbody tr").count() == 12
