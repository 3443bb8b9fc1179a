"""The admin in a real browser: strict policy, small phones, both languages, axe."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib import admin
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

from consultations.models import ActionPlan
from proposals.models import Proposal
from tests.factories import make_user

from .acting import sign_in

pytestmark = [pytest.mark.once, pytest.mark.django_db(transaction=True)]

LANGUAGES = ["ar", "fr"]
PHONE, DESKTOP = 360, 1440
INLINE = re.compile(r'<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+="|javascript:')


@pytest.fixture
def rehearsal():
    call_command("loaddata", "fixtures/larache.json", verbosity=0)
    call_command("rehearse", documents=False, verbosity=0)


@pytest.fixture
def page_of(page_for, live_server):
    """A page of a signed-in person: page_of(name, width, group)."""

    def open_page(name, width, group=None):
        page = page_for(width=width)
        cookie = sign_in(name, group).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        return page

    return open_page


def every_page(language):
    """The addresses of the admin that a superuser may open, by the registry."""
    with translation.override(language):
        yield reverse("admin:index")
        yield reverse("admin:password_change")
        for model, model_admin in admin.site._registry.items():
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
            yield reverse(f"{name}_changelist")
            one = model._default_manager.first()
            if one:
                yield reverse(f"{name}_change", args=[one.pk])
                yield reverse(f"{name}_history", args=[one.pk])
            if hasattr(model_admin, "export_formats"):
                yield reverse(f"{name}_export")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_obeys_the_policy_and_fits_a_small_phone(page_of, rehearsal, language):
    # The policy's refusals are caught by the fixture of the browser.
    make_user("root", is_superuser=True)
    page, faults = page_of("root", PHONE), []
    for address in every_page(language):
        answer = page.goto(address)
        width = page.evaluate("document.documentElement.scrollWidth")
        inline = INLINE.findall(answer.text())
        if answer.status != 200 or inline or width > PHONE:
            faults.append((address, answer.status, inline, width))
    assert not faults


def daily_pages(language):
    """The pages of every day: the list, a desk in each state, the export, the edition."""
    with translation.override(language):
        yield reverse("admin:login")
        yield reverse("admin:proposals_proposal_changelist")
        yield reverse("admin:proposals_proposal_export")
        for state in ("pending", "withheld"):
            proposal = Proposal.objects.filter(submission__moderation=state).first()
            yield reverse("admin:proposals_proposal_change", args=[proposal.pk])
        for status in ("in_progress", "merged"):
            proposal = Proposal.objects.public().filter(status=status).first()
            yield reverse("admin:proposals_proposal_change", args=[proposal.pk])
        plan = ActionPlan.objects.get(is_rehearsal=True)
        yield reverse("admin:consultations_actionplan_change", args=[plan.pk])
        yield reverse("admin:consultations_actionplan_start", args=[plan.pk])


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_every_day_are_accessible(page_of, rehearsal, language, width):
    page, axe, faults = page_of("najat", width, "coordinator"), Axe(), []
    for address in daily_pages(language):
        page.goto(address)
        faults += [
            f"{address}: {fault['id']} {fault['nodes'][0]['html']}"
            # Without a copy of the style sheets: the policy forbids axe to write one into the page.
            for fault in axe.run(page, options={"preload": False}).response["violations"]
        ]
    assert not faults
