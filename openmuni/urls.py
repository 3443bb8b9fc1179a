"""Every public address begins with its language; `/` leads to Arabic."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import index, sitemap
from django.urls import include, path
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

from proposals.sitemaps import SITEMAPS

from . import design, pages

handler400 = "openmuni.failures.bad_request"
handler403 = "openmuni.failures.forbidden"
handler404 = "openmuni.failures.not_found"
handler500 = "openmuni.failures.server_error"

urlpatterns = [
    path("", RedirectView.as_view(url="/ar/")),
    path(
        "sitemap.xml",
        require_safe(index),
        {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap_section"},
        name="sitemap",
    ),
    path(
        "sitemap-<slug:section>.xml",
        require_safe(sitemap),
        {"sitemaps": SITEMAPS},
        name="sitemap_section",
    ),
    path("favicon.ico", pages.favicon, name="favicon"),
    path("robots.txt", pages.robots, name="robots"),
    path("humans.txt", pages.humans, name="humans"),
    path(".well-known/security.txt", pages.security, name="security"),
    *i18n_patterns(
        path("", pages.home, name="home"),
        path("privacy/", pages.privacy, name="privacy"),
        path("accessibility/", pages.accessibility, name="accessibility"),
        path("legal/", pages.legal, name="legal"),
        *(design.urlpatterns if settings.DEBUG else []),
        path("admin/", admin.site.urls),
        path("", include("consultations.urls")),
        path("", include("proposals.urls")),
        path("", include("committee.urls")),
        path("<edition:edition>/", pages.home, name="edition_home"),
        path("<edition:edition>/about/", pages.about, name="about"),
    ),
]
