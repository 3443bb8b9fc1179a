"""Whatever staff write in the forms of the admin leaves one act in the log; and the log is read there."""

import datetime

import pytest
import time_machine
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models.fields.files import FieldFile
from django.test import RequestFactory
from django.urls import reverse

from committee.admin.desk import Desk
from consultations.acts import Act
from consultations.admin import LogsActs
from consultations.admin.acts import UNSAID
from consultations.admin.told import rows_of
from consultations.models import ActLog, Association, Contact, Holiday, Statement, StepDocument
from openmuni import clock
from proposals.models import Decision, Proposal, ReasonText, Status
from tests.consultations.test_admin import form_of
from tests.factories import (
    REASON,
    make_actor,
    make_axis,
    make_commune,
    make_heading,
    make_plan,
    make_project,
    make_proposal,
    make_step,
    make_user,
)

from .acting import give_seat, sign_in
from .convening import convene, put
from .signing_in import by_password
from .telling import accepted, acts_since, idea, newest
from .voting import load_deadlines, make_session, make_vote

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _after_the_vote():
    """The council of these tests has voted."""
    with time_machine.travel("2030-12-02 12:00", tick=False):
        yield


# --- Sheets ----------------------------------------------------------------------------------------


@pytest.fixture
def root():
    """The account of the site's administration, which may write whatever can be written."""
    make_user("root", is_superuser=True)
    client, _answer = by_password("root")
    return client


def may_write(model_admin):
    request = RequestFactory().get("/")
    request.user = make_user("root", is_superuser=True)
    return (
        model_admin.has_add_permission(request)
        or model_admin.has_change_permission(request)
        or model_admin.has_delete_permission(request)
    )


def test_every_admin_that_writes_tells_the_log():
    silent = [
        model._meta.label_lower
        for model, one in admin.site._registry.items()
        if may_write(one) and not isinstance(one, LogsActs | Desk)
    ]
    assert silent == []


def a_meeting():
    return convene(make_plan(), present=3)


def an_item():
    proposal = idea()
    return put(convene(proposal.plan), "الملعب", step=proposal.submission.step)[0]


def a_deadline():
    make_plan()
    load_deadlines()
    return apps.get_model("committee.deadline").objects.first()


def of_all_editions(make):
    make_plan()
    return make()


SHEETS = {
    "auth.user": (lambda: of_all_editions(lambda: make_user("malika")), {"first_name": "مليكة"}),
    "auth.group": (lambda: of_all_editions(Group.objects.first), {"name": "readers"}),
    "consultations.commune": (lambda: of_all_editions(make_commune), {"name_ar": "اسم"}),
    "consultations.holiday": (
        lambda: of_all_editions(lambda: Holiday.objects.create(date="2030-01-01", name_ar="عيد")),
        {"name_fr": "Fête"},
    ),
    "consultations.association": (
        lambda: of_all_editions(lambda: Association.objects.create(name="جمعية")),
        {"name": "جمعية الحي"},
    ),
    "committee.deadline": (a_deadline, {"days": "9"}),
    "consultations.actionplan": (make_plan, {"notice_days": "21"}),
    "consultations.statement": (
        lambda: Statement.objects.create(plan=make_plan(), kind="objective", order=1, text_ar="نص"),
        {"text_fr": "Texte"},
    ),
    "consultations.priorityaxis": (lambda: make_axis(make_plan()), {"name_fr": "Axe"}),
    "consultations.remarkheading": (lambda: make_heading(make_plan()), {"name_fr": "Rubrique"}),
    "consultations.project": (lambda: make_project(make_plan()), {"problem_ar": "مشكل"}),
    "consultations.step": (lambda: make_step(make_plan()), {"place_ar": "القاعة"}),
    "consultations.stepdocument": (
        lambda: StepDocument.objects.create(
            step=make_step(make_plan()), title_ar="محضر", date="2030-01-01", file="documents/x.pdf"
        ),
        {"title_fr": "Procès-verbal"},
    ),
    "committee.councilsession": (make_session, {"agenda_number": "4"}),
    "committee.deliberation": (make_vote, {"number": "12"}),
    "committee.committeemeeting": (a_meeting, {"place": "القاعة"}),
    "committee.agendaitem": (an_item, {"subject": "موضوع"}),
    "committee.committeemember": (
        lambda: give_seat("malika", make_plan()),
        {"function_ar": "نائبة"},
    ),
    "proposals.reasontext": (
        lambda: ReasonText.objects.create(plan=make_plan(), outcome="rejected", text_ar=REASON),
        {"text_fr": "Un motif assez long pour servir"},
    ),
}
# Written once, by a verb; deleted only.
NEVER_CHANGED = {"consultations.erratum", "consultations.contact"}


def test_every_admin_that_writes_is_tried():
    writing = {
        model._meta.label_lower
        for model, one in admin.site._registry.items()
        if may_write(one) and not isinstance(one, Desk)
    }
    assert writing == set(SHEETS) | NEVER_CHANGED


def page_of(thing, page="change"):
    meta = thing._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=[thing.pk])


