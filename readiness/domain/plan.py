"""Plan: what an inspection asks for, day by day, from a call that came, is expected, or is only imagined.

Pure: the checklist, its framework and a day of the call go in, days come out; nothing is recorded. Items stand in
groups that share a date, so that a thousand items are planned as quickly as twenty. Source: design.md, section 5.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from readiness.domain.calendar import ONE_DAY, WorkingDays
from readiness.domain.due import Anchor, DueRule, Milestones, due_date, explain_due, parse_due_rule
from readiness.domain.errors import BadValue
from readiness.domain.schemes import Event, Expected, TimetableEntry, VisitType
from readiness.domain.scoring import BELOW_CHECKED
from readiness.domain.views import FrameworkDraft, InspectionRow, ItemRow

HEAVY = 5
"""From so many unfinished items due on one day on, somebody is said to be overloaded."""

LONGEST_RUN = timedelta(days=1100)
"""So long after the call may inspectors be on site in a plan, whatever a record holds: each day gets its place."""

_EVENT_OF = {
    Anchor.SELECTION: Event.SELECTION,
    Anchor.DRAFT_REPORT: Event.DRAFT_REPORT,
    Anchor.BEFORE_PUBLICATION: Event.PUBLICATION,
    Anchor.PUBLICATION: Event.PUBLICATION,
}


class Basis(Enum):
    """Where the day of the call comes from."""

    CALLED = "called"  # it is recorded
    PLANNED = "planned"  # the planning date stands in for it
    REHEARSED = "rehearsed"  # somebody asked “what if”


@dataclass(frozen=True, slots=True)
class PlanGroup:
    """Items that are due on the same day for the same reason."""

    due: date | None
    why: str  # "day 2", "set by hand", "selection + 2 (expected)"
    items: tuple[ItemRow, ...]
    estimated: bool = False  # hangs on an event that has not come; the day is only a planning date
    by_hand: bool = False
    is_held: bool = False  # held ready: no matter of one day
    waits_for: Event | None = None  # what dates it

    @property
    def unfinished(self) -> tuple[ItemRow, ...]:
        """Those that are below Checked."""
        return tuple(item for item in self.items if item.status in BELOW_CHECKED)


@dataclass(frozen=True, slots=True)
class PlanEvent:
    """Something that happens on a day."""

    title: str
    verified: bool = True  # or recorded
    estimated: bool = False  # its day hangs on an event that has not come


@dataclass(frozen=True, slots=True)
class PlanDay:
    """One day of the plan."""

    day: date
    number: int | None  # which working day, the day of the call being 1; None: before it, or a day off
    on_site: int | None = None  # which day on site
    off: str = ""  # why nobody works, "Early May bank holiday", "council closed"; "" on working days
    events: tuple[PlanEvent, ...] = ()
    groups: tuple[PlanGroup, ...] = ()

    @property
    def items(self) -> tuple[ItemRow, ...]:
        """All that is due on the day."""
        return tuple(item for group in self.groups for item in group.items)


@dataclass(frozen=True, slots=True)
class Overload:
    """One owner with a heavy day."""

    day: date
    owner: str  # or the service, where nobody is named
    items: tuple[ItemRow, ...]  # unfinished


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole plan of one inspection."""

    inspection: InspectionRow
    basis: Basis
    call: date
    visit: VisitType | None
    milestones: Milestones  # recorded days, and proposed or expected ones in the place of those that are not
    estimated: frozenset[Event]  # events whose day is only expected
    days: tuple[PlanDay, ...]  # every day from day 1 to the last on site, then the days on which something is due
    held: tuple[PlanGroup, ...]  # held ready: asked for from day 1 on
    before: tuple[PlanGroup, ...]  # the rest that is due before day 1, such as days set by hand; earliest first
    undated: tuple[PlanGroup, ...]  # wait for an event that nobody can date yet
    not_ready: tuple[ItemRow, ...]  # below Checked though held ready or due by day 3
    overloads: tuple[Overload, ...]  # heaviest first
    off: tuple[PlanDay, ...]  # weekdays from the call to the last day on site on which nobody works
    on_days_off: tuple[PlanGroup, ...]  # set by hand to a day on which nobody works

    @property
    def last(self) -> date:
        """The last day on site; the day of the call where nobody comes."""
        return self.milestones.on_site_to or self.call


def propose_on_site(visit: VisitType, call: date, calendar: WorkingDays) -> tuple[date, date]:
    """Return the first and the last day on site that a kind of visit proposes for a call, both working days."""
    start = due_date(parse_due_rule(visit.on_site_from), Milestones(notified_on=call), calendar)
    start = start if start is not None else calendar.nth(call, 1)
    return start, calendar.nth(start, visit.on_site_days)


def visit_of(framework: FrameworkDraft | None, code: str) -> VisitType | None:
    """Return a kind of visit by its code; the usual one where none is named; None where the framework has none."""
    visits = framework.visits if framework is not None else ()
    return next((visit for visit in visits if visit.code == code), visits[0] if visits and not code else None)


