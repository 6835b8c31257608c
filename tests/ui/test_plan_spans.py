"""What goes on for several days is told once, across them."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from readiness.domain.plan import PlanEvent
from ui.models.plan_spans import Span, lanes_over, spans_of, without_spans
from ui.models.plan_weeks import Column

A, B, C = (PlanEvent(title) for title in "ABC")
MONDAY = date(2021, 5, 3)


def columns(*events: tuple[PlanEvent, ...], off: frozenset[int] = frozenset()) -> list[Column]:
    return [
        Column((MONDAY + timedelta(days=place)).isoformat(), "", off="closed" if place in off else "", events=told)
        for place, told in enumerate(events)
    ]


def test_that_only_what_lasts_becomes_a_span():
    days = columns((A, C), (A,), (A, B), (B,), (C,))
    spans = spans_of(days)
    assert spans == (Span(A, 0, 2, 0), Span(B, 2, 3, 1))
    assert without_spans(days[0], 0, spans) == (C,)
    assert without_spans(days[4], 4, spans) == (C,)
    assert [lanes_over(place, spans) for place in range(5)] == [1, 1, 2, 2, 0]


def test_that_a_day_off_joins_what_goes_on_before_and_after_it():
    days = columns((A,), (), (A,), (), (B,), off=frozenset({1}))
    assert spans_of(days) == (Span(A, 0, 2, 0),)
    assert spans_of(columns((A,), (), (A,))) == ()  # a working day without it parts it


def test_that_lines_are_used_again():
    days = columns((A,), (A, B), (B,), (C,), (C,))
    assert [(span.event.title, span.lane) for span in spans_of(days)] == [("A", 0), ("B", 1), ("C", 0)]


@given(st.lists(st.frozensets(st.sampled_from((A, B, C))), max_size=9))
def test_that_every_event_of_a_day_is_told_once(told):
    days = columns(*(tuple(sorted(each, key=lambda event: event.title)) for each in told))
    spans = spans_of(days)
    for place, column in enumerate(days):
        over = [span for span in spans if span.first <= place <= span.last]
        assert {span.event for span in over} | set(without_spans(column, place, spans)) == set(column.events)
        assert len({span.lane for span in over}) == len(over)  # no two lie on each other
