"""The stations as a calendar file (iCalendar, RFC 5545)."""

import datetime

from openmuni import clock

from .models import Step

_END = "\r\n"
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
# A line holds 75 bytes; what is longer goes on in the next one, after a space.
_LINE_BYTES = 74
_LAST_MINUTE = datetime.time(23, 59)


def calendar_of(plan, steps, host: str, page: str) -> str:
    """`steps` of `plan` as a calendar; `page` is the address of the stations. One known to the month is left out."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//OpenMuni//stations//AR", "METHOD:PUBLISH"]
    lines.append(f"X-WR-CALNAME:{_text(str(plan))}")
    for step in steps:
        if step.precision == Step.Precision.DAY or step.held_from:
            lines += _event(step, host, page)
    lines.append("END:VCALENDAR")
    return _END.join(_folded(line) for line in lines) + _END


def _event(step, host, page):
    return [
        "BEGIN:VEVENT",
        f"UID:station-{step.pk}@{host}",
        f"DTSTAMP:{_instant(clock.now())}",
        *_when(step),
        f"SUMMARY:{_text(str(step))}",
        *([f"LOCATION:{_text(step.place)}"] if step.place else []),
        f"URL:{page}#station-{step.pk}",
        "END:VEVENT",
    ]


def _when(step):
    """Instants in UTC where hours are set, else whole days, of which the last is not counted.

    The days on which it took place come before those it was set for, whose hours are not theirs.
    """
    if step.was_held_otherwise:
        return _whole_days(step.held_from, step.held_until or step.held_from)
    if step.opens_at or step.closes_at:
        return [f"DTSTART:{_instant(step.opening)}", f"DTEND:{_instant(_end(step))}"]
    return _whole_days(step.starts_on, step.ends_on)


def _whole_days(first, last):
    after = last + datetime.timedelta(days=1)
    return [f"DTSTART;VALUE=DATE:{first:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"]


def _end(step) -> datetime.datetime:
    """The hour that the pages name; its minute still counts, which a calendar has no need to show."""
    if step.closes_at and step.closes_at != _LAST_MINUTE:
        return clock.instant(step.ends_on, step.closes_at)
    return step.closing


def _instant(instant: datetime.datetime) -> str:
    return f"{instant.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    return words.translate(_ESCAPES)


def _folded(line: str) -> str:
    """`line` in pieces of few enough bytes; no letter is cut in two."""
    pieces, piece = [], ""
    for letter in line:
        if len((piece + letter).encode()) > _LINE_BYTES:
            pieces.append(piece)
            piece = ""
        piece += letter
    return f"{_END} ".join([*pieces, piece])
