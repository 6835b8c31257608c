"""A checklist: every item of one inspection, in framework order, as a table that can be filtered and worked in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from readiness.domain.sharing import ToldValue
from readiness.domain.views import UNPROVEN_CREDIT, capped
from readiness.domain.vocabulary import ItemStatus, Rating
from readiness.excel.cells import Formula, Page, Value, column_name, column_range
from readiness.excel.contents import Checklist, Contents, Line, one_line, spoken
from readiness.excel.contested_cells import ITEM_PLACES, note_cell
from readiness.excel.key_sheet import lookup_range
from readiness.excel.printing import row_height, set_print
from readiness.excel.styles import Styles

HEADING_ROW = 3
FIRST_ROW = HEADING_ROW + 1
FROZEN_COLUMNS = 3
_TICK = 250
"""Rows between two looks at the clock and the Cancel button."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `value` says what stands in a row."""

    heading: str
    width: float
    style: str
    value: Callable[[Line], Value]
    formula: str = ""  # where it has one, {table} standing for the table's name; `value` gives its result
    printed: bool = True


def _looked_up(heading: str, column: int, otherwise: float) -> str:
    """Return what Key says about the word in this row, in the table's own terms: a row added below inherits it."""
    word = f"{{table}}[[#This Row],[{heading}]]"
    return f"IFERROR(VLOOKUP({word},{lookup_range(heading, 0, column)},{column + 1},FALSE),{otherwise})"


_WEIGHT = f"{_looked_up('Priority', 2, 0)}*{_looked_up('Status', 3, 1)}"


def _credit(current: str) -> str:
    """Return what a row earns: with nothing current, no more than Key says for its kind."""
    most = f"IF({{table}}[[#This Row],[{current}]]>0,1,{_looked_up('Kind', 2, UNPROVEN_CREDIT / 100)})"
    return f"MIN({_looked_up('Status', 2, 0)},{most})"


def weight(line: Line) -> int:
    """Return what an item weighs: nothing when it takes no part."""
    return 0 if line.item.status.credit is None else line.item.priority.weight


def credit(line: Line) -> float:
    """Return what part of its weight an item earns, 0 to 1."""
    return (line.item.credit or 0) / 100


def credit_then(line: Line) -> float:
    """Return what part of its weight an item will earn on the day of inspection."""
    plain = line.item.status.credit
    return ((capped(plain) if line.unproven_then else plain) or 0) / 100


def doubted(line: Line) -> str:
    """Return why a claim does not stand; the Summary counts these words."""
    return "; ".join([each.label for each in line.doubts])


COLUMNS = (
    Column("Area", 13, "cell_wrap_quiet", lambda line: line.area),
    Column("Reference", 10, "cell_quiet", lambda line: line.item.reference),
    Column("Item", 23, "cell_wrap", lambda line: line.item.title),
    Column("What good looks like", 28, "cell_wrap_quiet", lambda line: line.texts.guidance),
    Column("Kind", 10.5, "cell_wrap", lambda line: line.item.kind.label),
    Column("Priority", 10, "cell", lambda line: line.item.priority.label),
    Column("Owner", 14, "cell_wrap", lambda line: line.item.owner),
    Column("Service", 13, "cell_wrap", lambda line: line.item.service),
    Column("Due", 12.5, "date", lambda line: line.item.due),
    Column("Due rule", 11, "cell_wrap_quiet", lambda line: line.item.due_text or line.item.due_rule),
    Column("Status", 11, "cell_wrap", lambda line: line.item.status.label),
    Column("Rating", 11, "cell_wrap", lambda line: line.item.rating.label),
    Column("Position", 26, "cell_wrap", lambda line: line.texts.position),
    Column("Impact", 23, "cell_wrap", lambda line: line.texts.impact),
    Column("Impact level", 11.5, "cell_wrap", lambda line: line.item.impact_level.label),
    Column("Gap", 23, "cell_wrap", lambda line: line.texts.gap),
    Column("Changed", 12.5, "date", lambda line: line.changed),
    Column("Evidence", 9.5, "count", lambda line: len(line.item.proof.links), printed=False),
    Column("Current", 9, "count", lambda line: line.current, printed=False),
    Column("Sources", 14, "cell_wrap", lambda line: ", ".join([each.label for each in line.sources]), printed=False),
    Column("Stays current", 10, "months", lambda line: line.item.currency_months, printed=False),
    Column("Claimed by", 14, "cell_wrap_quiet", lambda line: line.item.claimed_by, printed=False),
    Column("Sign-off", 10.5, "cell", lambda line: line.sign_off, printed=False),
    Column("Claim in doubt", 20, "cell_wrap", doubted, printed=False),
    Column("Weight", 9, "weight", weight, _WEIGHT, printed=False),
    Column("Credit", 9, "credit", credit, _credit("Current"), printed=False),
    Column("Current then", 9, "count", lambda line: line.current_then, printed=False),
    Column("Credit then", 9, "credit", credit_then, _credit("Current then"), printed=False),
    Column("Day one", 10, "cell_quiet", lambda line: "Yes" if line.item.day_one else "No", printed=False),
    Column("Confirm again", 9, "cell_quiet", lambda line: "Yes" if line.item.confirm else "", printed=False),
)
_HEADINGS = {
    "date": "table_heading_date",
    **dict.fromkeys(("weight", "credit", "count", "months"), "table_heading_right"),
}
_WRAPPED = tuple(column for column in COLUMNS if column.style.startswith("cell_wrap"))
_PLACE = {column.heading: number for number, column in enumerate(COLUMNS)}


