"""Where the parts of a plot stand."""

import re
from itertools import pairwise

import pytest

from openmuni.drawing import ACROSS, THINNEST, WHOLE, flow, places

COLUMNS = [{"meeting": 29, "digital": 10}, {"accepted": 20, "merged": 19}, {1: 12, 2: 7}]
GAPS = [
    {
        ("meeting", "accepted"): 15,
        ("meeting", "merged"): 14,
        ("digital", "accepted"): 5,
        ("digital", "merged"): 5,
    },
    {("merged", 1): 12, ("merged", 2): 7},
]


def drawn(*, rtl=False):
    return flow(COLUMNS, GAPS, rtl=rtl)


def path_numbers(path):
    return [float(number) for number in re.findall(r"[\d.]+", path)]


def test_the_parts_of_a_bar_grow_from_the_right_where_reading_does():
    assert places([5, 2, 1], 10, rtl=True) == [5, 3, 2]


def test_the_parts_of_a_bar_grow_from_the_left_elsewhere():
    assert places([5, 2, 1], 10, rtl=False) == [0, 5, 7]


def test_a_ribbon_is_as_thick_as_its_share_of_all_ideas():
    ribbons = [ribbon for gap in drawn().gaps for ribbon in gap]
    counts = [GAPS[ribbon.source == "merged"][ribbon.source, ribbon.target] for ribbon in ribbons]
    assert [ribbon.thickness for ribbon in ribbons] == pytest.approx(
        [count * WHOLE / 39 for count in counts]
    )


def test_a_node_is_as_high_as_the_ribbons_that_reach_it():
    picture = drawn()
    for column, gap in zip(picture.columns[1:], picture.gaps, strict=True):
        for node in column:
            reaching = sum(each.thickness for each in gap if each.target == node.key)
            assert node.height == pytest.approx(reaching)


def test_the_places_of_a_column_fill_no_more_than_the_drawing():
    picture = drawn()
    for column in picture.columns:
        assert column[0].top >= 0
        assert column[-1].top + column[-1].place <= picture.height + 0.01


def test_no_two_nodes_of_a_column_overlap():
    for column in drawn().columns:
        for upper, lower in pairwise(column):
            assert upper.top + upper.place == pytest.approx(lower.top)


def test_a_ribbon_sets_out_at_its_node_and_reaches_the_other():
    picture = drawn()
    first, target = picture.columns[0][0], picture.columns[1][0]
    numbers = path_numbers(picture.gaps[0][0].path)
    assert numbers[1] == pytest.approx(first.top + first.y, abs=0.06)
    assert numbers[7] == pytest.approx(target.top + target.y, abs=0.06)


@pytest.mark.parametrize(("rtl", "start"), [(True, ACROSS), (False, 0)])
def test_ribbons_set_out_from_the_side_where_reading_begins(rtl, start):
    assert {path_numbers(each.path)[0] for gap in drawn(rtl=rtl).gaps for each in gap} == {start}


def test_a_key_may_stand_in_two_columns():
    columns = [{1: 29, 2: 10}, {"merged": 39}, {1: 36, 2: 3}]
    gaps = [{(1, "merged"): 29, (2, "merged"): 10}, {("merged", 1): 36, ("merged", 2): 3}]
    picture = flow(columns, gaps, rtl=False)
    assert picture.columns[2][1].height == pytest.approx(3 * WHOLE / 39)


def test_one_idea_of_ten_thousand_is_still_seen():
    columns = [{"a": 10_000}, {"b": 9_999, "c": 1}]
    picture = flow(columns, [{("a", "b"): 9_999, ("a", "c"): 1}], rtl=False)
    assert picture.gaps[0][1].thickness == THINNEST


def test_one_idea_alone_makes_a_drawing():
    picture = flow([{"a": 1}, {"b": 1}], [{("a", "b"): 1}], rtl=True)
    assert picture.gaps[0][0].thickness == WHOLE
