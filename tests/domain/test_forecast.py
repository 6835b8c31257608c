"""What a later day brings while nobody does anything: the same figures, rated anew, and the days that matter."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from domain_rows import CALENDAR, INSPECTIONS, TODAY, any_proof, checklists, item, items
from hypothesis import given
from hypothesis import strategies as st

from readiness.domain.calendar import WorkingDays
from readiness.domain.figures import figures
from readiness.domain.forecast import (
    FEWEST_DAYS_AHEAD,
    MOST_DAYS_AHEAD,
    Landmark,
    Outlook,
    Reading,
    days_ahead,
    forecast,
    landmarks,
)
from readiness.domain.proof import Proof, ProofLink
from readiness.domain.scoring import BELOW_CHECKED, CLAIMED, is_unproven, rating, readiness, soon_after
from readiness.domain.views import ItemRow
from readiness.domain.vocabulary import EvidenceSource, ItemStatus, Priority, Rating, Strength

FIRST = replace(INSPECTIONS[0], ready_by=date(2021, 3, 19))
ahead = st.integers(0, 60).map(lambda days: TODAY + timedelta(days=days))


def spread(chance: random.Random) -> ItemRow:
    """Return an item that may be due in a year, with whatever proof."""
    return item(
        chance.choice("xyz"),
        status=chance.choice([*ItemStatus]),
        priority=chance.choice([*Priority]),
        due=chance.choice([None, date(2021, 2, 20) + timedelta(days=chance.randint(0, 374))]),
        proof=any_proof(chance),
    )


spread_out = st.lists(items(spread), max_size=12)


@given(checklists)
def test_that_the_forecast_of_today_is_today(rows):
    today = forecast(rows, TODAY, TODAY, CALENDAR, INSPECTIONS)
    assert today.now == today.then == figures(rows)
    assert today.steps == ()
    assert today.landmarks == today.lapsing == ()
    assert today.days_off == ()
    assert all(row.due == TODAY for row in today.falling_due)


def on_the_day(row: ItemRow, until: date, soon: date) -> ItemRow:
    """Return an item as it would be judged on a day, its status being what it is."""
    unproven = is_unproven(row.kind, row.proof, until)
    rated = rating(row.status, row.priority, row.due, until, soon, unproven=unproven, lapsed=row.lapsed)
    return replace(row, rating=rated, unproven=unproven)


@given(checklists, ahead)
def test_that_a_forecast_is_what_the_rules_say_of_every_item_on_that_day(rows, until):
    seen = forecast(rows, TODAY, until, CALENDAR, INSPECTIONS)
    soon = soon_after(until, CALENDAR)
    judged = [on_the_day(row, until, soon) for row in rows]
    assert seen.then == figures(judged)
    assert {then: Counter(found) for then, found in seen.by_rating.items()} == {
        then: Counter(row for row, on in zip(rows, judged, strict=True) if on.rating is then) for then in Rating
    }
    assert Counter(each.item for each in seen.lapsing) == Counter(
        row
        for row, on in zip(rows, judged, strict=True)
        if on.unproven and not row.unproven and row.status is not ItemStatus.NOT_APPLICABLE
    )
    moved = Counter((row, on.rating) for row, on in zip(rows, judged, strict=True) if on.rating is not row.rating)
    assert Counter((step.item, step.rating) for step in seen.steps) == moved
    for row, reading in zip(INSPECTIONS, seen.readings, strict=True):
        assert reading == Reading(row, readiness(each for each in judged if each.inspection_id == row.id))


@given(checklists, ahead, ahead)
def test_that_a_later_day_never_has_fewer_items_off_track(rows, one, other):
    earlier, later = (forecast(rows, TODAY, day, CALENDAR) for day in sorted((one, other)))
    assert earlier.then.by_rating[Rating.OFF_TRACK] <= later.then.by_rating[Rating.OFF_TRACK]
    assert Counter(earlier.by_rating[Rating.OFF_TRACK]) <= Counter(later.by_rating[Rating.OFF_TRACK])
    assert (earlier.then.readiness or 0) >= (later.then.readiness or 0)
    assert earlier.lapsing == later.lapsing[: len(earlier.lapsing)]
    assert len(earlier.falling_due) <= len(later.falling_due)


@given(checklists, ahead)
def test_that_what_falls_due_is_off_track_the_day_after(rows, until):
    seen = forecast(rows, TODAY, until, CALENDAR)
    expected = [row for row in rows if row.due and TODAY <= row.due <= until and row.status in BELOW_CHECKED]
    assert Counter(seen.falling_due) == Counter(expected)
    assert [row.due for row in seen.falling_due] == sorted(row.due for row in expected)
    after = forecast(rows, TODAY, until + timedelta(days=1), CALENDAR)
    assert not Counter(seen.falling_due) - Counter(after.by_rating[Rating.OFF_TRACK])


@given(checklists, st.lists(ahead, max_size=4))
def test_that_an_outlook_says_of_each_day_what_a_forecast_says(rows, days):
    outlook = Outlook(rows, TODAY, CALENDAR, INSPECTIONS)
    for day in days:
        assert outlook.at(day) == forecast(rows, TODAY, day, CALENDAR, INSPECTIONS)


def test_that_a_day_in_the_past_is_not_foreseen():
    rows = [item(due=TODAY)]
    assert forecast(rows, TODAY, date(2021, 1, 1), CALENDAR) == forecast(rows, TODAY, TODAY, CALENDAR)


def test_that_what_changes_stands_worst_first_then_by_date_then_by_weight():
    rows = [
        item("risk", status=ItemStatus.GATHERING, due=date(2021, 4, 1)),
        item("light", priority=Priority.SUPPORTING, due=date(2021, 3, 19)),
        item("heavy", priority=Priority.ESSENTIAL, status=ItemStatus.DRAFTED, due=date(2021, 3, 19)),
        item("first", due=date(2021, 3, 2)),
        item("far", status=ItemStatus.GATHERING, due=date(2021, 8, 1)),
        item("done", status=ItemStatus.CHECKED, due=date(2021, 3, 2)),
    ]
    seen = forecast(rows, TODAY, date(2021, 3, 22), CALENDAR)
    assert [(step.item.id, step.rating) for step in seen.steps] == [
        ("first", Rating.OFF_TRACK),
        ("heavy", Rating.OFF_TRACK),
        ("light", Rating.OFF_TRACK),
        ("risk", Rating.AT_RISK),
    ]
    assert [row.id for row in seen.falling_due] == ["first", "heavy", "light"]
    assert (seen.now.by_rating[Rating.OFF_TRACK], seen.then.by_rating[Rating.OFF_TRACK]) == (0, 3)


def until(day: date) -> Proof:
    return Proof((ProofLink("e", EvidenceSource.DATA, Strength.SAYS, day),))


def test_that_what_is_claimed_loses_half_its_credit_and_goes_off_track_the_day_after_its_last_proof():
    rows = [item("signed", status=ItemStatus.SIGNED_OFF, proof=until(date(2021, 3, 19)), owner="Head of SEND")]
    outlook = Outlook(rows, TODAY, CALENDAR, INSPECTIONS)
    last, after = outlook.at(date(2021, 3, 19)), outlook.at(date(2021, 3, 20))
    assert (last.then.readiness, after.then.readiness) == (100.0, 50.0)
    assert (last.readings[0].readiness, after.readings[0].readiness) == (100.0, 50.0)
    assert (last.lapsing, last.steps) == ((), ())
    assert [(each.item.id, each.last_day, each.owner) for each in after.lapsing] == [
        ("signed", date(2021, 3, 19), "Head of SEND")
    ]
    assert [(step.item.id, step.rating) for step in after.steps] == [("signed", Rating.OFF_TRACK)]


@given(spread_out)
def test_that_one_looks_ahead_by_working_days_until_all_has_fallen_due(rows):
    days = days_ahead(rows, (), TODAY, CALENDAR)
    assert days[0] == TODAY
    assert days[1:] == tuple(CALENDAR.add(TODAY, number) for number in range(1, len(days)))
    assert FEWEST_DAYS_AHEAD <= len(days) - 1 <= MOST_DAYS_AHEAD
    stops = [row.due for row in rows if row.due and row.status in BELOW_CHECKED]
    stops += [last for row in rows if row.status in CLAIMED and (last := row.proof.last_good_day) is not None]
    if len(days) - 1 < MOST_DAYS_AHEAD:
        assert all(day < days[-1] for day in stops)
    if len(days) - 1 > FEWEST_DAYS_AHEAD:
        assert days[-2] <= max(stops)


def test_that_the_last_landmark_is_within_sight_and_a_far_one_costs_nothing():
    assert days_ahead((), [replace(FIRST, on_site_to=date(2021, 5, 7))], TODAY, CALENDAR)[-1] == date(2021, 5, 10)
    far = days_ahead([item(due=date(2900, 1, 1))], (), TODAY, CALENDAR)
    assert len(far) == MOST_DAYS_AHEAD + 1
    lapsing = item(status=ItemStatus.CHECKED, proof=until(date(2023, 1, 1)))
    assert len(days_ahead([lapsing], (), TODAY, CALENDAR)) == FEWEST_DAYS_AHEAD + 1


def test_that_closures_are_days_off_and_no_days_to_look_at():
    easter = WorkingDays(frozenset({date(2021, 4, 6), date(2021, 4, 10)}))  # the second is a Saturday
    seen = forecast((), TODAY, date(2021, 4, 12), easter)
    assert seen.days_off == (date(2021, 4, 2), date(2021, 4, 5), date(2021, 4, 6))
    assert not set(seen.days_off) & set(days_ahead((), [replace(FIRST, ready_by=date(2021, 4, 20))], TODAY, easter))


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({}, [("Ready by", date(2021, 3, 19)), ("Call expected", date(2021, 3, 22))]),
        ({"expected_from": date(2021, 4, 12)}, [("Ready by", date(2021, 3, 19)), ("Call expected", date(2021, 4, 12))]),
        ({"ready_by": None}, []),
        (
            {
                "notified_on": date(2021, 3, 15),
                "on_site_from": date(2021, 3, 22),
                "on_site_to": date(2021, 4, 1),
                "draft_report_on": date(2021, 4, 26),
                "publication_on": date(2021, 5, 10),
            },
            [
                ("Ready by", date(2021, 3, 19)),
                ("Call", date(2021, 3, 15)),
                ("On site from", date(2021, 3, 22)),
                ("On site until", date(2021, 4, 1)),
                ("Draft report received", date(2021, 4, 26)),
                ("Report published", date(2021, 5, 10)),
            ],
        ),
        (
            {"notified_on": date(2021, 3, 15), "on_site_from": date(2021, 3, 22), "on_site_to": date(2021, 3, 22)},
            [("Ready by", date(2021, 3, 19)), ("Call", date(2021, 3, 15)), ("On site", date(2021, 3, 22))],
        ),
    ],
)
def test_that_the_days_that_matter_are_those_that_are_known(known, said):
    assert [(each.what, each.day) for each in landmarks(replace(FIRST, **known), CALENDAR)] == said


def test_that_landmarks_on_the_way_are_told_in_order_and_those_of_today_are_past():
    second = replace(INSPECTIONS[1], expected_from=date(2021, 3, 12))
    seen = forecast((), TODAY, date(2021, 3, 19), CALENDAR, [FIRST, second, replace(FIRST, ready_by=TODAY)])
    assert seen.landmarks[1:] == (
        Landmark(date(2021, 3, 12), second, "Call expected"),
        Landmark(date(2021, 3, 19), FIRST, "Ready by"),
    )
    assert seen.landmarks[0].what == "Call expected"  # the working day after the ready-by date of today
