"""The checklist's panel over a real workspace: what is typed is stored, follows undo, and is never lost."""

from datetime import date

import pytest
from checklist_desk import Desk
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from readiness.domain.dates import written
from readiness.domain.filters import ItemFilter
from readiness.domain.views import ItemEdit, Narratives
from readiness.domain.vocabulary import ItemField, ItemStatus
from readiness.services import areas, boards, items, undo
from ui.widgets.field_fault import FieldFault

Key = Qt.Key


@pytest.fixture
def desk(qtbot, tmp_path):
    made = Desk(qtbot, tmp_path)
    made.select("RV-A01")
    made.wait(made.page.panel.texts.narratives[ItemField.POSITION].isEnabled)
    yield made
    made.close()


def narrative(desk, field=ItemField.POSITION):
    return desk.page.panel.texts.narratives[field]


def stored(desk, reference) -> Narratives:
    id_ = desk.item(reference).id
    return desk.workspace.read(boards.read_narratives, [id_])[id_]


def test_that_the_panel_says_why_and_shows_what_good_looks_like(desk):
    panel = desk.page.panel
    assert panel.reason.accessibleName() == "Off track: due in 4 working days, not started"
    desk.wait(lambda: panel.texts.guidance.words.text() == "What shows 1")


def test_that_what_is_typed_is_stored_when_another_item_is_chosen(desk):
    narrative(desk).setFocus()
    QTest.keyClicks(narrative(desk), "Plans are better.")
    with desk.written():
        desk.select("RV-A02")
    desk.wait(lambda: narrative(desk).isEnabled())
    assert stored(desk, "RV-A01").position == "Plans are better."
    assert stored(desk, "RV-A02").position == ""
    assert narrative(desk).toPlainText() == ""


def test_that_what_is_typed_is_stored_when_the_page_is_flushed(desk):
    narrative(desk).setPlainText("Almost lost.")
    with desk.written():
        desk.page.flush()
    assert stored(desk, "RV-A01").position == "Almost lost."


def test_that_what_is_typed_is_stored_when_the_panel_closes_or_the_filter_changes(desk):
    narrative(desk).setPlainText("First.")
    with desk.written():
        desk.page.panel.closed.emit()
    assert stored(desk, "RV-A01").position == "First."
    desk.do("details")
    narrative(desk).setPlainText("Second.")
    with desk.written():
        desk.page.show_filter(ItemFilter(owners=("Headteacher",)))
    assert stored(desk, "RV-A01").position == "Second."


def test_that_undo_shows_the_old_text_but_never_over_what_is_being_typed(desk):
    narrative(desk).setPlainText("One.")
    with desk.written():
        desk.page.flush()
    with desk.written():
        desk.operations.change(undo.undo)
    desk.wait(lambda: narrative(desk).toPlainText() == "")
    narrative(desk).setPlainText("Two.")
    with desk.written():
        desk.page.flush()
    narrative(desk).setPlainText("Two. And three")
    with desk.written():
        desk.operations.change(undo.undo)
    desk.qtbot.wait(50)
    assert narrative(desk).toPlainText() == "Two. And three"


def test_that_undo_right_after_typing_shows_the_text_before_again(desk):
    narrative(desk).setFocus()
    QTest.keyClicks(narrative(desk), "Typed")
    desk.page.flush()
    desk.operations.change(undo.undo)
    assert narrative(desk).toPlainText() == "Typed"
    desk.wait(lambda: narrative(desk).toPlainText() == "")
    assert stored(desk, "RV-A01").position == ""
    QTest.keyClicks(narrative(desk), "Again")
    with desk.written():
        desk.page.flush()
    assert stored(desk, "RV-A01").position == "Again"


def test_that_what_the_file_could_not_take_stays_in_the_panel(desk, monkeypatch):
    narrative(desk).setPlainText("Not yet written")
    narrative(desk).flush()
    desk.wait(lambda: desk.operations.is_idle)
    monkeypatch.setattr(type(desk.operations), "unwritten", 1)
    details = desk.page.details
    details._on_read(desk.page.panel.item_id, desk.page.verbs.writes, (Narratives("", "old", "", ""), ()))
    assert narrative(desk).toPlainText() == "Not yet written"
    desk.select("RV-A02")
    desk.wait(narrative(desk).isEnabled)


