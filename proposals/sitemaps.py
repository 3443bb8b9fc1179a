"""The pages of the site for machines that look for them: real editions that the public may see."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from consultations.models import ActionPlan, PlanVersion, Project

from .models import Proposal

_OF_THE_SITE = ("home", "privacy", "accessibility", "legal")
_OF_AN_EDITION = (
    "edition_home",
    "timeline",
    "idea_list",
    "results",
    "project_list",
    "remarks",
    "plan",
    "version_list",
    "committee",
    "council",
    "documents",
    "about",
    "log",
)


def _editions():
    """A rehearsal is no news for a machine."""
    return ActionPlan.objects.public().filter(is_rehearsal=False)


class _BothLanguages(Sitemap):
    """Every item in each language, each naming the other; so many items to a file, of 50,000 at most."""

    i18n = True
    alternates = True
    limit = 10_000


class PageSitemap(_BothLanguages):
    """The pages that the site and each edition have once."""

    def items(self):
        slugs = _editions().values_list("slug", flat=True)
        of_editions = [(name, (slug,)) for slug in slugs for name in _OF_AN_EDITION]
        return [*((name, ()) for name in _OF_THE_SITE), *of_editions]

    def location(self, item):
        name, args = item
        return reverse(name, args=args)


class IdeaSitemap(_BothLanguages):
    """The published ideas."""

    def items(self):
        ideas = Proposal.objects.public().filter(plan__in=_editions()).order_by("pk")
        return ideas.values_list("submission__reference", flat=True)

    def location(self, item):
        return reverse("idea_detail", args=[item])


class ProjectSitemap(_BothLanguages):
    """The openness projects."""

    def items(self):
        return (
            Project.objects.filter(plan__in=_editions()).order_by("pk").values_list("pk", flat=True)
        )

    def location(self, item):
        return reverse("project_detail", args=[item])


class VersionSitemap(_BothLanguages):
    """The versions of the plan that were put before the public."""

    def items(self):
        versions = PlanVersion.objects.public().filter(plan__in=_editions())
        return list(versions.values_list("plan__slug", "number"))

    def location(self, item):
        return reverse("version_detail", args=item)


SITEMAPS = {
    "pages": PageSitemap,
    "ideas": IdeaSitemap,
    "projects": ProjectSitemap,
    "versions": VersionSitemap,
}
