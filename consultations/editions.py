"""Which edition a visitor means who names none."""

from openmuni import clock

from .models import ActionPlan, Step


def current_plan() -> ActionPlan | None:
    """The edition with an open window, else with the next one, else the latest; None when there is none."""
    now = clock.now()
    steps = Step.objects.select_related("plan")
    step = (
        steps.open(now).order_by("plan__is_rehearsal", "ends_on").first()
        or steps.upcoming(now).first()
    )
    return step.plan if step else ActionPlan.objects.latest_first().first()
