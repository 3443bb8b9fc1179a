"""Each fact of the commune's deck stands in its named field, letter by letter."""

import csv
import datetime
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import translation

from committee.models import CommitteeMember
from consultations.models import (
    ActionPlan,
    Commune,
    PriorityAxis,
    Project,
    RemarkHeading,
    Statement,
    Step,
)
from proposals.models import ReportedTally, Status
from proposals.results import TOTAL_LABEL, reported_table

pytestmark = pytest.mark.django_db

CSV = Path(__file__).parents[1] / "data" / "larache_facts.csv"
ROWS = {row["key"]: row for row in csv.DictReader(CSV.read_text("utf-8").splitlines())}
LANGUAGES = ["ar", "fr"]
CONTACT = [
    "contact_post_ar", "contact_post_fr", "contact_address_ar", "contact_address_fr",
    "contact_phone", "contact_email", "cndp_number",
]  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """Where a row of the file is kept: its words (by language) and its value, where it has them."""

    words: Callable[[str], str] = lambda language: ""
    value: Callable[[], object] = lambda: ""


def field(model, name, value=lambda row: "", **lookup):
    """The translated field `name` of one row, and what `value` makes of that row."""

    def words(language):
        return getattr(model.objects.get(**lookup), f"{name}_{language}")

    return Fact(words, lambda: value(model.objects.get(**lookup)))


def label(text, value=lambda: ""):
    """A word of the interface, translated by the catalogues."""

    def words(language):
        with translation.override(language):
            return str(text)

    return Fact(words, value)


def statement(name, kind, order):
    return field(Statement, name, kind=kind, order=order)


def principle(key):
    return field(Statement, "text", kind="principle", key=key)


def days(step):
    """The days of a step, as the file writes them; a month counts when all its days are there."""
    first, last = step.starts_on, step.ends_on
    if step.precision == Step.Precision.MONTH:
        whole = first.day == 1 and (last + datetime.timedelta(days=1)).day == 1
        return f"{first:%Y-%m}" if whole and first.month == last.month else "no whole month"
    return f"{first}" if first == last else f"{first}/{last}"


def figure(name):
    """A figure of the first citizen meeting under the name of its field."""
    return label(Step._meta.get_field(name).verbose_name, lambda: getattr(step(4), name))


def step(order):
    return Step.objects.get(order=order)


def reported(order, *statuses):
    """The ideas that the deck counts at a step, with one of `statuses`."""
    rows = ReportedTally.objects.filter(step__order=order, status__in=statuses)
    return sum(row.count for row in rows)


def tally(order, status):
    return Fact(value=lambda: reported(order, status))


def total(status):
    def value():
        table = reported_table(ActionPlan.objects.get())
        return next(row.total for row in table.rows if row.status == status)

    return Fact(value=value)


def member(number, name, value=lambda row: ""):
    return field(CommitteeMember, name, value, order=number)


def part(prefix, numbers, make):
    """Facts under `prefix` and a number."""
    return {f"{prefix}.{number}": make(number) for number in numbers}


