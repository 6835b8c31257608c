"""Notification: the call as somebody records it, and what it means, said back in words before it is written.

Source: domain.md, 1.3, 2.1 and 2.3; design.md, section 5.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from readiness.domain.calendar import WorkingDays
from readiness.domain.dates import checked_day, written
from readiness.domain.errors import BadValue
from readiness.domain.plain_words import counted
from readiness.domain.schemes import HANDBOOK, Event, VisitType
from readiness.domain.views import InspectionRow

_TIME = re.compile(r"(?P<hour>[01]?[0-9]|2[0-3])[:.](?P<minute>[0-5][0-9])")
_BEFORE_CALL = "before the call on"
MOST_DAYS_LATER = 366
"""So long after the call may the last day on site be: a plan has a place for each day up to then."""


@dataclass(frozen=True, slots=True)
class Call:
    """What was said on the telephone."""

    day: date
    time: str = ""  # "09:15"; "" when nobody wrote it down
    visit: str = ""  # code of the kind of visit, "short"
    on_site_from: date | None = None
    on_site_to: date | None = None


def read_time(text: str) -> str:
    """Return a time of day as the record keeps it, "09:15"; "" for none. Raises BadValue."""
    tidy = text.strip()
    if not tidy:
        return ""
    found = _TIME.fullmatch(tidy)
    if found is None:
        raise BadValue(f"“{tidy}” is not a time of day. Write it as 09:15, or leave it empty.")
    return f"{int(found['hour']):02}:{found['minute']}"


def checked_call(call: Call) -> Call:
    """Return a call that can be recorded. Raises BadValue: days out of order, a day or time that is none.

    A day off or a day in the past is no fault: `said_back` says what it means.
    """
    for day in (call.day, call.on_site_from, call.on_site_to):
        if day is not None:
            checked_day(day)
    start, end = call.on_site_from, call.on_site_to
    if start is None and end is not None:
        raise BadValue("A last day on site needs a first one. Write from when inspectors are on site.")
    if start is not None and start < call.day:
        raise BadValue(f"Inspectors cannot be on site {_BEFORE_CALL} {written(call.day)}. Choose a later day.")
    if start is not None and end is not None and end < start:
        raise BadValue("The last day on site lies before the first. Choose a later last day.")
    last = end or start
    if last is not None and (last - call.day).days > MOST_DAYS_LATER:
        raise BadValue(f"The days on site lie more than a year after the call on {written(call.day)}. Check the year.")
    return Call(call.day, read_time(call.time), call.visit, start, end)


def checked_event(row: InspectionRow, event: Event, day: date) -> date:
    """Return a day on which an event of an inspection can have happened. Raises BadValue."""
    checked_day(day)
    if row.notified_on is None:
        raise BadValue(f"The call for {row.short_title} is not recorded yet. Record the call first.")
    if day < row.notified_on:
        raise BadValue(f"“{event.label}” cannot be {_BEFORE_CALL} {written(row.notified_on)}. Choose a later day.")
    draft, report = row.draft_report_on, row.publication_on
    if event is Event.PUBLICATION and draft is not None and day < draft:
        raise BadValue(f"The report cannot be published before its draft of {written(draft)}. Choose a later day.")
    if event is Event.DRAFT_REPORT and report is not None and day > report:
        raise BadValue(f"The draft cannot come after the report of {written(report)}. Choose an earlier day.")
    return day


def said_back(
    call: Call, row: InspectionRow, visit: VisitType | None, today: date, calendar: WorkingDays
) -> tuple[str, ...]:
    """Return what a call means, in sentences: to be read before it is recorded.

    Args:
        call: As it is about to be recorded.
        row: The inspection it is for.
        visit: The kind of visit it announces; None: not known.
        today: The day it is recorded on.
        calendar: The working days that count.
    """
    first = calendar.nth(call.day, 1)
    said = [_first_day(call.day, first, calendar), *_when(call, first, today, calendar)]
    if call.on_site_from is not None:
        said.append(_on_site(call.on_site_from, call.on_site_to or call.on_site_from, visit, calendar))
    if row.notified_on is not None and row.notified_on != call.day:
        said.append(f"This takes the place of the call of {written(row.notified_on)}.")
    return (*said, *_overtaken(call.day, row))


def weekday(day: date) -> str:
    """Return a day with its name, "Mon 13 Sep 2021"."""
    return f"{_WEEKDAYS[day.weekday()]} {written(day)}"


_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WHY_OFF = {"weekend": "at the weekend", "bank holiday": "a bank holiday", "council closed": "a closure of the council"}


def _first_day(day: date, first: date, calendar: WorkingDays) -> str:
    if day == first:
        return f"Day 1 is {weekday(first)}."
    return f"{weekday(day)} is {_WHY_OFF[calendar.why_off(day)]}, so day 1 is {weekday(first)}."


def _when(call: Call, first: date, today: date, calendar: WorkingDays) -> Sequence[str]:
    day, last = call.day, call.on_site_to or call.on_site_from
    if day > today:
        return (f"That day is still to come: {counted(calendar.between(today, day), 'working day')} from today.",)
    if day == today:
        return ()
    number = calendar.between(first, today) + 1
    since = "yesterday" if (today - day).days == 1 else f"{(today - day).days:,} days ago"
    if last is not None and last < today:
        return (f"The call came {since}, and the days on site are over.",)
    return (f"The call came {since}: today is working day {number:,}." if number > 0 else f"The call came {since}.",)


def _overtaken(day: date, row: InspectionRow) -> Sequence[str]:
    """Name the events that are recorded for days before a call."""
    recorded = ((event, getattr(row, event.value)) for event in Event)
    return tuple(
        f"“{event.label}” is recorded for {written(on)}, before this call: correct it afterwards."
        for event, on in recorded
        if on is not None and on < day
    )


def _on_site(start: date, end: date, visit: VisitType | None, calendar: WorkingDays) -> str:
    days = calendar.between(start, end) + calendar.is_working(start)
    said = f"Inspectors are on site from {weekday(start)} to {weekday(end)}: {counted(days, 'working day')}."
    for day in dict.fromkeys((start, end)):
        if not calendar.is_working(day):
            said += f" {weekday(day)} is {_WHY_OFF[calendar.why_off(day)]}."
    if visit is not None and not visit.verified:
        said += f" {HANDBOOK.capitalize()}."
    return said
