"""Verification: a workbook read back with another library and held against the board, before anybody sees it.

It finds columns by their headings and says what a cell must hold in its own words, not in those of the writers.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from readiness.domain.errors import ExportError
from readiness.domain.figures import figures
from readiness.domain.views import UNPROVEN_CREDIT, ItemRow
from readiness.domain.vocabulary import ItemStatus, Rating
from readiness.excel.cells import FIRST_YEAR, cell_name
from readiness.excel.contents import GAPS, KEY, OWNERS, REGISTERS, SUMMARY, Checklist, Contents, Line
from readiness.excel.owners_sheet import owner_lines
from readiness.excel.summary_layout import Layout
from readiness.excel.text import CELL_LIMIT, OVERFLOW_SHEET, safe, units
from readiness.excel.verify_conflicts import check_conflicts
from readiness.excel.verify_registers import register_checks
from readiness.excel.verify_summary import check_summary

_TICK = 250
_MARK = re.compile(r"… \[continues on the sheet Overflow, row ([0-9]+)\]\Z")
_CLOSE = 1e-12
_CLOSE_PERCENT = 1e-9
Cells = Sequence[Any]
Tick = Callable[[int], None]
Tellers = Mapping[str, Callable[[Any], object]]


class Mismatch(ExportError):
    """A cell that does not hold what belongs there."""

    def __init__(self, sheet: str, cell: str, expected: object, found: object) -> None:
        super().__init__(
            f"The workbook was not saved, because on its sheet {sheet}, cell {cell}, stands {_shown(found)} where "
            f"{_shown(expected)} belongs. Export it again; if this comes back, please report it."
        )
        self.sheet, self.cell, self.expected, self.found = sheet, cell, expected, found


def _shown(value: object) -> str:
    if value is None or value == "":
        return "nothing"
    text = str(value)
    return f"“{text[:80]}…”" if len(text) > 80 else f"“{text}”"


def verify(path: Path, contents: Contents, layout: Layout, tick: Tick) -> None:
    """Read a workbook and compare. Raises Mismatch at the first difference; `tick` is told rows as they pass."""
    with path.open("rb") as stream:
        book = load_workbook(stream, read_only=True, data_only=True)
        try:
            _check_sheets(book.sheetnames, contents)
            check = Check(book)
            for checklist in contents.checklists:
                check.checklist(checklist, tick)
            check_summary(check.rows(SUMMARY), contents, layout, check.same)
            check.gaps(contents)
            check.owners(contents)
            for sheet, wanted, cells in register_checks(contents):
                check.compare(sheet, wanted, cells, lambda _: tick(0))
            check_conflicts(path, book, contents, _differs)
        finally:
            book.close()


def _differs(sheet: str, cell: str, expected: object, found: object) -> None:
    raise Mismatch(sheet, cell, expected, found)


def _check_sheets(found: Sequence[str], contents: Contents) -> None:
    wanted = [SUMMARY, GAPS, OWNERS, *(each.sheet for each in contents.checklists), *REGISTERS, KEY]
    if [name for name in found if name != OVERFLOW_SHEET] != wanted:
        raise Mismatch("list", "of sheets", ", ".join(wanted), ", ".join(found))


class Check:
    """One workbook, open for reading."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._overflow: list[Cells] | None = None

    def rows(self, sheet: str) -> Iterator[Cells]:
        """Return the values of a sheet, row by row."""
        return iter(self._book[sheet].iter_rows(values_only=True))

    def same(self, sheet: str, row: int, column: int, expected: object, found: object) -> None:
        """Compare one cell; rows and columns count from 0."""
        if isinstance(found, datetime) and not isinstance(expected, datetime):
            found = found.date()
        if isinstance(expected, date) and expected.year < FIRST_YEAR:
            expected = expected.isoformat()
        if isinstance(expected, str):
            matches = (found or "") == expected or self._continues(expected, found)
        elif isinstance(expected, int | float):
            matches = isinstance(found, int | float) and abs(found - expected) <= _CLOSE * max(1, abs(expected))
        else:
            matches = found == expected
        if not matches:
            raise Mismatch(sheet, cell_name(row, column), expected, found)

    def _continues(self, expected: str, found: object) -> bool:
        """Whether a cell shows the beginning of a text that the sheet Overflow gives whole."""
        if not isinstance(found, str) or units(expected) <= CELL_LIMIT or OVERFLOW_SHEET not in self._book.sheetnames:
            return False
        mark = _MARK.search(found)
        if mark is None or not expected.startswith(found[: mark.start()]):
            return False
        if self._overflow is None:
            self._overflow = list(self.rows(OVERFLOW_SHEET))
        first, whole = int(mark[1]) - 1, ""
        for number, cells in enumerate(self._overflow[first:], start=1):
            part, _, parts = str(cells[2]).partition(" of ")
            if part != str(number):
                return False
            whole += cells[3]
            if part == parts:
                break
        return whole == expected

    def table(self, sheet: str, headings: Mapping[str, Any]) -> Iterator[tuple[int, Cells, list[int]]]:
        """Return the rows below a sheet's headings with where each heading stands; row numbers count from 0."""
        first = next(iter(headings))
        places: list[int] | None = None
        for number, cells in enumerate(self.rows(sheet)):
            if places is not None:
                if any(value is not None for value in cells):
                    yield number, cells, places
            elif cells and cells[0] == first and all(heading in cells for heading in headings):
                places = [cells.index(heading) for heading in headings]
        if places is None:
            raise Mismatch(sheet, "A4", ", ".join(headings), "other headings")

    def compare(self, sheet: str, wanted: Sequence[Any], columns: Tellers, tick: Tick) -> None:
        """Compare every cell of a table with what belongs there, in order, with nothing over and nothing missing."""
        tellers = list(columns.values())
        count = 0
        for number, cells, places in self.table(sheet, columns):
            if count >= len(wanted):
                raise Mismatch(sheet, cell_name(number, places[0]), "the end of the list", cells[places[0]])
            record = wanted[count]
            for place, tell in zip(places, tellers, strict=True):
                self.same(sheet, number, place, tell(record), cells[place])
            count += 1
            if count % _TICK == 0:
                tick(_TICK)
        if count < len(wanted):
            raise Mismatch(sheet, "A1", f"{len(wanted)} rows", f"{count} rows")

    def checklist(self, checklist: Checklist, tick: Tick) -> None:
        """Compare a checklist cell by cell, and what its cells add up to with the figures."""
        self.compare(checklist.sheet, checklist.lines, ITEM_CELLS, tick)
        statuses = dict.fromkeys((status.label for status in ItemStatus), 0)
        ratings = dict.fromkeys((rating.label for rating in Rating), 0)
        weight = earned = 0.0
        for _, cells, places in self.table(checklist.sheet, ITEM_CELLS):
            by_heading = dict(zip(ITEM_CELLS, (cells[place] for place in places), strict=True))
            statuses[by_heading["Status"]] += 1
            ratings[by_heading["Rating"]] += 1
            weight += by_heading["Weight"]
            earned += by_heading["Weight"] * by_heading["Credit"]
        wanted = figures(checklist.items)
        for status, count in wanted.by_status.items():
            self._total(checklist.sheet, status.label, count, statuses[status.label])
        for rating, count in wanted.by_rating.items():
            self._total(checklist.sheet, rating.label, count, ratings[rating.label])
        self._total(checklist.sheet, "readiness", wanted.readiness, earned / weight * 100 if weight else None)

    def _total(self, sheet: str, name: str, expected: float | None, found: float | None) -> None:
        nothing = expected is None or found is None
        if expected != found and (nothing or abs((expected or 0) - (found or 0)) > _CLOSE_PERCENT):
            raise Mismatch(sheet, f"total of {name}", expected, found)

    def gaps(self, contents: Contents) -> None:
        """Compare the sheet Gaps with what the board holds: each once, worst first."""
        order = [Rating.OFF_TRACK, Rating.AT_RISK]
        every = ((checklist, line) for checklist in contents.checklists for line in checklist.lines)
        lines = [each for each in every if each[1].item.rating in order]
        lines.sort(
            key=lambda each: (
                order.index(each[1].item.rating),
                -each[1].item.priority.weight,
                each[1].item.due is None,
                each[1].item.due or date.min,
            )
        )
        self.compare(GAPS, lines, GAP_CELLS, lambda _: None)

    def owners(self, contents: Contents) -> None:
        """Compare the sheet By owner."""
        cells: dict[str, Callable[[Any], object]] = {
            "Owner": lambda line: line.owner,
            "Inspection": lambda line: line.checklist.name,
            "Items": lambda line: line.figures.items,
            "Next due": lambda line: line.next_due,
        }
        for rating in Rating:
            cells[rating.label] = _count_of(rating)
        self.compare(OWNERS, owner_lines(contents), cells, lambda _: None)


