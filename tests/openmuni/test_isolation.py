"""Among Arabic words a code or a law's number keeps its order where no element can hold it: titles, labels, options."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from .who_may import small_site

# What is read without elements within: nothing but signs of isolation keeps «2030-2031» from «2031-2030».
PLAIN = re.compile(
    r"<title>(.*?)</title>|<option[^>]*>(.*?)</option>"
    r'|(?:content|aria-label|alt|title|placeholder)="([^"]*)"',
    re.DOTALL,
)
ARABIC, BARE_PAIR = re.compile("[\u0620-\u064a]"), re.compile("(?<![\u2066\\w-])[A-Z-]*\\d+-\\d+")


def turned(page: str) -> list[str]:
    """The plain Arabic texts of `page` in which a pair of numbers would be drawn backwards."""
    texts = ["".join(found) for found in PLAIN.findall(page)]
    return [text.strip() for text in texts if ARABIC.search(text) and BARE_PAIR.search(text)]


def test_a_pair_of_numbers_without_isolation_is_found():
    assert turned("<title>نسخة 2030-2031</title>") == ["نسخة 2030-2031"]
    assert turned("<title>نسخة \u20662030-\u20602031\u2069</title>") == []


@pytest.mark.django_db
def test_titles_labels_and_options_keep_codes_in_order(client):
    site = small_site()
    edition, reference, number = site["edition"], site["reference"], site["number"]
    with translation.override("ar"):
        pages = [
            *[reverse(name) for name in ("home", "track", "privacy")],
            *[
                reverse(name, args=[edition])
                for name in ("edition_home", "idea_list", "results", "plan", "remarks", "documents")
            ],
            reverse("idea_detail", args=[reference]),
            reverse("version_detail", args=[edition, number]),
        ]
    faults = {page: turned(client.get(page).content.decode()) for page in pages}
    assert not {page: found for page, found in faults.items() if found}
