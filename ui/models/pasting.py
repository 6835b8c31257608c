"""Pasting: rows of the checklist as text for Excel, and text from Excel as edits. Pure: no Qt.

All or nothing: one cell that cannot be read refuses the lot, and the sentence names the cell.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from readiness.domain.editing import parse_field
from readiness.domain.errors import BadValue
from readiness.domain.views import ItemEdit, ItemRow
from readiness.domain.vocabulary import ItemField
from ui.models.item_columns import COLUMNS, Column, Paint

REFERENCE = "Reference"


@dataclass(frozen=True, slots=True)
class Paste:
    """What a paste comes to: edits by item, and how many cells differ from what stands there."""

    cells: dict[str, list[ItemEdit]]
    count: int

    @property
    def label(self) -> str:
        """The step's name."""
        where = f"{len(self.cells)} items" if len(self.cells) > 1 else "one item"
        return f"Paste {self.count} {'value' if self.count == 1 else 'values'} into {where}"


def copied(items: Sequence[ItemRow], columns: Sequence[Column]) -> str:
    """Return items as tab-separated lines below their headings; references stand in a column of their own."""
    headings = [
        word for column in columns for word in ([REFERENCE] if column.paint is Paint.NAME else []) + [column.title]
    ]
    lines = [headings]
    for item in items:
        line = []
        for column in columns:
            line += [item.reference] if column.paint is Paint.NAME else []
            line.append(cell_text(item, column))
        lines.append(line)
    return "".join("\t".join(_quoted(text) for text in line) + "\n" for line in lines)


def cell_text(item: ItemRow, column: Column) -> str:
    """Return a cell as it is copied: the whole of what the grid may shorten."""
    return item.service if column.field is ItemField.SERVICE else column.text(item)


def read_table(text: str) -> list[list[str]]:
    """Return the cells of tab-separated lines as Excel puts them on the clipboard: quotes round what has line ends."""
    rows: list[list[str]] = [[]]
    cell, is_quoted, place = "", False, 0
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    while place < len(text):
        sign = text[place]
        if is_quoted:
            if sign == '"' and text[place + 1 : place + 2] == '"':
                cell, place = cell + '"', place + 1
            elif sign == '"':
                is_quoted = False
            else:
                cell += sign
        elif sign == '"' and not cell:
            is_quoted = True
        elif sign in "\t\n":
            rows[-1].append(cell)
            cell = ""
            if sign == "\n":
                rows.append([])
        else:
            cell += sign
        place += 1
    if cell or rows[-1]:
        rows[-1].append(cell)
    return [row for row in rows if row]


def pasted(
    text: str,
    below: Sequence[ItemRow],
    selected: Sequence[ItemRow],
    columns: Sequence[Column],
) -> Paste:
    """Return what a text sets.

    Args:
        text: What was copied, here or in Excel. A first line of headings says which column is which.
        below: The items from the current cell downwards, that lines are pasted into in turn.
        selected: The selected items; a single line goes into all of them.
        columns: The columns from the current cell to the right.

    Raises:
        BadValue: naming the item and the column; or saying that there is nothing to paste.
    """
    rows = read_table(text)
    if not rows or not below:
        raise BadValue("There is nothing to paste here. Copy cells first, then choose an item.")
    titles = {column.title: column for column in COLUMNS}
    if len(rows) > 1 and all(cell in titles or cell == REFERENCE for cell in rows[0]):
        return _with_headings(rows[1:], rows[0], below)
    if len(rows) == 1:
        targets = [(item, rows[0]) for item in (selected if len(selected) > 1 else below[:1])]
    else:
        if len(rows) > len(below):
            raise BadValue(f"{len(rows)} lines were copied, but only {len(below)} items stand from here on.")
        targets = list(zip(below, rows, strict=False))
    return _edits([(item, list(zip(columns, row, strict=False))) for item, row in targets])


def _with_headings(rows: Sequence[Sequence[str]], headings: Sequence[str], below: Sequence[ItemRow]) -> Paste:
    titles = {column.title: column for column in COLUMNS}
    by_reference = {item.reference: item for item in below}
    targets = []
    for number, row in enumerate(rows):
        named = dict(zip(headings, row, strict=False))
        item = by_reference.get(named[REFERENCE].strip()) if REFERENCE in named else None
        if item is None and REFERENCE in named:
            raise BadValue(f"There is no item {named[REFERENCE]} from here on. Nothing was pasted.")
        if item is None and number >= len(below):
            raise BadValue(f"{len(rows)} lines were copied, but only {len(below)} items stand from here on.")
        found = item if item is not None else below[number]
        targets.append((found, [(titles[name], cell) for name, cell in named.items() if name in titles]))
    return _edits(targets)


def _edits(targets: Sequence[tuple[ItemRow, Sequence[tuple[Column, str]]]]) -> Paste:
    cells: dict[str, list[ItemEdit]] = {}
    count = 0
    for item, values in targets:
        for column, text in values:
            if text.strip() == cell_text(item, column).strip():
                continue  # also what cannot be edited may come back as it went
            try:
                if column.field is None:
                    raise BadValue(f"{column.title} is worked out and cannot be set.")
                value = parse_field(column.field, text)
            except BadValue as error:
                raise BadValue(f"{item.reference}, {column.title}: {error} Nothing was pasted.") from error
            cells.setdefault(item.id, []).append(ItemEdit(column.field, value))
            count += 1
    return Paste(cells, count)


def _quoted(text: str) -> str:
    if any(sign in text for sign in '\t\n"'):
        return '"' + text.replace('"', '""') + '"'
    return text
