"""The figures in words: the sentences above the plots."""

from collections import Counter
from html import unescape

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from consultations.models import Moderation, WithholdingCategory
from openmuni import dates
from proposals.status import Status

_STATES = (Moderation.PUBLISHED, Moderation.WITHHELD, Moderation.PENDING)


def plain(label) -> str:
    """`label` as bare text: a name in the other language bears an element."""
    return unescape(strip_tags(label)) if hasattr(label, "__html__") else str(label)


def listed(words: list[str]) -> str:
    """«a, b and c»."""
    if len(words) < 2:
        return "".join(words)
    items = pgettext("between two items of a list", ", ").join(words[:-1])
    return pgettext("list", "%(items)s and %(last)s") % {"items": items, "last": words[-1]}


def summary(table) -> str:
    """«Of 39 ideas: 20 accepted, 8 merged into openness projects and 1 not accepted.»"""
    total = table.total
    parts = [_with_status(row.status, row.total) for row in table.rows if row.total]
    text = ngettext("Of %(count)s idea: %(parts)s.", "Of %(count)s ideas: %(parts)s.", total)
    return text % {"count": dates.group(total), "parts": listed(parts)} if total else ""


def _with_status(status, count) -> str:
    forms = {
        Status.ACCEPTED: ngettext("%(count)s idea accepted", "%(count)s ideas accepted", count),
        Status.MERGED: ngettext(
            "%(count)s idea merged into openness projects",
            "%(count)s ideas merged into openness projects",
            count,
        ),
        Status.IN_PROGRESS: ngettext(
            "%(count)s idea being processed", "%(count)s ideas being processed", count
        ),
        Status.REJECTED: ngettext(
            "%(count)s idea not accepted", "%(count)s ideas not accepted", count
        ),
    }
    return forms[status] % {"count": dates.group(count)}


def most_axis(table) -> list[str]:
    """Which axis has the most ideas."""
    return _most(table, _("The axis with the most ideas: %(name)s (%(count)s)."))


def most_station(table) -> list[str]:
    """Which station brought the most ideas."""
    return _most(table, _("The station that brought the most ideas: %(name)s (%(count)s)."))


def _most(table, text):
    top = max(table.rows, key=lambda row: row.total)
    # Of several with as many none is the first.
    if sum(row.total == top.total for row in table.rows) > 1:
        return []
    return [text % {"name": plain(top.label), "count": dates.group(top.total)}]


def cards(table) -> list[str]:
    """How many of what came in were new project cards, if any."""
    count = table.rows[-1].total
    if not count:
        return []
    text = ngettext(
        "%(count)s new project card among them.", "%(count)s new project cards among them.", count
    )
    return [text % {"count": dates.group(count)}]


def answered(table) -> list[str]:
    """How many remarks there are, and how many have an answer."""
    total = table.total
    unanswered = sum(
        row.cells[place]
        for row in table.rows
        for place, (key, _label) in enumerate(table.columns)
        if key == "unanswered"
    )
    text = ngettext("%(count)s remark was published.", "%(count)s remarks were published.", total)
    count = total - unanswered
    told = ngettext("%(count)s of them has an answer.", "%(count)s of them have an answer.", count)
    return [text % {"count": dates.group(total)}, told % {"count": dates.group(count)}]


def busiest(weeks) -> list[str]:
    """When most ideas came, and how many."""
    top = max(weeks, key=lambda week: week.count, default=None)
    if top is None:
        return []
    texts = {
        "week": _("Most ideas came in the week of %(days)s (%(count)s)."),
        "month": _("Most ideas came in %(days)s (%(count)s)."),
        "year": _("Most ideas came in the year %(days)s (%(count)s)."),
    }
    return [texts[top.unit] % {"days": top.label, "count": dates.group(top.count)}]


def waits(delay) -> list[str]:
    """How long an answer took, how many came in time, how many ideas wait."""
    told = []
    if delay.days:
        half = delay.within(0.5)
        text = ngettext(
            "Half of the answers came within %(count)s day.",
            "Half of the answers came within %(count)s days.",
            half,
        )
        told.append(text % {"count": dates.group(half)})
    waiting, late = delay.waiting, delay.waiting_late
    text = ngettext(
        "%(count)s idea waits for a first answer.",
        "%(count)s ideas wait for a first answer.",
        waiting,
    )
    told.append(text % {"count": dates.group(waiting)})
    if late:
        text = ngettext(
            "%(count)s of them waits for longer than promised.",
            "%(count)s of them wait for longer than promised.",
            late,
        )
        told.append(text % {"count": dates.group(late)})
    return told


def received(moderated) -> list[str]:
    """How many ideas came in, and what became public of them; `moderated` counts {(state, category): number}.

    Nothing where it is not known.
    """
    total = sum(moderated.values())
    if not total:
        return []
    states = Counter()
    for (state, _category), count in moderated.items():
        states[state] += count
    published, withheld, pending = (states[state] for state in _STATES)
    text = ngettext("%(count)s published", "%(count)s published", published)
    parts = [text % {"count": dates.group(published)}]
    if withheld:
        why = [
            f"{category.label} {dates.group(count)}"
            for category in WithholdingCategory
            if (count := moderated.get((Moderation.WITHHELD, category)))
        ]
        text = ngettext(
            "%(count)s not published (%(reasons)s)",
            "%(count)s not published (%(reasons)s)",
            withheld,
        )
        items = pgettext("between two items of a list", ", ").join(why)
        parts.append(text % {"count": dates.group(withheld), "reasons": items})
    if pending:
        text = ngettext("%(count)s not yet looked at", "%(count)s not yet looked at", pending)
        parts.append(text % {"count": dates.group(pending)})
    text = ngettext(
        "Received so far: %(count)s idea, of which %(parts)s.",
        "Received so far: %(count)s ideas, of which %(parts)s.",
        total,
    )
    return [text % {"count": dates.group(total), "parts": listed(parts)}]


def took_part(participation) -> list[str]:
    """Who took part, where it is known: people of one meeting, participations in several."""
    sums, meetings = participation.sums, len(participation.turnouts)
    told = []
    if (people := sums["participants"]) is not None:
        text = (
            ngettext("%(count)s participation.", "%(count)s participations.", people)
            if meetings > 1
            else ngettext("%(count)s person took part.", "%(count)s people took part.", people)
        )
        told.append(text % {"count": dates.group(people)})
    for name, say in (("women", _women), ("associations", _associations)):
        if (count := sums[name]) is not None:
            known = participation.known(name)
            told.append(say(count, known, known < meetings) % {"count": dates.group(count)})
    return told


def _women(count, known, is_partial):
    if is_partial:
        return ngettext(
            "At least %(count)s woman among them.", "At least %(count)s women among them.", count
        )
    if known > 1:
        return ngettext(
            "%(count)s participation of a woman among them.",
            "%(count)s participations of women among them.",
            count,
        )
    return ngettext("%(count)s woman among them.", "%(count)s women among them.", count)


def _associations(count, known, is_partial):
    if known > 1 and is_partial:
        return ngettext(
            "At least %(count)s participation of an association.",
            "At least %(count)s participations of associations.",
            count,
        )
    if known > 1:
        return ngettext(
            "%(count)s participation of an association.",
            "%(count)s participations of associations.",
            count,
        )
    if is_partial:
        return ngettext(
            "At least %(count)s association took part.",
            "At least %(count)s associations took part.",
            count,
        )
    return ngettext("%(count)s association took part.", "%(count)s associations took part.", count)
