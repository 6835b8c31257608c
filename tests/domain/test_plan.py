"""The plan of an inspection: what is due on which day of a call that came, is expected, or is only imagined."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from domain_rows import CALENDAR, INSPECTIONS, days, item
from hypothesis import given
from hypothesis import strategies as st

from readiness.domain.calendar import WorkingDays
from readiness.domain.due import due_date, parse_due_rule
from readiness.domain.plan import HEAVY, LONGEST_RUN, Basis, Planner, by_owner, propose_on_site, visit_of
from readiness.domain.schemes import Event, Expected, TimetableEntry, VisitType
from readiness.domain.scoring import BELOW_CHECKED
from readiness.domain.views import FrameworkDraft
from readiness.domain.vocabulary import ItemStatus

MONDAY = date(2021, 9, 13)
STANDARD = VisitType("standard", "Standard inspection", "week 2", 10, verified=True)
SHORT = VisitType("short", "Short inspection", "week 2", 5)
REVISIT = VisitType("four", "Re-visit of four days", "day 11", 4)
ILACS = FrameworkDraft(
    "ilacs", "2018", "ILACS", "ILACS", "", {}, (),
    visits=(STANDARD, SHORT),
    timetable=(
        TimetableEntry("day 1", "Call to the director", verified=True),
        TimetableEntry("on site", "Daily meeting with the lead inspector", until="last day"),
        TimetableEntry("on site day 5", "Summary of what was found so far", visits=("standard",)),
        TimetableEntry("last day", "Final feedback"),
    ),
    expected=(Expected(Event.SELECTION, when="day 2"), Expected(Event.PUBLICATION, days_after=46)),
)  # fmt: skip
AREA_SEND = replace(
    ILACS,
    visits=(VisitType("full", "Area inspection", "week 3", 5),),
    timetable=(),
    expected=(Expected(Event.SELECTION, when="week 2"),),
)
ROW = replace(INSPECTIONS[0], ready_by=date(2021, 9, 3))
RULES = (
    "held ready", "day 1", "day 2", "day 3", "week 2", "before on site", "on site", "on site day 5", "last day",
    "selection + 2", "draft report + 10", "before publication", "publication + 70", "",
)  # fmt: skip
FORWARD = (
    "day 1", "day 2", "day 3", "day 9", "week 2", "week 3", "on site", "on site day 5", "last day", "publication + 70",
)  # fmt: skip


def due(rule, number=1, **given):
    return replace(item(f"{rule}-{number}", reference=f"R{number}", **given), due_rule=rule)


ITEMS = tuple(due(rule, number) for number, rule in enumerate(RULES))
checklists = st.lists(
    st.builds(
        lambda rule, status, owner, by_hand: replace(due(rule, status=status, owner=owner), due_override=by_hand),
        st.sampled_from(RULES),
        st.sampled_from(ItemStatus),
        st.sampled_from(["", "Head of SEND", "Performance Manager"]),
        st.none() | st.dates(date(2021, 8, 1), date(2021, 11, 30)),
    ),
    max_size=30,
)
calls = st.dates(date(2019, 1, 1), date(2040, 12, 31))
closures = st.builds(WorkingDays, st.frozensets(st.dates(date(2021, 9, 1), date(2021, 12, 31)), max_size=25))


def planned(items=ITEMS, framework=ILACS, call=MONDAY, calendar=CALENDAR, visit=None):
    return Planner(ROW, items, framework, calendar).rehearse(call, visit)


def dates_of(plan):
    groups = [*plan.held, *plan.before, *plan.undated, *(group for day in plan.days for group in day.groups)]
    return {each.due_rule: group.due for group in groups for each in group.items}


def test_that_leicesters_own_calendar_comes_out():
    plan = planned()
    assert (plan.milestones.on_site_from, plan.milestones.on_site_to) == (date(2021, 9, 20), date(2021, 10, 1))
    assert [day.day for day in plan.days if day.on_site] == [
        monday + timedelta(days=number) for monday in (date(2021, 9, 20), date(2021, 9, 27)) for number in range(5)
    ]
    assert dates_of(plan) == {
        "held ready": date(2021, 9, 3), "day 1": MONDAY, "day 2": date(2021, 9, 14), "day 3": date(2021, 9, 15),
        "week 2": date(2021, 9, 20), "before on site": date(2021, 9, 17), "on site": date(2021, 9, 20),
        "on site day 5": date(2021, 9, 24), "last day": date(2021, 10, 1), "selection + 2": date(2021, 9, 16),
        "draft report + 10": None, "before publication": date(2021, 11, 15), "publication + 70": date(2022, 2, 25),
        "": None,
    }  # fmt: skip


def test_that_a_short_inspection_is_one_week_on_site():
    plan = planned(visit=SHORT)
    assert (plan.milestones.on_site_from, plan.milestones.on_site_to) == (date(2021, 9, 20), date(2021, 9, 24))
    assert not any(event.title.startswith("Summary") for day in plan.days for event in day.events)


def test_that_the_re_visit_of_leicester_has_its_ten_days_of_notice():
    start, end = propose_on_site(REVISIT, date(2021, 4, 30), CALENDAR)  # a bank holiday lies between
    assert (start, end) == (date(2021, 5, 17), date(2021, 5, 20))
    plan = Planner(ROW, (), replace(ILACS, visits=(REVISIT,)), CALENDAR).rehearse(date(2021, 4, 30))
    assert [(day.number, day.on_site) for day in plan.days if day.day == date(2021, 5, 18)] == [(12, 2)]


@given(st.dates(date(2021, 1, 1), date(2030, 12, 31)).filter(lambda day: day.weekday() == 0))
def test_that_an_area_send_call_on_a_monday_tracks_children_in_week_2_and_is_on_site_in_week_3(monday):
    if not CALENDAR.is_working(monday):
        return
    plan = planned(framework=AREA_SEND, call=monday)
    tracked = dates_of(plan)["selection + 2"]
    second, third = monday + timedelta(weeks=1), monday + timedelta(weeks=2)
    assert second <= plan.milestones.selection_on < third
    assert CALENDAR.between(plan.milestones.selection_on, tracked) == 2
    assert plan.milestones.on_site_from >= third
    if all(CALENDAR.is_working(third + timedelta(days=number)) for number in range(5)):
        assert plan.milestones.on_site_from == third
        assert plan.milestones.on_site_to == third + timedelta(days=4)


@given(calls, closures)
def test_that_no_date_of_a_rule_falls_on_a_day_off(call, calendar):
    plan = planned(call=call, calendar=calendar)
    for rule, day in dates_of(plan).items():
        assert day is None or rule == "held ready" or calendar.is_working(day)
    for day in (plan.milestones.on_site_from, plan.milestones.on_site_to, *(d.day for d in plan.days if d.on_site)):
        assert calendar.is_working(day)


@given(calls, closures, st.sampled_from(["day", "week", "on site day"]), st.integers(1, 60))
def test_that_day_n_comes_no_earlier_than_the_day_before_it(call, calendar, anchor, number):
    milestones = planned(call=call, calendar=calendar).milestones
    first, second = (due_date(parse_due_rule(f"{anchor} {n}"), milestones, calendar) for n in (number, number + 1))
    assert first <= second
    assert first < second or anchor == "week"


@given(st.dates(date(2021, 9, 1), date(2021, 11, 1)), closures, closures)
def test_that_closures_only_ever_push_what_is_counted_forward_later(call, some, others):
    more = WorkingDays(some.closures | others.closures)
    items = [due(rule, number) for number, rule in enumerate(FORWARD)]
    before, after = (dates_of(planned(items, call=call, calendar=calendar)) for calendar in (some, more))
    assert all(after[rule] >= before[rule] for rule in FORWARD)


@given(checklists, calls)
def test_that_every_item_that_applies_stands_in_the_plan_once(items, call):
    items = [replace(each, id=str(number)) for number, each in enumerate(items)]
    plan = planned(items, call=call)
    groups = [*plan.held, *plan.before, *plan.undated, *(group for day in plan.days for group in day.groups)]
    found = [each.id for group in groups for each in group.items]
    assert len(found) == len(set(found))
    assert set(found) == {each.id for each in items if each.status is not ItemStatus.NOT_APPLICABLE}


@given(checklists, calls)
def test_that_a_date_set_by_hand_stays_and_shows_it(items, call):
    plan = planned(items, call=call)
    for group in [*plan.before, *(group for day in plan.days for group in day.groups)]:
        for each in group.items:
            if each.due_override is not None:
                assert (group.due, group.why, group.by_hand) == (each.due_override, "set by hand", True)


@given(checklists, calls, closures)
def test_that_working_days_are_numbered_from_the_call(items, call, calendar):
    plan = planned(items, call=call, calendar=calendar)
    first = calendar.nth(call, 1)
    for day in plan.days:
        assert day.number == (calendar.between(first, day.day) + 1 if calendar.is_working(day.day) else None)
        assert bool(day.off) == (not calendar.is_working(day.day))


@given(checklists, calls)
def test_that_rehearsing_is_what_recording_the_same_call_would_give(items, call):
    rehearsed = planned(items, call=call)
    start, end = propose_on_site(STANDARD, call, CALENDAR)
    row = replace(ROW, notified_on=call, visit="standard", on_site_from=start, on_site_to=end)
    recorded = Planner(row, items, ILACS, CALENDAR).plan()
    assert (rehearsed.basis, recorded.basis) == (Basis.REHEARSED, Basis.CALLED)
    assert replace(recorded, basis=Basis.REHEARSED, inspection=ROW) == rehearsed


def test_that_rehearsing_puts_a_recorded_call_aside():
    row = replace(ROW, notified_on=date(2021, 6, 1), on_site_from=date(2021, 6, 7), selection_on=date(2021, 6, 3))
    assert Planner(row, ITEMS, ILACS, CALENDAR).rehearse(MONDAY).days == planned().days


def test_that_without_a_call_the_planning_date_stands_in():
    plan = Planner(ROW, ITEMS, ILACS, CALENDAR).plan()
    assert (plan.basis, plan.call) == (Basis.PLANNED, date(2021, 9, 6))
    assert Planner(replace(ROW, ready_by=None), ITEMS, ILACS, CALENDAR).plan() is None


def test_that_recorded_events_take_the_place_of_expected_ones():
    row = replace(ROW, notified_on=MONDAY, selection_on=date(2021, 9, 22), draft_report_on=date(2021, 10, 22))
    plan = Planner(row, ITEMS, ILACS, CALENDAR).plan()
    assert plan.estimated == {Event.PUBLICATION}
    assert dates_of(plan)["selection + 2"] == date(2021, 9, 24)
    assert dates_of(plan)["draft report + 10"] == date(2021, 11, 5)
    whys = {group.why: group.estimated for day in plan.days for group in day.groups}
    assert whys["selection + 2"] is False
    assert whys["before publication (expected)"] is True


def test_that_a_call_before_the_ready_by_date_asks_for_what_is_held_ready_at_once():
    plan = planned(call=date(2021, 8, 31))
    assert dates_of(plan)["held ready"] == date(2021, 8, 31)
    assert plan.held[0].why == "held ready (the call has come)"


def test_that_daily_entries_stand_on_every_working_day_on_site():
    plan = planned()
    daily = [day.day for day in plan.days if any(event.title.startswith("Daily") for event in day.events)]
    assert daily == [day.day for day in plan.days if day.on_site]
    assert [event.verified for day in plan.days for event in day.events if event.title.startswith("Call")] == [True]


def test_that_a_closure_on_the_way_is_named_and_pushes_what_follows():
    calendar = WorkingDays(frozenset({date(2021, 9, 14)}))
    plan = planned(calendar=calendar)
    assert [(day.day, day.off) for day in plan.off] == [(date(2021, 9, 14), "council closed")]
    assert dates_of(plan)["day 2"] == date(2021, 9, 15)


def test_that_a_date_set_by_hand_on_a_day_off_is_named():
    by_hand = replace(due("day 2"), due_override=date(2021, 9, 18))
    (group,) = planned([by_hand]).on_days_off
    assert group.items == (by_hand,)


@given(checklists)
def test_that_what_is_not_ready_is_unfinished_and_asked_for_by_day_3(items):
    plan = planned(items)
    assert all(each.status in BELOW_CHECKED for each in plan.not_ready)
    by_hand_late = [each for each in plan.not_ready if each.due_override and each.due_override > date(2021, 9, 15)]
    assert not by_hand_late
    asked = [
        each for each in items
        if each.status in BELOW_CHECKED and each.due_override is None
        and each.due_rule in ("held ready", "day 1", "day 2", "day 3")
    ]  # fmt: skip
    assert len([each for each in plan.not_ready if each.due_override is None]) == len(asked)


def test_that_a_heavy_day_names_its_owner_and_finished_items_weigh_nothing():
    heavy = [due("day 2", number, owner="Performance Manager") for number in range(HEAVY + 1)]
    done = [replace(each, status=ItemStatus.CHECKED) for each in heavy]
    light = [due("day 2", number, service="SEND") for number in range(HEAVY - 1)]
    (load,) = planned([*heavy, *light, *done]).overloads
    assert (load.day, load.owner, len(load.items)) == (date(2021, 9, 14), "Performance Manager", HEAVY + 1)
    assert planned([*done, *light]).overloads == ()
    assert by_owner([*heavy, *light]) == (("Performance Manager", HEAVY + 1), ("SEND", HEAVY - 1))


def test_that_a_rule_of_a_newer_version_waits_undated():
    (group,) = planned([due("third full moon")]).undated
    assert group.due is None


def test_that_days_on_site_without_an_end_are_shown_for_some_years():
    endless = replace(ROW, notified_on=MONDAY, on_site_from=date(2021, 9, 20), on_site_to=date(2890, 1, 1))
    plan = Planner(endless, ITEMS, ILACS, CALENDAR).plan()
    assert plan.last == MONDAY + LONGEST_RUN
    assert [day.day for day in plan.days if day.on_site][-1] <= plan.last
    never = replace(endless, on_site_from=date(2889, 1, 1))
    assert Planner(never, ITEMS, ILACS, CALENDAR).plan().last == plan.last


def test_that_a_framework_without_visits_still_gives_a_plan():
    plan = planned(framework=None)
    assert plan.visit is None
    assert dates_of(plan)["day 3"] == date(2021, 9, 15)
    assert dates_of(plan)["on site"] is None


@pytest.mark.parametrize(("code", "found"), [("short", SHORT), ("", STANDARD), ("gone", None)])
def test_that_visits_are_found_by_code_and_the_usual_one_is_the_first(code, found):
    assert visit_of(ILACS, code) == found
    assert visit_of(None, code) is None


@given(days)
def test_that_a_plan_begins_with_day_1_and_its_days_are_in_order(call):
    plan = planned(call=call)
    shown = [day.day for day in plan.days]
    assert plan.days[0].number == 1
    assert shown == sorted(set(shown))
