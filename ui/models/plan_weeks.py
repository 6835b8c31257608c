"""Plan weeks: a plan cut into what one screen shows: before the call, each calendar week, and after. Pure: no Qt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from readiness.domain.calendar import WorkingDays
from readiness.domain.plain_words import counted
from readiness.domain.plan import Basis, Plan, PlanDay, PlanEvent, PlanGroup
from readiness.domain.scoring import BELOW_CHECKED, rating, soon_after
from readiness.domain.views import ItemRow
from readiness.domain.vocabulary import Rating
from ui.models.overview_words import without_year
from ui.models.plan_words import named_day

BEFORE, AFTER = "before", "after"
MOST_COLUMNS = 5
_WORST = {each: place for place, each in enumerate(Rating)}
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class DueEntry:
    """An item as it stands in a column."""

    item: ItemRow
    rating: Rating
    why: str  # "day 3"
    mark: str = ""  # "by hand", "expected", or its day where a column holds several


@dataclass(frozen=True, slots=True)
class Column:
    """One day of the timetable, or what stands beside the days: held ready, earlier, later, no date yet."""

    key: str
    heading: str  # "Tue 18 May"
    notes: tuple[str, ...] = ()  # at its right, the fullest first, each shorter where the room ends
    off: str = ""  # why nobody works, "bank holiday"
    is_today: bool = False
    is_past: bool = False
    is_planned: bool = False  # from day 1 to the last day on site
    events: tuple[PlanEvent, ...] = ()
    entries: tuple[DueEntry, ...] = ()  # worst first
    label: str = ""  # says in the Checklist what its rows are, "Due Tue 18 May"

    @property
    def items(self) -> tuple[str, ...]:
        """The ids of what is due."""
        return tuple(entry.item.id for entry in self.entries)

    @property
    def spoken(self) -> str:
        """The column as a screen reader says it."""
        events = ", ".join(f"{event.title}{' (expected)' if event.estimated else ''}" for event in self.events)
        due = counted(len(self.entries), "item") + (" due" if self.label.startswith("Due") else "")
        parts = (self.heading, self.notes[0] if self.notes else "", self.off, events, due)
        return "; ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class WeekName:
    """One choice of the switch; `first` is the Monday of a week, None for what lies before and after."""

    key: str
    title: str  # "Week 1 · 13–17 Sep"
    first: date | None = None


class PlanWeeks:
    """The weeks of one plan. Columns are made when they are asked for: a plan may hold thousands of items."""

    def __init__(self, plan: Plan, today: date, calendar: WorkingDays) -> None:
        self.plan, self._calendar = plan, calendar
        self._today = None if plan.basis is Basis.REHEARSED else today
        self._by_day = {day.day: day for day in plan.days}
        self._first = plan.days[0].day
        self._monday = self._first - timedelta(days=self._first.weekday())
        weeks = (max(plan.last, self._first) - self._monday).days // 7 + 1
        self._end = self._monday + weeks * _WEEK  # the Monday after
        self._soon = soon_after(self._first, calendar)
        self.names = self._names(weeks)

    def _names(self, weeks: int) -> tuple[WeekName, ...]:
        plan = self.plan
        mondays = [self._monday + number * _WEEK for number in range(weeks)]
        names = [
            WeekName(monday.isoformat(), f"Week {number} · {span(monday, monday + timedelta(days=4))}", monday)
            for number, monday in enumerate(mondays, start=1)
        ]
        if plan.held or any(group.due and group.due < self._monday for group in plan.before):
            names.insert(0, WeekName(BEFORE, "Before"))
        if plan.undated or plan.days[-1].day >= self._end:
            names.append(WeekName(AFTER, "After"))
        return tuple(names)

    @property
    def usual(self) -> str:
        """The key of what is shown when nobody chose: the week of today, else the first, else what comes after."""
        mondays = [name.key for name in self.names if name.first is not None]
        if self._today is None or self._today < self._monday:
            return mondays[0]
        if self._today >= self._end:
            return AFTER if self.names[-1].key == AFTER else mondays[-1]
        return mondays[(self._today - self._monday).days // 7]

    def week_of(self, day: date) -> str:
        """Return the key of where a day stands."""
        if day < self._monday:
            return self.names[0].key
        if day >= self._end:
            return self.names[-1].key
        return (day - timedelta(days=day.weekday())).isoformat()

    def columns(self, key: str) -> tuple[Column, ...]:
        """Return the columns of one choice."""
        if key == BEFORE:
            return self._before()
        if key == AFTER:
            return self._after()
        monday = next((name.first for name in self.names if name.key == key), None) or self._monday
        days = [self._day(monday + timedelta(days=number)) for number in range(7)]
        return tuple(self._column(day) for day in days if day.day.weekday() < 5 or day.groups or day.events)

    def _day(self, day: date) -> PlanDay:
        found = self._by_day.get(day)
        if found is not None:
            return found
        groups = tuple(group for group in self.plan.before if group.due == day)
        return PlanDay(day, None, off=self._calendar.why_off(day), groups=groups)

    def _before(self) -> tuple[Column, ...]:
        early = [group for group in self.plan.before if group.due is not None and group.due < self._monday]
        days = [PlanDay(day, None, groups=tuple(g for g in early if g.due == day)) for day in _days_of(early)]
        room = MOST_COLUMNS - bool(self.plan.held)
        held = [self._held()] if self.plan.held else []
        if len(days) <= room:
            return (*held, *(self._column(day) for day in days))
        merged, alone = days[: 1 - room], days[1 - room :]
        return (*held, self._merged("Earlier", merged), *(self._column(day) for day in alone))

    def _after(self) -> tuple[Column, ...]:
        days = [day for day in self.plan.days if day.day >= self._end]
        room = MOST_COLUMNS - bool(self.plan.undated)
        undated = [self._undated()] if self.plan.undated else []
        if len(days) <= room:
            return (*(self._column(day) for day in days), *undated)
        alone, merged = days[: room - 1], days[room - 1 :]
        return (*(self._column(day) for day in alone), self._merged("Later", merged), *undated)

    def _column(self, day: PlanDay) -> Column:
        is_near = self._monday <= day.day < self._end
        heading = named_day(day.day, self.plan.call)
        is_today = day.day == self._today
        return Column(
            key=day.day.isoformat(),
            heading=heading,
            notes=_notes(self._note(day) if is_near else "", is_today),
            off=day.off,
            is_today=is_today,
            is_past=self._today is not None and day.day < self._today,
            is_planned=self._first <= day.day <= max(self.plan.last, self._first),
            events=day.events,
            entries=self._entries(day.groups),
            label=f"Due {heading}",
        )

    def _note(self, day: PlanDay) -> str:
        if day.off:
            return day.off
        if day.on_site is not None:
            last = self._calendar.last_up_to(self.plan.last)
            return "On site, last day" if day.day == last and day.on_site > 1 else f"On site, day {day.on_site}"
        if day.day < self._first:
            return "before the call"
        return f"Day {day.number}" if day.number is not None else ""

    def _held(self) -> Column:
        entries = self._entries(self.plan.held)
        ready = sum(entry.item.status not in BELOW_CHECKED for entry in entries)
        note = f"{ready:,} of {len(entries):,} ready"
        return Column("held", "Held ready", (note,), entries=entries, label="Held ready")

    def _merged(self, heading: str, days: Sequence[PlanDay]) -> Column:
        entries = [replace(entry, mark=without_year(day.day)) for day in days for entry in self._entries(day.groups)]
        events = tuple(
            replace(event, title=f"{without_year(day.day)}: {event.title}") for day in days for event in day.events
        )
        return Column(
            key=heading.lower(),
            heading=heading,
            notes=(counted(len(days), "day"),),
            is_past=self._today is not None and days[-1].day < self._today,
            events=events,
            entries=tuple(sorted(entries, key=_badness)),
            label=f"Due {heading.lower()}",
        )

    def _undated(self) -> Column:
        entries = tuple(
            replace(entry, mark=group.why) for group in self.plan.undated for entry in self._entries([group])
        )
        entries = tuple(sorted(entries, key=_badness))
        return Column("undated", "No date yet", ("waits for an event",), entries=entries, label="No date yet")

    def _entries(self, groups: Iterable[PlanGroup]) -> tuple[DueEntry, ...]:
        found = [
            DueEntry(item, self._judged(item, group), group.why, _mark(group))
            for group in groups
            for item in group.items
        ]
        found.sort(key=_badness)
        return tuple(found)

    def _judged(self, item: ItemRow, group: PlanGroup) -> Rating:
        """Return the rating as it stands; in a rehearsal, what it would be on the imagined day of the call."""
        if self.plan.basis is not Basis.REHEARSED:
            return item.rating
        return rating(item.status, item.priority, group.due, self.plan.call, self._soon)


def _badness(entry: DueEntry) -> tuple[int, int]:
    return _WORST[entry.rating], -entry.item.priority.weight


def _mark(group: PlanGroup) -> str:
    return "by hand" if group.by_hand else "expected" if group.estimated else ""


def _days_of(groups: Iterable[PlanGroup]) -> list[date]:
    return sorted({group.due for group in groups if group.due is not None})


def _notes(note: str, is_today: bool) -> tuple[str, ...]:
    if not note:
        return ("today",) if is_today else ()
    short = note.replace(", day", "").replace("On site, last", "Last")
    found = (f"{note} · today", note, short) if is_today else (note, short)
    return tuple(dict.fromkeys(found))


def span(first: date, last: date) -> str:
    """Return some days in a row, "13–17 Sep" or "31 May–4 Jun"."""
    start = str(first.day) if first.month == last.month else without_year(first)
    return f"{start}–{without_year(last)}"


def seen(names: Sequence[WeekName], current: str, most: int = 7) -> tuple[WeekName, ...]:
    """Return as many choices as a switch has room for, the current one among them; the ends always stand."""
    if len(names) <= most:
        return tuple(names)
    place = next((number for number, name in enumerate(names) if name.key == current), 0)
    room = most - 2
    start = min(max(1, place - room // 2), len(names) - 1 - room)
    return (names[0], *names[start : start + room], names[-1])
