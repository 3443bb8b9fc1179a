"""What is open, under way and next among the stations of an edition."""


def what_stands(plan, steps) -> dict:
    """Of `steps`, all stations of `plan` in their order: those open, under way and next, by the clock.

    `act_step` is the open one whose act comes first: ideas before remarks. Marks in `steps` those
    near to today (`is_near`), which a phone shows.
    """
    now = [step for step in steps if step.phase == "now"]
    done = [step for step in steps if step.phase == "done"]
    ahead = sorted((step for step in steps if step.phase == "next"), key=lambda step: step.opening)
    near = {step.pk for step in (*done[-1:], *now, *ahead[:1])}
    for step in steps:
        step.is_near = step.pk in near
    windows = [] if plan.is_closed else [step for step in now if step.is_window]
    return {
        "open_steps": sorted(windows, key=lambda step: (not step.accepts_ideas, step.closing)),
        "act_step": _first(step for step in windows if step.accepts_ideas) or _first(windows),
        "under_way": _first(step for step in now if not step.is_window),
        "next_step": _first(ahead),
        "next_window": None if plan.is_closed else _first(step for step in ahead if step.is_window),
    }


def _first(steps):
    return next(iter(steps), None)
