"""What is shown when something fails. Django names these handlers in urls.py and settings.py."""

import sys

from django.db import InterfaceError, OperationalError
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.http import http_date

from consultations.editions import current_plan
from consultations.forms import HEADING_PREFIX

# The fields, of citizens and of staff, whose text is given back when something fails; the boxes of
# a card beside them.
TYPED_AT_LENGTH = ("title", "body", "neighbourhood", "reason", "kept_part", "comment")
# Seconds after which who asks again may be answered.
RETRY_AFTER = 60


def csrf_failure(request, reason=""):
    """Give a form back with its text when its security token was refused.

    A view says how by an attribute `csrf_failed(request, *args, **kwargs)`.
    """
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return forbidden(request)
    give_back = getattr(match.func, "csrf_failed", None)
    return give_back(request, *match.args, **match.kwargs) if give_back else forbidden(request)


def bad_request(request, exception=None):
    """The request could not be read."""
    return _bare(request, "400.html", 400)


def forbidden(request, exception=None):
    """The visitor may not do this."""
    return _framed(request, "403.html", 403)


def not_found(request, exception=None):
    """There is no such page."""
    return _framed(request, "404.html", 404)


def gone(request):
    """What was there is not public any more; a view with more to say of it has its own page."""
    return _framed(request, "410.html", 410)


def too_many(request, until=None):
    """Too many tries from one place; one more is taken at the time `until`, where that is known."""
    answer = _bare(request, "429.html", 429, until=until)
    answer["Retry-After"] = http_date(until.timestamp()) if until else str(RETRY_AFTER)
    return answer


def server_error(request):
    """Something failed on our side: whoever was sending a text gets it back.

    Django calls it while the exception is handled; 503 where the database could not be reached.
    """
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        return out_of_service(request)
    return _bare(request, "500.html", 500, typed=_typed(request))


def out_of_service(request):
    """The database cannot be reached for now."""
    answer = _bare(request, "503.html", 503, typed=_typed(request))
    answer["Retry-After"] = str(RETRY_AFTER)
    return answer


def _typed(request):
    return [
        text
        for name, text in request.POST.items()
        if text and (name in TYPED_AT_LENGTH or name.startswith(HEADING_PREFIX))
    ]


def _framed(request, template, status):
    """A failure within the frame of the site, whose links lead on."""
    with _language_of(request):
        return render(request, template, {"plan": current_plan()}, status=status)


def _bare(request, template, status, **context):
    """A failure without any context processor: the database may be the very thing that failed."""
    with _language_of(request):
        return render(None, template, context, status=status)


def _language_of(request):
    """That of the address, else of the browser: a failure may come before either was looked at."""
    return translation.override(translation.get_language_from_request(request, check_path=True))