@pytest.mark.parametrize("field", [ItemField.POSITION, ItemField.GUIDANCE])
def test_that_a_text_too_long_waits_with_its_item_until_it_is_shortened(desk, field):
    texts = desk.page.panel.texts
    edit = texts.guidance.edit if field is ItemField.GUIDANCE else narrative(desk)
    if field is ItemField.GUIDANCE:
        texts.guidance.open()
    edit.setPlainText("word " * 40_001)
    told = f"RV-A01: {field.label} is too long: 200,005 characters. Shorten it to 200,000."
    with desk.qtbot.assertNotEmitted(desk.operations.changed):
        desk.select("RV-A02")
        desk.wait(narrative(desk).isEnabled)
    assert desk.notices == [f"{told} Until then it is not stored."]
    assert desk.page.unstored == (told,)
    assert edit.toPlainText() != "word " * 40_001
    desk.select("RV-A01")
    desk.wait(lambda: len(edit.toPlainText()) == 200_005)
    faults = [each for each in desk.page.panel.findChildren(FieldFault) if each.isVisible()]
    assert [each.text() for each in faults] == [edit.fault]
    edit.setPlainText("Short")
    with desk.written():
        desk.page.flush()
    assert faults[0].isHidden()
    assert desk.page.unstored == ()
    texts_now = stored(desk, "RV-A01")
    assert "Short" in (texts_now.position, texts_now.guidance)


def test_that_escape_keeps_a_guidance_that_is_too_long_in_sight(desk):
    guidance = desk.page.panel.texts.guidance
    guidance.open()
    guidance.edit.setPlainText("word " * 40_001)
    desk.press(Key.Key_Escape, widget=guidance.edit)
    assert guidance.is_open
    guidance.edit.setPlainText("Short")
    with desk.written():
        desk.press(Key.Key_Escape, widget=guidance.edit)
    assert not guidance.is_open


def test_that_an_answer_read_before_the_last_write_does_not_bring_the_old_text_back(desk):
    details, panel = desk.page.details, desk.page.panel
    narrative(desk).setPlainText("New text")
    narrative(desk).flush()  # asked for, not yet written
    details._on_read(panel.item_id, desk.page.verbs.writes - 1, (Narratives("", "old", "", ""), ()))
    assert narrative(desk).toPlainText() == "New text"
    desk.wait(lambda: stored(desk, "RV-A01").position == "New text")
    assert narrative(desk).toPlainText() == "New text"


def test_that_a_due_date_is_set_by_hand_and_goes_back_to_its_rule(desk):
    due = desk.page.panel.fields.due
    due.line.setText("29 Apr 2021")
    with desk.written():
        due.line.editingFinished.emit()
    assert desk.item("RV-A01").due_override == date(2021, 4, 29)
    assert due._why.text() == "set by hand"
    assert due._back.isVisible()
    with desk.written():
        due._back.click()
    assert desk.item("RV-A01").due == date(2021, 4, 30)
    assert due._why.text() == "held ready"


def test_that_a_bad_date_stays_with_its_item_and_is_told_when_another_is_shown(desk):
    due = desk.page.panel.fields.due
    due.line.setFocus()
    due.line.selectAll()
    QTest.keyClicks(due.line, "31 Feb 2021")
    with desk.qtbot.assertNotEmitted(desk.operations.changed):
        desk.do("next")
        assert due.line.text() == written(desk.item("RV-A02").due)
        assert due._fault.isHidden()
        assert not due.line.property("wrong")
        desk.page.flush()
    assert desk.notices == ["“31 Feb 2021” is no date; RV-A01 keeps 30 Apr 2021."]


@pytest.mark.parametrize("leave", ["heading", "several", "flush"])
def test_that_a_bad_date_or_rule_is_never_dropped_in_silence(desk, leave):
    due = desk.page.panel.fields.due
    due.line.setText("soon")
    due.rule.setText("whenever")
    if leave == "heading":
        desk.page.grid.picks.select([desk.page.table.rows[0].id])
    elif leave == "several":
        desk.select("RV-A02", "RV-A03")
    else:
        desk.page.flush()
        assert due.line.text() == "30 Apr 2021"
    assert desk.notices == [
        "“soon” is no date; RV-A01 keeps 30 Apr 2021.",
        "“whenever” is no due rule; RV-A01 keeps held ready.",
    ]


def test_that_a_bad_date_stays_to_be_corrected_while_other_fields_change(desk):
    due = desk.page.panel.fields.due
    due.line.setText("31 Apr 2021")
    due.line.editingFinished.emit()
    with desk.written():
        desk.page.verbs.set_status(ItemStatus.DRAFTED)
    assert due.line.text() == "31 Apr 2021"
    assert due._fault.isVisible()
    due.line.setText("29 Apr 2021")
    with desk.written():
        due.line.editingFinished.emit()
    assert desk.item("RV-A01").due_override == date(2021, 4, 29)
    assert due._fault.isHidden()


def test_that_an_emptied_due_date_without_a_hand_set_one_comes_back(desk):
    due = desk.page.panel.fields.due
    due.line.clear()
    due.line.editingFinished.emit()
    assert due.line.text() == "30 Apr 2021"