def post_of(client, address, sent):
    """Send the form at `address` as it was shown, but for `sent`."""
    shown = form_of(client, address).items()
    # A box that is not ticked is not sent, nor a file that stays.
    kept = {name: value for name, value in shown if value is not False and not is_file(value)}
    return client.post(address, kept | sent)


def is_file(value):
    return isinstance(value, FieldFile)


@pytest.mark.parametrize("label", SHEETS)
def test_a_sheet_that_is_changed_leaves_one_act(label, root):
    make, sent = SHEETS[label]
    thing, before = make(), newest()
    besides = {"date_joined_0": "2030-01-01", "date_joined_1": "10:00"}  # of an account
    answer = post_of(root, page_of(thing), sent | besides)
    assert answer.status_code == 302, answer.context["errors"]
    assert acts_since(before) == [Act.CHANGE_SHEET]
    row = ActLog.objects.order_by("pk").last()
    assert set(sent) <= set(row.after)


@pytest.mark.parametrize("label", ["consultations.project", "committee.committeemeeting"])
def test_a_sheet_that_is_saved_unchanged_leaves_none(label, root):
    thing, before = SHEETS[label][0](), newest()
    assert post_of(root, page_of(thing), {}).status_code == 302
    assert acts_since(before) == []


def test_a_sheet_says_what_stood_in_each_field(root):
    project = make_project(make_plan(), title_fr="Ancien titre")
    post_of(root, page_of(project), {"title_fr": "Nouveau titre", "problem_fr": "Long texte"})
    row = project.plan.log.last()
    assert (row.before["title_fr"], row.after["title_fr"]) == ("Ancien titre", "Nouveau titre")
    assert len(row.after["problem_fr"]) == 64


def test_the_lines_of_a_sheet_are_told_with_it(root):
    project = make_project(make_plan())
    line = project.funding_lines.create(source="state", amount=100)
    gone = project.indicators.create(kind="impact_indicator", name_ar="مؤشر")
    sent = {
        "funding_lines-0-amount": "250", "indicators-0-DELETE": "on", "milestones-TOTAL_FORMS": "1",
        "milestones-0-activity_ar": "الدراسة",
    }  # fmt: skip
    post_of(root, page_of(project), sent)
    told = {
        each["model"].partition(".")[2]: each for each in project.plan.log.last().after["lines"]
    }
    assert (told["fundingline"]["id"], told["fundingline"]["after"]) == (
        line.pk,
        {"amount": "250.00"},
    )
    assert told["indicator"]["id"] == gone.pk
    assert told["indicator"]["deleted"]["name_ar"] == "مؤشر"
    assert told["milestone"]["added"]["activity_ar"] == "الدراسة"


def test_who_was_present_is_counted_and_not_told(root):
    meeting = convene(make_plan(), present=3)
    sent = {f"attendance-{row}-present": "" for row in range(2)}
    post_of(root, page_of(meeting), sent)
    [line] = meeting.plan.log.last().after["lines"]
    assert line == {"model": "committee.attendance", "changed": 2}


def test_the_name_of_a_member_is_not_told(root):
    member = give_seat("malika", make_plan())
    post_of(root, page_of(member), {"name_ar": "بشرى"})
    row = member.plan.log.last()
    assert (row.before["name_ar"], row.after["name_ar"]) == (UNSAID, UNSAID)


def test_a_station_moved_by_its_form_leaves_one_act(root):
    step, before = make_step(make_plan()), newest()
    ends_on = step.ends_on + datetime.timedelta(days=2)
    post_of(root, page_of(step), {"ends_on": f"{ends_on:%d/%m/%Y}", "reason_ar": "عطلة رسمية"})
    assert acts_since(before) == [Act.MOVE_STEP]


def test_a_sheet_that_is_added_leaves_one_act(root):
    plan, before = make_plan(), newest()
    address = reverse("admin:consultations_priorityaxis_add")
    post_of(root, address, {"plan": plan.pk, "order": "3", "key": "water", "name_ar": "الماء"})
    assert acts_since(before) == [Act.ADD_SHEET]
    assert plan.log.last().after["name_ar"] == "الماء"


def test_a_sheet_that_is_deleted_leaves_what_stood_there(root):
    axis, before = make_axis(make_plan()), newest()
    plan = axis.plan
    assert root.post(page_of(axis, "delete"), {"post": "yes"}).status_code == 302
    assert acts_since(before) == [Act.DELETE_SHEET]
    assert plan.log.last().before["name_ar"] == axis.name_ar


def test_sheets_deleted_together_leave_an_act_each(root):
    plan = make_plan()
    axes = [make_axis(plan, key=key) for key in ("water", "roads")]
    before = newest()
    sent = {
        "action": "delete_selected",
        "_selected_action": [axis.pk for axis in axes],
        "post": "yes",
    }
    root.post(reverse("admin:consultations_priorityaxis_changelist"), sent)
    assert acts_since(before) == [Act.DELETE_SHEET] * 2


