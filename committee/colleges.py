"""The committee as the act of appointment lists it."""

from django.utils.translation import gettext as _

from .models import CommitteeMember


def by_college(members) -> list[dict]:
    """`members` as [{label, members}]: the chair apart, then each college. Empty groups are left out."""
    members = list(members)
    chair = [member for member in members if member.role == CommitteeMember.Role.CHAIR]
    groups = [{"label": _("Committee chair"), "members": chair}]
    for college in CommitteeMember.College:
        others = [member for member in members if member.college == college and member not in chair]
        groups.append({"label": college.label, "members": others})
    return [group for group in groups if group["members"]]
