"""Verification of what is in conflict: which cells are shaded and what their notes say, and that no others are."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl.comments.comment_sheet import CommentSheet
from openpyxl.packaging.relationship import get_dependents
from openpyxl.xml.constants import COMMENTS_NS
from openpyxl.xml.functions import fromstring

from readiness.domain.proving import evidence_lines
from readiness.domain.sharing import ToldValue
from readiness.excel.cells import cell_name
from readiness.excel.contents import ACTIONS, EVIDENCE, FINDINGS, SCRUTINY, Contents
from readiness.excel.contested_cells import (
    ACTION_PLACES,
    EVIDENCE_PLACES,
    FINDING_PLACES,
    ITEM_PLACES,
    SCRUTINY_PLACES,
    room_of,
)
from readiness.excel.styles import CONTESTED_FILL
from readiness.excel.text import head, safe

Tell = Callable[[str, str, object, object], None]
"""Is told a difference: sheet, cell, what belongs there, what stands there."""
Told = Mapping[str, tuple[ToldValue, ...]]
_SHADE = f"FF{CONTESTED_FILL.removeprefix('#')}"


def check_conflicts(path: Path, book: Any, contents: Contents, tell: Tell) -> None:
    """Compare shades and notes on every sheet; where nothing is in conflict, only that there are no notes."""
    with ZipFile(path) as archive:
        wanted = {sheet: (ids, places) for sheet, ids, places in _sheets(contents)}
        for number, sheet in enumerate(book.sheetnames, start=1):
            ids, places = wanted.get(sheet, ((), {}))
            contested = contents.merge.contested
            here = [contested.get(id_, {}) for id_ in ids] if contested else []
            expected = _cells(book[sheet], here, places) if any(here) else {}
            notes = _notes(archive, number)
            for cell in sorted(expected.keys() | notes.keys()):
                _check_note(sheet, cell, expected.get(cell, ()), notes.get(cell, ""), tell)
            if contested and ids:
                _check_shades(sheet, book[sheet], frozenset(expected), tell)


def _sheets(contents: Contents) -> Iterator[tuple[str, Sequence[str], Mapping[str, str]]]:
    """Yield each sheet with the records of its rows, in their order, and where their fields stand."""
    for checklist in contents.checklists:
        yield checklist.sheet, [line.item.id for line in checklist.lines], ITEM_PLACES
    lines = evidence_lines(contents.proving.evidence, contents.board)
    yield EVIDENCE, [line.evidence.id for line in lines], EVIDENCE_PLACES
    found = contents.registers
    yield ACTIONS, [line.id for line in found.actions], ACTION_PLACES
    yield SCRUTINY, [line.id for line in found.scrutiny], SCRUTINY_PLACES
    yield FINDINGS, [line.id for line in found.findings], FINDING_PLACES


def _cells(sheet: Any, here: Sequence[Told], places: Mapping[str, str]) -> dict[str, tuple[ToldValue, ...]]:
    """Return which cells of a sheet are in conflict, found by its headings, with the values that each must tell."""
    headings = set(places.values())
    for number, cells in enumerate(sheet.iter_rows(values_only=True)):
        if headings <= set(cells):
            return {
                cell_name(number + 1 + place, cells.index(places[field])): told
                for place, fields in enumerate(here)
                for field, told in fields.items()
                if field in places
            }
    return {}


def _notes(archive: ZipFile, number: int) -> dict[str, str]:
    """Return the notes of a sheet by cell; a book that is read row by row does not bring them."""
    rels = f"xl/worksheets/_rels/sheet{number}.xml.rels"
    if rels not in archive.namelist():
        return {}
    found: dict[str, str] = {}
    for each in get_dependents(archive, rels).find(COMMENTS_NS):
        reader: Any = CommentSheet  # its type knows nothing of trees
        read = reader.from_tree(fromstring(archive.read(each.target)))
        found |= {cell: comment.text for cell, comment in read.comments}
    return found


def _check_note(sheet: str, cell: str, told: Sequence[ToldValue], note: str, tell: Tell) -> None:
    if bool(told) != bool(note):
        tell(sheet, f"{cell} (note)", "every value in conflict" if told else "", note)
    for each in told:
        for part in (safe(each.who), head(safe(each.value), room_of(told))):
            if part not in note:
                tell(sheet, f"{cell} (note)", part, note)


def _check_shades(sheet: str, page: Any, expected: frozenset[str], tell: Tell) -> None:
    for row in page.iter_rows():
        for cell in row:
            fill = getattr(cell, "fill", None)
            is_shaded = fill is not None and fill.fgColor is not None and fill.fgColor.rgb == _SHADE
            if fill is not None and is_shaded != (cell.coordinate in expected):
                belongs, stands = ("shaded", "not shaded") if not is_shaded else ("not shaded", "shaded")
                tell(sheet, f"{cell.coordinate} (shade)", belongs, stands)
