"""The documents of the stations, as the public downloads them."""

import datetime

import pytest
from django.core.files.base import ContentFile

from consultations.models import StepDocument
from tests.factories import make_plan, make_step

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return StepDocument.objects.create(
        step=make_step(make_plan()),
        title_ar="محضر اللقاء",
        date=datetime.date(2030, 5, 6),
        file=ContentFile(b"%PDF-1.7 minutes", "minutes.pdf"),
    )


def address(document):
    return f"/ar/documents/{document.pk}/"


def test_a_document_is_a_file_to_keep(client, document):
    response = client.get(address(document))
    assert b"".join(response) == b"%PDF-1.7 minutes"
    assert response["Content-Disposition"].startswith("attachment")


def test_a_document_whose_file_is_gone_is_not_found(client, document):
    document.file.storage.delete(document.file.name)
    assert client.get(address(document)).status_code == 404
