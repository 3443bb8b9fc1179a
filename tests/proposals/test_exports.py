"""Files from the admin: inert cells, human words, nothing that the role may not see."""

import csv
import io

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from committee.models import CommitteeMember
from consultations.models import Remark, RemarkCard, RemarkHeading, Statement
from openmuni import clock
from tests.factories import (
    REASON,
    make_actor,
    make_plan,
    make_project,
    make_proposal,
    make_step,
    make_user,
)

XLSX, CSV = "0", "1"
YES = {"نعم", "Oui", "Yes"}


def open_csv(text):
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


# --- Files from the admin ------------------------------------------------------------------------------


@pytest.fixture
def coordinator(db):
    client = Client()
    client.force_login(make_user("najat", group="coordinator"))
    return client


@pytest.fixture
def proposal(db):
    step = make_step(make_plan(slug="2034-2035-rehearsal", is_rehearsal=True))
    proposal = make_proposal(
        step, title="=1+1", contact={"name": "ياسين", "phone": "+212600000000"}
    )
    proposal.merge_into(make_project(step.plan), by=make_actor(), reason=REASON, kept_part="كلها")
    return proposal


def export(client, address="proposals/proposal", language="ar", **sent):
    """The file that the export page gives."""
    sent = {"format": CSV, "resource": "0"} | sent
    return client.post(f"/{language}/admin/{address}/export/", sent)


def table(answer):
    """The first row of a CSV answer, by its headings."""
    headings, *rows = open_csv(answer.content.decode())
    return dict(zip(headings, rows[0], strict=True))


def values(answer):
    return list(table(answer).values())


def test_the_export_page_offers_three_formats(coordinator, proposal):
    page = coordinator.get("/ar/admin/proposals/proposal/export/")
    labels = [label for _value, label in page.context["form"].fields["format"].choices]
    assert labels[1:] == ["Excel (XLSX)", "CSV (UTF-8)", "OpenDocument (ODS)"]


def test_a_proposal_is_told_with_its_last_decision(coordinator, proposal):
    row = values(export(coordinator))
    assert all(words in row for words in ("'=1+1", REASON, "كلها", proposal.reference))


def test_no_raw_code_gets_out(coordinator, proposal):
    codes = {"merged", "published", "digital", "in_progress", "pending", "ar", "True", "False"}
    assert not codes & set(values(export(coordinator)))


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_headings_and_labels_speak_the_language_of_the_page(coordinator, proposal, language):
    answer = export(coordinator, language=language)
    plan = proposal.plan.title_ar if language == "ar" else proposal.plan.title_fr
    assert plan in values(answer)


def test_a_rehearsal_is_named_in_its_file(coordinator, proposal):
    marked = [heading for heading, value in table(export(coordinator)).items() if value in YES]
    assert len(marked) == 1


def test_the_workbook_reads_from_the_right_in_arabic(coordinator, proposal):
    book = load_workbook(io.BytesIO(export(coordinator, format=XLSX).content))
    assert book.active.sheet_view.rightToLeft


def test_the_list_narrowed_is_the_file_narrowed(coordinator, proposal):
    make_proposal(proposal.submission.step, title="في الانتظار", published=False)
    address = "/ar/admin/proposals/proposal/export/?submission__moderation__exact=pending"
    answer = coordinator.post(address, {"format": CSV, "resource": "0"})
    assert len(open_csv(answer.content.decode())) == 2


def test_contacts_are_in_the_file_made_for_them_only(coordinator, proposal):
    assert "ياسين" not in values(export(coordinator))
    assert {"ياسين", "'+212600000000"} <= set(values(export(coordinator, resource="1")))


@pytest.mark.parametrize(
    ("resource", "stem"), [("0", "proposals-2"), ("1", "proposals-with-contacts-2")]
)
def test_the_name_of_a_file_says_whether_contacts_are_in_it(coordinator, proposal, resource, stem):
    sent_as = export(coordinator, resource=resource)["Content-Disposition"]
    assert f'filename="{stem}' in sent_as


def test_who_may_export_but_not_see_contacts_is_not_offered_them(proposal):
    user = make_user("salma", group="auditor")
    user.user_permissions.add(Permission.objects.get(codename="export_proposal"))
    client = Client()
    client.force_login(user)
    assert "ياسين" not in export(client, resource="1").content.decode()
    assert REASON in values(export(client))


@pytest.mark.parametrize(
    "address",
    [
        "proposals/proposal",
        "consultations/project",
        "consultations/remark",
        "committee/committeemember",
    ],
)
def test_the_right_to_export_is_asked_for_by(proposal, address):
    client = Client()
    client.force_login(make_user("salma", group="auditor"))
    assert export(client, address).status_code == 403
    assert client.get(f"/ar/admin/{address}/export/").status_code == 403


def test_no_export_link_without_the_right(proposal):
    client = Client()
    client.force_login(make_user("salma", group="auditor"))
    assert "export/" not in client.get("/ar/admin/proposals/proposal/").content.decode()


def test_a_file_of_thirty_costs_as_many_queries_as_one_of_three(coordinator, proposal):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            assert export(coordinator, resource="1").status_code == 200
        return len(caught)

    step = proposal.submission.step
    for _ in range(2):
        make_proposal(step).accept(by=make_actor(), reason=REASON)
    queries()
    three = queries()
    for _ in range(27):
        make_proposal(step).accept(by=make_actor(), reason=REASON)
    assert queries() == three


