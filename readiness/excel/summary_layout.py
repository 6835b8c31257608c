"""Where the Summary's figures stand, what each adds up, and what it must come to. Writer and verification share it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from readiness.domain.figures import NO_SERVICE, Figures, figures
from readiness.domain.views import ItemRow
from readiness.domain.vocabulary import ItemStatus, Rating
from readiness.excel.contents import Checklist, Contents

LABEL, READINESS, DAY_ONE, ITEMS, APPLY = range(5)
STATUSES = {status: 5 + number for number, status in enumerate(ItemStatus)}
RATINGS = {rating: 5 + len(ItemStatus) + number for number, rating in enumerate(Rating)}
LAST_PRINTED = max(RATINGS.values())
WEIGHT, EARNED, DAY_WEIGHT, DAY_EARNED = range(LAST_PRINTED + 2, LAST_PRINTED + 6)
ROW_PIXELS = 24
FIRST_ROW = 4
_MOST_BARS = 40
"""A chart of more says nothing any more."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What stands behind the percentages."""

    weight: float
    earned: float
    day_weight: float
    day_earned: float


@dataclass(frozen=True, slots=True)
class Source:
    """What a row adds up: a checklist ("Inspection"), or the part of it that bears the row's label.

    Without a checklist it adds up the rows of this sheet that do so: all inspections, or those of the same service.
    """

    heading: str  # "Inspection", "Area" or "Service"
    checklist: Checklist | None = None


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One row of figures; rows count from 0."""

    row: int
    label: str
    figures: Figures
    sums: Sums
    source: Source


@dataclass(frozen=True, slots=True)
class Block:
    """A heading and the rows below it."""

    title: str
    heading_row: int
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart, drawn over the cells of a block's rows."""

    title: str
    stacked: bool  # ratings, else readiness
    rows: tuple[FigureRow, ...]
    row: int
    right: bool  # half of the page
    height: int  # pixels


@dataclass(frozen=True, slots=True)
class Layout:
    """The Summary's plan."""

    sections: tuple[tuple[int, str], ...]  # titles above an inspection's blocks
    blocks: tuple[Block, ...]
    charts: tuple[Chart, ...]
    breaks: tuple[int, ...]  # rows that begin a page
    last_row: int


def sums(items: Iterable[ItemRow]) -> Sums:
    """Add up weights and what they earned."""
    weight = earned = day_weight = day_earned = 0.0
    for item in items:
        credit = item.credit
        if credit is not None:
            weight += item.priority.weight
            earned += item.priority.weight * credit / 100
            day_weight += item.priority.weight * item.day_one
            day_earned += item.priority.weight * credit / 100 * item.day_one
    return Sums(weight, earned, day_weight, day_earned)


class _Planner:
    """Lays blocks and charts out from top to bottom."""

    def __init__(self, first_row: int) -> None:
        self.row = first_row
        self.sections: list[tuple[int, str]] = []
        self.blocks: list[Block] = []
        self.charts: list[Chart] = []
        self.breaks: list[int] = []

    def section(self, title: str) -> None:
        """Begin a page with a title."""
        self.breaks.append(self.row)
        self.sections.append((self.row, title))
        self.row += 2

    def block(self, title: str, rows: Iterable[tuple[str, Sequence[ItemRow], Source]]) -> Block:
        """Place a table of figures."""
        heading_row = self.row + 1
        found = tuple(
            FigureRow(number, label, figures(items), sums(items), source)
            for number, (label, items, source) in enumerate(rows, start=heading_row + 1)
        )
        block = Block(title, heading_row, found)
        self.blocks.append(block)
        self.row = heading_row + len(found) + 2
        return block

    def draw(self, *charts: tuple[str, bool, tuple[FigureRow, ...]]) -> None:
        """Place charts beside each other, where they have something to show."""
        wanted = [chart for chart in charts if 0 < len(chart[2]) <= _MOST_BARS]
        if wanted:
            height = max(max(120 + 24 * len(rows), 220) for _, _, rows in wanted)
            for number, (title, stacked, rows) in enumerate(wanted):
                self.charts.append(Chart(title, stacked, rows, self.row, number == 1, height))
            self.row += -(-height // ROW_PIXELS) + 1


def lay_out_summary(contents: Contents) -> Layout:
    """Plan the Summary: the inspections, then a page for each with its areas and services."""
    plan = _Planner(FIRST_ROW)
    several = len(contents.checklists) > 1
    whole = [(each.name, each.items, Source("Inspection", each)) for each in contents.checklists]
    together = [("All together", contents.board.items, Source("Inspection"))] if several else []
    top = plan.block("By inspection", [*whole, *together])
    services: tuple[FigureRow, ...] = ()
    if several:
        groups = _by_service(contents.board.items)
        rows = [(label, items, Source("Service")) for label, items in groups]
        services = plan.block("By service, all inspections", rows).rows
    ratings = top.rows[: len(whole)]
    plan.draw(("Ratings by inspection", True, ratings), ("Readiness by service", False, services))
    for each in contents.checklists:
        _lay_out_inspection(plan, each)
    return Layout(tuple(plan.sections), tuple(plan.blocks), tuple(plan.charts), tuple(plan.breaks), plan.row)


def _lay_out_inspection(plan: _Planner, checklist: Checklist) -> None:
    plan.section(checklist.name)
    by_area: dict[str, list[ItemRow]] = {label: [] for label in checklist.area_labels}
    for line in checklist.lines:
        by_area[line.area].append(line.item)
    areas = plan.block("By area", [(label, items, Source("Area", checklist)) for label, items in by_area.items()])
    groups = _by_service(checklist.items)
    services = plan.block("By service", [(label, items, Source("Service", checklist)) for label, items in groups])
    plan.draw(("Readiness by area", False, areas.rows), ("Readiness by service", False, services.rows))


def _by_service(items: Iterable[ItemRow]) -> list[tuple[str, list[ItemRow]]]:
    groups: dict[str, list[ItemRow]] = {}
    for item in items:
        groups.setdefault(item.service or NO_SERVICE, []).append(item)
    return sorted(groups.items())
