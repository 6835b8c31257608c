"""Where the Summary's figures stand, what each adds up, and what it must come to. Writer and verification share it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from readiness.domain.assertions import Doubt
from readiness.domain.figures import NO_SERVICE, Figures, figures
from readiness.domain.scoring import CLAIMED
from readiness.domain.vocabulary import ItemStatus, Rating
from readiness.excel.checklist_sheet import credit_then, weight
from readiness.excel.contents import Checklist, Contents, Line

LABEL, READINESS, DAY_ONE, THEN, ITEMS, APPLY = range(6)
STATUSES = {status: 6 + number for number, status in enumerate(ItemStatus)}
RATINGS = {rating: 6 + len(ItemStatus) + number for number, rating in enumerate(Rating)}
LAST_PRINTED = max(RATINGS.values())
WEIGHT, EARNED, DAY_WEIGHT, DAY_EARNED, THEN_EARNED = range(LAST_PRINTED + 2, LAST_PRINTED + 7)
DAY, DAY_IS = READINESS, DAY_ONE
"""Where the table of claims names the day of inspection."""
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
    then_earned: float  # on the day of inspection

    @property
    def then(self) -> float | None:
        """Readiness on the day of inspection, 0 to 1; None: nothing applies."""
        return self.then_earned / self.weight if self.weight else None


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
class ClaimsRow:
    """How many claims there are, and how many do not stand."""

    row: int
    label: str
    checklist: Checklist | None  # None: all together
    claimed: int
    doubted: int
    by_doubt: Mapping[Doubt, int]


@dataclass(frozen=True, slots=True)
class Claims:
    """The table of claims and days of inspection."""

    title: str
    heading_row: int
    rows: tuple[ClaimsRow, ...]


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
    claims: Claims
    charts: tuple[Chart, ...]
    breaks: tuple[int, ...]  # rows that begin a page
    last_row: int


def sums(lines: Iterable[Line]) -> Sums:
    """Add up weights and what they earned."""
    total = earned = day_weight = day_earned = then = 0.0
    for line in lines:
        item = line.item
        credit = item.credit
        if credit is not None:
            heavy = weight(line)
            total += heavy
            earned += heavy * credit / 100
            day_weight += heavy * item.day_one
            day_earned += heavy * credit / 100 * item.day_one
            then += heavy * credit_then(line)
    return Sums(total, earned, day_weight, day_earned, then)


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

    def block(self, title: str, rows: Iterable[tuple[str, Sequence[Line], Source]]) -> Block:
        """Place a table of figures."""
        heading_row = self.row + 1
        found = tuple(
            FigureRow(number, label, figures(line.item for line in lines), sums(lines), source)
            for number, (label, lines, source) in enumerate(rows, start=heading_row + 1)
        )
        block = Block(title, heading_row, found)
        self.blocks.append(block)
        self.row = heading_row + len(found) + 2
        return block

    def claims(self, checklists: Sequence[Checklist]) -> Claims:
        """Place the table of claims."""
        heading_row = self.row + 1
        several = [("All together", None, [line for each in checklists for line in each.lines])]
        every = [(each.name, each, list(each.lines)) for each in checklists]
        rows = tuple(
            _claims_row(number, label, checklist, lines)
            for number, (label, checklist, lines) in enumerate(
                [*every, *(several if len(checklists) > 1 else [])], start=heading_row + 1
            )
        )
        self.row = heading_row + len(rows) + 2
        return Claims("Claims, and the day of inspection", heading_row, rows)

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
    whole = [(each.name, each.lines, Source("Inspection", each)) for each in contents.checklists]
    every = [line for each in contents.checklists for line in each.lines]
    together = [("All together", every, Source("Inspection"))] if several else []
    top = plan.block("By inspection", [*whole, *together])
    claims = plan.claims(contents.checklists)
    services: tuple[FigureRow, ...] = ()
    if several:
        groups = _by_service(every)
        rows = [(label, lines, Source("Service")) for label, lines in groups]
        services = plan.block("By service, all inspections", rows).rows
    ratings = top.rows[: len(whole)]
    plan.draw(("Ratings by inspection", True, ratings), ("Readiness by service", False, services))
    for each in contents.checklists:
        _lay_out_inspection(plan, each)
    return Layout(tuple(plan.sections), tuple(plan.blocks), claims, tuple(plan.charts), tuple(plan.breaks), plan.row)


def _lay_out_inspection(plan: _Planner, checklist: Checklist) -> None:
    plan.section(checklist.name)
    by_area: dict[str, list[Line]] = {label: [] for label in checklist.area_labels}
    for line in checklist.lines:
        by_area[line.area].append(line)
    areas = plan.block("By area", [(label, lines, Source("Area", checklist)) for label, lines in by_area.items()])
    groups = _by_service(checklist.lines)
    services = plan.block("By service", [(label, lines, Source("Service", checklist)) for label, lines in groups])
    plan.draw(("Readiness by area", False, areas.rows), ("Readiness by service", False, services.rows))


def _by_service(lines: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.item.service or NO_SERVICE, []).append(line)
    return sorted(groups.items())


def _claims_row(row: int, label: str, checklist: Checklist | None, lines: Sequence[Line]) -> ClaimsRow:
    found = Counter(doubt for line in lines for doubt in line.doubts)
    claimed = sum(line.item.status in CLAIMED for line in lines)
    doubted = sum(bool(line.doubts) for line in lines)
    return ClaimsRow(row, label, checklist, claimed, doubted, {doubt: found[doubt] for doubt in Doubt})
