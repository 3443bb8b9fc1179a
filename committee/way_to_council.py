"""The way of a plan to the council and past it, as stops in their order, each with its day or without."""

import datetime
from dataclasses import dataclass, replace

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from consultations.models import ActionPlan, PlanVersion, Step
from openmuni import clock

from .deadlines import Row, RowState, checklist, votes_of
from .models import CouncilSession, CouncilSitting, Deadline, Deliberation, LegalCalendar


@dataclass(frozen=True)
class Stop:
    """A stop of the way. `kind` names its words and its drawing; `day` is None while it is not known.

    `due` is the last day that the law leaves for it, where it is to come and the day is known.
    """

    kind: str
    is_done: bool = False
    day: datetime.date | None = None
    step: Step | None = None
    version: PlanVersion | None = None
    session: CouncilSession | None = None
    vote: Deliberation | None = None
    due: datetime.date | None = None
    is_unknown: bool = False  # its time is past, and nobody recorded what came of it

    @property
    def is_ahead(self) -> bool:
        return not (self.is_done or self.is_unknown)

    @property
    def date_is_past(self) -> bool:
        """Whether the day, the station or the session it is set for is over."""
        if self.day:
            return self.day < clock.today()
        if self.kind == "session" and self.session:
            return _is_over(self.session)
        return self.step is not None and self.step.phase == "done"

    @property
    def held_in(self) -> CouncilSession | None:
        """The session that it belongs to; None where it belongs to no one session."""
        return self.vote.sitting.session if self.vote else self.session

    @property
    def ballots(self) -> list[dict]:
        """The figures of its vote in the order they are read, each with the code of its colour and drawing."""
        return [
            {"status": "taken", "label": pgettext("votes", "For"), "total": self.vote.votes_for},
            {
                "status": "not_taken",
                "label": pgettext("votes", "Against"),
                "total": self.vote.votes_against,
            },
            {"status": "later", "label": _("Abstentions"), "total": self.vote.abstentions},
        ]


@dataclass(frozen=True)
class Way:
    """The stops, the newest vote and the next date of the law; None for what is not known yet.

    `is_lapsed` where the day of the council is past and nobody recorded how it voted.
    """

    stops: list[Stop]
    vote: Deliberation | None
    next_row: Row | None
    is_lapsed: bool = False


# The stations of the timeline that announce stops of the way.
_KINDS = (Step.Kind.ENDORSEMENT, Step.Kind.COUNCIL_ADOPTION)
# By the kind of a stop, what the law has a last day for.
_DUE = {
    "endorsed": Deadline.Event.ENDORSED,
    "agenda": Deadline.Event.AGENDA_SENT,
    "sent": Deadline.Event.SENT,
    "posted": Deadline.Event.POSTED,
}
# What is still to come while the council has to vote.
_AHEAD = ("vote", "sent", "posted", "enforceable")


def way_of(plan: ActionPlan) -> Way:
    """The way of `plan` as the public may know it. The queries are the same for any number of rows."""
    calendar = LegalCalendar.load()
    steps = {step.kind: step for step in plan.steps.filter(kind__in=_KINDS)}
    endorsed = plan.versions.public().filter(kind=PlanVersion.Kind.ENDORSED).defer("data").first()
    sessions = sorted(_sessions(plan), key=lambda one: (one.starts_on or one.month, one.pk))
    stops, vote = _before_the_council(steps.get(Step.Kind.ENDORSEMENT), endorsed), None
    for session in sessions:
        stops += _session_stops(session)
        for vote in votes_of(session, calendar):
            stops += _vote_stops(vote)
    if not sessions:
        step = steps.get(Step.Kind.COUNCIL_ADOPTION)
        stops += [Stop("agenda"), Stop("session", step=step)]
    if vote is None or _is_awaited_again(vote, sessions[-1]):
        stops += [Stop(kind) for kind in _AHEAD]
    is_lapsed = vote is None and _council_is_past(sessions, steps.get(Step.Kind.COUNCIL_ADOPTION))
    if not sessions:
        return Way(_told_unknown(stops, is_lapsed), vote, None, is_lapsed)
    found = checklist(sessions[-1], calendar)
    stops = _with_last_days(_told_unknown(stops, is_lapsed), found.rows, sessions[-1])
    return Way(stops, vote, found.next_row, is_lapsed)


