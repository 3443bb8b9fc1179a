"""What a version says of itself: how far it has come, its number, its days, its fingerprint."""

from django.utils.translation import gettext as _

from consultations.models import PlanVersion

from .standing import deliberation_of


def stamp(version: PlanVersion) -> dict:
    """The words of the stamp in the active language; one query for an adopted version, else none."""
    vote = deliberation_of(version)
    return {
        "state": _state(version, vote),
        "kind": version.kind,
        "is_adopted": version.is_adopted,
        "number": version.number,
        "frozen_at": version.frozen_at,
        "acted_on": version.acted_on,
        "decision": vote.number if vote else "",
        "vote": vote,
        # The governor's, to the vote that it bears: it is adopted no longer.
        "objected_on": vote.objected_on if vote else None,
        "note": {"ar": version.note_ar or "", "fr": version.note_fr or ""},
        # Enough of it to compare by eye, in groups of four.
        "fingerprint": " ".join(version.data_sha256[at : at + 4] for at in range(0, 16, 4)),
    }


def _state(version, vote) -> str:
    """Until the vote of the council every version is a draft, whatever it has been through."""
    if vote and vote.objected_on:
        return _("adopted by the council, objected to by the governor")
    drafts = {
        PlanVersion.Kind.CONSULTED: _("draft brought up to date after the consultation"),
        PlanVersion.Kind.ENDORSED: _("draft endorsed by the bureau"),
    }
    return drafts.get(version.kind) or version.get_kind_display()
