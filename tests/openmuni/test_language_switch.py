"""Every public page leads to itself in the other language, with what it was asked for."""

import re

import pytest

from .addresses import addresses
from .who_may import small_site

QUERY = "?q=a%26b&axis=2"
# A link, or on a form the button that takes along what was typed.
SWITCH = re.compile(
    r'<(?:a|button)\b[^>]* (?:href|formaction)="([^"]*)"[^>]* (?:hreflang|lang)="fr"'
)


@pytest.mark.django_db
def test_the_switch_keeps_the_page_and_what_it_was_asked_for(client):
    faults, pages = [], 0
    for address in addresses(filled=small_site()):
        if "/admin/" in address.path or not address.path.startswith("/ar/"):
            continue
        answer = client.get(address.path + QUERY)
        page = answer.getvalue().decode(errors="replace")  # all of it, or a file stays open
        if answer.status_code != 200 or "html" not in answer["Content-Type"]:
            continue
        pages += 1
        there = (address.path + QUERY).replace("/ar/", "/fr/", 1).replace("&", "&amp;")
        if there not in SWITCH.findall(page):
            faults.append(address.name)
        elif (
            '<html lang="fr" dir="ltr">'
            not in client.get(address.path.replace("/ar/", "/fr/", 1)).content.decode()
        ):
            faults.append(f"{address.name} in French")
    assert not faults
    assert pages > 15
