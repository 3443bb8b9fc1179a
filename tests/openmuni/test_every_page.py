"""Every public page in a real browser: accessible, no wider than a small phone, nothing untranslated."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

from consultations.models import ActionPlan, Project
from proposals.models import Proposal

pytestmark = pytest.mark.django_db(transaction=True)

SMALLEST_PHONE = 320
# Written in Latin letters in Arabic too: the acronym of the data protection commission, kinds of files,
# the function that makes a fingerprint.
LATIN_IN_ARABIC = {"CNDP", "PDF", "CSV", "JSON", "SHA"}


@pytest.fixture
def addresses():
    """The addresses of every kind of public page, in both languages, on the deck's edition and a rehearsal."""
    call_command("loaddata", "fixtures/larache.json", verbosity=0)
    call_command("rehearse", documents=False, verbosity=0)
    pages = [
        "edition_home",
        "idea_list",
        "idea_new",
        "results",
        "timeline",
        "project_list",
        "plan",
        "version_list",
        "new_project",
        "remarks",
        "committee",
        "council",
        "documents",
        "log",
        "about",
    ]
    ideas = Proposal.objects.public().select_related("submission")
    shown = [ideas.filter(status=status).first() for status in ("merged", "in_progress")]
    longest = max(ideas, key=lambda idea: len(idea.body))
    found = []
    for language in ("ar", "fr"):
        with translation.override(language):
            found += [
                reverse(page, args=[plan.slug])
                for plan in ActionPlan.objects.all()
                for page in pages
            ]
            found += [reverse("idea_detail", args=[idea.reference]) for idea in [*shown, longest]]
            found += [
                reverse(page, args=[project.pk])
                for project in Project.objects.filter(number=4)
                for page in ("project_detail", "remark_card_new")
            ]
            found += [
                reverse(page) for page in ("home", "track", "privacy", "accessibility", "legal")
            ]
            found += [reverse("home") + "nowhere/"]
    return found


def test_every_page_is_accessible_and_fits_a_small_phone(page_for, addresses):
    page, axe, faults = page_for(width=SMALLEST_PHONE), Axe(), []
    for address in addresses:
        page.goto(address)
        faults += [
            f"{address}: {fault['id']} {fault['nodes'][0]['html']}"
            for fault in axe.run(page).response["violations"]
        ]
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > SMALLEST_PHONE:
            faults.append(f"{address}: {width} px wide")
    assert not faults


def test_no_page_shows_a_word_of_another_language_unmarked(page_for, addresses):
    """An Arabic page shows no Latin words but in citizens' texts, codes, links to French and marked names."""
    page, strangers = page_for(width=1280), {}
    for address in addresses:
        if not address.startswith("/ar/"):
            continue
        page.goto(address)
        words = page.evaluate(
            """() => {
                const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
                const found = []
                while (walker.nextNode()) {
                    const host = walker.currentNode.parentElement
                    if (host.closest("script, style, bdi, [lang=fr], [lang=und]")) continue
                    if (host.closest(".user-text, [dir=auto], [dir=ltr]")) continue
                    const latin = walker.currentNode.textContent.match(/[A-Za-z]{3,}/g)
                    if (latin) found.push(...latin)
                }
                return found
            }"""
        )
        if unknown := set(words) - LATIN_IN_ARABIC:
            strangers[address] = unknown
    assert not strangers
