"""Dates of birth: found beside what names them or a person, and nowhere else in council papers."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planted import DAY

from readiness.domain.birth_dates import births_in_row, births_in_text, holds_date, is_birth_heading
from readiness.domain.dates import written

BORN = date(2012, 3, 12)
WRITTEN = (
    "12/03/2012", "12/3/2012", "12.03.2012", "12-03-2012", "2012-03-12", "12/03/12", "12 March 2012", "12 Mar 2012",
    "12th March 2012", "12th of March 2012", "March 12, 2012", "12-Mar-2012", "2012-03-12T00:00:00",
)  # fmt: skip


def found(text: str, day: date = DAY) -> int:
    return len(list(births_in_text(text, day)))


@pytest.mark.parametrize("birth", WRITTEN)
@pytest.mark.parametrize(
    "label",
    ["DOB", "DOB:", "D.O.B. ", "d.o.b:", "dob -", "Date of birth", "Date of Birth (dd/mm/yyyy):", "date of birth is",
     "Child’s date of birth:", "Birth date =", "Their day of birth was", "He was born on", "born", "b. 1; born:"],
)  # fmt: skip
def test_that_a_date_is_found_after_what_names_it(label, birth):
    assert found(f"A pupil of the school. {label} {birth}. Seen in March.") == 1


@pytest.mark.parametrize("birth", WRITTEN[:-1])
@pytest.mark.parametrize("label", ["DOB", "(DOB)", "(date of birth)", ", D.O.B."])
def test_that_a_date_is_found_before_what_names_it(label, birth):
    assert found(f"The pupil, {birth} {label}, moved here.") == 1


def test_that_each_of_several_is_found_where_it_stands():
    text = "One\nDOB 12/03/2012\nTwo, DOB 13/03/2012 and DOB 14/03/2012"
    assert list(births_in_text(text, DAY)) == [text.index("12/"), text.index("13/"), text.index("14/")]


@pytest.mark.parametrize(
    "text",
    [
        "Jane Example 12/03/2012", "EXAMPLE, Jane 12/03/2012", "Example Jane, 2012-03-12", "- Jane Example (12/03/12)",
        "Jane Anne Example: 12.3.2012", "Jane Example\t12/03/2012", "jane, Jane Example 12/03/2012",
    ],
)  # fmt: skip
def test_that_a_date_in_numbers_beside_a_name_alone_in_a_line_is_found(text):
    assert found(f"The group:\n{text}\n") == 1


@pytest.mark.parametrize(
    "text",
    [
        "Jane Example to report by 12/03/2012", "Signed: Jane Example 12/03/2012", "Cllr Jane Example 12/03/2012",
        "Jane Example, Head of SEND, 12/03/2012", "Jane Example 12/03/2012 10:45", "Jane Example, 12 March 2012",
        "Scrutiny Commission 12/03/2012", "County Hall 12/03/2012", "jane example 12/03/2012", "Jane 12/03/2012",
        "Jane Example 12/03/2012 14/03/2012", "Jane Example 12/03/1990", "Jane Example 12/03/2022",
        "Jane Example 31/02/2012", "version 2, Jane Example 12/03/2012", "Jane Example 12/03/20122",
        "Jane Example 12/03/2012 was the day on which the three of them came back from the seaside with their teacher",
    ],
)  # fmt: skip
def test_that_any_other_line_with_a_name_and_a_date_is_none(text):
    assert found(text) == 0


@pytest.mark.parametrize(
    "text",
    [
        "Date of birth must be recorded by 31 March 2021.", "Check the date of birth before 1 April 2021.",
        "Children born between 1 September 2016 and 31 August 2017", "pupils born on 1 April 2015 or later",
        "Those born 1 September 2016 to 31 August 2017", "babies born on 1 January 2020", "Born after 1 April 2015",
        "DOB missing in 12 of 1,345 rows. Due 12 March 2021.", "DOB; due 12 March 2021", "DOB 31/02/2012",
        "DOB 12/03/2022", "DOB 12/03/1899", "Born 12 March 1971", "stillborn 12/03/2012", "Osborn 12/03/2012",
        "date of birth\n\n12 March 2021", "adobe 12/03/2012", "reborn on 12/03/2012",
    ],
)  # fmt: skip
def test_that_a_date_that_only_stands_near_such_words_is_none(text):
    assert found(text) == 0


@given(st.integers(0, 45_000), st.sampled_from([written, date.isoformat, lambda day: f"{day:%d/%m/%Y}"]))
def test_that_somebody_born_is_25_at_most_and_whoever_has_a_date_of_birth_120(days, way):
    born = DAY - timedelta(days=days)
    age = DAY.year - born.year - ((DAY.month, DAY.day) < (born.month, born.day))
    assert found(f"born {way(born)}") == (age <= 25)
    assert found(f"DOB {way(born)}") == (age <= 120)
    assert found(f"DOB {way(DAY + timedelta(days=days + 1))}") == 0
    assert births_in_row(["Jane Example", way(born)], [], DAY) == (age <= 25)


@given(st.dates(date(1922, 1, 1), DAY))
def test_that_a_year_of_two_digits_is_the_latest_that_is_past(born):
    recent = date(2000 + born.year % 100, born.month, 1)
    expected = recent if recent <= DAY else recent.replace(year=recent.year - 100)
    age = DAY.year - expected.year - ((DAY.month, DAY.day) < (expected.month, expected.day))
    assert found(f"born 01/{born.month:02}/{born.year % 100:02}") == (age <= 25)


@pytest.mark.parametrize("heading", ["DOB", "Date of birth", "DoB (dd/mm/yy)", "Child date of birth", "Birth date"])
def test_that_a_column_of_dates_of_birth_is_known_by_its_heading(heading):
    assert is_birth_heading(heading)
    assert births_in_row(["x", "12/03/2012"], ["Name", heading], DAY) == 1
    assert births_in_row(["x", "not known"], ["Name", heading], DAY) == 0
    assert births_in_row(["x", "12/03/2012", "13/03/2012"], ["Name", heading, "Seen on"], DAY) == 1


@pytest.mark.parametrize("heading", ["Date of birth range", "Born from", "Date", "Adobe", "x" * 70 + " DOB"])
def test_that_any_other_column_is_none(heading):
    assert not is_birth_heading(heading)
    assert births_in_row(["Jane Example", "12/03/2012"], ["Name", heading], DAY) == 0


@pytest.mark.parametrize(
    "cells",
    [
        ["Jane Example", "12/03/2012"], ["Example", "Jane", "2012-03-12", "F", "Year 4"], ["Jane", "12 March 2012"],
        ["", "Jane Example", "", "12/03/12", "A primary"], ["Date of birth", "12/03/2012"], ["DOB:", "12 Mar 2012"],
    ],
)  # fmt: skip
def test_that_a_row_without_headings_is_read_by_what_stands_in_it(cells):
    assert births_in_row(cells, [], DAY) == 1


@pytest.mark.parametrize(
    "cells",
    [
        ["Jane Example", "12/03/2012", "Signed"], ["Jane Example", "Head of SEND", "12/03/2012"], ["12/03/2012"],
        ["Scrutiny Commission", "12/03/2012"], ["Jane Example", "12/03/1990"], ["Jane Example", "due 12/03/2012"],
        ["Date of birth", "Date of the review", "12/03/2012"], ["Jane Example", "a long cell " * 8, "12/03/2012"],
        ["Jane Example", *"abcdefghijklm", "12/03/2012"], ["Jane Example", "12/03/2012", "10:45"], [],
    ],
)  # fmt: skip
def test_that_a_row_that_is_explained_is_none(cells):
    assert births_in_row(cells, [], DAY) == 0


@pytest.mark.parametrize("text", WRITTEN)
def test_that_a_date_is_known_as_one(text):
    assert holds_date(f"on {text}")
    assert not holds_date("3.2.1.4 of 12/2020, 45/2021 and 1.2")
