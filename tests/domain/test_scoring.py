"""Readiness and rating, against what design.md section 5 says of them."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from domain_rows import CALENDAR, SOON, TODAY, checklists, days, item, priorities, statuses
from hypothesis import given
from hypothesis import strategies as st

from readiness.domain.scoring import day_one_readiness, explain_rating, rating, readiness, soon_after
from readiness.domain.vocabulary import ItemStatus, Priority, Rating

CREDIT = {"Not started": 0, "Gathering": 25, "Drafted": 50, "Checked": 75, "Signed off": 100, "Not applicable": None}
BELOW = (ItemStatus.NOT_STARTED, ItemStatus.GATHERING, ItemStatus.DRAFTED)
ONE_DAY = timedelta(days=1)


@pytest.mark.parametrize("status", ItemStatus)
def test_that_a_status_earns_its_credit(status):
    assert status.credit == CREDIT[status.label]


def test_that_priorities_weigh_three_two_and_one():
    assert [priority.weight for priority in Priority] == [3, 2, 1]


def test_that_readiness_is_the_weighted_mean_of_credits():
    rows = [
        item(status=ItemStatus.SIGNED_OFF, priority=Priority.ESSENTIAL),
        item(status=ItemStatus.GATHERING, priority=Priority.IMPORTANT),
        item(status=ItemStatus.NOT_STARTED, priority=Priority.SUPPORTING),
        item(status=ItemStatus.NOT_APPLICABLE, priority=Priority.ESSENTIAL),
    ]
    assert readiness(rows) == (3 * 100 + 2 * 25) / 6


@given(st.lists(priorities))
def test_that_readiness_has_no_value_when_nothing_applies(weights):
    assert readiness(item(status=ItemStatus.NOT_APPLICABLE, priority=weight) for weight in weights) is None


@given(checklists)
def test_that_readiness_lies_between_nothing_and_all(rows):
    found = readiness(rows)
    assert (found is None) == all(row.status is ItemStatus.NOT_APPLICABLE for row in rows)
    assert found is None or 0.0 <= found <= 100.0


@given(checklists, priorities)
def test_that_one_more_signed_off_item_never_lowers_readiness(rows, priority):
    more = [*rows, item(status=ItemStatus.SIGNED_OFF, priority=priority)]
    assert readiness(more) >= (readiness(rows) or 0.0) - 1e-9


@given(checklists, st.data())
def test_that_a_step_up_never_lowers_readiness(rows, data):
    ladder = [status for status in ItemStatus if status.credit is not None]
    risen = [
        row if row.status not in ladder[:-1] or data.draw(st.booleans())
        else replace(row, status=ladder[ladder.index(row.status) + 1])
        for row in rows
    ]  # fmt: skip
    assert (readiness(risen) or 0.0) >= (readiness(rows) or 0.0) - 1e-9


@given(checklists, st.randoms(use_true_random=False))
def test_that_the_order_of_items_does_not_matter(rows, chance: random.Random):
    shuffled = rows.copy()
    chance.shuffle(shuffled)
    assert readiness(shuffled) == readiness(rows)
    assert day_one_readiness(shuffled) == day_one_readiness(rows)


@given(checklists, statuses)
def test_that_not_applicable_items_change_nothing(rows, status):
    assert readiness([*rows, item(status=ItemStatus.NOT_APPLICABLE)]) == readiness(rows)


@given(checklists)
def test_that_day_one_counts_what_is_asked_for_first_and_nothing_else(rows):
    assert day_one_readiness(rows) == readiness([row for row in rows if row.day_one])


def expected(status: ItemStatus, priority: Priority, due: date | None, day: date, soon: date) -> Rating:
    """The rules of design.md read aloud, in their own order."""
    if status is ItemStatus.NOT_APPLICABLE:
        return Rating.NOT_APPLICABLE
    late = due is not None and due < day and status in BELOW
    pressing = priority is Priority.ESSENTIAL and status is ItemStatus.NOT_STARTED and due is not None and due <= soon
    if late or pressing:
        return Rating.OFF_TRACK
    if status is ItemStatus.SIGNED_OFF:
        return Rating.COMPLETE
    far = due is None or due > soon
    if status is ItemStatus.CHECKED or (far and status in (ItemStatus.GATHERING, ItemStatus.DRAFTED)):
        return Rating.ON_TRACK
    return Rating.AT_RISK


DUES = {
    "no date": None,
    "yesterday": TODAY - ONE_DAY,
    "today": TODAY,
    "tomorrow": TODAY + ONE_DAY,
    "the last soon day": SOON,
    "the day after": SOON + ONE_DAY,
}


@pytest.mark.parametrize("status", ItemStatus)
@pytest.mark.parametrize("priority", Priority)
@pytest.mark.parametrize("due", DUES)
def test_that_the_rating_table_holds_at_every_boundary(status, priority, due):
    assert rating(status, priority, DUES[due], TODAY, SOON) is expected(status, priority, DUES[due], TODAY, SOON)


@pytest.mark.parametrize(
    ("status", "priority", "due", "found"),
    [
        (ItemStatus.DRAFTED, Priority.SUPPORTING, "yesterday", Rating.OFF_TRACK),
        (ItemStatus.DRAFTED, Priority.SUPPORTING, "today", Rating.AT_RISK),
        (ItemStatus.CHECKED, Priority.ESSENTIAL, "yesterday", Rating.ON_TRACK),
        (ItemStatus.SIGNED_OFF, Priority.ESSENTIAL, "yesterday", Rating.COMPLETE),
        (ItemStatus.NOT_STARTED, Priority.ESSENTIAL, "the last soon day", Rating.OFF_TRACK),
        (ItemStatus.NOT_STARTED, Priority.ESSENTIAL, "the day after", Rating.AT_RISK),
        (ItemStatus.NOT_STARTED, Priority.IMPORTANT, "the last soon day", Rating.AT_RISK),
        (ItemStatus.NOT_STARTED, Priority.ESSENTIAL, "no date", Rating.AT_RISK),
        (ItemStatus.GATHERING, Priority.ESSENTIAL, "the last soon day", Rating.AT_RISK),
        (ItemStatus.GATHERING, Priority.ESSENTIAL, "the day after", Rating.ON_TRACK),
        (ItemStatus.GATHERING, Priority.ESSENTIAL, "no date", Rating.ON_TRACK),
        (ItemStatus.NOT_APPLICABLE, Priority.ESSENTIAL, "yesterday", Rating.NOT_APPLICABLE),
    ],
)
def test_that_a_rating_is_what_people_would_say(status, priority, due, found):
    assert rating(status, priority, DUES[due], TODAY, SOON) is found


@given(statuses, priorities, st.none() | days, days)
def test_that_every_state_has_a_rating_and_a_reason(status, priority, due, day):
    soon = soon_after(day, CALENDAR)
    judged = rating(status, priority, due, day, soon)
    assert judged is expected(status, priority, due, day, soon)
    reason = explain_rating(replace(item(status=status, priority=priority, due=due), rating=judged), day, CALENDAR)
    assert reason
    assert "None" not in reason
    late = due is not None and due < day and status in BELOW
    assert ("late" in reason) == late
    assert " 0 " not in f" {reason} "


def test_that_soon_is_the_tenth_working_day():
    assert soon_after(TODAY, CALENDAR) == SOON
    assert soon_after(date(2021, 12, 20), CALENDAR) == date(2022, 1, 6)  # over Christmas


def test_that_the_reason_counts_working_days():
    friday = date(2021, 2, 26)
    assert explain_rating(item(due=friday), TODAY, CALENDAR) == "1 working day late, not started"
    assert explain_rating(item(due=TODAY, status=ItemStatus.DRAFTED), TODAY, CALENDAR) == "due today, not yet checked"
    assert explain_rating(item(due=SOON), TODAY, CALENDAR) == "due in 10 working days, not started"
    saturday = date(2021, 3, 6)
    on_friday = explain_rating(item(due=saturday), date(2021, 3, 5), CALENDAR)
    assert on_friday == "due before the next working day, not started"
