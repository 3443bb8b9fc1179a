"""The plan as the public reads it: the newest version like an article, and every frozen one."""

from collections import Counter
from functools import wraps

from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from committee.documents import (
    compare_versions,
    document_context,
    holds_any,
    with_objections,
    withheld_references,
)
from consultations.acts import Act
from consultations.downloads import pdf_download
from consultations.editions import edition_or_404
from consultations.models import (
    PlanPdf,
    PlanVersion,
    Remark,
    Step,
)
from openmuni import clock
from openmuni.canonical import canonical


@require_safe
def plan(request, edition):
    """The newest public version; where there is none yet, what comes first."""
    plan = edition_or_404(edition)
    version = plan.versions.public().first()
    if version is None:
        return render(request, "committee/plan_empty.html", {"plan": plan})
    return render(request, "committee/plan.html", _article(version))


@require_safe
def version_detail(request, edition, number):
    """A frozen version as it was before the public."""
    version = _public_or_404(edition, number)
    return render(request, "committee/version_detail.html", _article(version))


def _article(version) -> dict:
    """A version with what there is around it today: other versions, its errata, the way to take part."""
    plan = version.plan
    numbers = list(plan.versions.public().values_list("number", flat=True))
    article = document_context(version, get_language())
    _set_beside_today(article["projects"], plan)
    withheld = withheld_references(plan)
    return {
        "plan": plan,
        "version": version,
        "article": article,
        "newest": numbers[0],
        "previous": next((number for number in numbers if number < version.number), None),
        "errata": version.errata.all() if version.is_adopted else [],
        "documents": version.pdfs.order_by("language").defer("content"),
        "logged": plan.log.filter(act=Act.FREEZE, object_id=version.pk).first(),
        "takes_remarks": Step.objects.accepting_remarks(clock.now()).filter(plan=plan).exists(),
        # Withheld since it was frozen: the page does not show it again.
        "withheld": withheld,
        "holds_withheld": holds_any(version, withheld),
    }


def _set_beside_today(projects, plan):
    """Mark the frozen projects that are still there, and count the remarks they and their headings have by now."""
    remarks = Remark.objects.public().filter(card__project__plan=plan).order_by()
    found = remarks.values_list("card__project", "heading__key").annotate(Count("pk"))
    counts = Counter({(project, key): number for project, key, number in found})
    totals = Counter()
    for project, _key, number in found:
        totals[project] += number
    standing = set(plan.projects.values_list("pk", flat=True))
    for project in projects:
        project["stands"] = project["id"] in standing
        project["remark_count"] = totals[project["id"]]
        for heading in project["headings"]:
            heading["remark_count"] = counts[project["id"], heading["key"]]


@require_safe
def version_list(request, edition):
    """Every public version, the newest first."""
    plan = edition_or_404(edition)
    versions = with_objections(plan.versions.public().defer("data")).prefetch_related("errata")
    versions = list(versions)
    pdfs = PlanPdf.objects.filter(version__in=versions).order_by("language")
    languages = {}
    for pdf in pdfs.only("version_id", "language"):
        languages.setdefault(pdf.version_id, []).append(pdf.language)
    rows = [
        {
            "version": version,
            "languages": languages.get(version.pk, []),
            "previous": versions[place].number if place < len(versions) else None,
        }
        for place, version in enumerate(versions, 1)
    ]
    return render(request, "committee/version_list.html", {"plan": plan, "rows": rows})


@require_safe
def version_compare(request, edition, before, after):
    """What changed between two public versions, whichever is named first."""
    if before == after:
        raise Http404
    plan = edition_or_404(edition)
    # Not `in`, which would hand a number beyond the database's own to it.
    either = Q(number=before) | Q(number=after)
    found = {each.number: each for each in plan.versions.public().filter(either)}
    if len(found) != 2:
        raise Http404
    old, new = found[min(found)], found[max(found)]
    numbers = plan.versions.public().values_list("number", flat=True)
    context = {
        "plan": plan,
        "before": old,
        "after": new,
        "numbers": [number for number in numbers if number not in found],
        "compared": compare_versions(old.data, new.data, get_language()),
    }
    return render(request, "committee/version_compare.html", context)


def _frozen_file(fingerprint):
    """A file of a public version, known by `fingerprint` and asked for again each time.

    While the version holds a text that was withheld since, the public gets 410 and who may read
    versions gets the file.
    """

    def decorate(view):
        given = condition(etag_func=fingerprint)(view)

        @require_safe
        @cache_control(no_cache=True)
        @wraps(view)
        def guarded(request, edition, number, **rest):
            version = _holding_withheld(edition, number)
            if version is None:
                return given(request, edition, number, **rest)
            if not request.user.has_perm("consultations.view_planversion"):
                context = {"plan": version.plan, "version": version}
                return render(request, "committee/version_withheld.html", context, status=410)
            response = given(request, edition, number, **rest)
            patch_cache_control(response, private=True)
            return response

        return guarded

    return decorate


def _holding_withheld(edition, number) -> PlanVersion | None:
    """The public version of that number if it holds a text that is withheld now."""
    plan = edition_or_404(edition)
    withheld = withheld_references(plan)
    version = plan.versions.public().filter(number=number).first() if withheld else None
    return version if version and holds_any(version, withheld) else None


def _fingerprint_of_pdf(request, edition, number, language):
    digest = _pdfs(edition, number, language).values_list("sha256", flat=True).first()
    return digest and f'"{digest}"'


@_frozen_file(_fingerprint_of_pdf)
def version_pdf(request, edition, number, language):
    """The very bytes of the document that was made with the version."""
    return pdf_download(get_object_or_404(_pdfs(edition, number, language)))


def _fingerprint_of_data(request, edition, number):
    digest = _versions(edition, number).values_list("data_sha256", flat=True).first()
    return digest and f'"{digest}"'


@_frozen_file(_fingerprint_of_data)
def version_data(request, edition, number):
    """The frozen data as JSON; the SHA-256 of these bytes is the fingerprint of the version."""
    version = _public_or_404(edition, number)
    response = HttpResponse(canonical(version.data), content_type="application/json")
    name = f"{version.plan.slug}-v{version.number}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _versions(edition, number):
    return PlanVersion.objects.public().filter(plan=edition_or_404(edition), number=number)


def _public_or_404(edition, number) -> PlanVersion:
    return get_object_or_404(_versions(edition, number).select_related("plan"))


def _pdfs(edition, number, language):
    pdfs = PlanPdf.objects.filter(version__in=_versions(edition, number), language=language)
    return pdfs.select_related("version__plan").defer("version__data")
