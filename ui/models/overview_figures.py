"""Overview figures: all that the Overview shows of a board, added up in one go. Pure: no Qt, no clock."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from readiness.domain.calendar import WorkingDays
from readiness.domain.countdown import countdown, has_come, nearest_inspection
from readiness.domain.figures import NO_SERVICE, Figures, figures, service_figures
from readiness.domain.filters import ItemFilter, is_late, is_mine
from readiness.domain.views import AreaRow, Board, InspectionRow, ItemRow
from readiness.domain.vocabulary import ItemStatus, Rating

UNDONE = (ItemStatus.NOT_STARTED, ItemStatus.GATHERING, ItemStatus.DRAFTED)
"""The statuses of items that still have work in them; below Checked, as for "off track"."""

_NUMBERED = re.compile(r"(?:Area|Theme|Priority) (?P<number>\d+)[:.] *(?P<title>\S.*)")


@dataclass(frozen=True, slots=True)
class InspectionCard:
    """One inspection as its card tells it."""

    inspection: InspectionRow
    figures: Figures
    working_days: int | None  # from the day to ready-by, negative when past; None: no date
    under_way: str  # where it stands once the call has come, "day 2, on site in 4 working days"; "" until then


@dataclass(frozen=True, slots=True)
class GroupBar:
    """One area or service: how ready it is and how much of it is off track."""

    label: str
    tooltip: str
    percent: float | None  # None: nothing applies
    off_track: int
    chosen: ItemFilter  # the rows behind it


@dataclass(frozen=True, slots=True)
class OverviewFigures:
    """What the Overview shows."""

    day: date
    cards: tuple[InspectionCard, ...]
    areas: tuple[GroupBar, ...]  # worst first
    services: tuple[GroupBar, ...]  # worst first
    items: tuple[ItemRow, ...]  # all that is counted
    deadlines: tuple[ItemRow, ...]  # undone items with a date, the longest late first
    mine: tuple[ItemRow, ...]  # late ones first, then by date, finished ones last


def overview_figures(board: Board, inspection_id: str | None, me: Collection[str]) -> OverviewFigures:
    """Add up a board, or one inspection of it.

    Args:
        board: The board of the day.
        inspection_id: The inspection people look at; None: all of them.
        me: The names and roles that are me, casefolded.
    """
    inspections = [row for row in board.inspections if inspection_id in (None, row.id)]
    areas = [row for row in board.areas if inspection_id in (None, row.inspection_id)]
    items = board.items if inspection_id is None else _of_inspection(board.items, inspection_id)
    by_inspection: dict[str, list[ItemRow]] = {row.id: [] for row in inspections}
    by_area: dict[str, list[ItemRow]] = {row.id: [] for row in areas}
    for item in items:
        by_inspection[item.inspection_id].append(item)
        by_area[item.area_id].append(item)
    return OverviewFigures(
        day=board.day,
        cards=tuple(_card(row, by_inspection[row.id], board.day, board.calendar) for row in inspections),
        areas=_area_bars(areas, by_area, {row.id: row.short_title for row in inspections}),
        services=_service_bars(items, inspection_id),
        items=items,
        deadlines=_deadlines(items),
        mine=_mine(items, me, board.day),
    )


def area_label(area: AreaRow) -> str:
    """Return an area as it fits a narrow column: "4 Joint commissioning", not "E Area 4: joint commissioning"."""
    numbered = _NUMBERED.fullmatch(area.title)
    if numbered is None:
        return f"{area.code} {area.title}".strip()
    title = numbered["title"]
    return f"{numbered['number']} {title[:1].upper()}{title[1:]}"


def plain_title(area: AreaRow) -> str:
    """Return the title of an area without the number it begins with: "joint commissioning"."""
    numbered = _NUMBERED.fullmatch(area.title)
    return numbered["title"] if numbered else area.title


def nearest(cards: Sequence[InspectionCard], day: date) -> InspectionCard | None:
    """Return the card the page talks about first: that of the inspection the header counts down to."""
    first = nearest_inspection((card.inspection for card in cards), day)
    return next((card for card in cards if card.inspection is first), None)


def _card(inspection: InspectionRow, items: Sequence[ItemRow], day: date, calendar: WorkingDays) -> InspectionCard:
    ready_by = inspection.ready_by
    left = calendar.between(day, ready_by) if ready_by else None
    under_way = countdown(inspection, day, calendar) if has_come(inspection, day) else ""
    return InspectionCard(inspection, figures(items), left, under_way)


def _of_inspection(items: Iterable[ItemRow], inspection_id: str) -> tuple[ItemRow, ...]:
    return tuple(item for item in items if item.inspection_id == inspection_id)


def _area_bars(
    areas: Sequence[AreaRow], by_area: dict[str, list[ItemRow]], inspections: dict[str, str]
) -> tuple[GroupBar, ...]:
    labels = [area_label(area) for area in areas]
    bars = []
    for area, label in zip(areas, labels, strict=True):
        inspection = inspections[area.inspection_id]
        shown = f"{label} ({inspection})" if labels.count(label) > 1 else label
        added = figures(by_area[area.id])
        bars.append(_bar(shown, f"{inspection}: {area.code} {area.title}", added, ItemFilter(areas=(area.id,))))
    return _worst_first(bars)


def _service_bars(items: Iterable[ItemRow], inspection_id: str | None) -> tuple[GroupBar, ...]:
    scope = (inspection_id,) if inspection_id is not None else ()
    return _worst_first(
        _bar(
            each.service,
            each.service,
            each.figures,
            ItemFilter(inspections=scope, services=("" if each.service == NO_SERVICE else each.service,)),
        )
        for each in service_figures(items)
    )


def _bar(label: str, tooltip: str, added: Figures, chosen: ItemFilter) -> GroupBar:
    return GroupBar(label, tooltip, added.readiness, added.by_rating[Rating.OFF_TRACK], chosen)


def _worst_first(bars: Iterable[GroupBar]) -> tuple[GroupBar, ...]:
    """Sort by readiness, then by what is off track; where nothing applies there is nothing to worry about: last."""
    return tuple(sorted(bars, key=lambda bar: (bar.percent is None, bar.percent or 0.0, -bar.off_track)))


def _deadlines(items: Iterable[ItemRow]) -> tuple[ItemRow, ...]:
    undone = [item for item in items if item.due is not None and item.status in UNDONE]
    return tuple(sorted(undone, key=_due))


def _due(item: ItemRow) -> date:
    return item.due or date.max


def _mine(items: Iterable[ItemRow], me: Collection[str], day: date) -> tuple[ItemRow, ...]:
    known: dict[str, bool] = {}  # by owner: the same few names stand on thousands of items
    mine = []
    for item in items:
        if (answer := known.get(item.owner)) is None:
            answer = known[item.owner] = is_mine(item, me)
        if answer:
            mine.append(item)

    def order(item: ItemRow) -> tuple[int, date]:
        if item.status in UNDONE:
            return (0 if is_late(item, day) else 1), _due(item)
        return (3 if item.status is ItemStatus.NOT_APPLICABLE else 2), _due(item)

    return tuple(sorted(mine, key=order))
