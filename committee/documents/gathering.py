"""What a version of the plan holds: plain data that no later change of a word or a colour touches.

Official texts are pairs {"ar", "fr"}; a text that a person typed carries its language; statuses,
channels and colleges are codes. No personal data of citizens. All of it is as kept; only who sits
on the committee is a matter of the day on which it is gathered.
"""

from consultations.models import ActionPlan, Commune, Statement
from openmuni import clock
from proposals.models import Proposal, ReportedTally

from .plain import day, local_day, pair, typed
from .project_data import projects_data
from .remark_data import earlier_headings, remarks_data

# Raised when the structure changes; `reading.py` reads the versions frozen before.
FORMAT = 3


def plan_data(plan: ActionPlan) -> dict:
    """All that the document of `plan` says, as JSON would hold it. A fixed number of queries."""
    commune = Commune.objects.get()
    axes = list(plan.axes.all())
    projects = projects_data(plan, {axis.pk: axis.key for axis in axes})
    remarks = remarks_data(plan)
    steps = list(plan.steps.all())
    places = {step.pk: place for place, step in enumerate(steps)}
    return {
        "format": FORMAT,
        "commune": {
            field: pair(commune, field) for field in ("name", "header_lines", "support_programme")
        },
        "title": pair(plan, "title"),
        "years": [plan.start_year, plan.end_year],
        "is_rehearsal": plan.is_rehearsal,
        "appointment": {
            "act": pair(plan, "appointment_act"),
            "date": day(plan.appointment_date),
        },
        "statements": _statements(plan),
        "answer_days": plan.answer_days,
        "steps": _steps(plan, steps),
        "axes": [{"key": axis.key, "name": pair(axis, "name")} for axis in axes],
        "projects": projects,
        "remarks": remarks,
        "earlier": earlier_headings(plan, remarks, projects),
        "members": [_member(member) for member in plan.members.seats(clock.today())],
        "ideas": [_idea(idea, places) for idea in _published(plan)],
    }


def _statements(plan) -> dict:
    kinds = {kind: [] for kind in Statement.Kind.values}
    for statement in plan.statements.all():
        kinds[statement.kind].append(
            {"text": pair(statement, "text"), "detail": pair(statement, "detail")}
        )
    return kinds


def _steps(plan, steps) -> list[dict]:
    reported = {}
    for tally in ReportedTally.objects.filter(step__plan=plan):
        reported.setdefault(tally.step_id, {})[tally.status] = tally.count
    return [
        {
            "kind": step.kind,
            "title": pair(step, "title"),
            "place": pair(step, "place"),
            "starts_on": day(step.starts_on),
            "ends_on": day(step.ends_on),
            "held_from": day(step.held_from),
            "held_until": day(step.held_until),
            "precision": step.precision,
            "accepts": step.accepts,
            "participants": step.participants,
            "women": step.women,
            "associations_count": step.associations_count,
            "figures_source": pair(step, "figures_source"),
            "tally_label": pair(step, "tally_label"),
            "reported": reported.get(step.pk, {}),
        }
        for step in steps
    ]


def _member(member) -> dict:
    texts = {field: pair(member, field) for field in ("name", "role_title", "function")}
    # Said of alternates alone: what was frozen before there were any reads the same.
    alternate = {"is_alternate": True} if member.is_alternate else {}
    return {"college": member.college, "role": member.role, **alternate, **texts}


def _published(plan):
    """The ideas the public may read, in the order they came."""
    return (
        Proposal.objects.filter(plan=plan)
        .public()
        .order_by("submission__received_at", "submission_id")
        .prefetch_related("decisions", "parts__heading")
    )


def _idea(idea, places) -> dict:
    """An idea without its author: a frozen version could not forget a name."""
    language = idea.submission.language
    return {
        "reference": idea.reference,
        "received_on": local_day(idea.submission.received_at),
        "channel": idea.submission.channel,
        # Its place among the steps.
        "station": places[idea.submission.step_id],
        "axis": idea.axis.key if idea.axis else None,
        "title": typed(idea.title, language),
        "kind": idea.kind,
        "body": typed(idea.whole_text, language),
        "status": idea.status,
        "project": idea.project.number if idea.project else None,
        "decision": _decision(idea, language),
        "first_decided_on": _first_decided_on(idea),
    }


def _first_decided_on(idea) -> str | None:
    first = min(idea.decisions.all(), key=lambda each: each.pk, default=None)
    return local_day(first.at) if first else None


def _decision(idea, language) -> dict | None:
    """The newest decision on `idea`, which says why its status is what it is."""
    decision = max(idea.decisions.all(), key=lambda each: each.pk, default=None)
    if decision is None:
        return None
    return {
        "on": local_day(decision.at),
        "reason": typed(decision.reason, language),
        "kept_part": typed(decision.kept_part, language),
    }
