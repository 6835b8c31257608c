"""The reviewer's queue over a real workspace: rows, keys, what follows, and its place on the Checks page."""

import pytest
from council import DAY, FRAMEWORK, OTHER, board_of, found_council, id_of
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFont
from PySide6.QtTest import QAbstractItemModelTester
from review_council import DIRECTOR, OWNER, act, signed_off

from readiness.domain.review import QueueKind, ReviewVerb
from readiness.domain.views import Identity, ItemEdit
from readiness.domain.vocabulary import ItemField, ItemStatus
from readiness.services.items import edit_items
from ui.board import BoardSource
from ui.dialogs.reason_dialog import ReasonDialog
from ui.models.review_list import QueueRole
from ui.operations import Operations
from ui.pages.review_queue import ReviewQueue
from ui.theme import make_theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen has no window manager

Key = Qt.Key
ME = Identity("", OWNER, "SEND")


@pytest.fixture
def council(tmp_path, clock):
    """Two are submitted, one is checked by a director, one by me; one sign-off lapsed."""
    with found_council(tmp_path / "two", clock, frameworks=(FRAMEWORK, OTHER)) as made:
        made.run(edit_items, [id_of(made, "A01")], [ItemEdit(ItemField.POSITION, "Known to every team")])
        act(made, ReviewVerb.SUBMIT, ["A01", "A02"], "Headteacher", "Ready")
        act(made, ReviewVerb.CHECK, "A03", DIRECTOR)
        signed_off(made, "B01")
        made.run(edit_items, [id_of(made, "B01")], [ItemEdit(ItemField.GAP, "Something is missing")])
        yield made


@pytest.fixture
def operations(qtbot, council):
    made = Operations(council)
    yield made
    made._worker.wait()


@pytest.fixture
def source(qtbot, operations):
    made = BoardSource(operations, DAY)
    with qtbot.waitSignal(made.refreshed):
        made.reload()
    return made


@pytest.fixture
def page(qtbot, operations, source):
    made = ReviewQueue(operations, source, make_theme(False, QFont()), ME)
    QAbstractItemModelTester(made.queue, QAbstractItemModelTester.FailureReportingMode.Fatal)
    qtbot.addWidget(made)
    made.resize(1206, 620)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: made.queue.rowCount() > 0)
    qtbot.waitUntil(made.isActiveWindow)
    made.list.setFocus()
    return made


def references(page):
    return [row.item.reference for row in page.queue.rows]


def current(page):
    row = page.queue.row(page.list.currentIndex())
    return row.item.reference if row is not None else ""


def go_to(qtbot, page, reference):
    page.list.setCurrentIndex(page.queue.index(references(page).index(reference)))
    qtbot.waitUntil(lambda: page.panel.review.state is not None)


def settle(qtbot, page, act_):
    """Do something that writes, and wait until the queue was read again."""
    before = page.queue.rows
    act_()
    qtbot.waitUntil(lambda: page.queue.rows != before)


def test_that_the_queue_says_what_waits_for_whom(page):
    assert references(page) == ["A01", "A02", "A03", "B01"]
    assert page.count.text() == "2 to be checked, 1 to be signed off and 1 to be signed off again"
    heads = [page.queue.index(place).data(QueueRole.HEAD) for place in range(4)]
    assert heads == ["Waiting to be checked (2)", "", "Waiting for sign-off (1)", "Sign-off lapsed (1)"]
    first = page.queue.index(0)
    assert first.data(QueueRole.RIGHT) == "Headteacher · today"
    assert first.data(QueueRole.PROOF) == "no evidence"
    assert first.data(QueueRole.SAID) == "Known to every team"
    assert page.queue.index(3).data(QueueRole.SAID) == "Lapsed: gap changed on 1 Mar 2021"
    assert first.data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Waiting to be checked, A01 Quality of plans, Headteacher · today, no evidence, Known to every team"
    )


def test_that_the_panel_follows_the_arrows(qtbot, page):
    assert current(page) == "A01"
    qtbot.waitUntil(lambda: page.panel.review.state is not None)
    assert page.panel.review.said.text() == "Submitted by Headteacher on 1 Mar 2021, waiting to be checked."
    assert page.panel.position.text() == "Known to every team"
    qtbot.keyClick(page.list, Key.Key_Down)
    assert (current(page), page.panel.title.text()) == ("A02", "Waiting times")
    assert page.panel.position.text() == "No position is written."


def test_that_letters_check_and_sign_and_the_next_item_is_there(qtbot, page, council):
    settle(qtbot, page, lambda: qtbot.keyClick(page.list, Key.Key_C))
    assert references(page) == ["A02", "A03", "A01", "B01"]
    go_to(qtbot, page, "A03")
    settle(qtbot, page, lambda: qtbot.keyClick(page.list, Key.Key_S))
    assert references(page) == ["A02", "A01", "B01"]
    assert current(page) == "A01"
    row = next(row for row in board_of(council).items if row.reference == "A03")
    assert (row.status, row.signed) == (ItemStatus.SIGNED_OFF, True)


