"""History over a real workspace: what happened, newest first, with its words marked and a way back."""

from datetime import timedelta

import pytest
from council import DAY, FRAMEWORK, NOW, OTHER, board_of, found_council, id_of
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont

from readiness.domain.views import HistoryRow, Identity, ItemEdit
from readiness.domain.vocabulary import ItemField, ItemStatus
from readiness.services.items import edit_items, remove_items
from readiness.services.people import set_identity
from readiness.services.undo import undo
from ui.board import BoardSource
from ui.models.step_html import MOST_FIELDS, DiffColours, step_html, step_text
from ui.models.step_list import PAGE_SIZE, StepRole
from ui.operations import Operations
from ui.pages.history import HistoryPage
from ui.pages.history_list import day_heading
from ui.theme import make_theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen has no window manager

POSITION = ItemEdit(ItemField.POSITION, "Two rounds of the survey")
COLOURS = DiffColours("#9B1620", "#FCE5E5", "#12603A", "#DFF2E7", "#575766")


@pytest.fixture
def council(tmp_path, clock):
    """A council whose position on one item was written, then changed by somebody else a day later."""
    with found_council(tmp_path / "two", clock, frameworks=(FRAMEWORK, OTHER)) as made:
        made.run(edit_items, [id_of(made, "A01")], [POSITION])
        clock.now += timedelta(days=1)
        made.acting_as = "Designated Clinical Officer"
        made.run(edit_items, [id_of(made, "A01")], [ItemEdit(ItemField.POSITION, "Three rounds of the survey")])
        made.acting_as = ""
        yield made


@pytest.fixture
def operations(qtbot, council):
    made = Operations(council)
    yield made
    made._worker.wait()


@pytest.fixture
def source(qtbot, operations):
    made = BoardSource(operations, DAY + timedelta(days=1))
    with qtbot.waitSignal(made.refreshed):
        made.reload()
    return made


@pytest.fixture
def page(qtbot, operations, source):
    made = HistoryPage(operations, source, make_theme(False, QFont()))
    qtbot.addWidget(made)
    made.resize(1206, 720)
    with qtbot.waitSignal(made.reader.fields_read):
        made.show()
    return made


def labels(page: HistoryPage) -> list[str]:
    return [row.label for row in page.steps.rows]


def read_after(qtbot, page: HistoryPage, act) -> None:
    """Do something and wait until the list shows what came of it."""
    with qtbot.waitSignal(page.reader.steps_read):
        act()


def test_that_the_newest_step_stands_first_under_its_day(page):
    assert labels(page)[:2] == ["Edit position of A01", "Edit position of A01"]
    days = [page.steps.index(row).data(StepRole.DAY) for row in range(page.steps.rowCount())]
    assert days == [DAY + timedelta(days=1), DAY, None, None]
    assert page.count.text() == "4 steps"


@pytest.mark.parametrize(
    ("ago", "words"), [(0, "Today, Monday 1 Mar 2021"), (1, "Yesterday, Monday 1 Mar 2021"), (5, "Monday 1 Mar 2021")]
)
def test_that_a_day_is_called_as_people_call_it(ago, words):
    assert day_heading(DAY, DAY + timedelta(days=ago)) == words


def test_that_the_first_step_is_chosen_and_told_in_full(page):
    assert page.panel.title.text() == "Edit position of A01"
    assert page.panel.about.text().startswith("Designated Clinical Officer · 2 Mar 2021")
    text = page.panel.fields.toPlainText()
    assert "A01 Quality of plans" in text
    assert "TwoThree rounds of the survey" in text


def test_that_changed_words_are_marked_by_more_than_colour():
    row = HistoryRow("s", NOW, "Head of SEND", "Edit", "i", "A01 Plans", "Position", "Two rounds", "Three rounds")
    html = step_html([row], COLOURS)
    assert "text-decoration:line-through" in html.split("Two")[0]
    assert "text-decoration:underline" in html.split("Three")[0]
    assert step_text([row]) == "A01 Plans, Position: Two rounds became Three rounds"


