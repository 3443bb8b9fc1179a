"""The way of a decided idea past its decision: to the plan, the bureau, the council and the work itself.

Each stop has its day once it is behind; one that is ahead has the day the timeline expects it on.
"""

import datetime
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.models import Accepts, PlanVersion, Step
from openmuni import clock, dates
from openmuni.tags import period
from proposals.models import Status

from .models import Deliberation
from .whatnext import newest_vote

_Kind, _State = PlanVersion.Kind, Deliberation.State


@dataclass(frozen=True)
class Stop:
    """A stop; `kind` picks its drawing. `day` where it is behind, else `expected` in words or nothing."""

    kind: str
    label: str
    day: datetime.date | None = None
    expected: str = ""
    href: str = ""
    is_now: bool = False
    note: str = ""  # in place of a day, where it has none to wait for

    @property
    def is_ahead(self) -> bool:
        return self.day is None


def rest_of_way(proposal, decisions) -> list[Stop]:
    """The stops of `proposal` after its last decision, the newest of `decisions`.

    None after a refusal, and nothing is ahead in a closed edition. What happened before that
    decision did not carry the idea, and is left out. Four queries at most beside the law's calendar.
    """
    plan, steps = proposal.plan, list(proposal.plan.steps.all())
    if proposal.status == Status.IN_PROGRESS:
        reviews = [step for step in steps if step.kind == Step.Kind.COMMITTEE_REVIEW]
        stops = [_coming("decided", _("The committee decides, with its reasons"), reviews)]
    elif proposal.status == Status.REJECTED:
        stops = []
    elif proposal.project_id is None:
        # The council votes on the plan and its projects: what stands in none is not before it.
        note = _(
            "The council votes on the plan and its projects; the committee may still merge into"
            " one of them what it accepted."
        )
        stops = [Stop("document", _("In no openness project so far"), note=note)]
    else:
        since = clock.local(decisions[-1].at).date()
        stops = [*_to_the_council(plan, steps, since), *_work(proposal)]
    return [stop for stop in stops if not (stop.is_ahead and plan.is_closed)]


def _to_the_council(plan, steps, since):
    versions = list(plan.versions.public().defer("data"))
    drafts = [one for one in versions if one.kind == _Kind.DRAFT and _shown_on(one) >= since]
    windows = [step for step in steps if step.accepts in Accepts.with_remarks()]
    if drafts:
        first = drafts[-1]
        label = _("Draft plan put to the consultation")
        yield Stop("comment", label, _shown_on(first), href=_page(plan, first))
    elif any(step.phase != "done" for step in windows):
        yield _coming("comment", _("Consultation on the draft plan"), windows)
    endorsed = [one for one in versions if one.kind == _Kind.ENDORSED and one.acted_on]
    if endorsed and endorsed[0].acted_on >= since:
        day = endorsed[0].acted_on
        yield Stop("stamp", _("The bureau endorsed the plan"), day, href=_page(plan, endorsed[0]))
    else:
        awaited = [step for step in steps if step.kind == Step.Kind.ENDORSEMENT]
        yield _coming("stamp", _("The bureau examines the plan"), awaited)
    yield from _council(plan, steps, since)


def _shown_on(version):
    return clock.local(version.published_at).date()


def _page(plan, version):
    return reverse("version_detail", args=[plan.slug, version.number])


def _council(plan, steps, since):
    vote = newest_vote(plan)
    council = reverse("council", args=[plan.slug])
    if vote is None or vote.sitting.held_on < since:
        awaited = [step for step in steps if step.kind == Step.Kind.COUNCIL_ADOPTION]
        label = _("The council votes on the plan")
        if when := _session(plan):
            yield Stop("users", label, None, when, council)
        else:
            yield _coming("users", label, awaited, council)
        return
    day = vote.sitting.held_on
    if not vote.is_adopted:
        yield Stop("rejected", _("The council did not adopt the plan"), day, href=council)
        return
    yield Stop("users", _("The council adopted the plan"), day, href=council)
    if vote.objected_on:
        yield Stop(
            "warn", _("The governor objected to the decision"), vote.objected_on, href=council
        )
        if vote.state == _State.OBJECTED:
            yield Stop("users", _("The council votes on the plan"), None, _session(plan), council)
    elif vote.state == _State.ENFORCEABLE:
        label = _("The decision of the council can be carried out")
        yield Stop("check", label, vote.enforceable_on, href=council)
    else:
        label = _("The decision of the council passes the governor’s control")
        yield Stop("check", label, None, dates.day(vote.enforceable_on), council)


def _work(proposal):
    """The work on the project that the idea was merged into, once its days are known."""
    project = proposal.project
    if project is None or not (project.starts_on or project.ends_on):
        return
    span = dates.span(project.starts_on, project.ends_on)
    href = reverse("project_detail", args=[project.pk])
    if project.ends_on and project.ends_on < clock.today():
        yield Stop("tick", _("The project is past its last day"), project.ends_on, href=href)
    else:
        has_begun = bool(project.starts_on) and project.starts_on <= clock.today()
        yield Stop("clock", _("The project is carried out"), None, span, href, has_begun)


def _coming(kind, label, steps, href="") -> Stop:
    """A stop on the days of the first of `steps` that is not over; on no known day when all are."""
    ahead = [step for step in steps if step.phase != "done"]
    if not ahead:
        return Stop(kind, label, href=href)
    first = min(ahead, key=lambda step: step.opening)
    return Stop(kind, label, None, period(first), href, first.phase == "now")


def _session(plan) -> str:
    """When the next session of the council is, as far as it is known; empty without one."""
    today = clock.today()
    this_month = today.replace(day=1)
    coming = [
        one
        for one in plan.sessions.all()
        if (one.starts_on >= today if one.starts_on else one.month >= this_month)
    ]
    if not coming:
        return ""
    first = min(coming, key=lambda one: one.starts_on or one.month)
    return dates.day(first.starts_on) if first.starts_on else dates.month(first.month)
