"""The dialog that shows what another edition would do, and the list in it."""

import time
from dataclasses import replace

import pytest
from checklist_boards import inspection
from domain_editions import framework, laid_out
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from readiness.domain.edition_matching import compare
from readiness.domain.views import ItemDraft
from ui.dialogs.edition_dialog import COMPARING, EditionDialog
from ui.theme import make_theme

OK = QDialogButtonBox.StandardButton.Ok
OLD = framework("1", ("A", (ItemDraft("A01", "Plans", "Audits of plans"), ItemDraft("A02", "Waiting times"))))
NEW = framework("2", ("A", (ItemDraft("A01", "Plans", "Audits of <all> plans"), ItemDraft("A03", "Leadership"))))


@pytest.fixture
def theme(qapp):
    return make_theme(False, QApplication.font())


@pytest.fixture
def dialog(qtbot, theme):
    made = EditionDialog(theme, inspection(), (NEW, OLD), OLD)
    qtbot.addWidget(made)
    made.asked = []
    made.wanted.connect(made.asked.append)
    made.begin()
    return made


def told(dialog):
    dialog.show_comparison(dialog.edition(), compare(laid_out(OLD), dialog.edition(), OLD, "1"))
    return dialog


def ok_of(dialog):
    return dialog.buttons.button(OK)


def shown(dialog):
    return [dialog.list.table.index(row, 1).data() for row in range(dialog.list.table.rowCount())]


def choose(qtbot, dialog, key):
    dialog.filter.set_current(key)
    dialog.filter.chosen.emit(key)


def test_that_it_waits_for_the_comparison_and_says_so(dialog):
    assert dialog.asked == [NEW]
    assert dialog.summary.text() == COMPARING
    assert not ok_of(dialog).isEnabled()
    assert ok_of(dialog).toolTip() == COMPARING
    told(dialog)
    assert dialog.summary.text() == (
        "None of 2 items keeps its judgement, 1 is to be confirmed again, 1 is new, 1 is parked."
    )
    assert ok_of(dialog).isEnabled()


def test_that_classes_are_counted_and_shown_one_at_a_time(qtbot, dialog):
    told(dialog)
    assert [each.text() for each in dialog.filter.buttons] == ["All 3", "Reworded 1", "Added 1", "Removed 1"]
    assert dialog.filter.current == "reworded"
    assert shown(dialog) == ["A01"]
    choose(qtbot, dialog, "removed")
    assert shown(dialog) == ["A02"]
    choose(qtbot, dialog, "all")
    assert shown(dialog) == ["A01", "A02", "A03"]


def test_that_the_row_of_the_keyboard_is_shown_in_full_side_by_side(qtbot, dialog):
    told(dialog)
    assert dialog.before.toPlainText() == "Before\nPlans\nAudits of plans"
    assert dialog.after.toPlainText() == "After\nPlans\nAudits of <all> plans"
    assert "underline" in dialog.after.toHtml()
    assert "line-through" not in dialog.before.toHtml()
    assert dialog.besides.text() == "What good looks like differs"
    choose(qtbot, dialog, "all")
    dialog.show()
    dialog.list.setFocus()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.after.toPlainText() == "After\nIt is parked: the edition does not have it."
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.before.toPlainText() == "Before\nIt is new: there was none before."


def test_that_an_answer_for_another_edition_is_dropped(dialog):
    found = compare(laid_out(OLD), NEW, OLD, "1")
    dialog.choice.setCurrentIndex(1)
    assert dialog.asked == [NEW, OLD]
    dialog.show_comparison(NEW, found)
    assert dialog.summary.text() == COMPARING


def test_that_moving_to_where_nothing_differs_is_not_offered(dialog):
    assert dialog.choice.itemText(1) == "Small, 1 (the one it follows)"
    dialog.choice.setCurrentIndex(1)
    told(dialog)
    assert dialog.summary.text() == "Nothing differs: there is nothing to move."
    assert not ok_of(dialog).isEnabled()
    assert ok_of(dialog).toolTip() == "Nothing differs."


def test_that_an_edition_of_the_same_words_can_still_be_moved_to(qtbot, theme):
    other = replace(OLD, edition="3")
    made = EditionDialog(theme, inspection(), (other,), OLD)
    qtbot.addWidget(made)
    made.begin()
    told(made)
    assert made.summary.text() == "All 2 items keep their judgement."
    assert made.filter.current == "unchanged"
    assert ok_of(made).isEnabled()


def test_that_an_edition_without_items_shows_an_empty_list(qtbot, theme):
    made = EditionDialog(theme, inspection(), (framework("3"),), None)
    qtbot.addWidget(made)
    made.begin()
    made.show_comparison(made.edition(), compare([], made.edition()))
    assert shown(made) == []
    assert made.summary.text() == "There is nothing to move."
    assert ok_of(made).isEnabled()


@pytest.mark.parametrize("dark", [False, True])
def test_that_eighteen_hundred_items_are_shown_and_scrolled_at_once(qtbot, qapp, dark):
    items = tuple(ItemDraft(f"A{number:04}", f"Item {number} of many", "Some words " * 20) for number in range(1_800))
    old = framework("1", ("A", items))
    new = framework("2", ("A", tuple(replace(item, title=f"{item.title} anew") for item in items)))
    made = EditionDialog(make_theme(dark, QApplication.font()), inspection(), (new,), old)
    qtbot.addWidget(made)
    made.show()
    made.begin()
    found = compare(laid_out(old), new, old, "1")
    began = time.perf_counter()
    made.show_comparison(new, found)
    made.list.viewport().grab()
    assert time.perf_counter() - began < 1.0  # generous: it takes some tens of milliseconds
    qtbot.keyClick(made.list, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert "Item 1799" in made.before.toPlainText()
    assert not made.list.viewport().grab().isNull()