FACTS = {
    "deck.commune": field(Commune, "name"),
    "deck.programme": field(Commune, "support_programme"),
    "deck.network": field(Commune, "network"),
    "deck.partner": field(Commune, "partner"),
    "deck.region": field(Commune, "region"),
    **part("obj", range(1, 4), lambda n: statement("text", "objective", n)),
    **{f"obj.{n}.how": statement("detail", "objective", n) for n in range(1, 4)},
    "dev": statement("text", "development", 1),
    "dev.how": statement("detail", "development", 1),
    **part("principle", ["transparency", "information", "digital", "participation"], principle),
    **part("st", range(1, 8), lambda n: field(Step, "title", days, order=n)),
    **part("m", range(1, 9), lambda n: statement("text", "method_step", n)),
    **{f"member.{n}.name": member(n, "name") for n in range(1, 13)},
    **{f"member.{n}.role": member(n, "role_title", lambda row: row.role) for n in range(1, 13)},
    **{f"member.{n}.function": member(n, "function") for n in (1, 5, 6, 9, 10, 11, 12)},
    **part(
        "axis",
        ["communication", "marketing", "services", "social"],
        lambda key: field(PriorityAxis, "name", key=key),
    ),
    "mt.participants": figure("participants"),
    "mt.associations": figure("associations_count"),
    "mt.women": figure("women"),
    **part("project", range(1, 6), lambda n: field(Project, "title", lambda row: row.number, pk=n)),
    **part("c", range(1, 6), lambda n: statement("text", "consultation_step", n)),
    "c.5.session": statement("detail", "consultation_step", 5),
    "card.plan": field(Statement, "text", kind="card", key="plan"),
    "card.remarks": field(Statement, "text", kind="card", key="remarks"),
    **{f"card.h{n}": field(RemarkHeading, "name", order=n) for n in range(1, 6)},
    **part("next", range(1, 4), lambda n: statement("text", "next_step", n)),
    **part("file", range(1, 5), lambda n: statement("text", "work_file", n)),
    "act.appointment": field(ActionPlan, "appointment_act", lambda row: row.appointment_date),
    "tally.meeting": field(Step, "tally_label", lambda row: reported(4, *Status), order=4),
    **{f"tally.meeting.{status}": tally(4, status) for status in Status},
    "tally.digital": field(Step, "tally_label", lambda row: reported(5, *Status), order=5),
    **{f"tally.digital.{status}": tally(5, status) for status in Status},
    "tally.total": label(TOTAL_LABEL, lambda: reported_table(ActionPlan.objects.get()).total),
    **{f"tally.total.{status}": total(status) for status in Status},
    **{
        f"status.{status.value}": label(status.label, lambda s=status: s.value) for status in Status
    },
    **{
        f"college.{college.value}": label(college.label, lambda c=college: c.value)
        for college in CommitteeMember.College
    },
}


@pytest.fixture(scope="module", autouse=True)
def _the_commune_is_loaded(django_db_setup, django_db_blocker):
    """The fixture, loaded once for all the rows of this file and rolled back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("loaddata", "fixtures/larache.json", verbosity=0)
        yield
        transaction.set_rollback(True)


def test_the_file_has_its_119_rows():
    assert len(ROWS) == 119


def test_no_place_is_named_for_a_row_that_is_not_there():
    assert not FACTS.keys() - ROWS.keys()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ROWS)
def test_the_words_are_the_deck_s(key, language):
    # Of its own words the site prints ’ where the deck types '.
    said, asked = FACTS[key].words(language), ROWS[key][language]
    assert said.replace("’", "'") == asked.replace("’", "'")


@pytest.mark.parametrize("key", ROWS)
def test_the_value_is_the_deck_s(key):
    assert str(FACTS[key].value()) == ROWS[key]["value"]


def test_the_sixth_heading_is_left_open_as_in_the_deck():
    heading = RemarkHeading.objects.get(order=6)
    assert (heading.key, heading.name_ar) == (RemarkHeading.Key.OTHER, "...")


def test_contact_and_declaration_number_stay_empty():
    assert not any(Commune.objects.values_list(*CONTACT).get())


def test_the_header_names_its_source():
    assert Commune.objects.get().header_source


def test_the_figures_of_the_meeting_name_their_source_in_both_languages():
    assert step(4).figures_source_ar
    assert step(4).figures_source_fr


def test_what_the_deck_leaves_empty_on_project_cards_stays_empty():
    parts = ["axis", *(f"{key}_ar" for key in RemarkHeading.Key if key != "other")]
    assert {any(row) for row in Project.objects.values_list(*parts)} == {False}


def test_only_the_digital_week_accepted_ideas():
    accepts = Step.objects.order_by("order").values_list("accepts", flat=True)
    assert list(accepts) == ["nothing"] * 4 + ["ideas"] + ["nothing"] * 2


def test_every_row_is_one_that_the_admin_would_accept():
    for model in (Commune, ActionPlan, Statement, PriorityAxis, Step, Project, RemarkHeading):
        for row in model.objects.all():
            row.full_clean()
    for row in CommitteeMember.objects.all():
        row.full_clean()


def test_the_columns_without_a_language_hold_the_arabic():
    assert (
        ActionPlan.objects.rewrite(False).values_list("title", "title_ar").get()
        == ("برنامج عمل الانفتاح 2024-2025",) * 2
    )
