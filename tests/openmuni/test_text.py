"""Cleaning and folding of what people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmuni.arabic import fold, western_digits
from openmuni.text import clean, isolate_numbers


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  إنارة   الحي \t", "إنارة الحي"),
        ("a\0b\x07c", "abc"),
        ("\u202eمقلوب\u202c", "مقلوب"),
        ("\u200b\u200d\u2060", ""),
        ("\u3164\u2800", ""),
        ("é", "é"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("\ud800x", "x"),
    ],
)
def test_what_hides_or_reverses_text_is_removed(typed, kept):
    assert clean(typed, lines=False) == kept


def test_line_ends_are_kept_and_blank_runs_shortened():
    assert clean("a\r\nb\u2028c\n\n\n\n\nd  \n") == "a\nb\nc\n\nd"


@given(st.text())
def test_cleaning_never_fails_and_is_done_once(text):
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("إنارة", "انارة"),
        ("الميزانيّة", "الميزانيه"),
        ("مستشفى", "مستشفي"),
        ("مسؤول", "مسوول"),
        ("شــارع", "شارع"),
        ("٢٠٢٦", "2026"),
        ("Éclairage", "eclairage"),
        ("الأمان", "الامان"),
        ("لا", "ﻻ"),
    ],
)
def test_search_is_deaf_to_spelling_variants(one, other):
    assert fold(one) == fold(other)


def test_different_words_stay_different():
    assert fold("حديقة") != fold("حريقة")


def test_digits_are_written_in_western_form():
    assert western_digits("٠٦ ۱۲") == "06 12"


@given(st.text())
def test_folding_never_fails_and_is_done_once(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("written", "isolated"),
    [
        ("برنامج 2024-2025", "برنامج \u20662024-\u20602025\u2069"),
        ("القانون 09-08 والمادة 5", "القانون \u206609-\u206008\u2069 والمادة 5"),
        ("لا رقم هنا - أبدا", "لا رقم هنا - أبدا"),
    ],
)
def test_numbers_joined_by_a_hyphen_are_isolated(written, isolated):
    assert isolate_numbers(written) == isolated
