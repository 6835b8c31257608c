"""The sentences and the cards about a plan: true, plain, and with the rows behind every figure."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from plans import CALENDAR, CALL, FRAMEWORK, READY_BY, ROW, TODAY, an_item, board_of, called, planner, some_items

from readiness.domain.calendar import WorkingDays
from readiness.domain.filters import passes
from readiness.domain.schemes import HANDBOOK, Event
from readiness.domain.vocabulary import ItemStatus, Rating
from ui.models.overview_words import as_text
from ui.models.plan_cards import PlanRow, plan_cards
from ui.models.plan_words import basis_line, plan_sentence, shown_inspection

ON_SITE = called(on_site_from=date(2021, 5, 17), on_site_to=date(2021, 5, 20))


def sentence(plan, items, today=TODAY) -> str:
    return as_text(plan_sentence(plan, items, today, CALENDAR))


def rows(cards: tuple[PlanRow, ...]) -> list[tuple[str, str]]:
    return [(row.title, row.right) for row in cards]


def test_that_before_the_call_the_page_says_when_it_may_come_and_what_is_not_ready():
    plan = planner().plan()
    assert basis_line(plan, TODAY, CALENDAR) == (
        "SEN re-visit · planned for a call on Tue 4 May 2021 · Re-visit of four days"
    )
    assert sentence(plan, some_items()) == (
        "Nothing is late or due today. The call may come from Tue 4 May, in 5 working days; "
        "4 items asked for by day 3 are not ready."
    )
    assert "The call may come any day;" in sentence(plan, some_items(), CALL)
    done = [an_item("A1", status=ItemStatus.CHECKED)]
    assert sentence(planner(done).plan(), done).endswith(": all that is asked for by day 3 is ready.")


def test_that_after_the_call_the_page_says_what_is_late_due_and_next():
    row, day = ON_SITE, date(2021, 5, 18)
    items = some_items(row, day)
    plan = planner(items, row).plan()
    assert basis_line(plan, day, CALENDAR) == (
        "SEN re-visit · notified 4 May 2021, working day 11 · Re-visit of four days"
    )
    assert basis_line(plan, date(2022, 5, 18), CALENDAR) == (
        "SEN re-visit · notified 4 May 2021 · Re-visit of four days"  # days of it are no longer counted
    )
    assert sentence(plan, items, day) == "7 items are late, 1 is due today. Next is 1 item on Thu 20 May."
    first = some_items(row, CALL)
    assert sentence(planner(first, row).plan(), first, CALL) == (
        "2 items are late, 1 is due today. Next is 1 item on Thu 6 May."
    )


def test_that_with_nothing_due_the_next_event_is_named():
    row = ON_SITE
    items = [an_item("D1", "draft report + 5", row=row)]
    plan = planner(items, row).plan()
    assert sentence(plan, items, CALL) == "Nothing is late or due today. Next: Set-up meeting, Thu 6 May."
    alone = planner([], row, framework=None).plan()
    assert sentence(alone, [], date(2021, 5, 19)) == "Nothing is late or due today. Nothing else has a date."
    late = [an_item("A1", by_hand=TODAY - timedelta(days=1))]
    assert sentence(planner(late).plan(), late).startswith("1 item is late; nothing is due today. The call may")
    today = [an_item("A1", by_hand=TODAY)]
    assert sentence(planner(today).plan(), today).startswith("1 item is due today; nothing is late. The call may")


def test_that_a_rehearsal_says_what_would_not_be_ready_and_who_has_a_heavy_day():
    plan = planner().rehearse(date(2021, 9, 13))
    assert "rehearsal: as if they rang on Mon 13 Sep 2021" in basis_line(plan, TODAY, CALENDAR)
    assert sentence(plan, some_items()) == (
        "If they rang on Mon 13 Sep 2021, 4 items asked for by day 3 would not be ready. Nobody would have a heavy day."
    )
    items = [an_item(f"B{number}", "day 3") for number in range(6)]
    assert sentence(planner(items).rehearse(date(2021, 9, 13)), items).endswith(
        "would not be ready. Head of SEND would have 6 unfinished items on Wed 15 Sep."
    )
    done = [an_item("A1", status=ItemStatus.CHECKED)]
    assert "all asked for by day 3 is ready" in sentence(planner(done).rehearse(date(2021, 9, 13)), done)


@pytest.mark.parametrize(
    ("rows_of", "chosen"),
    [
        ([ROW, replace(ROW, id="i2", ready_by=date(2021, 9, 10))], "i1"),
        ([replace(ROW, ready_by=date(2021, 12, 1)), replace(ROW, id="i2", expected_from=date(2021, 9, 10))], "i2"),
        ([ROW, replace(called(), id="i2")], "i2"),
        ([replace(called(publication_on=date(2021, 4, 1)), id="i1"), replace(ROW, id="i2", ready_by=None)], "i2"),
        ([called(notified_on=date(2021, 1, 4)), replace(called(), id="i2")], "i2"),
        ([called(publication_on=date(2021, 4, 1)), replace(called(publication_on=date(2021, 4, 2)), id="i2")], "i2"),
        ([called(publication_on=TODAY + timedelta(days=1)), replace(ROW, id="i2")], "i1"),
    ],
)
def test_that_of_all_inspections_the_running_or_the_next_is_shown(rows_of, chosen):
    board = board_of((), tuple(rows_of))
    shown = shown_inspection(board, None)
    assert shown is not None
    assert shown.id == chosen
    assert shown_inspection(board, "i1") is rows_of[0]
    assert shown_inspection(board, "gone") is None
    assert shown_inspection(board_of((), ()), None) is None


def test_that_every_figure_opens_as_many_rows_as_it_counts():
    items = [*some_items(), *(an_item(f"X{number}", by_hand=READY_BY - timedelta(days=9)) for number in range(3))]
    items += [an_item(f"Y{number}", by_hand=date(2021, 5, 8)) for number in range(5)]
    board = board_of(items)
    cards = plan_cards(planner(items).plan(), items, FRAMEWORK, TODAY)
    assert rows(cards.ready) == [("Late", "3"), ("Held ready", "1 of 3"), ("Not ready by day 3", "7")]
    opened = [sum(passes(item, row.chosen, board) for item in items) for row in cards.ready if row.chosen]
    assert opened == [3, 2, 7]
    assert rows(cards.heavy) == [("Head of SEND", "Sat 8 May · 5")]
    assert rows(cards.clashes) == [("5 items set to Sat 8 May", "day off")]
    assert all(row.chosen is not None and row.chosen.label for row in (*cards.ready, *cards.heavy, *cards.clashes))


def test_that_days_off_are_named_after_the_clashes():
    closed = WorkingDays(frozenset({date(2021, 5, 14)}))
    plan = planner(calendar=closed).plan()
    assert rows(plan_cards(plan, some_items(), FRAMEWORK, TODAY).clashes) == [("Fri 14 May", "council closed")]


def test_that_days_that_are_over_are_no_longer_heavy():
    row = called(on_site_from=date(2021, 5, 17), on_site_to=date(2021, 5, 20))
    items = [an_item(f"B{number}", "day 3", row=row) for number in range(6)]
    closed = WorkingDays(frozenset({date(2021, 5, 5)}))
    plan = planner(items, row, calendar=closed).plan()
    before, after = (plan_cards(plan, items, FRAMEWORK, day) for day in (date(2021, 5, 4), date(2021, 5, 11)))
    assert rows(before.heavy) == [("Head of SEND", "Fri 7 May · 6")]
    assert rows(before.clashes) == [("Wed 5 May", "council closed")]
    assert (after.heavy, after.clashes) == ((), ())
    assert after.ready[0].right == "6"  # they are late


def test_that_a_rehearsal_counts_nothing_as_late():
    items = [an_item("X1", by_hand=TODAY - timedelta(days=9)), *some_items()]
    cards = plan_cards(planner(items).rehearse(date(2021, 9, 13)), items, FRAMEWORK, TODAY)
    assert [row.title for row in cards.ready] == ["Held ready", "Not ready by day 3"]


def test_that_what_is_still_to_come_says_since_when_and_where_its_day_comes_from():
    row = called(on_site_from=date(2021, 5, 17), on_site_to=date(2021, 5, 20), selection_on=date(2021, 5, 11))
    day = date(2021, 6, 10)
    cards = plan_cards(planner(some_items(row, day), row).plan(), some_items(row, day), FRAMEWORK, day)
    assert rows(cards.to_come) == [
        ("Cases selected", "Tue 11 May"),
        ("Draft report received", "expected Wed 9 Jun"),
        ("Report published", "expected Tue 22 Jun"),
    ]
    assert [row.tip for row in cards.to_come] == ["recorded", f"not recorded yet; median of ten; {HANDBOOK}", ""]
    assert [row.event for row in cards.to_come] == list(Event)
    assert [row.rating for row in cards.to_come] == [None, Rating.AT_RISK, None]
    bare = plan_cards(planner(row=ROW, framework=None).plan(), some_items(), None, TODAY)
    assert {row.right for row in bare.to_come} == {"no date yet"}
    assert ("No date yet", "7") in rows(bare.ready)
