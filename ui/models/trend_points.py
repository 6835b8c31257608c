"""Trend points: readiness week by week, for the chart and for the table that says the same. Pure: no Qt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WEEKS = 12
"""How far back the trend looks."""

Readings = Mapping[str, tuple[float | None, ...]]
"""What `read_trend` answers: by inspection, readiness on each of the days asked for."""


@dataclass(frozen=True, slots=True)
class TrendLine:
    """The readiness of one inspection; a value stands for the day in the same place of `Trend.days`."""

    label: str
    values: tuple[float | None, ...]  # None: not tracked yet


@dataclass(frozen=True, slots=True)
class Trend:
    """What the chart and its table show."""

    days: tuple[date, ...]  # a week apart, oldest first; the last is today
    lines: tuple[TrendLine, ...]

    @property
    def has_history(self) -> bool:
        """Whether there is at least a week of it: one point makes no line."""
        return any(value is not None for line in self.lines for value in line.values[:-1])


@dataclass(frozen=True, slots=True)
class Ahead:
    """What the chart and its table show of a later day."""

    until: date  # after the last day of the trend
    values: tuple[float | None, ...]  # one a line; None: nothing applies
    marks: tuple[tuple[date, str], ...] = ()  # days on the way and their words, earliest first


def past_days(day: date) -> tuple[date, ...]:
    """Return the days to ask for: the same weekday in the last twelve weeks, oldest first, without today."""
    return tuple(day - timedelta(weeks=back) for back in range(WEEKS, 0, -1))


def trend(past: Readings, days: Sequence[date], today: date, now: Mapping[str, tuple[str, float | None]]) -> Trend:
    """Join what was with what is, and leave out the weeks before anything was tracked.

    Args:
        past: Readings for `days`.
        days: The days asked for, oldest first, all before today.
        today: The day of the board.
        now: The inspections to show, in order: id -> label and readiness today.
    """
    lines = [TrendLine(label, (*past.get(id_, (None,) * len(days)), value)) for id_, (label, value) in now.items()]
    all_days = (*days, today)
    first = next(
        (number for number in range(len(all_days)) if any(line.values[number] is not None for line in lines)),
        len(all_days) - 1,
    )
    return Trend(all_days[first:], tuple(TrendLine(line.label, line.values[first:]) for line in lines))


def reading(past: Readings, days: Sequence[date], inspection_id: str, day: date) -> float | None:
    """Return the readiness of one inspection on one of the days; None: not tracked then."""
    values = past.get(inspection_id)
    return values[days.index(day)] if values and day in days else None
