"""Versions of the plan and their documents: made once, kept byte for byte."""

import hashlib

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from consultations.models import ActionPlan, PlanPdf, PlanVersion
from openmuni import clock
from openmuni.canonical import fingerprint

from .gathering import plan_data
from .printing import STYLESHEET, print_pdf, printable
from .rendering import document_context
from .standing import is_overturned


def current_version(plan: ActionPlan) -> PlanVersion:
    """The newest version of `plan` if it still says what is true, else the next draft, not saved.

    The document of an adopted version does not know that the governor objected since.
    """
    data = plan_data(plan)
    newest = plan.versions.first()
    is_same = newest is not None and newest.data_sha256 == fingerprint(data)
    if is_same and not is_overturned(newest):
        return newest
    return next_version(plan, data)


def next_version(plan: ActionPlan, data: dict, **fields) -> PlanVersion:
    """A version of `data` with the next number, not saved: a draft, unless `fields` say otherwise."""
    newest = plan.versions.only("number").first()
    return PlanVersion(
        plan=plan,
        number=newest.number + 1 if newest else 1,
        data=data,
        data_sha256=fingerprint(data),
        **fields,
    )


def latest_pdf(plan: ActionPlan, language: str) -> PlanPdf | None:
    """The document of the newest version that has one in `language`."""
    pdfs = PlanPdf.objects.filter(version__plan=plan, language=language)
    return pdfs.select_related("version__plan").order_by("-version__number").first()


def export_plan(plan: ActionPlan, language: str) -> PlanPdf:
    """The document of `plan` as it is now: the same bytes while nothing changes, else the next draft.

    The draft is for the desk alone. Raises DocumentError; then no version is made and the last
    document stays.
    """
    version = current_version(plan)
    kept = version.pk and version.pdfs.filter(language=language).first()
    if kept:
        return kept
    version.frozen_at = version.frozen_at or clock.now()
    # The child works outside of any transaction: citizens go on writing meanwhile.
    return _keep(printed(version, language)) or export_plan(plan, language)


def printed(version: PlanVersion, language: str) -> PlanPdf:
    """The document of `version`, not saved. Raises DocumentError."""
    with translation.override(language):
        context = document_context(version, language) | {"stylesheet": STYLESHEET}
        html, replaced = printable(render_to_string("committee/plan_document.html", context))
        content = print_pdf(html)
    return PlanPdf(
        version=version,
        language=language,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        replaced_characters=replaced,
    )


@transaction.atomic
def _keep(pdf: PlanPdf) -> PlanPdf | None:
    """Save the document, with its version if that is new; None when another export came first."""
    if pdf.version.pk is None:
        if not is_next(pdf.version):
            return None
        pdf.version.save()
    elif made := pdf.version.pdfs.filter(language=pdf.language).first():
        return made
    pdf.save()
    return pdf


def is_next(version: PlanVersion) -> bool:
    """Whether the number of `version` is still free; whoever asks holds the edition until it is saved."""
    plan = ActionPlan.objects.select_for_update().get(pk=version.plan_id)
    return not plan.versions.filter(number=version.number).exists()
