"""Painted button: what buttons that paint themselves share: theme, hover, Enter, and the ring of the keyboard."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.theme import Theme
from ui.widgets import painting
from ui.widgets.buttons import press_by_enter


class PaintedButton(QAbstractButton):
    """A button whose face is painted by `paint_face`; pressed by mouse, Space and Enter."""

    ring_radius = 4.0
    hover_radius = 4.0
    paints_hover = True

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme from now on."""
        self.theme = theme
        self.updateGeometry()
        self.update()

    def paint_face(self, painter: QPainter, rect: QRectF) -> None:
        """Paint all but hover and ring."""
        raise NotImplementedError

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        rect = QRectF(self.rect())
        if self.paints_hover and self.underMouse() and self.isEnabled():
            painting.row_ground(painter, rect, self.theme, hovered=True, radius=self.hover_radius)
        self.paint_face(painter, rect)
        if self.hasFocus():
            painting.focus_ring(painter, rect, self.theme, self.ring_radius)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_by_enter(self, event):
            super().keyPressEvent(event)
