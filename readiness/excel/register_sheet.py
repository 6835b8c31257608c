"""Register sheets: how lists of evidence, actions, findings and checks are laid on a sheet.

Columns are data; nothing here is worked out.

Such a sheet is always there: an empty one says so in one line, so that nobody wonders.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from readiness.domain.actions import ActionLine, FindingLine
from readiness.domain.proving import CheckLine, EvidenceLine
from readiness.domain.vocabulary import Rating
from readiness.excel.cells import Page, Value
from readiness.excel.contents import Contents
from readiness.excel.contested_cells import note_cell
from readiness.excel.printing import row_height, set_print
from readiness.excel.styles import Styles

HEADING_ROW = 3
FIRST_ROW = HEADING_ROW + 1
L = TypeVar("L", ActionLine, FindingLine, EvidenceLine, CheckLine)
P = TypeVar("P", ActionLine, FindingLine)
_TICK = 250
"""Rows between two looks at the Cancel button."""


@dataclass(frozen=True, slots=True)
class Row(Generic[L]):
    """One line of a register with the names of where it belongs, as the other sheets write them."""

    line: L
    inspection: str  # "All" where it belongs to none
    area: str
    number: int  # from 1, for texts that go on on the sheet Overflow


@dataclass(frozen=True, slots=True)
class Column(Generic[L]):
    """One column: `value` says what stands in a row."""

    heading: str
    width: float
    style: str
    value: Callable[[Row[L], Contents], Value]


@dataclass(frozen=True, slots=True)
class Register(Generic[L]):
    """One sheet: its name, its columns, and the words of its first one that carry a colour."""

    name: str
    description: str
    columns: tuple[Column[L], ...]
    colours: tuple[tuple[str, Rating], ...]
    places: Mapping[str, str] = field(default_factory=dict)  # heading of each field that may be in conflict
    record: Callable[[L], str] = lambda _line: ""


def rows_of(lines: Sequence[P], contents: Contents) -> list[Row[P]]:
    """Return lines with the names of where they belong."""
    names = {each.inspection.id: each.name for each in contents.checklists}
    areas = {
        found.area.id: label
        for each in contents.checklists
        for found, label in zip(each.figures.areas, each.area_labels, strict=True)
    }
    return [
        Row(
            line,
            names.get(line.inspection.id, "") if line.inspection is not None else "All",
            areas.get(line.area.id, "") if line.area is not None else "",
            number,
        )
        for number, line in enumerate(lines, start=1)
    ]


def write_register(page: Page, register: Register[L], rows: Sequence[Row[L]], note: str, contents: Contents,
                   styles: Styles, tick: Callable[[int], None] = lambda _: None) -> None:  # fmt: skip
    """Fill a sheet: title, a line that says how things stand, headings, then the rows in the order given.

    `tick` is called now and then, so that it may stop the writing; rows of registers are not counted.
    """
    page.put(0, 0, register.name, styles["title"])
    page.put(1, 0, note, styles["note"])
    for number, column in enumerate(register.columns):
        page.sheet.set_column(number, number, column.width)
    _add_table(page, register, len(rows), styles)
    prepared = [
        (column.value, styles[column.style], column.heading, column.width * column.style.startswith("cell_wrap"))
        for column in register.columns
    ]
    for place, row in enumerate(rows, start=FIRST_ROW):
        texts: list[tuple[str, float]] = []
        for number, (value_of, style, heading, width) in enumerate(prepared):
            value = value_of(row, contents)
            page.put(place, number, value, style, f"{register.name} {row.number}", heading)
            if width and isinstance(value, str):
                texts.append((value, width))
        _mark_contested(page, register, place, row, contents, styles)
        page.sheet.set_row(place, row_height(texts))
        if place % _TICK == 0:
            tick(0)
    last = FIRST_ROW + max(len(rows), 1) - 1
    for word, rating in register.colours:
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": styles.ratings[rating]}
        page.sheet.conditional_format(FIRST_ROW, 0, last, 0, rule)
    page.sheet.set_row(0, 30)
    page.sheet.set_row(HEADING_ROW, 34)
    page.sheet.freeze_panes(FIRST_ROW, 0)
    set_print(page.sheet, register.name, HEADING_ROW)


def _mark_contested(
    page: Page, register: Register[L], place: int, row: Row[L], contents: Contents, styles: Styles
) -> None:
    """Shade the cells of a row whose fields are in conflict, each with every value in a note."""
    fields = contents.merge.contested.get(register.record(row.line), {})
    for field_name, told in fields.items():
        heading = register.places.get(field_name)
        for number, column in enumerate(register.columns):
            if column.heading == heading:
                value, style = column.value(row, contents), styles.contested(column.style)
                page.put(place, number, value, style, f"{register.name} {row.number}", heading)
                note_cell(page.sheet, place, number, told)


def _add_table(page: Page, register: Register[L], rows: int, styles: Styles) -> None:
    columns = [
        {
            "header": column.heading,
            "header_format": styles["table_heading_date" if column.style in ("date", "count") else "table_heading"],
        }
        for column in register.columns
    ]
    options = {"name": register.name, "style": None, "columns": columns, "description": register.description}
    page.sheet.add_table(HEADING_ROW, 0, HEADING_ROW + max(rows, 1), len(register.columns) - 1, options)
