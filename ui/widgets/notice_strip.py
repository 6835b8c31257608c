"""Notice strip: a line at the head of a page that says what is wrong or worth knowing, and offers one way on."""

from enum import Enum

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from readiness.domain.vocabulary import Rating
from ui.theme import Theme
from ui.widgets import painting
from ui.widgets.foot_strip import announce
from ui.widgets.labels import button, label, set_tone

HEIGHT = 40


class Severity(Enum):
    """What kind of notice: the value is the surface it stands on."""

    ERROR = "error"
    WARNING = "warning"


_MARKS = {Severity.ERROR: Rating.OFF_TRACK, Severity.WARNING: Rating.AT_RISK}
_TONES = {Severity.ERROR: "bad", Severity.WARNING: "warning"}


class NoticeStrip(QFrame):
    """Hidden until it has something to say; it stays until it is taken back."""

    acted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.severity = Severity.ERROR
        self.setMinimumHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._words = label(wrap=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._button = button("")
        self._button.clicked.connect(self.acted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(46, 4, 24, 4)
        layout.setSpacing(16)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._button)
        self.hide()

    @property
    def words(self) -> str:
        """What is being said; "" when nothing is."""
        return self._words.text() if not self.isHidden() else ""

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme from now on."""
        self.theme = theme
        self.update()

    def show_notice(self, words: str, button_text: str = "", severity: Severity = Severity.ERROR) -> None:
        """Say something, to the eye and to a screen reader; no button without words on it."""
        self.severity = severity
        set_tone(self, "surface", severity.value)
        set_tone(self._words, "tone", _TONES[severity])
        self._words.setText(words)
        self._button.setText(button_text)
        self._button.setVisible(bool(button_text))
        self.show()
        announce(self, words)

    def clear_notice(self) -> None:
        """Take it back."""
        self._words.clear()
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        place = QRectF(24, 0, painting.MARK, self.height())
        painting.rating_mark(painter, place, _MARKS[self.severity], self.theme)
        painter.end()