def _earned(item: ItemRow, *, proven: bool) -> float:
    credit = item.status.credit or 0
    return (credit if proven else min(credit, UNPROVEN_CREDIT)) / 100


def _count_of(rating: Rating) -> Callable[[Any], object]:
    return lambda line: line.figures.by_rating[rating]


ITEM_CELLS: dict[str, Callable[[Line], object]] = {
    "Area": lambda line: line.area,
    "Reference": lambda line: safe(line.item.reference),
    "Item": lambda line: safe(line.item.title),
    "What good looks like": lambda line: safe(line.texts.guidance),
    "Kind": lambda line: line.item.kind.label,
    "Priority": lambda line: line.item.priority.label,
    "Owner": lambda line: line.item.owner,
    "Service": lambda line: line.item.service,
    "Due": lambda line: line.item.due,
    "Due rule": lambda line: safe(line.item.due_text or line.item.due_rule),
    "Status": lambda line: line.item.status.label,
    "Rating": lambda line: line.item.rating.label,
    "Position": lambda line: safe(line.texts.position),
    "Impact": lambda line: safe(line.texts.impact),
    "Impact level": lambda line: line.item.impact_level.label,
    "Gap": lambda line: safe(line.texts.gap),
    "Changed": lambda line: line.changed,
    "Weight": lambda line: line.item.priority.weight if line.item.status.credit is not None else 0,
    "Evidence": lambda line: len(line.item.proof.links),
    "Current": lambda line: line.current,
    "Sources": lambda line: ", ".join(each.label for each in line.sources),
    "Stays current": lambda line: line.item.currency_months,
    "Claimed by": lambda line: safe(line.item.claimed_by),
    "Sign-off": lambda line: line.sign_off,
    "Claim in doubt": lambda line: "; ".join(each.label for each in line.doubts),
    "Credit": lambda line: _earned(line.item, proven=not line.item.unproven),
    "Current then": lambda line: line.current_then,
    "Credit then": lambda line: _earned(line.item, proven=line.current_then > 0 or not line.item.kind.needs_evidence),
    "Confirm again": lambda line: "Yes" if line.item.confirm else "",
    "Day one": lambda line: "Yes" if line.item.day_one else "No",
}

GAP_CELLS: dict[str, Callable[[Any], object]] = {
    "Rating": lambda each: each[1].item.rating.label,
    "Inspection": lambda each: each[0].name,
    "Area": lambda each: each[1].area,
    "Reference": lambda each: safe(each[1].item.reference),
    "Item": lambda each: safe(each[1].item.title),
    "Priority": lambda each: each[1].item.priority.label,
    "Owner": lambda each: each[1].item.owner,
    "Service": lambda each: each[1].item.service,
    "Due": lambda each: each[1].item.due,
    "Status": lambda each: each[1].item.status.label,
    "Gap": lambda each: safe(each[1].texts.gap),
}
