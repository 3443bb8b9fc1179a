"""The admin as the portal names it."""

import functools

from django.apps import apps
from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.core.exceptions import BadRequest
from django.utils.translation import gettext_lazy as _

from . import checks  # noqa: F401 - the checks register themselves


class PortalAdminSite(AdminSite):
    """The stock admin under the portal's own words."""

    site_header = site_title = _("Administration of the openness programme")
    index_title = _("What would you like to do?")

    def admin_view(self, view, cacheable=False):
        """As the stock one, but a NUL in the query is a bad request: PostgreSQL takes none."""

        @functools.wraps(view)
        def checked(request, *args, **kwargs):
            if any("\0" in value for _name, values in request.GET.lists() for value in values):
                raise BadRequest
            return view(request, *args, **kwargs)

        return super().admin_view(checked, cacheable)

    def get_app_list(self, request, app_label=None):
        """The apps in the order of the settings: what is done daily comes first."""
        order = list(apps.app_configs)
        found = super().get_app_list(request, app_label)
        return sorted(found, key=lambda app: order.index(app["app_label"]))


class PortalAdminConfig(AdminConfig):
    """Puts the portal's own site in the place of the stock one."""

    default_site = "committee.accounts.site.StaffAdminSite"
