"""The site as an app on a phone's first screen, and the languages of the frame."""

import pytest
from django.conf import settings
from PIL import Image

from tests.factories import make_commune, make_plan

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "direction", "name"),
    [
        ("ar", "rtl", "برنامج الانفتاح · جماعة الاختبار"),
        ("fr", "ltr", "Programme d’ouverture · Commune d’essai"),
    ],
)
def test_the_app_bears_the_name_of_the_commune_in_the_language_of_the_page(
    client, language, direction, name
):
    make_commune(name_ar="جماعة الاختبار", name_fr="Commune d’essai")
    answer = client.get(f"/{language}/site.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    manifest = answer.json()
    assert (manifest["name"], manifest["lang"], manifest["dir"]) == (name, language, direction)
    assert manifest["start_url"] == f"/{language}/"


def test_the_app_has_a_name_before_a_commune_is_loaded(client):
    assert client.get("/fr/site.webmanifest").json()["name"] == "Programme d’ouverture"


def test_every_icon_of_the_app_has_the_size_it_says(client):
    for icon in client.get("/ar/site.webmanifest").json()["icons"]:
        file = settings.BASE_DIR / icon["src"].lstrip("/")
        with Image.open(file) as picture:
            assert "{}x{}".format(*picture.size) == icon["sizes"]


def test_every_page_names_its_manifest(client):
    assert 'rel="manifest" href="/fr/site.webmanifest"' in client.get("/fr/").content.decode()


def test_the_other_language_keeps_the_page_and_its_query(client):
    slug = make_plan().slug
    page = client.get(f"/ar/{slug}/ideas/", {"q": "ماء", "page": 2}).content.decode()
    assert f'href="/fr/{slug}/ideas/?q=%D9%85%D8%A7%D8%A1&amp;page=2"' in page


def test_a_page_not_found_leads_to_the_other_language(client):
    assert 'href="/fr/nowhere/"' in client.get("/ar/nowhere/").content.decode()


def test_the_name_of_a_language_is_written_in_it(client):
    make_plan()
    assert 'lang="ar" dir="rtl" hreflang="ar">العربية</a>' in client.get("/fr/").content.decode()
