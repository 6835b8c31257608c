"""The strip that shows an item's words before and after another edition, and confirms them."""

import pytest
from PySide6.QtWidgets import QApplication

from readiness.domain.editions import EarlierWords
from ui.theme import make_theme
from ui.widgets.reworded_strip import RewordedStrip

EARLIER = EarlierWords("Plans", "Audits of <some> plans", "2018 to 2022", "0" * 16, "from April 2026")


@pytest.fixture
def strip(qtbot, qapp):
    made = RewordedStrip(make_theme(False, QApplication.font()))
    qtbot.addWidget(made)
    return made


def test_that_it_is_hidden_until_something_waits(strip):
    assert strip.isHidden()
    strip.show_words("x", EARLIER, "Plans", "Audits of all plans")
    assert not strip.isHidden()
    strip.show_words("x", None, "Plans", "Audits of all plans")
    assert strip.isHidden()


def test_that_only_what_differs_is_shown_with_its_words_marked(qtbot, strip):
    strip.show_words("x", EARLIER, "Plans", "Audits of all plans")
    assert strip.said.text() == "The words changed with edition “from April 2026”. Read them again."
    assert "<b>" not in strip.diff.text()
    assert "&lt;" in strip.diff.text()
    assert strip.diff.accessibleName() == "Audits of <some> plans became Audits of all plans"
    before = strip.diff.text()
    strip.set_theme(make_theme(True, QApplication.font()))
    assert strip.diff.text() != before
    strip.show_words("x", EARLIER, "Plans that last", "Audits of <some> plans")
    assert strip.diff.accessibleName() == "Plans became Plans that last"
    with qtbot.waitSignal(strip.confirmed) as said:
        strip.button.click()
    assert said.args == ["x"]


def test_that_words_of_before_that_read_the_same_are_still_asked_about(strip):
    strip.show_words("x", EarlierWords("Plans", "", "1", "0" * 16), "Plans", "")
    assert strip.said.text() == "The words changed with another edition. Read them again."
    assert strip.diff.isHidden()


@pytest.mark.parametrize(
    ("count", "said", "button"),
    [
        (1, "1 of these items waits to be read again: another edition changed the words.", "Confirm 1"),
        (1_200, "1,200 of these items wait to be read again: another edition changed the words.", "Confirm 1,200"),
    ],
)
def test_that_several_are_counted_and_confirmed_as_those_selected(qtbot, strip, count, said, button):
    strip.show_words("x", EARLIER, "Plans", "")
    strip.show_count(count)
    assert (strip.said.text(), strip.button.text()) == (said, button)
    with qtbot.waitSignal(strip.confirmed) as told:
        strip.button.click()
    assert told.args == [""]
    strip.show_count(0)
    assert strip.isHidden()
