"""Settled paint: what stands in a window is never painted over one another while it is laid out anew."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui.settled_paint import SettledPaint


class Painted(QObject):
    """Notes, whenever a widget is painted, how much room it then had."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.heights: list[int] = []
        widget.installEventFilter(self)

    def eventFilter(self, widget, event):
        if event.type() == QEvent.Type.Paint:
            self.heights.append(widget.height())
        return False


@pytest.mark.parametrize("settled", [True, False])
def test_that_a_field_that_grows_is_painted_in_its_new_room_at_once(qtbot, settled):
    window, body, form, field = QWidget(), QWidget(), QWidget(), QWidget()
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    for outer, inner in ((window, scroll), (body, form), (form, field)):
        QVBoxLayout(outer).addWidget(inner)
    form.layout().addWidget(QWidget())
    scroll.setWidget(body)
    if settled:
        SettledPaint(window)
    qtbot.addWidget(window)
    window.resize(300, 200)
    window.show()
    QCoreApplication.processEvents()
    form.update()  # the painting is asked for before the layout
    field.setMinimumHeight(500)
    seen = Painted(form)
    while not seen.heights:
        QCoreApplication.processEvents()
    assert (seen.heights[0] > 500) is settled  # without it Qt paints too early: the reason why it is there