def test_that_a_lapsed_sign_off_is_renewed_and_leaves(qtbot, page):
    go_to(qtbot, page, "B01")
    assert page.panel.review.lapse.text() == "Lapsed: gap changed on 1 Mar 2021."
    settle(qtbot, page, lambda: qtbot.keyClick(page.list, Key.Key_S))
    assert references(page) == ["A01", "A02", "A03"]
    assert current(page) == "A03"


def test_that_several_are_checked_as_one_step(qtbot, page, operations):
    qtbot.keyClick(page.list, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert [row.item.reference for row in page.chosen()] == ["A01", "A02"]
    with qtbot.waitSignal(operations.changed) as told:
        qtbot.keyClick(page.list, Key.Key_C)
    assert told.args[0].label == "Check 2 items"


def test_that_a_return_asks_why_and_needs_no_mouse(qtbot, page, council, monkeypatch):
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(ReasonDialog, "ask", lambda *given: asked.append(given[:3]) or "Say what the audit found")
    settle(qtbot, page, lambda: qtbot.keyClick(page.list, Key.Key_R))
    assert (asked[0][0], asked[0][2]) == ("Return A01", "Return")
    assert references(page) == ["A02", "A03", "B01"]
    assert page.list.hasFocus()


def test_that_enter_and_a_double_click_open_the_item(qtbot, page, council):
    with qtbot.waitSignal(page.open_item) as told:
        qtbot.keyClick(page.list, Key.Key_Return)
    assert told.args == [id_of(council, "A01")]
    place = page.list.visualRect(page.queue.index(0)).center()
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(page.open_item):
        qtbot.mouseDClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(page.open_item):
        page.panel.open.click()


def test_that_a_note_goes_with_what_is_done_and_escape_gives_the_keyboard_back(qtbot, page, council):
    page.panel.review.note.setFocus()
    qtbot.keyClicks(page.panel.review.note, "Sound")
    qtbot.keyClick(page.panel.review.note, Key.Key_Escape)
    assert page.list.hasFocus()
    settle(qtbot, page, lambda: qtbot.keyClick(page.list, Key.Key_C))
    assert next(row for row in page.queue.rows if row.item.reference == "A01").note == "Sound"


def test_that_a_button_of_the_panel_acts_on_the_item_that_it_shows(qtbot, page, council):
    qtbot.waitUntil(lambda: page.panel.review.state is not None)
    settle(qtbot, page, page.panel.review.buttons[ReviewVerb.CHECK].click)
    assert next(row.kind for row in page.queue.rows if row.item.reference == "A01") is QueueKind.SIGN_OFF


def test_that_ones_own_claim_waits_for_somebody_else(qtbot, page, operations):
    settle(qtbot, page, lambda: qtbot.keyClick(page.list, Key.Key_C))
    go_to(qtbot, page, "A01")
    tip = page.list.currentIndex().data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "A01 was checked by you: somebody else has to sign it off."
    with qtbot.waitSignal(operations.failed) as failed:
        qtbot.keyClick(page.list, Key.Key_S)
    assert str(failed.args[0]) == tip


def test_that_one_inspection_can_be_looked_at_and_an_empty_queue_says_so(qtbot, page, source):
    page.set_inspection(source.board.inspections[1].id)
    assert references(page) == []
    assert page.middle.currentWidget() is page.empty
    page.set_inspection(None)
    assert len(references(page)) == 4


def test_that_a_hidden_queue_waits_until_it_is_seen(qtbot, page, operations, source, council):
    page.hide()
    with qtbot.waitSignal(source.refreshed):
        operations.change(edit_items, [id_of(council, "A01")], [ItemEdit(ItemField.STATUS, ItemStatus.CHECKED)])
    assert references(page)[0] == "A01"
    settle(qtbot, page, page.show)
    assert references(page)[0] == "A02"


def test_that_every_action_has_a_key_of_its_own(page):
    made = page.page_actions()["Item"]
    keys = [key.toString() for action in made for key in action.shortcuts()]
    assert all(isinstance(action, QAction) and action.text() for action in made)
    assert {"C", "S", "R", "W", "U", "Return"} <= set(keys)
    assert len(keys) == len(set(keys))


def test_that_an_unchanged_queue_is_not_laid_out_again(qtbot, page):
    before = page.queue.rows
    with qtbot.assertNotEmitted(page.queue.modelReset):
        page.queue.show_rows(list(before), DAY)
