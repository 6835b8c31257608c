"""Notification: recording the call and what follows it, and the council's closures. Each is one undoable step."""

import json
from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy.orm import Session

from readiness.domain.dates import checked_day, written
from readiness.domain.errors import BadValue
from readiness.domain.notification import Call, checked_call, checked_event
from readiness.domain.schemes import Event
from readiness.domain.steps import Step, sets
from readiness.services.boards import read_calendar, read_inspection
from readiness.services.records import find
from readiness.services.unsettled import all_settled
from readiness.storage.tables import Inspection
from readiness.storage.workspace import workspace_id

MOST_CLOSED_DAYS = 400


def record_call(session: Session, inspection_id: str, call: Call) -> Step:
    """Record the call: it dates every item, as one step. Raises NotFound, BadValue and InConflict."""
    found = find(session, Inspection, inspection_id)
    checked = checked_call(call)
    made = sets(
        "inspection",
        inspection_id,
        notified_on=checked.day,
        notified_at=checked.time,
        visit=checked.visit,
        on_site_from=checked.on_site_from,
        on_site_to=checked.on_site_to,
    )
    label = f"Record the call for {found.short_title}, {written(checked.day)}"
    return Step(label, all_settled(session, made, "you record the call"))


def withdraw_call(session: Session, inspection_id: str) -> Step:
    """Take a recorded call back, and what was recorded after it: it was a mistake, or the visit is put off."""
    found = find(session, Inspection, inspection_id)
    if found.notified_on is None:
        raise BadValue(f"No call is recorded for {found.short_title}. There is nothing to take back.")
    dates = dict.fromkeys(("notified_on", "on_site_from", "on_site_to", *(event.value for event in Event)))
    made = sets("inspection", inspection_id, **dates, notified_at="", visit="")
    return Step(f"Take back the call for {found.short_title}", all_settled(session, made, "you take the call back"))


def record_event(session: Session, inspection_id: str, event: Event, day: date | None) -> Step:
    """Record on which day something happened after the call (None: it has not): it dates what hangs on it."""
    row = read_inspection(session, inspection_id)
    checked = checked_event(row, event, day) if day is not None else None
    made = all_settled(session, sets("inspection", row.id, **{event.value: checked}), "you record it")
    if checked is None:
        return Step(f"Clear “{event.label}” of {row.short_title}", made)
    return Step(f"Record “{event.label}” for {row.short_title}, {written(checked)}", made)


def set_closures(session: Session, days: Iterable[date]) -> Step:
    """Keep on which days the council is shut; due dates count them as no working days. Raises BadValue."""
    wanted = sorted({checked_day(day) for day in days})
    if len(wanted) > MOST_CLOSED_DAYS:
        raise BadValue(f"{len(wanted)} closed days are too many. Keep {MOST_CLOSED_DAYS} at the most.")
    before = read_calendar(session).closures
    added, gone = sorted(set(wanted) - before), sorted(before - set(wanted))
    made = sets("workspace", workspace_id(session), closures=json.dumps([day.isoformat() for day in wanted]))
    return Step(_closures_label(added, gone), all_settled(session, made, "you change it"))


def read_closures(session: Session) -> tuple[date, ...]:
    """Return the days on which the council is shut, in order."""
    return tuple(sorted(read_calendar(session).closures))


def days_between(first: date, last: date) -> tuple[date, ...]:
    """Return the weekdays of a closure, both ends included. Raises BadValue when it ends before it begins."""
    if last < first:
        raise BadValue("The closure ends before it begins. Choose a later last day.")
    if (last - first).days > MOST_CLOSED_DAYS:
        raise BadValue("A closure cannot be longer than a year. Write the days that are really closed.")
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return tuple(day for day in days if day.weekday() < 5)


def _closures_label(added: list[date], gone: list[date]) -> str:
    if added and not gone:
        return f"Close the council on {_several(added)}"
    if gone and not added:
        return f"Open the council on {_several(gone)}"
    return "Change the council’s closures"


def _several(days: list[date]) -> str:
    return written(days[0]) if len(days) == 1 else f"{len(days)} days from {written(days[0])}"
