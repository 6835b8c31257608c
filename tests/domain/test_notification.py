"""The call as it is recorded, and what it means in words."""

from dataclasses import replace
from datetime import date

import pytest
from domain_rows import CALENDAR, INSPECTIONS, days
from hypothesis import given
from hypothesis import strategies as st

from readiness.domain.calendar import WorkingDays
from readiness.domain.errors import BadValue
from readiness.domain.notification import Call, checked_call, checked_event, read_time, said_back
from readiness.domain.schemes import HANDBOOK, Event, VisitType

ROW = INSPECTIONS[0]
STANDARD = VisitType("standard", "Standard inspection", "week 2", 10, verified=True)
MONDAY = date(2021, 9, 13)


def said(call, row=ROW, visit=STANDARD, today=MONDAY, calendar=CALENDAR):
    return said_back(call, row, visit, today, calendar)


@pytest.mark.parametrize(("text", "kept"), [("9:15", "09:15"), (" 09.15 ", "09:15"), ("", ""), ("23:59", "23:59")])
def test_that_times_are_read_as_people_write_them(text, kept):
    assert read_time(text) == kept


@pytest.mark.parametrize("text", ["24:00", "9", "noon", "9:60", "09:15:00", "٠٩:١٥"])
def test_that_what_is_no_time_is_refused_with_the_cure(text):
    with pytest.raises(BadValue, match=r"Write it as 09:15, or leave it empty\."):
        read_time(text)


@given(st.text(max_size=12))
def test_that_no_text_breaks_the_reading_of_times(text):
    try:
        kept = read_time(text)
    except BadValue:
        return
    assert kept == "" or read_time(kept) == kept


@pytest.mark.parametrize(
    ("call", "why"),
    [
        (Call(MONDAY, on_site_from=date(2021, 9, 10)), "cannot be on site before the call on 13 Sep 2021"),
        (Call(MONDAY, on_site_from=date(2021, 9, 20), on_site_to=date(2021, 9, 17)), "last day on site lies before"),
        (Call(MONDAY, on_site_to=date(2021, 9, 20)), "needs a first one"),
        (Call(date(1066, 10, 14)), "beyond the calendar"),
        (Call(MONDAY, on_site_from=date(2021, 9, 20), on_site_to=date(2022, 10, 1)), "more than a year after the call"),
        (Call(MONDAY, on_site_from=date(2022, 9, 20)), "Check the year"),
    ],
)
def test_that_days_out_of_order_are_refused_in_one_sentence(call, why):
    with pytest.raises(BadValue, match=why):
        checked_call(call)


@given(days, st.none() | days, st.none() | days)
def test_that_what_is_accepted_can_be_said_back(day, start, end):
    try:
        call = checked_call(Call(day, "", "standard", start, end))
    except BadValue:
        return
    sentences = said(call)
    assert sentences
    assert all(sentence.endswith(".") for sentence in sentences)


def test_that_a_call_on_a_working_day_says_which_day_is_day_1():
    assert said(Call(MONDAY)) == ("Day 1 is Mon 13 Sep 2021.",)


def test_that_a_call_on_a_sunday_is_said_back():
    assert said(Call(date(2021, 9, 12)))[0] == "Sun 12 Sep 2021 is at the weekend, so day 1 is Mon 13 Sep 2021."


def test_that_a_call_on_a_bank_holiday_or_a_closure_is_said_back():
    assert said(Call(date(2021, 8, 30)))[0] == "Mon 30 Aug 2021 is a bank holiday, so day 1 is Tue 31 Aug 2021."
    closed = WorkingDays(frozenset({MONDAY}))
    assert said(Call(MONDAY), calendar=closed)[0] == (
        "Mon 13 Sep 2021 is a closure of the council, so day 1 is Tue 14 Sep 2021."
    )


def test_that_a_call_in_the_past_says_how_far_the_days_have_gone():
    assert said(Call(MONDAY), today=date(2021, 9, 16))[1] == "The call came 3 days ago: today is working day 4."
    assert said(Call(MONDAY), today=date(2021, 9, 14))[1] == "The call came yesterday: today is working day 2."
    assert said(Call(date(2021, 9, 11)), today=date(2021, 9, 12))[1] == "The call came yesterday."
    over = Call(MONDAY, "", "standard", date(2021, 9, 20), date(2021, 10, 1))
    assert "working day" in said(over, today=date(2021, 10, 1))[1]
    assert said(over, today=date(2024, 9, 16))[1] == "The call came 1,099 days ago, and the days on site are over."


def test_that_a_call_that_is_still_to_come_says_so():
    assert said(Call(MONDAY), today=date(2021, 9, 9))[1] == "That day is still to come: 2 working days from today."


def test_that_the_days_on_site_are_counted_and_unverified_ones_say_so():
    call = Call(MONDAY, "", "standard", date(2021, 9, 20), date(2021, 10, 1))
    assert said(call)[-1] == "Inspectors are on site from Mon 20 Sep 2021 to Fri 1 Oct 2021: 10 working days."
    unsure = said(call, visit=replace(STANDARD, verified=False))[-1]
    assert unsure.endswith(f"10 working days. {HANDBOOK.capitalize()}.")
    assert "Sat 2 Oct 2021 is at the weekend." in said(replace(call, on_site_to=date(2021, 10, 2)))[-1]
    both = said(replace(call, on_site_from=date(2021, 9, 19), on_site_to=date(2021, 10, 2)))[-1]
    assert both.endswith("Sun 19 Sep 2021 is at the weekend. Sat 2 Oct 2021 is at the weekend.")
    assert said(Call(MONDAY, "", "", date(2021, 9, 19), date(2021, 9, 19)))[-1].count("weekend") == 1


def test_that_replacing_a_call_names_the_one_before():
    row = replace(ROW, notified_on=date(2021, 9, 6))
    assert said(Call(MONDAY), row)[-1] == "This takes the place of the call of 6 Sep 2021."
    assert len(said(Call(date(2021, 9, 6)), row, today=date(2021, 9, 6))) == 1


def test_that_a_later_call_names_the_events_it_overtakes():
    row = replace(ROW, notified_on=date(2021, 9, 6), selection_on=date(2021, 9, 7), publication_on=date(2021, 11, 12))
    assert said(Call(MONDAY), row)[-1] == (
        "“Cases selected” is recorded for 7 Sep 2021, before this call: correct it afterwards."
    )
    assert "Report published" not in " ".join(said(Call(MONDAY), row))


def test_that_events_follow_the_call_and_each_other():
    called = replace(ROW, notified_on=MONDAY, draft_report_on=date(2021, 10, 22))
    assert checked_event(called, Event.SELECTION, date(2021, 9, 15)) == date(2021, 9, 15)
    with pytest.raises(BadValue, match="Record the call first"):
        checked_event(ROW, Event.SELECTION, MONDAY)
    with pytest.raises(BadValue, match="“Cases selected” cannot be before the call on 13 Sep 2021"):
        checked_event(called, Event.SELECTION, date(2021, 9, 10))
    with pytest.raises(BadValue, match="before its draft of 22 Oct 2021"):
        checked_event(called, Event.PUBLICATION, date(2021, 10, 21))
    published = replace(called, draft_report_on=None, publication_on=date(2021, 11, 12))
    assert checked_event(published, Event.DRAFT_REPORT, date(2021, 11, 12)) == date(2021, 11, 12)
    with pytest.raises(BadValue, match="after the report of 12 Nov 2021"):
        checked_event(published, Event.DRAFT_REPORT, date(2021, 11, 15))
