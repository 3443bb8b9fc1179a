"""What the pages of an edition bear: what happens next, that it is past, the way of an idea to the council."""

from django import template
from django.db.models import prefetch_related_objects

from committee import whatnext
from committee.rest_of_way import rest_of_way as rest_of_way_of
from consultations.models import ActionPlan

register = template.Library()


@register.inclusion_tag("committee/_what_next.html", takes_context=True)
def what_next(context):
    """What happens next with the `proposal`, `card` or `submission` of the page, else in its `plan`."""
    return {"sentence": next_sentence(context)}


@register.simple_tag(takes_context=True)
def next_sentence(context):
    """The sentence alone, for a page that gives it another place."""
    plan, commune = context.get("plan"), context.get("commune")
    if not plan:
        return ""
    things = (context.get(name) for name in ("proposal", "card", "submission"))
    if thing := next((found for found in things if found), None):
        return whatnext.of_thing(thing, plan, commune)
    return whatnext.of_edition(plan, commune)


@register.inclusion_tag("committee/_past_edition.html", takes_context=True)
def past_edition(context):
    """That the `plan` of the page is closed, with the way to the current edition where there is one.

    Else that its stations are past, where nobody recorded a session of the council on it.
    """
    plan = context.get("plan")
    is_past = bool(plan) and plan.is_closed
    if isinstance(plan, ActionPlan) and not is_past:  # not a sample of the design page
        prefetch_related_objects([plan], "steps")  # the page asks for them again further down
    is_over = bool(plan) and not is_past and plan.is_over and not plan.sessions.exists()
    current = ActionPlan.objects.filter(state=ActionPlan.State.OPEN)
    has_current = is_past and current.exists()
    return {"is_past": is_past, "has_current": has_current, "is_over": is_over, "plan": plan}


@register.simple_tag
def rest_of_way(proposal, trail):
    """The stops of `proposal` after the events of its `trail`: behind with their days, ahead as expected."""
    return rest_of_way_of(proposal, [event.decision for event in trail if event.decision])
