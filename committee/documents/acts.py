"""The acts that bring the plan from its draft to its adoption; each freezes a version whole.

    put_to_consultation → mark_consulted → endorse → adopt

A version is its data with their fingerprint and its document in every language. It is before the
public from the moment of the act. The documents are printed before the transaction that keeps
them, so that a document that fails leaves nothing behind.
"""

from django.conf import settings
from django.db import transaction

from committee.models import Deliberation
from consultations.actors import Actor
from consultations.acts import Act
from consultations.models import ActionPlan, ActLog, PlanVersion
from openmuni import clock

from .freezing import is_next, next_version, printed
from .gathering import plan_data
from .readiness import refuse_adoption, refuse_consultation, refuse_consulted, refuse_endorsement

_Kind = PlanVersion.Kind


def put_to_consultation(plan: ActionPlan, *, by: Actor, note_ar="", note_fr="") -> PlanVersion:
    """Freeze the present data as a draft before the public, of which the remarks cards will speak.

    Raises IllegalAct, and DocumentError when a document cannot be made; as do the other acts.
    """
    return _act(plan, refuse_consultation, by, kind=_Kind.DRAFT, note_ar=note_ar, note_fr=note_fr)


def mark_consulted(plan: ActionPlan, *, by: Actor, note_ar="", note_fr="") -> PlanVersion:
    """Freeze what the consultation made of the plan, once every remark has its answer."""
    return _act(plan, refuse_consulted, by, kind=_Kind.CONSULTED, note_ar=note_ar, note_fr=note_fr)


def endorse(plan: ActionPlan, *, by: Actor, acted_on, note_ar="", note_fr="") -> PlanVersion:
    """Freeze what the bureau endorsed (اعتماد) on `acted_on`, to be put on the council's agenda."""
    return _act(
        plan,
        lambda plan: refuse_endorsement(plan, acted_on),
        by,
        kind=_Kind.ENDORSED,
        acted_on=acted_on,
        note_ar=note_ar,
        note_fr=note_fr,
    )


def adopt(deliberation: Deliberation, *, by: Actor, note_ar="", note_fr="") -> PlanVersion:
    """Freeze what the council adopted (المصادقة): the very data of the version it voted on."""
    return _act(
        deliberation.version.plan,
        lambda plan: refuse_adoption(plan, deliberation),
        by,
        data=deliberation.version.data,
        kind=_Kind.ADOPTED,
        acted_on=deliberation.sitting.held_on,
        note_ar=note_ar,
        note_fr=note_fr,
    )


def _act(plan, refuse, by, *, data=None, **fields) -> PlanVersion:
    """The only way a version comes before the public. `refuse(plan)` raises IllegalAct."""
    refuse(plan)
    at = clock.now()
    signature = by.signature(at)
    version = next_version(
        plan,
        plan_data(plan) if data is None else data,
        frozen_at=at,
        published_at=at,
        frozen_by_name=signature["by_name"],
        frozen_by_function=signature["by_function"],
        **fields,
    )
    pdfs = [printed(version, code) for code, _name in settings.LANGUAGES]
    if _keep_whole(version, pdfs, refuse, by):
        return version
    return _act(plan, refuse, by, data=data, **fields)


@transaction.atomic
def _keep_whole(version, pdfs, refuse, by) -> bool:
    """Save the version with its documents; false when its number was taken while they were printed."""
    if not is_next(version):
        return False
    # Asked again under the lock: what allowed the act may have changed meanwhile.
    version.plan.refresh_from_db(fields=["state"])
    refuse(version.plan)
    version.save()
    for pdf in pdfs:
        pdf.save()
    after = version.facts | {"documents": {pdf.language: pdf.sha256 for pdf in pdfs}}
    ActLog.objects.append(version.plan, Act.FREEZE, version, by=by, after=after)
    return True
