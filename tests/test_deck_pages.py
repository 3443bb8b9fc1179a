"""Every row of the deck's list of facts is read by the public, on the page where one would look for it."""

import csv
import datetime
import html
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

from consultations.models import ActionPlan, Project
from openmuni import dates

pytestmark = pytest.mark.django_db

CSV = Path(__file__).parent / "data" / "larache_facts.csv"
ROWS = {row["key"]: row for row in csv.DictReader(CSV.read_text("utf-8").splitlines())}
# By the beginning of the key, the longest that fits.
PAGES = {
    "deck": "about",
    "deck.commune": "home",
    "obj": "about",
    "dev": "about",
    "principle": "about",
    "st": "timeline",
    "m": "about",
    "member": "committee",
    "axis": "about",
    "mt": "timeline",
    "project": "project_list",
    "c": "about",
    "card": "about",
    "card.h": "project_detail",
    "next": "about",
    "file": "about",
    "act": "committee",
    "tally": "results",
    "status": "results",
    "college": "committee",
}
LANGUAGES = ["ar", "fr"]


@pytest.fixture
def deck():
    call_command("loaddata", "fixtures/larache.json", verbosity=0)
    return ActionPlan.objects.get()


def page_of(key):
    """The name of the page on which the fact of that key stands."""
    fitting = [prefix for prefix in PAGES if key == prefix or re.match(rf"{prefix}[.\d]", key)]
    return PAGES[max(fitting, key=len)]


def read(client, plan, page, language):
    """The text of a page as a reader sees it: no markup, no invisible characters, single spaces."""
    arguments = {"home": [], "project_detail": [Project.objects.first().pk]}
    with translation.override(language):
        address = reverse(page, args=arguments.get(page, [plan.slug]))
    body = client.get(address).content.decode().partition("<main")[2].partition("</main>")[0]
    if page == "home":
        body = client.get(address).content.decode()
    return plain(html.unescape(re.sub(r"<[^>]+>", " ", body)))


def plain(text):
    text = re.sub("[\u2060\u2066-\u2069\u200e\u200f]", "", text.replace("’", "'"))
    return " ".join(text.split()).casefold()


def days(value):
    """The days of a row as the page writes them: a day, a period or a month."""
    first, _slash, last = value.partition("/")
    if len(first) == len("2023-10"):
        return dates.month(datetime.date.fromisoformat(f"{first}-01"))
    first = datetime.date.fromisoformat(first)
    return dates.period(first, datetime.date.fromisoformat(last) if last else first)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_row_of_the_deck_is_on_its_page(client, deck, language):
    pages = {page: read(client, deck, page, language) for page in set(PAGES.values())}
    missing = {
        key: row[language]
        for key, row in ROWS.items()
        if row[language] and plain(row[language]) not in pages[page_of(key)]
    }
    assert not missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_date_of_the_deck_is_on_its_page(client, deck, language):
    dated = {key: row["value"] for key, row in ROWS.items() if re.match(r"\d{4}-", row["value"])}
    assert len(dated) == 8
    pages = {page: read(client, deck, page, language) for page in ("timeline", "committee")}
    with translation.override(language):
        missing = {
            key: value for key, value in dated.items() if days(value) not in pages[page_of(key)]
        }
    assert not missing


def test_each_count_of_the_deck_is_on_its_page(client, deck):
    counts = {key: row["value"] for key, row in ROWS.items() if re.match(r"(tally|mt)\.", key)}
    counts = {key: value for key, value in counts.items() if value}
    pages = {page: read(client, deck, page, "ar").split() for page in ("results", "timeline")}
    assert not {key: value for key, value in counts.items() if value not in pages[page_of(key)]}
