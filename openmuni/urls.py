"""Every public address begins with its language; `/` leads to Arabic."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from . import pages

handler400 = "openmuni.failures.bad_request"
handler403 = "openmuni.failures.forbidden"
handler404 = "openmuni.failures.not_found"
handler500 = "openmuni.failures.server_error"

urlpatterns = [
    path("", RedirectView.as_view(url="/ar/")),
    *i18n_patterns(
        path("", pages.home, name="home"),
        path("privacy/", pages.privacy, name="privacy"),
        path("admin/", admin.site.urls),
        path("", include("consultations.urls")),
        path("", include("proposals.urls")),
        path("", include("committee.urls")),
        path("<edition:edition>/", pages.home, name="edition_home"),
        path("<edition:edition>/about/", pages.about, name="about"),
    ),
]
