"""Why figures: the arithmetic behind "62 %", so that anybody can check it by hand. Pure: no Qt."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from readiness.domain.filters import ItemFilter
from readiness.domain.views import InspectionRow, ItemRow
from readiness.domain.vocabulary import ItemStatus, Priority

MOST_HELD_BACK = 10
COUNTED = tuple(status for status in ItemStatus if status.credit is not None)
"""The statuses that take part."""


@dataclass(frozen=True, slots=True)
class StatusLine:
    """The items of one status: how many of each priority, and the points they earn."""

    label: str  # the status, and that its evidence is wanting
    credit: int  # percent of its weight that an item earns
    counts: tuple[int, ...]  # in the order of Priority
    rows: tuple[ItemFilter, ...]  # that show what is counted, in the same order
    earned: float  # points
    possible: int


@dataclass(frozen=True, slots=True)
class HeldBack:
    """One item and the points it does not earn yet."""

    item: ItemRow
    missing: float
    gain: float  # percentage points that readiness would rise were it signed off and proven


@dataclass(frozen=True, slots=True)
class Sum:
    """Points earned of points possible."""

    items: int
    earned: float
    possible: int

    @property
    def percent(self) -> float | None:
        """The readiness; None when nothing applies."""
        return self.earned * 100 / self.possible if self.possible else None


@dataclass(frozen=True, slots=True)
class WhyFigures:
    """All the numbers of the explanation."""

    inspection: InspectionRow
    lines: tuple[StatusLine, ...]
    whole: Sum
    day_one: Sum
    not_applicable: int
    held_back: tuple[HeldBack, ...]  # the largest first


def why_figures(inspection: InspectionRow, items: Iterable[ItemRow]) -> WhyFigures:
    """Work out the explanation of one inspection's readiness from its items."""
    items = tuple(item for item in items if item.inspection_id == inspection.id)
    applicable = [item for item in items if item.status.credit is not None]
    whole = _sum(applicable)
    return WhyFigures(
        inspection=inspection,
        lines=tuple(_lines(inspection, applicable)),
        whole=whole,
        day_one=_sum([item for item in applicable if item.day_one]),
        not_applicable=len(items) - len(applicable),
        held_back=_held_back(applicable, whole.possible),
    )


def rows_of(
    inspection: InspectionRow, status: ItemStatus | None = None, priority: Priority | None = None
) -> ItemFilter:
    """Return the filter that shows the rows behind one number of the table; None: all that take part."""
    return ItemFilter(
        inspections=(inspection.id,),
        statuses=COUNTED if status is None else (status,),
        priorities=() if priority is None else (priority,),
    )


def _points(item: ItemRow) -> float:
    return item.priority.weight * (item.credit or 0) / 100


def _sum(items: Sequence[ItemRow]) -> Sum:
    return Sum(len(items), sum(map(_points, items)), sum(item.priority.weight for item in items))


def _lines(inspection: InspectionRow, items: Sequence[ItemRow]) -> Iterator[StatusLine]:
    """Yield a line for each status, and another where items of it earn less for want of current evidence."""
    for status in COUNTED:
        of_status = [item for item in items if item.status is status]
        short = [item for item in of_status if item.credit != status.credit]
        if not short:
            rows = tuple(rows_of(inspection, status, priority) for priority in Priority)
            yield _line(status.label, status.credit or 0, of_status, rows)
            continue
        whole = [item for item in of_status if item.credit == status.credit]
        for label, credit, those in (
            (f"{status.label}, proven", status.credit, whole),
            (f"{status.label}, not proven", short[0].credit, short),
        ):
            if those:
                yield _line(label, credit or 0, those, tuple(_exactly(those, priority, label) for priority in Priority))


def _exactly(items: Iterable[ItemRow], priority: Priority, label: str) -> ItemFilter:
    """Return the filter that shows just these items of a priority."""
    return ItemFilter(items=tuple(item.id for item in items if item.priority is priority), label=label)


def _line(label: str, credit: int, items: Sequence[ItemRow], rows: tuple[ItemFilter, ...]) -> StatusLine:
    counts = tuple(sum(item.priority is priority for item in items) for priority in Priority)
    added = _sum(items)
    return StatusLine(label, credit, counts, rows, added.earned, added.possible)


def _held_back(items: Iterable[ItemRow], possible: int) -> tuple[HeldBack, ...]:
    missing = [(item.priority.weight - _points(item), item) for item in items]
    missing.sort(key=lambda pair: (-pair[0], pair[1].due is None, pair[1].due))  # sorted is stable: framework order
    return tuple(
        HeldBack(item, points, points * 100 / possible) for points, item in missing[:MOST_HELD_BACK] if points > 0
    )
