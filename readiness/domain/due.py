"""Due rules: a small grammar that says when an item is due, and the day it comes to.

    held ready · day N · week N · before on site · on site · on site day N · last day
    selection + N · draft report + N · before publication · publication + N

All counts but weeks are working days; the week of day 1 is week 1. Source: design.md, section 5;
checklists.md, section 4.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from readiness.domain.calendar import BEYOND, WorkingDays
from readiness.domain.errors import BadValue


class Anchor(Enum):
    """What a rule hangs on; the value is how the rule is written."""

    HELD_READY = "held ready"
    DAY = "day"
    WEEK = "week"
    BEFORE_ON_SITE = "before on site"
    ON_SITE = "on site"
    ON_SITE_DAY = "on site day"
    LAST_DAY = "last day"
    SELECTION = "selection +"
    DRAFT_REPORT = "draft report +"
    BEFORE_PUBLICATION = "before publication"
    PUBLICATION = "publication +"


_PLAIN = {
    anchor.value: anchor
    for anchor in (Anchor.HELD_READY, Anchor.BEFORE_ON_SITE, Anchor.ON_SITE, Anchor.LAST_DAY, Anchor.BEFORE_PUBLICATION)
}
_COUNTED = re.compile(
    r"(?P<anchor>day|week|on site day|selection \+|draft report \+|publication \+) (?P<days>[0-9]{1,3})"
)
COUNTED_FROM_CALL = frozenset({Anchor.DAY, Anchor.WEEK})
GRAMMAR = (
    "held ready, day N, week N, before on site, on site, on site day N, last day, selection + N, draft report + N, "
    "before publication or publication + N"
)


@dataclass(frozen=True, slots=True)
class DueRule:
    """A parsed rule: `days` is 0 where the anchor takes none."""

    anchor: Anchor
    days: int = 0

    def __str__(self) -> str:
        return f"{self.anchor.value} {self.days}" if self.days else self.anchor.value


@dataclass(frozen=True, slots=True)
class Milestones:
    """The recorded days of one inspection that rules hang on; None: not recorded yet."""

    ready_by: date | None = None
    expected_from: date | None = None
    notified_on: date | None = None
    on_site_from: date | None = None
    on_site_to: date | None = None
    selection_on: date | None = None
    draft_report_on: date | None = None
    publication_on: date | None = None

    def first_day(self, calendar: WorkingDays) -> date | None:
        """Day 1: the day of the call, or of what stands in for it; a call on a day off counts from the next one."""
        start = self.notified_on or self.planning_date(calendar)
        return calendar.nth(start, 1) if start is not None else None

    def planning_date(self, calendar: WorkingDays) -> date | None:
        """The day that stands in for the call: expected_from, else the working day after ready_by."""
        if self.expected_from is not None:
            return self.expected_from
        return calendar.add(self.ready_by, 1) if self.ready_by is not None else None


def parse_due_rule(text: str) -> DueRule:
    """Read a rule, forgiving case and spaces. Raises BadValue with the grammar when it is none."""
    tidy = " ".join(text.lower().replace("+", " + ").split())
    if tidy in _PLAIN:
        return DueRule(_PLAIN[tidy])
    match = _COUNTED.fullmatch(tidy)
    if match is None or int(match["days"]) < 1:
        raise BadValue(f"“{text}” is not a due rule. Write {GRAMMAR}; N is a number, 1 to 999.")
    return DueRule(Anchor(match["anchor"]), int(match["days"]))


def due_date(rule: DueRule, milestones: Milestones, calendar: WorkingDays) -> date | None:
    """Return the day a rule comes to (a working day, but for a ready-by date as people set it); None: unset yet."""
    match rule.anchor:
        case Anchor.HELD_READY:
            return _held_ready(milestones, calendar)
        case Anchor.DAY:
            first = milestones.first_day(calendar)
            return calendar.nth(first, rule.days) if first else None
        case Anchor.WEEK:
            first = milestones.first_day(calendar)
            return calendar.nth(_monday(first, rule.days, first), 1) if first else None
        case Anchor.BEFORE_ON_SITE:
            return calendar.add(milestones.on_site_from, -1) if milestones.on_site_from else None
        case Anchor.ON_SITE:
            return calendar.nth(milestones.on_site_from, 1) if milestones.on_site_from else None
        case Anchor.ON_SITE_DAY:
            return calendar.nth(milestones.on_site_from, rule.days) if milestones.on_site_from else None
        case Anchor.LAST_DAY:
            return calendar.last_up_to(milestones.on_site_to) if milestones.on_site_to else None
        case Anchor.SELECTION:
            return calendar.add(milestones.selection_on, rule.days) if milestones.selection_on else None
        case Anchor.DRAFT_REPORT:
            return calendar.add(milestones.draft_report_on, rule.days) if milestones.draft_report_on else None
        case Anchor.BEFORE_PUBLICATION:
            return calendar.add(milestones.publication_on, -1) if milestones.publication_on else None
        case Anchor.PUBLICATION:
            return calendar.add(milestones.publication_on, rule.days) if milestones.publication_on else None


def _held_ready(milestones: Milestones, calendar: WorkingDays) -> date | None:
    """The ready-by date; once the call has come, day 1 at the latest: what is held ready is asked for from then on."""
    if milestones.notified_on is None:
        return milestones.ready_by
    first = calendar.nth(milestones.notified_on, 1)
    return min(milestones.ready_by, first) if milestones.ready_by else first


def _monday(day: date, week: int, earliest: date) -> date:
    """Return the Monday of a calendar week, of which the one with `day` is the first; never before `earliest`."""
    try:
        return max(day - timedelta(days=day.weekday()) + timedelta(weeks=week - 1), earliest)
    except OverflowError:
        raise BadValue(BEYOND) from None


def explain_due(rule: DueRule, milestones: Milestones) -> str:
    """Return the rule in words, and say so where a planning date stands in for the call."""
    if milestones.notified_on is None:
        return f"{rule} (planning date)" if rule.anchor in COUNTED_FROM_CALL else str(rule)
    if rule.anchor is Anchor.HELD_READY and (not milestones.ready_by or milestones.ready_by > milestones.notified_on):
        return "held ready (the call has come)"
    return str(rule)


def is_due_by_day_three(rule: DueRule) -> bool:
    """Whether a rule asks for the item on or before day 3, or held ready."""
    return rule.anchor is Anchor.HELD_READY or (rule.anchor is Anchor.DAY and rule.days <= DAY_ONE_WINDOW)


DAY_ONE_WINDOW = 3
"""Day-one readiness counts what is asked for up to this working day. Source: design.md, section 5."""
