"""Page, plot, file and printed plan show the same figures; those of the deck are the deck's."""

import csv
import datetime
import io
import re

import pytest
from django.core.management import call_command
from django.utils import translation

from committee.documents import current_version, document_context
from committee.documents.figures import frozen_figures
from committee.documents.reading import read
from committee.documents.wording import spoken
from consultations.models import ActionPlan
from openmuni import clock
from proposals.results import edition_figures
from proposals.results.file import NUMBER, numbers
from tests.factories import make_plan, make_proposal, make_step

from .documenting import html_of, make_document_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def rehearsed():
    call_command("loaddata", "fixtures/larache.json", verbosity=0)
    call_command("rehearse", documents=False, verbosity=0)
    return ActionPlan.objects.get(is_rehearsal=True)


@pytest.fixture
def deck():
    call_command("loaddata", "fixtures/larache.json", verbosity=0)
    return ActionPlan.objects.get()


def counted(figures):
    """The numbers alone, in their order: the words of names bear other marks on paper."""
    return [number for *_names, number in numbers(figures)]


def frozen(plan):
    return document_context(current_version(plan), "fr")["figures"]


def in_file(client, plan):
    answer = client.get(f"/fr/{plan.slug}/results.csv")
    text = b"".join(answer.streaming_content).decode().removeprefix("\ufeff")
    return [int(line[NUMBER]) for line in list(csv.reader(io.StringIO(text), delimiter=";"))[1:]]


def widths(html):
    """The widths of the parts of the bars on the page, in ideas."""
    return re.findall(r'<svg class="status--\w+" width="(\d+)000"', html)


def test_page_plot_file_and_plan_agree_on_a_rehearsed_edition(client, rehearsed):
    with translation.override("fr"):
        live, printed = edition_figures(rehearsed, clock.now()), frozen(rehearsed)
        answer = client.get(f"/fr/{rehearsed.slug}/results/")
        on_paper = html_of(rehearsed, "fr")
    shown, html = answer.context["figures"], answer.content.decode()
    assert counted(shown) == counted(live) == counted(printed) == in_file(client, rehearsed)
    bars = [*live.bars, *(bar for spread in live.spreads for bar in spread.bars), live.delay.bar]
    drawn = [str(part.total) for bar in bars for part in bar.parts if part.total]
    assert widths(html[: html.index('id="participation"')]) == drawn
    assert re.findall(r'<rect x="[^"]+" y="0" width="([\d.]+)"', on_paper) == [
        f"{max(part.total - bar.scale / 400, bar.scale / 400):.3f}"
        for bar in bars
        for part in bar.parts
        if part.total
    ]
    # The very same ribbons, on the site and on paper.
    ribbons = [path for gap in live.way.drawn(rtl=False)["ribbons"] for _status, path in gap]
    assert all(f'd="{path}"' in html and f'd="{path}"' in on_paper for path in ribbons)


def test_the_deck_has_39_ideas_of_which_29_came_at_the_meeting_and_10_digitally(deck):
    table = edition_figures(deck, clock.now()).decisions
    assert (table.total, table.totals) == (39, [29, 10])


def test_of_the_decks_ideas_20_were_accepted_8_merged_10_wait_and_1_was_not_accepted(deck):
    table = edition_figures(deck, clock.now()).decisions
    assert [row.total for row in table.rows] == [20, 8, 10, 1]


def test_70_people_took_part_40_of_them_women_with_18_associations(deck):
    sums = edition_figures(deck, clock.now()).participation.sums
    assert sums == {"participants": 70, "women": 40, "associations": 18}


def test_the_decks_figures_are_the_same_on_the_page_in_the_file_and_on_paper(client, deck):
    with translation.override("fr"):
        live, printed = edition_figures(deck, clock.now()), frozen(deck)
    shown = client.get(f"/fr/{deck.slug}/results/").context["figures"]
    assert counted(live) == counted(shown) == counted(printed) == in_file(client, deck)


OCTOBER = {"starts_on": datetime.date(2023, 10, 1), "ends_on": datetime.date(2023, 10, 31)}
TENTH = datetime.date(2023, 10, 10)


def live_and_printed(plan):
    with translation.override("fr"):
        return edition_figures(plan, clock.now()), frozen(plan)


def test_a_station_held_on_one_of_its_days_has_that_week_on_the_page_and_on_paper():
    plan = make_plan()
    noon = datetime.datetime(2023, 10, 10, 12, tzinfo=datetime.UTC)
    make_proposal(make_step(plan, held_from=TENTH, **OCTOBER), at=noon)
    for figures in live_and_printed(plan):
        assert [span.count for span in figures.weeks] == [1]


def test_a_meeting_planned_for_a_month_has_the_day_it_was_held_on_the_page_and_on_paper():
    plan = make_plan()
    known = {"precision": "month", "accepts": "nothing", "participants": 12}
    make_step(plan, held_from=TENTH, **OCTOBER, **known)
    for figures in live_and_printed(plan):
        assert figures.participation.turnouts[0].days == "10 octobre 2023"


def test_a_version_keeps_the_delays_of_its_day():
    plan = make_document_plan(answer_days=5)
    version = current_version(plan)
    version.frozen_at = clock.now() + datetime.timedelta(days=9)
    with translation.override("ar"):
        parts = document_context(version, "ar")["figures"].delay.bar.parts
    assert [part.total for part in parts] == [3, 0, 0, 2]


def test_a_version_of_an_older_format_says_nothing_it_did_not_keep():
    plan = make_document_plan()
    data = current_version(plan).data
    old = {key: value for key, value in data.items() if key != "answer_days"} | {
        "format": 2,
        "steps": [without(step, "accepts") for step in data["steps"]],
        "ideas": [without(idea, "station", "first_decided_on") for idea in data["ideas"]],
    }
    with translation.override("ar"):
        figures = frozen_figures(spoken(read(old), "ar"), clock.today())
    assert figures.decisions.total == 5
    assert (figures.stations, figures.delay) == (None, None)
    assert figures.axes.table.total == 5


def without(row, *names):
    return {key: value for key, value in row.items() if key not in names}
