"""The frame of the window: rail, header, foot strip and notices."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from ui.theme import make_theme, retheme
from ui.widgets.foot_strip import FootStrip
from ui.widgets.header import Header
from ui.widgets.notice_strip import NoticeStrip, Severity
from ui.widgets.rail import Rail, RailPage
from ui.widgets.segmented import Segmented

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen has no window manager

PAGES = [RailPage("overview", "Overview", "overview", "Ctrl+1"), RailPage("history", "History", "history", "Ctrl+2")]
INSPECTIONS = [("", "All inspections"), ("rv", "SEN re-visit"), ("sc", "Social Care")]


@pytest.fixture
def theme(qapp):
    return make_theme(False, qapp.font())


@pytest.fixture
def rail(qtbot, theme):
    made = Rail(theme, PAGES)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def switch(qtbot, theme):
    made = Segmented(theme, "Inspection")
    qtbot.addWidget(made)
    made.set_options(INSPECTIONS)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def header(qtbot, theme):
    made = Header(theme, QAction("Undo status of RV-C02"), QAction("Redo"))
    qtbot.addWidget(made)
    made.set_inspections(INSPECTIONS)
    made.resize(1206, 48)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def strip(qtbot, theme):
    made = FootStrip(theme, notice_ms=40)
    qtbot.addWidget(made)
    made.show()
    return made


def test_that_the_rail_opens_pages_by_keyboard(qtbot, rail):
    rail.set_current("overview")
    history = rail._pages["history"]
    with qtbot.waitSignal(rail.page_chosen) as chosen:
        qtbot.keyClick(history, Qt.Key.Key_Return)
    assert chosen.args == ["history"]
    assert rail._pages["overview"].isChecked(), "the window decides which page is open"
    assert history.toolTip() == "History (Ctrl+2)"


def test_that_a_page_stays_current_when_it_is_pressed_again(qtbot, rail):
    rail.set_current("overview")
    qtbot.mouseClick(rail._pages["overview"], Qt.MouseButton.LeftButton)
    assert rail._pages["overview"].isChecked()


def test_that_the_rail_says_what_waits_and_who_works_here(qtbot, rail):
    rail.set_badge("history", 3)
    assert rail._pages["history"].accessibleName() == "History, 3 waiting"
    rail.set_identity("Head of SEND")
    assert rail._identity.accessibleName() == "You are Head of SEND"
    with qtbot.waitSignal(rail.identity_clicked):
        rail._identity.click()


def test_that_the_switch_has_one_choice(qtbot, switch):
    with qtbot.waitSignal(switch.chosen) as chosen:
        qtbot.mouseClick(switch.buttons[2], Qt.MouseButton.LeftButton)
    assert chosen.args == ["sc"]
    assert [button.isChecked() for button in switch.buttons] == [False, False, True]
    switch.set_current("rv")
    assert switch.current == "rv"


def test_that_arrows_choose_and_stop_at_the_end(qtbot, switch):
    switch.set_current("")
    heard = []
    switch.chosen.connect(heard.append)
    qtbot.keyClick(switch.buttons[0], Qt.Key.Key_Right)
    qtbot.keyClick(switch.buttons[1], Qt.Key.Key_Right)
    qtbot.keyClick(switch.buttons[2], Qt.Key.Key_Right)
    qtbot.keyClick(switch.buttons[2], Qt.Key.Key_Left)
    assert heard == ["rv", "sc", "rv"]


def test_that_the_keyboard_stays_in_the_switch_when_the_same_is_offered_again(switch):
    switch.buttons[1].setFocus()
    focused = switch.buttons[1]
    switch.set_options(switch.options, "sc")
    assert switch.buttons[1] is focused
    assert switch.current == "sc"
    switch.set_options(switch.options[:2], "rv")
    assert [button.key for button in switch.buttons] == ["", "rv"]


def test_that_a_choice_changes_no_width(switch):
    before = switch.sizeHint()
    switch.set_current("rv")
    assert switch.sizeHint() == before


def test_that_the_switch_hides_where_there_is_no_choice(header):
    header.set_inspections(INSPECTIONS[:1])
    assert header._switch.isHidden()


def test_that_undo_and_redo_are_the_windows_actions(header, qtbot):
    tool = next(each for each in header.children() if getattr(each, "defaultAction", lambda: None)() is header._undo)
    with qtbot.waitSignal(header._undo.triggered):
        tool.click()
    header._undo.setEnabled(False)
    assert not tool.isEnabled()


def test_that_the_search_is_said_and_escape_leaves_it(qtbot, header):
    with qtbot.waitSignal(header.search_changed) as said:
        qtbot.keyClicks(header.search, "e")
    assert said.args == ["e"]
    with qtbot.waitSignal(header.search_entered) as said:
        qtbot.keyClick(header.search, Qt.Key.Key_Return)
    assert said.args == ["e"]
    with qtbot.waitSignal(header.search_left):
        qtbot.keyClick(header.search, Qt.Key.Key_Escape)
    assert header.search.text() == ""


def test_that_help_is_offered(qtbot, header):
    with qtbot.waitSignal(header.help_asked):
        header._help.click()


def test_that_a_notice_passes_and_undoes_nothing(qtbot, strip):
    with qtbot.assertNotEmitted(strip.undo_asked):
        strip.show_notice("Status of RV-C02 set to Drafted", undo=True)
        assert strip.notice == "Status of RV-C02 set to Drafted"
        qtbot.waitUntil(lambda: strip.notice == "")
    assert strip._undo.isHidden()


def test_that_undo_can_be_asked_for_while_the_notice_stands(qtbot, theme):
    strip = FootStrip(theme)
    qtbot.addWidget(strip)
    strip.show_notice("Removed RV-C02", undo=True)
    with qtbot.waitSignal(strip.undo_asked):
        strip._undo.click()
    assert strip.notice == ""


def test_that_what_cannot_be_undone_offers_no_undo(qtbot, strip):
    strip.show_notice("Exported to Summary.xlsx")
    assert strip._undo.isHidden()


def test_that_a_refusal_is_not_signed_as_done(strip):
    strip.show_notice("Copied")
    done = strip._sign.pixmap().toImage()
    strip.show_notice("Nothing was pasted.", warning=True)
    assert strip.property("surface") == "refusal"
    assert strip._hints.isHidden()
    assert strip._sign.pixmap().toImage() != done
    strip.show_notice("Copied")
    assert strip.property("surface") == "notice"
    assert strip._sign.pixmap().toImage() == done
    assert not strip._hints.isHidden()


def test_that_the_undo_of_a_notice_never_takes_the_keyboard(strip):
    assert strip._undo.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_that_a_notice_strip_stays_until_it_is_taken_back(qtbot, theme):
    strip = NoticeStrip(theme)
    qtbot.addWidget(strip)
    assert strip.isHidden()
    strip.show_notice("Your work is saved on this laptop.", "Try again")
    assert strip.words == "Your work is saved on this laptop."
    with qtbot.waitSignal(strip.acted):
        strip._button.click()
    strip.show_notice("Something to know.", severity=Severity.WARNING)
    assert strip._button.isHidden()
    assert not strip.grab().isNull()
    strip.clear_notice()
    assert strip.words == ""


def test_that_the_whole_frame_takes_a_new_theme(qapp, rail, header, strip):
    dark = make_theme(True, qapp.font())
    for part in (rail, header, strip):
        retheme(part, dark)
        assert not part.grab().isNull()
