"""Ideas of an edition that say nearly the same, found by their folded texts; alike on both databases.

A likeness (0-100) is the mean of three: of the titles and of the texts, word order and repetition
aside (rapidfuzz), and of the share of telling words they have in common, a rare word counting more.
Written again in other words, an idea comes to 55 and more; two ideas on one subject stay below 50.
"""

import functools
import math
import threading
from array import array
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Max
from rapidfuzz import fuzz, process

from consultations.models import ActionPlan
from openmuni.arabic import fold, stems

from .models import Proposal

LIKE = 50  # the least likeness that is shown
MOST = 6  # so many are shown
_CANDIDATES = 40  # of each search, compared whole
_ALIKE_TITLE = 60  # the least likeness at which a title alone makes a candidate
_FETCHED = 5 * MOST  # so many of the likest are fetched, as some may not be shown to everybody
_TELLING_WORDS = 12  # the rarest ones of a text, that candidates are looked up by
_TEXT_LENGTH = 600  # characters compared; after that an idea repeats itself
_EDITIONS = 4  # kept in memory


@dataclass(frozen=True)
class LookAlike:
    """A proposal, and how much it is like the one that was asked about: from LIKE to 100."""

    proposal: Proposal
    likeness: int

    @property
    def latest(self):
        """The last decision on it; None before the first."""
        return max(self.proposal.decisions.all(), key=lambda one: one.pk, default=None)


def look_alikes(proposal: Proposal) -> list[LookAlike]:
    """The other proposals of its edition that are most like `proposal`, the likest first.

    Whatever their moderation: for staff. Five queries at most, one of them when something came in since.
    """
    everything = Proposal.objects.select_related("submission", "project")
    return _found(
        proposal.plan_id, proposal.title, _words(proposal.folded), everything, besides=proposal.pk
    )


def public_look_alikes(plan: ActionPlan, title: str, text: str) -> list[LookAlike]:
    """The published proposals of `plan` that are most like what somebody is about to send, each with its parts."""
    among = Proposal.objects.public().prefetch_related("parts__heading")
    return _found(plan.pk, title, fold(f"{title} {text}"), among)


def _found(plan_pk, title, text, among, besides=None) -> list[LookAlike]:
    likeness = _index_of(plan_pk).likest(fold(title), text)
    likeness.pop(besides, None)
    likest = sorted(likeness, key=likeness.get, reverse=True)[:_FETCHED]
    rows = among.filter(pk__in=likest).prefetch_related("decisions__project")
    found = [LookAlike(proposal, likeness[proposal.pk]) for proposal in rows]
    return sorted(found, key=lambda one: (-one.likeness, one.proposal.pk))[:MOST]


def _words(folded: str) -> str:
    """The folded text of a proposal without the reference that stands before it."""
    return folded.partition(" ")[2]


class _Asked:
    """What is compared with all the others."""

    def __init__(self, title, text):
        self.title, self.text, self.words = title, text, stems(text)


class _Index:
    """The folded texts of one edition in the memory of this process, looked up by title and by word."""

    def __init__(self, plan_pk):
        self.plan_pk = plan_pk
        self.lock = threading.Lock()
        self._forget()

    def _forget(self):
        self.numbers, self.titles, self.texts = [], [], []
        self.places = {}  # word → the places of the texts that have it

    def likest(self, title, text) -> dict[int, int]:
        """The numbers of the proposals that are like it, with their likeness."""
        asked = _Asked(title, text[:_TEXT_LENGTH])
        with self.lock:
            self._catch_up()
            candidates = self._by_title(title) | self._by_words(asked.words)
            weight = functools.cache(self._weight)
            scores = {place: self._likeness(asked, place, weight) for place in candidates}
            return {
                self.numbers[place]: round(score)
                for place, score in scores.items()
                if score >= LIKE
            }

    def _catch_up(self):
        """Read what came in since. Texts are not changed after they came in; rows may be wiped."""
        rows = Proposal.objects.filter(plan=self.plan_pk)
        now = rows.aggregate(count=Count("pk"), last=Max("pk"))
        known = self.numbers[-1] if self.numbers else 0
        if (now["count"], now["last"] or 0) == (len(self.numbers), known):
            return
        self._read(rows.filter(pk__gt=known))
        if len(self.numbers) != now["count"]:
            self._forget()
            self._read(rows)

    def _read(self, rows):
        fields = rows.order_by("pk").values_list("pk", "title", "folded")
        for pk, title, folded in fields.iterator(chunk_size=1000):
            text = _words(folded)[:_TEXT_LENGTH]
            for word in stems(text):
                self.places.setdefault(word, array("I")).append(len(self.numbers))
            self.numbers.append(pk)
            self.titles.append(fold(title))
            self.texts.append(text)

    def _by_title(self, title) -> set[int]:
        best = process.extract(
            title,
            self.titles,
            scorer=fuzz.token_set_ratio,
            score_cutoff=_ALIKE_TITLE,
            limit=_CANDIDATES,
        )
        return {place for _title, _score, place in best}

    def _by_words(self, words) -> set[int]:
        """The texts that share most of the telling words."""
        known = sorted((word for word in words if word in self.places), key=self._how_common)
        shared = Counter()
        for word in known[:_TELLING_WORDS]:
            shared.update(self.places[word])
        return {place for place, _number in shared.most_common(_CANDIDATES)}

    def _likeness(self, asked, place, weight) -> float:
        titles = fuzz.token_set_ratio(asked.title, self.titles[place])
        texts = fuzz.token_set_ratio(asked.text, self.texts[place])
        # The words that both have, in per cent of the lighter of the two texts.
        words = stems(self.texts[place])
        lighter = min(sum(map(weight, asked.words)), sum(map(weight, words)))
        both = sum(map(weight, asked.words & words))
        return (titles + texts + (100 * both / lighter if lighter else 0)) / 3

    def _weight(self, word) -> float:
        return math.log(1 + len(self.numbers) / (self._how_common(word) + 0.5))

    def _how_common(self, word) -> int:
        return len(self.places.get(word, ()))


@functools.lru_cache(maxsize=_EDITIONS)
def _index_of(plan_pk) -> _Index:
    return _Index(plan_pk)


def forget_texts():
    """Let go of what is kept in memory."""
    _index_of.cache_clear()
