"""Inspection week in the real window: rehearse, record the call, turn the weeks, open items, undo; by keyboard."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot
from windows import DAY, Opened

from readiness.domain.errors import BadValue
from readiness.domain.notification import Call
from readiness.domain.plan import Basis
from readiness.domain.schemes import HANDBOOK, Event
from readiness.domain.scoring import BELOW_CHECKED
from readiness.domain.views import InspectionRow, ItemEdit
from readiness.domain.vocabulary import ItemField
from readiness.services import schemes
from readiness.services.inspections import InspectionEdit, edit_inspection, remove_inspection
from readiness.services.items import edit_items
from readiness.services.notification import record_call, set_closures
from ui.app import App
from ui.dialogs.call_dialog import CallDialog
from ui.dialogs.closures_dialog import ClosuresDialog
from ui.dialogs.event_dialog import EventDialog
from ui.dialogs.inspection_dialog import InspectionDialog
from ui.pages.inspection_week import InspectionWeekPage

CALL = Call(DAY, "09:15", "three-days", date(2021, 5, 11), date(2021, 5, 13))
Answer = Callable[[QDialog], None]


def settled(qtbot: QtBot, app: App) -> None:
    """Wait until nothing is under way."""
    qtbot.waitUntil(lambda: app.operations.is_idle, timeout=20_000)


def week_of(app: App) -> InspectionWeekPage:
    page = app.window.stack.page("week")
    assert isinstance(page, InspectionWeekPage)
    return page


def shown(qtbot: QtBot, app: App) -> InspectionWeekPage:
    """Open the page and wait until it knows its framework."""
    app.window.show_page("week")
    page = week_of(app)
    qtbot.waitUntil(lambda: page.desk.is_known)
    return page


def row_of(app: App, place: int = 0) -> InspectionRow:
    assert app.source.board is not None
    return app.source.board.inspections[place]


def change(qtbot: QtBot, app: App, *asked: object) -> None:
    """Write something and wait until the page has it."""
    with qtbot.waitSignal(app.source.refreshed):
        app.operations.change(*asked)  # type: ignore[arg-type]
    settled(qtbot, app)


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


def headings(page: InspectionWeekPage) -> list[str]:
    return [head.column.heading for head in page.body.table.heads if head.isVisible()]


def plain(html: str) -> str:
    return html.replace('<span style="font-weight:600">', "").replace("</span>", "")


def test_that_the_plan_of_the_inspection_expected_first_is_shown(page: InspectionWeekPage) -> None:
    assert page.body.basis.text() == (
        "SEN re-visit · planned for a call on Tue 4 May 2021 (planning date) · Re-visit of three days"
    )
    assert "items are late" in plain(page.body.sentence.text())
    assert headings(page) == ["Mon 3 May", "Tue 4 May", "Wed 5 May", "Thu 6 May", "Fri 7 May"]
    assert page.body.call.text() == "We have had the call"
    assert page.body.strip.isHidden()


def test_that_the_switch_chooses_the_inspection(qtbot: QtBot, app: App, page: InspectionWeekPage) -> None:
    app.window.switch.choose(row_of(app, 1).id)
    settled(qtbot, app)
    assert page.body.basis.text().startswith("Social Care · planned for a call on Mon 6 Sep 2021")
    assert "Standard inspection" in page.body.basis.text()
    app.window.switch.choose(None)
    settled(qtbot, app)
    assert page.body.basis.text().startswith("SEN re-visit")


def test_that_a_running_inspection_comes_before_one_that_is_expected(
    qtbot: QtBot, app: App, page: InspectionWeekPage
) -> None:
    call = Call(DAY, "", "standard", date(2021, 5, 4), date(2021, 5, 17))
    change(qtbot, app, record_call, row_of(app, 1).id, call)
    assert page.body.basis.text().startswith("Social Care · notified 26 Apr 2021, working day 1")


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
    assert headings(page)[0] == "Mon 3 May"
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


def test_that_arrows_go_from_day_to_day_and_on_into_the_next_week(
    qtbot: QtBot, page: InspectionWeekPage, qapp: QApplication
) -> None:
    page.setFocus()
    heads = page.body.table.heads
    table = page.body.table
    assert qapp.focusWidget() is table.bodies[1].stops[0]
    qtbot.keyClick(qapp.focusWidget(), Qt.Key.Key_Up)
    assert qapp.focusWidget() is heads[1]
    qtbot.keyClick(heads[1], Qt.Key.Key_Right)
    qtbot.keyClick(heads[2], Qt.Key.Key_Right)
    qtbot.keyClick(heads[3], Qt.Key.Key_End)
    assert qapp.focusWidget() is table.stops(3)[-1]
    qtbot.keyClick(qapp.focusWidget(), Qt.Key.Key_Right)
    assert qapp.focusWidget() is heads[4]  # nothing is due on Friday
    qtbot.keyClick(heads[4], Qt.Key.Key_Right)
    assert page.week == "2021-05-10"
    assert qapp.focusWidget() is heads[0]
    qtbot.keyClick(heads[0], Qt.Key.Key_Left)
    assert page.week == "2021-05-03"
    tabbed = [stop for day in range(5) for stop in table.stops(day) if stop.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert tabbed == [qapp.focusWidget()]  # one stop for Tab


def test_that_a_rehearsal_writes_nothing(qtbot: QtBot, app: App, page: InspectionWeekPage) -> None:
    with qtbot.assertNotEmitted(app.operations.changed):
        page.rehearse()
        assert page.body.strip.isVisible()
        assert "Nothing is recorded" in page.body.strip.findChildren(type(page.body.basis))[0].text()
        page.body.strip.visit.setCurrentIndex(1)
        page.body.strip.visit.activated.emit(1)
        page.body.strip.later.click()
        page.body.strip.back.click()
        settled(qtbot, app)
    assert page.body.strip.isHidden()
    assert page.desk.plan is not None
    assert page.desk.plan.basis is Basis.PLANNED


def test_that_a_rehearsal_takes_the_kind_of_visit(page: InspectionWeekPage) -> None:
    page.rehearse()
    strip = page.body.strip
    assert page.desk.plan is not None
    long = page.desk.plan.last
    strip.visit.setCurrentIndex(strip.visit.findData("two-days"))
    strip.visit.activated.emit(strip.visit.currentIndex())
    assert page.desk.plan.last < long
    assert "Re-visit of two days" in page.body.basis.text()


def test_that_a_day_that_is_none_is_said_and_the_plan_stays(qtbot: QtBot, page: InspectionWeekPage) -> None:
    page.rehearse()
    strip, plan = page.body.strip, page.desk.plan
    qtbot.keyClicks(strip.day, "31 Apr 2021")
    qtbot.keyClick(strip.day, Qt.Key.Key_Return)
    assert "13 Sep 2021" in strip.fault.text()
    assert page.desk.plan is plan


def test_that_a_rehearsal_ends_when_another_inspection_is_chosen(
    qtbot: QtBot, app: App, page: InspectionWeekPage
) -> None:
    page.rehearse()
    app.window.switch.choose(row_of(app, 1).id)
    settled(qtbot, app)
    assert page.desk.rehearsed is None
    assert page.body.strip.isHidden()


def test_that_after_the_call_a_rehearsal_begins_today(qtbot: QtBot, app: App, page: InspectionWeekPage) -> None:
    change(qtbot, app, record_call, row_of(app).id, CALL)
    page.rehearse()
    assert page.body.strip.day.day == DAY


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
    page.show_week("before")
    page.body.clashes.list.buttons[0].click()  # a day off opens its week
    assert page.week == "2021-05-03"
    answers.append(nothing)
    with qtbot.assertNotEmitted(app.operations.changed):
        app.window.actions_by_name["closures"].trigger()
        settled(qtbot, app)


def test_that_every_figure_opens_its_rows(qtbot: QtBot, app: App, page: InspectionWeekPage) -> None:
    checklist = app.window.stack.page("checklist")
    for place, entry in enumerate([button.entry for button in page.body.ready.list.buttons]):
        app.window.show_page("week")
        page.body.ready.list.buttons[place].click()
        settled(qtbot, app)
        items = checklist.visible_items()
        if entry.title != "Held ready":
            assert f"{len(items):,}" == entry.right
        else:
            assert all(item.status in BELOW_CHECKED for item in items)
        assert checklist.current_filter().label == ("Held ready: not ready" if "Held" in entry.title else entry.title)


def test_that_what_has_no_room_is_counted_and_opens(qtbot: QtBot, app: App, page: InspectionWeekPage) -> None:
    body = page.body.table.bodies[3]
    assert body.more.isVisible()
    shown_now = len(body.stops) - 1
    assert body.more.text() == f"+ {len(body.column.entries) - shown_now} more"
    whole = len(body.column.entries)
    body.more.click()
    settled(qtbot, app)
    checklist = app.window.stack.page("checklist")
    assert len(checklist.visible_items()) == whole
    assert checklist.current_filter().label == "Due Thu 6 May"
    app.window.show_page("week")
    page.body.table.heads[3].click()  # so does the head
    assert app.window.stack.current_key == "checklist"
    app.window.show_page("week")
    page.body.table.heads[2].click()  # nothing is due: nothing opens
    assert app.window.stack.current_key == "week"


def test_that_a_higher_window_shows_more(qtbot: QtBot, app: App, page: InspectionWeekPage) -> None:
    before = len(page.body.table.bodies[3].stops)
    app.window.resize(1366, 1000)
    qtbot.waitUntil(lambda: len(page.body.table.bodies[3].stops) > before)


def test_that_unconfirmed_facts_say_so(qtbot: QtBot, app: App, page: InspectionWeekPage) -> None:
    assert page.body.table.footnote.isHidden()  # the re-visit’s first week is confirmed
    app.window.switch.choose(row_of(app, 1).id)
    settled(qtbot, app)
    qtbot.waitUntil(page.body.table.footnote.isVisible)
    assert HANDBOOK in page.body.table.footnote.text()
    body = page.body.table.bodies[1]
    assert HANDBOOK in body.events.toolTip()


def test_that_a_screen_reader_hears_days_and_items(page: InspectionWeekPage) -> None:
    def said(widget: object) -> str:
        return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)  # type: ignore[arg-type]

    assert said(page.body.table.heads[1]) == "Tue 4 May; Day 1; The call: ten working days’ notice; 1 item due"
    spoken = said(page.body.table.bodies[3].stops[0])
    assert "RV-" in spoken
    assert "Off track" in spoken


def test_that_a_date_set_by_hand_to_a_day_off_is_a_clash(qtbot: QtBot, app: App, page: InspectionWeekPage) -> None:
    board = app.source.board
    assert board is not None
    item = next(item for item in board.items if item.reference == "RV-B05")
    change(qtbot, app, edit_items, [item.id], [ItemEdit(ItemField.DUE, date(2021, 5, 8))])
    clash = page.body.clashes.list.buttons[0].entry
    assert (clash.title, clash.right) == ("1 item set to Sat 8 May", "day off")
    assert headings(page)[-1] == "Sat 8 May"
    page.body.clashes.list.buttons[0].click()
    settled(qtbot, app)
    assert [row.reference for row in app.window.stack.page("checklist").visible_items()] == ["RV-B05"]


def test_that_the_page_follows_changes_made_elsewhere_when_it_is_seen(
    qtbot: QtBot, app: App, page: InspectionWeekPage
) -> None:
    app.window.show_page("checklist")
    change(qtbot, app, set_closures, [date(2021, 5, 5)])
    assert page.body.table.heads[2].column.off == ""  # not drawn while it is hidden
    app.window.show_page("week")
    settled(qtbot, app)
    assert page.body.table.heads[2].column.off == "council closed"


def test_that_without_an_inspection_the_page_says_what_to_do(
    qtbot: QtBot, app: App, page: InspectionWeekPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(InspectionDialog, "exec", lambda dialog: asked.append(dialog.windowTitle()) or 0)
    change(qtbot, app, remove_inspection, row_of(app).id)
    assert page.body.basis.text().startswith("Social Care")
    change(qtbot, app, remove_inspection, row_of(app).id)
    assert page.middle.currentWidget() is page.empty
    assert not app.window.actions_by_name["record_call"].isEnabled()
    page.empty.acted.emit()
    qtbot.waitUntil(lambda: asked == ["Track another inspection"])


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


def test_that_a_framework_that_cannot_be_read_leaves_a_plan_without_a_timetable(
    qtbot: QtBot, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise BadValue("The framework cannot be read. Bring it in again.")

    monkeypatch.setattr(schemes, "framework_of", refuse)
    with qtbot.waitSignal(app.operations.failed):
        page = shown(qtbot, app)
    assert page.body.basis.text() == "SEN re-visit · planned for a call on Tue 4 May 2021 (planning date)"
    assert [event for head in page.body.table.heads for event in head.column.events] == []


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


def test_that_the_page_takes_another_look(qtbot: QtBot, app: App, page: InspectionWeekPage) -> None:
    app.window.actions_by_name["look_dark"].trigger()
    assert page.body.table.heads[0].theme.dark
    assert page.body.table.bodies[3].stops[0].theme.dark
    page.show_week("before")
    assert page.body.table.bodies[0].stops[0].theme.dark
    app.window.actions_by_name["look_system"].trigger()
