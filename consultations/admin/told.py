"""What an act of the log says, in the words of the forms."""

import datetime
import json
import re
from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _

from consultations.models import ActionPlan
from consultations.models.log import WITNESSES
from openmuni import dates

_NOTHING = "—"
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT.+\+00:00")


@dataclass(frozen=True)
class Row:
    """One field of what was done: its name, what stood there and what stands."""

    label: str
    before: str
    after: str


def rows_of(act) -> list[Row]:
    """What `act` changed, the rows that belong to a sheet after its own fields."""
    models = [witness.model for witness in WITNESSES if witness.act == act.act]
    models = [*_model(act.model), *models, ActionPlan]
    before, after = _state(act.before), _state(act.after)
    lines = after.pop("lines", [])
    rows = list(_rows(models, before, after))
    for line in lines:
        rows += _rows_of_line(line)
    return rows


def _rows_of_line(line):
    models = _model(line.get("model", ""))
    name = str(models[0]._meta.verbose_name) if models else line.get("model", "")
    if "changed" in line:
        return [Row(name, _NOTHING, str(line["changed"]))]
    before = line.get("before") or line.get("deleted") or {}
    after = line.get("after") or line.get("added") or {}
    return _rows(models, before, after, prefix=f"{name} {line.get('id', '')} · ")


def _rows(models, before, after, prefix=""):
    for name in dict.fromkeys([*before, *after]):
        if name != "id":
            field = _field(models, name)
            label = f"{prefix}{field.verbose_name if field else name}"
            stood, stands = (_words(field, state.get(name)) for state in (before, after))
            if stood != stands:
                yield Row(label, stood, stands)


def _state(state) -> dict:
    return dict(state) if isinstance(state, dict) else {"": state}


def _model(label) -> list:
    try:
        return [apps.get_model(label)]
    except (LookupError, ValueError):
        return []


def _field(models, name):
    for model in models:
        try:
            return model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
    return None


def _words(field, value) -> str:
    """A value as a person reads it; of a fingerprint enough to compare by eye."""
    words = dict(getattr(field, "flatchoices", None) or ())
    if value is None or value == "":
        return _NOTHING
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    text = str(words.get(value, value))
    if _FINGERPRINT.fullmatch(text):
        return f"{text[:16]}…"
    return _as_moment(text) if _INSTANT.fullmatch(text) else text


def _as_moment(text) -> str:
    at = datetime.datetime.fromisoformat(text)
    return f"{dates.day(at)} · {dates.hour(at)}"
