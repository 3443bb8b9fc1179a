"""What a version of the plan holds: plain data that no later change of a word or a colour touches.

Official texts are pairs {"ar", "fr"}; a text that a person typed carries its language; statuses,
channels and colleges are codes. No personal data of citizens. All of it is as kept; only who sits
on the committee is a matter of the day on which it is gathered.
"""

import hashlib
import json

from django.conf import settings

from consultations.models import ActionPlan, Commune, RemarkHeading, Statement
from openmuni import clock
from proposals.models import Proposal, ReportedTally

# Raised when the structure changes, so that a frozen version says how it is to be read.
FORMAT = 1
_LANGUAGES = [code for code, _name in settings.LANGUAGES]


def plan_data(plan: ActionPlan) -> dict:
    """All that the document of `plan` says, as JSON would hold it. A fixed number of queries."""
    commune = Commune.objects.get()
    axes = list(plan.axes.all())
    keys = {axis.pk: axis.key for axis in axes}
    return {
        "format": FORMAT,
        "commune": {
            field: _pair(commune, field) for field in ("name", "header_lines", "support_programme")
        },
        "title": _pair(plan, "title"),
        "years": [plan.start_year, plan.end_year],
        "is_rehearsal": plan.is_rehearsal,
        "appointment": {
            "act": _pair(plan, "appointment_act"),
            "date": _day(plan.appointment_date),
        },
        "statements": _statements(plan),
        "steps": _steps(plan),
        "axes": [{"key": axis.key, "name": _pair(axis, "name")} for axis in axes],
        "projects": [_project(project, keys) for project in plan.projects.all()],
        "members": [_member(member) for member in plan.members.sitting(clock.today())],
        "ideas": [_idea(idea) for idea in _published(plan)],
    }


def fingerprint(data: dict) -> str:
    """SHA-256 of `data`, in hexadecimal: the same for the same data, whatever the order of its keys."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _pair(thing, field) -> dict:
    return {code: getattr(thing, f"{field}_{code}") or "" for code in _LANGUAGES}


def _typed(text, language) -> dict:
    return {"text": text, "language": language}


def _day(date) -> str | None:
    return date.isoformat() if date else None


def _local_day(instant) -> str:
    return _day(clock.local(instant).date())


def _statements(plan) -> dict:
    kinds = {kind: [] for kind in Statement.Kind.values}
    for statement in plan.statements.all():
        kinds[statement.kind].append(
            {"text": _pair(statement, "text"), "detail": _pair(statement, "detail")}
        )
    return kinds


def _steps(plan) -> list[dict]:
    reported = {}
    for tally in ReportedTally.objects.filter(step__plan=plan):
        reported.setdefault(tally.step_id, {})[tally.status] = tally.count
    return [
        {
            "kind": step.kind,
            "title": _pair(step, "title"),
            "place": _pair(step, "place"),
            "starts_on": _day(step.starts_on),
            "ends_on": _day(step.ends_on),
            "precision": step.precision,
            "participants": step.participants,
            "women": step.women,
            "associations_count": step.associations_count,
            "figures_source": _pair(step, "figures_source"),
            "tally_label": _pair(step, "tally_label"),
            "reported": reported.get(step.pk, {}),
        }
        for step in plan.steps.all()
    ]


def _project(project, axis_keys) -> dict:
    return {
        "number": project.number,
        "title": _pair(project, "title"),
        "axis": axis_keys.get(project.axis_id),
        "headings": {key.value: _pair(project, key) for key in RemarkHeading.Key.of_card()},
    }


def _member(member) -> dict:
    texts = {field: _pair(member, field) for field in ("name", "role_title", "function")}
    return {"college": member.college, "role": member.role, **texts}


def _published(plan):
    """The ideas the public may read, in the order they came."""
    return (
        Proposal.objects.filter(plan=plan)
        .public()
        .order_by("submission__received_at", "submission_id")
        .prefetch_related("decisions")
    )


def _idea(idea) -> dict:
    """An idea without its author: a frozen version could not forget a name."""
    language = idea.submission.language
    return {
        "reference": idea.reference,
        "received_on": _local_day(idea.submission.received_at),
        "channel": idea.submission.channel,
        "axis": idea.axis.key if idea.axis else None,
        "title": _typed(idea.title, language),
        "body": _typed(idea.body, language),
        "status": idea.status,
        "project": idea.project.number if idea.project else None,
        "decision": _decision(idea, language),
    }


def _decision(idea, language) -> dict | None:
    """The newest decision on `idea`, which says why its status is what it is."""
    decision = max(idea.decisions.all(), key=lambda each: each.pk, default=None)
    if decision is None:
        return None
    return {
        "on": _local_day(decision.at),
        "reason": _typed(decision.reason, language),
        "kept_part": _typed(decision.kept_part, language),
    }
