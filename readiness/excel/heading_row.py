"""Heading row: the names in the first row of a list, of a workbook or a CSV file. Rows below are not looked at."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any

from readiness.domain.errors import BadValue, FrameworkError
from readiness.domain.plain_words import listed, shown
from readiness.excel.open_book import first_row, open_book, sheets_with_cells

LONGEST_LINE = 65_536
MOST_LINES = 20
"""Over so many lines a row of headings may run, where some are in quotation marks."""
_NUMBER = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """The first row of a list."""

    headings: tuple[str, ...]
    sheet: str = ""  # of a workbook


def read_heading_row(path: Path, number: int, sheet: str = "") -> HeadingRow:
    """Read the first row of a list. Raises BadValue with one sentence.

    Args:
        path: A workbook (.xlsx), or any text file with separators (.csv, .txt).
        number: Of the list: of several sheets the one with this number in its name is read.
        sheet: The name of the sheet to read instead; "": it is found by the number.
    """
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        return HeadingRow(_of_text(path))
    try:
        with open_book(path) as book:
            sheets = {name: each for name, (each, _) in sheets_with_cells(path, book).items()}
            found = _chosen(path, sheets, number, sheet)
            texts = [_text(cell.value) for cell in first_row(found)]
            last = max((number for number, text in enumerate(texts, start=1) if text.strip()), default=0)
            return HeadingRow(tuple(texts[:last]), found.title)
    except FrameworkError as error:
        raise BadValue(f"{path.name}: {error.faults[0]}") from None


def _chosen(path: Path, sheets: dict[str, Any], number: int, wanted: str) -> Any:
    """Return the sheet that is meant."""
    if wanted:
        for name, sheet in sheets.items():
            if name.strip().casefold() == wanted.strip().casefold():
                return sheet
        raise BadValue(f"{path.name} has no sheet “{shown(wanted)}”. Choose {listed(sheets)}.")
    numbered = [sheet for name, sheet in sheets.items() if number in map(int, _NUMBER.findall(name[:99]))]
    if len(numbered) == 1:
        return numbered[0]
    if len(sheets) == 1:
        return next(iter(sheets.values()))
    several = "Several sheets have" if numbered else "No sheet has"
    raise BadValue(
        f"{several} the number {number} in the name. Call the sheet of the list “List {number}”, and no other."
    )


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _of_text(path: Path) -> tuple[str, ...]:
    """Return the first row of a text file: its encoding and its separator are found out from the first line."""
    try:
        with path.open("rb") as file:
            start = file.read(LONGEST_LINE)
        with path.open(encoding=_encoding(start), newline="", errors="replace") as file:
            lines = list(islice(_lines(file), MOST_LINES))
    except FileNotFoundError:
        raise BadValue(f"There is no file {path}. Check its name and its folder.") from None
    except (OSError, ValueError):  # a folder, no permission, a name the system cannot take
        cure = "Check that it is a file, that you may read it, and that no other program holds it."
        raise BadValue(f"{path} cannot be opened. {cure}") from None
    if b"\x00" in start[:1000] and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadValue(f"{path.name} is no text file. Choose a workbook (.xlsx) or a CSV file.")
    return _row(lines)


def _encoding(start: bytes) -> str:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"  # Excel's “Unicode text”
    line = start.split(b"\n", 1)[0]
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _lines(file: IO[str]) -> Iterator[str]:
    return iter(lambda: file.readline(LONGEST_LINE), "")


def _row(lines: Sequence[str]) -> tuple[str, ...]:
    first = ""
    for line in lines:
        first += line
        if first.count('"') % 2 == 0:  # else a heading goes on in the next line
            break
    separator = max(("\t", ";", ","), key=first.count)  # a comma may also stand in a name
    try:
        return tuple(next(csv.reader(first.splitlines(keepends=True), delimiter=separator), []))
    except csv.Error:
        return ()
