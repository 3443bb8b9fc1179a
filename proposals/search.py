"""What a citizen typed to find ideas, turned into a condition on their folded texts; alike on both databases."""

import re

from django.db.models import Q, Value
from django.db.models.functions import StrIndex, Substr
from django.db.models.lookups import GreaterThan

from openmuni.arabic import fold, search_words, without_article

_MOST_WORDS = 20  # a query is no longer than its reader
# A reference, folded: its parts with any sign between them or none, its number without the zeros.
_SIGN = r"[-_/. ]"
_REFERENCE = re.compile(
    rf"(?:(?P<prefix>[a-z]+){_SIGN}*(?P<rehearsal>\br{_SIGN}+)?)?"
    rf"(?P<year>\d{{4}})(?:{_SIGN}+|(?=\d{{4}}))0*(?P<number>\d{{1,9}})"
)
# A number alone: whole, and not the year of a reference. It begins with itself, to be looked for quickly.
_NUMBER = r"{0}(?![0-9])(?<![0-9]{0})(?!(?<=[a-z]-{0})-[0-9]{{4}})"


class _Place(StrIndex):
    """Where a word stands in a text, 0 for nowhere. SQLite finds bytes in less time than letters."""

    def as_sqlite(self, compiler, connection, **context):
        template, between = "INSTR(CAST(%(expressions)s AS BLOB))", " AS BLOB), CAST("
        return self.as_sql(compiler, connection, template=template, arg_joiner=between, **context)


def condition(text: str) -> Q:
    """That a folded text holds every word of `text`, in any order, or the reference that `text` spells.

    Nothing holds a text of signs alone; everything holds an empty one. The article of a word does not
    count; a number is a whole one.
    """
    folded = fold(text)
    words = search_words(folded)[:_MOST_WORDS]
    if not words:
        return Q(pk__in=[]) if folded else Q()
    wanted = Q(*map(_wanted, words))
    if reference := _reference(folded):
        wanted |= Q(_holds(reference))
    return wanted


def _wanted(word: str) -> Q:
    return _is_number(word) if word.isdecimal() else Q(_holds(without_article(word)))


def _is_number(word: str) -> Q:
    # The reference stands first, and its year in every text. The pattern is slow: it is asked of few.
    after_reference = Substr("folded", StrIndex("folded", Value(" ")))
    has_digits = GreaterThan(_Place(after_reference, Value(word)), 0)
    ends_reference = _holds(f"-{word.lstrip('0'):0>4} ")
    return Q(ends_reference) | Q(has_digits) & Q(folded__regex=_NUMBER.format(word))


def _holds(word: str) -> GreaterThan:
    # PostgreSQL finds a place in half the time in which it matches a pattern.
    return GreaterThan(_Place("folded", Value(word)), 0)


def _reference(folded: str) -> str:
    """The reference, or the end of it, that a folded query spells; empty when it spells none."""
    if not (found := _REFERENCE.fullmatch(folded)):
        return ""
    series = [found["prefix"], found["rehearsal"] and "r", found["year"]]
    return "-".join([*filter(None, series), f"{int(found['number']):04d}"])
