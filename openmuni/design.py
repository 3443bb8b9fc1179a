"""The design on one page, drawn by the templates of the site itself; in development only."""

import re

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from . import failures, samples

_FAILURES = {
    400: failures.bad_request,
    403: failures.forbidden,
    404: failures.not_found,
    410: failures.gone,
    429: failures.too_many,
    500: failures.server_error,
    503: failures.out_of_service,
}
_TOKEN = re.compile(r"--([\w-]+): ([^;]+);")


def tokens() -> dict[str, str]:
    """{name: value} of the tokens, as static/scss/_tokens.scss declares them."""
    source = (settings.BASE_DIR / "static/scss/_tokens.scss").read_text()
    return dict(_TOKEN.findall(source.partition("}")[0]))


def _light(colour: str) -> float:
    """Relative luminance of #rrggbb, as WCAG 2.2 defines it."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of contrast of two colours #rrggbb, from 1 to 21."""
    dark, light = sorted((_light(one), _light(other)))
    return (light + 0.05) / (dark + 0.05)


@require_safe
def design(request):
    """The tokens, and every piece of templates/includes with its states."""
    known = tokens()
    colours = [
        {
            "name": name,
            "value": value,
            "on_white": f"{contrast(value, '#ffffff'):.1f}",
            "on_sand": f"{contrast(value, known['sand']):.1f}",
        }
        for name, value in known.items()
        if value.startswith("#")
    ]
    context = {
        "colours": colours,
        "measures": {name: value for name, value in known.items() if not value.startswith("#")},
        "failures": list(_FAILURES),
        "samples": samples,
        "plan": samples.plan(),
    }
    return render(request, "openmuni/design.html", context)


@require_safe
def failure(request, status):
    """The page of a failure, as it would be shown."""
    if status not in _FAILURES:
        raise Http404
    return _FAILURES[status](request)


urlpatterns = [
    path("design/", design, name="design"),
    path("design/<int:status>/", failure, name="design_failure"),
]