def test_that_whole_values_stand_as_old_and_new():
    row = HistoryRow("s", NOW, "Head of SEND", "Set", "i", "A01 Plans", "Status", "Not started", "Drafted")
    assert "</span> → <span" in step_html([row], COLOURS)


def test_that_texts_are_shown_as_they_are_and_never_as_markup():
    row = HistoryRow("s", NOW, "x", "Set", "i", "A01 <b>", "Position", "", "<script> & more\nlines")
    html = step_html([row], COLOURS)
    assert "A01 &lt;b&gt;" in html
    assert "&lt;script&gt; &amp; more<br>lines" in html


def test_that_a_very_large_step_is_counted_beyond_the_first_hundred():
    row = HistoryRow("s", NOW, "x", "Set", "i", "A01", "Status", "", "Drafted")
    assert "and 1,100 more" in step_html([row] * (MOST_FIELDS + 1100), COLOURS)


def test_that_a_step_made_elsewhere_appears_at_the_top(qtbot, page, operations, council):
    drafted = [ItemEdit(ItemField.STATUS, ItemStatus.DRAFTED)]
    read_after(qtbot, page, lambda: operations.change(edit_items, [id_of(council, "A02")], drafted))
    assert labels(page)[0] == "Set status of A02 to Drafted"
    assert page.steps.step(page.list.currentIndex()).label == "Edit position of A01"  # who reads is left in place


def test_that_a_step_is_undone_and_says_so(qtbot, page, council):
    with qtbot.waitSignal(page.reader.steps_read):
        qtbot.mouseClick(page.panel.undo_button, Qt.MouseButton.LeftButton)
    assert labels(page)[0] == "Undo: Edit position of A01"
    chosen = page.steps.step(page.list.currentIndex())
    assert chosen.undone
    assert not page.panel.undo_button.isEnabled()
    assert page.panel.undo_button.toolTip() == "This step was undone already."
    assert "This step was undone." in page.panel.about.text()
    page.page_actions()["Edit"][0].trigger()
    assert page.foot.notice == "This step was undone already."


def test_that_a_filter_shows_only_what_contains_its_words(qtbot, page):
    read_after(qtbot, page, lambda: page.filter_box.setText("clinical"))
    assert len(labels(page)) == 1
    read_after(qtbot, page, page.filter_box.clear)
    assert len(labels(page)) == 4


def test_that_a_person_filter_shows_only_their_steps(qtbot, page):
    qtbot.waitUntil(lambda: page.person_box.count() > 1)
    place = page.person_box.findText("Designated Clinical Officer")
    read_after(qtbot, page, lambda: page.person_box.setCurrentIndex(place))
    assert {row.actor for row in page.steps.rows} == {"Designated Clinical Officer"}
    assert page.person_box.currentText() == "Designated Clinical Officer"


def test_that_a_filter_that_finds_nothing_can_be_cleared(qtbot, page):
    read_after(qtbot, page, lambda: page.filter_box.setText("no such words"))
    assert page.middle.currentWidget() is page.empty
    assert page.panel.title.text() == "No step chosen"
    read_after(qtbot, page, page.empty.acted.emit)
    assert page.middle.currentWidget() is page.list


def test_that_enter_shows_the_item(qtbot, page, council):
    with qtbot.waitSignal(page.open_item) as told:
        qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert told.args == [id_of(council, "A01")]


def test_that_a_step_on_several_items_opens_all_of_them(qtbot, page, operations, council):
    ids = [id_of(council, reference) for reference in ("A01", "A02")]
    drafted = [ItemEdit(ItemField.STATUS, ItemStatus.DRAFTED)]
    read_after(qtbot, page, lambda: operations.change(edit_items, ids, drafted))
    page.list.setCurrentIndex(page.steps.index(0))
    assert page.panel.show_button.text() == "Show 2 items"
    with qtbot.waitSignal(page.open_items) as told:
        qtbot.mouseClick(page.panel.show_button, Qt.MouseButton.LeftButton)
    assert set(told.args[0].items) == set(ids)
    assert told.args[0].label == page.steps.rows[0].label


