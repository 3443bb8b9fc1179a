"""What happens next, in one plain sentence made from the clock: the next date and the post in charge."""

from django.db.models import Exists, Min, OuterRef, Q
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from consultations.models import Accepts, RemarkCard, Step, Submission
from openmuni import clock, dates
from openmuni.tags import official, period
from proposals.models import Proposal, Status

from .models import CommitteeMeeting, CouncilSession, Deadline, Deliberation

_State = Deliberation.State

# While a window is open: what can be sent, and whether a station follows.
_OPEN = {
    (Accepts.IDEAS, False): gettext_lazy("You can send ideas {until}; in charge: {post}."),
    (Accepts.REMARKS, False): gettext_lazy(
        "You can send remarks on the projects {until}; in charge: {post}."
    ),
    (Accepts.BOTH, False): gettext_lazy(
        "You can send ideas and remarks on the projects {until}; in charge: {post}."
    ),
    (Accepts.IDEAS, True): gettext_lazy(
        "You can send ideas {until}, then comes {next} ({period}); in charge: {post}."
    ),
    (Accepts.REMARKS, True): gettext_lazy(
        "You can send remarks on the projects {until}, then comes {next} ({period}); in charge: {post}."
    ),
    (Accepts.BOTH, True): gettext_lazy(
        "You can send ideas and remarks on the projects {until}, then comes {next} ({period});"
        " in charge: {post}."
    ),
}
_UNDER_WAY = {
    False: gettext_lazy("Under way: {station} ({days}); in charge: {post}."),
    True: gettext_lazy(
        "Under way: {station} ({days}), then comes {next} ({period}); in charge: {post}."
    ),
}
# After the vote: by its state, and whether the day that it waits for is known.
_VOTED = {
    (_State.NOT_ADOPTED, False): gettext_lazy(
        "The council did not adopt the programme on {voted}; no later date is set yet; in charge: {post}."
    ),
    (_State.TO_BE_SENT, False): gettext_lazy(
        "The council adopted the programme on {voted}; its decision is now sent to the governor;"
        " in charge: {post}."
    ),
    (_State.TO_BE_SENT, True): gettext_lazy(
        "The council adopted the programme on {voted}; its decision is sent to the governor"
        " by {day} at the latest; in charge: {post}."
    ),
    (_State.SENT, False): gettext_lazy(
        "The decision of the council is with the governor, who may object to it; in charge: {post}."
    ),
    (_State.SENT, True): gettext_lazy(
        "The decision of the council is with the governor, who may object to it until {day};"
        " in charge: {post}."
    ),
    (_State.OBJECTED, False): gettext_lazy(
        "The governor objected to the decision: the council deliberates on it anew, on a day not"
        " set yet; in charge: {post}."
    ),
    (_State.REDELIBERATED, False): gettext_lazy(
        "The council deliberated on the programme anew; no later date is set yet; in charge: {post}."
    ),
    (_State.VISA_UNDECIDED, False): gettext_lazy(
        "It is not decided yet whether the decision of the council needs the governor’s visa;"
        " in charge: {post}."
    ),
    (_State.VISA_PENDING, False): gettext_lazy(
        "The decision of the council waits for the governor’s visa; in charge: {post}."
    ),
    (_State.VISA_PENDING, True): gettext_lazy(
        "The decision of the council waits for the governor’s visa; from {day} his silence counts"
        " as a visa; in charge: {post}."
    ),
    (_State.TO_BE_POSTED, False): gettext_lazy(
        "The decision of the council is past the governor’s control and is to be posted; in charge: {post}."
    ),
    (_State.ENFORCEABLE, True): gettext_lazy(
        "The programme can be carried out since {day}; the committee follows its projects;"
        " in charge: {post}."
    ),
}


def of_edition(plan, commune) -> str:
    """What happens next in `plan`; nothing for an edition that the public does not see."""
    if not plan.is_public:
        return ""
    if plan.is_closed:
        return _("This edition is closed: it stays to be read, and nothing more is sent to it.")
    # A page that shows the stations has fetched them already.
    steps = list(plan.steps.all())
    if sentence := _open_window(steps, commune):
        return sentence
    sessions = _sessions(plan)
    return _after_the_vote(plan, sessions, commune) or _before_the_vote(steps, sessions, commune)


