"""Settled paint: a window is painted only once what stands in it has its place.

Qt paints a window between two steps of laying out what has changed in it, where the painting was asked for first: a
panel is then seen for some tenths of a second with its fields over one another.
"""

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QWidget

PASSES = 8
"""What has changed is told from a widget to the one around it, one pass each: as deep as our panels are."""


class SettledPaint(QObject):
    """Lets every layout of a window be done before the window is painted."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.installEventFilter(self)

    def eventFilter(self, window: QObject, event: QEvent) -> bool:
        del window
        if event.type() == QEvent.Type.UpdateRequest:
            for _ in range(PASSES):  # a pass leaves what is asked for meanwhile to the next one
                QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        return False
