"""Verification of the Summary: every count and every total against the figures of the board."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from readiness.domain.figures import Figures, figures, inspection_figures, service_figures
from readiness.domain.vocabulary import ItemStatus, Rating
from readiness.excel.contents import SUMMARY, Contents
from readiness.excel.summary_layout import Layout

NO_VALUE = "–"
Same = Callable[[str, int, int, object, object], None]


def check_summary(rows: Iterator[Sequence[Any]], contents: Contents, layout: Layout, same: Same) -> None:
    """Compare every row of figures with what the board comes to; `same` compares one cell."""
    cells = list(rows)
    wanted = list(_wanted(contents))
    places = [(row.row, block.heading_row) for block in layout.blocks for row in block.rows]
    same(SUMMARY, 0, 0, len(wanted), len(places))
    for (label, found), (row, heading_row) in zip(wanted, places, strict=True):
        headings = _headings(cells[heading_row])
        same(SUMMARY, row, 0, label, cells[row][0])
        for heading, value in _cells(found).items():
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


def _wanted(contents: Contents) -> Iterator[tuple[str, Figures]]:
    """Return label and figures of every row, from top to bottom, straight from the board."""
    board = contents.board
    names = [each.name for each in contents.checklists]
    found = inspection_figures(board)
    yield from ((name, each.figures) for name, each in zip(names, found, strict=True))
    if len(found) > 1:
        yield "All together", figures(board.items)
        yield from ((each.service, each.figures) for each in service_figures(board.items))
    for each, checklist in zip(found, contents.checklists, strict=True):
        yield from zip(checklist.area_labels, (area.figures for area in each.areas), strict=True)
        yield from ((service.service, service.figures) for service in each.services)
