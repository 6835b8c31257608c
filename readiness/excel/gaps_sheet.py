"""Gaps: everything off track or at risk, worst first, with what is still weak."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from readiness.domain.vocabulary import Priority, Rating
from readiness.excel.cells import Page, Value
from readiness.excel.contents import GAPS, Checklist, Contents, Line, spoken
from readiness.excel.printing import row_height, set_print
from readiness.excel.styles import Styles

HEADING_ROW = 3
FIRST_ROW = HEADING_ROW + 1
_WORST_FIRST = (Rating.OFF_TRACK, Rating.AT_RISK)


@dataclass(frozen=True, slots=True)
class Gap:
    """One row: a line of a checklist, and how late it is."""

    checklist: Checklist
    line: Line
    lateness: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `value` says what stands in a row."""

    heading: str
    width: float
    style: str
    value: Callable[[Gap], Value]


COLUMNS = (
    Column("Rating", 10.5, "cell", lambda gap: gap.line.item.rating.label),
    Column("Inspection", 15, "cell_wrap", lambda gap: gap.checklist.name),
    Column("Area", 23, "cell_wrap_quiet", lambda gap: gap.line.area),
    Column("Reference", 10.5, "cell_quiet", lambda gap: gap.line.item.reference),
    Column("Item", 30, "cell_wrap", lambda gap: gap.line.item.title),
    Column("Priority", 10.5, "cell", lambda gap: gap.line.item.priority.label),
    Column("Owner", 16, "cell_wrap", lambda gap: gap.line.item.owner),
    Column("Service", 14, "cell_wrap", lambda gap: gap.line.item.service),
    Column("Due", 11.5, "date", lambda gap: gap.line.item.due),
    Column("Late or left", 13, "cell_wrap", lambda gap: gap.lateness),
    Column("Status", 11.5, "cell_wrap", lambda gap: gap.line.item.status.label),
    Column("Gap", 34, "cell_wrap", lambda gap: gap.line.texts.gap),
)
_WRAPPED = tuple(column for column in COLUMNS if column.style.startswith("cell_wrap"))


def gaps(contents: Contents) -> list[Gap]:
    """Return what is off track or at risk: worst rating, then essential, then due earliest, then framework order."""
    day = contents.board.day
    found = [
        Gap(checklist, line, lateness(line.item.due, day))
        for checklist in contents.checklists
        for line in checklist.lines
        if line.item.rating in _WORST_FIRST
    ]
    priorities = list(Priority)
    found.sort(
        key=lambda gap: (
            _WORST_FIRST.index(gap.line.item.rating),
            priorities.index(gap.line.item.priority),
            gap.line.item.due or date.max,
        )
    )
    return found


def lateness(due: date | None, day: date) -> str:
    """Return how late something is, or how long there is left, in calendar days."""
    if due is None:
        return "no date yet"
    days = (due - day).days
    if days == 0:
        return "due today"
    return f"{abs(days)} day{'s' * (abs(days) != 1)} {'late' if days < 0 else 'left'}"


def write_gaps(page: Page, contents: Contents, styles: Styles) -> None:
    """Fill the sheet Gaps."""
    found = gaps(contents)
    off_track = sum(gap.line.item.rating is Rating.OFF_TRACK for gap in found)
    page.put(0, 0, "Gaps", styles["title"])
    said = f"{off_track} off track, {len(found) - off_track} at risk" if found else "Nothing is off track or at risk"
    page.put(1, 0, f"{said}, as of {spoken(contents.board.day)}; worst first", styles["note"])
    for number, column in enumerate(COLUMNS):
        page.sheet.set_column(number, number, column.width)
    _add_table(page, len(found), styles)
    for row, gap in enumerate(found, start=FIRST_ROW):
        for number, column in enumerate(COLUMNS):
            style = styles[column.style]
            page.put(row, number, column.value(gap), style, gap.line.item.reference, column.heading)
        page.sheet.set_row(row, row_height((str(column.value(gap) or ""), column.width) for column in _WRAPPED))
    for rating in _WORST_FIRST:
        rule = {"type": "cell", "criteria": "==", "value": f'"{rating.label}"', "format": styles.ratings[rating]}
        page.sheet.conditional_format(FIRST_ROW, 0, FIRST_ROW + max(len(found), 1) - 1, 0, rule)
    _set_up(page)


def _add_table(page: Page, rows: int, styles: Styles) -> None:
    columns = [
        {
            "header": column.heading,
            "header_format": styles["table_heading_date" if column.style == "date" else "table_heading"],
        }
        for column in COLUMNS
    ]
    options = {
        "name": "Gaps",
        "style": None,
        "columns": columns,
        "description": "Items off track or at risk, worst first.",
    }
    page.sheet.add_table(HEADING_ROW, 0, HEADING_ROW + max(rows, 1), len(COLUMNS) - 1, options)


def _set_up(page: Page) -> None:
    sheet = page.sheet
    sheet.set_row(0, 30)
    sheet.set_row(HEADING_ROW, 34)
    sheet.freeze_panes(FIRST_ROW, 0)
    set_print(sheet, GAPS, HEADING_ROW)
