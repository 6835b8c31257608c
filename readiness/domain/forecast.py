"""Forecast: how things will stand on a later day if nobody does anything until then. Pure: no clock.

Statuses stay as they are and items are rated anew for the later day: what falls due below Checked goes off track.
Readiness is a matter of statuses alone and so stays too: evidence, which lapses, is not tracked yet. Once it is, it
joins the state by which items are judged alike, and readings depend on the day. Source: design.md, section 5.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter

from readiness.domain.calendar import ONE_DAY, WorkingDays
from readiness.domain.due import Milestones
from readiness.domain.figures import Figures, figures
from readiness.domain.schemes import Event
from readiness.domain.scoring import BELOW_CHECKED, rating, readiness, soon_after
from readiness.domain.views import InspectionRow, ItemRow
from readiness.domain.vocabulary import Rating

FEWEST_DAYS_AHEAD, MOST_DAYS_AHEAD = 20, 130
"""How many working days ahead one can look at least and at most."""

_STATE = attrgetter("status", "priority", "due")
_BY_DAY = attrgetter("day")


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
        self.days = days_ahead(items, inspections, day, calendar)
        self._day, self._calendar = day, calendar
        self._now = figures(items)
        self._readings = tuple(
            Reading(row, readiness(item for item in items if item.inspection_id == row.id)) for row in inspections
        )
        self._landmarks = sorted((each for row in inspections for each in landmarks(row, calendar)), key=_BY_DAY)
        self._groups = _alike(items)

    def at(self, until: date) -> Forecast:
        """Return how the items will stand on a later day; an earlier one counts as the board's day itself."""
        day, until = self._day, max(self._day, until)
        soon = soon_after(until, self._calendar)
        by_rating: dict[Rating, list[ItemRow]] = {rating: [] for rating in Rating}
        falling_due: list[ItemRow] = []
        for group in self._groups:
            first = group[0]
            then = rating(first.status, first.priority, first.due, until, soon)
            by_rating[then] += group
            if first.due is not None and day <= first.due <= until and first.status in BELOW_CHECKED:
                falling_due += group
        return Forecast(
            day=day,
            until=until,
            now=self._now,
            then=replace(self._now, by_rating={rating: len(found) for rating, found in by_rating.items()}),
            readings=self._readings,
            by_rating={rating: tuple(found) for rating, found in by_rating.items()},
            falling_due=tuple(falling_due),
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

    They reach to the first one after the last date that matters, when all that is due will have fallen due; but no
    less than FEWEST_DAYS_AHEAD and no more than MOST_DAYS_AHEAD.
    """
    dues = {item.due for item in items if item.due is not None and item.status in BELOW_CHECKED}
    last = max({*dues, *(each.day for row in inspections for each in landmarks(row, calendar))}, default=day)
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


def _alike(items: Iterable[ItemRow]) -> tuple[tuple[ItemRow, ...], ...]:
    """Return items in groups that are judged alike, the most pressing first: by date, then by priority."""
    groups: dict[tuple[object, ...], list[ItemRow]] = {}
    for item in items:
        groups.setdefault(_STATE(item), []).append(item)
    return tuple(tuple(group) for group in sorted(groups.values(), key=_pressing))


def _pressing(group: Sequence[ItemRow]) -> tuple[date, int]:
    return group[0].due or date.max, -group[0].priority.weight


def _days_off(day: date, until: date, calendar: WorkingDays) -> Iterator[date]:
    while day < until:
        day += ONE_DAY
        if day.weekday() < 5 and not calendar.is_working(day):
            yield day
