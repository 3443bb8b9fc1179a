"""The site as an app on a phone's first screen."""

from django.http import JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, get_language_info, gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from consultations.models import Commune

# The colour --sea-deep of static/scss/_tokens.scss, as in templates/includes/_look.html.
THEME_COLOUR = "#06303f"


@require_safe
@cache_control(public=True, max_age=86_400)
def site_manifest(request):
    """The web app manifest in the language of the address, named after the commune."""
    programme, commune = gettext("Openness programme"), Commune.objects.first()
    manifest = {
        "name": f"{programme} · {commune}" if commune else programme,
        "short_name": programme,
        "lang": get_language(),
        "dir": "rtl" if get_language_info(get_language())["bidi"] else "ltr",
        "start_url": reverse("home"),
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#ffffff",
        "theme_color": THEME_COLOUR,
        "icons": [_icon(size, purpose) for size in (192, 512) for purpose in ("any", "maskable")],
    }
    return JsonResponse(
        manifest,
        content_type="application/manifest+json",
        json_dumps_params={"ensure_ascii": False},
    )


def _icon(size, purpose):
    return {
        "src": static(f"img/icon-{size}.png"),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": purpose,
    }
