"""What the header says of the time that is left, and of which inspection."""

from dataclasses import replace
from datetime import date

import pytest
from domain_rows import CALENDAR, INSPECTIONS

from readiness.domain.calendar import WorkingDays
from readiness.domain.countdown import countdown, is_running, nearest_inspection

READY = replace(INSPECTIONS[0], ready_by=date(2021, 4, 30))
CALLED = replace(
    READY, notified_on=date(2021, 4, 30), on_site_from=date(2021, 5, 17), on_site_to=date(2021, 5, 20)
)  # a Friday; Monday 3 May is a bank holiday


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2021, 4, 26), "4 working days to ready by 30 Apr 2021"),
        (date(2021, 4, 29), "1 working day to ready by 30 Apr 2021"),
        (date(2021, 4, 30), "to be ready today"),
        (date(2021, 5, 1), "was to be ready by 30 Apr 2021"),
    ],
)
def test_that_before_the_call_it_counts_to_the_ready_by_date(day, words):
    assert countdown(READY, day, CALENDAR) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2021, 4, 29), "1 working day to ready by 30 Apr 2021"),  # the record tells of a call to come
        (date(2021, 4, 30), "day 1, on site in 10 working days"),
        (date(2021, 5, 3), "day 1, on site in 10 working days"),
        (date(2021, 5, 14), "day 10, on site in 1 working day"),
        (date(2021, 5, 17), "on site: day 1 of 4"),
        (date(2021, 5, 18), "on site: day 2 of 4"),
        (date(2021, 5, 20), "on site: day 4 of 4"),
        (date(2021, 5, 21), "on site until 20 May 2021, report to come"),
    ],
)
def test_that_after_the_call_it_counts_to_the_days_on_site(day, words):
    assert countdown(CALLED, day, CALENDAR) == words


def test_that_it_counts_the_closures_of_the_council():
    closed = WorkingDays(frozenset({date(2021, 4, 27), date(2021, 5, 18)}))
    assert countdown(READY, date(2021, 4, 26), closed) == "3 working days to ready by 30 Apr 2021"
    assert countdown(CALLED, date(2021, 5, 18), closed) == "on site until 20 May 2021"
    assert countdown(CALLED, date(2021, 5, 19), closed) == "on site: day 2 of 3"


def test_that_a_published_report_ends_it():
    published = replace(CALLED, publication_on=date(2021, 6, 22))
    assert countdown(published, date(2021, 6, 22), CALENDAR) == "report published 22 Jun 2021"
    assert not is_running(published, date(2021, 6, 22))
    assert is_running(published, date(2021, 6, 21))


def test_that_without_dates_nothing_is_said():
    assert countdown(INSPECTIONS[0], date(2021, 4, 26), CALENDAR) == ""
    called = replace(INSPECTIONS[0], notified_on=date(2021, 4, 26))
    assert countdown(called, date(2021, 4, 27), CALENDAR) == "day 2 since the call"
    on_a_sunday = replace(called, notified_on=date(2021, 4, 25))
    assert countdown(on_a_sunday, date(2021, 4, 25), CALENDAR) == "day 1 since the call"


def test_that_a_first_day_on_site_at_the_weekend_is_named():
    early = replace(CALLED, on_site_from=date(2021, 5, 15))
    assert countdown(early, date(2021, 5, 14), CALENDAR) == "day 10, on site from 15 May 2021"


def test_that_a_running_inspection_comes_before_one_that_is_only_planned():
    planned = replace(INSPECTIONS[1], ready_by=date(2021, 4, 1))
    day = date(2021, 5, 10)
    assert nearest_inspection([planned, CALLED], day) == CALLED
    assert nearest_inspection([planned, replace(CALLED, publication_on=day)], day) == planned
    assert nearest_inspection([planned, CALLED], date(2021, 4, 29)) == planned
    assert nearest_inspection([], day) is None