def of_thing(thing, plan, commune) -> str:
    """What happens next with a Proposal, a RemarkCard or what was sent just now, of `plan`."""
    if plan.is_closed:
        return of_edition(plan, commune)
    submission = thing if isinstance(thing, Submission) else thing.submission
    if submission.withheld_category:
        text = _("It is not shown to the public; who has a question about it may ask: {post}.")
    elif _is_answered(thing):
        return _after_the_answer(thing, plan, commune)
    elif day := _next_day_of_committee(plan):
        text = (
            _(
                "The committee examines it and answers with its reasons; next date of the"
                " committee: {day}; in charge: {post}."
            )
            if submission.is_public
            else _(
                "It is read and published, then the committee examines it; next date of the"
                " committee: {day}; in charge: {post}."
            )
        )
        return format_html(text, day=day, post=_post(commune))
    elif submission.is_public:
        text = _(
            "The committee examines it and answers with its reasons, on a day not set yet;"
            " in charge: {post}."
        )
    else:
        text = _(
            "It is read and published, then the committee examines it, on a day not set yet;"
            " in charge: {post}."
        )
    return format_html(text, post=_post(commune))


# --- An edition -----------------------------------------------------------------------------------


def _sessions(plan):
    """The council's sessions on `plan`, each with its next sitting and whether a vote is recorded."""
    coming = Min("sittings__held_on", filter=Q(sittings__held_on__gte=clock.today()))
    votes = Deliberation.objects.filter(sitting__session=OuterRef("pk"))
    sessions = CouncilSession.objects.filter(plan=plan)
    return list(sessions.annotate(next_sitting=coming, has_vote=Exists(votes)))


def _open_window(steps, commune):
    """Of a window that takes something now; of two, the one that closes first."""
    windows = [step for step in steps if step.is_window and step.phase == "now"]
    if not windows:
        return ""
    window = min(windows, key=lambda step: step.closing)
    following = _following(steps)
    text = _OPEN[window.accepts, bool(following)]
    parts = {"until": _until(window), "post": _post(commune, window)}
    return format_html(text, **parts, **_named(following))


def _before_the_vote(steps, sessions, commune):
    """Of the station under way, the next one, or the council when no station comes before it."""
    under_way = [step for step in steps if step.phase == "now"]
    following = _following(steps)
    step = min(under_way, key=lambda step: step.closing, default=following)
    # A recorded session has the word when no station comes before the council.
    is_for_council = step is None or step.kind == Step.Kind.COUNCIL_ADOPTION
    if is_for_council and (sentence := _council(sessions, commune, step)):
        return sentence
    if step is None:
        return _nothing_ahead(steps, commune)
    if step is following:
        text = _("Next: {next} ({period}); in charge: {post}.")
        return format_html(text, post=_post(commune, step), **_named(step))
    parts = {"station": official(step, "title"), "days": period(step)}
    text = _UNDER_WAY[bool(following)]
    return format_html(text, **parts, post=_post(commune, step), **_named(following))


def _nothing_ahead(steps, commune):
    if any(step.kind == Step.Kind.COUNCIL_ADOPTION for step in steps):
        text = _(
            "The dates of this edition are past, and the outcome of the council’s vote is not known"
            " on this site; in charge: {post}."
        )
    elif steps:
        text = _(
            "The stations of this edition are over, and no later date is set yet; in charge: {post}."
        )
    else:
        text = _("No date of this edition is set yet; in charge: {post}.")
    return format_html(text, post=_post(commune))


def _council(sessions, commune, step=None):
    """Of the next day of the council that is known; empty when none is."""
    if not (when := _day_of_council(sessions)):
        return ""
    text = _("Next: the council deliberates on the programme, {when}; in charge: {post}.")
    return format_html(text, when=when, post=_post(commune, step))


