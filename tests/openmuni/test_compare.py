"""The comparison of two texts, word by word."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmuni.compare import ADDED, MOST_PAIRS, REMOVED, SAME, Run, compare, has_changed


def kinds_and_texts(before, after):
    return [(run.kind, run.text) for run in compare(before, after)]


def side(runs, kind):
    """The text of one side, as its words."""
    return "".join(run.text + (run.gap or " ") for run in runs if run.kind in {SAME, kind}).split()


def test_a_text_that_stayed_is_one_run():
    assert compare("إنارة الحي", "إنارة الحي") == [Run(SAME, "إنارة الحي")]


def test_what_was_removed_stands_before_what_was_added():
    assert kinds_and_texts("إنارة الحي ليلا", "إنارة الأحياء ليلا") == [
        (SAME, "إنارة"),
        (REMOVED, "الحي"),
        (ADDED, "الأحياء"),
        (SAME, "ليلا"),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("المدينة", "بالمدينة"),  # what is written to a word belongs to it
        ("كتب", "كُتِبَ"),  # so do its marks
        ("أولوية", "اولوية"),
        ("1.250.000,00", "1.350.000,00"),
        ("2024-2025", "2024-2026"),
        ("70%", "75%"),
        ("l’eau", "d’eau"),
        ("Élève", "Eleve"),
    ],
)
def test_a_word_changes_whole(before, after):
    assert kinds_and_texts(f"قبل {before} بعد", f"قبل {after} بعد") == [
        (SAME, "قبل"),
        (REMOVED, before),
        (ADDED, after),
        (SAME, "بعد"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "added"),
    [("الماء، الكهرباء", "الماء والكهرباء", "والكهرباء"), ("fin.", "fin heureuse.", "heureuse")],
)
def test_a_word_stays_when_the_punctuation_beside_it_changes(before, after, added):
    runs = kinds_and_texts(before, after)
    assert (SAME, before.split()[0].strip("،.")) in runs
    assert (ADDED, added) in runs


def test_white_space_makes_no_difference():
    assert not has_changed(compare("سطر  أول\r\nسطر ثان ", " سطر أول سطر\tثان"))


def test_paragraphs_are_kept():
    assert compare("أولا\n\nثانيا", "أولا\n\nثالثا") == [
        Run(SAME, "أولا", "\n\n"),
        Run(REMOVED, "ثانيا", " "),
        Run(ADDED, "ثالثا"),
    ]


def test_the_end_of_a_line_stands_after_what_was_taken_from_it():
    assert compare("un deux\ntrois", "un\ntrois") == [
        Run(SAME, "un", " "),
        Run(REMOVED, "deux", "\n"),
        Run(SAME, "trois"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [("", "", []), ("", "نص", [ADDED]), ("نص", "", [REMOVED]), (" \n", "\t", [])],
)
def test_an_empty_side_is_said(before, after, kinds):
    assert [run.kind for run in compare(before, after)] == kinds


WORDS = st.lists(
    st.sampled_from(["الماء", "في", "الحي", "،", "eau", "2024-2025", "\n"]), max_size=30
)


@given(WORDS, WORDS)
def test_each_side_can_be_read_in_the_runs(before, after):
    before, after = " ".join(before), " ".join(after)
    runs = compare(before, after)
    assert side(runs, REMOVED) == before.split()
    assert side(runs, ADDED) == after.split()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("ا ب " * 1250, "ب ا " * 1250),
        (
            " ".join(f"، {number}" for number in range(800)),
            " ".join(f"، {number}" for number in range(1000, 1800)),
        ),
        (" ".join(map(str, range(1000))), " ".join(map(str, range(1000, 0, -1)))),
    ],
)
def test_long_texts_are_compared_in_good_time(before, after):
    start = time.monotonic()
    assert has_changed(compare(before, after))
    assert time.monotonic() - start < 3


def test_texts_with_too_many_equal_words_stand_whole_one_after_the_other():
    words = int(MOST_PAIRS**0.5) + 1
    assert [run.kind for run in compare("في " * words, "في " * words + "الحي")] == [REMOVED, ADDED]
