"""Texts on paper: the PDF engine knows no isolation but an element with a direction of its own."""

from django import template
from django.utils.translation import get_language

from committee.documents.wording import isolated
from committee.documents.wording import official as official_text
from openmuni.tags import direction

register = template.Library()


@register.simple_tag
def on_paper(thing, field):
    """The official text `field` of `thing`, marked when it exists in the other language only."""
    pair = {code: getattr(thing, f"{field}_{code}") or "" for code in ("ar", "fr")}
    return str(official_text(pair, get_language()))


@register.filter
def apart(text, language=None):
    """`text` with its numbers and Latin words kept from changing places."""
    return isolated(str(text), direction(language or get_language()))
