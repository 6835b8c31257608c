"""Framework list: a checklist kept in Excel, a row an item, becomes areas and items, or is refused with all its faults.

Each fault names the sheet, the row and the column. Nothing of the workbook is ever run or computed.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from readiness.domain.dates import written
from readiness.domain.editing import LINE_LIMIT, parse_field
from readiness.domain.errors import BadValue, FrameworkError
from readiness.domain.plain_words import is_control, listed, shown
from readiness.domain.views import AreaDraft, FrameworkDraft, ItemDraft
from readiness.domain.vocabulary import ItemField, Kind, Priority
from readiness.excel.cells import column_name
from readiness.excel.list_columns import COLUMNS, Column, recognised
from readiness.excel.open_book import first_row, open_book, sheets_with_cells
from readiness.excel.sheet_survey import LAST_ROW, MOST_MERGES, Survey, survey

if TYPE_CHECKING:
    from openpyxl.reader.excel import ExcelReader

MOST_ITEMS = 5000
MOST_FAULTS = 200
FORGIVEN_ROWS = 1000
"""So many rows may be formatted and empty below the list."""
_CODED = re.compile(r"([A-Za-z][0-9]{0,2}|[0-9]{1,3})(?:[.):]| [-–])\s+(\S.*)|([A-Z])\s+([A-Z0-9“‘\"'].*)")
"""“A. Plans”, “A – Plans”, “A Plans”; but not “A good start”."""


@dataclass(frozen=True, slots=True)
class ListReading:
    """What a list says."""

    sheet: str
    areas: tuple[AreaDraft, ...]
    ignored: tuple[str, ...] = ()  # headings of columns that mean nothing here


def list_draft(reading: ListReading, id_: str, edition: str, title: str, short_title: str) -> FrameworkDraft:
    """Return a list as a framework of the council's own."""
    summary = "A checklist of the council’s own, from an Excel list"
    return FrameworkDraft(id_, edition, title, short_title, summary, {}, reading.areas)


def read_framework_list(path: Path) -> ListReading:
    """Read a list. Raises FrameworkError with every fault, or with one sentence where it is no workbook."""
    with open_book(path) as book:
        return _read(path, book)


def _read(path: Path, book: "ExcelReader") -> ListReading:
    sheets = sheets_with_cells(path, book)
    headings = {name: first_row(sheet) for name, (sheet, _) in sheets.items()}
    sheet, part = max(
        sheets.values(), key=lambda each: (_known(headings[each[0].title]), each[0].sheet_state == "visible")
    )
    reading = _Sheet(sheet.title)
    reading.find_columns(headings[sheet.title])
    with book.archive.open(part) as stream:
        found = survey(stream, frozenset(reading.columns.values()), MOST_ITEMS + 1)
    if reading.columns:
        reading.check_extent(found)
    rows = sheet.iter_rows(min_row=2, max_row=found.last_filled, max_col=max([*reading.columns.values(), 1]))
    if found.filled <= MOST_ITEMS + 1 and found.last_filled > 1:
        reading.read_rows(rows)
    if reading.faults:
        raise FrameworkError(path.name, reading.in_words())
    return ListReading(sheet.title, reading.areas.drafts(), reading.ignored)


def _known(headings: Sequence[Any]) -> int:
    return len({column.key for cell in headings if (column := recognised(cell.value)) is not None})


@dataclass(slots=True)
class _Areas:
    """The areas met so far, in their order, each with its items; codes are given at the end."""

    titles: dict[str, tuple[str, str, int]] = field(default_factory=dict)  # by how they are compared: code, title, row
    items: dict[str, list[ItemDraft]] = field(default_factory=dict)

    def drafts(self) -> tuple[AreaDraft, ...]:
        taken = {code.casefold() for code, _, _ in self.titles.values() if code}
        letters = (name for number in range(18_278) if (name := column_name(number)).casefold() not in taken)
        return tuple(
            AreaDraft(code or next(letters), title, items=tuple(self.items[key]))
            for key, (code, title, _) in self.titles.items()
        )


