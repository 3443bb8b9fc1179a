"""What was typed at a desk when the session had ended: kept over the sign-in, and never sent by itself.

The page to sign in carries it in a hidden field; after the sign-in the session holds it until it is
sent again by a click. Only for views that give a form back by `csrf_failed` (see openmuni.pages).
"""

import json

from django.http import QueryDict
from django.urls import Resolver404, resolve

_KEPT = "typed"
# A hundred rows of a meeting with their reasons; more is nobody's typing.
MAX_CHARACTERS = 500_000


def of_request(request) -> dict:
    """{path, text} of what `request` sends, for the hidden fields; empty when nothing can be kept."""
    if request.method != "POST" or not _gives_back(request.path):
        return {}
    fields = {
        name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"
    }
    text = json.dumps(fields, ensure_ascii=False)
    return {"path": request.path, "text": text} if len(text) <= MAX_CHARACTERS else {}


def carried(request) -> dict:
    """{path, text} as the page to sign in has sent them back; empty when they are not ours."""
    path, text = request.POST.get("typed_at", ""), request.POST.get("typed", "")
    if len(text) > MAX_CHARACTERS or not _gives_back(path) or not _fields(text):
        return {}
    return {"path": path, "text": text}


def keep(session, typed: dict):
    """Keep it in the session of the person who signed in."""
    session[_KEPT] = typed


def give_back(request):
    """The form with what was kept for this address, for a GET; None when nothing was.

    Sending it, or anything else, to the address ends the keeping.
    """
    kept = request.session.get(_KEPT)
    if not kept or kept["path"] != request.path or hasattr(request, "gives_typed_back"):
        return None
    if request.method != "GET":
        del request.session[_KEPT]
        return None
    request.gives_typed_back = True
    request.POST = _query(_fields(kept["text"]))
    match = request.resolver_match
    answer = match.func.csrf_failed(request, *match.args, **match.kwargs)
    # Nothing was refused this time.
    if answer.status_code == 403 and hasattr(answer, "context_data"):
        answer.status_code = 200
    return answer


def _gives_back(path) -> bool:
    try:
        match = resolve(path)
    except Resolver404:
        return False
    return "admin" in match.app_names and hasattr(match.func, "csrf_failed")


def _fields(text) -> dict:
    """{name: [values]} of the JSON `text`; empty for anything else."""
    try:
        fields = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(fields, dict):
        return {}
    good = all(
        isinstance(values, list) and all(isinstance(value, str) for value in values)
        for values in fields.values()
    )
    return fields if good else {}


def _query(fields) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, values in fields.items():
        query.setlist(name, values)
    return query
