"""Rows that came in at a station: they become submissions like any other."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.forms import HEADING_MAX_LENGTH, HEADING_PREFIX, phone_number
from consultations.models import ActionPlan, Arrival, Contact, RemarkCard, Submission
from consultations.receipts import CodelessReceipt
from openmuni import clock
from openmuni.columns import NamedChoice, model_field
from openmuni.fields import CleanCharField, DayField, plain_number
from openmuni.imports import SAME, ImportResource, StalePreview

from .targets import EditionRow, RemarksTarget

# Column → field of the contact.
_CONTACT = {"author_name": "name", "association": "association", "phone": "phone", "email": "email"}


class ArrivalRow(EditionRow):
    """The columns that ideas and remarks share."""

    card_number = model_field(Submission, "card_number")
    channel = model_field(Submission, "channel")
    received_on = DayField(label=_("day of receipt"), required=False)
    author_name = CleanCharField(label=_("name of the author"), max_length=120, required=False)
    association = model_field(Contact, "association")
    phone = CleanCharField(label=_("telephone"), max_length=60, required=False)
    email = forms.EmailField(label=_("e-mail"), required=False)

    def clean_card_number(self):
        """The number as it is kept, whatever digits it was typed in."""
        typed = self.cleaned_data["card_number"]
        return plain_number(typed) if typed else ""

    def clean_phone(self):
        """The number in E.164 form."""
        typed = self.cleaned_data["phone"]
        return phone_number(typed) if typed else ""


class ArrivalImport(ImportResource):
    """Rows that came in at one station. They wait for moderation, and nobody holds a code to them.

    A row is known again by its content, its author, its station and its card number. A subclass has
    `content(said)`: what a row says, by name.
    """

    also = {
        "card_number": [_("card number")],
        "received_on": [_("received at"), _("date")],
        "author_name": [_("name"), _("Your name")],
        "association": [_("Your association")],
        "email": [_("e-mail address")],
    }

    def __init__(self, step, channel):
        super().__init__()
        self.step, self.channel, self.plan = step, channel, step.plan

    @property
    def target(self):
        """What is named above the preview."""
        return self.step

    def make_form(self):
        """As the base makes it, for the rows of one edition."""
        form = super().make_form()
        form.offer_only(self.step.plan)
        return form

    def lock(self):
        """Wait for who opens or closes the edition."""
        plan = ActionPlan.objects.select_for_update().get(pk=self.step.plan_id)
        if plan.state != ActionPlan.State.OPEN:
            raise StalePreview

    def judge(self, lines):
        """A row is new, or came in before; two alike in one file are refused."""
        rows = Submission.objects.filter(step=self.step)
        kept = list(rows.values_list("key_digest", "content_digest", "card_number"))
        known = {(key, content) for key, content, _number in kept}
        numbers = {number for _key, _content, number in kept} - {""}
        first_of = {}
        for line in lines:
            line.thing = receipt = self._receipt(line.said)
            mark = (receipt.key_digest, receipt.content_digest)
            if mark in known:
                line.verdict = SAME
                continue
            self._refuse_day(line)
            self._refuse_twice(line, mark, first_of)
            if line.said.get("card_number") in numbers:
                line.refuse(
                    _("The card of this number was typed in already."), self.label("card_number")
                )

    def _refuse_twice(self, line, mark, first_of):
        """Refuse what another row of the file says too, or its card number."""
        number = line.said.get("card_number")
        if (row := first_of.setdefault(mark, line.number)) != line.number:
            line.refuse(
                _("Row %(row)s says the same: take one away, or give each the number of its card.")
                % {"row": row}
            )
        elif number and (row := first_of.setdefault(number, line.number)) != line.number:
            line.refuse(
                _("The card of this number is on row %(row)s too.") % {"row": row},
                self.label("card_number"),
            )

    def _refuse_day(self, line):
        """Refuse a day on which the station took nothing in."""
        day, step = line.said.get("received_on"), self.step
        if day is None and clock.today() > step.ends_on:
            line.refuse(
                _("The station is over: write the day on which it came in."),
                self.label("received_on"),
            )
        elif day and not step.starts_on <= day <= min(step.ends_on, clock.today()):
            line.refuse(_("On this day the station took nothing in."), self.label("received_on"))

    def _receipt(self, said):
        key = f"list {self.step.pk} {said.get('card_number') or ''}"
        words = {name: str(value) for name, value in self.content(said).items() if value}
        return CodelessReceipt.of(key, words | {n: said[n] for n in _CONTACT if said.get(n)})

    def arrival(self, line) -> Arrival:
        """The submission of a row, without its content."""
        said = line.said
        texts = " ".join(str(text) for text in self.content(said).values() if text)
        return Arrival(
            receipt=line.thing,
            at=self._instant(said.get("received_on")),
            contact={name: said.get(column) or "" for column, name in _CONTACT.items()},
            fields={
                "channel": said.get("channel") or self.channel,
                "card_number": said.get("card_number") or "",
                "language": "ar" if any("\u0621" <= ch <= "\u064a" for ch in texts) else "fr",
            },
        )

    def _instant(self, day):
        """Noon of the day that was declared, within the window and not in the future."""
        now = clock.now()
        if day is None:
            return now
        noon = clock.instant(day, datetime.time(12))
        last_minute = self.step.closing - datetime.timedelta(minutes=1)
        return min(max(noon, self.step.opening), last_minute, now)


class RemarkRow(ArrivalRow):
    """A remarks card: a project and, in a column for each heading, what is remarked."""

    project = NamedChoice(label=_("project"))


class RemarkImport(ArrivalImport):
    """Remarks cards, one a row."""

    class Meta:
        name = RemarkCard._meta.verbose_name_plural
        file_stem = "remarks"

    target_form = RemarksTarget
    row_form = RemarkRow

    def __init__(self, step, channel):
        super().__init__(step, channel)
        headings = step.plan.headings.order_by("order")
        self.headings = {f"{HEADING_PREFIX}{heading.pk}": heading for heading in headings}
        self.projects = list(step.plan.projects.order_by("number"))

    def make_form(self):
        """The shared columns, and one for each heading of the edition's card."""
        form = super().make_form()
        form.fields["project"].offer(names_of_projects(self.projects))
        for name, heading in self.headings.items():
            form.fields[name] = CleanCharField(
                label=str(heading), max_length=HEADING_MAX_LENGTH, required=False, lines=True
            )
        form.order_fields(["project", *self.headings])
        return form

    def other_words(self):
        """Of a heading its names in both languages and its part of the card."""
        of_headings = {
            name: [n for n in (heading.name_ar, heading.name_fr) if n]
            + [heading.Key(heading.key).label]
            for name, heading in self.headings.items()
        }
        project = [_("number"), _("number of the project"), _("openness project")]
        return super().other_words() | {"project": project} | of_headings

    def content(self, said):
        """The project and the remarks."""
        return {"project": said["project"].pk} | {name: said[name] for name in self.headings}

    def judge(self, lines):
        """A card on which nothing is written is no card."""
        for line in lines:
            if not self._remarks(line):
                line.refuse(_("Write at least one remark."))
        super().judge([line for line in lines if not line.faults])

    def write(self, lines):
        """Keep the cards."""
        cards = [(self.arrival(line), line.said["project"], self._remarks(line)) for line in lines]
        RemarkCard.objects.receive_all(self.step, cards)

    def _remarks(self, line):
        return [(h, line.said[name]) for name, h in self.headings.items() if line.said[name]]


def names_of_projects(projects) -> list[tuple]:
    """The pairs (name, project) by which a row may name a project: its number, its titles, or both."""
    pairs = [(f"{each.number}. {each}", each) for each in projects]
    for each in projects:
        pairs += [(str(name), each) for name in (each.number, each.title_ar, each.title_fr) if name]
    return pairs