def last_row(checklist: Checklist) -> int:
    """Return the last row of the table, from 0; an empty table still has one row."""
    return FIRST_ROW + max(len(checklist.lines), 1) - 1


def range_of(checklist: Checklist, heading: str) -> str:
    """Return a column of a checklist for formulas on other sheets."""
    return column_range(checklist.sheet, _PLACE[heading], FIRST_ROW, last_row(checklist))


def write_checklist(
    page: Page, checklist: Checklist, contents: Contents, styles: Styles, tick: Callable[[int], None]
) -> None:
    """Fill the sheet of one inspection; `tick` is told how many rows were written since."""
    page.put(0, 0, one_line(checklist.inspection.title) or checklist.name, styles["title"], checklist.sheet, "Title")
    page.put(1, 0, _subtitle(checklist, contents), styles["note"])
    _add_table(page, checklist, styles)
    prepared = [
        (number, _values(column, checklist), styles[column.style], column.heading)
        for number, column in enumerate(COLUMNS)
    ]
    put = page.put
    for row, line in enumerate(checklist.lines, start=FIRST_ROW):
        reference = line.item.reference
        for number, value, style, heading in prepared:
            put(row, number, value(line), style, reference, heading)
        if line.item.id in contents.merge.contested:
            _mark_contested(page, row, line, contents.merge.contested[line.item.id], styles)
        page.sheet.set_row(row, row_height((cast("str", column.value(line)), column.width) for column in _WRAPPED))
        if row % _TICK == 0:
            tick(_TICK)
    _add_rules(page, checklist, styles)
    _set_up(page, checklist)


def _subtitle(checklist: Checklist, contents: Contents) -> str:
    inspection = checklist.inspection
    dates = (
        ("ready by", inspection.ready_by),
        ("notified on", inspection.notified_on),
        ("on site from", inspection.on_site_from),
    )
    parts = [f"{name} {spoken(day)}" for name, day in dates if day is not None]
    count = len(checklist.lines)
    parts.append(f"day of inspection {spoken(checklist.visit)} ({checklist.visit_is})")
    parts.append(f"{count} item{'s' * (count != 1)}" if count else "no items here")
    parts.append(f"ratings as of {spoken(contents.board.day)}")
    if contents.request.filter_text:
        parts.append(f"shows {contents.shows_briefly}")
    text = "; ".join(parts)
    return text[:1].upper() + text[1:]


def _mark_contested(
    page: Page, row: int, line: Line, fields: Mapping[str, Sequence[ToldValue]], styles: Styles
) -> None:
    """Shade the cells of a row whose fields are in conflict, each with every value in a note."""
    for field, told in fields.items():
        number = _PLACE[ITEM_PLACES[field]]
        column = COLUMNS[number]
        page.put(row, number, column.value(line), styles.contested(column.style), line.item.reference, column.heading)
        note_cell(page.sheet, row, number, told)


def _values(column: Column, checklist: Checklist) -> Callable[[Line], Value]:
    if not column.formula:
        return column.value
    text = "=" + column.formula.replace("{table}", checklist.table)
    return lambda line: Formula(text, cast("float", column.value(line)))


def _add_table(page: Page, checklist: Checklist, styles: Styles) -> None:
    columns = []
    for column in COLUMNS:
        settings = {"header": column.heading, "header_format": styles[_HEADINGS.get(column.style, "table_heading")]}
        columns.append(settings)
    page.sheet.add_table(
        HEADING_ROW,
        0,
        last_row(checklist),
        len(COLUMNS) - 1,
        {
            "name": checklist.table,
            "style": None,
            "columns": columns,
            "description": "Every item of the inspection with its status, rating, owner and narratives.",
        },
    )
    for column, told in zip(COLUMNS, page.sheet.tables[-1]["columns"], strict=True):
        if column.formula:  # told to `add_table`, it would first fill every cell with it, for a third of all the time
            told["formula"] = column.formula.replace("{table}", checklist.table)


def _add_rules(page: Page, checklist: Checklist, styles: Styles) -> None:
    """Drop-downs and colours: once for each column, not for each cell."""
    sheet, first, last = page.sheet, FIRST_ROW, last_row(checklist)
    for heading in ("Status", "Priority", "Impact level"):
        column = _PLACE[heading]
        sheet.data_validation(
            first,
            column,
            last,
            column,
            {
                "validate": "list",
                "source": "=" + lookup_range(heading, 0),
                "error_title": heading,
                "error_message": "Choose one of the list; the sheet Key says what each means.",
            },
        )
    column = _PLACE["Rating"]
    for rating in Rating:
        sheet.conditional_format(
            first,
            column,
            last,
            column,
            {"type": "cell", "criteria": "==", "value": f'"{rating.label}"', "format": styles.ratings[rating]},
        )
    status = f"${column_name(_PLACE['Status'])}{first + 1}"
    rule = {"type": "formula", "criteria": f'={status}="{ItemStatus.NOT_APPLICABLE.label}"', "format": styles.left_out}
    sheet.conditional_format(first, 0, last, len(COLUMNS) - 1, rule)


def _set_up(page: Page, checklist: Checklist) -> None:
    sheet = page.sheet
    for number, column in enumerate(COLUMNS):
        sheet.set_column(number, number, column.width)
    sheet.set_row(0, 30)
    sheet.set_row(HEADING_ROW, 34)
    sheet.freeze_panes(FIRST_ROW, FROZEN_COLUMNS)
    printed = sum(column.printed for column in COLUMNS)
    sheet.print_area(0, 0, last_row(checklist), printed - 1)
    set_print(sheet, checklist.name, HEADING_ROW)
