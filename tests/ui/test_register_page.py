"""The pages of actions, findings and scrutiny: what keys and hands do there, and that all of it can be undone."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from register_desk import RegisterDesk

from readiness.domain.evidence import ActionDraft, FindingDraft
from readiness.domain.vocabulary import (
    ActionField,
    ActionSource,
    ActionStatus,
    Delivery,
    FindingField,
    FindingStatus,
    ImpactLevel,
)
from readiness.services.undo import undo
from ui.dialogs.action_dialog import ActionDialog
from ui.dialogs.finding_dialog import FindingDialog
from ui.dialogs.removed_dialog import RemovedDialog, name_of
from ui.models.register_words import BY_DUE

Key, Mod = Qt.Key, Qt.KeyboardModifier
ALL = ["Read plans twice", "Publish the strategy", "Agree the budget", "Circulate the slides", "Move the team"]


@pytest.fixture
def desk(qtbot, tmp_path, request):
    made = RegisterDesk(qtbot, tmp_path, getattr(request, "param", "actions"))
    yield made
    made.close()


findings = pytest.mark.parametrize("desk", ["findings"], indirect=True)
scrutiny = pytest.mark.parametrize("desk", ["scrutiny"], indirect=True)


def test_that_all_actions_are_shown_with_a_count_and_the_first_one_in_full(desk):
    assert desk.shown() == ALL
    assert desk.page.view.count.text() == "5 actions · 1 overdue · 1 due soon · 1 done"
    assert desk.selected() == ["Read plans twice"]
    panel = desk.page.panel
    assert panel.title.words.text() == "Read plans twice"
    assert panel.reason.accessibleName() == "Overdue: 6 working days late, in hand"
    assert panel._answers[0].text() == "Not yet: in hand, overdue since 16 Apr 2021."
    assert not panel.origin.isVisibleTo(panel)


def test_that_a_number_sets_the_status_of_what_is_selected_as_one_step(desk):
    desk.select("Read plans twice", "Agree the budget")
    with desk.written():
        desk.press(Key.Key_3)
    assert {desk.line(title).action.status for title in ("Read plans twice", "Agree the budget")} == {ActionStatus.DONE}
    with desk.written():
        desk.operations.change(undo)
    assert desk.line("Read plans twice").action.status is ActionStatus.IN_HAND
    assert desk.selected() == ["Read plans twice", "Agree the budget"]


def test_that_a_cell_is_edited_in_place(desk):
    desk.select("Agree the budget", column="owner")
    with desk.written():
        desk.press(Key.Key_F2)
        editor = desk.page.grid.indexWidget(desk.page.grid.currentIndex())
        editor.setEditText("Head of Finance")
        QTest.keyClick(editor, Key.Key_Return)
    assert desk.line("Agree the budget").action.owner == "Head of Finance"
    desk.select("Agree the budget", column="due")
    with desk.written():
        desk.press(Key.Key_F2)
        desk.type_in_cell("1 Apr 2021")
    assert desk.line("Agree the budget").delivery is Delivery.OVERDUE


def test_that_a_bad_date_stays_open_with_a_sentence_and_changes_nothing(desk):
    desk.select("Agree the budget", column="due")
    desk.press(Key.Key_F2)
    desk.type_in_cell("31 April 2021")
    assert desk.page.grid.is_editing
    editor = desk.page.grid.indexWidget(desk.page.grid.currentIndex())
    assert "has no day 31" in editor.accessibleDescription()
    QTest.keyClick(editor, Key.Key_Escape)
    assert desk.line("Agree the budget").action.due == date(2021, 9, 30)


def test_that_a_letter_begins_to_write_where_text_stands(desk):
    desk.select("Agree the budget", column="owner")
    desk.press(Key.Key_Z)
    assert desk.page.grid.is_editing
    desk.select("Agree the budget", column="delivery")
    desk.press(Key.Key_Z)
    assert not desk.page.grid.is_editing


def test_that_what_is_worked_out_says_so(desk):
    desk.select("Agree the budget", column="delivery")
    desk.do("edit")
    assert desk.notices == ["Delivery is worked out. Change it in the panel."]


def test_that_filters_combine_and_what_they_hide_is_said(desk):
    desk.page.bar.chips["deliveries"]._on_popup_chosen((Delivery.DONE, Delivery.OVERDUE))
    assert desk.shown() == ["Read plans twice", "Publish the strategy"]
    assert desk.page.view.count.text().startswith("2 of 5 actions")
    desk.page.bar.box.setText("strategy")
    desk.qtbot.waitUntil(lambda: desk.shown() == ["Publish the strategy"])
    desk.page.bar.box.setText("nothing like it")
    desk.qtbot.waitUntil(lambda: desk.shown() == [])
    assert desk.page.view.empty.isVisibleTo(desk.page)
    desk.do("clear")
    assert desk.shown() == ALL


def test_that_the_inspection_switch_narrows_to_it_and_to_what_concerns_all(desk):
    first, second = desk.source.board.inspections
    desk.page.set_inspection(second.id)
    assert desk.shown() == ["Move the team"]
    desk.page.set_inspection(first.id)
    assert desk.shown() == ALL[:4]
    assert "RV" in " ".join(desk.page.verbs.places)
    desk.page.set_inspection(None)
    assert desk.shown() == ALL


def test_that_an_action_is_added_below_the_current_one_and_becomes_current(desk, monkeypatch):
    asked = []

    def ask(*given, **more):
        asked.append((given, more))
        return ActionDraft("Train the writers", item_id=desk.line("Read plans twice").item.id)

    monkeypatch.setattr(ActionDialog, "ask", ask)
    desk.select("Read plans twice")
    with desk.written():
        desk.press(Key.Key_Insert)
    desk.qtbot.waitUntil(lambda: desk.selected() == ["Train the writers"])
    assert desk.shown()[:2] == ["Read plans twice", "Train the writers"]
    assert asked[0][0][2] == "RV-A01 Item 1 of A"  # where the current one belongs


def test_that_moving_follows_what_is_shown_and_an_order_forbids_it(desk):
    desk.select("Agree the budget")
    with desk.written():
        desk.press(Key.Key_Up, Mod.AltModifier)
    assert desk.shown()[:3] == ["Read plans twice", "Agree the budget", "Publish the strategy"]
    with desk.written():
        desk.press(Key.Key_Down, Mod.AltModifier)
    assert desk.shown() == ALL
    desk.page.bar.order_chip._on_popup_chosen((BY_DUE,))
    assert desk.shown()[0] == "Publish the strategy"
    desk.do("move_down")
    assert desk.notices == ["They stand ordered by date. Clear the order to move them yourself."]


def test_that_what_is_removed_leaves_its_place_and_can_be_restored(desk, monkeypatch):
    desk.select("Read plans twice")
    with desk.written():
        desk.press(Key.Key_Delete)
    assert desk.shown() == ALL[1:]
    assert desk.selected() == ["Publish the strategy"]
    offered = []
    monkeypatch.setattr(RemovedDialog, "ask", lambda _theme, rows, _parent: offered.append(rows) or rows)
    with desk.written():
        desk.do("restore")
    assert [(row.kind, name_of(row)) for row in offered[0]] == [("action", "Action  Read plans twice")]
    assert desk.shown() == ALL


def test_that_texts_are_stored_when_the_writer_leaves(desk):
    desk.select("Read plans twice")
    edit = desk.page.panel.texts.edits[ActionField.PRACTICE]
    edit.setFocus()
    QTest.keyClicks(edit, "Two people read each plan.")
    with desk.written():
        desk.select("Agree the budget")
    assert desk.line("Read plans twice").action.practice == "Two people read each plan."
    assert edit.toPlainText() == ""


def test_that_a_text_that_is_too_long_is_kept_with_its_action(desk):
    desk.select("Read plans twice")
    edit = desk.page.panel.texts.edits[ActionField.IMPACT]
    edit.setPlainText("x" * 200_001)
    desk.page.flush()
    assert desk.page.unstored
    assert "Shorten it" in desk.page.unstored[0]
    desk.select("Agree the budget")
    assert edit.toPlainText() == ""
    assert desk.page.unstored
    desk.select("Read plans twice")
    assert len(edit.toPlainText()) == 200_001
    with desk.written():
        edit.setPlainText("Short")
        desk.page.flush()
    assert not desk.page.unstored


def test_that_fields_of_the_panel_are_stored_and_several_take_one_value(desk):
    desk.select("Read plans twice", "Agree the budget")
    panel = desk.page.panel
    assert panel._many.text() == "2 actions"
    assert panel.fields.names[ActionField.OWNER].lineEdit().placeholderText() == "Several"
    with desk.written():
        panel.fields.words[ActionField.SOURCE].setCurrentIndex(1)
        panel.fields.words[ActionField.SOURCE].activated.emit(1)
    assert {desk.line(title).action.source for title in ("Read plans twice", "Agree the budget")} == {
        ActionSource.AUDIT
    }
    desk.select("Read plans twice")
    with desk.written():
        panel.level.setCurrentIndex(3)
        panel.level.activated.emit(3)
    assert desk.line("Read plans twice").action.impact_level is ImpactLevel.SUSTAINED
    assert panel._answers[2].text() == "Yes."


def test_that_a_day_of_the_panel_is_stored_on_leaving_and_a_bad_one_is_told(desk):
    desk.select("Agree the budget")
    due = desk.page.panel.fields.days[ActionField.DUE]
    due.line.setFocus()
    due.line.selectAll()
    QTest.keyClicks(due.line, "7/5/2021")
    with desk.written():
        QTest.keyClick(due.line, Key.Key_Return)
    assert desk.line("Agree the budget").action.due == date(2021, 5, 7)
    due.line.selectAll()
    QTest.keyClicks(due.line, "soon")
    desk.select("Read plans twice")
    assert desk.notices == ["“soon” is no date; due stays 7 May 2021."]
    assert desk.line("Agree the budget").action.due == date(2021, 5, 7)


def test_that_an_action_can_belong_elsewhere_by_the_words_of_the_place(desk):
    desk.select("Agree the budget")
    place = desk.page.panel.fields.place
    place.setEditText("RV-A02 Item 2 of A")
    with desk.written():
        place.flush()
    assert desk.line("Agree the budget").reference == "RV-A02"
    place.setEditText("RV-B03")  # its beginning is enough
    with desk.written():
        place.flush()
    assert desk.line("Agree the budget").reference == "RV-B03"
    place.setEditText("the moon")
    place.flush()
    assert desk.notices == ["“the moon” is no item, area or inspection here. Choose one of the list."]
    assert place.currentText() == "RV-B03 Item 3 of B"


def test_that_an_action_leads_to_its_item_and_to_its_finding(desk):
    desk.select("Read plans twice")
    with desk.qtbot.waitSignal(desk.page.item_wanted) as item:
        desk.press(Key.Key_Return, Mod.ControlModifier)
    assert item.args == [desk.line("Read plans twice").item.id]
    desk.select("Publish the strategy")
    assert not desk.page.actions_of.by_key["to_item"].isEnabled()
    link = desk.page.panel._finding
    assert link.accessibleName() == "Answers: Plans are weak"
    with desk.qtbot.waitSignal(desk.page.line_wanted) as wanted:
        link.click()
    assert wanted.args == ["findings", "f" * 32]


def test_that_a_line_somebody_asks_for_is_shown_whatever_is_filtered(desk):
    desk.page.bar.chips["deliveries"]._on_popup_chosen((Delivery.DONE,))
    desk.page.show_line(desk.line("Move the team").id)
    assert desk.selected() == ["Move the team"]
    assert desk.page.bar.chosen.is_empty
    desk.page.show_area(desk.line("Publish the strategy").area.id)
    assert desk.shown() == ["Publish the strategy"]


def test_that_the_switch_asks_for_another_side_and_stays_on_its_own(desk):
    with desk.qtbot.waitSignal(desk.page.view_wanted) as wanted:
        desk.page.view.switch.buttons[3].click()
    assert wanted.args == ["scrutiny"]
    assert desk.page.view.switch.current == "actions"


def test_that_an_older_answer_never_undoes_what_was_typed_since(desk):
    desk.select("Read plans twice")
    edit = desk.page.panel.texts.edits[ActionField.PRACTICE]
    with desk.written():
        for words in ("One", "One two"):
            edit.setPlainText(words)
            edit.flush()
    desk.operations.settle()
    assert edit.toPlainText() == "One two"
    assert desk.line("Read plans twice").action.practice == "One two"


def test_that_the_panel_is_opened_by_enter_and_left_by_escape(desk):
    desk.page.view.hide_panel()
    desk.select("Agree the budget")
    desk.press(Key.Key_Return)
    assert desk.page.view.has_panel
    status = desk.page.panel.fields.words[ActionField.STATUS]
    assert status.hasFocus()
    QTest.keyClick(status, Key.Key_Escape)
    assert desk.page.grid.hasFocus()


def test_that_the_keyboard_alone_walks_through_the_page(desk):
    """Filter, choose, set, open, write, and come back: without a mouse."""
    page = desk.page
    QTest.keyClick(page.grid, Key.Key_F, Mod.ControlModifier)
    assert page.bar.box.hasFocus()
    QTest.keyClicks(page.bar.box, "slides")
    desk.qtbot.waitUntil(lambda: desk.shown() == ["Circulate the slides"])
    QTest.keyClick(page.bar.box, Key.Key_Return)
    assert page.grid.hasFocus()
    assert desk.selected() == ["Circulate the slides"]
    with desk.written():
        QTest.keyClick(page.grid, Key.Key_2)
    assert desk.line("Circulate the slides").action.status is ActionStatus.IN_HAND
    seen = set()
    widget = page.grid
    for _ in range(60):
        QTest.keyClick(widget, Key.Key_Tab)
        widget = page.window().focusWidget()
        seen.add(widget.accessibleName() or widget.parent().accessibleName())
    assert {"Status", "Owner", "Due", "Change in practice", "Difference for children", "Impact level"} <= seen


@findings
def test_that_a_finding_shows_what_answers_it_and_takes_a_new_answer(desk):
    assert desk.shown() == ["Plans are weak", "No strategy"]
    assert desk.page.view.count.text() == "2 findings · 1 open · 1 impact proven"
    desk.select("Plans are weak")
    assert [row.entry.title for row in desk.page.panel.answers.buttons] == ["Publish the strategy"]
    with desk.written():
        desk.do("answer")
    point = next(line for line in desk.registers.registers.findings if line.finding.title == "Plans are weak")
    assert [line.action.source for line in point.actions] == [ActionSource.EARLIER_FINDING] * 2
    desk.qtbot.waitUntil(lambda: len(desk.page.panel.answers.buttons) == 2)
    with desk.qtbot.waitSignal(desk.page.line_wanted) as wanted:
        desk.page.panel.answers.buttons[0].click()
    assert wanted.args[0] == "actions"


@findings
def test_that_findings_are_edited_added_and_restored(desk, monkeypatch):
    desk.select("Plans are weak", column="status")
    with desk.written():
        desk.press(Key.Key_4)
    assert desk.line("Plans are weak").finding.status is FindingStatus.CLOSED
    proof = desk.page.panel.texts.edits[FindingField.PROOF]
    proof.setPlainText("Audits of three terms")
    with desk.written():
        desk.page.flush()
    assert desk.line("Plans are weak").finding.proof == "Audits of three terms"
    monkeypatch.setattr(FindingDialog, "ask", lambda *_: FindingDraft("Waits are long", origin="Inspection 2018"))
    with desk.written():
        desk.press(Key.Key_Insert)
    desk.qtbot.waitUntil(lambda: desk.selected() == ["Waits are long"])
    with desk.written():
        desk.press(Key.Key_Delete)
    monkeypatch.setattr(RemovedDialog, "ask", lambda _theme, rows, _parent: rows)
    with desk.written():
        desk.do("restore")
    assert "Waits are long" in desk.shown()
    assert desk.page.verbs.known[FindingField.ORIGIN] == ["Inspection 2018"]


@scrutiny
def test_that_promises_stand_with_their_meeting_and_are_actions(desk):
    assert desk.shown() == ["Circulate the slides"]
    assert desk.page.view.count.text() == "1 commitment · 1 open"
    origin = desk.page.panel.origin
    assert origin.isVisibleTo(desk.page)
    assert (origin.meeting.currentText(), origin.held.line.text(), origin.minute.text()) == (
        "Scrutiny commission", "12 Mar 2021", "45",
    )  # fmt: skip
    origin.minute.setText("46 b")
    with desk.written():
        origin.minute.editingFinished.emit()
    assert desk.line("Circulate the slides").action.origin == "Scrutiny commission, 12 Mar 2021, minute 46 b"
    origin.held.line.setText("15 Mar 2021")
    with desk.written():
        origin.held.flush()
    assert desk.line("Circulate the slides").action.origin == "Scrutiny commission, 15 Mar 2021, minute 46 b"


@scrutiny
def test_that_what_was_promised_is_added_as_an_action_of_that_source(desk, monkeypatch):
    promised = []

    def ask(*_given, promised_=promised, **more):
        promised_.append(more["promised"])
        return ActionDraft("Give a breakdown", source=ActionSource.SCRUTINY)

    monkeypatch.setattr(ActionDialog, "ask", ask)
    with desk.written():
        desk.page.view.add.click()
    desk.qtbot.waitUntil(lambda: "Give a breakdown" in desk.shown())
    assert promised == [True]


def test_that_both_dialogs_say_why_ok_waits_and_return_what_was_typed(qtbot, desk):
    places, theme = desk.page.verbs.places, desk.theme
    action = ActionDialog(theme, places, "RV-A01 Item 1 of A", {}, promised=True)
    finding = FindingDialog(theme, places, "", {})
    for dialog in (action, finding):
        qtbot.addWidget(dialog)
        ok = dialog.buttons.button(dialog.buttons.StandardButton.Ok)
        assert not ok.isEnabled()
        assert ok.toolTip().startswith("Write what")
        dialog.title.setText("Circulate the slides")
        assert ok.isEnabled()
        dialog.place.setEditText("the moon")
        assert not ok.isEnabled()
        assert ok.toolTip() == "Choose of the list where it belongs."
        dialog.place.setEditText("RV-A01 Item 1 of A")
    action.meeting.setEditText("Scrutiny commission")
    action.held.setText("12 Mar 2021")
    action.minute.setText("45")
    action.due.setText("31 Apr 2021")
    assert not action.buttons.button(action.buttons.StandardButton.Ok).isEnabled()
    action.due.setText("30 Apr 2021")
    draft = action.draft()
    assert (draft.origin, draft.source) == ("Scrutiny commission, 12 Mar 2021, minute 45", ActionSource.SCRUTINY)
    assert (draft.item_id, draft.due) == (desk.line("Read plans twice").item.id, date(2021, 4, 30))
    assert finding.draft().title == "Circulate the slides"
