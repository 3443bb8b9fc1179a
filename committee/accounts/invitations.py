"""Accounts for those who sit on the committee, handed over by a link that works once."""

from django.contrib.auth.models import Group, Permission, User
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.encoding import force_str
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.utils.text import slugify
from django.utils.translation import gettext as _

from committee.models import CommitteeMember, IllegalSeat
from consultations.actors import Actor
from consultations.acts import Act
from consultations.models import ActLog
from openmuni import clock

from .second_factor import take_away

_ROLES = {CommitteeMember.Role.COORDINATOR: "coordinator"}
# What a seat gives, and the end of it takes; a moderator is one by other rights.
_GROUPS_OF_SEATS = ("member", "coordinator")
_NAME_MAX_LENGTH = 30


class InvitationTokens(PasswordResetTokenGenerator):
    """Tokens that end when used, when a newer one is made, or after settings.PASSWORD_RESET_TIMEOUT.

    A token holds the hash of the password: each invitation sets another unusable one, and choosing
    a password ends them all.
    """

    key_salt = "committee.accounts.invitations"

    def _now(self):
        # Django asks the system's own clock, whose zone data may be old.
        return clock.now().replace(tzinfo=None)


tokens = InvitationTokens()


@transaction.atomic
def invite(member, *, by: Actor | None = None) -> str:
    """Give `member` an account, or the account they have a new start, and return its link.

    The link is an address of this site. A password that the account had is gone, a second factor
    stays. Raises IllegalSeat where nobody sits. Without `by` it was asked for at the server itself.
    """
    if not member.sits_on(clock.today()):
        raise IllegalSeat(_("Nobody holds this seat today, so there is nobody to invite."))
    user = member.user or User(username=_free_name(member), first_name=member.name_ar)
    if administers(user):
        raise IllegalSeat(_("This is an account of the site's administration."))
    user.is_staff = user.is_active = True
    user.set_unusable_password()
    user.save()
    user.groups.add(Group.objects.get(name=_ROLES.get(member.role, "member")))
    member.user = user
    member.save(update_fields=["user"])
    # The log needs an account: at the server's own command line there is no other.
    by = by or Actor(user, "manage.py")
    ActLog.objects.append(member.plan, Act.INVITE, member, by=by)
    uid = urlsafe_base64_encode(str(user.pk).encode())
    return reverse("admin:welcome", args=[uid, tokens.make_token(user)])


def administers(user) -> bool:
    """Whether `user` gives others their rights: nobody gets at that account by way of a seat."""
    held = Q(user=user.pk) | Q(group__user=user.pk)
    rights = Permission.objects.filter(held, content_type__app_label="auth")
    return user.is_superuser or bool(user.pk and rights.exists())


def invited(uid, token) -> User | None:
    """Who was invited by a link; None when it is not good, or no longer."""
    try:
        pk = int(force_str(urlsafe_base64_decode(uid)))
    except (ValueError, OverflowError):
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    return user if user and tokens.check_token(user, token) else None


@transaction.atomic
def end_seat(member, last_day, *, by: Actor):
    """End the seat of `member`; their account is closed when it stands for nothing else.

    The row stays, and what the person did keeps their name. Raises IllegalSeat.
    """
    member.end(last_day)
    after = {"until": last_day.isoformat()}
    ActLog.objects.append(member.plan, Act.END_SEAT, member, by=by, after=after)
    close_account(member)


def close_account(member):
    """Close the account of `member`, whose seat was given a last day, unless it stands for more."""
    user = member.user
    if user is None or user.is_superuser or _lasting_seats(user).exists():
        return
    user.groups.remove(*Group.objects.filter(name__in=_GROUPS_OF_SEATS))
    if not user.groups.exists():
        user.is_active = False
        user.save(update_fields=["is_active"])
        take_away(user)


def _lasting_seats(user):
    return CommitteeMember.objects.filter(user=user).exclude(until__lte=clock.today())


def _free_name(member) -> str:
    """A sign-in name from the name in Latin letters, or from the number of the seat."""
    stem = slugify(member.name_fr or "").replace("-", ".")[:_NAME_MAX_LENGTH].strip(".")
    stem = stem or f"member{member.order}"
    taken = set(User.objects.filter(username__startswith=stem).values_list("username", flat=True))
    number = 1
    while (name := stem if number == 1 else f"{stem}{number}") in taken:
        number += 1
    return name
