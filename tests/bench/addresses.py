"""The addresses of the public pages, as a visitor would open them."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import override

from proposals.models import Proposal

LANGUAGES = ("ar", "fr")
_OF_AN_EDITION = {
    "home": "edition_home",
    "list": "idea_list",
    "form": "idea_new",
    "results": "results",
    "projects": "project_list",
    "plan": "plan",
    "versions": "version_list",
    "remarks": "remarks",
    "council": "council",
    "timeline": "timeline",
    "committee": "committee",
    "documents": "documents",
    "about": "about",
}


def public_pages(plan, language: str) -> dict[str, str]:
    """{name: address} of a page of every kind, in `language`, for the edition `plan`."""
    ideas = Proposal.objects.public().filter(plan=plan)
    merged = ideas.filter(status="merged").first()
    longest = max(ideas.order_by("pk")[:39], key=lambda idea: len(idea.body))
    with override(language):
        pages = {name: reverse(view, args=[plan.slug]) for name, view in _OF_AN_EDITION.items()}
        return pages | {
            "front page": reverse("home"),
            "idea": reverse("idea_detail", args=[merged.reference]),
            "longest idea": reverse("idea_detail", args=[longest.reference]),
            "project": reverse("project_detail", args=[merged.project_id]),
            "track": reverse("track"),
            "privacy": reverse("privacy"),
            "accessibility": reverse("accessibility"),
            "legal": reverse("legal"),
        }


def searches(plan, language: str) -> dict[str, str]:
    """{name: address} of the list of ideas searched for what is common, rare, double, absent, exact."""
    some = Proposal.objects.public().filter(plan=plan).order_by("pk").first()
    asked = {
        "search for a common word": "الحي",
        "search for a rare word": "سبورة",
        "search for two words": "الحي الماء",
        "search for a word in none": "زرافات",
        "search for a reference": some.reference,
    }
    return _asked(plan, language, {name: {"q": text} for name, text in asked.items()})


def list_pages(plan, language: str) -> dict[str, str]:
    """{name: address} of the list of ideas searched, filtered, ordered and turned to its last page."""
    axis = plan.axes.first()
    narrowed = {
        "list by status": {"status": "rejected"},
        "list by all filters": {"status": "accepted", "axis": axis.pk, "channel": "digital"},
        "list by neighbourhood": {"neighbourhood": "حي النور"},
        "list from the oldest": {"sort": "oldest"},
        "list, the last page": {"page": 1_000_000},
        "list in the order of decisions": {"sort": "decided"},
    }
    return searches(plan, language) | _asked(plan, language, narrowed)


def _asked(plan, language, queries) -> dict[str, str]:
    with override(language):
        address = reverse("idea_list", args=[plan.slug])
    return {name: f"{address}?{urlencode(query)}" for name, query in queries.items()}
