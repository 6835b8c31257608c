"""Verification of a pack's index: read back with another library and held against the plan, link by link."""

import re
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from readiness.domain.errors import PackError
from readiness.domain.pack_lines import PackLine, pack_lines
from readiness.domain.packing import PackPlan
from readiness.excel.pack_index import FILE, HEADING_ROW, LINKS_MOST, SHEET
from readiness.excel.text import is_long, safe

_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_TOLD = ("Reference", "Item", "Evidence", FILE)


def check_index(content: bytes, plan: PackPlan, members: frozenset[str]) -> None:
    """Compare the index with the plan. Raises PackError at the first line that says something else.

    Args:
        content: The workbook as it stands in the pack.
        plan: What it is to list.
        members: Every path in the pack; a link must lead to one of them.
    """
    book = load_workbook(BytesIO(content))
    try:
        rows = iter(book[SHEET].iter_rows(min_row=HEADING_ROW + 1))
        places = {cell.value: number for number, cell in enumerate(next(rows))}
        links = 0
        for line in pack_lines(plan):
            cells = next(rows, ())
            links += _check(line, {name: cells[places[name]] for name in _TOLD} if cells else {}, members, links)
        left = next(rows, ())
        if any(cell.value is not None for cell in left):
            raise _wrong("more lines than the pack has files")
    finally:
        book.close()


def _check(line: PackLine, cells: dict[str, Any], members: frozenset[str], links: int) -> int:
    """Check one line and return how many links it has."""
    row, piece = line.item.item, line.piece
    wanted = (row.reference, row.title, piece.evidence.title if piece else "", line.words)
    for name, text in zip(_TOLD, wanted, strict=True):
        text = safe(text)
        found = (cells[name].value or "") if cells else ""
        if found != text and not (is_long(text) and text[:1000] == str(found)[:1000]):
            raise _wrong(f"“{str(found)[:60]}” where “{text[:60]}” belongs")
    link = cells[FILE].hyperlink
    if line.file is None:
        return int(link is not None)
    if link is None:
        if links < LINKS_MOST:
            raise _wrong(f"no link to “{line.file.path}”")
        return 0
    target = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), link.target or "").replace("\\", "/")
    if target != line.file.path or target not in members:
        raise _wrong(f"a link to “{target[:120]}” where “{line.file.path}” belongs")
    return 1


def _wrong(what: str) -> PackError:
    return PackError(
        f"The pack was not kept, because its index has {what}. Make it again; if this comes back, please report it."
    )
