"""A project's sheet in the admin: its lines beside it, nothing of another edition, nothing lost."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from consultations.models import ActionPlan, FundingLine, Project, Statement
from tests.factories import make_axis, make_plan, make_project, make_user

from .test_admin import form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    client = Client()
    client.force_login(make_user("najat", group="coordinator"))
    return client


def address_of(project=None, *, language="ar"):
    with translation.override(language):
        if project:
            return reverse("admin:consultations_project_change", args=[project.pk])
        return reverse("admin:consultations_project_add")


def line(prefix, **values):
    """What the form of one new line sends."""
    sent = {f"{prefix}-0-{name}": value for name, value in values.items()}
    return {f"{prefix}-TOTAL_FORMS": 1} | sent


def funding(**values):
    return line("funding_lines", **{"source": "state", "certainty": "sought"} | values)


def statement(plan, kind, text="نص"):
    order = plan.statements.filter(kind=kind).count() + 1
    return Statement.objects.create(plan=plan, kind=kind, order=order, text_ar=text)


def post(client, project, sent, *, language="ar"):
    address = address_of(project, language=language)
    return client.post(address, form_of(client, address) | sent)


def errors_of(answer, prefix):
    """The errors of the first line of an inline, by field."""
    formsets = [inline.formset for inline in answer.context["inline_admin_formsets"]]
    return next(formset for formset in formsets if formset.prefix == prefix).errors[0]


# --- Writing ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_coordinator_writes_the_lines_of_a_project_on_its_page(coordinator, language):
    project = make_project(make_plan())
    principle = statement(project.plan, "principle", "الرقمنة")
    sent = (
        funding(amount="١.٢٥٠.٠٠٠٫٥٠", name_ar="مانح", name_fr="Bailleur")
        | line("principles", principle=principle.pk, sentence_ar="عبر منصة")
        | line(
            "indicators", kind="impact_indicator", name_ar="الرضا", target="80,5", due_on="1/6/2031"
        )
        | line(
            "milestones", activity_ar="غرس الأشجار", starts_on="01/02/2030", ends_on="٢٨/٠٢/٢٠٣٠"
        )
    )
    assert post(coordinator, project, sent, language=language).status_code == 302
    assert project.funding_lines.get().amount == Decimal("1250000.50")
    assert project.principles.get().sentence_ar == "عبر منصة"
    indicator, milestone = project.indicators.get(), project.milestones.get()
    assert (indicator.target, indicator.due_on) == (Decimal("80.5"), datetime.date(2031, 6, 1))
    assert milestone.ends_on == datetime.date(2030, 2, 28)


def test_a_new_project_is_written_with_its_lines_at_once(coordinator):
    plan = make_plan()
    principle, objective = statement(plan, "principle"), statement(plan, "objective")
    sent = {"plan": plan.pk, "number": 1, "title_ar": "مشروع", "expected_results": [objective.pk]}
    lines = funding(amount="500000") | line("principles", principle=principle.pk)
    assert post(coordinator, None, sent | lines).status_code == 302
    project = Project.objects.get()
    assert (project.funding_lines.count(), project.principles.count()) == (1, 1)
    assert list(project.expected_results.all()) == [objective]


def test_a_sheet_sent_back_as_it_was_shown_stays_as_it_was(coordinator):
    project = make_project(make_plan(), starts_on="2030-01-02")
    project.funding_lines.create(source="state", amount="1250000.50")
    project.indicators.create(kind="impact_indicator", name_ar="مؤشر", baseline="-2.5")
    assert post(coordinator, project, {}).status_code == 302
    assert project.funding_lines.get().amount == Decimal("1250000.50")
    assert project.indicators.get().baseline == Decimal("-2.5")


def test_an_amount_is_shown_as_it_is_written_here(coordinator):
    project = make_project(make_plan())
    project.funding_lines.create(source="state", amount="1250000")
    assert 'value="1.250.000,00"' in coordinator.get(address_of(project)).content.decode()


def test_the_days_of_a_project_may_be_typed_in_arabic_digits(coordinator):
    project = make_project(make_plan())
    post(coordinator, project, {"starts_on": "٠٦/١٢/٢٠٣٠", "ends_on": "7/12/2030"})
    project.refresh_from_db()
    assert project.starts_on == datetime.date(2030, 12, 6)
    assert project.ends_on == datetime.date(2030, 12, 7)


# --- Bad input ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("amount", ["-1", "مليون", "1,250", "1000000000000000"])
def test_a_wrong_amount_is_said_beside_its_field_and_given_back(coordinator, amount):
    project = make_project(make_plan())
    answer = post(coordinator, project, funding(amount=amount, name_ar="مانح"))
    assert set(errors_of(answer, "funding_lines")) == {"amount"}
    page = answer.content.decode()
    assert f'value="{amount}"' in page
    assert 'value="مانح"' in page
    assert not FundingLine.objects.exists()


@pytest.mark.parametrize("add", [False, True])
def test_a_project_that_ends_before_it_starts_is_said_beside_the_end(coordinator, add):
    plan = make_plan()
    project = None if add else make_project(plan)
    sent = {"starts_on": "02/12/2030", "ends_on": "01/12/2030"}
    new = {"plan": plan.pk, "number": 1, "title_ar": "مشروع"} if add else {}
    answer = post(coordinator, project, new | sent)
    assert set(answer.context["adminform"].form.errors) == {"ends_on"}


def test_a_milestone_that_ends_before_it_starts_is_said_beside_its_end(coordinator):
    project = make_project(make_plan())
    sent = line("milestones", activity_ar="نشاط", starts_on="02/12/2030", ends_on="01/12/2030")
    answer = post(coordinator, project, sent)
    assert set(errors_of(answer, "milestones")) == {"ends_on"}


def test_a_project_is_offered_what_belongs_to_its_own_edition(coordinator):
    project, other = make_project(make_plan()), make_plan(slug="2034-2035")
    foreign = [make_axis(other), statement(other, "objective"), statement(other, "principle")]
    context = coordinator.get(address_of(project)).context
    fields = context["adminform"].form.fields
    principles = context["inline_admin_formsets"][0].formset.empty_form.fields["principle"]
    offered = [fields["axis"], fields["expected_results"], principles]
    assert not [one for one, field in zip(foreign, offered, strict=True) if one in field.queryset]


def test_a_new_project_is_refused_what_belongs_to_another_edition(coordinator):
    plan, other = make_plan(), make_plan(slug="2034-2035")
    sent = {"plan": plan.pk, "number": 1, "title_ar": "مشروع", "axis": make_axis(other).pk}
    sent |= {"expected_results": [statement(other, "objective").pk]}
    lines = line("principles", principle=statement(other, "principle").pk)
    answer = post(coordinator, None, sent | lines)
    assert set(answer.context["adminform"].form.errors) == {"axis", "expected_results"}
    answer = post(coordinator, None, sent | lines | {"axis": "", "expected_results": []})
    assert set(errors_of(answer, "principles")) == {"principle"}
    assert not Project.objects.exists()


def test_a_new_project_without_an_edition_is_refused_with_words(coordinator):
    plan = make_plan()
    lines = line("principles", principle=statement(plan, "principle").pk)
    sent = {"plan": "", "number": "", "title_ar": "", "axis": make_axis(plan).pk}
    answer = post(coordinator, None, sent | lines)
    assert {"plan", "number", "title_ar"} <= set(answer.context["adminform"].form.errors)


# --- Closing and deleting ------------------------------------------------------------------------------


def test_the_sheet_of_a_closed_edition_is_not_written(coordinator):
    project = make_project(make_plan())
    sent = form_of(coordinator, address_of(project)) | funding(amount="5")
    ActionPlan.objects.update(state="closed")
    assert coordinator.get(address_of(project)).status_code == 200
    assert coordinator.post(address_of(project), sent).status_code == 403
    assert not FundingLine.objects.exists()


def test_a_project_is_deleted_with_its_lines(coordinator):
    project = make_project(make_plan())
    project.funding_lines.create(source="state", amount=1)
    with translation.override("ar"):
        address = reverse("admin:consultations_project_delete", args=[project.pk])
    assert coordinator.post(address, {"post": "yes"}).status_code == 302
    assert not FundingLine.objects.exists()


# --- Many lines -----------------------------------------------------------------------------------------


def add_lines(project, count):
    for _ in range(count):
        project.funding_lines.create(source="state", amount=1)
        project.indicators.create(kind="impact_indicator", name_ar="مؤشر")
        project.milestones.create(activity_ar="نشاط")


def test_a_sheet_of_many_lines_costs_as_many_queries_as_one_of_few(coordinator):
    project = make_project(make_plan())

    def queries():
        with CaptureQueriesContext(connection) as caught:
            assert coordinator.get(address_of(project)).status_code == 200
        return len(caught)

    add_lines(project, 3)
    queries()
    three = queries()
    add_lines(project, 27)
    assert queries() == three


def test_a_sheet_of_three_hundred_lines_can_be_sent(coordinator):
    project = make_project(make_plan())
    add_lines(project, 100)
    assert post(coordinator, project, {"lead_ar": "مصلحة"}).status_code == 302
    project.refresh_from_db()
    assert project.lead_ar == "مصلحة"
