"""The dialogs about the call: they propose, say back in words, name faults at their field, and save nothing."""

from dataclasses import replace
from datetime import date

import pytest
from plans import CALENDAR, CALL, FRAMEWORK, ROW, called, planner, some_items
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from readiness.domain.calendar import WorkingDays
from readiness.domain.notification import Call
from readiness.domain.schemes import Event
from ui.dialogs.call_dialog import CallDialog
from ui.dialogs.closures_dialog import ClosuresDialog
from ui.dialogs.event_dialog import EventDialog
from ui.theme import make_theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen has no window manager

MONDAY = date(2021, 9, 13)
ON_SITE = called(on_site_from=date(2021, 5, 17), on_site_to=date(2021, 5, 20))


@pytest.fixture
def theme(qapp):
    return make_theme(False, qapp.font())


@pytest.fixture
def ask(qtbot, theme):
    def made(row=ROW, framework=FRAMEWORK, today=MONDAY, calendar=CALENDAR) -> CallDialog:
        dialog = CallDialog(theme, row, framework, calendar, today)
        qtbot.addWidget(dialog)
        shown(qtbot, dialog)
        return dialog

    return made


def shown(qtbot, dialog: QDialog) -> None:
    with qtbot.waitActive(dialog):
        dialog.show()


def typed(qtbot, field, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text) if text else qtbot.keyClick(field, Qt.Key.Key_Delete)


def left(qtbot, field) -> None:
    qtbot.keyClick(field, Qt.Key.Key_Tab)


def test_that_the_framework_proposes_the_days_on_site(qtbot, ask):
    dialog = ask()
    assert dialog.call() == Call(MONDAY, "", "standard", date(2021, 9, 24), date(2021, 9, 29))
    first, on_site = dialog.said.text().splitlines()
    assert first == "Day 1 is Mon 13 Sep 2021."
    assert on_site == (
        "Inspectors are on site from Fri 24 Sep 2021 to Wed 29 Sep 2021: 4 working days. "
        "Check against the handbook in force."
    )
    dialog.visit.setCurrentIndex(1)
    assert dialog.call().on_site_to == date(2021, 9, 27)
    assert "Check against" not in dialog.said.text()  # this kind of visit is confirmed


def test_that_the_proposal_follows_the_day_until_somebody_writes_another(qtbot, ask):
    dialog = ask()
    typed(qtbot, dialog.day, "14 Sep 2021")
    assert dialog.start.day == date(2021, 9, 27)
    typed(qtbot, dialog.start, "4 Oct 2021")
    assert dialog.end.day == date(2021, 10, 7)  # as long from there
    typed(qtbot, dialog.day, "15 Sep 2021")
    assert (dialog.start.day, dialog.end.day) == (date(2021, 10, 4), date(2021, 10, 7))
    typed(qtbot, dialog.end, "6 Oct 2021")
    dialog.visit.setCurrentIndex(1)
    assert (dialog.start.day, dialog.end.day) == (date(2021, 10, 4), date(2021, 10, 6))
    typed(qtbot, dialog.start, "")
    typed(qtbot, dialog.day, "14 Sep 2021")
    assert dialog.start.day == date(2021, 9, 27)  # emptied, it follows again


def test_that_a_sunday_in_the_past_is_said_back_and_allowed(qtbot, ask):
    dialog = ask()
    typed(qtbot, dialog.day, "5 Sep 2021")
    assert dialog.said.text().splitlines()[:2] == [
        "Sun 5 Sep 2021 is at the weekend, so day 1 is Mon 6 Sep 2021.",
        "The call came 8 days ago: today is working day 6.",
    ]
    assert dialog.ok.isEnabled()
    assert dialog.call().day == date(2021, 9, 5)


def test_that_closures_push_the_proposal(qtbot, ask):
    dialog = ask(calendar=WorkingDays(frozenset({date(2021, 9, 24)})))
    assert dialog.start.day == date(2021, 9, 27)


def test_that_a_fault_of_two_lines_is_shown_whole(qtbot, ask):
    dialog = ask()
    fault = dialog.faults[dialog.start]
    typed(qtbot, dialog.start, "1 Sep 2021")
    left(qtbot, dialog.start)
    two_lines = 2 * fault.fontMetrics().lineSpacing()
    qtbot.waitUntil(lambda: fault.isVisible() and fault.geometry().bottom() < dialog.end.geometry().top())
    assert fault.height() >= fault.heightForWidth(fault.width()) >= two_lines


