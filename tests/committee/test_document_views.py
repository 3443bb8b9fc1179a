"""The preview and the download: for staff who may read versions; the export for those who may freeze one."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from committee.documents import DocumentError
from consultations.models import PlanPdf
from tests.factories import make_user

from .documenting import make_document_plan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick_print(monkeypatch):
    """What is printed is tested elsewhere."""
    monkeypatch.setattr("committee.documents.freezing.print_pdf", lambda html: b"%PDF-1.7 test")


@pytest.fixture
def plan():
    return make_document_plan()


def coordinator():
    """Salma, who may read versions and freeze one."""
    salma = make_user("salma")
    rights = ["view_planversion", "add_planversion"]
    salma.user_permissions.add(*Permission.objects.filter(codename__in=rights))
    return signed_in(salma)


def auditor():
    """Nabila, who reads everything and makes nothing."""
    return signed_in(make_user("nabila", group="auditor"))


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def preview(plan):
    return reverse("plan_preview", args=[plan.slug])


def pdf(plan):
    return reverse("plan_pdf", args=[plan.slug])


@pytest.mark.parametrize("address", [preview, pdf])
def test_a_stranger_is_asked_to_sign_in(plan, address):
    response = Client().get(address(plan))
    assert response.status_code == 302
    assert response.url.startswith("/ar/admin/login/")


@pytest.mark.parametrize("address", [preview, pdf])
def test_staff_without_the_permission_is_refused(plan, address):
    assert signed_in(make_user("hamid")).get(address(plan)).status_code == 403


def test_a_stranger_exports_nothing(plan):
    Client().post(pdf(plan))
    assert not PlanPdf.objects.exists()


def test_the_preview_is_the_document(plan):
    assert 'id="annex"' in coordinator().get(preview(plan)).content.decode()


def test_the_preview_makes_no_version(plan):
    coordinator().get(preview(plan))
    assert not plan.versions.exists()


def test_the_preview_takes_the_style_sheet_of_the_site(plan):
    assert 'href="/static/css/print.css"' in coordinator().get(preview(plan)).content.decode()


def test_the_preview_names_the_last_document(plan):
    client = coordinator()
    client.post(pdf(plan))
    assert f'<a href="{pdf(plan)}">' in client.get(preview(plan)).content.decode()


def test_an_export_is_a_file_to_keep(plan):
    response = coordinator().post(pdf(plan))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="2030-2031-v1-ar.pdf"'


def test_an_export_gives_the_bytes_that_are_kept(plan):
    response = coordinator().post(pdf(plan))
    assert b"".join(response) == bytes(PlanPdf.objects.get().content)


def test_an_export_says_how_many_characters_it_replaced(plan):
    response = coordinator().post(pdf(plan))
    [message] = get_messages(response.wsgi_request)
    assert "1" in str(message).rpartition(":")[2]


def test_the_language_of_the_address_is_that_of_the_document(plan):
    coordinator().post(f"/fr/{plan.slug}/plan.pdf")
    assert PlanPdf.objects.get().language == "fr"


def test_a_download_before_any_export_is_not_found(plan):
    assert coordinator().get(pdf(plan)).status_code == 404


def test_a_download_makes_no_version(plan):
    client = coordinator()
    client.post(pdf(plan))
    plan.title_ar = "عنوان جديد"
    plan.save()
    client.get(pdf(plan))
    assert plan.versions.count() == 1


def test_a_failed_export_leads_to_the_preview_with_the_reason(plan, monkeypatch):
    def fail(html):
        raise DocumentError("The reason why")

    monkeypatch.setattr("committee.documents.freezing.print_pdf", fail)
    response = coordinator().post(pdf(plan), follow=True)
    assert "The reason why" in response.content.decode()


def test_an_unknown_edition_is_not_found():
    make_document_plan()
    assert coordinator().get(reverse("plan_preview", args=["1999-2000"])).status_code == 404


def test_an_auditor_reads_the_preview_and_is_offered_no_export(plan):
    page = auditor().get(preview(plan)).content.decode()
    assert 'id="annex"' in page
    assert "<button" not in page


def test_an_auditor_reads_the_last_document(plan):
    coordinator().post(pdf(plan))
    assert b"".join(auditor().get(pdf(plan))) == bytes(PlanPdf.objects.get().content)


def test_an_auditor_exports_nothing(plan):
    assert auditor().post(pdf(plan)).status_code == 403
    assert not PlanPdf.objects.exists()
