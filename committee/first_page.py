"""The first page of the admin: what waits for a person, what is late, what comes soon, by edition.

The queries are the same however much there is: each asks for all editions at once.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.models import ActionPlan, Moderation, Project, Remark, RemarkCard, Step
from openmuni import clock
from proposals.models import Decision, Proposal

from .deadlines import RowState, checklists
from .models import CommitteeMeeting, CouncilSession
from .waiting import WaitsFor, age_of, late_cards, promise_on, seats_of, waiting_for

# Days that count as soon.
SOON = 14
DECISIONS = 8
# So many of those that have waited longest are named.
OLDEST = 3

_IDEAS = "admin:proposals_proposal_changelist"
_CARDS = "admin:consultations_remarkcard_changelist"


@dataclass(frozen=True)
class Line:
    """So many things of one sort, and the list that holds just them; `oldest` are some of them."""

    words: str
    count: int
    address: str
    oldest: list = field(default_factory=list)


@dataclass(frozen=True)
class Day:
    """Something on a day: a window, a meeting, a deadline of the law."""

    day: datetime.date
    words: str
    title: str
    address: str = ""


@dataclass
class EditionDesk:
    """What one edition asks of a person."""

    plan: ActionPlan
    waits: list[Line] = field(default_factory=list)
    late: list[Line] = field(default_factory=list)
    late_deadlines: list[Day] = field(default_factory=list)
    soon: list[Day] = field(default_factory=list)
    steps: list[tuple[str, str]] = field(default_factory=list)

    @property
    def all_proposals(self) -> str:
        """The list of all proposals of the edition."""
        return listed(_IDEAS, plan__id__exact=self.plan.pk)


def listed(name, **filters) -> str:
    """The address of a list under `filters`."""
    return f"{reverse(name)}?{urlencode(filters)}"


class FirstPage:
    """What the first page shows to `user`, who reads what the permissions allow."""

    def __init__(self, user):
        self.user = user
        self.moderates = user.has_perm("consultations.moderate_submission")
        self.coordinates = user.has_perm("consultations.add_planversion")
        self.reads = user.has_perm("proposals.view_proposal")
        self.sits = {seat.plan_id for seat in seats_of(user)}

    @property
    def only_reads(self) -> bool:
        """Whether nothing waits for this person: an auditor follows what waits for the others."""
        return not (self.moderates or self.coordinates or self.sits)

    @cached_property
    def editions(self) -> list[EditionDesk]:
        """One for each edition that is not closed, the real ones before the rehearsal."""
        plans = ActionPlan.objects.exclude(state=ActionPlan.State.CLOSED)
        desks = {
            plan.pk: EditionDesk(plan) for plan in plans.order_by("is_rehearsal", "-start_year")
        }
        if self.reads:
            for fill in (self._fill_waits, self._fill_late, self._fill_days):
                fill(desks)
        if self.coordinates:
            self._fill_steps(desks)
        return [desk for desk in desks.values() if desk.plan.is_public or self.coordinates]

    @cached_property
    def decisions(self):
        """The last decisions of all editions."""
        if not self.user.has_perm("proposals.view_decision"):
            return None
        decisions = Decision.objects.select_related("proposal__submission", "proposal__plan")
        return decisions.order_by("-at", "-pk")[:DECISIONS]

    # --- What waits ---------------------------------------------------------------------------------

    def _fill_waits(self, desks):
        follows = self.coordinates or self.only_reads
        if self.moderates or self.only_reads:
            self._ideas(desks, WaitsFor.MODERATOR, _("Proposals to be read and published"))
            pending = RemarkCard.objects.filter(submission__moderation=Moderation.PENDING)
            self._cards(desks, pending, _("Remarks cards to be read and published"))
        if self.sits:
            self._ideas(desks, WaitsFor.MY_OPINION, _("Proposals that wait for my opinion"))
        if follows:
            self._ideas(desks, WaitsFor.COMMITTEE, _("Proposals that wait for a decision"))
            self._remarks(desks)
        if follows or self.user.has_perm("committee.add_draftdecision"):
            self._ideas(desks, WaitsFor.SIGNATURE, _("Decisions that wait for a second signature"))
        if follows:
            self._projects(desks)

    def _ideas(self, desks, whom, words):
        found = waiting_for(Proposal.objects.all(), whom, self.user)
        for plan, rows in _oldest(found, "plan", "submission__received_at").items():
            filters = {"waits_for": whom.value, "plan__id__exact": plan}
            self._add(desks[plan].waits, words, rows, filters)

    def _add(self, lines, words, rows, filters):
        """The line of `rows`, the first of many, which know how many there are."""
        for proposal in rows:
            case = reverse("admin:proposals_proposal_change", args=[proposal.pk])
            kept = urlencode({"_changelist_filters": urlencode(filters)})
            proposal.address = f"{case}?{kept}"
        lines.append(Line(words, rows[0].together, listed(_IDEAS, **filters), rows))

    def _cards(self, desks, cards, words):
        found = cards.filter(project__plan__state=ActionPlan.State.OPEN)
        for plan, count in _counts(found, "project__plan").items():
            filters = {
                "submission__moderation__exact": Moderation.PENDING.value,
                "project__plan__id__exact": plan,
            }
            desks[plan].waits.append(Line(words, count, listed(_CARDS, **filters)))

    def _remarks(self, desks):
        remarks = Remark.objects.public().unanswered()
        found = remarks.filter(card__project__plan__state=ActionPlan.State.OPEN)
        for plan, count in _counts(found, "card__project__plan").items():
            filters = {
                "outcome": "none",
                "card__submission__moderation__exact": Moderation.PUBLISHED.value,
                "card__project__plan__id__exact": plan,
            }
            address = listed("admin:consultations_remark_changelist", **filters)
            desks[plan].waits.append(Line(_("Remarks without an answer"), count, address))

    def _projects(self, desks):
        found = Project.objects.without_sheet().filter(plan__in=desks)
        for plan, count in _counts(found, "plan").items():
            filters = {"sheet": "empty", "plan__id__exact": plan}
            address = listed("admin:consultations_project_changelist", **filters)
            desks[plan].waits.append(Line(_("Projects without a sheet"), count, address))

    # --- What is late -------------------------------------------------------------------------------

    def _fill_late(self, desks):
        late, narrowed = Proposal.objects.late(clock.now()), {}
        if not (self.coordinates or self.only_reads):
            # Who does one thing is told what is late of it.
            whom = WaitsFor.COMMITTEE if self.sits else WaitsFor.MODERATOR
            late, narrowed = waiting_for(late, whom, self.user), {"waits_for": whom.value}
        for plan, rows in _oldest(late, "plan", "submission__received_at").items():
            filters = {"late": "yes"} | narrowed | {"plan__id__exact": plan}
            self._add(desks[plan].late, _("Late proposals"), rows, filters)
        cards = late_cards(RemarkCard.objects.all(), clock.now())
        for plan, count in _counts(cards, "project__plan").items():
            filters = {"late": "yes", "project__plan__id__exact": plan}
            desks[plan].late.append(Line(_("Late remarks cards"), count, listed(_CARDS, **filters)))

    # --- Days ---------------------------------------------------------------------------------------

    def _fill_days(self, desks):
        last = clock.today() + datetime.timedelta(days=SOON)
        self._add_windows(desks, last)
        if self.user.has_perm("committee.view_committeemeeting"):
            self._add_meetings(desks, last)
        if self.user.has_perm("committee.view_councilsession"):
            self._add_deadlines(desks, last)
        for desk in desks.values():
            desk.soon.sort(key=lambda one: one.day)

    def _add_windows(self, desks, last):
        span = (clock.today(), last)
        edges = {"starts_on": _("opens"), "ends_on": _("closes")}
        soon = Q(starts_on__range=span) | Q(ends_on__range=span)
        for step in Step.objects.with_windows().filter(soon):
            address = reverse("admin:consultations_step_change", args=[step.pk])
            for edge, words in edges.items():
                if span[0] <= getattr(step, edge) <= last:
                    day = Day(getattr(step, edge), words, step, address)
                    desks[step.plan_id].soon.append(day)

    @cached_property
    def _meetings(self):
        """The meetings to come of editions that are not closed, the next one first."""
        meetings = CommitteeMeeting.objects.filter(date__gte=clock.today())
        meetings = meetings.exclude(plan__state=ActionPlan.State.CLOSED).order_by("date", "pk")
        return list(meetings.annotate(items=Count("agenda")))

    def _add_meetings(self, desks, last):
        for meeting in self._meetings:
            if meeting.date > last:
                break
            address = reverse("admin:committee_committeemeeting_change", args=[meeting.pk])
            words = _("points on the agenda: %(count)s") % {"count": meeting.items}
            day = Day(meeting.date, words, _("Meeting of the committee"), address)
            desks[meeting.plan_id].soon.append(day)

    def _add_deadlines(self, desks, last):
        sessions = list(CouncilSession.objects.filter(plan__in=desks))
        for session, found in zip(sessions, checklists(sessions), strict=True):
            desk = desks[session.plan_id]
            address = reverse("admin:committee_councilsession_change", args=[session.pk])
            for row in found.rows:
                if row.state == RowState.LATE:
                    words = _("deadline of the law, late")
                    desk.late_deadlines.append(Day(row.due, words, row.deadline, address))
                elif row.state == RowState.DUE and row.due <= last:
                    words = _("deadline of the law")
                    desk.soon.append(Day(row.due, words, row.deadline, address))

    # --- What a coordinator does next ---------------------------------------------------------------

    def _fill_steps(self, desks):
        meetings = {meeting.plan_id: meeting for meeting in reversed(self._meetings)}
        for plan, desk in desks.items():
            meeting, agenda = meetings.get(plan), _("Call a meeting of the committee")
            address = f"{reverse('admin:committee_committeemeeting_add')}?plan={plan}"
            if meeting:
                agenda = _("Prepare the agenda of the next meeting")
                address = reverse("admin:committee_committeemeeting_change", args=[meeting.pk])
            lists = {
                _("Set the stations and their windows"): "consultations_step",
                _("Freeze and publish a version of the plan"): "consultations_planversion",
                _("Follow the session of the council"): "committee_councilsession",
            }
            pages = {
                _("Open or close the edition"): "consultations_actionplan_change",
                _("Start the next edition from this one"): "consultations_actionplan_start",
            }
            desk.steps = [
                (agenda, address),
                *(
                    (words, listed(f"admin:{name}_changelist", plan__id__exact=plan))
                    for words, name in lists.items()
                ),
                *((words, reverse(f"admin:{name}", args=[plan])) for words, name in pages.items()),
            ]


def _counts(found, plan: str) -> dict:
    """How many of `found` belong to each edition; `plan` is the way to it."""
    return dict(found.order_by().values_list(plan).annotate(Count("pk", distinct=True)))


def _oldest(found, plan: str, received: str) -> dict:
    """By edition the OLDEST of `found` proposals, each with the number of them all as `together`."""
    ranked = found.select_related("submission", "plan", "draft_decision").annotate(
        place=Window(RowNumber(), partition_by=[F(plan)], order_by=[F(received), F("pk")]),
        together=Window(Count("pk"), partition_by=[F(plan)]),
    )
    rows = defaultdict(list)
    for proposal in ranked.filter(place__lte=OLDEST).order_by("place"):
        proposal.promise, proposal.age = promise_on(proposal), age_of(proposal.submission)
        rows[proposal.plan_id].append(proposal)
    return rows
