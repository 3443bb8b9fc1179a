"""The addresses of the site, and some at which it fails: `/ar/fails/503/`."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path

from openmuni import failures
from openmuni.urls import handler400, handler403, handler404, handler500, urlpatterns

FAILURES = {
    400: failures.bad_request,
    403: failures.forbidden,
    404: failures.not_found,
    410: failures.gone,
    429: failures.too_many,
    500: failures.server_error,
    503: failures.out_of_service,
}


def fails(request, status):
    """What a visitor sees when an answer has this status."""
    return FAILURES[status](request)


__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
urlpatterns = [*i18n_patterns(path("fails/<int:status>/", fails)), *urlpatterns]
