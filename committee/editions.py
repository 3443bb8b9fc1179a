"""A new edition made from another: its sheets are copied, what happened in it is not."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from consultations.actors import Actor
from consultations.acts import Act
from consultations.models import (
    ActionPlan,
    ActLog,
    PriorityAxis,
    Project,
    RemarkHeading,
    Statement,
)
from openmuni import clock
from proposals.models import ReasonText

from .models import CommitteeMember


class Carried(models.TextChoices):
    """What a new edition may take over; stations are not among it, for their dates would be invented."""

    STATEMENTS = "statements", _("objectives, principles and the other framing texts")
    AXES = "axes", _("priority axes")
    HEADINGS = "headings", _("headings of the remarks card")
    PROJECTS = "projects", _("openness projects, each marked as carried over")
    SEATS = "seats", _("committee members who sit today")
    REASONS = "reasons", _("reusable reasons")


# Rules of an edition that the next one begins with.
_RULES = (
    "is_rehearsal",
    "notice_days",
    "grace_minutes",
    "acknowledge_days",
    "answer_days",
    "four_eyes",
)


@transaction.atomic
def start_from(model: ActionPlan, carried, *, by: Actor, **fields) -> ActionPlan:
    """Make the edition of `fields` (slug, years, titles) from `model`, as yet unseen by the public.

    `carried` holds values of Carried. The same fields again give back the edition they made.
    """
    # Held, so that a form that is sent twice at once makes one edition.
    model = ActionPlan.objects.select_for_update().get(pk=model.pk)
    if made := ActionPlan.objects.filter(started_from=model, **fields).first():
        return made
    rules = {name: getattr(model, name) for name in _RULES}
    state = ActionPlan.State.PREPARING
    plan = ActionPlan.objects.create(started_from=model, state=state, **rules, **fields)
    rows = {
        Carried.STATEMENTS: Statement.objects.filter(plan=model),
        Carried.AXES: PriorityAxis.objects.filter(plan=model),
        Carried.HEADINGS: RemarkHeading.objects.filter(plan=model),
        Carried.SEATS: CommitteeMember.objects.sitting(clock.today()).filter(plan=model),
        Carried.REASONS: ReasonText.objects.filter(plan=model),
    }
    copies = {what: copy(rows[what] if what in carried else [], plan=plan) for what in rows}
    CommitteeMember.objects.filter(plan=plan).update(since=None, until=None)
    if Carried.PROJECTS in carried:
        _carry_projects(model, plan, copies[Carried.STATEMENTS], copies[Carried.AXES])
    after = {"from": model.slug, "carried": sorted(map(str, carried))}
    ActLog.objects.append(plan, Act.START_EDITION, plan, by=by, after=after)
    return plan


def copy(rows, **changes) -> dict:
    """Save each of `rows` anew with `changes`; the copies by the keys of their originals."""
    copies = {}
    for row in rows:
        original, row.pk = row.pk, None
        for name, value in changes.items():
            setattr(row, name, value)
        row.save(force_insert=True)
        copies[original] = row
    return copies


def _carry_projects(model, plan, statements, axes):
    """Copy the projects with their lines; an axis or a text that was not copied leaves no trace."""
    for project in Project.objects.filter(plan=model):
        results = [
            statements[one.pk] for one in project.expected_results.all() if one.pk in statements
        ]
        principles = list(project.principles.filter(principle__in=statements))
        lines = [*project.funding_lines.all(), *project.indicators.all(), *project.milestones.all()]
        copy([project], plan=plan, axis=axes.get(project.axis_id), carried_from_id=project.pk)
        # From here on `project` is the copy.
        project.expected_results.set(results)
        for line in principles:
            copy([line], project=project, principle=statements[line.principle_id])
        copy(lines, project=project)
