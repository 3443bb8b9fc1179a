"""The sheets of an edition in the admin: who writes them, what nobody writes."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.management import call_command
from django.forms import ModelMultipleChoiceField
from django.test import Client
from django.urls import reverse
from django.utils import translation

from committee.models import CommitteeMeeting, CommitteeMember, CouncilSession, DraftDecision
from consultations.models import (
    ActionPlan,
    Commune,
    Contact,
    ModerationAct,
    PlanVersion,
    PriorityAxis,
    Project,
    Remark,
    RemarkCard,
    RemarkHeading,
    Statement,
    Step,
    Submission,
)
from openmuni import clock
from proposals.models import CardPart, StaffNote
from tests.factories import make_axis, make_plan, make_project, make_proposal, make_step, make_user

pytestmark = pytest.mark.django_db

# On the page of a proposal, which is their only page.
SHOWN_ON_THE_DESK = {CardPart, DraftDecision, StaffNote}
OUR_APPS = {"consultations", "proposals", "committee"}


def sign_in(group):
    client = Client()
    client.force_login(make_user(f"of-{group}", group=group))
    return client


@pytest.fixture
def coordinator():
    return sign_in("coordinator")


@pytest.fixture
def remark():
    step = make_step(make_plan())
    card = RemarkCard.objects.create(
        submission=make_proposal(step).submission, project=make_project(step.plan)
    )
    heading = RemarkHeading.objects.create(
        plan=step.plan, order=1, key="problem", name_ar="الإشكالية"
    )
    return Remark.objects.create(card=card, heading=heading, text="كلام المواطن")


def sheet(model, *, pk=None, act="change"):
    """The address of an act on a model in the Arabic admin."""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_{act}"
    with translation.override("ar"):
        return reverse(name, args=[pk] if pk else [])


# --- Pages -----------------------------------------------------------------------------------------


def addresses(language):
    with translation.override(language):
        yield reverse("admin:index")
        for model in admin.site._registry:
            if model._meta.app_label in OUR_APPS:
                yield sheet(model, act="changelist").replace("/ar/", f"/{language}/")
                for one in model._default_manager.all()[:2]:
                    yield sheet(model, pk=one.pk).replace("/ar/", f"/{language}/")


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_every_page_of_the_coordinator_opens(coordinator, language):
    call_command("loaddata", "fixtures/larache.json", verbosity=0)
    call_command("rehearse", documents=False, verbosity=0)
    faults = {
        address: answer.status_code
        for address in addresses(language)
        if (answer := coordinator.get(address, follow=True)).status_code != 200
    }
    assert not faults


def test_every_model_is_in_the_admin():
    inlines = {inline.model for one in admin.site._registry.values() for inline in one.inlines}
    registered = {*admin.site._registry, *inlines}
    ours = {model for model in apps.get_models() if model._meta.app_label in OUR_APPS}
    # What nobody may read (the counts of guesses) has no permission to be read.
    ours = {model for model in ours if model._meta.default_permissions}
    assert ours - SHOWN_ON_THE_DESK <= registered


def test_the_head_names_the_commune_and_leads_to_the_public_site_and_the_other_language(
    coordinator,
):
    make_plan()
    shown = coordinator.get("/ar/admin/").content.decode()
    assert all(part in shown for part in ("جماعة الاختبار", 'href="/ar/"', 'href="/fr/admin/"'))


def test_the_admin_allows_nothing_inline(coordinator):
    policy = coordinator.get("/ar/admin/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy


# --- Sheets ----------------------------------------------------------------------------------------


def form_of(client, address):
    """What a browser would send back of the form at `address` and its inlines, unchanged."""
    context = client.get(address).context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    return {form.add_prefix(name): _sent(form[name]) for form in forms for name in form.fields}


def _sent(field):
    """What a browser sends of a field that is left as it was shown."""
    value = field.value()
    if isinstance(field.field, ModelMultipleChoiceField):
        return [getattr(choice, "pk", choice) for choice in value or []]
    return "" if value is None else value


def test_the_coordinator_writes_a_project_in_both_languages(coordinator):
    address = sheet(Project, pk=make_project(make_plan()).pk)
    sent = form_of(coordinator, address) | {"problem_ar": "إشكالية", "problem_fr": "Problème"}
    coordinator.post(address, sent)
    project = Project.objects.get()
    assert (project.problem_ar, project.problem_fr) == ("إشكالية", "Problème")


def test_a_step_that_ends_before_it_starts_is_refused_with_a_message(coordinator):
    step = make_step(make_plan())
    address = sheet(Step, pk=step.pk)
    sent = form_of(coordinator, address) | {"starts_on": "2026-12-02", "ends_on": "2026-12-01"}
    answer = coordinator.post(address, sent)
    assert "ends_on" in answer.context["adminform"].form.errors


def test_the_arabic_text_is_required_and_the_french_is_not(coordinator):
    address = sheet(Project, pk=make_project(make_plan()).pk)
    sent = form_of(coordinator, address) | {"title_ar": "", "title_fr": ""}
    answer = coordinator.post(address, sent)
    assert set(answer.context["adminform"].form.errors) == {"title_ar"}


@pytest.mark.parametrize("group", ["moderator", "member", "auditor"])
def test_only_the_coordinator_writes_sheets(group):
    address = sheet(Project, pk=make_project(make_plan()).pk)
    assert sign_in(group).post(address, {"title_ar": "عنوان مزور"}).status_code == 403


def test_whether_an_edition_is_a_rehearsal_cannot_be_posted(coordinator):
    address = sheet(ActionPlan, pk=make_plan().pk)
    forged = {"is_rehearsal": "on", "end_year": "2035"}
    coordinator.post(address, form_of(coordinator, address) | forged)
    plan = ActionPlan.objects.get()
    assert (plan.is_rehearsal, plan.end_year) == (False, 2035)


@pytest.fixture
def of_an_edition():
    """One sheet of each model that belongs to an edition."""
    plan = make_plan()
    both = {"plan": plan, "order": 1}
    return {
        Step: make_step(plan),
        PriorityAxis: make_axis(plan),
        Project: make_project(plan),
        RemarkHeading: RemarkHeading.objects.create(key="problem", name_ar="الإشكالية", **both),
        Statement: Statement.objects.create(kind="objective", text_ar="هدف", **both),
        CommitteeMember: plan.members.create(order=1, college="elected", name_ar="مليكة"),
        CommitteeMeeting: plan.meetings.create(date="2030-05-06"),
        CouncilSession: plan.sessions.create(month="2030-05-06"),
    }


def test_a_sheet_stays_in_the_edition_it_was_made_for(coordinator, of_an_edition):
    other, moved = make_plan(slug="2034-2035"), []
    for model, one in of_an_edition.items():
        address = sheet(model, pk=one.pk)
        assert "plan" in coordinator.get(sheet(model, act="add")).context["adminform"].form.fields
        coordinator.post(address, form_of(coordinator, address) | {"plan": other.pk})
        one.refresh_from_db()
        moved += [model] if one.plan == other else []
    assert not moved


def test_a_number_that_another_project_of_the_edition_has_is_refused(coordinator):
    plan = make_plan()
    make_project(plan)
    address = sheet(Project, pk=make_project(plan).pk)
    answer = coordinator.post(address, form_of(coordinator, address) | {"number": 1})
    assert answer.context["adminform"].form.non_field_errors()


def test_a_project_takes_an_axis_of_its_own_edition_only(coordinator):
    project, axis = make_project(make_plan()), make_axis(make_plan(slug="2034-2035"))
    address = sheet(Project, pk=project.pk)
    offered = coordinator.get(address).context["adminform"].form.fields["axis"].queryset
    assert axis not in offered


def test_a_new_project_is_refused_an_axis_of_another_edition(coordinator):
    axis = make_axis(make_plan(slug="2034-2035"))
    address = sheet(Project, act="add")
    sent = {"plan": make_plan().pk, "number": 1, "title_ar": "مشروع", "axis": axis.pk}
    answer = coordinator.post(address, form_of(coordinator, address) | sent)
    assert set(answer.context["adminform"].form.errors) == {"axis"}


def test_there_is_one_commune(coordinator):
    make_plan()
    assert coordinator.get(sheet(Commune, act="add")).status_code == 403


def test_an_axis_that_ideas_may_hang_on_is_not_taken_away(coordinator):
    axis = make_axis(make_plan())
    assert (
        coordinator.post(sheet(type(axis), pk=axis.pk, act="delete"), {"post": "yes"}).status_code
        == 403
    )


def test_a_sheet_with_nothing_on_it_can_be_deleted(coordinator):
    step = make_step(make_plan())
    for one in (step, make_project(step.plan)):
        address = sheet(type(one), pk=one.pk, act="delete")
        assert address in coordinator.get(sheet(type(one), pk=one.pk)).content.decode()
        assert coordinator.post(address, {"post": "yes"}).status_code == 302


def test_a_sheet_that_something_hangs_on_says_why_it_is_not_deleted(coordinator, remark):
    for one in (remark.card.project, remark.card.submission.step):
        answer = coordinator.get(sheet(type(one), pk=one.pk))
        delete = sheet(type(one), pk=one.pk, act="delete")
        assert answer.context["is_kept"]
        assert delete not in answer.content.decode()
        assert coordinator.get(delete).status_code == 403


def test_the_address_of_an_edition_reads_from_the_left(coordinator):
    plan = make_plan()
    form = coordinator.get(sheet(ActionPlan, pk=plan.pk)).context["adminform"].form
    assert form["slug"].field.widget.attrs["dir"] == "ltr"
    listed = coordinator.get(sheet(ActionPlan, act="changelist")).content.decode()
    assert f'<bdi dir="ltr">{plan.slug}</bdi>' in listed


def test_a_project_that_remarks_came_in_on_is_not_deleted(coordinator, remark):
    address = sheet(Project, pk=remark.card.project_id, act="delete")
    coordinator.post(address, {"post": "yes"})
    assert Project.objects.exists()


# --- Remarks, submissions, contacts ----------------------------------------------------------------


def test_a_remark_leads_to_the_desk_of_its_card(coordinator, remark):
    answer = coordinator.get(sheet(Remark, pk=remark.pk))
    assert answer.url == f"{sheet(RemarkCard, pk=remark.card_id)}#remark-{remark.pk}"


@pytest.mark.parametrize("model", [Submission, ModerationAct, RemarkCard])
def test_what_came_in_is_not_edited_in(coordinator, remark, model):
    one = model.objects.first()
    assert coordinator.post(sheet(model, pk=one.pk), {"moderation": "withheld"}).status_code == 403


@pytest.mark.parametrize("group", ["moderator", "member", "auditor"])
def test_a_contact_is_closed_to(group, remark):
    contact = Contact.objects.get()
    client = sign_in(group)
    assert client.get(sheet(Contact, pk=contact.pk)).status_code == 403
    assert client.get(sheet(Contact, act="changelist")).status_code == 403


def test_the_coordinator_reads_a_contact_and_does_not_write_it(coordinator, remark):
    address = sheet(Contact, pk=Contact.objects.get().pk)
    assert coordinator.get(address).status_code == 200
    assert coordinator.post(address, {"name": "غيره"}).status_code == 403


def test_erasing_a_contact_leaves_the_public_act(coordinator, remark):
    address = sheet(Contact, pk=Contact.objects.get().pk, act="delete")
    coordinator.post(address, {"post": "yes"})
    assert (Contact.objects.count(), Submission.objects.count()) == (0, 1)


# --- The plan's document ---------------------------------------------------------------------------


@pytest.mark.parametrize(("group", "offered"), [("coordinator", True), ("member", False)])
def test_the_buttons_of_the_pdf_are_there_for_those_who_may_freeze(group, offered):
    plan = make_plan()
    shown = sign_in(group).get(sheet(ActionPlan, pk=plan.pk)).content.decode()
    for language in ("ar", "fr"):
        with translation.override(language):
            assert (f'action="{reverse("plan_pdf", args=[plan.slug])}"' in shown) == offered


@pytest.mark.parametrize(("group", "offered"), [("auditor", True), ("moderator", False)])
def test_the_preview_and_the_last_pdf_are_there_for_those_who_may_read_versions(group, offered):
    plan = make_plan()
    version = plan.versions.create(number=1, data={}, data_sha256="0" * 64, frozen_at=clock.now())
    version.pdfs.create(language="fr", content=b"%PDF", sha256="0" * 64)
    shown = sign_in(group).get(sheet(ActionPlan, pk=plan.pk)).content.decode()
    preview, printed = f"/ar/{plan.slug}/plan/preview/", f"/fr/{plan.slug}/plan.pdf"
    assert (f'href="{preview}"' in shown, f'href="{printed}"' in shown) == (offered, offered)
    assert f"/ar/{plan.slug}/plan.pdf" not in shown


@pytest.fixture
def printed():
    plan = make_plan()
    version = plan.versions.create(number=1, data={}, data_sha256="0" * 64, frozen_at=clock.now())
    return version.pdfs.create(language="ar", content=b"%PDF-1.7 kept", sha256="0" * 64)


def test_a_kept_document_is_offered_on_the_page_of_its_version_and_on_its_own(coordinator, printed):
    link = f'href="/ar/admin/consultations/planpdf/{printed.pk}/download/"'
    for one in (printed.version, printed):
        assert link in coordinator.get(sheet(type(one), pk=one.pk)).content.decode()


def test_a_kept_document_is_a_file_of_the_very_bytes(coordinator, printed):
    answer = coordinator.get(sheet(type(printed), pk=printed.pk, act="download"))
    assert b"".join(answer) == b"%PDF-1.7 kept"
    assert answer["Content-Disposition"].startswith('attachment; filename="')
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_kept_document_is_closed_to_who_may_not_read_versions(printed):
    address = sheet(type(printed), pk=printed.pk, act="download")
    assert sign_in("moderator").get(address).status_code == 403
    assert Client().get(address).status_code == 302


@pytest.mark.parametrize("act", ["change", "delete"])
def test_a_frozen_version_is_not_touched(coordinator, act):
    version = PlanVersion.objects.create(
        plan=make_plan(), number=1, data={}, data_sha256="0" * 64, frozen_at=clock.now()
    )
    address = sheet(PlanVersion, pk=version.pk, act=act)
    assert coordinator.post(address, {"number": "2", "post": "yes"}).status_code == 403
