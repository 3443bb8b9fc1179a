"""The figures of an edition, worked out of plain values: no database."""

import datetime
from collections import Counter

import pytest
from django.utils import translation

from proposals.results import Idea, Meeting, Source, figures_of, words
from proposals.results.delays import delay
from proposals.results.weeks import MOST_COLUMNS, weeks

MONDAY = datetime.date(2030, 1, 7)
DAY = datetime.timedelta(days=1)


def idea(status="in_progress", *, received=MONDAY, decided=None, **fields):
    """An idea of the first station, sent through the portal."""
    defaults = {"channel": "digital", "kind": "idea", "axis": "services", "station": 1}
    known = defaults | {"project": None} | fields
    return Idea(status=status, received_on=received, decided_on=decided, **known)


def source(ideas, **fields):
    names = {
        "axes": {"services": "Services", "social": "Social"},
        "stations": {1: "Rencontre", 2: "Semaine"},
        "projects": {7: "Jardins", 8: "Budget"},
        "answer_days": 60,
        "counted_on": MONDAY + 90 * DAY,
    }
    return Source(ideas=ideas, **names | fields)


def rows(spread):
    return {str(row.label): row.cells for row in spread.table.rows}


def days(*offsets):
    return Counter(MONDAY + offset * DAY for offset in offsets)


# --- By axis, station and kind ---------------------------------------------------------------


def test_an_axis_without_ideas_is_shown_as_such():
    assert rows(figures_of(source([idea()])).axes)["Social"] == [0, 0, 0, 0]


def test_ideas_whose_axis_was_not_set_have_a_row_of_their_own():
    with translation.override("ar"):
        assert rows(figures_of(source([idea(axis=None)])).axes)["لم يُحدد"] == [0, 0, 1, 0]


def test_there_is_no_such_row_where_every_idea_has_its_axis():
    assert list(rows(figures_of(source([idea()])).axes)) == ["Services", "Social"]


def test_a_station_that_took_no_ideas_is_left_out():
    assert list(rows(figures_of(source([idea()])).stations)) == ["Rencontre"]


def test_a_station_whose_window_stayed_empty_is_shown():
    figures = figures_of(source([idea()], windows={2: (MONDAY, MONDAY)}))
    assert rows(figures.stations)["Semaine"] == [0, 0, 0, 0]


def test_of_sixty_stations_the_plot_shows_the_fullest_and_the_table_all():
    stations = {number: f"Étape {number}" for number in range(60)}
    ideas = [idea(station=number) for number in range(60)] + [idea(station=59)]
    spread = figures_of(source(ideas, stations=stations)).stations
    assert (len(spread.bars), spread.left_out, len(spread.table.rows)) == (12, 48, 60)
    assert spread.bars[-1].label == "Étape 59"


def test_the_longest_bar_fills_the_width():
    spread = figures_of(source([idea(), idea(), idea(axis="social")])).axes
    assert [bar.rest for bar in spread.bars] == [0, 1]


def test_new_project_cards_are_counted_beside_the_ideas():
    spread = figures_of(source([idea(), idea(kind="new_project")])).kinds
    assert [row.total for row in spread.table.rows] == [1, 1]


# --- The way of the ideas ---------------------------------------------------------------------


def test_the_way_leads_from_the_channel_by_the_decision_to_the_project():
    ideas = [idea("merged", project=8), idea("accepted", channel="workshop")]
    found = figures_of(source(ideas)).way
    assert [link.count for link in found.to_decisions] == [1, 1]
    assert [(link.target, link.count, link.share) for link in found.to_projects] == [
        ("Budget", 1, 100)
    ]


def test_a_share_of_a_half_is_rounded_up():
    ideas = [idea("merged", project=7)] + [idea("merged", project=8)] * 7
    assert figures_of(source(ideas)).way.to_projects[0].share == 13


def test_many_projects_are_drawn_as_the_greatest_and_the_others():
    projects = {number: f"Projet {number}" for number in range(20)}
    ideas = [idea("merged", project=number) for number in range(20)] * 2
    found = figures_of(source([*ideas, idea("merged", project=19)], projects=projects)).way
    stops = found.drawn(rtl=False)["stops"][2]
    assert (len(stops), stops[-1].count, sum(stop.count for stop in stops)) == (8, 26, 41)
    assert len(found.to_projects) == 20


def test_without_ideas_there_is_no_way():
    assert figures_of(source([])).way is None


# --- By week ------------------------------------------------------------------------------------


def test_a_week_begins_on_monday():
    found = weeks(days(-1, 0, 6), [])
    assert [(span.first, span.count) for span in found] == [(MONDAY - 7 * DAY, 1), (MONDAY, 2)]


def test_a_week_of_a_window_without_an_idea_is_shown():
    found = weeks(days(0), [(MONDAY, MONDAY + 13 * DAY)])
    assert [span.count for span in found] == [1, 0]


def test_a_week_outside_the_windows_without_an_idea_is_not():
    assert [span.count for span in weeks(days(0, 70), [])] == [1, 1]


def test_weeks_to_come_are_not_shown_as_empty():
    window = {1: (MONDAY, MONDAY + 60 * DAY)}
    figures = figures_of(source([idea()], windows=window, counted_on=MONDAY + 8 * DAY))
    assert [span.count for span in figures.weeks] == [1, 0]


