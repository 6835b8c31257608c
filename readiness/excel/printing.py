"""Printing: how a sheet lies on paper, and how high its rows are. A4, one page wide, page numbers in the footer."""

from collections.abc import Iterable
from math import ceil
from typing import Any

_A4 = 9
_LINE_POINTS = 15
_HIGHEST = 405
"""Excel allows no row above 409 points; a longer text is read in the cell."""

_LOST = 2
"""What a line loses to words that wrap and to the indent, in the widths of a digit."""


def row_height(texts: Iterable[tuple[str, float]]) -> float:
    """Return how many points wrapped texts need, given each with the width of its column in characters.

    Excel fits rows by itself, other readers do not: so every row says its height.
    """
    most = 1
    for text, width in texts:
        room = width - _LOST
        if len(text) > room or "\n" in text:
            most = max(most, sum(max(ceil(len(line) / room), 1) for line in text.split("\n")))
    return min(most * _LINE_POINTS + 3, _HIGHEST)


def set_print(sheet: Any, name: str, heading_row: int | None = None, *, portrait: bool = False) -> None:
    """Set a sheet up for the printer; `heading_row` (from 0) is repeated on every page."""
    if portrait:
        sheet.set_portrait()
    else:
        sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.65)
    said = name[:60].replace("&", "&&")
    sheet.set_footer(f"&L&8{said}&R&8Page &P of &N")
    if heading_row is not None:
        sheet.repeat_rows(heading_row)