def _day_of_council(sessions):
    """The next sitting of the council, else the first day or the month of its next session; empty if none."""
    today = clock.today()
    found = []
    for session in sessions:
        day = session.next_sitting or session.starts_on
        if day and day >= today:
            found.append((day, dates.day(day)))
        elif not day and (session.month.year, session.month.month) >= (today.year, today.month):
            found.append((session.month, dates.month(session.month)))
    return min(found)[1] if found else ""


def _after_the_vote(plan, sessions, commune):
    """Of the delay that runs since the council voted; empty before."""
    if not any(session.has_vote for session in sessions):
        return ""
    vote = newest_vote(plan)
    state = vote.state
    anew = state in (_State.NOT_ADOPTED, _State.OBJECTED)
    if anew and (sentence := _council(sessions, commune)):
        return sentence
    day = _awaited_day(vote, state)
    parts = {"voted": dates.day(vote.sitting.held_on), "day": dates.day(day)}
    return format_html(_VOTED[state, bool(day)], **parts, post=_post(commune))


def newest_vote(plan) -> Deliberation | None:
    """The council's newest vote on `plan`; kept with it, as a page may ask for it twice."""
    if not hasattr(plan, "newest_vote"):
        votes = Deliberation.objects.filter(sitting__session__plan=plan)
        votes = votes.select_related("sitting__session", "redeliberation")
        plan.newest_vote = votes.order_by("-sitting__held_on", "-pk").first()
    return plan.newest_vote


def _awaited_day(vote, state):
    """The day that ends the delay of `state`; None where there is none, or it is not known."""
    if state == _State.TO_BE_SENT:
        event, voted = Deadline.Event, vote.sitting.held_on
        return vote.calendar.last_day(event.SENT, counts_from=event.VOTE, start=voted)
    days = {
        _State.SENT: vote.objection_ends_on,
        _State.VISA_PENDING: vote.visa_is_tacit_on,
        _State.ENFORCEABLE: vote.enforceable_on,
    }
    return days.get(state)


# --- A thing that was sent ------------------------------------------------------------------------


def _is_answered(thing):
    if isinstance(thing, Proposal):
        return thing.status != Status.IN_PROGRESS
    return isinstance(thing, RemarkCard) and not thing.remarks.unanswered().exists()


def _after_the_answer(thing, plan, commune):
    if isinstance(thing, Proposal) and thing.status == Status.REJECTED:
        text = _("The committee has answered, and its reasons stay here; for a question: {post}.")
        return format_html(text, post=_post(commune))
    text = _("The committee has answered. {sentence}")
    return format_html(text, sentence=of_edition(plan, commune))


def _next_day_of_committee(plan):
    """The next meeting of the committee, else the days of its next review; empty if neither is set."""
    meetings = CommitteeMeeting.objects.filter(plan=plan, date__gte=clock.today())
    if day := meetings.order_by("date").values_list("date", flat=True).first():
        return dates.day(day)
    reviews = plan.steps.filter(kind=Step.Kind.COMMITTEE_REVIEW, ends_on__gte=clock.today())
    review = reviews.order_by("starts_on").first()
    return period(review) if review else ""


# --- Words ----------------------------------------------------------------------------------------


def _following(steps):
    """The next station to begin, or None."""
    ahead = [step for step in steps if step.phase == "next"]
    return min(ahead, key=lambda step: step.opening, default=None)


def _named(following):
    """The parts of a sentence that name the station that follows, if any does."""
    if following is None:
        return {}
    return {"next": official(following, "title"), "period": period(following)}


def _until(window):
    """The last day and, where it is not the end of that day, the hour."""
    parts = {"day": dates.day(window.ends_on)}
    if window.closes_at and dates.hour(window.closes_at) != "23:59":
        text = pgettext("within a sentence", "until {day} at {hour}")
        return format_html(text, hour=dates.hour(window.closes_at), **parts)
    return format_html(pgettext("within a sentence", "until the end of {day}"), **parts)


def _post(commune, step=None):
    """The post in charge of `step`, else the one the commune names, else the commune."""
    for thing, field in ((step, "in_charge"), (commune, "contact_post"), (commune, "name")):
        if thing and (post := official(thing, field)):
            return post
    return _("the commune")
