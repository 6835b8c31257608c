"""Cells: the one place where a value meets a cell, and how formulas name places."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from readiness.excel.text import Overflow, is_long, safe

_PLAIN = re.compile(r"Key|Summary|Gaps")
FIRST_YEAR = 1900
"""Excel knows no earlier day than its first."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A live formula with the result that is stored beside it, for readers that do not calculate."""

    text: str  # begins with "="
    result: float | str


Value = str | float | date | Formula | None


class Page:
    """A worksheet that takes values: text is text whatever it begins with, dates are dates."""

    __slots__ = ("overflow", "sheet")

    def __init__(self, sheet: Any, overflow: Overflow) -> None:
        self.sheet = sheet
        self.overflow = overflow

    def put(self, row: int, column: int, value: Value, style: Any, reference: str = "", field: str = "") -> None:
        """Write a value; `reference` and `field` name a text that is too long, on the sheet Overflow."""
        if value is None or value == "":
            self.sheet.write_blank(row, column, None, style)
        elif isinstance(value, str):
            self._put_text(row, column, value, style, reference, field)
        elif isinstance(value, Formula):
            self.sheet.write_formula(row, column, value.text, style, value.result)
        elif isinstance(value, date):
            if value.year >= FIRST_YEAR:
                self.sheet.write_datetime(row, column, value, style)
            else:
                self.sheet.write_string(row, column, value.isoformat(), style)
        else:
            self.sheet.write_number(row, column, value, style)

    def _put_text(self, row: int, column: int, text: str, style: Any, reference: str, field: str) -> None:
        text = safe(text)
        if is_long(text):
            text = self.overflow.cut(text, reference, field)
        if text.startswith("<r>") and text.endswith("</r>"):  # XlsxWriter takes that for its own markup
            self.sheet.write_rich_string(row, column, "<", style, text[1:], style)
        else:
            self.sheet.write_string(row, column, text, style)


def column_name(column: int) -> str:
    """Return the letters of a column counted from 0."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(65 + letter) + name
    return name


def cell_name(row: int, column: int) -> str:
    """Return a cell as people read it, "K7"; both are counted from 0."""
    return f"{column_name(column)}{row + 1}"


def fixed(row: int, column: int) -> str:
    """Return a cell for a formula that may be copied, "$K$7"."""
    return f"${column_name(column)}${row + 1}"


def column_range(sheet: str, column: int, first_row: int, last_row: int) -> str:
    """Return part of a column of a sheet for a formula, "'SEN re-visit'!$K$5:$K$62"."""
    return f"{quoted(sheet)}!{fixed(first_row, column)}:{fixed(last_row, column)}"


def quoted(sheet: str) -> str:
    """Return a sheet's name as formulas write it."""
    return sheet if _PLAIN.fullmatch(sheet) else "'" + sheet.replace("'", "''") + "'"


def literal(text: str) -> str:
    """Return a text as formulas write it."""
    return '"' + text.replace('"', '""') + '"'
