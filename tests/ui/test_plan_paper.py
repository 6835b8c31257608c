"""The plan on paper: always one A4 page, with as much as fits, and readable in black and white."""

from dataclasses import replace
from datetime import date, timedelta
from time import perf_counter

import pytest
from plans import CALENDAR, FRAMEWORK, TODAY, an_item, called, many_items, planner, some_items
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, QSizeF, Qt
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from readiness.domain.calendar import WorkingDays
from readiness.domain.errors import ExportError
from readiness.domain.schemes import HANDBOOK
from readiness.domain.vocabulary import ItemStatus
from ui import plan_paper
from ui.models.plan_sheet import Detail, Sheet, SheetRow, due_html, plan_sheet
from ui.plan_paper import FORMS, a4, pdf_of
from ui.plan_printing import PlanPrinting, write_pdf
from ui.settings import Settings

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen has no window manager

BLOCKING_MS = 100
A4_POINTS = QSizeF(842, 595)


def sheet(items=None, call=None, calendar=CALENDAR, row=None) -> Sheet:
    made = planner(items, row or called(notified_on=date(2021, 5, 4)), FRAMEWORK, calendar)
    plan = made.rehearse(call) if call is not None else made.plan()
    assert plan is not None
    return plan_sheet(plan, "9 items are late.", TODAY, "Head of SEND", calendar)


def read(content: bytes) -> tuple[QPdfDocument, str]:
    """Return a PDF and the text of its first page, without spaces: where those stand is told by distances alone."""
    document = QPdfDocument()
    buffer = QBuffer(document)
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    return document, tight(document.getAllText(0).text())


def tight(words: str) -> str:
    return "".join(words.split()).replace("\u2011", "-")


def row_of(found: Sheet, heading: str) -> SheetRow:
    return next(row for row in found.rows if row.heading == heading)


def test_that_a_row_stands_for_every_day_from_the_call_to_the_last_on_site():
    headings = [row.heading for row in sheet().rows]
    assert headings[:4] == ["Held ready", "Tue 4 May", "Wed 5 May", "Thu 6 May"]  # not the bank holiday before
    assert "Thu 20 May" in headings
    assert "Fri 21 May" not in headings  # nothing happens after the last day
    assert headings[-1] == "Tue 6 Jul"
    assert [row.heading for row in sheet().rows if row.starts_week] == ["Mon 10 May", "Mon 17 May", "Wed 9 Jun"]


def test_that_what_goes_on_for_days_is_told_once_with_its_end():
    told = [event for row in sheet().rows for event in row.events]
    assert told.count("○ Keep in touch (to Thu 20 May)") == 1
    assert "The call" in told  # confirmed: no ring
    assert "○ Cases selected (expected)" in told
    assert HANDBOOK in sheet().foot
    sure = replace(FRAMEWORK, timetable=FRAMEWORK.timetable[:1], expected=())
    plan = planner(some_items(), framework=sure).plan()
    assert plan is not None
    assert HANDBOOK not in plan_sheet(plan, "", TODAY, "Head of SEND", CALENDAR).foot


def test_that_days_off_are_told_and_shaded():
    closed = row_of(sheet(calendar=WorkingDays(frozenset({date(2021, 5, 6)}))), "Thu 6 May")
    assert (closed.note, closed.is_off) == ("council closed", True)


def test_that_items_stand_by_owner_and_the_worst_first():
    items = [
        an_item("RV-A1", "day 1", ItemStatus.CHECKED, owner="Analyst"),
        an_item("RV-A2", "day 1", owner="Head of SEND", by_hand=date(2021, 5, 4)),
        an_item("RV-A3", "day 1", owner="Analyst <1>", row=called()),
    ]
    row = row_of(sheet(items), "Tue 4 May")
    full = due_html(row, Detail.TITLES)
    assert full.index("Head of SEND") < full.index("<b>Analyst:")
    assert "RV&#8209;A2 Title of RV-A2 <i>(by hand)</i>&nbsp;▲" in full
    assert "Analyst &lt;1&gt;" in full
    assert "RV&#8209;A1&nbsp;✓" in due_html(row, Detail.REFERENCES)
    assert "<br>" in due_html(row, Detail.LINES)
    assert due_html(row, Detail.REFERENCES, 1).endswith("<b>and 2 more</b>")
    assert due_html(row, Detail.REFERENCES, 0) == "<b>3 items</b>"


def test_that_a_mark_shared_by_all_is_said_once():
    row = row_of(sheet(), "Wed 16 Jun")
    assert row.note == "expected"
    assert "expected" not in due_html(row, Detail.TITLES)


@pytest.mark.parametrize("count", [0, 1, 58, 116, 1_800, 10_000])
def test_that_any_number_of_items_takes_one_a4_page(qapp, count):
    document, text = read(pdf_of(sheet(many_items(count))))
    assert document.pageCount() == 1
    size = document.pagePointSize(0)
    assert (round(size.width()), round(size.height())) == (A4_POINTS.width(), A4_POINTS.height())
    assert tight("notified 4 May 2021") in text
    assert tight("Re-visit of four days") in text
    assert tight("Printed 26 Apr 2021, Head of SEND") in text
    assert tight(HANDBOOK) in text
    assert ("more" in text) == (count >= 1_800)