def test_a_contact_that_is_deleted_leaves_nothing_of_itself(root):
    make_proposal(make_step(make_plan()), contact={"name": "ياسين", "phone": "0600000000"})
    contact, before = Contact.objects.get(), newest()
    root.post(page_of(contact, "delete"), {"post": "yes"})
    assert acts_since(before) == [Act.ERASE_AUTHOR]
    row = ActLog.objects.order_by("pk").last()
    assert (row.before, row.after, row.label) == ({}, {}, contact.submission.reference)


def test_a_password_set_for_somebody_is_an_act_without_a_word_of_it(root):
    make_plan()
    user, before = make_user("malika"), newest()
    address = reverse("admin:auth_user_password_change", args=[user.pk])
    root.post(
        address,
        {"password1": "Ouverture-2030", "password2": "Ouverture-2030", "usable_password": "true"},
    )
    assert acts_since(before) == [Act.ACCOUNT]
    assert ActLog.objects.order_by("pk").last().after == {}


def test_what_belongs_to_all_editions_is_in_the_log_of_the_open_real_one(root):
    closed = make_plan(slug="2034-2035", state="closed")
    rehearsal = make_plan(slug="2036-2037", is_rehearsal=True)
    real = make_plan()
    association = Association.objects.create(name="جمعية")
    post_of(root, page_of(association), {"name": "جمعية الحي"})
    assert [plan.log.count() for plan in (closed, rehearsal, real)] == [0, 0, 2]


# --- The log in the admin --------------------------------------------------------------------------

LOG = "/ar/admin/consultations/actlog/"


@pytest.mark.parametrize(
    ("group", "status"),
    [("auditor", 200), ("coordinator", 200), ("member", 200), ("moderator", 403), (None, 403)],
)
def test_who_reads_the_log(group, status):
    accepted()
    assert sign_in("malika", group=group).get(LOG).status_code == status


@pytest.mark.parametrize("page", ["change", "delete"])
def test_nobody_writes_in_the_log(root, page):
    accepted()
    row = ActLog.objects.first()
    assert root.post(page_of(row, page), {"post": "yes", "label": "x"}).status_code == 403
    assert root.get(f"{LOG}add/").status_code == 403


def test_the_log_is_found_by_reference_and_by_filters(root):
    proposal = accepted()
    other = make_proposal(proposal.submission.step)
    day = clock.today().isoformat()
    found = {
        query: root.get(f"{LOG}?{query}").context["cl"].result_count
        for query in (
            f"q={proposal.reference}",
            f"label={other.reference}",
            f"act={Act.DECIDE}",
            f"day={day}",
            "by_name=أمينة",
            f"model=proposals.proposal&object_id={proposal.pk}",
        )
    }
    assert [*found.values()] == [2, 1, 1, 4, 4, 1]


def test_an_act_is_read_whole_and_leads_to_its_object(root):
    proposal = accepted()
    shown = root.get(page_of(proposal.plan.log.last())).content.decode()
    assert page_of(proposal) in shown
    assert str(Status.IN_PROGRESS.label) in shown
    assert proposal.plan.log.last().hash in shown


def test_the_desk_and_a_sheet_lead_to_their_own_acts(root):
    proposal = accepted()
    assert f"{LOG}?label={proposal.reference}" in root.get(page_of(proposal)).content.decode()
    shown = root.get(page_of(proposal.plan)).content.decode()
    assert f"{LOG}?model=consultations.actionplan&amp;object_id={proposal.plan.pk}" in shown


def test_the_list_asks_as_much_for_any_number_of_acts(root, django_assert_max_num_queries):
    proposal = accepted()
    root.get(LOG)
    with django_assert_max_num_queries(14):
        root.get(LOG)
    for verb in (proposal.reopen, proposal.reject, proposal.reopen):
        verb(by=make_actor(), reason=REASON)
    with django_assert_max_num_queries(14):
        root.get(LOG)


def test_an_act_is_told_in_words_not_in_codes(root):
    proposal = accepted()
    rows = {row.label: row for row in rows_of(proposal.plan.log.last())}
    status = rows[str(Proposal._meta.get_field("status").verbose_name)]
    assert (status.before, status.after) == (Status.IN_PROGRESS.label, Status.ACCEPTED.label)
    assert rows[str(Decision._meta.get_field("reason").verbose_name)].after.endswith("…")


def test_the_lines_of_a_sheet_are_told_by_their_names(root):
    project = make_project(make_plan())
    line = project.funding_lines.create(source="state", amount=100)
    post_of(root, page_of(project), {"funding_lines-0-amount": "250"})
    [row] = rows_of(project.plan.log.last())
    name = line._meta.get_field("amount").verbose_name
    assert row.label == f"{line._meta.verbose_name} {line.pk} · {name}"
    assert (row.before, row.after) == ("100.00", "250.00")


@pytest.mark.parametrize("state", [[], 7, "x", {"lines": []}, {"id": []}])
def test_an_act_that_was_tampered_with_is_still_shown(state):
    act = accepted().plan.log.last()
    act.model, act.after = "nothing.at_all", state
    assert isinstance(rows_of(act), list)
