"""The page of all that can be kept of an edition."""

import re

import pytest
from django.urls import reverse

from consultations.models import PlanPdf
from openmuni.figures import size
from tests.factories import (
    REASON,
    make_actor,
    make_plan,
    make_project,
    make_proposal,
    make_step,
    make_version,
)
from tests.openmuni.who_may import photograph

pytestmark = pytest.mark.django_db

CONTENT = b"%PDF-" + b"0" * 123_456


def page_of(client, plan, language="ar") -> str:
    return client.get(f"/{language}/{plan.slug}/documents/").content.decode()


def with_pdf(plan, **fields):
    """A version with its document in Arabic."""
    version = make_version(plan, **fields)
    PlanPdf.objects.create(version=version, language="ar", content=CONTENT, sha256="0" * 64)
    return version


def test_an_edition_without_files_still_has_its_cards_and_its_log(client):
    plan = make_plan()
    page = page_of(client, plan)
    assert reverse("idea_card_pdf", args=[plan.slug]) in page
    assert reverse("log_file", args=[plan.slug]) in page
    assert reverse("work_file", args=[plan.slug]) not in page


def test_the_work_file_is_there_once_there_are_projects(client):
    plan = make_plan()
    make_project(plan)
    assert reverse("work_file", args=[plan.slug]) in page_of(client, plan)


@pytest.mark.parametrize(
    "page", ["{edition}/documents/", "{edition}/about/", "projects/{project}/"]
)
def test_nobody_is_handed_a_card_that_a_closed_edition_would_not_take(client, page):
    plan = make_plan()
    address = f"/ar/{page.format(edition=plan.slug, project=make_project(plan).pk)}"
    card = re.compile(r'href="[^"]+/cards?[./][^"]*pdf"')
    assert card.search(client.get(address).content.decode())
    plan.close(by=make_actor())
    assert not card.search(client.get(address).content.decode())


def test_a_version_stands_with_its_files_and_their_size(client):
    plan = make_plan()
    version = with_pdf(plan)
    page = page_of(client, plan)
    assert reverse("version_pdf", args=[plan.slug, version.number, "ar"]) in page
    assert reverse("version_data", args=[plan.slug, version.number]) in page
    assert size(len(CONTENT)) in page


def test_a_version_made_for_staff_is_not_named(client):
    plan = make_plan()
    with_pdf(plan, published_at=None)
    assert "versions/1/" not in page_of(client, plan)


def test_the_files_of_a_version_that_holds_a_withheld_text_are_not_offered(client):
    plan = make_plan()
    proposal = make_proposal(make_step(plan))
    with_pdf(plan)
    proposal.submission.withhold(by=make_actor(), category="insult", reason=REASON)
    page = page_of(client, plan)
    assert "versions/1/ar.pdf" not in page
    assert "حُجب" in page


def test_the_papers_of_a_station_stand_under_its_name(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    plan = make_plan()
    step = make_step(plan, title_ar="لقاء الحي")
    make_step(plan, title_ar="محطة بلا وثائق")
    document = photograph(step)
    page = page_of(client, plan)
    assert "لقاء الحي" in page
    assert reverse("step_photograph", args=[document.pk]) in page
    assert "محطة بلا وثائق" not in page


@pytest.mark.parametrize("versions", [1, 4])
def test_the_page_asks_the_same_for_any_number_of_versions(
    client, django_assert_num_queries, versions
):
    plan = make_plan()
    make_project(plan)
    for _number in range(versions):
        with_pdf(plan)
    with django_assert_num_queries(11):
        page_of(client, plan)
