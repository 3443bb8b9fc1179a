"""What every page of the portal needs beside its own subject."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info

from openmuni.languages import OWN_NAMES

from .models import Commune


def portal(request):
    """Context processor: the commune (one query, when first used), the name of the page, the other languages."""
    return {
        "commune": SimpleLazyObject(Commune.objects.first),
        "here": request.resolver_match.url_name if request.resolver_match else "",
        "language_links": [
            {
                "code": code,
                "name": OWN_NAMES[code],
                "dir": "rtl" if get_language_info(code)["bidi"] else "ltr",
                "href": _in_language(request.get_full_path(), code),
                # For search engines, which are to know each page once.
                "path": _in_language(request.path, code),
            }
            for code, _name in settings.LANGUAGES
            if code != get_language()
        ],
    }


def _in_language(address, code):
    """The same page in another language, its query kept; of an address that leads nowhere too."""
    prefix = f"/{get_language()}/"
    return f"/{code}/{address.removeprefix(prefix)}" if address.startswith(prefix) else f"/{code}/"
