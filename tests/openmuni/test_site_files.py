"""The notices of the site, and its files for machines."""

import re

import pytest
from django.templatetags.static import static

from tests.factories import (
    make_commune,
    make_plan,
    make_project,
    make_proposal,
    make_step,
    make_version,
)

pytestmark = pytest.mark.django_db


def text_of(client, address) -> str:
    return client.get(address).content.decode()


def sitemap(client, section) -> str:
    return text_of(client, f"/sitemap-{section}.xml")


# --- Notices --------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize("page", ["accessibility", "legal", "privacy"])
def test_a_notice_is_there_before_the_first_edition(client, language, page):
    assert client.get(f"/{language}/{page}/").status_code == 200


@pytest.mark.parametrize("page", ["accessibility", "legal", "privacy"])
def test_a_notice_says_whom_to_write_to(client, page):
    make_commune(contact_email="contact@example.org")
    assert "contact@example.org" in text_of(client, f"/ar/{page}/")


def test_the_accessibility_statement_says_what_was_not_tested(client):
    page = text_of(client, "/fr/accessibility/")
    assert "lecteur d’écran" in page
    assert "Personne ne l’a certifié" in page


def test_the_legal_notice_says_that_an_idea_is_no_petition(client):
    page = text_of(client, "/ar/legal/")
    assert "الفكرة ليست عريضة" in page
    assert "113-\u206014" in page


def test_hosting_that_is_not_known_is_said_to_be_so(client):
    make_commune(contact_email="contact@example.org", contact_address_ar="شارع")
    assert "لم يحدد بعد" in text_of(client, "/ar/legal/")


def test_the_legal_notice_says_who_keeps_the_server(client):
    make_commune(hosting_ar="مركز الاستضافة، المغرب", hosting_fr="Centre d’hébergement, Maroc")
    assert "مركز الاستضافة، المغرب" in text_of(client, "/ar/legal/")
    assert "Centre d’hébergement, Maroc" in text_of(client, "/fr/legal/")


def test_the_privacy_notice_bears_the_receipt_number_once_it_is_known(client):
    commune = make_commune()
    assert "D-123/2026" not in text_of(client, "/ar/privacy/")
    commune.cndp_number = "D-123/2026"
    commune.save()
    assert "D-123/2026" in text_of(client, "/ar/privacy/")


@pytest.mark.parametrize("page", ["/ar/", "/ar/legal/", "/robots.txt", "/sitemap.xml"])
def test_reading_sets_no_cookie(client, page):
    make_plan()
    assert not client.get(page).cookies


# --- Machines -------------------------------------------------------------------------------


def test_robots_are_kept_from_the_desk_and_shown_the_sitemap(client):
    lines = text_of(client, "/robots.txt").splitlines()
    assert "Disallow: /ar/admin/" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines


def test_humans_are_told_what_the_site_is_made_of_and_of_nobody(client):
    text = text_of(client, "/humans.txt")
    assert "WCAG 2.2" in text
    assert "@" not in text


def test_whom_to_tell_of_a_hole_is_said_once_the_commune_has_an_address(client):
    commune = make_commune()
    assert client.get("/.well-known/security.txt").status_code == 404
    commune.contact_email = "contact@example.org"
    commune.save()
    text = text_of(client, "/.well-known/security.txt")
    assert "Contact: mailto:contact@example.org" in text
    assert re.search(r"^Expires: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+\d\d:\d\d$", text, re.MULTILINE)


def test_the_sitemap_names_one_file_for_each_kind(client):
    index = text_of(client, "/sitemap.xml")
    assert re.findall(r"sitemap-(\w+)\.xml", index) == ["pages", "ideas", "projects", "versions"]


def test_an_idea_is_named_in_both_languages_each_leading_to_the_other(client):
    proposal = make_proposal(make_step(make_plan()))
    content = sitemap(client, "ideas")
    for language in ("ar", "fr"):
        address = f"http://testserver/{language}/ideas/{proposal.reference}/"
        assert f"<loc>{address}</loc>" in content
        assert f'hreflang="{language}" href="{address}"' in content


def test_projects_and_public_versions_are_named(client):
    plan = make_plan()
    project = make_project(plan)
    make_version(plan)
    make_version(plan, published_at=None)
    assert f"/ar/projects/{project.pk}/" in sitemap(client, "projects")
    versions = sitemap(client, "versions")
    assert f"/ar/{plan.slug}/versions/1/" in versions
    assert f"/ar/{plan.slug}/versions/2/" not in versions


@pytest.mark.parametrize(
    "fields",
    [{"slug": "2030-2031-rehearsal", "is_rehearsal": True}, {"state": "preparing"}],
    ids=["a rehearsal", "an edition being prepared"],
)
def test_what_is_not_for_the_world_is_in_no_sitemap(client, fields):
    plan = make_plan(**fields)
    make_project(plan)
    make_proposal(make_step(plan))
    make_version(plan)
    for section in ("pages", "ideas", "projects", "versions"):
        content = sitemap(client, section)
        assert plan.slug not in content
        assert ("<loc>" in content) == (section == "pages")


def test_an_idea_that_is_not_published_is_in_no_sitemap(client):
    make_proposal(make_step(make_plan()), published=False)
    assert "<loc>" not in sitemap(client, "ideas")


@pytest.mark.parametrize("ideas", [1, 12])
def test_a_sitemap_asks_once_for_any_number_of_ideas(client, django_assert_num_queries, ideas):
    step = make_step(make_plan())
    for _number in range(ideas):
        make_proposal(step)
    with django_assert_num_queries(1):
        sitemap(client, "ideas")


def test_the_icon_is_found_where_programs_ask_for_it(client):
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer["Location"]) == (302, static("img/favicon-32.png"))
