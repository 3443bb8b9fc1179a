"""Editions in the admin: starting one from another, opening, closing, and what a closed one refuses."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from committee.models import CommitteeMeeting, CommitteeMember, CouncilSession, Opinion
from consultations.models import (
    ActionPlan,
    IllegalState,
    PriorityAxis,
    Project,
    RemarkHeading,
    Statement,
    Step,
    StepDocument,
)
from openmuni import clock
from proposals.models import IllegalMove, ReasonText
from tests.factories import (
    REASON,
    make_actor,
    make_axis,
    make_plan,
    make_project,
    make_proposal,
    make_step,
)

from .acting import act, decide, give_seat, page, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return sign_in("leila", group="coordinator")


def address(thing, act="change"):
    model = type(thing)._meta
    return reverse(f"admin:{model.app_label}_{model.model_name}_{act}", args=[thing.pk])


# --- Starting one from another ----------------------------------------------------------------


def sent(**fields):
    return {
        "title_ar": "برنامج العمل الموالي",
        "title_fr": "",
        "start_year": "2032",
        "end_year": "2033",
        "slug": "2032-2033",
        "carried": ["statements", "axes", "projects"],
    } | fields


def start(client, model, **fields):
    return client.post(address(model, "start"), sent(**fields))


def test_the_form_proposes_the_years_that_follow(coordinator):
    model = make_plan(slug="2030-2031", title_ar="برنامج العمل 2030-2031")
    form = coordinator.get(address(model, "start")).context["form"]
    values = [form[name].value() for name in ("start_year", "end_year", "slug", "title_ar")]
    assert values == [2032, 2033, "2032-2033", "برنامج العمل 2032-2033"]


def test_a_good_form_leads_to_the_new_edition_which_the_public_does_not_see(coordinator, client):
    model = make_plan()
    make_project(model)
    answer = start(coordinator, model)
    plan = ActionPlan.objects.get(slug="2032-2033")
    assert answer.url == address(plan)
    assert (plan.projects.count(), plan.started_from) == (1, model)
    assert client.get("/ar/2032-2033/").status_code == 404


def test_the_same_form_sent_twice_leads_to_the_one_edition(coordinator):
    model = make_plan()
    first, second = start(coordinator, model), start(coordinator, model)
    assert first.url == second.url
    assert ActionPlan.objects.count() == 2


def test_a_taken_address_is_said_beside_its_field_and_the_rest_is_kept(coordinator):
    model = make_plan()
    answer = start(coordinator, model, slug=model.slug, title_fr="Programme suivant")
    form = answer.context["form"]
    assert set(form.errors) == {"slug"}
    assert form["title_fr"].value() == "Programme suivant"
    assert form["carried"].value() == ["statements", "axes", "projects"]
    assert "Programme suivant" in answer.content.decode()


def test_an_address_taken_between_the_check_and_the_act_is_said_too(coordinator, monkeypatch):
    model = make_plan()
    monkeypatch.setattr("committee.forms.editions.StartForm.validate_unique", lambda form: None)
    answer = start(coordinator, model, slug=model.slug)
    assert set(answer.context["form"].errors) == {"slug"}


def test_years_that_run_backwards_are_said_beside_their_field(coordinator):
    answer = start(coordinator, make_plan(), start_year="2033", end_year="2032")
    assert set(answer.context["form"].errors) == {"end_year"}


@pytest.mark.parametrize("group", ["member", "moderator", "auditor", None])
def test_only_the_coordinator_starts_an_edition(group):
    model, client = make_plan(), sign_in("malika", group=group)
    assert start(client, model).status_code == 403
    assert client.get(address(model, "start")).status_code == 403


def test_the_start_of_an_edition_is_in_the_log(coordinator):
    start(coordinator, make_plan())
    assert LogEntry.objects.get().object_repr == "برنامج العمل الموالي"


def test_an_edition_added_by_hand_begins_unseen_by_the_public(coordinator):
    add = reverse("admin:consultations_actionplan_add")
    fields = {"notice_days": "14", "grace_minutes": "30", "state": "open"}
    fields |= {"acknowledge_days": "15", "answer_days": "60"}
    coordinator.post(add, sent(**fields))
    assert ActionPlan.objects.get().state == "preparing"


# --- State ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "name", "after"),
    [("preparing", "open", "open"), ("open", "close", "closed"), ("closed", "reopen", "open")],
)
def test_an_edition_is_opened_closed_and_opened_again(coordinator, before, name, after):
    plan = make_plan(state=before)
    shown = coordinator.get(address(plan)).content.decode()
    assert f'action="{address(plan, name)}"' in shown
    coordinator.post(address(plan, name))
    plan.refresh_from_db()
    assert plan.state == after
    assert LogEntry.objects.filter(object_id=plan.pk).count() == 1


@pytest.mark.parametrize(("before", "name"), [("preparing", "close"), ("closed", "close")])
def test_an_act_that_does_not_follow_is_refused_with_words(coordinator, before, name):
    plan = make_plan(state=before)
    answer = coordinator.post(address(plan, name), follow=True)
    plan.refresh_from_db()
    assert plan.state == before
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_of_two_who_close_at_once_one_is_told():
    plan = make_plan()
    same = ActionPlan.objects.get(pk=plan.pk)
    plan.close(by=make_actor())
    with pytest.raises(IllegalState):
        same.close(by=make_actor())


def test_reading_the_address_of_an_act_changes_nothing(coordinator):
    plan = make_plan()
    coordinator.get(address(plan, "close"))
    plan.refresh_from_db()
    assert plan.state == "open"


@pytest.mark.parametrize("group", ["member", "moderator", "auditor"])
def test_only_the_coordinator_closes_an_edition(group):
    plan, client = make_plan(), sign_in("malika", group=group)
    assert client.post(address(plan, "close")).status_code == 403


def test_what_still_waits_is_said_before_an_edition_is_closed(coordinator):
    plan = make_plan()
    make_proposal(make_step(plan))
    waiting = coordinator.get(address(plan)).context["unfinished"]
    assert [number for _label, number in waiting] == [1, 1]


# --- A closed edition ---------------------------------------------------------------------------


def sheets_of(plan):
    """One sheet of each model that belongs to an edition."""
    both = {"plan": plan, "order": 1}
    step = make_step(plan)
    return {
        ActionPlan: plan,
        Step: step,
        StepDocument: StepDocument.objects.create(
            step=step, title_ar="محضر", date=clock.today(), file="documents/none.pdf"
        ),
        Statement: Statement.objects.create(kind="objective", text_ar="هدف", **both),
        PriorityAxis: make_axis(plan),
        Project: make_project(plan),
        RemarkHeading: RemarkHeading.objects.create(key="problem", name_ar="الإشكالية", **both),
        ReasonText: ReasonText.objects.create(plan=plan, outcome="accepted", text_ar="تعليل"),
        CommitteeMember: CommitteeMember.objects.create(college="staff", name_ar="سعيد", **both),
        CommitteeMeeting: CommitteeMeeting.objects.create(plan=plan, date=clock.today()),
        CouncilSession: CouncilSession.objects.create(plan=plan, month=clock.today()),
    }


SHEETS = [
    ActionPlan,
    Step,
    StepDocument,
    Statement,
    PriorityAxis,
    Project,
    RemarkHeading,
    ReasonText,
    CommitteeMember,
    CommitteeMeeting,
    CouncilSession,
]


@pytest.mark.parametrize("model", SHEETS, ids=lambda model: model.__name__)
def test_a_sheet_of_a_closed_edition_is_read_and_not_written(coordinator, model):
    plan = make_plan()
    sheet = sheets_of(plan)[model]
    plan.close(by=make_actor())
    assert coordinator.get(address(sheet)).context["has_change_permission"] is False
    assert coordinator.post(address(sheet), {"name_ar": "غيره"}).status_code == 403
    assert coordinator.post(address(sheet, "delete"), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("model", SHEETS, ids=lambda model: model.__name__)
def test_a_sheet_of_an_open_edition_is_written(coordinator, model):
    sheet = sheets_of(make_plan())[model]
    assert coordinator.get(address(sheet)).context["has_change_permission"] is True


@pytest.mark.parametrize("model", SHEETS[3:], ids=lambda model: model.__name__)
def test_no_sheet_is_added_to_a_closed_edition(coordinator, model):
    plan = make_plan(state="closed")
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_add"
    form = coordinator.get(reverse(name)).context["adminform"].form
    assert plan not in form.fields["plan"].queryset


def test_no_document_is_added_to_a_station_of_a_closed_edition(coordinator):
    step = make_step(make_plan(state="closed"))
    form = (
        coordinator.get(reverse("admin:consultations_stepdocument_add")).context["adminform"].form
    )
    assert step not in form.fields["step"].queryset


def test_sheets_of_a_closed_edition_are_not_deleted_by_the_list_s_action(coordinator):
    statement = sheets_of(make_plan())[Statement]
    statement.plan.close(by=make_actor())
    changelist = reverse("admin:consultations_statement_changelist")
    chosen = {"action": "delete_selected", "_selected_action": [statement.pk], "post": "yes"}
    coordinator.post(changelist, chosen)
    assert Statement.objects.get() == statement


def test_the_page_of_such_a_sheet_says_why(coordinator):
    axis = make_axis(make_plan(state="closed"))
    assert 'class="closed-line"' in coordinator.get(address(axis)).content.decode()


def test_no_decision_is_taken_in_a_closed_edition():
    proposal = make_proposal(make_step(make_plan()))
    proposal.plan.close(by=make_actor())
    with pytest.raises(IllegalMove):
        proposal.accept(by=make_actor(), reason=REASON)
    assert not proposal.decisions.exists()


def test_a_decision_sent_after_the_edition_was_closed_is_given_back(coordinator):
    proposal = make_proposal(make_step(make_plan()))
    proposal.plan.close(by=make_actor())
    answer = decide(coordinator, proposal, "accepted")
    assert answer.status_code == 409
    assert REASON in answer.content.decode()


def test_no_opinion_is_given_in_a_closed_edition():
    proposal = make_proposal(make_step(make_plan()))
    give_seat("malika", proposal.plan)
    proposal.plan.close(by=make_actor())
    answer = act(sign_in("malika", group="member"), proposal, "opinion", view="accepted")
    assert (answer.status_code, Opinion.objects.count()) == (409, 0)


def test_no_idea_is_filed_in_a_closed_edition(coordinator):
    axis = make_axis(make_plan())
    proposal = make_proposal(make_step(axis.plan))
    axis.plan.close(by=make_actor())
    assert act(coordinator, proposal, "axis", axis=axis.pk).status_code == 409


def test_an_idea_of_a_closed_edition_is_still_withheld_for_personal_data(coordinator):
    proposal = make_proposal(make_step(make_plan()))
    proposal.plan.close(by=make_actor())
    act(coordinator, proposal, "withhold", category="personal_data", reason=REASON)
    proposal.submission.refresh_from_db()
    assert proposal.submission.moderation == "withheld"


def test_the_desk_of_a_closed_edition_offers_what_protects_people_alone(coordinator):
    proposal = make_proposal(make_step(make_plan()))
    proposal.plan.close(by=make_actor())
    assert set(page(coordinator, proposal).context["forms"]) == {"withhold", "erase"}


# --- Years among Arabic words -----------------------------------------------------------------


@pytest.mark.parametrize("where", ["its list", "its sheet", "a list", "a form", "a sheet"])
def test_the_years_of_an_edition_do_not_change_places(coordinator, where):
    plan = make_plan(title_ar="برنامج عمل الانفتاح 2030-2031")
    step = make_step(plan)
    addresses = {
        "its list": reverse("admin:consultations_actionplan_changelist"),
        "its sheet": address(plan),
        "a list": reverse("admin:consultations_step_changelist"),
        "a form": reverse("admin:consultations_step_add"),
        "a sheet": address(step),
    }
    shown = coordinator.get(addresses[where]).content.decode()
    written, isolated = "برنامج عمل الانفتاح 2030-2031", "الانفتاح \u20662030-\u20602031\u2069"
    # In a box it stands as it is typed.
    assert (isolated in shown, written in shown.replace(f'value="{written}"', "")) == (True, False)


def test_editions_are_put_in_the_order_of_their_titles(coordinator):
    make_plan(title_ar="ب", slug="2030-2031")
    make_plan(title_ar="أ", slug="2032-2033")
    editions = reverse("admin:consultations_actionplan_changelist")
    column = coordinator.get(editions).context["cl"].list_display.index("name")
    page = coordinator.get(editions, {"o": column})
    assert [plan.title_ar for plan in page.context["cl"].queryset] == ["أ", "ب"]
