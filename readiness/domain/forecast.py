"""Forecast: how things will stand on a later day if nobody does anything until then. Pure: no clock.

Statuses stay as they are and items are judged anew for the later day: what falls due below Checked goes off track, and
what was claimed does too once the last of its evidence has lapsed, which takes its credit down as well.
Source: design.md, section 5.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate
from operator import attrgetter
from typing import NamedTuple

from readiness.domain.calendar import ONE_DAY, WorkingDays
from readiness.domain.due import Milestones
from readiness.domain.figures import Figures, figures
from readiness.domain.lapsing import FOR_EVER, Lapse, lapses_of, proven_until
from readiness.domain.schemes import Event
from readiness.domain.scoring import BELOW_CHECKED, CLAIMED, rating, soon_after
from readiness.domain.views import UNPROVEN_CREDIT, InspectionRow, ItemRow
from readiness.domain.vocabulary import ItemStatus, Priority, Rating

FEWEST_DAYS_AHEAD, MOST_DAYS_AHEAD = 20, 130
"""How many working days ahead one can look at least and at most."""

Proven = tuple[ItemRow, date]
"""An item, and the last day on which it is proven."""

_BY_DAY = attrgetter("day")
_BY_LAST_DAY = attrgetter("last_day")


@dataclass(frozen=True, slots=True)
class RatingStep:
    """An item whose rating will be another one."""

    item: ItemRow  # as it stands today
    rating: Rating  # what it will be


@dataclass(frozen=True, slots=True)
class Reading:
    """How ready an inspection will be."""

    inspection: InspectionRow
    readiness: float | None  # percent, unrounded; None: nothing applies


@dataclass(frozen=True, slots=True)
class Landmark:
    """A day that matters to an inspection."""

    day: date
    inspection: InspectionRow
    what: str  # "Ready by", "Call expected"


@dataclass(frozen=True, slots=True)
class Forecast:
    """A later day, and what will have changed by then."""

    day: date  # today, the board's
    until: date
    now: Figures
    then: Figures
    readings: tuple[Reading, ...]  # of the inspections, in their order
    by_rating: Mapping[Rating, tuple[ItemRow, ...]]  # the items as they will be rated; every rating, earliest due first
    falling_due: tuple[ItemRow, ...]  # below Checked and due from today to the later day, both in; earliest first
    lapsing: tuple[Lapse, ...]  # what is proven today and no longer on the later day; the first to lapse first
    landmarks: tuple[Landmark, ...]  # after today, up to and with the later day; earliest first
    days_off: tuple[date, ...]  # bank holidays and closures on weekdays, in the same span

    @property
    def steps(self) -> tuple[RatingStep, ...]:
        """What will be rated otherwise: worst first, then earliest due, then heaviest."""
        return tuple(
            RatingStep(item, then)
            for then in Rating  # worst first
            for item in self.by_rating[then]
            if item.rating is not then
        )


class _Worth(NamedTuple):
    """What an item adds to readiness, and until when."""

    inspection_id: str
    day_one: bool
    status: ItemStatus
    priority: Priority
    proven: date


class Course:
    """How ready some items are on any later day: all that they earn, less what has lapsed by then."""

    def __init__(self, worths: Iterable[tuple[_Worth, int]]) -> None:
        """Take what items are worth, each with how many are worth that."""
        self._earned = self._total = 0
        losses: dict[date, int] = {}
        for worth, count in worths:
            credit = worth.status.credit
            if credit is None:
                continue
            weight = worth.priority.weight * count
            self._total += weight
            self._earned += weight * credit
            if credit > UNPROVEN_CREDIT:
                losses[worth.proven] = losses.get(worth.proven, 0) + weight * (credit - UNPROVEN_CREDIT)
        self._days = sorted(losses)
        self._lost = list(accumulate((losses[day] for day in self._days), initial=0))

    def at(self, day: date) -> float | None:
        """Return readiness on a day in percent, unrounded; None when nothing applies."""
        lost = self._lost[bisect_left(self._days, day)]
        return (self._earned - lost) / self._total if self._total else None


class Outlook:
    """Looks at items on as many later days as are asked; what does not depend on the day is worked out once."""

    def __init__(
        self,
        items: Iterable[ItemRow],
        day: date,
        calendar: WorkingDays,
        inspections: Sequence[InspectionRow] = (),
    ) -> None:
        """Take items as they stand on the board's day, and the inspections whose readings and landmarks are wanted."""
        items = tuple(items)
        proven = [(item, proven_until(item)) for item in items]
        self.days = _days_ahead(proven, inspections, day, calendar)
        self._day, self._calendar = day, calendar
        self._now = figures(items)
        worths = _worths(proven)
        self._course = Course(worths)
        self._day_one = Course(each for each in worths if each[0].day_one)
        self._courses = [
            (row, Course(each for each in worths if each[0].inspection_id == row.id)) for row in inspections
        ]
        self._lapses = lapses_of(proven, day, FOR_EVER)
        self._landmarks = sorted((each for row in inspections for each in landmarks(row, calendar)), key=_BY_DAY)
        self._groups = _alike(proven)

    def at(self, until: date) -> Forecast:
        """Return how the items will stand on a later day; an earlier one counts as the board's day itself."""
        day, until = self._day, max(self._day, until)
        soon = soon_after(until, self._calendar)
        by_rating: dict[Rating, list[ItemRow]] = {rating: [] for rating in Rating}
        falling_due: list[ItemRow] = []
        for last, group in self._groups:
            first = group[0]
            then = rating(
                first.status, first.priority, first.due, until, soon, unproven=last < until, lapsed=first.lapsed
            )
            by_rating[then] += group
            if first.due is not None and day <= first.due <= until and first.status in BELOW_CHECKED:
                falling_due += group
        return Forecast(
            day=day,
            until=until,
            now=self._now,
            then=replace(
                self._now,
                readiness=self._course.at(until),
                day_one_readiness=self._day_one.at(until),
                by_rating={rating: len(found) for rating, found in by_rating.items()},
            ),
            readings=tuple(Reading(row, course.at(until)) for row, course in self._courses),
            by_rating={rating: tuple(found) for rating, found in by_rating.items()},
            falling_due=tuple(falling_due),
            lapsing=self._lapses[: bisect_left(self._lapses, until, key=_BY_LAST_DAY)],
            landmarks=tuple(each for each in self._landmarks if day < each.day <= until),
            days_off=tuple(_days_off(day, until, self._calendar)),
        )