def test_that_faults_are_said_at_their_field_when_it_is_left(qtbot, ask):
    dialog = ask()
    typed(qtbot, dialog.day, "31 Apr")
    assert dialog.faults[dialog.day].isHidden()  # still being typed
    assert not dialog.ok.isEnabled()
    left(qtbot, dialog.day)
    assert "13 Sep 2021" in dialog.faults[dialog.day].text()
    typed(qtbot, dialog.day, "13 Sep 2021")
    assert dialog.faults[dialog.day].isHidden()
    typed(qtbot, dialog.time, "at nine")
    assert dialog.faults[dialog.time].isHidden()
    left(qtbot, dialog.time)
    assert "09:15" in dialog.faults[dialog.time].text()
    typed(qtbot, dialog.time, "9.15")
    left(qtbot, dialog.time)
    assert dialog.faults[dialog.time].isHidden()
    assert dialog.call().time == "09:15"


@pytest.mark.parametrize(
    ("start", "end", "wrong", "sentence"),
    [
        ("10 Sep 2021", "29 Sep 2021", "start", "before the call on 13 Sep 2021"),
        ("24 Sep 2021", "23 Sep 2021", "end", "lies before the first"),
    ],
)
def test_that_days_out_of_order_are_named_with_the_cure(qtbot, ask, start, end, wrong, sentence):
    dialog = ask()
    typed(qtbot, dialog.end, end)
    typed(qtbot, dialog.start, start)
    shown = {name: dialog.faults[getattr(dialog, name)].text() for name in ("day", "start", "end")}
    assert sentence in shown.pop(wrong)
    assert set(shown.values()) == {""}
    assert not dialog.ok.isEnabled()
    assert sentence in dialog.ok.toolTip()
    assert dialog.call() is None


def test_that_no_day_and_no_first_day_on_site_are_named(qtbot, ask):
    dialog = ask()
    typed(qtbot, dialog.end, "29 Sep 2021")
    typed(qtbot, dialog.start, "")
    assert "needs a first one" in dialog.faults[dialog.start].text()
    typed(qtbot, dialog.day, "")
    assert dialog.ok.toolTip() == "Write the day of the call as 13 Sep 2021."


def test_that_a_recorded_call_is_shown_as_it_is(qtbot, ask):
    moved = called(on_site_from=date(2021, 5, 24), on_site_to=date(2021, 5, 26), visit="short", notified_at="09:15")
    dialog = ask(moved)
    assert dialog.windowTitle() == "Call and dates"
    assert dialog.call() == Call(CALL, "09:15", "short", date(2021, 5, 24), date(2021, 5, 26))
    typed(qtbot, dialog.day, "5 May 2021")
    assert dialog.start.day == date(2021, 5, 24)  # somebody's word stays
    assert "takes the place of the call of 4 May 2021" in dialog.said.text()
    as_proposed = ask(ON_SITE)
    typed(qtbot, as_proposed.day, "5 May 2021")
    assert as_proposed.start.day == date(2021, 5, 18)


def test_that_without_a_framework_nothing_is_proposed(qtbot, ask):
    dialog = ask(framework=None)
    assert not dialog.visit.isVisible()
    assert dialog.call() == Call(MONDAY)
    typed(qtbot, dialog.day, "1 Jan 1800")
    left(qtbot, dialog.day)
    assert dialog.call() is None


def test_that_the_inspection_is_asked_for_where_there_are_several(qtbot, theme):
    other = replace(ROW, id="i2", short_title="Social Care")
    dialog = CallDialog(theme, ROW, FRAMEWORK, CALENDAR, MONDAY, among=(ROW, other))
    qtbot.addWidget(dialog)
    shown(qtbot, dialog)
    assert [dialog.which.itemText(place) for place in range(2)] == ["SEN re-visit", "Social Care"]
    assert (dialog.which.currentText(), dialog.which.isVisible()) == ("SEN re-visit", True)
    dialog.which.setFocus()
    qtbot.keyClick(dialog.which, Qt.Key.Key_Down)
    assert (dialog.other, dialog.result()) == ("i2", QDialog.DialogCode.Rejected)


def test_that_one_inspection_alone_is_not_asked_for(ask):
    assert not ask().which.isVisible()


@pytest.fixture
def event(qtbot, theme):
    def made(row=ON_SITE, today=date(2021, 5, 12), chosen=None) -> EventDialog:
        plan = planner(some_items(row, today), row).plan()
        assert plan is not None
        dialog = EventDialog(theme, plan, today, chosen)
        qtbot.addWidget(dialog)
        shown(qtbot, dialog)
        return dialog

    return made