@pytest.mark.parametrize(("number", "unit"), [(26, "week"), (27, "month"), (300, "year")])
def test_too_many_weeks_become_months_or_years(number, unit):
    found = weeks(days(0, 7 * number - 1), [(MONDAY, MONDAY + (7 * number - 1) * DAY)])
    assert {span.unit for span in found} == {unit}
    assert len(found) <= MOST_COLUMNS
    assert sum(span.count for span in found) == 2


def test_a_month_ends_on_its_last_day():
    found = weeks(days(*range(0, 400, 7)), [(MONDAY, MONDAY + 400 * DAY)])
    assert (found[1].first, found[1].last) == (
        datetime.date(2030, 2, 1),
        datetime.date(2030, 2, 28),
    )


# --- The time to the first answer ---------------------------------------------------------------


def answered(*waits):
    return [idea("accepted", decided=MONDAY + wait * DAY) for wait in waits]


def parts(found):
    return [part.total for part in found.bar.parts]


def test_an_answer_on_the_last_promised_day_is_in_time():
    assert parts(delay(answered(60, 61), 60, MONDAY + 90 * DAY)) == [1, 1, 0, 0]


def test_an_idea_that_waits_on_the_last_promised_day_is_not_late():
    assert parts(delay([idea()], 60, MONDAY + 60 * DAY)) == [0, 0, 1, 0]


def test_an_idea_that_waits_a_day_longer_is_late():
    assert parts(delay([idea()], 60, MONDAY + 61 * DAY)) == [0, 0, 0, 1]


def test_an_idea_that_was_reopened_had_its_first_answer():
    reopened = idea("in_progress", decided=MONDAY + DAY)
    assert parts(delay([reopened], 60, MONDAY + 90 * DAY)) == [1, 0, 0, 0]


def test_the_quarters_of_the_answers_are_days_that_happened():
    found = delay(answered(1, 2, 3, 10), 60, MONDAY)
    assert [number for _label, number in found.spread] == [1, 2, 3, 10]


def test_a_decision_dated_before_the_receipt_took_no_negative_time():
    assert delay(answered(-3), 60, MONDAY).days == [0]


def test_without_answers_nothing_is_said_of_their_time():
    assert delay([idea()], 60, MONDAY).spread == []


def test_where_no_promise_is_known_there_is_no_delay():
    assert figures_of(source([idea()], answer_days=None)).delay is None


# --- Participation --------------------------------------------------------------------------------


def meeting(participants=70, women=40, associations=18):
    return Meeting("Rencontre", "21 mars 2030", participants, women, associations, "Feuille")


def test_the_figures_of_the_meetings_are_added_up():
    found = figures_of(source([], turnouts=[meeting(), meeting(30, 10, 2)])).participation
    assert found.sums == {"participants": 100, "women": 50, "associations": 20}


def test_what_no_meeting_knows_is_not_nought():
    found = figures_of(source([], turnouts=[meeting(associations=None)])).participation
    assert found.sums["associations"] is None


def test_a_sum_that_lacks_a_figure_says_so():
    found = figures_of(source([], turnouts=[meeting(), meeting(women=None)])).participation
    assert (found.sums["women"], found.is_partial) == (40, True)


def test_a_crowd_is_not_drawn_one_by_one():
    assert not figures_of(source([], turnouts=[meeting(10_000)])).participation.has_dots


# --- Reported figures -----------------------------------------------------------------------------


def test_of_reported_figures_nothing_more_is_known():
    figures = figures_of(source([], reported=[("Rencontre", {"accepted": 15, "merged": 6})]))
    assert (figures.decisions.total, figures.decisions.reported) == (21, True)
    assert (figures.spreads, figures.weeks, figures.delay) == ([], [], None)
    assert figures.way.to_projects == []


def test_reported_figures_are_not_added_to_live_ones():
    figures = figures_of(source([idea()], reported=[("Rencontre", {"accepted": 15})]))
    assert (figures.decisions.total, figures.decisions.reported) == (1, False)


# --- In words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (
            {"accepted": 20, "merged": 8, "in_progress": 10, "rejected": 1},
            "من أصل 39 فكرة: 20 فكرة مقبولة، و8 أفكار مدمجة في مشاريع الانفتاح، "
            "و10 أفكار في طور المعالجة، وفكرة واحدة غير مقبولة.",
        ),
        ({"accepted": 2}, "فكرتان في المجموع: فكرتان مقبولتان."),
        ({"rejected": 1}, "فكرة واحدة في المجموع: فكرة واحدة غير مقبولة."),
        ({"in_progress": 100}, "من أصل 100 فكرة: 100 فكرة في طور المعالجة."),
        ({}, ""),
    ],
)
def test_the_summary_counts_as_arabic_does(counts, said):
    with translation.override("ar"):
        table = figures_of(source([], reported=[("لقاء", counts)] if counts else [])).decisions
        assert words.summary(table) == said


def test_the_summary_is_a_french_sentence():
    with translation.override("fr"):
        table = figures_of(source([], reported=[("Rencontre", {"accepted": 2, "rejected": 1})]))
        said = words.summary(table.decisions)
    assert said.replace("\u00a0", " ") == "Sur 3 idées : 2 acceptées et 1 non acceptée."


def test_of_two_axes_with_as_many_ideas_none_is_named_the_first():
    assert figures_of(source([idea(), idea(axis="social")])).axes.words == []
