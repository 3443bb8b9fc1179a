"""The gate of the admin: who may come in, and where the others are led."""

import functools

from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.cache import never_cache

from openmuni.admin_site import PortalAdminSite

from . import sessions, typed, views


class StaffAdminSite(PortalAdminSite):
    """The portal's admin behind a sign-in of two steps, which keeps what was typed at a desk."""

    def admin_view(self, view, cacheable=False):
        """As the portal's; who is not signed in is led to the step that is missing."""
        inner = super().admin_view(view, cacheable)

        @functools.wraps(inner)
        def gate(request, *args, **kwargs):
            if self.has_permission(request):
                return typed.give_back(request) or inner(request, *args, **kwargs)
            if request.half_user.is_authenticated:
                sessions.go_on_to(request, request.get_full_path())
                return redirect("admin:second_step")
            if kept := typed.of_request(request):
                return never_cache(views.sign_in_page)(request, kept=kept, status=403)
            return inner(request, *args, **kwargs)

        return gate

    def get_urls(self):
        """The admin's addresses, and those around the sign-in."""
        wrap = self.admin_view
        own = [
            path("login/", views.sign_in, name="login"),
            path("second-step/", views.second_step, name="second_step"),
            path("go-on/", wrap(views.go_on), name="go_on"),
            path("confirm/", wrap(views.confirm), name="confirm"),
            path("welcome/", views.choose_password, name="choose_password"),
            path("welcome/<slug:uid>/<slug:token>/", views.welcome, name="welcome"),
            path("second-factor/", wrap(views.second_factor_state), name="second_factor"),
            path("second-factor/app/", views.second_factor_app, name="second_factor_app"),
            path("second-factor/codes/", wrap(views.recovery_codes), name="recovery_codes"),
            path("second-factor/off/", wrap(views.second_factor_off), name="second_factor_off"),
        ]
        return own + super().get_urls()
