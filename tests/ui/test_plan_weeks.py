"""The weeks of a plan: every item stands once, worst first, in the week of its day."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plans import CALENDAR, CALL, FRAMEWORK, ROW, RULES, TODAY, an_item, called, many_items, planner, some_items

from readiness.domain.calendar import WorkingDays
from readiness.domain.plan import Plan, Planner
from readiness.domain.vocabulary import ItemStatus, Priority, Rating
from ui.models.plan_weeks import AFTER, BEFORE, MOST_COLUMNS, Column, PlanWeeks, WeekName, seen, span

NEAR = st.dates(date(2021, 3, 1), date(2021, 12, 31))


def weeks(plan: Plan | None, today: date = TODAY, calendar: WorkingDays = CALENDAR) -> PlanWeeks:
    assert plan is not None
    return PlanWeeks(plan, today, calendar)


def column(found: PlanWeeks, day: date) -> Column:
    return next(each for each in found.columns(found.week_of(day)) if each.key == day.isoformat())


def on_site() -> PlanWeeks:
    row = called(on_site_from=date(2021, 5, 17), on_site_to=date(2021, 5, 20))
    return weeks(planner(some_items(row), row).plan(), date(2021, 5, 18))


def test_that_weeks_are_named_as_people_say_them():
    titles = [name.title for name in weeks(planner().plan()).names]
    assert titles == ["Before", "Week 1 · 3–7 May", "Week 2 · 10–14 May", "Week 3 · 17–21 May", "After"]
    assert span(date(2021, 5, 31), date(2021, 6, 4)) == "31 May–4 Jun"


def test_that_a_week_shows_monday_to_friday_and_why_nobody_works():
    found = weeks(planner().plan())
    columns = found.columns(found.usual)
    assert [each.heading for each in columns] == ["Mon 3 May", "Tue 4 May", "Wed 5 May", "Thu 6 May", "Fri 7 May"]
    assert (columns[0].off, columns[0].notes) == ("bank holiday", ("bank holiday",))
    assert columns[1].notes == ("Day 1",)
    assert [event.title for event in columns[3].events] == ["Set-up meeting"]


def test_that_a_closure_is_named():
    closed = WorkingDays(frozenset({date(2021, 5, 5)}))
    found = weeks(planner(calendar=closed).plan(), calendar=closed)
    assert column(found, date(2021, 5, 5)).off == "council closed"


def test_that_days_on_site_are_named_and_today_is_told():
    found = on_site()
    assert found.usual == "2021-05-17"
    first, second, *_, last, after = found.columns(found.usual)
    assert (first.notes[0], first.is_past) == ("On site, day 1", True)
    assert (second.notes, second.is_today) == (("On site, day 2 · today", "On site, day 2", "On site 2"), True)
    assert last.notes == ("On site, last day", "Last day")
    assert (after.heading, after.notes) == ("Fri 21 May", ())


def test_that_the_worst_stands_first_and_what_is_done_last():
    items = [
        an_item("A1", "day 1", ItemStatus.SIGNED_OFF),
        an_item("A2", "day 1", ItemStatus.CHECKED),
        an_item("A3", "day 1", ItemStatus.DRAFTED, Priority.SUPPORTING),
        an_item("A4", "day 1", ItemStatus.DRAFTED),
        an_item("A5", "day 1", priority=Priority.ESSENTIAL),
    ]
    entries = column(weeks(planner(items).plan()), CALL).entries
    assert [entry.item.reference for entry in entries] == ["A5", "A4", "A3", "A2", "A1"]
    assert entries[0].rating is Rating.OFF_TRACK


def test_that_dates_set_by_hand_and_expected_ones_are_marked():
    saturday = date(2021, 5, 8)
    found = weeks(planner([*some_items(), an_item("X1", by_hand=saturday)]).plan())
    assert [entry.mark for entry in column(found, saturday).entries] == ["by hand"]
    assert column(found, saturday).heading == "Sat 8 May"
    assert [entry.mark for entry in column(found, date(2021, 5, 12)).entries] == ["expected"]


def test_that_what_was_due_in_the_week_of_the_call_stands_there():
    monday = CALL - timedelta(days=1)
    found = weeks(planner([*some_items(), an_item("X1", by_hand=monday)]).plan())
    assert [entry.item.reference for entry in column(found, monday).entries] == ["X1"]


def test_that_before_holds_what_is_held_ready_and_what_was_due_early():
    early = [an_item(f"X{number}", by_hand=date(2021, 4, 20 + number)) for number in range(3)]
    columns = weeks(planner([*some_items(), *early]).plan()).columns(BEFORE)
    assert [each.heading for each in columns] == ["Held ready", "Tue 20 Apr", "Wed 21 Apr", "Thu 22 Apr"]
    assert columns[0].notes == ("1 of 3 ready",)
    assert columns[0].label == "Held ready"


def test_that_many_early_and_late_days_share_a_column():
    early = [an_item(f"X{number}", by_hand=date(2021, 4, 1 + number)) for number in range(9)]
    late = [an_item(f"Y{number}", by_hand=date(2021, 8, 1 + number)) for number in range(9)]
    found = weeks(planner([*some_items(), *early, *late]).plan())
    before, after = found.columns(BEFORE), found.columns(AFTER)
    assert len(before) == len(after) == MOST_COLUMNS
    assert before[1].heading == "Earlier"
    assert before[1].notes == ("6 days",)
    assert after[-1].heading == "Later"
    assert "1 Aug" in [entry.mark for entry in after[-1].entries]


def test_that_what_nobody_can_date_waits_at_the_end():
    plan = planner(framework=replace(FRAMEWORK, expected=())).plan()
    last = weeks(plan).columns(AFTER)[-1]
    assert (last.heading, len(last.entries)) == ("No date yet", 3)
    assert {entry.mark for entry in last.entries} == {"selection + 2", "draft report + 5", "publication + 10"}


def test_that_a_rehearsal_has_no_today_and_judges_by_the_imagined_day():
    found = weeks(planner().rehearse(date(2021, 9, 13)), date(2021, 9, 14))
    assert found.usual == "2021-09-13"
    assert not any(each.is_today or each.is_past for name in found.names for each in found.columns(name.key))
    held = found.columns(BEFORE)[0].entries[0]
    assert (held.item.rating, held.rating) == (Rating.AT_RISK, Rating.OFF_TRACK)  # due on 30 Apr, by September late


def test_that_after_the_last_week_what_follows_is_shown():
    row = called(on_site_from=date(2021, 5, 17), on_site_to=date(2021, 5, 20))
    assert weeks(planner(some_items(row), row).plan(), date(2021, 6, 9)).usual == AFTER
    short = planner([an_item("A1", "day 1", row=row)], row, framework=None)
    assert weeks(short.plan(), date(2021, 6, 9)).usual == "2021-05-17"


def test_that_a_column_says_all_it_shows():
    found = on_site()
    assert column(found, date(2021, 5, 18)).spoken == ("Tue 18 May; On site, day 2 · today; Keep in touch; 1 item due")


@pytest.mark.parametrize(("current", "shown"), [("k0", [0, 1, 2, 3, 4, 5, 11]), ("k7", [0, 5, 6, 7, 8, 9, 11])])
def test_that_a_long_list_of_weeks_is_cut_round_the_current_one(current, shown):
    names = [WeekName(f"k{number}", "") for number in range(12)]
    assert [name.key for name in seen(names, current)] == [f"k{number}" for number in shown]


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.sampled_from([rule for _, rule in RULES]), st.none() | NEAR), max_size=30),
    NEAR,
    st.frozensets(NEAR, max_size=5),
    st.none() | NEAR,
    st.booleans(),
)
def test_that_every_item_stands_in_exactly_one_column(dues, today, closures, call, imagined):
    calendar = WorkingDays(closures)
    row = called(notified_on=call) if call is not None and not imagined else ROW
    items = [an_item(f"A{n}", rule, by_hand=day, row=row) for n, (rule, day) in enumerate(dues)]
    made = Planner(row, items, FRAMEWORK, calendar)
    plan = made.rehearse(call) if imagined and call is not None else made.plan()
    found = weeks(plan, today, calendar)
    places = [(name, each) for name in found.names for each in found.columns(name.key)]
    stands = Counter(entry.item.id for _, each in places for entry in each.entries)
    assert stands == Counter(item.id for item in items)
    assert found.usual in {name.key for name in found.names}
    for name, each in places:
        assert len(found.columns(name.key)) <= (7 if name.first else MOST_COLUMNS)
        if name.first is not None:
            assert found.week_of(date.fromisoformat(each.key)) == name.key


def test_that_ten_thousand_items_are_laid_out_at_once(benchmark):
    items = many_items(10_000)

    def lay_out() -> int:
        found = weeks(planner(items).plan())
        return sum(len(each.entries) for name in found.names for each in found.columns(name.key))

    assert benchmark(lay_out) == 10_000
