"""What a version says of itself: how far it has come, its number, its days, its fingerprint."""

from django.utils.translation import gettext as _

from committee.models import Deliberation
from consultations.models import PlanVersion


def stamp(version: PlanVersion) -> dict:
    """The words of the stamp in the active language; one query for an adopted version, else none."""
    vote = deliberation_of(version)
    return {
        "state": _state(version),
        "kind": version.kind,
        "is_adopted": version.is_adopted,
        "number": version.number,
        "frozen_at": version.frozen_at,
        "acted_on": version.acted_on,
        "decision": vote.number if vote else "",
        "note": {"ar": version.note_ar or "", "fr": version.note_fr or ""},
        # Enough of it to compare by eye, in groups of four.
        "fingerprint": " ".join(version.data_sha256[at : at + 4] for at in range(0, 16, 4)),
    }


def _state(version) -> str:
    """Until the vote of the council every version is a draft, whatever it has been through."""
    drafts = {
        PlanVersion.Kind.CONSULTED: _("draft brought up to date after the consultation"),
        PlanVersion.Kind.ENDORSED: _("draft endorsed by the bureau"),
    }
    return drafts.get(version.kind) or version.get_kind_display()


def deliberation_of(version: PlanVersion) -> Deliberation | None:
    """The vote that adopted `version`: the one on the version with the same data, on the day of the act."""
    if not version.is_adopted:
        return None
    votes = Deliberation.objects.filter(
        version__plan=version.plan_id,
        version__data_sha256=version.data_sha256,
        sitting__held_on=version.acted_on,
    )
    return votes.order_by("-pk").first()
