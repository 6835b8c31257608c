"""Drop target: lets files, pictures and addresses be dropped on a widget, and has it show where they will land."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from ui.models.given import can_take

_OVER = (QEvent.Type.DragEnter, QEvent.Type.DragMove)


class DropTarget(QObject):
    """`land` shows where a point is and says whether something may be dropped there; None: the mouse has left."""

    def __init__(
        self, widget: QWidget, land: Callable[[QPoint | None], bool], drop: Callable[[QMimeData, QPoint], None]
    ) -> None:
        super().__init__(widget)
        self._land, self._drop = land, drop
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is dragged before the widget itself does."""
        kind = event.type()
        if kind in _OVER and isinstance(event, QDragEnterEvent | QDragMoveEvent):
            if can_take(event.mimeData()) and self._land(event.position().toPoint()):
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
            else:
                self._land(None)
                event.ignore()
            return True
        if kind == QEvent.Type.DragLeave:
            self._land(None)
            return True
        if kind == QEvent.Type.Drop and isinstance(event, QDropEvent):
            self._land(None)
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._drop(event.mimeData(), event.position().toPoint())
            return True
        return super().eventFilter(watched, event)
