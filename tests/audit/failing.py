"""The addresses of the site, and some at which it fails: `/ar/fails/503/`."""

from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import BadRequest, PermissionDenied
from django.shortcuts import render
from django.urls import path

from openmuni import urls as site

ERRORS = {400: BadRequest, 403: PermissionDenied, 500: ZeroDivisionError}
handler400, handler403 = site.handler400, site.handler403
handler404, handler500 = site.handler404, site.handler500


def fails(request, status):
    """What a visitor sees when an answer has this status."""
    if status in ERRORS:
        raise ERRORS[status]
    return render(request, f"{status}.html", status=status)


urlpatterns = [*i18n_patterns(path("fails/<int:status>/", fails)), *site.urlpatterns]
