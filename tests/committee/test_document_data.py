"""What a version of the plan holds."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from committee.documents import current_version, plan_data
from committee.documents.figures import frozen_table
from committee.documents.wording import spoken
from openmuni.canonical import fingerprint
from proposals.results import decision_table
from tests.factories import make_plan, make_proposal

from .documenting import CANARY, add_reported_figures, make_document_plan

pytestmark = pytest.mark.django_db


def as_text(data):
    return json.dumps(data, ensure_ascii=False)


def queries_of(plan):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        plan_data(plan)
    return len(captured)


def test_the_data_is_the_same_when_nothing_changed():
    plan = make_document_plan()
    assert fingerprint(plan_data(plan)) == fingerprint(plan_data(plan))


def test_the_data_does_not_depend_on_the_language_of_who_asks():
    plan = make_document_plan()
    with translation.override("ar"):
        arabic = plan_data(plan)
    with translation.override("fr"):
        assert plan_data(plan) == arabic


def test_the_data_survives_its_storage():
    data = plan_data(make_document_plan())
    assert json.loads(json.dumps(data)) == data


def test_the_data_holds_no_contact():
    text = as_text(plan_data(make_document_plan()))
    assert not [secret for secret in CANARY.values() if secret in text]


def test_the_data_holds_no_published_name_either():
    plan = make_document_plan()
    make_proposal(plan.steps.get(), title="فكرة يونس", shown_as="person", shown_name="يونس")
    assert '"يونس"' not in as_text(plan_data(plan))


def test_an_idea_that_waits_for_moderation_is_not_in_the_data():
    assert "WaitingIdea" not in as_text(plan_data(make_document_plan()))


def test_a_withheld_idea_is_not_in_the_data():
    assert "HiddenIdea" not in as_text(plan_data(make_document_plan()))


def test_an_idea_carries_its_newest_reason():
    plan = make_document_plan()
    merged = next(idea for idea in plan_data(plan)["ideas"] if idea["status"] == "merged")
    assert merged["decision"]["reason"]["text"] == "Idée utile, reprise dans le projet."


def test_the_number_of_queries_does_not_grow_with_the_ideas():
    plan = make_document_plan()
    before = queries_of(plan)
    for number in range(30):
        make_proposal(plan.steps.get(), title=f"فكرة {number}")
    assert queries_of(plan) == before


def test_the_number_of_queries_is_small():
    assert queries_of(make_document_plan()) <= 20


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_table_of_the_document_is_the_one_of_the_site(language):
    plan = make_document_plan()
    with translation.override(language):
        site, document = decision_table(plan), frozen_table(spoken(plan_data(plan), language))
        assert [str(column) for column in site.columns] == document.columns
        assert [row.cells for row in site.rows] == [row.cells for row in document.rows]


def test_reported_figures_stand_where_no_idea_was_kept():
    plan = make_plan()
    add_reported_figures(plan)
    with translation.override("ar"):
        site, document = decision_table(plan), frozen_table(spoken(plan_data(plan), "ar"))
    assert document.reported
    assert (document.columns, document.totals) == (site.columns, site.totals)


def test_the_next_version_has_the_next_number():
    plan = make_document_plan()
    kept = current_version(plan)
    kept.frozen_at = "2030-01-01T00:00:00Z"
    kept.save()
    plan.title_ar = "عنوان جديد"
    plan.save()
    assert current_version(plan).number == kept.number + 1


def test_a_version_that_is_still_true_is_the_current_one():
    plan = make_document_plan()
    kept = current_version(plan)
    kept.frozen_at = "2030-01-01T00:00:00Z"
    kept.save()
    assert current_version(plan) == kept
