"""The published remarks of an edition and the committee's answers, as plain data."""

from django.db.models import F

from consultations.models import ActionPlan, Remark

from .plain import local_day, pair, typed


def remarks_data(plan: ActionPlan) -> list[dict]:
    """The remarks by project, heading and day, without their authors: a frozen version forgets no name."""
    remarks = (
        Remark.objects.public()
        .filter(card__project__plan=plan)
        .select_related("card__submission", "heading")
        .annotate(project_number=F("card__project__number"), version=F("card__version__number"))
        .order_by("project_number", "heading__order", "card__submission__received_at", "pk")
    )
    return [_remark(remark) for remark in remarks]


def _remark(remark) -> dict:
    submission = remark.card.submission
    return {
        "reference": submission.reference,
        "received_on": local_day(submission.received_at),
        "project": remark.project_number,
        "heading": {"key": remark.heading.key, "name": pair(remark.heading, "name")},
        "text": typed(remark.text, submission.language),
        "outcome": remark.outcome,
        "answer": typed(remark.answer, submission.language),
        # The number of the version that the card speaks of.
        "version": remark.version,
    }


def earlier_headings(plan: ActionPlan, remarks: list[dict], projects: list[dict]) -> dict:
    """The cards of the projects as the remarks found them: {version: {project: headings}}, both numbers.

    The project has its present number, whatever it had then. With it a version says alone what a
    text became.
    """
    cited = {(remark["version"], remark["project"]) for remark in remarks if remark["version"]}
    versions = plan.versions.filter(number__in={number for number, _project in cited})
    numbers = {project["id"]: project["number"] for project in projects}
    found = {}
    for number, data in versions.values_list("number", "data"):
        for project in data["projects"]:
            now = numbers.get(project.get("id"))
            if (number, now) in cited:
                found.setdefault(str(number), {})[str(now)] = project["headings"]
    return found
