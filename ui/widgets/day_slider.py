"""Day slider: a line to slide a day along; arrows move by a day, the page keys by a week, Home goes back to today."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from ui.theme import Theme
from ui.widgets import painting

WEEK = 5
_HEIGHT, _LINE, _RADIUS = 24, 4.0, 7.0
_EDGE = _RADIUS + 4  # where the line begins: the handle stays inside the ring of the keyboard
_PAGES = {Qt.Key.Key_PageUp: WEEK, Qt.Key.Key_PageDown: -WEEK}


class DaySlider(QSlider):
    """Its value counts steps from today. The wheel scrolls the page and leaves it alone."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.theme = theme
        self.setSingleStep(1)
        self.setPageStep(WEEK)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self.theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(96, _HEIGHT)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _PAGES.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.setValue(self.value() + step)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the handle to where the mouse is, and let it be dragged from there."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._follow(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, middle = self.theme, self.height() / 2
        left, right, at = _EDGE, self.width() - _EDGE, self._place()
        painter.setPen(Qt.PenStyle.NoPen)
        for start, end, token in ((left, right, "track"), (left, at, "data")):
            painter.setBrush(theme.color(token))
            painter.drawRoundedRect(QRectF(start, middle - _LINE / 2, end - start, _LINE), _LINE / 2, _LINE / 2)
        if theme.high_contrast:  # track and window are one colour there
            painter.fillRect(QRectF(left, middle - 0.5, right - left, 1), theme.color("text"))
        painter.setPen(QPen(theme.color("data"), 2.0))
        painter.setBrush(theme.color("hover" if self.underMouse() or self.isSliderDown() else "surface"))
        painter.drawEllipse(QPointF(at, middle), _RADIUS - 1, _RADIUS - 1)
        if self.hasFocus():
            painting.focus_ring(painter, QRectF(self.rect()), theme)
        painter.end()

    def _place(self) -> float:
        """Return where the middle of the handle stands."""
        room = self.width() - 2 * _EDGE
        span = self.maximum() - self.minimum()
        return _EDGE + room * ((self.sliderPosition() - self.minimum()) / span if span else 0.0)

    def _follow(self, event: QMouseEvent) -> None:
        room = self.width() - 2 * _EDGE
        part = (event.position().x() - _EDGE) / max(room, 1.0)
        self.setSliderPosition(self.minimum() + round(part * (self.maximum() - self.minimum())))
