"""Accounts and groups, for the site's administration; what the sign-in keeps is shown to nobody."""

# Imported for what they register, which is taken away below.
import django_otp.plugins.otp_static.admin
import django_otp.plugins.otp_totp.admin  # noqa: F401
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.utils.decorators import method_decorator
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from committee.accounts.sessions import recently_proved

# Their pages show the keys of the second factors.
admin.site.unregister([TOTPDevice, StaticDevice])
admin.site.unregister([User, Group])

proved = method_decorator(recently_proved)


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Roles and passwords of others are given by who has just proved who they are."""

    actions = None
    add_view = proved(UserAdmin.add_view)
    change_view = proved(UserAdmin.change_view)
    delete_view = proved(UserAdmin.delete_view)
    user_change_password = proved(UserAdmin.user_change_password)


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    """What a role may do is changed by who has just proved who they are."""

    actions = None
    add_view = proved(GroupAdmin.add_view)
    change_view = proved(GroupAdmin.change_view)
    delete_view = proved(GroupAdmin.delete_view)
