"""Dates as people write them."""

import locale
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.domain.dates import read_date, written
from readiness.domain.errors import BadValue

dates = st.dates(date(1900, 1, 1), date(2900, 12, 31))


@given(dates)
def test_that_a_date_reads_back_as_it_was_written(day):
    assert read_date(written(day)) == day
    assert read_date(day.isoformat()) == day
    assert read_date(f"{day.day}/{day.month}/{day.year}") == day
    assert read_date(f"{day.day:02}.{day.month:02}.{day.year}") == day


@pytest.mark.parametrize(
    "text",
    ["13 Sep 2021", "13 September 2021", "13 SEPT 2021", "13Sep2021", "13 sep. 2021", " 13  Sep  2021 ", "13/9/2021",
     "13/09/2021", "13.9.2021", "13 9 2021", "2021-09-13", "2021-9-13"],
)  # fmt: skip
def test_that_every_usual_form_is_read(text):
    assert read_date(text) == date(2021, 9, 13)


@pytest.mark.parametrize("text", ["", "soon", "2021", "13 Sep", "13/13/2021", "0/1/2021x", "13 Foo 2021", "2021/9/13",
                                  "13 Sep 21", "20210913", "13-09-2021"])  # fmt: skip
def test_that_what_is_no_date_is_named(text):
    with pytest.raises(BadValue, match="Write it as 13 Sep 2021") as refused:
        read_date(text)
    assert f"“{text}”" in str(refused.value)


@pytest.mark.parametrize(("text", "said"), [("31 Sep 2021", "Sep 2021 has no day 31"), ("29/2/2021", "no day 29"),
                                            ("0 Jan 2021", "no day 0")])  # fmt: skip
def test_that_a_day_the_month_lacks_is_named(text, said):
    with pytest.raises(BadValue, match=said):
        read_date(text)


@pytest.mark.parametrize("text", ["31 Dec 1899", "1 Jan 2901", "9999-12-31", "0001-01-01"])
def test_that_years_beyond_the_calendar_are_refused(text):
    with pytest.raises(BadValue, match="between 1900 and 2900"):
        read_date(text)


@given(st.text(max_size=15))
def test_that_no_text_breaks_the_reader_of_dates(text):
    try:
        day = read_date(text)
    except BadValue:
        return
    assert read_date(written(day)) == day


def test_that_months_are_english_in_every_locale():
    before = locale.setlocale(locale.LC_TIME)
    for name in ("cy_GB.UTF-8", "pl_PL.UTF-8", "de_DE.UTF-8", "C.UTF-8"):
        try:
            locale.setlocale(locale.LC_TIME, name)
        except locale.Error:
            continue
        assert written(date(2021, 5, 3)) == "3 May 2021"
        locale.setlocale(locale.LC_TIME, before)
    assert written(None) == ""
