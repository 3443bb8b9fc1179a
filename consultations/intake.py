"""What every page that takes something from the public does: the window, the stages, the receipt, texts given back."""

from operator import itemgetter

import segno
from django.db.models import Exists, Prefetch, prefetch_related_objects
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openmuni import clock, dates
from openmuni.tags import colon

from .models import Commune, Step
from .promises import Promise, Promised
from .receipts import code_groups
from .review import kept_private, published
from .stages import Stage, asked_for, page_of, reached


def typed(request):
    """What was sent to a form; None when the page is only asked for."""
    return request.POST if request.method == "POST" else None


def stations(plan) -> list[Step]:
    """The stations of `plan` in their order, kept with it; none without the commune, which numbers what comes in."""
    steps = Step.objects.filter(Exists(Commune.objects.all()))
    prefetch_related_objects([plan], Prefetch("steps", steps))
    return list(plan.steps.all())


def take(request, plan, steps, form, template, context, *, csrf_failed=False):
    """Answer a page with a form of the public, at one of `steps` that takes it now.

    The answer to the last good POST is the receipt itself, so sending twice is harmless; before it
    nothing is kept. With `csrf_failed` nothing is sent, and the form comes back with its text.
    """
    now = clock.now()
    step = _taking(steps, form, now)
    context = context | {"plan": plan, "form": form}
    if step is None:
        return _closed(request, steps, context)
    asked = asked_for(form)
    stage = reached(form, asked)
    # To go from stage to stage asks for no proof of who asks.
    csrf_failed = csrf_failed and asked is Stage.SEND
    if stage is Stage.SEND and not csrf_failed:
        made, code = form.send(step, get_language(), now)
        return _receipt(request, steps, context, made.submission, code)
    form.show_at(step, now)
    context |= {"step": step, "csrf_failed": csrf_failed}
    context |= _page_of(plan, form, Stage.CHECK if stage is Stage.SEND else stage)
    return render(request, template, context, status=403 if csrf_failed else 200)


def _page_of(plan, form, stage):
    """The context of a stage's page; the last one has all answers, and when they are answered."""
    context = page_of(form, stage)
    if context["stage"] is not Stage.CHECK:
        return context
    today = clock.today()
    return context | {
        "published": published(form),
        "kept_private": kept_private(form),
        "read_by": Promise.from_day(today, plan, Promised.ACKNOWLEDGE).due,
        "answered_by": Promise.from_day(today, plan, Promised.ANSWER).due,
    }


def _taking(steps, form, now):
    """The first of `steps` that is open for the form, else one that still takes it; None when none does."""
    fitting = [step for step in steps if step.accepts in form.accepts]
    late = (step for step in fitting if step.takes(now, form.opened_at(step)))
    return next((step for step in fitting if step.takes(now)), None) or next(late, None)


def _closed(request, steps, context):
    """Nothing is open: the receipt of what had come in time, else all that was typed, to be copied."""
    form = context["form"]
    if form.is_valid() and (submission := form.kept()):
        return _receipt(request, steps, context, submission, form.receipt().code)
    context["next_step"] = context["plan"].steps.upcoming(clock.now()).first()
    status = 403 if form.is_bound else 200
    return render(request, "consultations/closed.html", context, status=status)


def _receipt(request, steps, context, submission, code):
    form = context["form"]
    track_url = request.build_absolute_uri(reverse("track"))
    # After the # the code stays in the browser: no server log ever holds it.
    # Any mask is read as well; to try all eight for the prettiest takes five times as long.
    qr = segno.make_qr(f"{track_url}#{code}", error="m", mask=0)
    address = request.build_absolute_uri(form.public_address(submission))
    context |= {
        "submission": submission,
        "subject": form.subject(),
        "code_groups": code_groups(code),
        "qr": qr.svg_data_uri(dark="#06303f", border=2),
        "track_url": track_url,
        "address_on_paper": track_url,
        "receipt_text": _as_text(form, submission, code, track_url),
        "message": form.shared % {"reference": submission.reference, "address": address},
        "next_steps": _next_steps(context["plan"], steps, form, submission),
    }
    return render(request, "consultations/receipt.html", context)


def _as_text(form, submission, code, track_url):
    """The receipt as a file of plain text; what is written from left to right stands on lines of its own."""
    received = f"{colon(form.received)} {dates.day(clock.local(submission.received_at).date())}"
    lines = [
        (_("Public reference"), submission.reference),
        (_("Secret tracking code, from left to right"), " ".join(code_groups(code))),
        (_("Follow it here"), track_url),
    ]
    parts = [f"\u2068{form.subject()}\u2069", received]
    parts += [f"{colon(label)}\n\u2066{value}\u2069" for label, value in lines]
    return "\n\n".join(parts) + "\n"


def _next_steps(plan, steps, form, submission):
    """What follows the receipt, by its days: those that were promised and those of the timeline."""
    today = clock.today()
    read, answered = (
        Promise.on(submission, plan, promised).due
        for promised in (Promised.ACKNOWLEDGE, Promised.ANSWER)
    )
    later = [
        (read, {"label": _("Reading, then publication on the site"), "by": read}),
        (answered, {"label": form.examined, "by": answered}),
        *(
            (step.starts_on, {"label": str(step), "step": step})
            for step in steps
            if step.starts_on > today
        ),
    ]
    return [
        {"label": form.received, "date": submission.received_at},
        *(what for _day, what in sorted(later, key=itemgetter(0))),
    ]
