"""The list of ideas as a visitor narrows and orders it: a form, links, and words for what is chosen."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django import forms
from django.db.models import F, Max, Q
from django.utils.translation import gettext_lazy as _

from consultations.models import Channel
from openmuni.arabic import fold
from openmuni.fields import CleanCharField
from openmuni.languages import language_of

from .models import NEIGHBOURHOOD_MAX_LENGTH, Proposal, Status

SORTS = {
    "newest": _("Newest first"),
    "oldest": _("Oldest first"),
    "decided": _("Decided lately"),
}
_NEWEST = "newest"
# What a filter compares, by its name.
_COLUMNS = {
    "status": "status",
    "axis": "axis",
    "channel": "submission__channel",
    "step": "submission__step",
    "kind": "kind",
}
_AT_FIRST_SIGHT = ("status", "axis")
_MOST_NEIGHBOURHOODS = 30


@dataclass(frozen=True)
class Select:
    """A filter as a list to choose from: pairs of value and words, the empty one first."""

    name: str
    label: str
    choices: list[tuple[str, str]]
    value: str


@dataclass(frozen=True)
class Link:
    """A link to the list with other parameters: `query` is what follows the question mark."""

    words: str
    query: str
    label: str = ""
    is_current: bool = False


class IdeaFilterForm(forms.Form):
    """The filters of the list of ideas. Anything unknown counts as no filter."""

    q = CleanCharField(label=_("Search"), required=False, max_length=200)
    status = forms.ChoiceField(label=_("Status"), choices=Status.choices, required=False)
    axis = forms.ChoiceField(label=_("Priority axis"), required=False)
    channel = forms.ChoiceField(label=_("Channel"), choices=Channel.choices, required=False)
    step = forms.ChoiceField(label=_("Station"), required=False)
    neighbourhood = CleanCharField(
        label=_("Neighbourhood"), required=False, max_length=NEIGHBOURHOOD_MAX_LENGTH
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Proposal.Kind.choices, required=False)
    sort = forms.ChoiceField(choices=SORTS.items(), required=False)

    all_words = {
        "status": _("All statuses"),
        "axis": _("All axes"),
        "channel": _("All channels"),
        "step": _("All stations"),
        "neighbourhood": _("All neighbourhoods"),
        "kind": _("All contributions"),
    }

    def __init__(self, data, *, plan):
        super().__init__(data)
        self.published = Proposal.objects.public().filter(plan=plan)
        steps = [step for step in plan.steps.all() if step.accepts_ideas]
        for name, things in (("axis", plan.axes.all()), ("step", steps)):
            self.fields[name].choices = [(str(thing.pk), str(thing)) for thing in things]
        self.full_clean()
        understood = {name: value for name in self.fields if (value := self.cleaned_data.get(name))}
        self.order = understood.pop("sort", _NEWEST)
        self.chosen = understood

    # --- Rows -------------------------------------------------------------------------------------

    @property
    def is_search(self) -> bool:
        return "q" in self.chosen

    @property
    def other_language(self) -> str:
        """The language in which the words of the search are not; empty without a letter."""
        text = self.chosen.get("q", "")
        if not any(map(str.isalpha, text)):
            return ""
        return "fr" if language_of(text) == "ar" else "ar"

    def found(self):
        """The published proposals that the filters leave, in the order asked for."""
        found = self.published
        if self.is_search:
            found = found.search(self.chosen["q"])
        if name := self.chosen.get("neighbourhood"):
            found = found.in_neighbourhood(name)
        columns = {_COLUMNS[name]: self.chosen[name] for name in _COLUMNS if name in self.chosen}
        return self._in_order(found.filter(**columns))

    @cached_property
    def _by_neighbourhood(self):
        return self.published.by_neighbourhood()

    @property
    def total(self) -> int:
        """How many are published, whatever is chosen; counted with their neighbourhoods, as that takes long."""
        return sum(number for _folded, number, _first in self._by_neighbourhood)

    def _in_order(self, proposals):
        if self.order == "oldest":
            return proposals.newest_first().reverse()
        if self.order == "decided":
            decided = F("decided_at").desc(nulls_last=True)
            # Of an idea that was opened again no decision stands.
            stands = ~Q(status=Status.IN_PROGRESS)
            dated = proposals.annotate(decided_at=Max("decisions__at", filter=stands))
            return dated.order_by(decided, "-submission_id")
        return proposals.newest_first()

    # --- What the page offers -------------------------------------------------------------------

    @cached_property
    def selects(self) -> list[Select]:
        """The lists to choose from, those at first sight before the others."""
        return [self._select(name) for name in self.all_words]

    @property
    def first_selects(self) -> list[Select]:
        return [select for select in self.selects if select.name in _AT_FIRST_SIGHT]

    @property
    def more_selects(self) -> list[Select]:
        return [select for select in self.selects if select.name not in _AT_FIRST_SIGHT]

    @property
    def more_chosen(self) -> bool:
        return any(select.value for select in self.more_selects)

    def _select(self, name) -> Select:
        field, value = self.fields[name], self.chosen.get(name, "")
        if name == "neighbourhood":
            choices = self._neighbourhoods(value)
            alike = (known for known, _words in choices if fold(known) == fold(value))
            value = next(alike, "")
        else:
            choices = field.choices
        return Select(name, field.label, [("", self.all_words[name]), *choices], value)

    def _neighbourhoods(self, chosen):
        """The names most often written, each as the first wrote it, with the one that was chosen, which may be rare."""
        firsts = [first for folded, _number, first in self._by_neighbourhood if folded]
        spelled = Proposal.objects.filter(submission_id__in=firsts[:_MOST_NEIGHBOURHOODS])
        spelled = spelled.order_by("neighbourhood_folded")
        names = list(spelled.values_list("neighbourhood", flat=True))
        if chosen and fold(chosen) not in map(fold, names):
            names.append(chosen)
        return [(name, name) for name in names]

    @cached_property
    def chips(self) -> list[Link]:
        """What is chosen, each with the list without it."""
        chips = []
        if self.is_search:
            text = self.chosen["q"]
            chips.append(Link(text, self.query_with(q=""), self.fields["q"].label))
        for select in self.selects:
            if select.value:
                words = dict(select.choices)[select.value]
                chips.append(Link(words, self.query_with(**{select.name: ""}), select.label))
        return chips

    @property
    def sorts(self) -> list[Link]:
        """The orders; that of now is marked."""
        return [
            Link(words, self.query_with(sort=name), is_current=name == self.order)
            for name, words in SORTS.items()
        ]

    @property
    def query(self) -> str:
        """What is chosen, as the end of an address; empty when nothing is."""
        return self.query_with()

    def query_with(self, **changes) -> str:
        """The same with `changes`; an empty value leaves a filter out, and the first order needs no word."""
        asked = {**self.chosen, "sort": self.order, **changes}
        kept = {name: value for name, value in asked.items() if value}
        if kept.get("sort") == _NEWEST:
            del kept["sort"]
        return urlencode(kept)
