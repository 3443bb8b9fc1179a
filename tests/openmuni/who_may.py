"""A small site with something of each kind, and what each role meets at each of its addresses."""

import copy
import datetime
import io

from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from PIL import Image

from committee.models import Opinion
from consultations.models import Association, PlanPdf, StepDocument
from openmuni import clock
from proposals.models import Proposal, ReasonText
from tests.committee.acting import give_seat
from tests.committee.convening import convene, put
from tests.committee.documenting import add_reported_figures, make_document_plan
from tests.committee.voting import load_deadlines, make_session, make_sitting, make_vote
from tests.factories import make_card, make_user, make_version

from .addresses import Address

ROLES = ("anonymous", "moderator", "member", "coordinator", "auditor")

# What an answer means, by its letter in the table.
ANSWERED, SIGN_IN, REFUSED, NOT_THERE = "y", "s", "n", "-"
_LETTERS = {403: REFUSED, **dict.fromkeys((400, 404, 405, 410), NOT_THERE)}


def small_site() -> dict:
    """Make the rows; returns what stands for the arguments of the addresses."""
    for role in ROLES[1:]:
        make_user(role, group=role)
    plan = make_document_plan(slug="2030-2031")
    step, project = plan.steps.get(), plan.projects.first()
    seat = give_seat("member", plan)
    make_card(project, problem="ملاحظة على المشكل")
    put(convene(plan), "فكرة على جدول الأعمال", step=step)
    versions = [make_version(plan) for _version in range(2)]
    PlanPdf.objects.create(version=versions[0], language="ar", content=b"%PDF-", sha256="0" * 64)
    make_vote(make_sitting(make_session(plan)), versions[1])
    idea = Proposal.objects.public().filter(plan=plan).first()
    Opinion.objects.create(proposal=idea, member=seat, view="accepted", at=clock.now())
    photograph(step)
    load_deadlines()
    add_reported_figures(plan)
    Association.objects.create(name="جمعية الحي")
    ReasonText.objects.create(plan=plan, outcome="rejected", text="تعليل جاهز")
    return {
        "edition": plan.slug,
        "reference": idea.reference,
        "number": versions[0].number,
        "before": versions[0].number,
        "after": versions[1].number,
        "language": "ar",
        "section": "ideas",
        "name": "consulted",
        "together/name": "decide",
        # Of a station and of an edition, on the pages of remarks and of versions.
        "reports/pk": step.pk,
        "acts/pk": plan.pk,
    }


def photograph(step) -> StepDocument:
    """A picture of a station."""
    picture = io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "JPEG")
    return StepDocument.objects.create(
        step=step,
        kind=StepDocument.Kind.PHOTOGRAPH,
        title_ar="صورة",
        date=datetime.date(2030, 1, 2),
        file=ContentFile(picture.getvalue(), "picture.jpg"),
    )


def browser(role) -> Client:
    """A browser in which an account of that role is signed in."""
    client = Client(raise_request_exception=False)
    if role != "anonymous":
        client.force_login(make_user(role))
    return client


def outcome(client: Client, method: str, address: Address) -> str:
    """The letter of what `method` meets at `address`; what it changes is undone."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        answer = getattr(client, method)(address.path)
        answer.getvalue()  # an answer that is sent in pieces is not left half read
        transaction.set_rollback(True)
    client.cookies = cookies
    if _asks_to_sign_in(answer):
        return SIGN_IN
    if answer.status_code >= 500:
        return str(answer.status_code)
    return _LETTERS.get(answer.status_code, ANSWERED)


def _asks_to_sign_in(answer) -> bool:
    if answer.status_code == 302:
        return "/admin/login/" in answer.url
    # The page to sign in with what was typed at a desk.
    return answer.status_code == 403 and bool(answer.context and answer.context.get("kept"))