def test_that_the_next_event_and_its_day_are_offered(event):
    dialog = event()
    assert dialog.answer() == (Event.SELECTION, date(2021, 5, 10))  # expected, and that day has come
    assert dialog.said.text() == "Cases selected on Mon 10 May 2021: 1 item is dated by it."
    early = event(today=date(2021, 5, 6))
    assert early.answer().day == date(2021, 5, 6)
    known = event(called(on_site_from=date(2021, 5, 17), on_site_to=date(2021, 5, 20), selection_on=date(2021, 5, 11)))
    assert known.event_chosen is Event.DRAFT_REPORT
    known.event_box.setCurrentIndex(0)
    assert known.answer().day == date(2021, 5, 11)


def test_that_an_event_before_the_call_is_refused_in_words(qtbot, event):
    dialog = event()
    typed(qtbot, dialog.day, "3 May 2021")
    assert "before the call on 4 May 2021" in dialog.fault.text()
    assert not dialog.ok.isEnabled()
    typed(qtbot, dialog.day, "31 Apr")
    assert dialog.fault.isHidden()
    left(qtbot, dialog.day)
    assert "13 Sep 2021" in dialog.fault.text()
    typed(qtbot, dialog.day, "20 May 2021")
    assert dialog.said.text().endswith("That day is still to come.")


def test_that_a_recorded_event_can_be_cleared(qtbot, event):
    row = called(on_site_from=date(2021, 5, 17), on_site_to=date(2021, 5, 20), selection_on=date(2021, 5, 11))
    dialog = event(row, chosen=Event.SELECTION)
    qtbot.mouseClick(dialog.clear, Qt.MouseButton.LeftButton)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.answer() == (Event.SELECTION, None)
    assert not event().clear.isEnabled()


@pytest.fixture
def closures(qtbot, theme):
    def made(days=()) -> ClosuresDialog:
        dialog = ClosuresDialog(theme, days)
        qtbot.addWidget(dialog)
        shown(qtbot, dialog)
        return dialog

    return made


def test_that_one_day_or_several_are_added_by_keyboard(qtbot, closures):
    dialog = closures()
    assert dialog.empty.isVisible()
    typed(qtbot, dialog.first, "29 Dec 2021")
    qtbot.keyClick(dialog.first, Qt.Key.Key_Return)
    assert dialog.isVisible()  # Enter adds; it does not close
    typed(qtbot, dialog.first, "24 Dec 2021")
    typed(qtbot, dialog.last, "31 Dec 2021")
    qtbot.keyClick(dialog.last, Qt.Key.Key_Return)
    assert sorted(dialog.days) == [date(2021, 12, day) for day in (24, 29, 30, 31)]  # 25 to 28 nobody works anyway
    assert dialog.answer() == frozenset(dialog.days)
    assert dialog.count.text() == "4 closed days"


def test_that_chosen_days_are_removed_by_keyboard(qtbot, closures):
    days = frozenset({date(2021, 12, 29), date(2021, 12, 30)})
    dialog = closures(days)
    assert dialog.answer() is None  # nothing changed
    dialog.list.setFocus()
    dialog.list.setCurrentRow(0)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Delete)
    assert dialog.answer() == frozenset({date(2021, 12, 30)})
    qtbot.keyClick(dialog.list, Qt.Key.Key_Delete)
    assert dialog.answer() == frozenset()
    assert dialog.empty.isVisible()


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        ("3 May 2021", "", "is a bank holiday already"),
        ("8 May 2021", "", "is a weekend already"),
        ("8 May 2021", "9 May 2021", "nothing has to be added"),
        ("29 Dec 2021", "", "is in the list already"),
        ("31 Apr 2021", "", "Apr 2021 has no day 31"),
        ("5 May 2021", "4 May 2021", "ends before it begins"),
        ("", "4 May 2021", "Write the day as"),
    ],
)
def test_that_what_cannot_be_added_is_said(qtbot, closures, first, last, sentence):
    dialog = closures([date(2021, 12, 29)])
    typed(qtbot, dialog.first, first)
    typed(qtbot, dialog.last, last)
    dialog.add.click()
    assert sentence in dialog.fault.text()
    assert dialog.answer() is None


def test_that_what_is_typed_is_kept_when_all_is_kept(qtbot, closures):
    dialog = closures()
    typed(qtbot, dialog.first, "29 Dec 2021")
    dialog.ok.click()
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.answer() == frozenset({date(2021, 12, 29)})
    wrong = closures()
    typed(qtbot, wrong.first, "Christmas")
    wrong.ok.click()
    assert wrong.isVisible()
