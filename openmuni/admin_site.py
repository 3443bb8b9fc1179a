"""The admin as the portal names it."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class PortalAdminSite(AdminSite):
    """The stock admin under the portal's own words."""

    site_header = site_title = _("Administration of the openness programme")
    index_title = _("What would you like to do?")
    enable_nav_sidebar = True


class PortalAdminConfig(AdminConfig):
    """Puts the portal's own site in the place of the stock one."""

    default_site = "openmuni.admin_site.PortalAdminSite"