class Planner:
    """Plans one checklist for as many calls as are asked: what does not depend on the call is worked out once."""

    def __init__(
        self,
        inspection: InspectionRow,
        items: Iterable[ItemRow],
        framework: FrameworkDraft | None,
        calendar: WorkingDays,
    ) -> None:
        self._inspection, self._framework, self._calendar = inspection, framework, calendar
        self._groups = _grouped(item for item in items if item.inspection_id == inspection.id)

    def plan(self) -> Plan | None:
        """Return the plan from the call as it is recorded, else from the planning date; None: neither is known."""
        row = self._inspection
        if row.notified_on is not None:
            return self._made(Basis.CALLED, row.notified_on, visit_of(self._framework, row.visit), _recorded(row))
        planned = _recorded(row).planning_date(self._calendar)
        if planned is None:
            return None
        visit = visit_of(self._framework, row.visit)
        return self._made(Basis.PLANNED, planned, visit, replace(_recorded(row), notified_on=planned))

    def rehearse(self, call: date, visit: VisitType | None = None) -> Plan:
        """Return the plan for a call on some day. What is recorded of a real call is put aside.

        Args:
            call: The imagined day of the call.
            visit: The imagined kind of visit; None: the usual one.
        """
        known = Milestones(ready_by=self._inspection.ready_by, notified_on=call)
        return self._made(Basis.REHEARSED, call, visit or visit_of(self._framework, ""), known)

    def _made(self, basis: Basis, call: date, visit: VisitType | None, known: Milestones) -> Plan:
        calendar = self._calendar
        milestones, estimated = _expected(known, call, visit, self._framework, calendar)
        dated = [_dated(key, items, milestones, estimated, calendar) for key, items in self._groups.items()]
        held = tuple(group for group in dated if group.is_held)
        groups = [group for group in dated if not group.is_held]
        first = calendar.nth(call, 1)
        days = _days(first, milestones, groups, self._events(milestones, estimated, visit), calendar)
        last = milestones.on_site_to or first
        return Plan(
            inspection=self._inspection,
            basis=basis,
            call=call,
            visit=visit,
            milestones=milestones,
            estimated=estimated,
            days=days,
            held=held,
            before=tuple(sorted((g for g in groups if g.due and g.due < first), key=_by_date)),
            undated=tuple(group for group in groups if group.due is None),
            not_ready=_not_ready([*held, *groups], calendar.nth(first, 3)),
            overloads=_overloads(groups, first),
            off=tuple(day for day in days if day.off and day.day.weekday() < 5 and day.day <= last),
            on_days_off=tuple(g for g in groups if g.by_hand and g.due and not calendar.is_working(g.due)),
        )

    def _events(
        self, milestones: Milestones, estimated: frozenset[Event], visit: VisitType | None
    ) -> dict[date, list[PlanEvent]]:
        """Return what happens on which day: the timetable's entries and the recorded or expected events."""
        found: dict[date, list[PlanEvent]] = {}
        entries = self._framework.timetable if self._framework is not None else ()
        for entry in entries:
            if visit is None or not entry.visits or visit.code in entry.visits:
                for day in _days_of(entry, milestones, self._calendar):
                    made = PlanEvent(entry.title, entry.verified, _hangs_on(entry.when) in estimated)
                    found.setdefault(day, []).append(made)
        sure = {each.event for each in (self._framework.expected if self._framework else ()) if each.verified}
        for event in Event:
            day, is_expected = getattr(milestones, event.value), event in estimated
            if day is not None:
                made = PlanEvent(event.label, not is_expected or event in sure, is_expected)
                found.setdefault(day, []).append(made)
        return found


GroupKey = tuple[str, date | None]
"""A due rule as it is written, and a date set by hand that wins over it."""


def _grouped(items: Iterable[ItemRow]) -> dict[GroupKey, tuple[ItemRow, ...]]:
    found: dict[GroupKey, list[ItemRow]] = {}
    for item in items:
        if item.status.credit is not None:  # what does not apply asks nothing of anybody
            key = ("", item.due_override) if item.due_override is not None else (item.due_rule, None)
            found.setdefault(key, []).append(item)
    return {key: tuple(together) for key, together in found.items()}


def _recorded(row: InspectionRow) -> Milestones:
    return Milestones(
        row.ready_by, row.expected_from, row.notified_on, row.on_site_from, row.on_site_to, row.selection_on,
        row.draft_report_on, row.publication_on,
    )  # fmt: skip


def _expected(
    known: Milestones, call: date, visit: VisitType | None, framework: FrameworkDraft | None, calendar: WorkingDays
) -> tuple[Milestones, frozenset[Event]]:
    """Return the milestones with what is proposed and expected in the gaps, and which events are only expected."""
    if visit is not None and known.on_site_from is None:
        start, end = propose_on_site(visit, call, calendar)
        known = replace(known, on_site_from=start, on_site_to=known.on_site_to or end)
    latest = call + LONGEST_RUN
    if max(known.on_site_from or call, known.on_site_to or call) > latest:  # written by hand into a file, or merged
        first, last = (min(day, latest) if day else None for day in (known.on_site_from, known.on_site_to))
        known = replace(known, on_site_from=first, on_site_to=last)
    estimated: set[Event] = set()
    for expected in framework.expected if framework is not None else ():
        day = _day_expected(expected, known, calendar)
        if getattr(known, expected.event.value) is None and day is not None:
            known = replace(known, **{expected.event.value: day})
            estimated.add(expected.event)
    return known, frozenset(estimated)