def test_that_a_due_rule_is_checked_with_a_sentence_before_it_is_stored(desk):
    due = desk.page.panel.fields.due
    due._change.click()
    due.rule.setText("whenever")
    due.rule.editingFinished.emit()
    assert due._fault.text().startswith("“whenever” is not a due rule.")
    due.rule.setText("Day 2")
    with desk.written():
        due.rule.editingFinished.emit()
    assert desk.item("RV-A01").due_rule == "day 2"


def test_that_title_and_guidance_are_edited_where_they_stand(desk):
    title = desk.page.panel.title
    desk.press(Key.Key_Return, widget=title.words)
    title.line.setText("Call plan")
    with desk.written():
        desk.press(Key.Key_Return, widget=title.line)
    assert desk.item("RV-A01").title == "Call plan"
    assert not title.is_open
    desk.press(Key.Key_Return, widget=title.words)
    title.line.setText("Other")
    desk.press(Key.Key_Escape, widget=title.line)
    assert title.words.text() == "Call plan"
    guidance = desk.page.panel.texts.guidance
    desk.wait(lambda: guidance.words.text() == "What shows 1")
    guidance.open()
    guidance.edit.setPlainText("Names, numbers, deputies")
    with desk.written():
        desk.page.flush()
    assert stored(desk, "RV-A01").guidance == "Names, numbers, deputies"


def test_that_history_tells_who_changed_what_and_puts_a_value_back(desk):
    with desk.written():
        desk.page.verbs.set_status(ItemStatus.DRAFTED)
    with desk.written():
        desk.page.verbs.set_status(ItemStatus.CHECKED)
    history = desk.page.panel.history
    desk.wait(lambda: history._rows and history._rows[0].new == "Checked")
    assert (history._rows[0].field, history._rows[0].old) == ("Status", "Drafted")
    with desk.written():
        history._entries[0]._link.click()
    assert desk.item("RV-A01").status is ItemStatus.DRAFTED


def test_that_an_area_shows_its_figures_and_opens_its_rows(desk):
    area = desk.page.table.rows[0]
    desk.page.grid.picks.select([area.id])
    summary = desk.page.panel.area
    assert summary.isVisible()
    assert summary._scale.text() == "Good · Weak"
    assert summary._ready.text().endswith("ready")
    summary.ratings.activated.emit("off_track")
    assert desk.page.current_filter().areas == (area.id,)
    desk.page.grid.picks.select([area.id])
    summary.title.open()
    summary.title.line.setText("Renamed")
    with desk.written():
        desk.press(Key.Key_Return, widget=summary.title.line)
    assert desk.page.table.rows[0].area.title == "Renamed"


def test_that_no_text_is_wider_than_the_panel(desk):
    panel, address = desk.page.panel, "https://example.org/" + "a" * 200
    fields = (ItemField.TITLE, ItemField.GUIDANCE, ItemField.POSITION, ItemField.OWNER, ItemField.SERVICE)
    edits = [ItemEdit(ItemField.REFERENCE, "R" * 80), *(ItemEdit(field, address) for field in fields)]
    with desk.written():
        desk.operations.change(items.edit_items, [panel.item_id], [*edits, ItemEdit(ItemField.DUE, date(2021, 4, 29))])
    panel.fields.due.line.setText(address)
    panel.fields.due.line.editingFinished.emit()
    desk.wait(lambda: desk.operations.is_idle and len(panel.history._rows) > 0)
    room = panel._scroll.width() - panel._scroll.verticalScrollBar().sizeHint().width()

    def is_inside() -> bool:
        return panel._body.minimumSizeHint().width() <= room and panel.minimumSizeHint().width() <= panel.width()

    assert is_inside()
    desk.page.grid.selectAll()
    assert is_inside()
    with desk.written():
        desk.operations.change(areas.edit_area, desk.page.table.rows[0].id, "A" * 20, address)
    desk.page.grid.picks.select([desk.page.table.rows[0].id])
    assert is_inside()


def test_that_the_wheel_scrolls_past_fields_without_changing_them(desk):
    combo = desk.page.panel.fields.status_combo()
    middle = QPointF(combo.rect().center())
    wheel = QWheelEvent(
        middle, combo.mapToGlobal(middle), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(combo, wheel)
    assert combo.word is ItemStatus.NOT_STARTED
    assert not wheel.isAccepted()


def test_that_next_and_previous_step_over_headings(desk):
    desk.select("RV-A03")
    desk.do("next")
    assert desk.selected() == ["RV-B01"]
    desk.page.panel.stepped.emit(-1)
    assert desk.selected() == ["RV-A03"]


def test_that_a_removed_item_leaves_the_panel(desk):
    desk.select("RV-B03")
    with desk.written():
        desk.press(Key.Key_Delete)
    assert desk.page.panel.item_id == desk.item("RV-B02").id
