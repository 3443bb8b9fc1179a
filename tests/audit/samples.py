"""Samples of every public address. An address of the resolver that is named nowhere here fails the audit."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import override

from consultations.models import Moderation, ModerationAct
from proposals.models import Proposal
from tests.openmuni.addresses import addresses

from .failing import FAILURES
from .visit import Scene

# Answered with a file, or led elsewhere: the links to them are followed, there is nothing to look at.
FILES = {
    "",
    "idea_card_pdf",
    "idea_file",
    "log_file",
    "new_project_card_pdf",
    "remarks_card_pdf",
    "remarks_file",
    "results_file",
    "step_document",
    "step_photograph",
    "step_photograph_small",
    "version_data",
    "version_pdf",
    "work_file",
    "favicon",
    "robots",
    "humans",
    "security",
    "sitemap",
    "sitemap_section",
    "timeline_calendar",
    "site_manifest",
}
STAFF_ONLY = {"plan_pdf", "plan_preview", "sign_in_sheet"}
# The page of an edition itself, for each edition.
OF_AN_EDITION = (
    "edition_home",
    "about",
    "timeline",
    "committee",
    "council",
    "idea_list",
    "results",
    "project_list",
    "plan",
    "version_list",
    "remarks",
    "log",
    "documents",
)
OF_THE_SITE = ("home", "privacy", "accessibility", "legal")
# With more to them than one sample an edition: see below.
OF_A_KIND = (
    "idea_detail",
    "idea_new",
    "new_project",
    "project_detail",
    "remark_card_new",
    "track",
    "version_compare",
    "version_detail",
)
NAMED = {*FILES, *STAFF_ONLY, *OF_AN_EDITION, *OF_THE_SITE, *OF_A_KIND}


def public_views() -> set[str]:
    """The names of all addresses outside the staff's site."""
    return {each.name for each in addresses() if not each.path.startswith("/ar/admin/")}


def unsampled(scenes: list[Scene]) -> set[str]:
    """The public addresses of which the audit would see nothing."""
    return public_views() - {scene.view for scene in scenes} - FILES - STAFF_ONLY


def scenes(editions) -> list[Scene]:
    """Every page that is looked at, in Arabic."""
    with override("ar"):
        return [
            *_of_the_site(),
            *_of_editions(editions),
            *_lists(editions["open"]),
            *_ideas(editions),
            *_projects(editions),
            *_versions(editions["closed"]),
            *_forms(editions),
            *_errors(),
        ]


def _scene(name, view, *arguments, query=None, **more):
    address = reverse(view, args=arguments)
    if query:
        address += f"?{urlencode(query)}"
    return Scene(name, view, address, **more)


def _of_the_site():
    there = public_views()
    yield from (_scene(view, view) for view in OF_THE_SITE if view in there)


def _of_editions(editions):
    there = public_views()
    for kind, plan in editions.items():
        for view in OF_AN_EDITION:
            if view in there:
                yield _scene(f"{view} ({kind})", view, plan.slug)


def _lists(plan):
    queries = {
        "second page": {"page": 2},
        "last page": {"page": 1_000},
        "no hits": {"q": "زرافات"},
        "hits": {"q": "الحي"},
        "all filters": {"status": "accepted", "axis": plan.axes.first().pk, "channel": "digital"},
    }
    for name, query in queries.items():
        yield _scene(f"idea_list, {name}", "idea_list", plan.slug, query=query)


def _ideas(editions):
    for kind in ("open", "rehearsal", "closed"):
        ideas = Proposal.objects.public().filter(plan=editions[kind]).select_related("submission")
        for status in ("merged", "rejected", "accepted", "in_progress"):
            if found := ideas.filter(status=status).first():
                yield _scene(f"idea, {status} ({kind})", "idea_detail", found.reference)
    longest = max(ideas, key=lambda idea: len(idea.body))
    yield _scene("idea, longest", "idea_detail", longest.reference)
    # Only what was public before is said to be withheld.
    published = ModerationAct.objects.filter(act=ModerationAct.Act.PUBLISH)
    withheld = Proposal.objects.filter(
        plan=editions["open"],
        submission__moderation=Moderation.WITHHELD,
        submission__moderation_acts__in=published,
    ).first()
    yield _scene("idea, withheld", "idea_detail", withheld.reference, status=410)


def _projects(editions):
    for kind, plan in editions.items():
        projects = list(plan.projects.order_by("number"))
        for project in {projects[0], projects[-1]}:
            name = f"project {project.number} ({kind})"
            yield _scene(name, "project_detail", project.pk)


def _versions(plan):
    numbers = sorted(plan.versions.public().values_list("number", flat=True))
    for number in numbers:
        yield _scene(f"version {number}", "version_detail", plan.slug, number)
    yield _scene("versions compared", "version_compare", plan.slug, numbers[0], numbers[-1])


def _forms(editions):
    forms = {
        "idea_new": lambda plan: plan.slug,
        "new_project": lambda plan: plan.slug,
        "remark_card_new": lambda plan: plan.projects.order_by("number").first().pk,
    }
    for view, argument in forms.items():
        open_one = argument(editions["open"])
        yield _scene(view, view, open_one, cookie=True)
        for act in ("send_empty", "go_on", "author_missing", "check", "send"):
            yield _scene(f"{view}, {act}", view, open_one, act=act, cookie=True)
        for kind in ("deck", "closed"):
            yield _scene(f"{view} ({kind})", view, argument(editions[kind]), cookie=True)
    open_one = editions["open"].slug
    yield _scene("idea_new, alike", "idea_new", open_one, act="alike", cookie=True)
    yield _scene("track", "track", cookie=True)
    for act in ("send_empty", "track"):
        yield _scene(f"track, {act}", "track", act=act, cookie=True)


def _errors():
    for status in FAILURES:
        yield Scene(f"error {status}", "", f"/ar/fails/{status}/", status=status)
    yield Scene("nowhere", "", "/ar/nowhere/", status=404)
