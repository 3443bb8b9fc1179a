"""The first page of the admin, for the person who opened it."""

from django import template

from committee.first_page import SOON, FirstPage

register = template.Library()


@register.inclusion_tag("admin/committee/_first_page.html", takes_context=True)
def first_page(context):
    """What waits, what is late, what comes soon and what was decided last."""
    user = context["request"].user
    return {"page": FirstPage(user), "soon": SOON, "perms": context["perms"]}
