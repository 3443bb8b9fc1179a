"""What came in during the rehearsal and what became of it, through the domain's own verbs."""

import datetime
from dataclasses import dataclass

from committee.models import Opinion
from consultations.actors import Actor
from consultations.models import (
    ActionPlan,
    Moderation,
    PriorityAxis,
    Project,
    RemarkCard,
    RemarkHeading,
    Step,
    Submission,
)
from consultations.receipts import Receipt, new_key
from proposals.models import Proposal, Status

from .texts import moment

# From an arrival to the moderator's act on it.
_READING = datetime.timedelta(hours=1)
# From an arrival to the committee's answer.
_ANSWERING = datetime.timedelta(days=2)
_REMARKS_STEP = "idea_window"
_VERBS = {
    Status.ACCEPTED: Proposal.accept,
    Status.MERGED: Proposal.merge_into,
    Status.REJECTED: Proposal.reject,
    Status.IN_PROGRESS: Proposal.reopen,
}
_NAME_OF = {Submission.ShownAs.PERSON: "name", Submission.ShownAs.ASSOCIATION: "association"}


@dataclass(frozen=True)
class Edition:
    """The sheets that texts refer to, each by its key or number, and who acts."""

    plan: ActionPlan
    axes: dict[str, PriorityAxis]
    steps: dict[str, Step]
    projects: dict[int, Project]
    headings: dict[str, RemarkHeading]
    moderator: Actor
    coordinator: Actor


def receive(edition, texts):
    """Take in ideas and cards in the order of their arrival, each read by the moderator.

    Returns the decisions to take, as (instant, proposal, text of the decision).
    """
    arrivals = [(moment(text["days_ago"], place), place, text) for place, text in enumerate(texts)]
    decisions = []
    for at, place, text in sorted(arrivals, key=lambda arrival: arrival[0]):
        receive_one = _receive_card if "remarks" in text else _receive_idea
        thing = receive_one(edition, text, at)
        _moderate(thing.submission, text, by=edition.moderator, at=at + _READING)
        if "remarks" in text:
            _answer(thing, text, by=edition.coordinator, at=at + _ANSWERING)
        decisions += [
            (moment(move["days_ago"], place), thing, move) for move in text.get("decisions", [])
        ]
    return decisions


def decide(edition, decisions):
    """Take the decisions in the order of their dates."""
    for at, proposal, move in sorted(decisions, key=lambda decision: decision[0]):
        merging = (
            {"project": edition.projects[move["project"]], "kept_part": move["kept_part"]}
            if move["to"] == Status.MERGED
            else {}
        )
        verb = _VERBS[move["to"]]
        verb(proposal, by=edition.coordinator, reason=move["reason"], at=at, **merging)


def give_opinions(plan):
    """What two members think of the ideas that have waited longest."""
    waiting = Proposal.objects.decidable().filter(plan=plan, status=Status.IN_PROGRESS)
    members = plan.members.filter(role="member")[:2]
    for place, proposal in enumerate(waiting.order_by("submission__received_at")[:4]):
        for member in members[: 1 + place % 2]:
            Opinion.objects.create(
                proposal=proposal,
                member=member,
                view=Status.outcomes()[place % 2],
                at=moment(1, place),
            )


def _author(text):
    """The fields of a submission that say who sent it."""
    shown_as, shown_name = text["shown_as"], text["shown_name"]
    return {
        "language": text["language"],
        "shown_as": shown_as,
        "shown_name": shown_name,
        "contact": {_NAME_OF[shown_as]: shown_name} if shown_name else {},
    }


def _receive_idea(edition, text, at):
    """An idea, or a new project card where the text has parts."""
    words = {name: text[name] for name in ("title", "body", "neighbourhood")}
    proposal, _created = Proposal.objects.receive(
        Receipt.of(new_key(), words),
        edition.steps[text["step"]],
        words | {"axis": edition.axes.get(text["axis"])},
        at,
        parts=[(edition.headings[part["heading"]], part["text"]) for part in text["parts"]],
        channel=text["channel"],
        **_author(text),
    )
    return proposal


def _receive_card(edition, text, at):
    remarks = text["remarks"]
    card, _created = RemarkCard.objects.receive(
        Receipt.of(new_key(), {"remarks": remarks}),
        edition.steps[_REMARKS_STEP],
        edition.projects[text["project"]],
        [(edition.headings[words["heading"]], words["text"]) for words in remarks],
        at,
        **_author(text),
    )
    return card


def _answer(card, text, **signature):
    """Answer the remarks that have an answer."""
    for remark, words in zip(card.remarks.all(), text["remarks"], strict=True):
        if words["answer"]:
            remark.give_answer(words["outcome"], words["answer"], **signature)


def _moderate(submission, text, **act):
    if text["moderation"] == Moderation.PUBLISHED:
        submission.publish(**act)
    elif text["moderation"] == Moderation.WITHHELD:
        submission.withhold(
            category=text["withheld_category"], reason=text["withheld_reason"], **act
        )