def test_a_file_of_many_remarks_costs_as_many_queries_as_one_of_few(coordinator, proposal):
    def add(count):
        for _ in range(count):
            idea, order = make_proposal(proposal.submission.step), RemarkHeading.objects.count()
            heading = RemarkHeading.objects.create(
                plan=idea.plan, order=order, key="problem", name_ar="الإشكالية"
            )
            card = RemarkCard.objects.create(submission=idea.submission, project=proposal.project)
            Remark.objects.create(card=card, heading=heading, text="ملاحظة")

    def queries():
        with CaptureQueriesContext(connection) as caught:
            assert export(coordinator, "consultations/remark").status_code == 200
        return len(caught)

    add(2)
    queries()
    two = queries()
    add(8)
    assert queries() == two


def test_projects_are_exported_in_both_languages(coordinator):
    project = make_project(make_plan(), problem_ar="@إشكالية", problem_fr="Problème")
    row = values(export(coordinator, "consultations/project"))
    assert all(words in row for words in (project.title_ar, project.title_fr, "'@إشكالية"))


def test_members_are_exported_without_their_accounts(coordinator):
    account = make_user("malika")
    CommitteeMember.objects.create(
        plan=make_plan(), order=1, college="elected", name_ar="مليكة", user=account
    )
    row = values(export(coordinator, "committee/committeemember"))
    assert "مليكة" in row
    assert "malika" not in row


def test_remarks_are_exported_with_their_answers(coordinator, proposal):
    heading = RemarkHeading.objects.create(
        plan=proposal.plan, order=1, key="problem", name_ar="الإشكالية"
    )
    card = RemarkCard.objects.create(submission=proposal.submission, project=proposal.project)
    remark = Remark.objects.create(card=card, heading=heading, text="-ملاحظة")
    remark.give_answer("partly", "جواب اللجنة على هذه الملاحظة", by=make_actor())
    row = values(export(coordinator, "consultations/remark"))
    outcome = str(remark.get_outcome_display())
    assert {"'-ملاحظة", "جواب اللجنة على هذه الملاحظة", "الإشكالية", outcome} <= set(row)


def test_a_remark_is_exported_with_the_number_of_the_version_it_speaks_of(coordinator, proposal):
    version = proposal.plan.versions.create(
        number=7, data={}, data_sha256="0" * 64, frozen_at=clock.now()
    )
    heading = RemarkHeading.objects.create(
        plan=proposal.plan, order=1, key="problem", name_ar="الإشكالية"
    )
    card = RemarkCard.objects.create(
        submission=proposal.submission, project=proposal.project, version=version
    )
    Remark.objects.create(card=card, heading=heading, text="ملاحظة")
    assert "7" in values(export(coordinator, "consultations/remark"))


def test_the_sheet_of_a_project_is_exported_with_its_sums_and_principles(coordinator):
    project = make_project(make_plan(), lead_ar="مصلحة الأغراس", starts_on="2030-01-02")
    for certainty in ("secured", "sought", "sought"):
        project.funding_lines.create(source="state", certainty=certainty, amount="1250.50")
    principle = Statement.objects.create(
        plan=project.plan, kind="principle", order=1, text_ar="الرقمنة"
    )
    project.principles.create(principle=principle, sentence_ar="عبر منصة")
    objective = Statement.objects.create(
        plan=project.plan, kind="objective", order=1, text_ar="هدف"
    )
    project.expected_results.add(objective)
    row = values(export(coordinator, "consultations/project"))
    told = {"مصلحة الأغراس", "1250.50", "2501.00", "الرقمنة: عبر منصة", "هدف", "2030-01-02"}
    assert told <= set(row)


FUNDING, INDICATORS, MILESTONES = "1", "2", "3"


@pytest.mark.parametrize(
    ("resource", "stem", "told"),
    [
        (FUNDING, "funding-lines-2", {"مانح", "1250.50"}),
        (INDICATORS, "indicators-2", {"عدد الأشجار", "شجرة", "-3.00"}),
        (MILESTONES, "milestones-2", {"غرس الأشجار", "2030-03-01"}),
    ],
)
def test_the_lines_of_projects_have_files_of_their_own(coordinator, resource, stem, told):
    project = make_project(make_plan())
    project.funding_lines.create(source="partner", name_ar="مانح", amount="1250.50")
    project.indicators.create(
        kind="impact_indicator", name_ar="عدد الأشجار", unit_ar="شجرة", baseline="-3"
    )
    project.milestones.create(activity_ar="غرس الأشجار", ends_on="2030-03-01")
    answer = export(coordinator, "consultations/project", resource=resource)
    assert f'filename="{stem}' in answer["Content-Disposition"]
    assert {*told, project.title_ar} <= set(values(answer))


@pytest.mark.parametrize("resource", ["0", FUNDING, INDICATORS, MILESTONES])
def test_a_file_of_many_projects_and_lines_costs_as_many_queries_as_one_of_few(
    coordinator, resource
):
    plan = make_plan()

    def add(count):
        for _ in range(count):
            project = make_project(plan)
            project.funding_lines.create(source="state", amount=1)
            project.indicators.create(kind="impact_indicator", name_ar="مؤشر")
            project.milestones.create(activity_ar="نشاط")

    def queries():
        with CaptureQueriesContext(connection) as caught:
            answer = export(coordinator, "consultations/project", resource=resource)
            assert answer.status_code == 200
        return len(caught)

    add(2)
    queries()
    two = queries()
    add(8)
    assert queries() == two
