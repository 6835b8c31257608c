"""Scoring: how ready a checklist is, and what each item's state means on a day. Pure rules: no database, no clock.

Evidence is not tracked yet: effective credit is the plain credit of the status, and the rating rules that need
evidence take no part. Source: design.md, section 5.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from operator import attrgetter

from readiness.domain.calendar import WorkingDays
from readiness.domain.views import ItemRow
from readiness.domain.vocabulary import ItemStatus, Priority, Rating

SOON_WORKING_DAYS = 10
"""Nearer than this many working days, an item that lags behind is at risk or off track."""

_WEIGHED = attrgetter("status", "priority")
BELOW_CHECKED = frozenset({ItemStatus.NOT_STARTED, ItemStatus.GATHERING, ItemStatus.DRAFTED})
"""The statuses of items that still have work in them."""


def soon_after(day: date, calendar: WorkingDays) -> date:
    """Return the last day that is still "within 10 working days" of a day."""
    return calendar.add(day, SOON_WORKING_DAYS)


def rating(status: ItemStatus, priority: Priority, due: date | None, day: date, soon: date) -> Rating:
    """Return what an item's state means on a day.

    Args:
        status: The item's status.
        priority: The item's priority.
        due: The day it is due; None while the event that dates it has not been recorded: neither late nor soon.
        day: The day that is judged.
        soon: `soon_after(day)`, passed in because it is the same for every item.
    """
    if status is ItemStatus.NOT_APPLICABLE:
        return Rating.NOT_APPLICABLE
    if status in BELOW_CHECKED and due is not None:
        if due < day:
            return Rating.OFF_TRACK
        if status is ItemStatus.NOT_STARTED and priority is Priority.ESSENTIAL and due <= soon:
            return Rating.OFF_TRACK
    if status is ItemStatus.SIGNED_OFF:
        return Rating.COMPLETE
    if status is ItemStatus.CHECKED:
        return Rating.ON_TRACK
    if status is not ItemStatus.NOT_STARTED and (due is None or due > soon):
        return Rating.ON_TRACK
    return Rating.AT_RISK


def explain_rating(item: ItemRow, day: date, calendar: WorkingDays) -> str:
    """Return why an item has its rating, in a few words."""
    if item.status is ItemStatus.NOT_APPLICABLE:
        return "takes no part in this inspection"
    if item.status is ItemStatus.SIGNED_OFF:
        return "signed off"
    if item.status is ItemStatus.CHECKED:
        return "checked, not yet signed off"
    state = "not started" if item.status is ItemStatus.NOT_STARTED else "not yet checked"
    if item.due is None:
        return f"no date yet, {state}"
    away = calendar.between(day, item.due)
    if item.due < day:
        late = max(-away, 1)
        return f"{late} working {'day' if late == 1 else 'days'} late, {state}"
    if item.due == day:
        return f"due today, {state}"
    if away == 0:
        return f"due before the next working day, {state}"
    return f"due in {away} working {'day' if away == 1 else 'days'}, {state}"


def readiness(items: Iterable[ItemRow]) -> float | None:
    """Return how ready items are: sum(weight x credit) / sum(weight) over those that apply.

    Returns:
        Percent, 0.0 to 100.0, unrounded; None when nothing applies (an empty checklist is not a ready one).
    """
    earned = total = 0
    for (status, priority), count in Counter(map(_WEIGHED, items)).items():
        if status.credit is not None:
            total += count * priority.weight
            earned += count * priority.weight * status.credit
    return earned / total if total else None


def day_one_readiness(items: Iterable[ItemRow]) -> float | None:
    """Return readiness over what is held ready or due on or before day 3; None when nothing of that applies."""
    return readiness(item for item in items if item.day_one)
