"""Sheets: the cells of a workbook, row by row, with what else it keeps: comments, drawings, copies behind pivot tables.

Formulas are not worked out: their last results are read. True dates become ISO text. Texts that cells share are kept in
one run of bytes up to a limit; those beyond it are read too, but then without the cells they stand in.
"""

import re
from array import array
from collections.abc import Iterator
from datetime import date, timedelta

from readiness.documents.archive import Archive
from readiness.documents.gathering import Gathering
from readiness.documents.limits import CHUNK, MEGABYTE
from readiness.documents.xml_parts import read_part
from readiness.domain.passages import Passage

BOOK, SHARED, STYLES = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"
LINKS = "xl/_rels/workbook.xml.rels"
_LOOSE = re.compile(r"xl/(?P<kind>comments|threadedComments|drawings|pivotCache|externalLinks|charts)[^_]*\.xml")
_LOOSE_PLACES = {
    "comments": "the comments",
    "threadedComments": "the comments",
    "drawings": "the drawings",
    "pivotCache": "the copy of the data behind a pivot table",
    "externalLinks": "what it keeps of other workbooks",
    "charts": "the data of a chart",
}
_MOST_SHARED = 32 * MEGABYTE
_WIDEST = 1_000
"""Columns; what stands further to the right is read with the last of them."""

_DATE_FORMATS = frozenset((*range(14, 18), 22, *range(27, 37), *range(50, 59)))
"""Numbers of the formats that every workbook has and that show a day."""

_NOT_CODE = re.compile(r"\"[^\"]*\"|\[[^\]]*\]|\\.|_.|\*.")
_LONGEST_CODE = 255
_FIRST_DAY, _FIRST_DAY_1904 = date(1899, 12, 30), date(1904, 1, 1)
_LAST_SERIAL = 2_900_000
_LETTERS = re.compile(r"[A-Z]{1,3}")


def read_book(archive: Archive) -> Iterator[Passage]:
    """Yield the rows of every sheet, hidden ones too, and what else the workbook keeps. Raises Stopped."""
    outline = _Outline()
    for part in (BOOK, LINKS, STYLES):
        if part in archive:
            yield from read_part(archive.chunks(part), outline)
    shared = _Shared()
    if SHARED in archive:
        yield from read_part(archive.chunks(SHARED), shared)
    names = outline.names(archive)
    yield from (Passage("the name of a sheet", name) for name in names.values())
    for part in archive.names:
        if part in names:
            reader = _SheetReader(names[part], shared, outline)
            yield from read_part(archive.chunks(part), reader)
        elif found := _LOOSE.fullmatch(part):
            yield from read_part(archive.chunks(part), _LooseReader(_LOOSE_PLACES[found["kind"]]))


class _Quiet:
    """A reader that only learns."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Some text."""

    def drain(self) -> list[Passage]:
        """Return what is finished."""
        return []


class _Outline(_Quiet):
    """Which part holds which sheet, which styles show dates, and from which day they are counted."""

    def __init__(self) -> None:
        self.first_day = _FIRST_DAY
        self.dates: set[str] = set()  # numbers of styles
        self._sheets: list[tuple[str, str]] = []  # id of the link, name
        self._targets: dict[str, str] = {}
        self._formats: set[int] = set(_DATE_FORMATS)
        self._styles = 0
        self._is_in_styles = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element of the workbook, of its links or of its styles."""
        if name == "sheet":
            link = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            self._sheets.append((link, attributes.get("name", "")))
        elif name == "Relationship":
            target = attributes.get("Target", "")
            self._targets[attributes.get("Id", "")] = target.lstrip("/") if target[:1] == "/" else f"xl/{target}"
        elif name == "workbookPr" and attributes.get("date1904", "0") in ("1", "true"):
            self.first_day = _FIRST_DAY_1904
        elif name == "numFmt":
            if _shows_date(attributes.get("formatCode", "")):
                self._formats.add(_number(attributes.get("numFmtId", "")))
        elif name == "cellXfs":
            self._is_in_styles = True
        elif name == "xf" and self._is_in_styles:
            if _number(attributes.get("numFmtId", "")) in self._formats:
                self.dates.add(str(self._styles))
            self._styles += 1

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "cellXfs":
            self._is_in_styles = False

    def names(self, archive: Archive) -> dict[str, str]:
        """Return the name of each sheet by its part; those that the workbook does not name are called by their file."""
        known = {self._targets[link]: name for link, name in self._sheets if link in self._targets}
        parts = [part for part in archive.names if re.fullmatch(r"xl/(?:work|macro|dialog)sheets/[^/]+\.xml", part)]
        return {part: known.get(part) or part.rpartition("/")[2] for part in parts}


class _Shared:
    """The texts that cells share, by number."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("Q", [0])
        self._gathered = Gathering(self._hand_on)
        self._takes, self._phonetic = False, False
        self._done: list[Passage] = []

    def __getitem__(self, number: int) -> str:
        if not 0 <= number < len(self._ends) - 1:
            return ""
        return self._bytes[self._ends[number] : self._ends[number + 1]].decode("utf-8", "replace")

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        """An element begins."""
        if name == "t":
            self._takes = not self._phonetic
        elif name == "rPh":
            self._phonetic = True

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "t":
            self._takes = False
        elif name == "rPh":
            self._phonetic = False
        elif name == "si":
            text = self._gathered.taken()
            if len(self._bytes) > _MOST_SHARED:
                self._hand_on(text)
            else:
                self._bytes += text.encode("utf-8", "replace")
                self._ends.append(len(self._bytes))

    def text(self, data: str) -> None:
        """Some text."""
        if self._takes:
            self._gathered.add(data)

    def drain(self) -> list[Passage]:
        """Return the texts that are not kept."""
        done, self._done = self._done, []
        return done

    def _hand_on(self, text: str) -> None:
        self._done.append(Passage("the texts of its cells", text))


