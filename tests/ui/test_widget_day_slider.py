"""The day slider: keys and mouse move the day, the wheel does not, and it is painted in every look."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFont, QPalette, QWheelEvent
from PySide6.QtWidgets import QApplication

from ui.theme import make_high_contrast_theme, make_theme
from ui.widgets.day_slider import WEEK, DaySlider

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen has no window manager


@pytest.fixture
def slider(qtbot):
    made = DaySlider(make_theme(False, QFont()))
    qtbot.addWidget(made)
    made.setRange(0, 60)
    made.resize(322, made.sizeHint().height())
    made.show()
    return made


@pytest.mark.parametrize(
    ("key", "comes_to"),
    [
        (Qt.Key.Key_Right, 21),
        (Qt.Key.Key_Left, 19),
        (Qt.Key.Key_Up, 21),
        (Qt.Key.Key_Down, 19),
        (Qt.Key.Key_PageUp, 20 + WEEK),
        (Qt.Key.Key_PageDown, 20 - WEEK),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_End, 60),
    ],
)
def test_that_keys_move_by_a_day_a_week_or_to_the_ends(qtbot, slider, key, comes_to):
    slider.setValue(20)
    qtbot.keyClick(slider, key)
    assert slider.value() == comes_to


def test_that_pages_end_at_the_ends(qtbot, slider):
    slider.setValue(58)
    qtbot.keyClick(slider, Qt.Key.Key_PageUp)
    assert slider.value() == 60


def test_that_the_handle_comes_to_where_the_mouse_is_and_follows_it(qtbot, slider):
    middle = slider.height() // 2
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(161, middle))
    assert slider.value() == 30
    qtbot.mouseMove(slider, QPoint(311, middle))
    assert slider.value() == 60
    qtbot.mouseMove(slider, QPoint(-200, middle))
    assert slider.value() == 0
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(9, middle))
    qtbot.mouseMove(slider, QPoint(161, middle))
    assert slider.value() == 0


def test_that_the_wheel_is_left_to_the_page(slider):
    slider.setValue(20)
    turn = QWheelEvent(
        QPointF(9, 9),
        QPointF(9, 9),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(slider, turn)
    assert slider.value() == 20
    assert not turn.isAccepted()


def test_that_every_look_shows_where_the_day_stands(slider):
    for theme in (make_theme(True, QFont()), make_theme(False, QFont()), make_high_contrast_theme(QPalette(), QFont())):
        slider.set_theme(theme)
        pictures = []
        for value in (0, 30, 60):
            slider.setValue(value)
            pictures.append(slider.grab().toImage())
        assert pictures[0] != pictures[1] != pictures[2]


def test_that_a_slider_with_one_day_stands_at_its_start(qtbot, slider):
    slider.setRange(0, 0)
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(200, 9))
    assert slider.value() == 0
    assert not slider.grab().isNull()