def forecast(
    items: Iterable[ItemRow],
    day: date,
    until: date,
    calendar: WorkingDays,
    inspections: Sequence[InspectionRow] = (),
) -> Forecast:
    """Return how items, as they stand on the board's day, will stand on one later day."""
    return Outlook(items, day, calendar, inspections).at(until)


def days_ahead(
    items: Iterable[ItemRow], inspections: Iterable[InspectionRow], day: date, calendar: WorkingDays
) -> tuple[date, ...]:
    """Return the days one can look at: the day itself, then working days.

    They reach to the first one after the last date that matters, when all that is due will have fallen due and all
    proof that lapses within sight has lapsed; but no less than FEWEST_DAYS_AHEAD and no more than MOST_DAYS_AHEAD.
    """
    return _days_ahead([(item, proven_until(item)) for item in items], inspections, day, calendar)


def _days_ahead(
    proven: Sequence[Proven], inspections: Iterable[InspectionRow], day: date, calendar: WorkingDays
) -> tuple[date, ...]:
    far = calendar.add(day, MOST_DAYS_AHEAD)
    dues = {item.due for item, _ in proven if item.due is not None and item.status in BELOW_CHECKED}
    lapses = {last for item, last in proven if last < far and item.status in CLAIMED}
    stops = {each.day for row in inspections for each in landmarks(row, calendar)}
    last = max({*dues, *lapses, *stops}, default=day)
    days = [day]
    while len(days) <= MOST_DAYS_AHEAD and (len(days) <= FEWEST_DAYS_AHEAD or days[-1] <= last):
        days.append(calendar.add(days[-1], 1))
    return tuple(days)


def landmarks(row: InspectionRow, calendar: WorkingDays) -> tuple[Landmark, ...]:
    """Return the days that matter to an inspection, as far as they are known; the planning date until it is called."""
    found = [("Ready by", row.ready_by)]
    if row.notified_on is None:
        planned = Milestones(ready_by=row.ready_by, expected_from=row.expected_from).planning_date(calendar)
        found.append(("Call expected", planned))
    else:
        found.append(("Call", row.notified_on))
    if row.on_site_from is not None and row.on_site_from == row.on_site_to:
        found.append(("On site", row.on_site_from))
    else:
        found += [("On site from", row.on_site_from), ("On site until", row.on_site_to)]
    found += [(event.label, getattr(row, event.value)) for event in Event]
    return tuple(Landmark(day, row, what) for what, day in found if day is not None)


def _worths(proven: Sequence[Proven]) -> list[tuple[_Worth, int]]:
    """Return what items are worth, each with how many are worth that."""
    found = Counter(
        (item.inspection_id, item.day_one, item.status, item.priority, last if item.status in CLAIMED else FOR_EVER)
        for item, last in proven
    )
    return [(_Worth(*worth), count) for worth, count in found.items()]


def _alike(proven: Sequence[Proven]) -> tuple[tuple[date, list[ItemRow]], ...]:
    """Return items in groups that are judged alike, the most pressing first: by date, then by priority.

    Each with the last day on which they are proven; to what is not claimed that makes no difference.
    """
    groups: dict[tuple[object, ...], tuple[date, list[ItemRow]]] = {}
    for item, last in proven:
        counts = last if item.status in CLAIMED else FOR_EVER
        state = (item.status, item.priority, item.due, counts, item.lapsed)
        group = groups.get(state)
        if group is None:
            groups[state] = (counts, [item])
        else:
            group[1].append(item)
    return tuple(sorted(groups.values(), key=_pressing))


def _pressing(group: tuple[date, Sequence[ItemRow]]) -> tuple[date, int]:
    first = group[1][0]
    return first.due or date.max, -first.priority.weight


def _days_off(day: date, until: date, calendar: WorkingDays) -> Iterator[date]:
    while day < until:
        day += ONE_DAY
        if day.weekday() < 5 and not calendar.is_working(day):
            yield day
