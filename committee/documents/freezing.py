"""Versions of the plan and their documents: made once, kept byte for byte."""

import hashlib

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from consultations.models import ActionPlan, PlanPdf, PlanVersion
from openmuni import clock

from .gathering import fingerprint, plan_data
from .printing import STYLESHEET, print_pdf, printable
from .rendering import document_context


def current_version(plan: ActionPlan) -> PlanVersion:
    """The newest version of `plan` if it still says what is true, else the next one, not saved."""
    data = plan_data(plan)
    digest = fingerprint(data)
    newest = plan.versions.first()
    if newest and newest.data_sha256 == digest:
        return newest
    number = newest.number + 1 if newest else 1
    return PlanVersion(plan=plan, number=number, data=data, data_sha256=digest)


def latest_pdf(plan: ActionPlan, language: str) -> PlanPdf | None:
    """The document of the newest version that has one in `language`."""
    pdfs = PlanPdf.objects.filter(version__plan=plan, language=language)
    return pdfs.select_related("version__plan").order_by("-version__number").first()


def export_plan(plan: ActionPlan, language: str) -> PlanPdf:
    """The document of `plan` as it is now: the same bytes while nothing changes, else the next draft.

    Raises DocumentError; then no version is made and the last document stays.
    """
    version = current_version(plan)
    kept = version.pk and version.pdfs.filter(language=language).first()
    if kept:
        return kept
    version.frozen_at = version.frozen_at or clock.now()
    # The child works outside of any transaction: citizens go on writing meanwhile.
    return _keep(_printed(version, language)) or export_plan(plan, language)


def _printed(version, language) -> PlanPdf:
    """The document of `version`, not saved."""
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
    plan = ActionPlan.objects.select_for_update().get(pk=pdf.version.plan_id)
    if pdf.version.pk is None:
        if plan.versions.filter(number=pdf.version.number).exists():
            return None
        pdf.version.save()
    elif made := pdf.version.pdfs.filter(language=pdf.language).first():
        return made
    pdf.save()
    return pdf
