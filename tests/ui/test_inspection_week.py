"""Inspection week in the real window: what it shows, what opens from it, and how the keyboard goes through it."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from weeks import CALL, change, row_of, settled, shown
from windows import DAY, Opened

from readiness.domain.errors import BadValue
from readiness.domain.notification import Call
from readiness.domain.plan import Basis
from readiness.domain.schemes import HANDBOOK
from readiness.domain.scoring import BELOW_CHECKED
from readiness.domain.views import ItemEdit
from readiness.domain.vocabulary import ItemField
from readiness.services import schemes
from readiness.services.inspections import remove_inspection
from readiness.services.items import edit_items
from readiness.services.notification import record_call, set_closures
from ui.app import App
from ui.dialogs.inspection_dialog import InspectionDialog
from ui.pages.inspection_week import InspectionWeekPage


@pytest.fixture
def app(opened: Opened, council: Path) -> App:
    return opened(council)


@pytest.fixture
def page(qtbot: QtBot, app: App) -> InspectionWeekPage:
    return shown(qtbot, app)


def headings(page: InspectionWeekPage) -> list[str]:
    return [head.column.heading for head in page.body.table.heads if head.isVisible()]


def plain(html: str) -> str:
    return html.replace('<span style="font-weight:600">', "").replace("</span>", "")


def test_that_the_plan_of_the_inspection_expected_first_is_shown(page: InspectionWeekPage) -> None:
    assert page.body.basis.text() == ("SEN re-visit · planned for a call on Tue 4 May 2021 · Re-visit of three days")
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
    assert page.body.weeks.week == "2021-05-10"
    assert qapp.focusWidget() is heads[0]
    qtbot.keyClick(heads[0], Qt.Key.Key_Left)
    assert page.body.weeks.week == "2021-05-03"
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


def test_that_a_rehearsal_of_another_day_keeps_its_place(page: InspectionWeekPage) -> None:
    page.rehearse()
    page.body.weeks.turn(1)
    page.body.strip.later.click()
    assert page.body.weeks.switch.current == "2021-05-10"
    for _ in range(5):
        page.body.strip.later.click()
    assert page.body.weeks.switch.current == "2021-05-17"  # week 2 again
    page.desk.leave()
    assert page.body.weeks.switch.current == "2021-05-03"


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


def test_that_a_framework_that_cannot_be_read_leaves_a_plan_without_a_timetable(
    qtbot: QtBot, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise BadValue("The framework cannot be read. Bring it in again.")

    monkeypatch.setattr(schemes, "framework_of", refuse)
    with qtbot.waitSignal(app.operations.failed):
        page = shown(qtbot, app)
    assert page.body.basis.text() == "SEN re-visit · planned for a call on Tue 4 May 2021"
    assert [event for head in page.body.table.heads for event in head.column.events] == []


def test_that_the_page_takes_another_look(qtbot: QtBot, app: App, page: InspectionWeekPage) -> None:
    app.window.actions_by_name["look_dark"].trigger()
    assert page.body.table.heads[0].theme.dark
    assert page.body.table.bodies[3].stops[0].theme.dark
    page.body.weeks.show_week("before")
    assert page.body.table.bodies[0].stops[0].theme.dark
    app.window.actions_by_name["look_system"].trigger()
