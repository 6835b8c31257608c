"""Plan paper: sets a plan on one page, as large as it fits, and draws it on a printer or into a PDF."""

from collections.abc import Callable, Sequence
from html import escape
from typing import TypeVar

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QGuiApplication,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextDocument,
)

from ui.models.plan_sheet import Detail, Sheet, SheetRow, condensed, cut, due_html

T = TypeVar("T")
MARGIN_MM = 10.0
RESOLUTION = 300
FORMS = (  # how much is said, and in which size of type (points): from the largest to the densest
    *((Detail.LINES, size) for size in (9.5, 9.0, 8.5, 8.0)),
    *((Detail.TITLES, size) for size in (8.5, 8.0, 7.5, 7.0)),
    *((Detail.REFERENCES, size) for size in (9.0, 8.5, 8.0, 7.5, 7.0, 6.5)),
)
MOST_ITEMS = {Detail.LINES: 160, Detail.TITLES: 300, Detail.REFERENCES: 1500}
"""With more, a form is not even tried: setting thousands of items takes long, and no page has room for them."""
MOST_A_ROW = 120
_DAY, _HAPPENS, _WIDE_HAPPENS = 14, 19, 27  # percent of the width
_LONG_EVENT = 48


def a4() -> QPageLayout:
    """Return the page that plans are drawn on."""
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    size = QPageSize(QPageSize.PageSizeId.A4)
    return QPageLayout(size, QPageLayout.Orientation.Landscape, margins, QPageLayout.Unit.Millimeter)


def pdf_of(sheet: Sheet) -> bytes:
    """Return a sheet as a PDF of one page."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageLayout(a4())
    writer.setResolution(RESOLUTION)
    writer.setTitle(f"{sheet.title}. {sheet.basis}")
    writer.setCreator("Inspection readiness")
    draw(sheet, writer)
    return bytes(buffer.data().data())


def draw(sheet: Sheet, device: QPagedPaintDevice) -> bool:
    """Draw a sheet on one page of a device; return whether the device took it."""
    document = fitted(sheet, device)
    painter = QPainter()
    if not painter.begin(device):
        return False
    palette = QPalette()  # black on white, whatever the screen wears
    palette.setColor(QPalette.ColorRole.Text, QColor("black"))
    context = QAbstractTextDocumentLayout.PaintContext()
    context.palette = palette
    context.clip = QRectF(0, 0, device.width(), device.height())
    document.documentLayout().draw(painter, context)
    return painter.end()


def fitted(sheet: Sheet, device: QPagedPaintDevice) -> QTextDocument:
    """Return a sheet set for the page of a device: in the largest and fullest form that fits.

    Where none does, days with nothing on them share a row; then items are left out, and at last days.
    """
    forms = [form for form in FORMS if sheet.items <= MOST_ITEMS[form[0]]]
    found = _first(forms, lambda form: _set(sheet, device, *form), device)
    if found is None:
        shorter = condensed(sheet)
        counts = range(min(shorter.fullest, MOST_A_ROW), -1, -1)
        found = _first(counts, lambda count: _set(shorter, device, *FORMS[-1], count), device)
    if found is None:
        rows = range(len(shorter.rows), 0, -1)
        found = _first(rows, lambda count: _set(cut(shorter, count), device, *FORMS[-1], 0), device)
    return found if found is not None else _set(cut(sheet, 1), device, *FORMS[-1], 0)


def _first(
    choices: Sequence[T], setting: Callable[[T], QTextDocument], device: QPagedPaintDevice
) -> QTextDocument | None:
    """Return the first choice that fits, where each takes less room than the one before; None where none does."""
    first, last, best = 0, len(choices), None
    while first < last:
        middle = (first + last) // 2
        document = setting(choices[middle])
        if _fits(document, device):
            last, best = middle, document
        else:
            first = middle + 1
    return best


def _fits(document: QTextDocument, device: QPagedPaintDevice) -> bool:
    return document.size().height() <= device.height()


def _set(
    sheet: Sheet, device: QPagedPaintDevice, detail: Detail, size: float, most: int | None = None
) -> QTextDocument:
    document = QTextDocument()
    document.documentLayout().setPaintDevice(device)
    document.setDocumentMargin(0)
    font = QFont(QGuiApplication.font().family())
    font.setPointSizeF(size)
    document.setDefaultFont(font)
    document.setTextWidth(device.width())  # first: it is then laid out only once
    document.setHtml(html_of(sheet, detail, size, most))
    return document


def html_of(sheet: Sheet, detail: Detail, size: float, most: int | None = None) -> str:
    """Return a sheet as rich text.

    Args:
        sheet: What is set.
        detail: How much is said of each item.
        size: Of the type, in points; headings are larger.
        most: How many items a row at the most; None: all.
    """
    happens = _WIDE_HAPPENS if sheet.widest > _LONG_EVENT else _HAPPENS
    rows = "".join(_row_html(row, detail, happens, most) for row in sheet.rows)
    rehearsal = "<b>REHEARSAL, nothing is recorded.</b> " if sheet.is_rehearsal else ""
    return (
        f'<table width="100%" cellspacing="0" cellpadding="0"><tr>'
        f'<td style="font-size:{size + 5}pt; font-weight:600">{escape(sheet.title)}</td>'
        f'<td align="right" style="vertical-align:bottom">{escape(sheet.printed)}</td></tr></table>'
        f"<p style='margin:0'><b>{escape(sheet.basis)}</b><br>{rehearsal}{escape(sheet.sentence)}</p>"
        '<table width="100%" cellspacing="0" cellpadding="2" style="border-collapse:collapse; margin-top:4px">'
        f"{rows}</table>"
        f"<p style='margin:2px 0 0 0'>{escape(sheet.foot)}</p>"
    )


def _row_html(row: SheetRow, detail: Detail, happens: int, most: int | None) -> str:
    line = "border-top:2px solid #000" if row.starts_week else "border-top:1px solid #999"
    ground = "; background-color:#EEE" if row.is_off else ""
    note = f" &nbsp;{escape(row.note)}" if row.note else ""
    cells = (
        (_DAY, f"<b>{escape(row.heading)}</b>{note}"),
        (happens, "<br>".join(escape(event) for event in row.events)),
        (100 - _DAY - happens, due_html(row, detail, most)),
    )
    return (
        "<tr>"
        + "".join(f'<td width="{width}%" style="{line}{ground}">{words}</td>' for width, words in cells)
        + "</tr>"
    )
