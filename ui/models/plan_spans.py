"""Plan spans: what goes on for several of the days that stand side by side is told once, across them. Pure: no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from readiness.domain.plan import PlanEvent
from ui.models.plan_weeks import Column


@dataclass(frozen=True, slots=True)
class Span:
    """Something that goes on from one column to another, both included; `lane` is the line it stands in."""

    event: PlanEvent
    first: int
    last: int
    lane: int = 0


def spans_of(columns: Sequence[Column]) -> tuple[Span, ...]:
    """Return what goes on for more than one working day, packed into as few lines as it takes; days off join."""
    running: dict[PlanEvent, Span] = {}
    found: list[Span] = []
    for place, column in enumerate(columns):
        if column.off and not column.events:
            continue
        found += [running.pop(event) for event in list(running) if event not in column.events]
        for event in column.events:
            span = running.get(event)
            running[event] = Span(event, place, place) if span is None else replace(span, last=place)
    found += running.values()
    return _packed([span for span in found if span.last > span.first])


def _packed(spans: Sequence[Span]) -> tuple[Span, ...]:
    ends: list[int] = []
    placed = []
    for span in sorted(spans, key=lambda span: (span.first, -span.last)):
        lane = next((number for number, end in enumerate(ends) if end < span.first), len(ends))
        ends[lane : lane + 1] = [span.last]
        placed.append(replace(span, lane=lane))
    return tuple(placed)


def without_spans(column: Column, place: int, spans: Sequence[Span]) -> tuple[PlanEvent, ...]:
    """Return what happens on one day alone."""
    told = {span.event for span in spans if span.first <= place <= span.last}
    return tuple(event for event in column.events if event not in told)


def lanes_over(place: int, spans: Sequence[Span]) -> int:
    """Return how many lines stand over one column."""
    return max((span.lane + 1 for span in spans if span.first <= place <= span.last), default=0)
