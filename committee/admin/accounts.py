"""Accounts and groups, for the site's administration; what the sign-in keeps is shown to nobody."""

# Imported for what they register, which is taken away below.
import django_otp.plugins.otp_static.admin
import django_otp.plugins.otp_totp.admin  # noqa: F401
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.utils.decorators import method_decorator
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from committee.accounts.sessions import recently_proved
from consultations.acts import Act
from consultations.admin import LogsActs

# Their pages show the keys of the second factors.
admin.site.unregister([TOTPDevice, StaticDevice])
admin.site.unregister([User, Group])

proved = method_decorator(recently_proved)


@admin.register(User)
class AccountAdmin(LogsActs, UserAdmin):
    """Roles and passwords of others are given by who has just proved who they are."""

    actions = None
    way_to_edition = None
    unsaid = ("username", "password", "first_name", "last_name", "email")
    add_view = proved(UserAdmin.add_view)
    change_view = proved(UserAdmin.change_view)
    delete_view = proved(UserAdmin.delete_view)

    @proved
    @transaction.atomic
    def user_change_password(self, request, **address):
        """As the stock one; a password that was set is an act."""
        answer = super().user_change_password(request, **address)
        if request.method == "POST" and answer.status_code == 302:
            self.log_act(request, self.get_object(request, address["id"]), Act.ACCOUNT)
        return answer


@admin.register(Group)
class RoleAdmin(LogsActs, GroupAdmin):
    """What a role may do is changed by who has just proved who they are."""

    actions = None
    way_to_edition = None
    add_view = proved(GroupAdmin.add_view)
    change_view = proved(GroupAdmin.change_view)
    delete_view = proved(GroupAdmin.delete_view)
