"""Home, the languages in addresses, and what every page says."""

import datetime

import pytest

from tests.factories import (
    REASON,
    make_actor,
    make_axis,
    make_commune,
    make_plan,
    make_project,
    make_proposal,
    make_step,
)

pytestmark = pytest.mark.django_db


def test_the_root_leads_to_arabic(client):
    assert client.get("/", headers={"accept-language": "fr"}).url == "/ar/"


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fr", "ltr")])
def test_a_page_says_its_language_and_direction(client, language, direction):
    make_plan()
    page = client.get(f"/{language}/").content.decode()
    assert f'lang="{language}"' in page
    assert f'dir="{direction}"' in page


@pytest.mark.parametrize(
    "address", ["/de/", "/ar/nowhere/", "/ar/2099-2100/ideas/", "/ar/%00/", "/ar/ideas/%ED%A0%80/"]
)
def test_an_address_that_leads_nowhere_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_without_a_commune_the_home_page_says_that_nothing_is_loaded(client):
    assert client.get("/ar/").status_code == 200


def test_home_shows_the_edition_with_an_open_window(client):
    make_plan(slug="2034-2035")
    busy = make_plan(slug="2030-2031")
    make_step(busy)
    assert client.get("/ar/").context["plan"] == busy


def test_home_shows_the_edition_with_the_next_window_when_none_is_open(client):
    make_plan(slug="2034-2035")
    near = make_plan(slug="2030-2031")
    make_step(near, first=5, last=9)
    assert client.get("/ar/").context["plan"] == near


def test_a_rehearsal_with_an_open_window_does_not_hide_the_edition_to_come(client):
    make_step(make_plan(slug="2034-2035-rehearsal", is_rehearsal=True))
    near = make_plan(slug="2030-2031")
    make_step(near, first=5, last=9)
    assert client.get("/ar/").context["plan"] == near


def test_a_station_under_way_is_not_called_over_when_no_window_follows(client):
    plan = make_plan()
    make_step(plan, first=-9, last=-5)
    make_step(plan, kind="committee_review", accepts="nothing")
    page = client.get(f"/ar/{plan.slug}/ideas/new/").content.decode()
    assert "لم تُحدد أي فترة مشاركة أخرى" in page


def test_home_shows_the_latest_edition_when_nothing_is_planned(client):
    make_plan(slug="2030-2031")
    latest = make_plan(slug="2034-2035")
    assert client.get("/ar/").context["plan"] == latest


def test_the_other_editions_are_one_click_away(client):
    first = make_plan(slug="2030-2031")
    make_plan(slug="2034-2035")
    assert f"/ar/{first.slug}/" in client.get("/ar/").content.decode()


def test_the_window_is_named_after_the_commune_though_it_has_no_french_name(client):
    make_commune(name_fr="")
    title = client.get("/fr/").content.decode().partition("</title>")[0]
    assert title.endswith("· جماعة الاختبار")


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize("field", ["support_programme", "network", "partner", "region"])
def test_the_about_page_says_within_what_the_programme_stands(client, language, field):
    make_commune(**{f"{field}_ar": "نص للإطار", f"{field}_fr": "Texte du cadre"})
    page = client.get(f"/{language}/{make_plan().slug}/about/").content.decode()
    assert {"ar": "نص للإطار", "fr": "Texte du cadre"}[language] in page


def test_where_the_official_header_was_read_is_said_to_staff_alone(client):
    make_commune(header_source="مصدر الترويسة", region_ar="جهة الاختبار")
    page = client.get(f"/ar/{make_plan().slug}/about/").content.decode()
    assert "جهة الاختبار" in page
    assert "مصدر الترويسة" not in page


def test_a_rehearsal_is_called_so_on_every_page(client):
    plan = make_plan(slug="2034-2035", is_rehearsal=True)
    proposal = make_proposal(make_step(plan))
    project = make_project(plan)
    for address in [
        *(
            f"/ar/{plan.slug}/{page}"
            for page in ("", "ideas/", "ideas/new/", "results/", "timeline/")
        ),
        *(f"/ar/{plan.slug}/{page}" for page in ("projects/", "committee/", "about/")),
        f"/ar/ideas/{proposal.reference}/",
        f"/ar/projects/{project.pk}/",
    ]:
        assert "دورة تجريبية" in client.get(address).content.decode(), address


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_no_page_runs_more_queries_for_more_rows(client, language, django_assert_max_num_queries):
    plan = make_plan()
    step, axis, project = make_step(plan), make_axis(plan), make_project(plan)
    addresses = [
        *(
            f"/{language}/{plan.slug}/{page}"
            for page in ("", "ideas/", "results/", "timeline/", "projects/")
        ),
        *(f"/{language}/{plan.slug}/{page}" for page in ("committee/", "about/", "ideas/new/")),
        f"/{language}/projects/{project.pk}/",
        f"/{language}/",
    ]

    def queries_of_each():
        counts = {}
        for address in addresses:
            with django_assert_max_num_queries(14) as seen:
                client.get(address)
            counts[address] = len(seen)
        return counts

    make_proposal(step, axis=axis).merge_into(project, by=make_actor(), reason=REASON)
    few = queries_of_each()
    for number in range(12):
        make_proposal(step, axis=axis, channel="paper").merge_into(
            project, by=make_actor(), reason=REASON
        )
        make_step(plan, first=number + 5, last=number + 6)
        make_project(plan, axis=axis)
    assert queries_of_each() == few


OVER, NOT_SET = (
    "Les étapes de cette édition sont terminées",
    "Les étapes de cette édition ne sont pas",
)


def test_an_edition_without_stations_is_not_called_over(client):
    make_plan()
    page = client.get("/fr/").content.decode()
    assert (OVER in page, NOT_SET in page) == (False, True)


@pytest.mark.parametrize("has_idea", [True, False])
def test_ideas_are_said_to_keep_their_pages_where_there_are_any(client, has_idea):
    step = make_step(make_plan(), first=-9, last=-5)
    if has_idea:
        make_proposal(step)
    page = client.get("/fr/").content.decode()
    assert OVER in page
    assert ("Chaque idée garde sa page" in page) == has_idea


def test_the_stations_in_one_glance_tell_that_a_date_has_changed(client):
    step = make_step(make_plan())
    assert "strip__moved" not in client.get("/ar/").content.decode()
    step.move(by=make_actor(), reason_ar="تمديد", ends_on=step.ends_on + datetime.timedelta(days=1))
    assert "strip__moved" in client.get("/ar/").content.decode()
