"""Every address of the site, from the resolver, with something in the place of each argument."""

import re
from dataclasses import dataclass

from django.apps import apps
from django.urls import URLPattern, get_resolver

# The two addresses of the admin that are written as regular expressions.
_APP_LIST, _ANY = re.compile(r"\^\(\?P<app_label>.*\)/\$"), re.compile(r"\(\?P<url>\.\*\)\$")
_ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
_ADMIN_OF_MODEL = re.compile(r"ar/admin/(\w+)/(\w+)/")
# Whose key a public address holds.
_SUBJECTS = {
    "projects": ("consultations", "project"),
    "documents": ("consultations", "stepdocument"),
    "photographs": ("consultations", "stepdocument"),
    "stations": ("consultations", "step"),
}


@dataclass(frozen=True)
class Address:
    """One pattern: `route` as the resolver has it, `path` with its arguments filled in."""

    route: str
    path: str
    name: str
    app: str


def addresses(app="", filled=None) -> list[Address]:
    """The addresses in Arabic; those of the namespace `app` alone when one is given.

    `filled` says what stands for an argument, by its name or by `part before/name`. Otherwise a key
    is that of the first row of the model that the address speaks of, or 0.
    """
    found = list(_below(get_resolver(), "", "", filled or {}))
    return [each for each in found if not app or each.app == app]


def _below(resolver, route, app, filled):
    for each in resolver.url_patterns:
        here = route + str(each.pattern)
        if isinstance(each, URLPattern):
            path = f"/{_path(here, filled)}"
            yield Address(_plain(here), path, each.name or "", app)
        else:
            yield from _below(each, here, each.app_name or app, filled)


def _plain(route):
    """A route of which the regular expressions are written as the others."""
    return _ANY.sub("<url>", _APP_LIST.sub("<app_label>/", route))


def _path(route, filled):
    key = _first_key(route)
    known = {"pk": key, "object_id": key, "id": key, "app_label": "committee", "url": "nowhere"}
    known |= filled
    route = _plain(route)

    def value(found):
        before = route[: found.start()].rstrip("/").rpartition("/")[2]
        return str(known.get(f"{before}/{found[1]}", known.get(found[1], "0")))

    return _ARGUMENT.sub(value, route)


def _first_key(route):
    named = _ADMIN_OF_MODEL.match(route)
    subject = (
        named.groups() if named else _SUBJECTS.get(route.removeprefix("ar/").partition("/")[0])
    )
    if subject is None or subject[0] not in {app.label for app in apps.get_app_configs()}:
        return 0
    first = apps.get_model(*subject).objects.order_by("pk").first()
    return first.pk if first else 0
