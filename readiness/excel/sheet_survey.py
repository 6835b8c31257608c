"""Sheet survey: is a file a workbook that may be opened, and what of a sheet the reading library does not tell.

The library hides merged cells when it streams, and needs seconds for rows that only have a colour. So the sheet's XML
is streamed first: nothing is kept of it but where cells hold something. Nothing in it is ever run or computed.
"""

import re
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile

from readiness.domain.errors import FrameworkError

MOST_BYTES = 100_000_000
MOST_BYTES_OF_OTHERS = 30_000_000
"""So large may a part that is no sheet be: texts and styles are read as a whole."""
MOST_MERGES = 200
LAST_ROW = 1_048_576
SAVE_AGAIN = "Open it in Excel and save it as an Excel workbook (.xlsx)"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_PARTS = {"row": "row", "c": "cell", "v": "value", "is": "value", "f": "value", "mergeCell": "merge"}


@dataclass(frozen=True, slots=True)
class Merge:
    """Merged cells; rows and columns are counted from 1."""

    name: str  # "A2:A7"
    first_row: int
    last_row: int
    first_column: int
    last_column: int

    def covers(self, row: int, column: int) -> bool:
        """Whether a cell is one of them."""
        return self.first_row <= row <= self.last_row and self.first_column <= column <= self.last_column


@dataclass(slots=True)
class Survey:
    """Where a sheet holds something, in the columns that matter; rows are counted from 1."""

    columns: frozenset[int]
    last_filled: int = 0  # the last row that holds something
    last_row: int = 0  # the last row there is, be it empty
    filled: int = 0  # how many rows hold something
    merges: list[Merge] = field(default_factory=list)

    @property
    def is_full_of_merges(self) -> bool:
        """Whether there were more merged cells than are kept."""
        return len(self.merges) >= MOST_MERGES


def check_workbook(path: Path) -> None:
    """Refuse what is no workbook, or one too large to open. Raises FrameworkError with one sentence."""
    try:
        with path.open("rb") as file:
            _check(path, file)
    except FileNotFoundError:
        raise FrameworkError(path.name, [f"There is no file {path}. Check its name and its folder."]) from None
    except (OSError, ValueError):  # a folder, no permission, a name the system cannot take
        cure = "Check that it is a file, that you may read it, and that no other program holds it."
        raise FrameworkError(path.name, [f"{path} cannot be opened. {cure}"]) from None


def _check(path: Path, file: IO[bytes]) -> None:
    start = file.read(len(_OLE))
    if path.stat().st_size > MOST_BYTES:
        raise FrameworkError(
            path.name, ["This file is larger than 100 MB, so it is no list. Copy the list to a new one."]
        )
    if start == _OLE:
        if "EncryptedPackage".encode("utf-16-le") in file.read(MOST_BYTES):
            fault = "This workbook is protected by a password. Open it in Excel and save a copy without one."
        else:
            fault = f"This is a workbook of an older kind (.xls), or none. {SAVE_AGAIN}."
        raise FrameworkError(path.name, [fault])
    try:
        with ZipFile(file) as archive:
            entries = archive.infolist()
    except (BadZipFile, NotImplementedError, UnicodeDecodeError):
        fault = f"This is no Excel workbook, whatever its name says; a CSV file is none either. {SAVE_AGAIN}."
        raise FrameworkError(path.name, [fault]) from None
    names = {entry.filename for entry in entries}
    if any(entry.flag_bits & 1 for entry in entries):
        raise FrameworkError(path.name, [f"This file is protected by a password. {SAVE_AGAIN} without one."])
    if "xl/workbook.bin" in names:
        raise FrameworkError(path.name, [f"This is a binary workbook (.xlsb). {SAVE_AGAIN}."])
    if "xl/workbook.xml" not in names:
        raise FrameworkError(path.name, [f"This is no Excel workbook, whatever its name says. {SAVE_AGAIN}."])
    others = (entry.file_size for entry in entries if not entry.filename.startswith("xl/worksheets/"))
    if sum(entry.file_size for entry in entries) > MOST_BYTES or max(others) > MOST_BYTES_OF_OTHERS:
        fault = "Unpacked, this workbook holds far more than a list, up to 100 MB. Copy the list to a new workbook."
        raise FrameworkError(path.name, [fault])


def survey(stream: IO[bytes], columns: frozenset[int], most_rows: int) -> Survey:
    """Return where a sheet holds something, from its XML; more than so many rows are not looked at to their end.

    Raises ExpatError and ValueError when it is no sheet.
    """
    from xml.parsers import expat

    found = Survey(columns)
    parser = expat.ParserCreate()
    parser.StartElementHandler = _Surveying(found, most_rows).start
    parser.StartDoctypeDeclHandler = _refuse_declarations
    with suppress(_Enough):
        parser.ParseFile(stream)
    return found


class _Enough(Exception):
    """There are more rows than a list may have."""


def _refuse_declarations(*_declared: object) -> None:
    raise ValueError("a sheet declares no document type")


class _Surveying:
    def __init__(self, found: Survey, most_rows: int) -> None:
        self._found = found
        self._most_rows = most_rows
        self._row = self._column = 0
        self._cell = ""  # the name of the cell, as "C7"; "": it has none, and `_column` counts
        self._names: dict[str, str] = {}  # by the name with its prefix; there are thousands of the same

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        part = self._names.get(name)
        if part is None:
            part = self._names[name] = _PARTS.get(name.rpartition(":")[2], "")
        if part == "cell":
            cell = attributes.get("r", "")
            if not cell:
                self._column = self._at() + 1
            self._cell = cell
        elif part == "value":
            self._value()
        elif part == "row":
            self._row, self._column, self._cell = int(attributes.get("r", self._row + 1)), 0, ""
            self._found.last_row = max(self._found.last_row, self._row)
            if self._row > LAST_ROW:
                raise ValueError("a row beyond the last")
        elif part == "merge" and not self._found.is_full_of_merges:
            self._merge(attributes.get("ref", ""))

    def _at(self) -> int:
        """Return the column of the cell that was begun last."""
        return column_number(self._cell.rstrip("0123456789")) if self._cell else self._column

    def _value(self) -> None:
        found = self._found
        if self._row != found.last_filled and self._at() in found.columns:
            found.filled += 1
            found.last_filled = max(found.last_filled, self._row)
            if found.filled > self._most_rows:
                raise _Enough

    def _merge(self, name: str) -> None:
        first, _, last = name.partition(":")
        one, other = _CELL.fullmatch(first), _CELL.fullmatch(last or first)
        if one and other:
            top, bottom = sorted((int(one[2]), int(other[2])))
            left, right = sorted((column_number(one[1]), column_number(other[1])))
            self._found.merges.append(Merge(name, top, bottom, left, right))


def column_number(letters: str) -> int:
    """Return the number of a column, counted from 1."""
    number = 0
    for letter in letters[:4]:
        number = number * 26 + ord(letter) - 64
    return number
