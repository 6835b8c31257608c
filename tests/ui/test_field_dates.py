"""Dates in fields: whatever is written can be read again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.dates import date_fault, format_date, parse_date

days = st.dates(min_value=date(1900, 1, 1), max_value=date(2900, 12, 31))


@given(days)
def test_that_a_written_date_is_read_again(day):
    assert parse_date(format_date(day)) == day


@given(days)
def test_that_the_other_ways_to_write_a_date_are_read(day):
    assert parse_date(f"{day.day}/{day.month}/{day.year}") == day
    assert parse_date(day.isoformat()) == day


@given(st.text(max_size=30))
def test_that_a_text_is_a_date_or_nothing_or_has_a_fault(text):
    assert (parse_date(text) is not None) + (not text.strip()) + bool(date_fault(text)) == 1


@pytest.mark.parametrize("text", ["31 Apr 2021", "30/2/2021", "tomorrow", "13 Foo 2021"])
def test_that_a_fault_names_the_cure(text):
    assert parse_date(text) is None
    assert "13 Sep 2021" in date_fault(text)


def test_that_months_are_english_whatever_the_system_speaks():
    assert format_date(date(2021, 5, 3)) == "3 May 2021"
    assert format_date(None) == ""
