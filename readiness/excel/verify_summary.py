"""Verification of the Summary: every count and every total against the figures of the board."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from readiness.domain.assertions import Doubt
from readiness.domain.figures import NO_SERVICE, Figures, figures
from readiness.domain.scoring import CLAIMED
from readiness.domain.views import UNPROVEN_CREDIT, ItemRow
from readiness.domain.vocabulary import ItemStatus, Rating
from readiness.excel.contents import SUMMARY, Checklist, Contents
from readiness.excel.summary_layout import Layout
from readiness.excel.summary_sheet import MERGED_ROW
from readiness.excel.text import safe

NO_VALUE = "–"
Same = Callable[[str, int, int, object, object], None]


def check_summary(rows: Iterator[Sequence[Any]], contents: Contents, layout: Layout, same: Same) -> None:
    """Compare every row of figures with what the board comes to; `same` compares one cell."""
    cells = list(rows)
    if contents.merge.said:
        same(SUMMARY, MERGED_ROW, 0, safe(contents.merge.said), cells[MERGED_ROW][0])
    wanted = [(label, _cells(figures(items)) | _on_the_day(items, contents)) for label, items in _wanted(contents)]
    places = [(row.row, block.heading_row) for block in layout.blocks for row in block.rows]
    same(SUMMARY, 0, 0, len(wanted), len(places))
    claims = list(_claims(contents))
    same(SUMMARY, 0, 0, len(claims), len(layout.claims.rows))
    places += [(row.row, layout.claims.heading_row) for row in layout.claims.rows]
    for (label, found), (row, heading_row) in zip([*wanted, *claims], places, strict=True):
        headings = _headings(cells[heading_row])
        same(SUMMARY, row, 0, label, cells[row][0])
        for heading, value in found.items():
            for column in headings.get(heading, [-1]):
                same(SUMMARY, row, column, value, cells[row][column] if column >= 0 else "no such heading")


def _headings(cells: Sequence[Any]) -> Mapping[str, list[int]]:
    """Return where each heading stands; Not applicable is a status and a rating, with the same count."""
    found: dict[str, list[int]] = {}
    for column, value in enumerate(cells):
        if isinstance(value, str):
            found.setdefault(value, []).append(column)
    return found


def _cells(found: Figures) -> dict[str, object]:
    counts: dict[str, object] = {status.label: found.by_status[status] for status in ItemStatus}
    counts |= {rating.label: found.by_rating[rating] for rating in Rating}
    return {
        "Readiness": _share(found.readiness),
        "Day-one readiness": _share(found.day_one_readiness),
        "Items": found.items,
        "Apply": found.applicable,
        **counts,
    }


def _share(readiness: float | None) -> object:
    return NO_VALUE if readiness is None else readiness / 100


def _on_the_day(items: Iterable[ItemRow], contents: Contents) -> dict[str, object]:
    """Return what readiness comes to when the proof of each item is judged on its own day of inspection."""
    days = {each.inspection.id: each.visit for each in contents.checklists}
    earned = total = 0
    for item in items:
        credit = item.status.credit
        if credit is not None:
            proven = not item.kind.needs_evidence or item.proof.is_current(days[item.inspection_id])
            total += item.priority.weight
            earned += item.priority.weight * (credit if proven else min(credit, UNPROVEN_CREDIT))
    return {"Readiness on the day": _share(earned / total if total else None)}


def _claims(contents: Contents) -> Iterator[tuple[str, dict[str, object]]]:
    """Return label and counts of every row of the table of claims."""
    doubts = contents.proving.doubts
    groups: list[tuple[str, Sequence[ItemRow], Checklist | None]]
    groups = [(each.name, each.items, each) for each in contents.checklists]
    if len(groups) > 1:
        groups.append(("All together", contents.board.items, None))
    for name, items, checklist in groups:
        found = [doubts[item.id] for item in items if doubts.get(item.id)]
        yield (
            name,
            {
                "Day of inspection": checklist.visit if checklist is not None else None,
                "Which is": checklist.visit_is if checklist is not None else "",
                "Claims": sum(item.status in CLAIMED for item in items),
                "Do not stand": len(found),
                **{doubt.label: sum(doubt in each for each in found) for doubt in Doubt},
            },
        )


def _wanted(contents: Contents) -> Iterator[tuple[str, Sequence[ItemRow]]]:
    """Return label and items of every row, from top to bottom, straight from the board."""
    board = contents.board
    by_inspection = [[item for item in board.items if item.inspection_id == row.id] for row in board.inspections]
    yield from zip((each.name for each in contents.checklists), by_inspection, strict=True)
    if len(by_inspection) > 1:
        yield "All together", board.items
        yield from _by_service(board.items)
    for items, checklist in zip(by_inspection, contents.checklists, strict=True):
        areas: dict[str, list[ItemRow]] = {each.area.id: [] for each in checklist.figures.areas}
        for item in items:
            areas[item.area_id].append(item)
        yield from zip(checklist.area_labels, areas.values(), strict=True)
        yield from _by_service(items)


def _by_service(items: Iterable[ItemRow]) -> Iterator[tuple[str, Sequence[ItemRow]]]:
    found: dict[str, list[ItemRow]] = {}
    for item in items:
        found.setdefault(item.service or NO_SERVICE, []).append(item)
    yield from sorted(found.items())
