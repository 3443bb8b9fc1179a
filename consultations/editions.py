"""Which edition a visitor means."""

from django.shortcuts import get_object_or_404

from openmuni import clock

from .models import ActionPlan, Step


def edition_or_404(slug: str) -> ActionPlan:
    """The edition of that address. One that is still being prepared is not there yet."""
    return get_object_or_404(ActionPlan.objects.public(), slug=slug)


def edition_of_record() -> ActionPlan | None:
    """The edition whose log tells of what belongs to all editions; None while there is no real one.

    The newest that is open, else the newest.
    """
    plans = ActionPlan.objects.filter(is_rehearsal=False).latest_first()
    return plans.filter(state=ActionPlan.State.OPEN).first() or plans.first()


def current_plan() -> ActionPlan | None:
    """The edition with an open window, else with the next one, else the latest; None when there is none.

    A rehearsal only while no other has a window, a closed one only while no other is public.
    """
    now = clock.now()
    steps = Step.objects.select_related("plan")
    windows = (
        steps.open(now).order_by("plan__is_rehearsal", "ends_on").first(),
        steps.upcoming(now).order_by("plan__is_rehearsal", "starts_on", "opens_at").first(),
    )
    # Of two alike the first one: the window that is open.
    step = min(filter(None, windows), key=lambda step: step.plan.is_rehearsal, default=None)
    if step:
        return step.plan
    plans = ActionPlan.objects.public().latest_first()
    return plans.filter(state=ActionPlan.State.OPEN).first() or plans.first()