def _council_is_past(sessions, step) -> bool:
    if sessions:
        return all(_is_over(session) for session in sessions)
    return step is not None and step.phase == "done"


def _is_over(session) -> bool:
    """Whether the days of a session are past; not while its last sitting lacked the quorum and calls for another."""
    today = clock.today()
    sittings = sorted(session.sittings.all(), key=lambda sitting: sitting.held_on)
    if sittings and sittings[-1].is_quorate is False:
        return False
    days = [day for day in (session.starts_on, *(one.held_on for one in sittings)) if day]
    month = (session.month.year, session.month.month)
    return max(days) < today if days else month < (today.year, today.month)


def _told_unknown(stops, is_lapsed):
    """The stops, each that nobody recorded marked where its own time is past, or the council's is."""
    return [
        replace(stop, is_unknown=not stop.is_done and (is_lapsed or stop.date_is_past))
        for stop in stops
    ]


def _with_last_days(stops, rows, session):
    """The stops, each that is to come in `session` with the nearest day by which the law wants it."""
    ahead = [row for row in rows if row.due and row.done is None and row.state != RowState.DONE]
    last_days = {}
    for row in sorted(ahead, key=lambda row: row.due, reverse=True):
        last_days[row.deadline.done_by] = row.due
    return [
        stop
        if stop.is_done or stop.held_in not in (None, session)
        else replace(stop, due=last_days.get(_DUE.get(stop.kind)))
        for stop in stops
    ]


def _sessions(plan):
    """The sessions of a plan with all that hangs on them."""
    votes = Deliberation.objects.select_related("version", "redeliberation").defer("version__data")
    sittings = CouncilSitting.objects.prefetch_related(Prefetch("deliberations", votes))
    return plan.sessions.prefetch_related("moves", Prefetch("sittings", sittings))


def _is_awaited_again(vote, last_session):
    """Whether the council has yet to vote anew: the governor objected, or it lost and a later session is called."""
    return bool(vote.objected_on) or (not vote.is_adopted and vote.sitting.session != last_session)


def _before_the_council(step, endorsed):
    day = endorsed and endorsed.acted_on
    return [
        Stop("presented", bool(endorsed), step=step),
        Stop("endorsed", bool(endorsed), day, version=endorsed),
    ]


def _session_stops(session):
    today = clock.today()
    was_held = any(
        sitting.is_quorate and sitting.held_on <= today for sitting in session.sittings.all()
    )
    sent_on = session.agenda_sent_on
    return [
        Stop("agenda", sent_on is not None, sent_on, session=session),
        Stop("session", was_held, session.starts_on, session=session),
    ]


def _vote_stops(vote):
    """The vote and what follows it; nothing, when it was lost or until the council votes anew."""
    stops = [Stop("vote", True, vote.sitting.held_on, vote=vote)]
    if not vote.is_adopted:
        return stops
    stops.append(Stop("sent", vote.sent_on is not None, vote.sent_on, vote=vote))
    if vote.objected_on:
        return [*stops, Stop("objection", True, vote.objected_on, vote=vote)]
    state = vote.state
    if vote.visa != vote.Visa.NOT_NEEDED:
        stops.append(Stop("visa", vote.visa_on is not None, vote.visa_on, vote=vote))
    return [
        *stops,
        Stop("posted", vote.posted_on is not None, vote.posted_on, vote=vote),
        Stop("enforceable", state == vote.State.ENFORCEABLE, vote.enforceable_on, vote=vote),
    ]
