"""Filters against a plain reading of what they promise."""

from datetime import UTC, datetime, timedelta

import pytest
from domain_rows import AREAS, INSPECTIONS, SOON, TODAY, board, checklists, item, items, statuses
from hypothesis import given
from hypothesis import strategies as st

from readiness.domain.filters import (
    DueSpan,
    ItemFilter,
    describe,
    due_span,
    is_mine,
    names_of,
    passes,
    searchable,
)
from readiness.domain.views import Identity
from readiness.domain.vocabulary import ItemStatus, Priority, Rating

SINCE = datetime(2021, 2, 14, 12, tzinfo=UTC)


def some(values):
    return st.lists(st.sampled_from(list(values)), max_size=3).map(tuple)


filters = st.builds(
    ItemFilter,
    text=st.sampled_from(["", " ", "strategy", "STRATEGY rv", "straße", "strasse", "a01 send", "ŷ", "zzz"]),
    inspections=some(row.id for row in INSPECTIONS),
    areas=some(row.id for row in AREAS),
    statuses=some(ItemStatus),
    ratings=some(Rating),
    owners=some(["", "Head of SEND"]),
    services=some(["", "SEND"]),
    priorities=some(Priority),
    due=some(DueSpan),
    day_one=st.booleans(),
    confirm=st.booleans(),
    mine=some(["head of send", "director of education"]),
    changed_since=st.sampled_from([None, SINCE]),
    items=some(["x", "y"]),
)


def lets_pass(row, chosen):
    """The same in one test after another, without any of the short cuts."""
    tests = [
        all(word in searchable(row) for word in chosen.text.casefold().split()),
        row.day_one and row.status is not ItemStatus.NOT_APPLICABLE if chosen.day_one else True,
        row.confirm or not chosen.confirm,
        row.owner.strip().casefold() in chosen.mine and row.owner != "" if chosen.mine else True,
        row.changed_at is not None and row.changed_at >= SINCE if chosen.changed_since else True,
    ]
    for wanted, value in (
        (chosen.items, row.id),
        (chosen.inspections, row.inspection_id),
        (chosen.areas, row.area_id),
        (chosen.statuses, row.status),
        (chosen.ratings, row.rating),
        (chosen.owners, row.owner),
        (chosen.services, row.service),
        (chosen.priorities, row.priority),
        (chosen.due, due_span(row, TODAY, SOON)),
    ):
        tests.append(value in wanted if wanted else True)
    return all(tests)


@given(items(), filters)
def test_that_a_filter_lets_pass_what_meets_every_part_of_it(row, chosen):
    seen = board([row])
    assert passes(row, chosen, seen) == lets_pass(row, chosen)
    assert passes(row, chosen, seen, searchable(row)) == lets_pass(row, chosen)


@given(checklists, filters)
def test_that_an_empty_filter_lets_all_pass_and_only_it_is_empty(rows, chosen):
    seen = board(rows)
    assert all(passes(row, ItemFilter(label="Everything"), seen) for row in rows)
    assert ItemFilter(label="Everything").is_empty
    if chosen.is_empty:
        assert all(passes(row, chosen, seen) for row in rows)


@given(filters)
def test_that_a_filter_says_in_words_what_it_does(chosen):
    said = describe(chosen, board([]))
    assert bool(said) == (not chosen.is_empty and bool(chosen.text.strip() or chosen != ItemFilter(text=chosen.text)))
    for word in (*chosen.statuses, *chosen.ratings, *chosen.priorities, *chosen.due):
        assert word.label in said
    assert ("nobody" in said) == ("" in chosen.owners)


def test_that_the_words_read_like_a_sentence():
    chosen = ItemFilter(statuses=(ItemStatus.DRAFTED,), owners=("Head of SEND", ""), areas=("i1A", "gone"))
    said = describe(chosen, board([]))
    assert said == "Area: A Area A, a removed one; Status: Drafted; Owner: Head of SEND, nobody"
    assert describe(ItemFilter(), board([])) == ""
    assert describe(ItemFilter(items=("x",), label="Next deadlines"), board([])) == "Only: Next deadlines"
    assert describe(ItemFilter(items=("x", "y")), board([])) == "Only: 2 chosen items"
    since = datetime(2021, 3, 5, 12, tzinfo=UTC)
    assert describe(ItemFilter(changed_since=since), board([])) == "Only: changed since 5 Mar 2021"


@pytest.mark.parametrize(
    ("days", "status", "span"),
    [
        (None, ItemStatus.DRAFTED, DueSpan.NO_DATE),
        (-1, ItemStatus.DRAFTED, DueSpan.LATE),
        (-1, ItemStatus.CHECKED, DueSpan.LATER),
        (0, ItemStatus.DRAFTED, DueSpan.TODAY),
        (1, ItemStatus.DRAFTED, DueSpan.SOON),
        (14, ItemStatus.DRAFTED, DueSpan.SOON),
        (15, ItemStatus.DRAFTED, DueSpan.LATER),
    ],
)
def test_that_a_due_day_falls_into_one_span(days, status, span):
    due = None if days is None else TODAY + timedelta(days=days)
    assert due_span(item(due=due, status=status), TODAY, SOON) is span


@given(statuses)
def test_that_mine_is_by_name_or_role_in_any_case(status):
    me = names_of(Identity("", " Head of SEND ", "SEND"))
    assert me == ("head of send",)
    assert is_mine(item(owner="head of Send ", status=status), me)
    assert not is_mine(item(owner="", status=status), me)
    assert not is_mine(item(owner="Head", status=status), me)
    assert names_of(Identity("", "", "SEND")) == ()
