"""Key figure: a large number with a quiet word beside it; a click opens what is behind it."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets import painting
from ui.widgets.painted_button import PaintedButton

_PADDING, _GAP = 4.0, 6.0


class KeyFigure(PaintedButton):
    """A number in the largest type, such as 62 %, and its caption at its foot."""

    def __init__(self, theme: Theme, value: str, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.value, self.caption = value, caption
        self.set_figure(value, caption)

    def set_figure(self, value: str, caption: str) -> None:
        """Show another number."""
        self.value, self.caption = value, caption
        self.setAccessibleName(f"{value} {caption}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        value = painting.advance(self.value, self.theme, "h1")
        caption = painting.advance(self.caption, self.theme)
        return QSize(round(2 * _PADDING + value + _GAP + caption) + 1, round(self.theme.metric("h1").height()) + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paint_face(self, painter: QPainter, rect: QRectF) -> None:
        theme = self.theme
        large = theme.metric("h1")
        base_line = round(rect.center().y() + (large.ascent() - large.descent()) / 2)
        painter.setFont(theme.font("h1"))
        painter.setPen(theme.color("text"))
        painter.drawText(int(_PADDING), base_line, self.value)
        left = _PADDING + painting.advance(self.value, theme, "h1") + _GAP
        painter.setFont(theme.font())
        painter.setPen(theme.color("text2"))
        painter.drawText(int(left), base_line - 2, self.caption)
