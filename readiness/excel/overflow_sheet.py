"""Overflow: texts too long for one cell, whole, in pieces; it exists only when there are some."""

from readiness.excel.cells import Page
from readiness.excel.printing import set_print
from readiness.excel.styles import Styles
from readiness.excel.text import OVERFLOW_SHEET, Overflow

HEADINGS = ("Reference", "Field", "Part", "Text")


def write_overflow(page: Page, overflow: Overflow, styles: Styles) -> None:
    """Fill the sheet Overflow; the rows are those that the marks in the cut cells name."""
    page.sheet.set_row(0, 30)
    page.put(0, 0, OVERFLOW_SHEET, styles["title"])
    page.put(1, 0, "Texts too long for one cell, whole; read the parts one after another", styles["note"])
    for column, (heading, width) in enumerate(zip(HEADINGS, (16, 20, 10, 140), strict=True)):
        page.put(Overflow.FIRST_ROW - 2, column, heading, styles["heading"])
        page.sheet.set_column(column, column, width)
    for text in overflow.texts:
        for number, piece in enumerate(text.pieces):
            row = text.row - 1 + number
            page.put(row, 0, text.reference[:200], styles["text"])
            page.put(row, 1, text.field, styles["text"])
            page.put(row, 2, f"{number + 1} of {len(text.pieces)}", styles["text"])
            page.put(row, 3, piece, styles["wrap"])
    page.sheet.freeze_panes(Overflow.FIRST_ROW - 1, 0)
    set_print(page.sheet, OVERFLOW_SHEET, Overflow.FIRST_ROW - 2)
