"""The narrative editor: it says what was written, and never loses a letter."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from readiness.domain.editing import TEXT_LIMIT
from ui.widgets.narrative_edit import NarrativeEdit

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen has no window manager


@pytest.fixture
def edit(qtbot):
    made = NarrativeEdit("Position", "Say what you would tell the inspector.", pause_ms=30)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_that_a_pause_says_what_was_written_once(qtbot, edit):
    heard = []
    edit.paused.connect(heard.append)
    with qtbot.waitSignal(edit.paused):
        qtbot.keyClicks(edit, "71 % of plans")
    edit.flush()
    assert heard == ["71 % of plans"]


def test_that_leaving_says_it_at_once(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    edit, other = NarrativeEdit("Gap", pause_ms=60_000), QLineEdit()
    layout = QVBoxLayout(holder)
    layout.addWidget(edit)
    layout.addWidget(other)
    holder.show()
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    qtbot.keyClicks(edit, "No moderation")
    with qtbot.waitSignal(edit.paused) as said:
        other.setFocus()
    assert said.args == ["No moderation"]


def test_that_escape_leaves_and_keeps_the_text(qtbot, edit):
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    qtbot.keyClicks(edit, "Kept")
    with qtbot.waitSignals([edit.paused, edit.left]):
        qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert edit.toPlainText() == "Kept"
    assert not edit.hasFocus()


def test_that_a_text_from_outside_says_nothing(qtbot, edit):
    with qtbot.assertNotEmitted(edit.paused, wait=80):
        assert edit.set_text("From the store\r\nin two lines")
    assert not edit.is_pending


def test_that_a_text_from_outside_never_replaces_what_is_being_typed(qtbot, edit):
    qtbot.keyClicks(edit, "typing")
    assert not edit.set_text("older")
    assert edit.toPlainText() == "typing"


def test_that_accents_typed_in_two_signs_are_not_replaced_under_the_cursor(qtbot, edit):
    edit.insertPlainText("cafe\u0301 re\u0301sume\u0301")
    edit.flush()
    edit.moveCursor(QTextCursor.MoveOperation.Start)
    assert edit.set_text("caf\u00e9 r\u00e9sum\u00e9")
    assert edit.document().isUndoAvailable()  # the text was left alone
    assert edit.set_text("caf\u00e9")
    assert edit.toPlainText() == "caf\u00e9"


def test_that_a_text_too_long_is_refused_with_its_cure_and_stays(qtbot, edit):
    heard, faults = [], []
    edit.paused.connect(heard.append)
    edit.refused.connect(faults.append)
    edit.setPlainText("w " * (TEXT_LIMIT // 2 + 1))
    edit.flush()
    assert heard == []
    assert edit.is_pending
    assert not edit.set_text("older")
    assert faults == ["Position is too long: 200,002 characters. Shorten it to 200,000."]
    edit.setPlainText("w " * (TEXT_LIMIT // 2))
    edit.flush()
    assert faults[-1] == edit.fault == ""
    assert [len(each) for each in heard] == [TEXT_LIMIT]


def test_that_undo_from_the_store_is_shown(qtbot, edit):
    edit.set_text("before")
    qtbot.keyClicks(edit, "x")
    edit.flush()
    assert edit.set_text("before")
    assert edit.toPlainText() == "before"


def test_that_another_items_text_takes_the_place(qtbot, edit):
    qtbot.keyClicks(edit, "mine")
    edit.flush()
    with qtbot.assertNotEmitted(edit.paused, wait=80):
        edit.replace_text("another item's")
    assert edit.toPlainText() == "another item's"


def test_that_it_grows_between_two_and_ten_lines(edit):
    edit.resize(300, edit.height())
    edit.set_text("")
    two = edit.height()
    edit.set_text("\n".join("abcd"))
    four = edit.height()
    edit.set_text("\n".join("abcdefghijkl"))
    ten = edit.height()
    line = edit.fontMetrics().lineSpacing()
    assert four - two == 2 * line
    assert ten - two == 8 * line


def test_that_tab_moves_on(edit):
    assert edit.tabChangesFocus()
    assert edit.accessibleName() == "Position"