@pytest.mark.parametrize("count", [14, 1_800])
def test_that_two_years_of_days_take_one_page_too(qapp, count):
    row = called(on_site_from=date(2023, 5, 15), on_site_to=date(2023, 5, 19))
    document, text = read(pdf_of(sheet(many_items(count, row), row=row)))
    assert document.pageCount() == 1
    assert tight("Fri 19 May 2023") in text  # days with nothing on them share a row
    assert tight("check against the handbook") in text  # the last line of the page


def test_that_days_are_counted_where_not_even_they_have_room(qapp):
    items = [an_item(f"X{number}", by_hand=date(2021, 5, 10) + timedelta(days=2 * number)) for number in range(300)]
    row = called(on_site_from=date(2023, 5, 15), on_site_to=date(2023, 5, 19))
    document, text = read(pdf_of(sheet(items, row=row)))
    assert document.pageCount() == 1
    assert tight("more days") in text
    assert tight("items are due on them.") in text
    assert tight("check against the handbook") in text


def test_that_every_item_stands_on_the_page_where_there_is_room(qapp):
    items = many_items(58)
    _, text = read(pdf_of(sheet(items)))
    assert [item.reference for item in items if item.reference not in text] == []
    assert tight("▲") in text
    assert tight("✓") in text


def test_that_a_rehearsal_says_so_on_paper(qapp):
    _, text = read(pdf_of(sheet(call=date(2021, 9, 13))))
    assert tight("REHEARSAL, nothing is recorded.") in text
    assert tight("as if they rang on Mon 13 Sep 2021") in text
    assert "REHEARSAL" not in read(pdf_of(sheet()))[1]


def test_that_the_page_is_black_on_white_and_leaves_its_margin(qapp):
    document, _ = read(pdf_of(sheet(many_items(1_800))))
    drawn = document.render(0, QSize(842, 595)).convertToFormat(QImage.Format.Format_ARGB32)
    page = QImage(drawn.size(), QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.white)
    inked = [
        (x, y)
        for x in range(0, page.width(), 2)
        for y in range(0, page.height(), 2)
        if drawn.pixelColor(x, y).alpha() > 128 and drawn.pixelColor(x, y).lightness() < 200
    ]
    assert len(inked) > 2_000
    assert all(20 <= x <= 822 and 20 <= y <= 575 for x, y in inked)
    assert all(drawn.pixelColor(x, y).hslSaturation() < 40 for x, y in inked[::17])


def test_that_type_is_as_large_as_fits(qapp, monkeypatch):
    tried: list[tuple[Detail, float]] = []
    html_of = plan_paper.html_of

    def told(found, detail, size, most=None):
        tried.append((detail, size))
        return html_of(found, detail, size, most)

    monkeypatch.setattr(plan_paper, "html_of", told)
    pdf_of(sheet(many_items(5)))
    assert FORMS[0] in tried
    tried.clear()
    pdf_of(sheet(many_items(1_800)))
    assert {detail for detail, _ in tried} == {Detail.REFERENCES}


def test_that_a_page_of_116_items_is_set_at_once(qapp):
    found = sheet(many_items(116))
    pdf_of(found)  # the first time brings the fonts
    times = []
    for _ in range(5):
        begin = perf_counter()
        pdf_of(found)
        times.append((perf_counter() - begin) * 1000)
    assert min(times) < BLOCKING_MS


def test_that_a_printer_gets_one_page(qapp, qtbot, tmp_path):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setPageLayout(a4())
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    window = QWidget()
    qtbot.addWidget(window)
    said = PlanPrinting(Settings(None), window).send(sheet(many_items(58)), printer)
    assert said.endswith("one page.")
    document, text = read((tmp_path / "printed.pdf").read_bytes())
    assert document.pageCount() == 1
    assert tight("notified 4 May 2021") in text


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_that_a_printer_that_takes_nothing_is_named(qapp, qtbot, tmp_path):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "nowhere" / "printed.pdf"))
    window = QWidget()
    qtbot.addWidget(window)
    with pytest.raises(ExportError, match="did not take the page"):
        PlanPrinting(Settings(None), window).send(sheet(), printer)


def test_that_a_file_is_written_whole_or_not_at_all(tmp_path):
    target = tmp_path / "plan.pdf"
    write_pdf(target, b"first")
    write_pdf(target, b"second")
    assert target.read_bytes() == b"second"
    with pytest.raises(ExportError, match="could not be written"):
        write_pdf(tmp_path / "nowhere" / "plan.pdf", b"third")
    with pytest.raises(ExportError, match="could not be written"):
        write_pdf(tmp_path, b"third")
    assert [path.name for path in tmp_path.iterdir()] == ["plan.pdf"]
