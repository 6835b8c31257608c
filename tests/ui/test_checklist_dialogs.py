"""The checklist's dialogs: OK waits until what was typed is sound, and the sentence says what is not."""

from datetime import UTC, datetime

import pytest
from checklist_boards import board, item
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from readiness.domain.views import AreaDraft, RemovedRow
from readiness.domain.vocabulary import ItemField, Kind, Priority
from ui.dialogs.area_dialog import AreaDialog
from ui.dialogs.item_dialog import ItemDialog
from ui.dialogs.removed_dialog import RemovedDialog
from ui.theme import make_theme

BOARD = board([item(1), item(2)], "A", "B")
OK = QDialogButtonBox.StandardButton.Ok


@pytest.fixture
def theme(qapp):
    return make_theme(False, QApplication.font())


@pytest.fixture
def dialog(qtbot, theme):
    known = {ItemField.OWNER: ["Head of SEND"], ItemField.SERVICE: ["SEND"]}
    made = ItemDialog(theme, BOARD, BOARD.areas, "i1-A", known)
    qtbot.addWidget(made)
    return made


def can_add(dialog) -> bool:
    return dialog.buttons.button(OK).isEnabled()


def test_that_an_item_needs_a_title_and_a_reference_of_its_own(dialog):
    assert dialog.reference.text() == "RV-A03"
    assert not can_add(dialog)
    dialog.title.setText("  Something  new ")
    assert can_add(dialog)
    dialog.reference.setText("RV-A01")
    assert not can_add(dialog)
    assert dialog.fault.text() == "There is an item RV-A01 already. Write another reference."
    dialog.reference.setText("RV-A10")
    draft = dialog.draft()
    assert (draft.reference, draft.title, draft.kind) == ("RV-A10", "Something new", Kind.DOCUMENT)
    assert (draft.priority, draft.due_rule) == (Priority.IMPORTANT, "held ready")


def test_that_a_due_rule_is_checked_as_it_is_typed(dialog):
    dialog.title.setText("Something")
    dialog.rule.setText("one day")
    assert not can_add(dialog)
    assert dialog.fault.text().startswith("“one day” is not a due rule.")
    dialog.rule.setText("Day  5")
    assert can_add(dialog)
    assert dialog.draft().due_rule == "day 5"
    dialog.rule.clear()
    assert dialog.draft().due_rule == ""


def test_that_a_text_too_long_is_refused_before_the_dialog_closes(dialog):
    dialog.title.setText("Something")
    dialog.guidance.setPlainText("word " * 40_001)
    assert not can_add(dialog)
    assert dialog.fault.text() == "What good looks like is too long: 200,005 characters. Shorten it to 200,000."
    dialog.guidance.setPlainText("x")
    assert can_add(dialog)
    dialog.owner.setEditText("x" * 301)
    assert not can_add(dialog)


def test_that_another_area_proposes_another_reference(dialog):
    dialog.area.setCurrentIndex(1)
    assert dialog.reference.text() == "B01"
    assert dialog.chosen_area().code == "B"


def test_that_an_area_needs_a_letter_of_its_own(qtbot, theme):
    dialog = AreaDialog(theme, {"A"}, None, "B")
    qtbot.addWidget(dialog)
    assert not dialog.buttons.button(OK).isEnabled()
    dialog.title.setText("Voice of  children")
    assert dialog.buttons.button(OK).isEnabled()
    assert dialog.draft() == AreaDraft("B", "Voice of children")
    dialog.code.setText("A")
    assert not dialog.buttons.button(OK).isEnabled()
    assert dialog.fault.text().startswith("There is an area A already.")


def test_that_what_was_removed_is_chosen_to_come_back(qtbot, theme):
    at = datetime(2021, 4, 20, 9, tzinfo=UTC)
    rows = [
        RemovedRow("a", "area", "i1", "C", "Third", at, "Head of SEND"),
        RemovedRow("b", "item", "i1", "RV-A02", "Two", at, "Head of SEND"),
    ]
    dialog = RemovedDialog(theme, rows)
    qtbot.addWidget(dialog)
    assert not dialog.buttons.button(OK).isEnabled()
    dialog.list.setCurrentRow(1)
    assert dialog.buttons.button(OK).isEnabled()
    assert dialog.chosen() == (rows[1],)
    assert "Head of SEND, 20 Apr 2021" in dialog.list.item(0).text()


def test_that_a_removed_inspection_is_named_as_one_also_to_a_screen_reader(qtbot, theme):
    at = datetime(2021, 4, 20, 9, tzinfo=UTC)
    dialog = RemovedDialog(theme, [RemovedRow("a", "inspection", "a", "send", "SEND re-visit", at, "Head of SEND")])
    qtbot.addWidget(dialog)
    assert dialog.list.item(0).text().startswith("Inspection  SEND re-visit\nHead of SEND, 20 Apr 2021")
    spoken = dialog.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Inspection  SEND re-visit, removed by Head of SEND")


def test_that_nothing_removed_says_so(qtbot, theme):
    dialog = RemovedDialog(theme, [])
    qtbot.addWidget(dialog)
    assert dialog.list.isHidden()
