"""The lists of cards and remarks, and the page that publishes the report of a window."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from consultations.models import Accepts, Step
from tests.factories import make_actor, make_card, make_plan, make_project, make_step

from .acting import sign_in

pytestmark = pytest.mark.django_db

CARDS, REMARKS = "/ar/admin/consultations/remarkcard/", "/ar/admin/consultations/remark/"
ANSWER = "أخذت اللجنة بهذه الملاحظة وعدلت النص"


@pytest.fixture
def step():
    return make_step(make_plan(), accepts=Accepts.REMARKS, first=-9, last=-2)


@pytest.fixture
def card(step):
    return make_card(make_project(step.plan), step=step, problem="أولا", solution="ثانيا")


@pytest.fixture
def coordinator():
    return sign_in("najat", group="coordinator")


def answer_all(card):
    for remark in card.remarks.all():
        remark.give_answer("taken", ANSWER, by=make_actor())


def listed(client, address, **query):
    return client.get(address, query).context["cl"].result_count


def report(client, step, **sent):
    address = f"{REMARKS}reports/{step.pk}/"
    return client.post(address, sent) if sent else client.get(address)


# --- Lists -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("value", "count"), [("none", 1), ("later", 1), ("taken", 0)])
def test_remarks_are_found_by_what_became_of_them(coordinator, card, value, count):
    card.remarks.first().give_answer("later", ANSWER, by=make_actor())
    assert listed(coordinator, REMARKS, outcome=value) == count


def test_remarks_are_found_by_window_project_and_heading(coordinator, card, step):
    make_card(make_project(step.plan), step=make_step(step.plan), other="عام")
    query = {"card__submission__step__id__exact": step.pk}
    assert listed(coordinator, REMARKS, **query) == 2
    assert listed(coordinator, REMARKS, heading__key__exact="other") == 1
    assert listed(coordinator, REMARKS, card__project__id__exact=card.project_id) == 2


@pytest.mark.parametrize(("value", "count"), [("waiting", 1), ("whole", 1)])
def test_cards_are_found_by_whether_answers_are_missing(coordinator, card, step, value, count):
    answer_all(make_card(card.project, step=step))
    assert listed(coordinator, CARDS, answers=value) == count


@pytest.mark.parametrize("address", [CARDS, REMARKS])
def test_a_list_asks_as_much_for_many_rows_as_for_few(
    coordinator, card, step, address, django_assert_max_num_queries
):
    with django_assert_max_num_queries(60) as few:
        coordinator.get(address)
    for _number in range(8):
        make_card(card.project, step=step)
    with django_assert_max_num_queries(len(few)):
        coordinator.get(address)


def test_the_list_of_remarks_names_the_windows_and_what_they_wait_for(coordinator, card, step):
    shown = coordinator.get(REMARKS).content.decode()
    assert f'href="{REMARKS}reports/{step.pk}/"' in shown


# --- Reports ---------------------------------------------------------------------------------------


def test_the_coordinator_publishes_a_report_that_is_ready(coordinator, card, step):
    answer_all(card)
    report(coordinator, step, sure="on")
    assert Step.objects.get().report_published_at is not None


def test_a_report_is_not_published_without_the_tick(coordinator, card, step):
    answer_all(card)
    assert report(coordinator, step, sure="").context["form"].errors
    assert Step.objects.get().report_published_at is None


def test_a_report_that_is_not_ready_says_what_it_waits_for_and_offers_no_button(
    coordinator, card, step
):
    shown = report(coordinator, step)
    assert len(shown.context["reasons"]) == 1
    assert 'name="sure"' not in shown.content.decode()


def test_a_report_that_is_not_ready_is_not_published_by_a_post(coordinator, card, step):
    assert report(coordinator, step, sure="on").status_code == 409
    assert Step.objects.get().report_published_at is None


def test_what_is_missing_is_one_link_away(coordinator, card, step):
    shown = report(coordinator, step).content.decode().replace("&amp;", "&")
    links = [
        f"{REMARKS}?card__submission__step__id__exact={step.pk}"
        "&card__submission__moderation__exact=published&outcome=none",
        f"{CARDS}?submission__step__id__exact={step.pk}&submission__moderation__exact=pending",
    ]
    assert all(f'href="{link}"' in shown for link in links)
    assert coordinator.get(links[0]).context["cl"].result_count == 2
    assert coordinator.get(links[1]).context["cl"].result_count == 0


@pytest.mark.parametrize("group", ["member", "moderator", "auditor"])
def test_others_read_where_a_report_stands_and_do_not_publish_it(card, step, group):
    answer_all(card)
    client = sign_in(f"of-{group}", group=group)
    assert report(client, step).status_code == 200
    assert report(client, step, sure="on").status_code == 403
    assert Step.objects.get().report_published_at is None


def test_who_has_no_role_reads_no_report(step):
    assert report(sign_in("nabil"), step).status_code == 403


# --- In a browser ----------------------------------------------------------------------------------


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("ready", [True, False])
def test_the_page_of_a_report_is_accessible_and_fits_a_phone(
    page_for, live_server, card, step, coordinator, ready
):
    if ready:
        answer_all(card)
    page = page_for(width=360)
    session = coordinator.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(f"{REMARKS}reports/{step.pk}/")
    assert page.locator('input[name="sure"]').count() == ready
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
