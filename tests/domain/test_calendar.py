"""Working days: the table of bank holidays, and the sums on them."""

from datetime import date, timedelta

import holidays
import pytest
from domain_rows import days
from hypothesis import given
from hypothesis import strategies as st

from readiness.domain.bank_holidays import ENGLAND, FIRST_YEAR, LAST_YEAR
from readiness.domain.calendar import WorkingDays, is_bank_holiday
from readiness.domain.errors import BadValue

calendars = st.builds(WorkingDays, st.frozensets(days, max_size=8))
counts = st.integers(-60, 60)
ONE_DAY = timedelta(days=1)


@pytest.mark.parametrize("year", range(FIRST_YEAR, LAST_YEAR + 1))
def test_that_the_table_is_what_the_library_says_day_by_day(year):
    library = holidays.country_holidays("GB", subdiv="ENG", years=year)
    assert {day for day in ENGLAND if day.year == year} == {day for day in library if day.year == year}


@pytest.mark.parametrize("year", [FIRST_YEAR - 1, LAST_YEAR + 1])
def test_that_years_beyond_the_table_come_from_the_library(year):
    assert is_bank_holiday(date(year, 12, 25))
    assert not is_bank_holiday(date(year, 12, 24))


def test_that_the_england_of_the_two_inspections_is_right():
    assert is_bank_holiday(date(2021, 5, 31))
    assert not is_bank_holiday(date(2021, 8, 2))  # Scotland's
    assert not is_bank_holiday(date(2021, 7, 12))  # Northern Ireland's


@given(calendars, days, counts)
def test_that_adding_lands_on_a_working_day(calendar, day, count):
    found = calendar.add(day, count)
    assert found == day if count == 0 else calendar.is_working(found)


@given(calendars, days, counts)
def test_that_counting_undoes_adding(calendar, day, count):
    found = calendar.add(day, count)
    if count >= 0 or calendar.is_working(day):
        assert calendar.between(day, found) == count
    else:
        assert calendar.between(found, day) == -count - 1  # a day off is no day to count back to


@given(calendars, days, days)
def test_that_between_is_the_number_of_working_days_after_the_start(calendar, start, end):
    start, end = min(start, end), min(start, end) + (abs(end - start) % timedelta(days=90))
    each = [start + ONE_DAY * n for n in range(1, (end - start).days + 1)]
    assert calendar.between(start, end) == sum(calendar.is_working(day) for day in each)
    assert calendar.between(end, start) == -calendar.between(start, end)


@given(calendars, days, counts)
def test_that_more_days_and_later_starts_never_lead_earlier(calendar, day, count):
    assert calendar.add(day, count) < calendar.add(day, count + 1) or count in (-1, 0)
    assert calendar.add(day, count) <= calendar.add(day + ONE_DAY, count)


@given(calendars, days, st.integers(1, 60), st.frozensets(days, max_size=8))
def test_that_closures_only_push_later(calendar, day, count, more):
    closed = WorkingDays(calendar.closures | more)
    assert closed.add(day, count) >= calendar.add(day, count)
    assert closed.add(day, -count) <= calendar.add(day, -count)
    assert closed.nth(day, count) >= calendar.nth(day, count)


@given(calendars, days, st.integers(1, 60))
def test_that_the_first_day_counts_itself_when_it_is_worked(calendar, day, number):
    first = calendar.nth(day, 1)
    assert calendar.is_working(first)
    assert (first == day) == calendar.is_working(day)
    assert calendar.nth(day, number) == calendar.add(first, number - 1)


@given(calendars, days)
def test_that_the_last_working_day_is_found(calendar, day):
    found = calendar.last_up_to(day)
    assert found <= day
    assert calendar.is_working(found)
    assert calendar.between(found, day) == 0


@pytest.mark.parametrize("ask", [
    lambda: WorkingDays().add(date.max, 1),
    lambda: WorkingDays().add(date.min, -1),
    lambda: WorkingDays().nth(date.min, 1),
    lambda: WorkingDays().last_up_to(date.max),
    lambda: WorkingDays().add(date(9999, 12, 20), 30),
])  # fmt: skip
def test_that_the_ends_of_the_calendar_are_refused_in_words(ask):
    with pytest.raises(BadValue, match="between 1900 and 2900"):
        ask()


def test_that_far_years_have_working_days_too():
    assert WorkingDays().add(date(2900, 12, 31), 999) > date(2904, 1, 1)
    assert WorkingDays().add(date(1900, 1, 1), -999) < date(1897, 1, 1)
