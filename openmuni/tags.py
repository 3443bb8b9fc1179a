"""The template tags of the portal, built into every template."""

import functools

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import get_language, get_language_info, pgettext

from . import clock, dates, figures, languages
from .text import isolate_numbers

register = template.Library()

register.filter("day", dates.day)
register.filter("hour", dates.hour)
register.filter("group", dates.group)
register.filter("dirhams", figures.dirhams)
register.filter("number", figures.number)
register.filter("size", figures.size)
register.filter("isolate", isolate_numbers)
register.filter("only_in", languages.only_in)


@register.filter
def language(text, sent_in=""):
    """In which language `text` is written; a translated text is worked out first."""
    return languages.language_of(str(text), sent_in)


@register.filter
def month(value):
    """Month and year of a date."""
    return dates.month(value)


@register.filter
def period(step):
    """The days on which a step took place, where they are known, else those it is set for."""
    if first := getattr(step, "held_from", None):
        return dates.period(first, step.held_until or first)
    return planned(step)


@register.filter
def planned(step):
    """The days that a step is set for (anything with starts_on, ends_on and precision)."""
    return dates.period(step.starts_on, step.ends_on, only_month=step.precision == "month")


@register.filter
def span(thing):
    """The days of anything with starts_on and ends_on, either of which may be missing."""
    return dates.span(thing.starts_on, thing.ends_on)


@register.filter(is_safe=True)
def colon(words):
    """`words` and the colon of what they announce, as the language of the page writes it."""
    return pgettext("a label before what it names", "%(words)s:") % {"words": words}


@register.filter
def direction(language):
    """`rtl` or `ltr` of a language code."""
    return "rtl" if get_language_info(language)["bidi"] else "ltr"


@register.simple_tag
def today():
    """The present day in the commune."""
    return clock.today()


@register.simple_tag
@functools.cache  # a page has some seventy, and the name of the file takes longer than the rest
def icon(name):
    """The drawing `name` of the sprite, hidden from screen readers: a word always stands beside it."""
    return format_html(
        '<svg class="icon icon-{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        name,
        static("img/icons.svg"),
        name,
    )


@register.simple_tag
def official(thing, field):
    """The official text `field` of `thing`; when it exists in the other language only, marked so and said so."""
    text = getattr(thing, field)
    if text:
        return isolate_numbers(text)
    for code in ("ar", "fr"):
        text = getattr(thing, f"{field}_{code}")
        if text and code != get_language():
            return format_html(
                '<span lang="{}" dir="{}">{}</span> <small>{}</small>',
                code,
                direction(code),
                isolate_numbers(text),
                languages.only_in(code),
            )
    return ""
