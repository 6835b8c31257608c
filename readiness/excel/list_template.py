"""List template: an empty list to fill in, which says what each column takes and reads back as a checklist."""

from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from readiness.domain.vocabulary import Kind, Priority
from readiness.excel.framework_list import MOST_ITEMS
from readiness.excel.list_columns import COLUMNS, Column
from readiness.excel.styles import Styles
from readiness.excel.target import check_target, replacing

ITEMS, EXPLAINED = "Items", "Columns"
_EXAMPLE = "An example: write over it."
_EXAMPLES = (
    ("OUR-A01", "A. Call and control", "Call-day plan and contact tree", f"Who is told in the first hour. {_EXAMPLE}",
     "Head of Service", "held ready", "Document", "Corporate", "Essential"),
    ("OUR-A02", "A. Call and control", "Record of the notification call", f"Dates, team, first requests. {_EXAMPLE}",
     "Inspection co-ordinator", "day 1", "Document", "Corporate", "Essential"),
    ("OUR-B01", "B. Voice", "Focus group of parents", f"Invited, briefed, a room. {_EXAMPLE}",
     "", "on site", "Interview or focus group", "SEND", "Important"),
)  # fmt: skip


def write_framework_list_template(path: Path) -> None:
    """Write an empty list with a few example rows. Raises ExportError."""
    check_target(path)
    with replacing(path) as draft:
        book = Workbook(str(draft), {"strings_to_formulas": False, "strings_to_urls": False})
        styles = Styles(book)
        _write_items(book.add_worksheet(ITEMS), styles)
        _write_explained(book.add_worksheet(EXPLAINED), styles)
        book.close()


def _write_items(sheet: Any, styles: Styles) -> None:
    for number, column in enumerate(COLUMNS):
        sheet.set_column(number, number, column.width)
        sheet.write_string(0, number, column.title, styles["heading"])
        _offer(sheet, number, column)
    sheet.set_row(0, 24)
    sheet.freeze_panes(1, 1)
    for row, texts in enumerate(_EXAMPLES, start=1):
        for number, text in enumerate(texts):
            sheet.write_string(row, number, text, styles["wrap"])


def _offer(sheet: Any, number: int, column: Column) -> None:
    """Offer the words of a column in a list, and say in a tip what else it takes."""
    words = {"kind": Kind, "priority": Priority}.get(column.key)
    rule: dict[str, Any] = {"validate": "any", "input_title": column.title, "input_message": column.what[:250]}
    if words is not None:
        rule |= {"validate": "list", "source": [word.label for word in words], "error_title": column.title}
        rule["error_message"] = "Choose one of the list, or leave the cell empty."
    sheet.data_validation(1, number, MOST_ITEMS, number, rule)


def _write_explained(sheet: Any, styles: Styles) -> None:
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 12)
    sheet.set_column(2, 2, 100)
    for number, text in enumerate(("Column", "Must it be filled?", "What to write")):
        sheet.write_string(0, number, text, styles["heading"])
    for row, column in enumerate(COLUMNS, start=1):
        sheet.write_string(row, 0, column.title, styles["wrap"])
        sheet.write_string(row, 1, "Yes" if column.must_be_filled else "No", styles["wrap"])
        sheet.write_string(row, 2, column.what, styles["wrap"])
    notes = (
        "Keep the headings in the first row; their order does not matter, and other columns are left alone.",
        "Write values, not formulas. Merge no cells, and leave no row empty between items.",
    )
    for row, text in enumerate(notes, start=len(COLUMNS) + 2):
        sheet.write_string(row, 0, text, styles["note"])
