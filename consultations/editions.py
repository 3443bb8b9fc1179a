"""Which edition a visitor means."""

from django.shortcuts import get_object_or_404

from openmuni import clock

from .models import ActionPlan, Step


def edition_or_404(slug: str) -> ActionPlan:
    """The edition of that address. One that is still being prepared is not there yet."""
    return get_object_or_404(ActionPlan.objects.public(), slug=slug)


def current_plan() -> ActionPlan | None:
    """The edition with an open window, else with the next one, else the latest; None when there is none.

    A closed one only while no other is public.
    """
    now = clock.now()
    steps = Step.objects.select_related("plan")
    step = (
        steps.open(now).order_by("plan__is_rehearsal", "ends_on").first()
        or steps.upcoming(now).first()
    )
    if step:
        return step.plan
    plans = ActionPlan.objects.public().latest_first()
    return plans.filter(state=ActionPlan.State.OPEN).first() or plans.first()
