"""Pack index: the contents of an evidence pack as a workbook whose links work from the unpacked folder."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from readiness.domain.pack_lines import PackLine, about_words, pack_lines
from readiness.domain.packing import PackPlan
from readiness.excel.cells import Page
from readiness.excel.contents import one_line
from readiness.excel.overflow_sheet import write_overflow
from readiness.excel.printing import row_height, set_print
from readiness.excel.styles import ACCENT, BORDER, QUIET, Styles
from readiness.excel.text import OVERFLOW_SHEET, Overflow, safe, units

SHEET = "Index"
HEADING_ROW = 3
LINKS_MOST = 65_000
"""Excel opens no sheet with more than 65,530 links: what comes after stands there as text."""

LONGEST_LINK = 2_000
FILE = "File"


@dataclass(frozen=True, slots=True)
class IndexHead:
    """What stands above the list."""

    title: str
    opening: str  # what the pack holds
    made: str  # by whom and when
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class _Column:
    heading: str
    width: float
    style: str = "cell_wrap"


COLUMNS = (
    _Column("Inspection", 18),
    _Column("Area", 22),
    _Column("Reference", 11),
    _Column("Item", 32),
    _Column("Evidence", 32),
    _Column("What it shows", 36),
    _Column("Source", 12),
    _Column("About", 16),
    _Column(FILE, 38),
    _Column("MB", 9, "size"),
    _Column("Note", 26),
)


def columns_of(plan: PackPlan) -> tuple[_Column, ...]:
    """Return the columns of a pack's index: the inspection is named only where there are several."""
    return COLUMNS if len(plan.inspections) > 1 else COLUMNS[1:]


def index_bytes(plan: PackPlan, head: IndexHead) -> bytes:
    """Return the workbook."""
    stream = BytesIO()
    workbook = Workbook(stream, {"in_memory": True})  # no copies of people's words in the laptop's temporary folder
    styles, overflow = Styles(workbook), Overflow()
    page = Page(workbook.add_worksheet(SHEET), overflow)
    lines, columns = list(pack_lines(plan)), columns_of(plan)
    _write_lines(page, lines, columns, styles, _own_styles(workbook))
    _set_up(page, len(lines), columns, head, styles)
    if overflow.texts:
        write_overflow(Page(workbook.add_worksheet(OVERFLOW_SHEET), overflow), overflow, styles)
    workbook.set_properties(
        {
            "title": one_line(head.title),
            "author": safe(head.by),
            "company": "",
            "created": head.at.astimezone(UTC).replace(tzinfo=None),
        }
    )
    workbook.close()
    return stream.getvalue()


def _cells_of(line: PackLine) -> tuple[str | float | None, ...]:
    """Return what the cells of a line hold, in the order of COLUMNS."""
    piece, row = line.piece, line.item.item
    evidence = piece.evidence if piece else None
    return (
        line.area.inspection.short_title,
        line.area.heading,
        row.reference,
        row.title,
        evidence.title if evidence else None,
        evidence.shows if evidence else None,
        evidence.source.label if evidence else None,
        about_words(piece) if piece else None,
        line.words or None,
        line.file.size / 1e6 if line.file else None,
        line.note or None,
    )


def _own_styles(workbook: Any) -> dict[str, Any]:
    line = {"valign": "top", "bottom": 1, "bottom_color": BORDER, "indent": 1}
    link = {"font_color": ACCENT, "underline": 1, "text_wrap": True, "align": "left"}
    size = {"font_color": QUIET, "num_format": "[<1]0.00;#,##0.0", "align": "right"}
    return {"link": workbook.add_format({**line, **link}), "size": workbook.add_format({**line, **size})}


def _write_lines(
    page: Page, lines: Sequence[PackLine], columns: Sequence[_Column], styles: Styles, own: dict[str, Any]
) -> None:
    links = 0
    for row, line in enumerate(lines, start=HEADING_ROW + 1):
        cells = _cells_of(line)[-len(columns) :]
        target = _target(line) if links < LINKS_MOST else ""
        for number, (column, value) in enumerate(zip(columns, cells, strict=True)):
            if column.heading == FILE and target:
                page.sheet.write_url(row, number, target, own["link"], safe(line.words))
                links += 1
            else:
                style = own.get(column.style) or styles[column.style]
                page.put(row, number, value, style, line.item.item.reference, column.heading)
        texts = ((value, column.width) for value, column in zip(cells, columns, strict=True) if isinstance(value, str))
        page.sheet.set_row(row, row_height(texts))


def _target(line: PackLine) -> str:
    """Return where the file's cell leads; "" for what a cell cannot take as a link."""
    target = f"external:{line.file.path}" if line.file else line.link
    fits = max(units(safe(line.words)), units(target)) <= LONGEST_LINK
    return target if fits and target.isprintable() else ""


def _set_up(page: Page, rows: int, columns: Sequence[_Column], head: IndexHead, styles: Styles) -> None:
    sheet = page.sheet
    page.put(0, 0, f"Evidence pack: {head.title}", styles["title"])
    page.put(1, 0, head.opening, styles["lead"])
    page.put(2, 0, head.made, styles["note"])
    sheet.set_row(0, 30)
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width)
    headings = [{"header": column.heading, "header_format": styles["table_heading"]} for column in columns]
    options = {"name": "Pack_index", "style": None, "columns": headings, "description": "Every file, by area and item."}
    sheet.add_table(HEADING_ROW, 0, HEADING_ROW + max(rows, 1), len(columns) - 1, options)
    sheet.set_row(HEADING_ROW, 34)
    sheet.freeze_panes(HEADING_ROW + 1, 0)
    sheet.hide_gridlines(2)
    set_print(sheet, head.title, HEADING_ROW)
