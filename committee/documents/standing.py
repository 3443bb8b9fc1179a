"""Which adopted version stands: one whose vote the governor objected to does not."""

import datetime

from django.db.models import Case, Max, OuterRef, Q, QuerySet, Subquery, When

from committee.models import Deliberation
from consultations.models import ActionPlan, PlanVersion


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


def with_objections(versions: QuerySet[PlanVersion]) -> QuerySet[PlanVersion]:
    """`versions`, each with `objected_on`: the day on which the governor objected to its vote, or None."""
    votes = Deliberation.objects.exclude(objected_on=None).filter(
        version__plan=OuterRef("plan"),
        version__data_sha256=OuterRef("data_sha256"),
        sitting__held_on=OuterRef("acted_on"),
    )
    newest = votes.order_by("-pk").values("objected_on")[:1]
    is_adopted = Q(kind=PlanVersion.Kind.ADOPTED)
    return versions.annotate(objected_on=Case(When(is_adopted, then=Subquery(newest))))


def standing_versions() -> QuerySet[PlanVersion]:
    """The adopted versions that stand, of all editions: at most one of each."""
    adopted = PlanVersion.objects.filter(kind=PlanVersion.Kind.ADOPTED)
    return with_objections(adopted).filter(objected_on=None)


def is_overturned(version: PlanVersion) -> bool:
    """Whether `version` was adopted in a vote to which the governor objected."""
    vote = deliberation_of(version)
    return vote is not None and vote.objected_on is not None


def last_objection(plan: ActionPlan) -> datetime.date | None:
    """The day of the governor's newest objection to a vote on `plan`."""
    votes = Deliberation.objects.filter(version__plan=plan)
    return votes.aggregate(Max("objected_on"))["objected_on__max"]
