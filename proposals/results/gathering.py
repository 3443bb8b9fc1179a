"""The Source of what is counted now: a fixed number of queries, whatever the number of ideas."""

from django.db.models import Count, OuterRef, Subquery

from consultations.models import ActionPlan, Remark
from openmuni import clock
from openmuni.tags import official, period
from proposals.models import Decision, Proposal, ReportedTally

from .counting import Figures, figures_of
from .source import Idea, Meeting, Source
from .tables import DecisionTable, by_channel, reported_decisions, reported_name


def edition_figures(plan: ActionPlan, now) -> Figures:
    """The figures of `plan` at the instant `now`. Seven queries."""
    return figures_of(edition_source(plan, now))


def decision_table(plan: ActionPlan) -> DecisionTable:
    """What became of the ideas: the live counts, else the reported ones. Never the two added up."""
    live = live_table(plan)
    return live if live.total else reported_table(plan)


def live_table(plan: ActionPlan) -> DecisionTable:
    """The published proposals of `plan` by status and channel."""
    return by_channel(Proposal.objects.filter(plan=plan).public().tally())


def reported_table(plan: ActionPlan) -> DecisionTable:
    """The figures published for the steps of `plan` whose cards were never typed in."""
    return reported_decisions(_named(_tallies(plan)))


def edition_source(plan: ActionPlan, now) -> Source:
    """What is known of `plan` at the instant `now`, for its figures."""
    steps = list(plan.steps.all())
    tallies = _tallies(plan)
    titles = {step.pk: official(step, "title") for step in steps}
    return Source(
        ideas=_ideas(plan),
        axes={axis.pk: official(axis, "name") for axis in plan.axes.all()},
        stations=titles,
        projects={each.pk: official(each, "title") for each in plan.projects.all()},
        windows={
            step.pk: (
                step.held_from or step.starts_on,
                step.held_until or step.held_from or step.ends_on,
            )
            for step in steps
            if step.accepts_ideas
        },
        reported=_named(tallies),
        reported_by=_sources(tallies),
        moderated=_moderated(plan),
        turnouts=[_meeting(step) for step in steps if step.participants is not None],
        remarks=_remarks(plan),
        answer_days=plan.answer_days,
        counted_on=clock.local(now).date(),
    )


def _ideas(plan) -> list[Idea]:
    first = Decision.objects.filter(proposal=OuterRef("pk")).order_by("pk").values("at")[:1]
    rows = (
        Proposal.objects.filter(plan=plan)
        .public()
        .order_by()
        .values_list(
            "submission__channel",
            "status",
            "kind",
            "axis",
            "submission__step",
            "project",
            "submission__received_at",
            Subquery(first),
        )
    )
    # The day of an instant is worked out here, with the zone rules we carry: a database has its own.
    return [
        Idea(*fields, clock.local(received).date(), decided and clock.local(decided).date())
        for *fields, received, decided in rows
    ]


def _tallies(plan) -> dict:
    """The reported counts {status: number} of each station that has any."""
    columns = {}
    tallies = ReportedTally.objects.filter(step__plan=plan)
    for tally in tallies.select_related("step").order_by("step__order"):
        columns.setdefault(tally.step, {})[tally.status] = tally.count
    return columns


def _named(tallies) -> list:
    return [(_name(step), counts) for step, counts in tallies.items()]


def _name(step):
    return reported_name(official(step, "title"), official(step, "tally_label"))


def _sources(tallies) -> dict:
    sources = {_name(step): str(official(step, "figures_source")) for step in tallies}
    return {name: source for name, source in sources.items() if source}


def _moderated(plan) -> dict:
    ideas = Proposal.objects.filter(plan=plan).order_by()
    kinds = ideas.values_list("submission__moderation", "submission__withheld_category")
    return {(state, category): number for state, category, number in kinds.annotate(Count("pk"))}


def _meeting(step) -> Meeting:
    return Meeting(
        title=official(step, "title"),
        days=period(step),
        participants=step.participants,
        women=step.women,
        associations=step.associations_count,
        source=official(step, "figures_source"),
    )


def _remarks(plan) -> dict:
    remarks = Remark.objects.public().filter(card__project__plan=plan).order_by()
    rows = remarks.values_list("card__project", "outcome").annotate(Count("pk"))
    return {(project, outcome): number for project, outcome, number in rows}