class _Sheet:
    """One sheet as it is read: its columns, its faults and what it comes to."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._survey = Survey(frozenset())
        self._references: dict[str, int] = {}
        self.columns: dict[str, int] = {}  # by the key of the column; counted from 1
        self.ignored: tuple[str, ...] = ()
        self.areas = _Areas()
        self.faults: list[tuple[int, str]] = []  # by row

    def in_words(self) -> list[str]:
        """Return the faults as sentences, from the first row on."""
        ordered = [text for _, text in sorted(self.faults, key=lambda fault: fault[0])]
        more = len(ordered) - MOST_FAULTS
        return ordered if more <= 0 else [*ordered[:MOST_FAULTS], f"And {more:,} more. Correct these first."]

    def _add(self, row: int, place: str, reason: str) -> None:
        self.faults.append((row, f"Sheet “{shown(self._name)}”, {place}: {reason}"))

    def _add_cell(self, row: int, column: Column, reason: str) -> None:
        letter = column_name(self.columns[column.key] - 1)
        self._add(row, f"row {row}, column {letter} ({column.title})", reason)

    def find_columns(self, headings: Sequence[Any]) -> None:
        """Learn which column is which from the first row."""
        ignored = []
        for number, cell in enumerate(headings, start=1):
            column = recognised(cell.value)
            if cell.value is not None and cell.data_type == "f":
                place = f"row 1, column {column_name(number - 1)}"
                self._add(1, place, "This heading is a formula. Write it as text.")
            elif column is None:
                ignored += [shown(str(cell.value).strip())] if str(cell.value or "").strip() else []
            elif column.key in self.columns:
                letters = listed([column_name(at - 1) for at in (self.columns[column.key], number)]).replace(
                    " or ", " and "
                )
                self._add(1, "row 1", f"Columns {letters} both stand for {column.title}. Rename or delete one.")
            else:
                self.columns[column.key] = number
        missing = [column for column in COLUMNS if column.is_needed and column.key not in self.columns]
        if missing:
            names = listed([column.title for column in missing])
            cure = "Write each in the first row, above a column; cells below may stay empty, but for " + listed(
                [column.title for column in COLUMNS if column.must_be_filled]
            ).replace(" or ", " and ")
            self._add(1, "row 1", f"There is no heading {names}. {cure}.")
        self.ignored = tuple(ignored)

    def check_extent(self, found: Survey) -> None:
        """Note rows that are empty and yet used, merged cells, and a list that is far too long."""
        self._survey = found
        if found.last_row - found.last_filled > FORGIVEN_ROWS and found.filled <= MOST_ITEMS + 1:
            first = max(found.last_filled, 1) + 1
            cure = "Select them, delete them (Home, Delete, Delete Sheet Rows) and save."
            reason = f"{found.last_row - first + 1:,} empty rows follow the list and still count as used. {cure}"
            self._add(LAST_ROW, f"rows {first} to {found.last_row}", reason)
        if found.filled > MOST_ITEMS + 1:
            self._add(
                0, f"rows 2 to {found.last_filled}", f"A checklist has {MOST_ITEMS:,} items at most. Split the list."
            )
        elif found.last_filled < 2:
            self._add(2, "row 2", "There is no item below the headings. Write one in each row.")
        used = set(self.columns.values())
        for merge in found.merges:
            columns = range(merge.first_column, merge.last_column + 1)
            if merge.first_row == 1 or (merge.first_row <= found.last_filled and not used.isdisjoint(columns)):
                cure = "Unmerge them (Home, Merge & Center) and fill each cell."
                self._add(merge.first_row, f"row {merge.first_row}", f"The cells {merge.name} are merged. {cure}")
        if found.is_full_of_merges:
            self._add(LAST_ROW, "all rows", f"More than {MOST_MERGES} cells are merged. Unmerge all of them.")

    def read_rows(self, rows: Iterable[Sequence[Any]]) -> None:
        """Read the items, and note empty rows between them."""
        empty: list[int] = []
        for number, cells in enumerate(rows, start=2):
            found = {key: cells[column - 1] for key, column in self.columns.items() if column <= len(cells)}
            if all(_is_blank(cell.value) for cell in found.values()):
                empty.append(number)
                continue
            if empty:
                self._note_empty(empty)
                empty = []
            self._read_item(number, {column: found.get(column.key) for column in COLUMNS if column.key in self.columns})

    def _note_empty(self, rows: Sequence[int]) -> None:
        if len(rows) == 1:
            self._add(rows[0], f"row {rows[0]}", "This row is empty. Delete it.")
        else:
            self._add(rows[0], f"rows {rows[0]} to {rows[-1]}", "These rows are empty. Delete them.")

    def _read_item(self, row: int, cells: Mapping[Column, Any]) -> None:
        texts = {column.key: self._text(row, column, cell) for column, cell in cells.items()}
        reference, area = texts.get("reference") or "", texts.get("area") or ""
        if reference:
            first = self._references.setdefault(reference.casefold(), row)
            if first != row:
                column = next(each for each in COLUMNS if each.key == "reference")
                reason = (
                    f"“{shown(reference)}” stands first in row {first}; capitals make no difference. Write another."
                )
                self._add_cell(row, column, reason)
        item = ItemDraft(
            reference=reference,
            title=texts.get("title") or "",
            guidance=texts.get("guidance") or "",
            kind=self._word(row, "kind", texts, Kind.DOCUMENT),
            owner=texts.get("owner") or "",
            service=texts.get("service") or "",
            due_rule=self._word(row, "due", texts, "held ready"),
            priority=self._word(row, "priority", texts, Priority.IMPORTANT),
        )
        if area:
            self._put(row, area, item)

    def _put(self, row: int, text: str, item: ItemDraft) -> None:
        """Put an item into its area; “A Plans” and “A. Plans” give the area its code."""
        match = _CODED.fullmatch(text)
        code, title = (match[1] or match[3], match[2] or match[4]) if match else ("", text)
        key = code.casefold() if code else f"\n{title.casefold()}"
        known_code, known_title, first = self.areas.titles.setdefault(key, (code, title, row))
        self.areas.items.setdefault(key, []).append(item)
        if known_title.casefold() != title.casefold():
            column = next(each for each in COLUMNS if each.key == "area")
            reason = (
                f"{known_code} stands for “{shown(known_title)}” in row {first}. Write the same, or another letter."
            )
            self._add_cell(row, column, reason)

    def _word(self, row: int, key: str, texts: Mapping[str, str | None], otherwise: Any) -> Any:
        """Return what a text means: a kind, a priority or a due rule; an empty cell means the usual one."""
        text = texts.get(key)
        if not text:
            return otherwise
        column = next(each for each in COLUMNS if each.key == key)
        try:
            return parse_field(_FIELDS[key], text)
        except BadValue as error:
            self._add_cell(row, column, str(error).replace(text, shown(text)))
            return otherwise

    def _text(self, row: int, column: Column, cell: Any) -> str | None:
        """Return the text of a cell; None where it holds none that fits, which is noted."""
        value = cell.value if cell is not None else None
        if value is not None and (reason := _unfit(column, value, cell.data_type)):
            self._add_cell(row, column, reason)
            return None
        text = _tidy(value, column)
        if not text and column.must_be_filled and not self._is_merged(row, column):
            self._add_cell(row, column, "This cell is empty. Write something.")
        elif len(text) > column.longest:
            self._add_cell(row, column, f"This text has {len(text):,} characters. Shorten it to {column.longest:,}.")
        elif any(is_control(each) and each not in "\n\t" for each in text):
            self._add_cell(row, column, "This text holds a control character. Write it again without.")
        else:
            return text
        return None

    def _is_merged(self, row: int, column: Column) -> bool:
        return any(merge.covers(row, self.columns[column.key]) for merge in self._survey.merges)


_FIELDS = {"kind": ItemField.KIND, "due": ItemField.DUE_RULE, "priority": ItemField.PRIORITY}


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _unfit(column: Column, value: object, data_type: str) -> str:
    """Return why a value cannot stand in a column, with the cure; "" where it can."""
    if data_type == "f":
        return "This cell holds a formula. Copy it and paste it back as a value (Paste Special, Values)."
    if data_type == "e":
        return f"This cell holds the error {shown(str(value))}. Write text instead."
    if isinstance(value, bool):
        return "This cell holds TRUE or FALSE. Write text instead."
    if isinstance(value, int | float):
        return "" if column.takes_numbers else "This cell holds a number. Write words."
    if isinstance(value, date):
        cure = "Write a due rule, such as day 3." if column.key == "due" else "Write it as text, with ' in front."
        return f"This cell holds the date {written(value)}. {cure}"
    return "" if isinstance(value, str) else "This cell holds a time. Write it as text, with ' in front."


def _tidy(value: object, column: Column) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    from openpyxl.utils.escape import unescape

    text = unescape(value).replace("\r\n", "\n").replace("\r", "\n")
    return text.strip() if column.longest > LINE_LIMIT else " ".join(text.split())
