"""The stations and the projects of the rehearsal, with all the lines of their sheets."""

import datetime

from consultations.models import Association, PriorityAxis, Project, RemarkHeading, Statement, Step

from .texts import both, day, hour, moment


def make_axes(plan, texts):
    """The priority axes as {key: PriorityAxis}."""
    return {
        text["key"]: PriorityAxis.objects.create(
            plan=plan, order=order, key=text["key"], **both(text, "name")
        )
        for order, text in enumerate(texts, 1)
    }


# --- Stations -------------------------------------------------------------------------------------


def make_steps(plan, texts):
    """The stations as {key: Step}; one that is moved later stands where it stood first."""
    plain = ("kind", "accepts", "precision", "participants", "women", "associations_count")
    steps = {}
    for order, text in enumerate(texts, 1):
        starts_on, ends_on = _days(text, text["moved"] or text)
        steps[text["key"]] = step = Step.objects.create(
            plan=plan,
            order=order,
            starts_on=starts_on,
            ends_on=ends_on,
            opens_at=hour(text["opens_at"]),
            closes_at=hour(text["closes_at"]),
            announced_on=day(text["offset_announced"]),
            held_from=day(text["offset_held"]),
            **both(text, "title", "in_charge", "place", "figures_source"),
            **{name: text[name] for name in plain},
        )
        for name in text["associations"]:
            association, _created = Association.objects.get_or_create(name=name)
            step.attendance.create(association=association)
    return steps


def move_steps(steps, texts, *, by):
    """Give the stations that were moved the days they have now, with the public reason."""
    for place, text in enumerate(texts):
        if moved := text["moved"]:
            starts_on, ends_on = _days(text, text)
            steps[text["key"]].move(
                by=by,
                at=moment(moved["days_ago"], place),
                starts_on=starts_on,
                ends_on=ends_on,
                **both(moved, "reason"),
            )


def _days(text, offsets):
    """The first and the last day of a station, counted from today; a month-only one has the month's."""
    first, last = day(offsets["offset_start"]), day(offsets["offset_end"])
    if text["precision"] == Step.Precision.MONTH:
        first = first.replace(day=1)
        next_month = (first + datetime.timedelta(days=31)).replace(day=1)
        last = next_month - datetime.timedelta(days=1)
    return first, last


# --- Projects -------------------------------------------------------------------------------------


def make_projects(plan, texts, axes):
    """The projects as {number: Project}, each as it was put to the consultation."""
    framing = Statement.objects.filter(plan=plan)
    objectives = {one.order: one for one in framing.filter(kind=Statement.Kind.OBJECTIVE)}
    principles = {one.key: one for one in framing.filter(kind=Statement.Kind.PRINCIPLE)}
    projects = {}
    for text in texts:
        projects[text["number"]] = project = Project.objects.create(
            plan=plan,
            number=text["number"],
            axis=axes[text["axis"]],
            starts_on=day(text["offset_start"]),
            ends_on=day(text["offset_end"]),
            **both(text, "title", *RemarkHeading.Key.of_card(), "lead", "partners"),
        )
        # A portal without the deck's edition has no objectives and principles to copy.
        project.expected_results.set(
            objectives[order] for order in text["objectives"] if order in objectives
        )
        for line in text["principles"]:
            if principle := principles.get(line["key"]):
                project.principles.create(principle=principle, **both(line, "sentence"))
        _write_lines(project, text)
    return projects


def _write_lines(project, text):
    """The funding, the indicators and the milestones of a project."""
    for line in text["funding_lines"]:
        plain = {name: line[name] for name in ("source", "amount", "certainty")}
        project.funding_lines.create(**plain, **both(line, "name"))
    for line in text["indicators"]:
        plain = {name: line[name] for name in ("kind", "baseline", "target")}
        due_on = day(line["offset_due"])
        project.indicators.create(**plain, **both(line, "name", "unit"), due_on=due_on)
    for line in text["milestones"]:
        days = {"starts_on": day(line["offset_start"]), "ends_on": day(line["offset_end"])}
        project.milestones.create(**days, **both(line, "activity", "owner", "output"))


def revise_projects(projects, texts):
    """Write into the projects what the remarks changed since the draft."""
    for text in texts:
        Project.objects.filter(pk=projects[text["number"]].pk).update(**text["revised"])
