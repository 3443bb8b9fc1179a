"""The committee as the act of appointment lists it."""

import datetime

from django.utils.translation import gettext as _

from .models import CommitteeMember


def by_college(members) -> list[dict]:
    """`members` as [{label, members}]: the chair apart, then each college. Empty groups are left out.

    Within a group the alternates come last.
    """
    # A version that was frozen before there were alternates says nothing of them.
    members = sorted(members, key=is_alternate)
    chair = [member for member in members if member.role == CommitteeMember.Role.CHAIR]
    groups = [{"label": _("Committee chair"), "members": chair}]
    for college in CommitteeMember.College:
        others = [member for member in members if member.college == college and member not in chair]
        groups.append({"label": college.label, "members": others})
    return [group for group in groups if group["members"]]


def is_alternate(member) -> bool:
    """Whether a member, or what a version keeps of one, is an alternate."""
    return getattr(member, "is_alternate", False)


def changes_of(members) -> list[dict]:
    """Who left a seat or is to leave it, the newest first, as {member, follower}.

    The follower is who comes next in the same seat; None when nobody is named yet.
    """
    holders = sorted(members, key=lambda member: member.since or datetime.date.min)
    changes = []
    for place, member in enumerate(holders):
        if member.until is None or member.is_vacant:
            continue
        later = (other for other in holders[place + 1 :] if other.order == member.order)
        changes.append({"member": member, "follower": next(later, None)})
    return sorted(changes, key=lambda change: change["member"].until, reverse=True)
