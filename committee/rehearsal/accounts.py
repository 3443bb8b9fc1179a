"""The accounts of the rehearsal: one for each role."""

import secrets

from django.contrib.auth.models import Group, User

from consultations.models import Submission

ROLES = ("coordinator", "member", "moderator")

# The mark of such an account. Nobody's own address can end like this: the name is reserved.
_MARK = "@rehearsal.invalid"
# No letter or digit that is easily taken for another.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def accounts():
    """The accounts that belong to the rehearsal."""
    return User.objects.filter(username__in=ROLES, email__endswith=_MARK)


def real_submissions():
    """What came in at the steps of a real edition."""
    return Submission.objects.filter(step__plan__is_rehearsal=False)


def names_in_use() -> list[str]:
    """The sign-in names the rehearsal needs that are somebody's own."""
    others = User.objects.filter(username__in=ROLES).exclude(email__endswith=_MARK)
    return list(others.values_list("username", flat=True))


def open_accounts() -> dict[str, User]:
    """An account in the group of each role, as {role: account}; without a password as yet."""
    opened = {}
    for role in ROLES:
        opened[role], _created = User.objects.update_or_create(
            username=role, email=role + _MARK, defaults={"is_staff": True, "is_active": True}
        )
        opened[role].groups.set([Group.objects.get(name=role)])
    return opened


def new_passwords() -> dict[str, str]:
    """Give every account a fresh password, which ends its sessions; {sign-in name: password}."""
    passwords = {}
    for account in accounts().filter(is_active=True).order_by("username"):
        passwords[account.username] = _password()
        account.set_password(passwords[account.username])
        account.save(update_fields=["password"])
    return passwords


def _password() -> str:
    """Three groups of four signs (59 random bits), to be read aloud and typed on a phone."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3))
