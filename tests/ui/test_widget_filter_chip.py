"""Filter chips: what is chosen is said at once, by mouse and by keyboard alike."""

import pytest
from PySide6.QtCore import QPoint, Qt

from readiness.domain.vocabulary import Rating
from ui.theme import make_theme
from ui.widgets.filter_chip import FilterChip, Option

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen has no window manager

AREAS = [Option(code, f"{code} An area", code) for code in "ABCDE"]
OWNERS = [Option(f"p{number}", f"Person {number}") for number in range(15)]


@pytest.fixture
def theme(qapp):
    return make_theme(False, qapp.font())


@pytest.fixture
def chip(qtbot, theme):
    made = FilterChip(theme, "Area", AREAS)
    qtbot.addWidget(made)
    made.resize(made.sizeHint())
    made.show()
    qtbot.waitExposed(made)
    return made


def tick(qtbot, popup, row: int) -> None:
    place = popup.list.visualRect(popup.list.model().index(row, 0)).center()
    qtbot.mouseClick(popup.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


def opened(chip):
    chip.open_popup()
    return chip._popup


def test_that_ticks_are_said_at_once_in_the_order_of_the_options(qtbot, chip):
    popup = opened(chip)
    tick(qtbot, popup, 3)
    assert chip.values == ("D",)
    with qtbot.waitSignal(chip.chosen) as said:
        tick(qtbot, popup, 1)
    assert said.args == [("B", "D")]
    assert chip.said() == "Area: B, D"
    assert chip.accessibleName() == "Filter Area: B, D"
    with qtbot.waitSignal(chip.chosen) as said:
        tick(qtbot, popup, 3)
    assert said.args == [("B",)]
    popup.close()


def test_that_the_keyboard_can_do_all_of_it(qtbot, chip):
    qtbot.keyClick(chip, Qt.Key.Key_Return)
    popup = chip._popup
    assert popup.isVisible()
    qtbot.keyClick(popup.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(chip.chosen) as said:
        qtbot.keyClick(popup.list, Qt.Key.Key_Space)
    assert said.args == [("B",)]
    qtbot.keyClick(popup.list, Qt.Key.Key_Return)
    assert chip._popup is None
    with qtbot.waitSignal(chip.chosen) as said:
        qtbot.keyClick(chip, Qt.Key.Key_Delete)
    assert said.args == [()]


def test_that_the_cross_clears_without_opening(qtbot, chip):
    chip.set_values(["A"])
    chip.resize(chip.sizeHint())
    with qtbot.waitSignal(chip.chosen) as said:
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 14, chip.height() // 2))
    assert said.args == [()]
    assert chip._popup is None
    assert chip.said() == "Area"


def test_that_a_press_on_the_words_opens_the_list(qtbot, chip):
    chip.set_values(["A"])
    chip.resize(chip.sizeHint())
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(20, chip.height() // 2))
    assert chip._popup is not None
    chip._popup.close()
    assert chip.values == ("A",)


def test_that_clear_in_the_list_clears_all(qtbot, chip):
    chip.set_values(["A", "B"])
    popup = opened(chip)
    with qtbot.waitSignal(chip.chosen) as said:
        popup._clear.click()
    assert said.args == [()]


def test_that_many_options_can_be_searched(qtbot, theme):
    chip = FilterChip(theme, "Owner", OWNERS)
    qtbot.addWidget(chip)
    chip.show()
    popup = opened(chip)
    assert popup.search.isVisible()
    qtbot.keyClicks(popup.search, "person 12")
    shown = [row for row in range(15) if not popup.list.isRowHidden(row)]
    assert shown == [12]
    tick(qtbot, popup, 12)
    assert chip.values == ("p12",)
    popup.close()


def test_that_few_options_need_no_search(chip):
    popup = opened(chip)
    assert not popup.search.isVisible()
    popup.close()


def test_that_more_than_three_are_counted(chip):
    chip.set_values("ABCD")
    assert chip.said() == "Area: 4 chosen"


def test_that_what_is_no_longer_offered_is_no_longer_chosen(qtbot, chip):
    chip.set_values(["A", "B"])
    with qtbot.assertNotEmitted(chip.chosen):
        chip.set_options(AREAS[1:])
    assert chip.values == ("B",)


def test_that_a_single_choice_replaces_and_closes(qtbot, theme):
    chip = FilterChip(theme, "Saved view", AREAS, single=True)
    qtbot.addWidget(chip)
    chip.show()
    tick(qtbot, opened(chip), 0)
    assert chip._popup is None
    tick(qtbot, opened(chip), 2)
    assert chip.values == ("C",)


def test_that_ratings_are_painted_with_their_shapes(qtbot, theme):
    chip = FilterChip(theme, "Rating", [Option(rating, rating.label, rating=rating) for rating in Rating])
    qtbot.addWidget(chip)
    chip.show()
    popup = opened(chip)
    assert not popup.grab().isNull()
    popup.close()
