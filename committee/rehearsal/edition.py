"""The rehearsal's edition, told in its order: sheets, ideas, a draft, remarks, moves, meetings."""

from django.db import transaction
from django.utils import translation

from committee.documents.freezing import next_version, printed
from committee.documents.gathering import plan_data
from committee.editions import copy
from committee.models import CommitteeMember
from consultations.acts import Act
from consultations.models import ActionPlan, ActLog, RemarkHeading, Statement
from openmuni import clock
from proposals.models import ReasonText

from . import texts
from .accounts import open_accounts
from .arrivals import Edition, decide, give_opinions, receive
from .meetings import call_council, hold_meetings
from .sheets import make_axes, make_projects, make_steps, move_steps, revise_projects
from .texts import both


@transaction.atomic
def build() -> ActionPlan:
    """Make the rehearsal and its accounts, all of it or nothing. The commune must be there."""
    told = texts.load()
    users = open_accounts()
    plan = _make_plan(told["plan"])
    copy(Statement.objects.filter(plan=_real_edition()), plan=plan)
    _make_seats(plan, told["seats"], users)
    for text in told["reason_texts"]:
        ReasonText.objects.create(plan=plan, outcome=text["outcome"], **both(text, "text"))
    axes = make_axes(plan, told["axes"])
    edition = Edition(
        plan=plan,
        axes=axes,
        steps=make_steps(plan, told["steps"]),
        projects=make_projects(plan, told["projects"], axes),
        headings=_make_headings(plan),
        moderator=CommitteeMember.objects.actor(users["moderator"], plan),
        coordinator=CommitteeMember.objects.actor(users["coordinator"], plan),
    )
    _tell(edition, told)
    return plan


def _tell(edition, told):
    """What happened in the edition, the draft in its middle: the remarks speak of it."""
    draft = texts.moment(told["version"]["days_ago"], 0)
    arrivals = [*told["ideas"], *told["cards"]]
    before = [text for text in arrivals if text["days_ago"] > told["version"]["days_ago"]]
    decisions = receive(edition, before)
    decide(edition, [decision for decision in decisions if decision[0] < draft])
    _put_to_consultation(edition, told["version"], draft)
    revise_projects(edition.projects, told["projects"])
    decisions = [decision for decision in decisions if decision[0] > draft]
    decisions += receive(edition, [text for text in arrivals if text not in before])
    decide(edition, decisions)
    move_steps(edition.steps, told["steps"], by=edition.coordinator)
    give_opinions(edition.plan)
    hold_meetings(edition.plan, told["meetings"], by=edition.coordinator)
    call_council(edition.plan, told["session"])


def _make_plan(text):
    year = clock.today().year + 1
    return ActionPlan.objects.create(
        slug=f"{year}-{year + 1}-rehearsal",
        start_year=year,
        end_year=year + 1,
        is_rehearsal=True,
        **both(text, "title"),
    )


def _real_edition():
    """The latest: what frames it (objectives, principles, method…) frames the rehearsal too."""
    return ActionPlan.objects.filter(is_rehearsal=False).latest_first().first()


def _make_seats(plan, seats, users):
    """Seats named by role. The coordinator's and the first plain member's have an account."""
    free = {role: users[role] for role in ("coordinator", "member")}
    for order, text in enumerate(seats, 1):
        college = text["college"]
        CommitteeMember.objects.create(
            plan=plan,
            order=order,
            # An elected member takes the chair; the texts list it apart, as the deck does.
            college=CommitteeMember.College.ELECTED if college == "chair" else college,
            role=text["role"],
            user=free.pop(text["role"], None),
            **both(text, "name", "function"),
        )


def _make_headings(plan):
    """The headings of the remarks card as {key: RemarkHeading}, in the words of the catalogues."""
    headings = {}
    for order, key in enumerate(RemarkHeading.Key, 1):
        names = {}
        for code in texts.LANGUAGES:
            with translation.override(code):
                names[f"name_{code}"] = str(key.label)
        headings[key.value] = RemarkHeading.objects.create(plan=plan, order=order, key=key, **names)
    return headings


def _put_to_consultation(edition, text, at):
    """Freeze the draft as it was at that moment; the act of the desk would date it today."""
    signature = edition.coordinator.signature(at)
    version = next_version(
        edition.plan,
        plan_data(edition.plan),
        frozen_at=at,
        published_at=at,
        frozen_by_name=signature["by_name"],
        frozen_by_function=signature["by_function"],
        **both(text, "note"),
    )
    version.save()
    by = edition.coordinator
    ActLog.objects.append(edition.plan, Act.FREEZE, version, by=by, after=version.facts)


def print_documents(plan: ActionPlan):
    """Make the PDFs of the draft, which take some seconds. Raises DocumentError."""
    for version in plan.versions.public():
        for code in texts.LANGUAGES:
            printed(version, code).save()
