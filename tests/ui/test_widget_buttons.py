"""Buttons: Enter presses them wherever they stand, as Space does."""

import pytest
from PySide6.QtCore import Qt

from ui.widgets.buttons import ToolButton
from ui.widgets.labels import button, link

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen has no window manager


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
@pytest.mark.parametrize("make", [lambda: button("Start", "primary"), lambda: link("Change"), ToolButton])
def test_that_a_key_presses_a_button_outside_a_dialog(qtbot, make, key):
    made = make()
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitSignal(made.clicked):
        qtbot.keyClick(made, key)
