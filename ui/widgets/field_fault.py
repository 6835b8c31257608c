"""Field fault: the diamond and the sentence below a field that could not be read."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from readiness.domain.vocabulary import Rating
from ui.theme import Theme
from ui.widgets import painting
from ui.widgets.foot_strip import announce
from ui.widgets.labels import breakable


class FieldFault(QLabel):
    """Hidden while there is nothing to say."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setProperty("tone", "bad")
        self.setWordWrap(True)
        self.setContentsMargins(18, 0, 0, 0)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme from now on."""
        self.theme = theme
        self.update()

    def show_fault(self, sentence: str) -> None:
        """Say what is wrong; "": nothing is."""
        self.setText(breakable(sentence))
        self._make_room()
        self.setVisible(bool(sentence))
        if sentence:
            announce(self, sentence)

    def _make_room(self) -> None:
        """Ask for all the lines the sentence takes: a form alone gives a wrapped label less than that."""
        self.setMinimumHeight(self.heightForWidth(self.width()) if self.text() else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        line = QRectF(1, 0, painting.MARK, self.fontMetrics().lineSpacing())
        painting.rating_mark(painter, line, Rating.OFF_TRACK, self.theme)
        painter.end()
