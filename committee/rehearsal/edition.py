"""The rehearsal's edition: its title, stations, projects, seats and reasons, from the texts."""

import datetime
import json

from django.conf import settings
from django.db import transaction
from django.utils import translation

from committee.models import CommitteeMember
from consultations.models import ActionPlan, PriorityAxis, Project, RemarkHeading, Statement, Step
from openmuni import clock
from proposals.models import ReasonText

from .accounts import open_accounts
from .arrivals import Edition, decide, give_opinions, receive

TEXTS = settings.BASE_DIR / "fixtures" / "rehearsal.json"

_LANGUAGES = [code for code, _name in settings.LANGUAGES]


@transaction.atomic
def build() -> ActionPlan:
    """Make the rehearsal and its accounts, all of it or nothing. The commune must be there."""
    texts = json.loads(TEXTS.read_text("utf-8"))
    users = open_accounts()
    plan = _make_plan(texts["plan"])
    _copy_statements(plan)
    _make_seats(plan, texts["seats"], users)
    for text in texts["reason_texts"]:
        ReasonText.objects.create(plan=plan, outcome=text["outcome"], **_both(text, "text"))
    axes = _make_axes(plan, texts["axes"])
    edition = Edition(
        axes=axes,
        steps=_make_steps(plan, texts["steps"]),
        projects=_make_projects(plan, texts["projects"], axes),
        headings=_make_headings(plan),
        moderator=CommitteeMember.objects.actor(users["moderator"], plan),
        coordinator=CommitteeMember.objects.actor(users["coordinator"], plan),
    )
    decide(edition, receive(edition, texts["ideas"], texts["cards"]))
    give_opinions(plan)
    return plan


def _both(text, name):
    """The translated field `name` of the texts, in every language."""
    return {f"{name}_{code}": text[f"{name}_{code}"] for code in _LANGUAGES}


def _make_plan(text):
    year = clock.today().year + 1
    return ActionPlan.objects.create(
        slug=f"{year}-{year + 1}-rehearsal",
        start_year=year,
        end_year=year + 1,
        is_rehearsal=True,
        **_both(text, "title"),
    )


def _copy_statements(plan):
    """What frames the latest real edition (objectives, principles, method…) frames this one too."""
    model = ActionPlan.objects.filter(is_rehearsal=False).latest_first().first()
    for statement in Statement.objects.filter(plan=model):
        statement.pk, statement.plan = None, plan
        statement.save(force_insert=True)


def _make_seats(plan, texts, users):
    """Seats named by role. The coordinator's and the first plain member's have an account."""
    free = {role: users[role] for role in ("coordinator", "member")}
    for order, text in enumerate(texts, 1):
        college = text["college"]
        CommitteeMember.objects.create(
            plan=plan,
            order=order,
            # An elected member takes the chair; the texts list it apart, as the deck does.
            college=CommitteeMember.College.ELECTED if college == "chair" else college,
            role=text["role"],
            user=free.pop(text["role"], None),
            **_both(text, "name"),
            **_both(text, "function"),
        )


def _make_axes(plan, texts):
    """The priority axes as {key: PriorityAxis}."""
    return {
        text["key"]: PriorityAxis.objects.create(
            plan=plan, order=order, key=text["key"], **_both(text, "name")
        )
        for order, text in enumerate(texts, 1)
    }


def _make_steps(plan, texts):
    """The stations as {key: Step}."""
    plain = ("kind", "accepts", "precision", "participants", "women", "associations_count")
    steps = {}
    for order, text in enumerate(texts, 1):
        starts_on, ends_on = _days(text)
        opens_at, closes_at = (
            text[name] and datetime.time.fromisoformat(text[name])
            for name in ("opens_at", "closes_at")
        )
        steps[text["key"]] = Step.objects.create(
            plan=plan,
            order=order,
            starts_on=starts_on,
            ends_on=ends_on,
            opens_at=opens_at,
            closes_at=closes_at,
            **_both(text, "title"),
            **{name: text[name] for name in plain},
        )
    return steps


def _days(text):
    """The first and the last day of a station, counted from today; a month-only one has the month's."""
    first, last = (
        clock.today() + datetime.timedelta(days=text[offset])
        for offset in ("offset_start", "offset_end")
    )
    if text["precision"] == Step.Precision.MONTH:
        first = first.replace(day=1)
        next_month = (first + datetime.timedelta(days=31)).replace(day=1)
        last = next_month - datetime.timedelta(days=1)
    return first, last


def _make_projects(plan, texts, axes):
    """The projects as {number: Project}."""
    projects = {}
    for text in texts:
        card = {}
        for part in RemarkHeading.Key.of_card():
            card |= _both(text, part)
        projects[text["number"]] = Project.objects.create(
            plan=plan,
            number=text["number"],
            axis=axes[text["axis"]],
            **_both(text, "title"),
            **card,
        )
    return projects


def _make_headings(plan):
    """The headings of the remarks card as {key: RemarkHeading}, in the words of the catalogues."""
    headings = {}
    for order, key in enumerate(RemarkHeading.Key, 1):
        names = {}
        for code in _LANGUAGES:
            with translation.override(code):
                names[f"name_{code}"] = str(key.label)
        headings[key.value] = RemarkHeading.objects.create(plan=plan, order=order, key=key, **names)
    return headings