def test_that_what_was_removed_cannot_be_shown_and_says_why(qtbot, page, operations, council):
    read_after(qtbot, page, lambda: operations.change(remove_items, [id_of(council, "A01")]))
    assert not page.panel.show_button.isEnabled()
    assert page.panel.show_button.toolTip() == "The items of this step were removed."


def test_that_a_step_without_items_says_so(qtbot, page, operations):
    read_after(qtbot, page, lambda: operations.change(set_identity, Identity("", "Principal Social Worker", "")))
    page.list.setCurrentIndex(page.steps.index(0))
    assert page.panel.show_button.toolTip() == "This step changed no items."
    page.page_actions()["Item"][0].trigger()
    assert page.foot.notice == "This step changed no items."


def test_that_arrows_walk_through_the_steps(qtbot, page):
    with qtbot.waitSignal(page.reader.fields_read):
        qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert page.list.currentIndex().row() == 1
    assert page.panel.about.text().startswith("Head of SEND · 1 Mar 2021")


def test_that_the_filter_takes_the_keyboard(qtbot, page):
    page.activateWindow()
    page.page_actions()["View"][0].trigger()
    assert page.focusWidget() is page.filter_box


def test_that_escape_clears_the_filter_and_goes_back_to_the_list(qtbot, page):
    page.activateWindow()
    page.filter_box.setFocus()
    read_after(qtbot, page, lambda: page.filter_box.setText("clinical"))
    read_after(qtbot, page, lambda: qtbot.keyClick(page.filter_box, Qt.Key.Key_Escape))
    assert page.filter_box.text() == ""
    assert page.focusWidget() is page.list


def test_that_older_steps_come_while_people_scroll(qtbot, page, council, source):
    for number in range(PAGE_SIZE + 20):
        council.run(edit_items, [id_of_first(council)], [ItemEdit(ItemField.GAP, f"Gap {number}")])
    with qtbot.waitSignal(page.reader.steps_read):
        source.reload()
    assert page.steps.rowCount() == PAGE_SIZE
    assert page.count.text() == f"{PAGE_SIZE} steps or more"
    page.list.scrollToBottom()
    qtbot.waitUntil(lambda: page.steps.rowCount() == PAGE_SIZE + 24)
    assert page.steps.is_complete
    assert len({row.id for row in page.steps.rows}) == PAGE_SIZE + 24


def id_of_first(council) -> str:
    return board_of(council).items[0].id


def test_that_a_hidden_page_reads_when_it_is_seen_again(qtbot, page, source, operations):
    page.hide()
    with qtbot.waitSignal(source.refreshed):
        operations.change(undo)
    assert labels(page)[0] == "Edit position of A01"
    read_after(qtbot, page, page.show)
    assert labels(page)[0].startswith("Undo")


def test_that_every_action_has_a_key_of_its_own(page):
    keys = [action.shortcut().toString() for each in page.page_actions().values() for action in each]
    assert all(keys)
    assert len(set(keys)) == len(keys)


def test_that_the_page_is_painted_in_both_themes(page):
    for dark in (True, False):
        page.set_theme(make_theme(dark, QFont()))
        assert not page.grab().isNull()


def test_that_answers_after_the_page_is_gone_are_dropped(qtbot, operations, source):
    gone = HistoryPage(operations, source, make_theme(False, QFont()))
    gone.reader.refresh()
    gone.reader.read_fields("nothing")
    gone.deleteLater()
    with qtbot.waitSignal(gone.destroyed):
        pass
    with qtbot.waitSignal(source.refreshed):
        source.reload()
