"""After paint: what can wait until a widget was seen for the first time."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

AT_LATEST_MS = 1000
"""A minimised window is not painted, and must fill all the same."""


class AfterPaint(QObject):
    """Calls once, when the first pass of painting a widget and what stands in it is over.

    A timer of no time will not do: on most systems it runs before the window is painted.
    """

    def __init__(self, widget: QWidget, then: Callable[[], None]) -> None:
        super().__init__(widget)
        self._widget = widget
        self._then: Callable[[], None] | None = then
        widget.installEventFilter(self)
        QTimer.singleShot(AT_LATEST_MS, self._call)

    def eventFilter(self, widget: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:  # what stands in it follows in the same pass
            widget.removeEventFilter(self)
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), Qt.EventPriority.HighEventPriority.value)
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() != QEvent.Type.User:
            return super().event(event)
        self._call()
        return True

    def _call(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()
