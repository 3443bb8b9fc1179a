"""Sending an idea and following it: the two pages whose purpose is a POST."""

import segno
from django.db.models import Exists
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from consultations.editions import current_plan, edition_or_404
from consultations.models import Commune, Step, Submission
from consultations.receipts import code_groups
from openmuni import clock
from proposals.forms import IdeaForm, TrackForm
from proposals.models import Proposal
from proposals.trail import trail_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def idea_new(request, edition):
    """The form of an idea; the answer to a good POST is the receipt itself, so sending twice is harmless."""
    plan, steps = _edition_and_steps(edition)
    step = _open_for_ideas(steps)
    form = IdeaForm(request.POST if request.method == "POST" else None, plan=plan)
    if step is None:
        return _closed(request, plan, steps, form)
    if not form.is_valid():
        return render(
            request, "proposals/idea_form.html", {"plan": plan, "step": step, "form": form}
        )
    proposal, code = form.send(step, get_language())
    return _receipt(request, steps, proposal, code)


def _give_idea_back(request, edition):
    """The form with its text, when the security token of the POST was refused."""
    plan, steps = _edition_and_steps(edition)
    step = _open_for_ideas(steps)
    form = IdeaForm(request.POST, plan=plan)
    if step is None:
        return _closed(request, plan, steps, form)
    context = {"plan": plan, "step": step, "form": form, "csrf_failed": True}
    return render(request, "proposals/idea_form.html", context, status=403)


idea_new.csrf_failed = never_cache(_give_idea_back)


def _edition_and_steps(edition):
    """The edition and its stations in order; one query when it has any.

    No station without the commune: it numbers what comes in.
    """
    steps = Step.objects.filter(Exists(Commune.objects.all()), plan__slug=edition)
    steps = list(steps.select_related("plan").order_by("order"))
    return (steps[0].plan if steps else edition_or_404(edition)), steps


def _open_for_ideas(steps):
    """The first of `steps` at which an idea may be sent now, or None."""
    return next((step for step in steps if step.accepts_ideas and step.phase == "now"), None)


def _closed(request, plan, steps, form):
    """Nothing is open: the receipt of what had come in time, else all that was typed, to be copied."""
    if form.is_valid() and (proposal := form.kept()):
        return _receipt(request, steps, proposal, form.receipt().code)
    typed = [form[name] for name in ("neighbourhood", "author_name", "association", "contact")]
    context = {
        "plan": plan,
        "form": form,
        "typed": [field for field in typed if field.value()],
        "next_step": plan.steps.upcoming(clock.now()).first(),
    }
    return render(
        request, "proposals/idea_closed.html", context, status=403 if form.is_bound else 200
    )


def _receipt(request, steps, proposal, code):
    track_url = request.build_absolute_uri(reverse("track"))
    # After the # the code stays in the browser: no server log ever holds it.
    # Any mask is read as well; to try all eight for the prettiest takes five times as long.
    qr = segno.make_qr(f"{track_url}#{code}", error="m", mask=0)
    context = {
        "plan": proposal.plan,
        "proposal": proposal,
        "submission": proposal.submission,
        "code_groups": code_groups(code),
        "qr": qr.svg_data_uri(dark="#06303f", border=2),
        "track_url": track_url,
        "next_steps": _next_steps(steps, proposal.submission),
    }
    return render(request, "proposals/idea_receipt.html", context)


def _next_steps(steps, submission):
    """What follows the receipt, with a date where the timeline has one."""
    today = clock.today()
    later = [{"label": str(step), "step": step} for step in steps if step.starts_on > today]
    return [
        {"label": _("We received your idea"), "date": submission.received_at},
        {"label": _("It is read, then published on the site")},
        {"label": _("The committee examines it and gives its reasons")},
        *later,
    ]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def track(request):
    """What became of an idea, by its tracking code. Every miss gets the same answer."""
    form = TrackForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _code_form(request, form)
    found = Submission.objects.with_code(form.cleaned_data["code"])
    proposals = Proposal.objects.select_related("submission", "project", "plan")
    proposal = proposals.filter(submission__in=found).first()
    if proposal is None:
        return _code_form(request, form, missed=True)
    context = {"plan": proposal.plan, "proposal": proposal, "trail": trail_of(proposal)}
    return render(request, "proposals/tracked.html", context)


def _code_form(request, form, *, missed=False, status=200):
    context = {"plan": current_plan(), "form": form, "missed": missed}
    return render(request, "proposals/track.html", context, status=status)


@never_cache
def _give_code_back(request):
    """The form with its code, when the security token of the POST was refused."""
    return _code_form(request, TrackForm(request.POST), status=403)


track.csrf_failed = _give_code_back
