"""Lists, legends and figures: everything painted can be reached, read aloud and opened by keyboard."""

import pytest
from PySide6.QtCore import Qt

from readiness.domain.vocabulary import Rating
from ui.theme import make_theme, retheme
from ui.widgets.bar_list import Bar, BarList
from ui.widgets.card import Card
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.empty_state import EmptyState
from ui.widgets.entry_list import Entry, EntryList
from ui.widgets.key_figure import KeyFigure
from ui.widgets.rating_bar import RatingBar

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen has no window manager

BARS = [Bar("e", "Joint commissioning", 31.4, 5), Bar("f", "Preparing for adulthood", 57.0), Bar("g", "Nothing", None)]
ENTRIES = [
    Entry("1", "Quality assurance framework", "2 days late", Rating.OFF_TRACK, late=True),
    Entry("2", "Co-produced SEND strategy", "30 Apr", Rating.AT_RISK),
]


@pytest.fixture
def theme(qapp):
    return make_theme(False, qapp.font())


@pytest.fixture
def bars(qtbot, theme):
    made = BarList(theme)
    qtbot.addWidget(made)
    made.set_bars(BARS)
    made.show()
    qtbot.waitExposed(made)
    return made


def stops(rows) -> list[int]:
    return [place for place, each in enumerate(rows.buttons) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]


def test_that_a_row_says_all_it_shows(bars):
    said = [row.accessibleName() for row in bars.buttons]
    assert said == ["Joint commissioning 31 %, 5 off track", "Preparing for adulthood 57 %", "Nothing no value"]


def test_that_every_row_leaves_room_for_the_widest_count(bars):
    bars.set_bars([*BARS, Bar("h", "Everything", 12.0, 24_310)])
    assert {row.widest_count for row in bars.buttons} == {"24,310"}
    bars.set_bars(BARS)
    assert {row.widest_count for row in bars.buttons} == {"00"}


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_that_a_row_opens_by_keyboard(qtbot, bars, key):
    with qtbot.waitSignal(bars.activated) as opened:
        qtbot.keyClick(bars.buttons[1], key)
    assert opened.args == ["f"]


def test_that_a_row_opens_by_mouse(qtbot, bars):
    with qtbot.waitSignal(bars.activated) as opened:
        qtbot.mouseClick(bars.buttons[0], Qt.MouseButton.LeftButton)
    assert opened.args == ["e"]


def test_that_arrows_move_inside_and_tab_stops_once(qtbot, bars):
    assert stops(bars) == [0]
    bars.move_to(0)
    qtbot.keyClick(bars.buttons[0], Qt.Key.Key_Down)
    qtbot.waitUntil(bars.buttons[1].hasFocus)
    assert stops(bars) == [1]
    qtbot.keyClick(bars.buttons[1], Qt.Key.Key_End)
    qtbot.waitUntil(bars.buttons[2].hasFocus)
    qtbot.keyClick(bars.buttons[2], Qt.Key.Key_Home)
    qtbot.waitUntil(bars.buttons[0].hasFocus)


def test_that_new_values_keep_the_keyboard_where_it_is(qtbot, bars):
    bars.move_to(1)
    qtbot.waitUntil(bars.buttons[1].hasFocus)
    bars.set_bars([Bar("x", "Other", 10), Bar("y", "Another", 20)])
    assert len(bars.buttons) == 2
    assert bars.buttons[1].hasFocus()
    assert bars.buttons[1].accessibleName() == "Another 20 %"
    bars.set_bars([])
    assert bars.buttons == []


def test_that_an_entry_says_its_rating_and_opens_its_item(qtbot, theme):
    entries = EntryList(theme)
    qtbot.addWidget(entries)
    entries.set_entries(ENTRIES)
    assert entries.buttons[0].accessibleName() == "Quality assurance framework, Off track, 2 days late"
    with qtbot.waitSignal(entries.activated) as opened:
        qtbot.keyClick(entries.buttons[1], Qt.Key.Key_Return)
    assert opened.args == ["2"]


def test_that_the_legend_opens_a_rating(qtbot, theme):
    bar = RatingBar(theme)
    qtbot.addWidget(bar)
    bar.set_counts({Rating.OFF_TRACK: 9, Rating.COMPLETE: 14})
    bar.resize(500, bar.sizeHint().height())
    bar.show()
    assert bar.accessibleName() == "Ratings: 9 Off track, 0 At risk, 0 On track, 14 Complete, 0 Not applicable"
    with qtbot.waitSignal(bar.rating_chosen) as chosen:
        qtbot.keyClick(bar.legend.buttons[3], Qt.Key.Key_Return)
    assert chosen.args == [Rating.COMPLETE]


def test_that_thousands_are_set_apart_in_the_legend(qtbot, theme):
    bar = RatingBar(theme)
    qtbot.addWidget(bar)
    bar.set_counts({Rating.OFF_TRACK: 24_310})
    assert bar.legend.buttons[0].accessibleName() == "24,310 Off track"
    assert bar.accessibleName().startswith("Ratings: 24,310 Off track, ")


def test_that_what_does_not_apply_leaves_a_narrow_legend_first(qtbot, theme):
    bar = RatingBar(theme)
    qtbot.addWidget(bar)
    bar.set_counts(dict.fromkeys(Rating, 12))
    bar.show()
    bar.resize(900, 50)
    assert bar.legend.buttons[-1].isVisible()
    bar.resize(bar.minimumSizeHint().width(), 50)
    assert not bar.legend.buttons[-1].isVisible()
    assert all(entry.isVisible() for entry in bar.legend.buttons[:-1])


def test_that_a_key_figure_opens_what_is_behind_it(qtbot, theme):
    figure = KeyFigure(theme, "62 %", "ready")
    qtbot.addWidget(figure)
    assert figure.accessibleName() == "62 % ready"
    with qtbot.waitSignal(figure.clicked):
        qtbot.keyClick(figure, Qt.Key.Key_Return)
    narrow = figure.sizeHint().width()
    figure.set_figure("100 %", "ready")
    assert figure.sizeHint().width() > narrow


def test_that_a_card_offers_a_link_only_with_words(qtbot, theme):
    card = Card(theme, "My items")
    qtbot.addWidget(card)
    link = card._link
    assert link.isHidden()
    card.set_link("11 items")
    assert not link.isHidden()
    assert link.accessibleName() == "My items: 11 items"
    with qtbot.waitSignal(card.link_activated):
        link.click()


def test_that_an_empty_page_offers_what_to_do(qtbot, theme):
    empty = EmptyState(theme, "checklist", "No items yet", "Add the first one.", "Add item")
    qtbot.addWidget(empty)
    with qtbot.waitSignal(empty.acted):
        empty._button.click()
    empty.set_words("Nothing fits", "Clear a filter to see more.")
    assert empty._button.isHidden()
    assert empty.accessibleName() == "Nothing fits Clear a filter to see more."


def test_that_a_label_says_in_its_tooltip_what_its_room_hides(qtbot):
    label = ElidedLabel("Joint commissioning strategy")
    qtbot.addWidget(label)
    label.resize(400, 20)
    label.show()
    assert label.toolTip() == ""
    label.resize(60, 20)
    assert label.toolTip() == "Joint commissioning strategy"


def test_that_a_painted_list_takes_a_new_theme(qtbot, bars, qapp):
    before = bars.grab().toImage()
    retheme(bars, make_theme(True, qapp.font()))
    assert bars.grab().toImage() != before
