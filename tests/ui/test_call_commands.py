"""The call, events, closures and the plan on paper, in the real window; the whole way by keyboard; undo."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot
from weeks import CALL, change, row_of, settled, shown, week_of
from windows import DAY, Opened

from readiness.domain.plan import Basis
from readiness.domain.schemes import Event
from readiness.services.inspections import InspectionEdit, edit_inspection
from readiness.services.notification import record_call
from ui.app import App
from ui.dialogs.call_dialog import CallDialog
from ui.dialogs.closures_dialog import ClosuresDialog
from ui.dialogs.event_dialog import EventDialog
from ui.pages.inspection_week import InspectionWeekPage

Answer = Callable[[QDialog], None]


@pytest.fixture
def app(opened: Opened, council: Path) -> App:
    return opened(council)


@pytest.fixture
def page(qtbot: QtBot, app: App) -> InspectionWeekPage:
    return shown(qtbot, app)


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Answer]]:
    """What people do with the dialogs, in their order; each is seen and then accepted, or closed by what they do."""
    waiting: list[Answer] = []

    def run(dialog: QDialog) -> int:
        dialog.show()
        waiting.pop(0)(dialog)
        if dialog.isVisible():
            dialog.accept()
        dialog.parentWidget().activateWindow()
        return dialog.result()

    for kind in (CallDialog, EventDialog, ClosuresDialog):
        monkeypatch.setattr(kind, "exec", run)
    yield waiting
    assert waiting == []


def nothing(_dialog: QDialog) -> None:
    """Leave all as it is proposed."""


def test_that_the_whole_way_goes_by_keyboard(qtbot: QtBot, app: App, answers: list[Answer], qapp: QApplication) -> None:
    window, ctrl = app.window, Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(window, Qt.Key.Key_3, ctrl)
    page = week_of(app)
    qtbot.waitUntil(lambda: page.desk.is_known)
    qtbot.keyClick(window, Qt.Key.Key_R, ctrl)  # rehearse
    strip = page.body.strip
    qtbot.waitUntil(strip.day.hasFocus)
    assert page.desk.plan is not None
    assert (page.desk.plan.basis, page.desk.plan.call) == (Basis.REHEARSED, date(2021, 5, 4))
    qtbot.keyClicks(strip.day, "13 Sep 2021")
    qtbot.keyClick(strip.day, Qt.Key.Key_Return)
    assert page.body.basis.text().startswith("SEN re-visit · rehearsal: as if they rang on Mon 13 Sep 2021")
    qtbot.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert page.desk.plan.call == date(2021, 9, 14)
    qtbot.keyClick(window, Qt.Key.Key_Escape)  # back to the plan
    assert page.desk.plan.basis is Basis.PLANNED
    assert row_of(app).notified_on is None

    answers.append(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Return))  # as it is proposed: today
    with qtbot.waitSignal(app.source.refreshed):
        qtbot.keyClick(window, Qt.Key.Key_C, ctrl | Qt.KeyboardModifier.ShiftModifier)
    settled(qtbot, app)
    assert row_of(app).notified_on == DAY
    assert row_of(app).on_site_from == date(2021, 5, 11)  # 3 May is a bank holiday
    assert page.body.basis.text() == ("SEN re-visit · notified 26 Apr 2021, working day 1 · Re-visit of three days")
    assert page.body.table.heads[0].column.is_today
    qtbot.keyClick(window, Qt.Key.Key_PageDown)  # week 2
    assert page.body.table.heads[0].column.heading == "Mon 3 May"
    qtbot.keyClick(window, Qt.Key.Key_PageUp)

    page.setFocus()
    focused = qapp.focusWidget()
    assert focused is page.body.table.bodies[0].stops[0]  # the first item of today
    reference = page.body.table.bodies[0].column.entries[0].item.reference
    qtbot.keyClick(focused, Qt.Key.Key_Return)
    settled(qtbot, app)
    assert app.window.stack.current_key == "checklist"
    assert [item.reference for item in app.window.stack.page("checklist").grid.picks.items()] == [reference]
    with qtbot.waitSignal(app.source.refreshed):
        qtbot.keyClick(window, Qt.Key.Key_Z, ctrl)
    assert row_of(app).notified_on is None


def test_that_a_call_can_be_corrected_and_taken_back(
    qtbot: QtBot, app: App, page: InspectionWeekPage, answers: list[Answer]
) -> None:
    change(qtbot, app, record_call, row_of(app).id, CALL)
    assert page.body.call.text() == "Call and dates…"

    def correct(dialog: QDialog) -> None:
        assert isinstance(dialog, CallDialog)
        assert dialog.time.text() == "09:15"
        dialog.time.setText("10:30")

    answers.append(correct)
    with qtbot.waitSignal(app.source.refreshed):
        page.body.call.click()
    settled(qtbot, app)
    assert row_of(app).notified_at == "10:30"
    with qtbot.waitSignal(app.source.refreshed):
        app.window.actions_by_name["withdraw_call"].trigger()
    settled(qtbot, app)
    assert row_of(app).notified_on is None
    assert page.desk.plan is not None
    assert page.desk.plan.basis is Basis.PLANNED
    assert page.foot.notice.startswith("Take back the call")


def test_that_the_call_can_be_for_another_inspection(
    qtbot: QtBot, app: App, page: InspectionWeekPage, answers: list[Answer]
) -> None:
    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, CallDialog)
        dialog.time.setText("9:40")
        dialog.which.setCurrentIndex(1)
        dialog.which.activated.emit(1)

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, CallDialog)
        assert [dialog.visit.itemText(place) for place in range(dialog.visit.count())][:1] == ["Standard inspection"]
        assert dialog.time.text() == "9:40"  # what was typed is not asked for again

    answers += [choose, look]
    with qtbot.waitSignal(app.source.refreshed):
        page.body.call.click()
    settled(qtbot, app)
    assert row_of(app).notified_on is None
    assert (row_of(app, 1).notified_on, row_of(app, 1).notified_at) == (app.source.day, "09:40")
    assert page.body.basis.text().startswith("Social Care · notified")


def test_that_a_call_that_somebody_thinks_better_of_is_not_recorded(
    qtbot: QtBot, app: App, page: InspectionWeekPage, answers: list[Answer]
) -> None:
    answers.append(lambda dialog: dialog.reject())
    with qtbot.assertNotEmitted(app.operations.changed):
        page.body.call.click()
        settled(qtbot, app)


def test_that_the_call_is_asked_for_from_any_page(qtbot: QtBot, app: App, answers: list[Answer]) -> None:
    answers.append(nothing)
    with qtbot.waitSignal(app.source.refreshed):
        app.window.actions_by_name["record_call"].trigger()
    settled(qtbot, app)
    assert app.window.stack.current_key == "week"
    page = week_of(app)
    assert page.desk.plan is not None
    assert page.desk.plan.basis is Basis.CALLED


def test_that_an_event_is_recorded_and_cleared(
    qtbot: QtBot, app: App, page: InspectionWeekPage, answers: list[Answer]
) -> None:
    action = app.window.actions_by_name["record_event"]
    action.trigger()
    assert "Record the call first" in page.foot.notice
    change(qtbot, app, record_call, row_of(app).id, CALL)
    answers.append(nothing)
    with qtbot.waitSignal(app.source.refreshed):
        page.body.to_come.list.buttons[0].click()
    settled(qtbot, app)
    assert row_of(app).selection_on == DAY
    assert page.body.to_come.list.buttons[0].entry.right == "Mon 26 Apr"

    def clear(dialog: QDialog) -> None:
        assert isinstance(dialog, EventDialog)
        dialog.event_box.setCurrentIndex(0)
        dialog.clear.click()

    answers.append(clear)
    with qtbot.waitSignal(app.source.refreshed):
        action.trigger()
    settled(qtbot, app)
    assert row_of(app).selection_on is None


def test_that_recording_what_is_next_stands_at_its_card(
    qtbot: QtBot, app: App, page: InspectionWeekPage, answers: list[Answer]
) -> None:
    assert page.body.to_come._link.isHidden()
    change(qtbot, app, record_call, row_of(app).id, CALL)
    seen: list[Event] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, EventDialog)
        seen.append(dialog.event_chosen)
        dialog.reject()

    answers.append(look)
    page.body.to_come._link.click()
    assert seen == [Event.SELECTION]


def test_that_closures_move_the_plan(qtbot: QtBot, app: App, page: InspectionWeekPage, answers: list[Answer]) -> None:
    def close(dialog: QDialog) -> None:
        assert isinstance(dialog, ClosuresDialog)
        dialog.first.setText("6 May 2021")
        dialog.add.click()

    answers.append(close)
    with qtbot.waitSignal(app.source.refreshed):
        app.window.actions_by_name["closures"].trigger()
    settled(qtbot, app)
    off = page.body.table.heads[3].column
    assert (off.heading, off.off) == ("Thu 6 May", "council closed")
    assert page.body.clashes.list.buttons[0].entry.title == "Thu 6 May"
    page.body.weeks.show_week("before")
    page.body.clashes.list.buttons[0].click()  # a day off opens its week
    assert page.body.weeks.week == "2021-05-03"
    answers.append(nothing)
    with qtbot.assertNotEmitted(app.operations.changed):
        app.window.actions_by_name["closures"].trigger()
        settled(qtbot, app)


def test_that_without_a_day_the_page_offers_the_call(
    qtbot: QtBot, app: App, page: InspectionWeekPage, answers: list[Answer]
) -> None:
    row = row_of(app)
    app.window.switch.choose(row.id)
    change(qtbot, app, edit_inspection, row.id, InspectionEdit(row.title, row.short_title, None, None))
    assert page.middle.currentWidget() is page.undated
    app.window.actions_by_name["print_plan"].trigger()
    assert "There is no plan yet" in page.foot.notice
    page.rehearse()
    assert page.middle.currentWidget() is page.body
    page.desk.leave()
    answers.append(nothing)
    with qtbot.waitSignal(app.source.refreshed):
        page.undated.acted.emit()
    settled(qtbot, app)
    assert page.middle.currentWidget() is page.body


def test_that_the_plan_is_saved_as_pdf(
    qtbot: QtBot, app: App, page: InspectionWeekPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[str] = []

    def choose(_parent: object, _title: str, start: str, _kinds: str) -> tuple[str, str]:
        offered.append(start)
        return (str(tmp_path / "plan"), "") if len(offered) == 1 else ("", "")

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    app.window.actions_by_name["save_plan"].trigger()
    assert (tmp_path / "plan.pdf").read_bytes().startswith(b"%PDF")
    assert page.foot.notice == "Wrote plan.pdf, one page."
    app.window.actions_by_name["save_plan"].trigger()
    assert [Path(each).name for each in offered] == ["Plan SEN re-visit 2021-05-04.pdf"] * 2
    assert Path(offered[1]).parent == tmp_path  # where it was saved last


def test_that_the_print_button_asks_for_a_printer(
    qtbot: QtBot, app: App, page: InspectionWeekPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(QPrintDialog, "exec", lambda dialog: asked.append(dialog.windowTitle()) or 0)
    page.body.print.click()
    assert asked == ["Print the plan"]
    assert page.foot.notice == ""