class _SheetReader:
    """Makes a passage of each row of a sheet."""

    def __init__(self, sheet: str, shared: _Shared, outline: _Outline) -> None:
        self._sheet, self._shared, self._outline = f"sheet {sheet}", shared, outline
        self._done: list[Passage] = []
        self._cells: list[str] = []
        self._row = 0
        self._columns: dict[str, int] = {}
        self._takes = False
        self._kind, self._style, self._column = "n", "", 0
        self._gathered = Gathering(self._overflow)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name == "c":
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._column = self._place_of(attributes.get("r", ""))
        elif name in ("v", "t"):
            self._takes = True
        elif name == "row":
            self._row = _number(attributes.get("r", "")) or self._row + 1
            self._cells = []

    def end(self, name: str) -> None:
        """An element ends."""
        if name in ("v", "t"):
            self._takes = False
        elif name == "c":
            text = self._value(self._gathered.taken())
            if text:
                self._put(text)
        elif name == "row" and self._cells:
            self._done.append(Passage(f"{self._sheet}, row {self._row:,}", cells=tuple(self._cells), table=self._sheet))

    def text(self, data: str) -> None:
        """Some text."""
        if self._takes:
            self._gathered.add(data)

    def drain(self) -> list[Passage]:
        """Return what is finished."""
        done, self._done = self._done, []
        return done

    def _put(self, text: str) -> None:
        cells, column = self._cells, self._column
        if column >= len(cells):
            cells.extend([""] * (column - len(cells)))
            cells.append(text)
        elif len(cells[column]) > CHUNK:
            self._overflow(text)
        else:
            cells[column] = f"{cells[column]} {text}" if cells[column] else text

    def _place_of(self, reference: str) -> int:
        found = _LETTERS.match(reference)
        if found is None:
            return min(len(self._cells), _WIDEST - 1)
        letters = found[0]
        if letters not in self._columns:
            number = 0
            for letter in letters:
                number = number * 26 + ord(letter) - 64
            self._columns[letters] = min(number, _WIDEST) - 1
        return self._columns[letters]

    def _value(self, text: str) -> str:
        if self._kind == "s":
            return self._shared[_number(text)].strip()
        if self._kind == "n" and text:
            return self._date(text) if self._style in self._outline.dates else _plain_number(text)
        return text.strip()

    def _date(self, text: str) -> str:
        try:
            days = int(float(text))
        except (ValueError, OverflowError):
            return text
        if not 0 < days < _LAST_SERIAL:
            return text
        return (self._outline.first_day + timedelta(days=days)).isoformat()

    def _overflow(self, text: str) -> None:
        self._done.append(Passage(f"{self._sheet}, row {self._row:,}", text))


class _LooseReader:
    """Makes lines of the texts and values of any other part; behind a pivot table each with the name of its field."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._lines: list[str] = []
        self._size = 0
        self._field = ""
        self._takes = False
        self._gathered = Gathering(self._hand_on)
        self._done: list[Passage] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name in ("t", "text") or (name == "v" and not attributes):
            self._takes = True
        elif name == "cacheField":
            self._field = attributes.get("name", "")
        elif name in ("s", "n", "d", "e") and "v" in attributes:
            self._add(f"{self._field}: {attributes['v']}" if self._field else attributes["v"])

    def end(self, name: str) -> None:
        """An element ends."""
        if name in ("t", "text", "v"):
            self._takes = False
        if name in ("p", "v", "comment", "threadedComment"):
            self._add(self._gathered.taken())
        elif name == "cacheField":
            self._field = ""

    def text(self, data: str) -> None:
        """Some text."""
        if self._takes:
            self._gathered.add(data)

    def drain(self) -> list[Passage]:
        """Return what is finished."""
        self._flush()
        done, self._done = self._done, []
        return done

    def _add(self, line: str) -> None:
        if line:
            self._lines.append(line.replace("\n", " "))
            self._size += len(line)
            if self._size > CHUNK:
                self._flush()

    def _flush(self) -> None:
        if self._lines:
            self._hand_on("\n".join(self._lines))
            self._lines, self._size = [], 0

    def _hand_on(self, text: str) -> None:
        self._done.append(Passage(self._place, text))


def _shows_date(code: str) -> bool:
    """Whether a number format shows a day."""
    letters = _NOT_CODE.sub("", code[:_LONGEST_CODE]).casefold()
    return "y" in letters or "d" in letters


def _plain_number(text: str) -> str:
    """Return a whole number that the file writes as a fraction or a power as its digits."""
    if "." not in text and "E" not in text and "e" not in text:
        return text
    try:
        number = float(text)
    except ValueError:
        return text
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else text


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
