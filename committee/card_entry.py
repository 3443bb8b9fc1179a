"""Paper cards at one station: which may be typed in, the rows of a sheet, how they are received."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from consultations.actors import Actor
from consultations.acts import Act
from consultations.models import (
    ActionPlan,
    ActLog,
    Moderation,
    PriorityAxis,
    Project,
    RemarkHeading,
    Step,
    Submission,
)
from consultations.receipts import is_key, new_key
from openmuni import clock
from openmuni.fields import plain_number

from .forms.typing import (
    NUMBER_TAKEN,
    TypedCard,
    TypedIdea,
    TypedNewProject,
    TypedRemarks,
)
from .models import TypingDraft

MAX_ROWS = 100
_IDEA, _NEW_PROJECT, _REMARKS = "idea", "new_project", "remarks-"
_ROW_FORMS = {_IDEA: TypedIdea, _NEW_PROJECT: TypedNewProject, _REMARKS: TypedRemarks}
_NOON = datetime.time(12, 0)
# Chosen in every row from the beginning, so they do not tell a typed row from an empty one.
_PRESET_BOXES = {"shown_as"}


def stations():
    """The stations of editions that are not closed, the latest edition first."""
    steps = Step.objects.exclude(plan__state=ActionPlan.State.CLOSED).select_related("plan")
    return steps.order_by("-plan__start_year", "plan", "order")


def days_of(step) -> tuple[datetime.date, datetime.date]:
    """The first and the last day on which a card may have been handed in; none while last < first."""
    first = step.held_from or step.starts_on
    last = step.held_until or step.held_from or step.ends_on
    return min(first, step.starts_on), min(max(last, step.ends_on), clock.today())


def takes_cards(step) -> bool:
    """Whether cards of the station may be typed in: it has begun and something is received there."""
    first, last = days_of(step)
    return step.plan.state == ActionPlan.State.OPEN and first <= last and bool(kinds_of(step))


def kinds_of(step) -> list[str]:
    """The kinds of cards of a station; of a meeting all, where nothing is said of what it accepts."""
    is_meeting = step.kind == Step.Kind.CITIZEN_MEETING and not step.is_window
    ideas, remarks = step.accepts_ideas or is_meeting, step.accepts_remarks or is_meeting
    return [_IDEA] * ideas + [_NEW_PROJECT, _REMARKS] * remarks


def kind_choices(step, every=False) -> list[tuple]:
    """The kinds of cards of a station with their words; a remarks card is of one project."""
    kinds = [_IDEA, _NEW_PROJECT, _REMARKS] if every else kinds_of(step)
    choices = []
    if _IDEA in kinds:
        choices.append((_IDEA, _("Idea card")))
    if _NEW_PROJECT in kinds:
        choices.append((_NEW_PROJECT, _("New project card")))
    if _REMARKS in kinds:
        words = _("Remarks card: %(number)s. %(project)s")
        choices += [
            (f"{_REMARKS}{project.pk}", words % {"number": project.number, "project": project})
            for project in step.plan.projects.all()
        ]
    return choices


@dataclass(frozen=True)
class Sheet:
    """The cards of one kind that came one way in one language: the columns of a grid."""

    step: Step
    kind: str
    channel: str
    language: str

    @property
    def code(self) -> str:
        """What tells it from the other sheets of the station."""
        return f"{self.kind}.{self.channel}.{self.language}"

    @cached_property
    def days(self):
        return days_of(self.step)

    @cached_property
    def axes(self) -> list[PriorityAxis]:
        return list(self.step.plan.axes.all())

    @cached_property
    def headings(self) -> list[RemarkHeading]:
        return list(self.step.plan.headings.all())

    @cached_property
    def project(self) -> Project:
        return self.step.plan.projects.get(pk=self.kind.removeprefix(_REMARKS))

    def row(self, index, data=None) -> TypedCard:
        """The form of one row."""
        form = _REMARKS if self.kind.startswith(_REMARKS) else self.kind
        return _ROW_FORMS[form](data, sheet=self, index=index)

    def shown(self, index, key, typed) -> TypedCard:
        """A row as it stands, not looked at for faults."""
        row = self.row(index)
        row.initial |= {"key": key} | typed
        return row

    def sent(self, index, key, typed) -> TypedCard:
        """A row that is to be received, with its faults."""
        boxes = {"key": key} | typed
        return self.row(index, {row_box(index, name): text for name, text in boxes.items()})

    @cached_property
    def boxes(self) -> list[str]:
        """The names of the boxes of a row."""
        return [name for name in self.row(0).fields if name != "key"]

    def read(self, data) -> dict[str, dict]:
        """What was typed, by the keys of the rows; empty for a row in which nothing is."""
        rows = {}
        for index in range(MAX_ROWS):
            key = data.get(row_box(index, "key"))
            if key is None:
                continue
            typed = {
                name: text.replace("\0", "")
                for name in self.boxes
                if (text := data.get(row_box(index, name), ""))
            }
            is_filled = any(typed[name].strip() for name in typed.keys() - _PRESET_BOXES)
            rows[key if is_key(key) else new_key()] = typed if is_filled else {}
        return rows


row_box = TypedCard.address_of


class CardEntry:
    """The rows of one sheet in the draft of one person, and their sending."""

    def __init__(self, draft: TypingDraft, sheet: Sheet):
        self.draft, self.sheet, self.step = draft, sheet, sheet.step

    def keep(self, data):
        """Keep what was typed, in the draft."""
        self.draft.keep(self.sheet.code, self.sheet.channel, self.sheet.read(data))

    def rows(self, blank: int) -> list[TypedCard]:
        """The rows that wait as they stand, then `blank` empty ones."""
        waiting = self.draft.rows_of(self.sheet.code)[:MAX_ROWS]
        rows = [
            self.sheet.shown(index, row["key"], row["typed"]) for index, row in enumerate(waiting)
        ]
        last = min(len(rows) + blank, MAX_ROWS)
        return rows + [self.sheet.shown(index, new_key(), {}) for index in range(len(rows), last)]

    def send(self, publisher: Actor | None) -> tuple[int, list[TypedCard]]:
        """Receive every row without a fault; return how many, and the rows with faults.

        With a `publisher` they are published at once. The same rows again are received once.
        """
        waiting = self.draft.rows_of(self.sheet.code)[:MAX_ROWS]
        rows = [self.sheet.sent(i, row["key"], row["typed"]) for i, row in enumerate(waiting)]
        good = [row for row in rows if row.is_valid()]
        taken = self._numbers_taken(good)
        for row in good:
            if self._number_is_free(row, taken):
                self._receive(row, publisher)
        faulty = [row for row in rows if row.errors]
        return len(rows) - len(faulty), faulty

    def _numbers_taken(self, rows) -> dict:
        """{number: digests of what bears it} of those numbers of `rows` that are taken."""
        numbers = {row.cleaned_data["card_number"] for row in rows} - {""}
        taken = Submission.objects.filter(step=self.step, card_number__in=numbers)
        digests = taken.values_list("card_number", "key_digest", "content_digest")
        return {number: (key, content) for number, key, content in digests}

    def _number_is_free(self, row, taken) -> bool:
        number, receipt = row.cleaned_data["card_number"], row.receipt()
        own = (receipt.key_digest, receipt.content_digest)
        if not number or taken.setdefault(number, own) == own:
            return True
        row.add_error("card_number", NUMBER_TAKEN)
        return False

    def _receive(self, row, publisher):
        """Receive one row, in a transaction of its own, and keep what its receipt is made from."""
        at = self._instant(row.cleaned_data["received_on"])
        try:
            made, _code = row.send(self.step, self.sheet.language, at)
        except IntegrityError:  # somebody else typed it in at this moment
            row.add_error("card_number", NUMBER_TAKEN)
            return
        submission = made.submission
        if publisher and submission.moderation == Moderation.PENDING:
            submission.publish(by=publisher)
        with transaction.atomic():
            self.draft.mark_received(
                row.cleaned_data["key"],
                reference=submission.reference,
                number=submission.card_number,
                language=submission.language,
                received_at=submission.received_at.isoformat(),
                # No more than the receipt needs: the contact is in its own row, where it can be erased.
                content_digest=submission.content_digest,
                title=row.cleaned_data.get("title", ""),
            )
            by, after = Actor.of_account(self.draft.user), {"channel": submission.channel}
            ActLog.objects.append(self.step.plan, Act.TYPE_IN, submission, by=by, after=after)

    def _instant(self, day):
        """When it counts as received: on the day that is declared, else the last of the station."""
        now = clock.now()
        day = day or self.sheet.days[1]
        if day == clock.local(now).date():
            return now
        return clock.instant(day, _NOON).astimezone(datetime.UTC)


def next_number(step) -> int:
    """The number after the highest that is known of the cards of `step`."""
    numbers = list(
        Submission.objects.filter(step=step)
        .exclude(card_number="")
        .values_list("card_number", flat=True)
    )
    for draft in TypingDraft.objects.filter(step=step):
        numbers += [plain_number(row["typed"].get("card_number", "")) for row in draft.waiting]
    counted = (int(number) for number in numbers if number.isdecimal() and len(number) <= 6)
    return max(counted, default=0) + 1
