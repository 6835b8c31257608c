"""Countdown: how long is left until an inspection is to be ready or on site, in the few words the header has room for.

A running inspection comes before all others.
"""

from collections.abc import Iterable
from datetime import date

from readiness.domain.calendar import WorkingDays
from readiness.domain.dates import written
from readiness.domain.views import InspectionRow


def nearest_inspection(rows: Iterable[InspectionRow], day: date) -> InspectionRow | None:
    """Return the inspection people must look at first: one that runs, else the one to be ready first."""
    rows = list(rows)
    running = [row for row in rows if is_running(row, day)]
    if running:
        return min(running, key=lambda row: row.on_site_from or row.notified_on or date.max)
    ahead = [row for row in rows if row.publication_on is None or row.publication_on > day] or rows
    return min(ahead, key=lambda row: row.ready_by or date.max, default=None)


def has_come(row: InspectionRow, day: date) -> bool:
    """Whether the call for an inspection has come by a day."""
    return row.notified_on is not None and row.notified_on <= day


def is_running(row: InspectionRow, day: date) -> bool:
    """Whether an inspection was announced and is not over: its report is still to come."""
    return has_come(row, day) and (row.publication_on is None or row.publication_on > day)


def countdown(row: InspectionRow, day: date, calendar: WorkingDays) -> str:
    """Return how long is left on a day, "4 working days to ready by 30 Apr 2021"; "" where nothing is dated."""
    if row.publication_on is not None and row.publication_on <= day:
        return f"report published {written(row.publication_on)}"
    if row.notified_on is not None and row.notified_on <= day:
        return _since_call(row, row.notified_on, day, calendar)
    return _until_ready(row.ready_by, day, calendar) if row.ready_by is not None else ""


def _since_call(row: InspectionRow, call: date, day: date, calendar: WorkingDays) -> str:
    start, end = row.on_site_from, row.on_site_to or row.on_site_from
    number = max(calendar.between(calendar.nth(call, 1), day) + 1, 1)  # a call on a Sunday: what comes is day 1
    if start is None or end is None:
        return f"day {number} since the call"
    if day < start:
        left = calendar.between(day, start)
        if left == 0:  # a first day on site that is no working day
            return f"day {number}, on site from {written(start)}"
        return f"day {number}, on site in {left} working {'day' if left == 1 else 'days'}"
    if day > end:
        return f"on site until {written(end)}, report to come"
    days = calendar.between(start, end) + calendar.is_working(start)
    if not calendar.is_working(day):
        return f"on site until {written(end)}"
    return f"on site: day {calendar.between(start, day) + calendar.is_working(start)} of {days}"


def _until_ready(ready_by: date, day: date, calendar: WorkingDays) -> str:
    left = calendar.between(day, ready_by)
    if day > ready_by:
        return f"was to be ready by {written(ready_by)}"
    if left == 0:
        return "to be ready today"
    return f"{left} working {'day' if left == 1 else 'days'} to ready by {written(ready_by)}"