def _day_expected(expected: Expected, known: Milestones, calendar: WorkingDays) -> date | None:
    if expected.when:
        return due_date(parse_due_rule(expected.when), known, calendar)
    if known.on_site_to is None or not expected.days_after:
        return None
    return calendar.nth(known.on_site_to + timedelta(days=expected.days_after), 1)


def _rule(text: str) -> DueRule | None:
    try:
        return parse_due_rule(text) if text else None
    except BadValue:  # a newer version's rule: the item waits undated
        return None


def _hangs_on(text: str) -> Event | None:
    rule = _rule(text)
    return _EVENT_OF.get(rule.anchor) if rule is not None else None


def _dated(
    key: GroupKey,
    items: tuple[ItemRow, ...],
    milestones: Milestones,
    estimated: frozenset[Event],
    calendar: WorkingDays,
) -> PlanGroup:
    text, by_hand = key
    if by_hand is not None:
        return PlanGroup(by_hand, "set by hand", items, by_hand=True)
    rule = _rule(text)
    if rule is None:
        return PlanGroup(None, text, items)
    event = _EVENT_OF.get(rule.anchor)
    is_estimated = event in estimated
    why = f"{rule} (expected)" if is_estimated else explain_due(rule, milestones)
    due = due_date(rule, milestones, calendar)
    return PlanGroup(due, why, items, estimated=is_estimated, is_held=rule.anchor is Anchor.HELD_READY, waits_for=event)


def _days_of(entry: TimetableEntry, milestones: Milestones, calendar: WorkingDays) -> Iterator[date]:
    """Yield the days of an entry: one, or every working day up to its end."""
    start, until = _rule(entry.when), _rule(entry.until)
    first = due_date(start, milestones, calendar) if start is not None else None
    if first is None:
        return
    last = due_date(until, milestones, calendar) if until is not None else first
    yield first
    day = first
    while last is not None and (day := calendar.add(day, 1)) <= last:
        yield day


def _days(
    first: date,
    milestones: Milestones,
    groups: Sequence[PlanGroup],
    events: Mapping[date, Sequence[PlanEvent]],
    calendar: WorkingDays,
) -> tuple[PlanDay, ...]:
    by_day: dict[date, list[PlanGroup]] = {}
    for group in groups:
        if group.due is not None and group.due >= first:
            by_day.setdefault(group.due, []).append(group)
    last = max(milestones.on_site_to or first, first)
    span = (first + timedelta(days=number) for number in range((last - first).days + 1))
    wanted = sorted({*span, *by_day, *(day for day in events if day >= first)})
    made: list[PlanDay] = []
    number, on_site, counted = 0, 0, first - ONE_DAY
    for day in wanted:
        works = calendar.is_working(day)
        number += works if day - counted == ONE_DAY else calendar.between(counted, day)
        counted = day
        inside = bool(milestones.on_site_from and milestones.on_site_to) and (
            (milestones.on_site_from or day) <= day <= (milestones.on_site_to or day)
        )
        on_site += works and inside
        made.append(
            PlanDay(
                day,
                number if works else None,
                on_site if works and inside else None,
                calendar.why_off(day),
                tuple(events.get(day, ())),
                tuple(by_day.get(day, ())),
            )
        )
    return tuple(made)


def _not_ready(groups: Iterable[PlanGroup], day_three: date) -> tuple[ItemRow, ...]:
    asked = (group for group in groups if group.is_held or (group.due is not None and group.due <= day_three))
    return tuple(item for group in asked for item in group.unfinished)


def _overloads(groups: Iterable[PlanGroup], first: date) -> tuple[Overload, ...]:
    """Return who has a heavy day from the call on, heaviest first."""
    loads: dict[tuple[date, str], list[ItemRow]] = {}
    for group in groups:
        if group.due is None or group.due < first:
            continue
        for item in group.unfinished:
            loads.setdefault((group.due, item.owner or item.service or "Nobody named"), []).append(item)
    heavy = [Overload(day, owner, tuple(items)) for (day, owner), items in loads.items() if len(items) >= HEAVY]
    return tuple(sorted(heavy, key=lambda load: (-len(load.items), load.day, load.owner)))


def _by_date(group: PlanGroup) -> date:
    return group.due or date.max


def by_owner(items: Iterable[ItemRow]) -> tuple[tuple[str, int], ...]:
    """Return how many of some items each owner has, most first; the service stands in where nobody is named."""
    counts = Counter(item.owner or item.service or "Nobody named" for item in items)
    return tuple(sorted(counts.items(), key=lambda each: (-each[1], each[0])))
