"""Segmented: one of a few, side by side; the inspection switch."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets import painting
from ui.widgets.button_rows import ButtonRows
from ui.widgets.painted_button import PaintedButton

_HEIGHT, _MOST_WIDTH = 24, 180


class Segment(PaintedButton):
    """One choice; its width is that of its bold words, so that nothing moves when it is chosen."""

    ring_radius = hover_radius = 5.0

    def __init__(self, theme: Theme, key: str, words: str, most_width: int, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.key, self._most_width = key, most_width
        self.setText(words)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setCheckable(True)
        self.setAutoExclusive(True)  # a screen reader says: one of a few
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(min(self._most_width, round(painting.advance(self.text(), self.theme, "strong")) + 25), _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(48, _HEIGHT)

    def paint_face(self, painter: QPainter, rect: QRectF) -> None:
        theme, on = self.theme, self.isChecked()
        if on:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme.color("border_strong"))
            painter.setBrush(theme.color("raised"))
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        colour, font = theme.color("text" if on else "text2"), "strong" if on else "base"
        painting.text(painter, rect.adjusted(8, 0, -8, 0), self.text(), theme, colour, font, painting.CENTRE)


class Segmented(ButtonRows):
    """The choices; Tab stops once, arrows choose."""

    chosen = Signal(str)  # the key of a choice

    def __init__(
        self, theme: Theme, name: str, parent: QWidget | None = None, *, most_width: int = _MOST_WIDTH
    ) -> None:
        super().__init__(theme, parent, QBoxLayout.Direction.LeftToRight)
        self._most_width = most_width  # of one choice; longer words end with an ellipsis
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setContentsMargins(4, 4, 4, 4)

    def set_options(self, options: Sequence[tuple[str, str]], current: str = "") -> None:
        """Offer these: key and words of each; the same ones stay, with the keyboard in them."""
        if list(options) == self.options:
            self.set_current(current)
            return
        segments = [Segment(self.theme, key, words, self._most_width, self) for key, words in options]
        for segment in segments:
            segment.clicked.connect(self._on_segment_clicked)
        self.hold(segments)
        self.set_current(current)

    @property
    def options(self) -> list[tuple[str, str]]:
        """What is offered: key and words of each."""
        return [(segment.key, segment.text()) for segment in self._segments()]

    @property
    def current(self) -> str:
        """The key of what is chosen; "" when nothing is."""
        return next((segment.key for segment in self._segments() if segment.isChecked()), "")

    def set_current(self, key: str) -> None:
        """Show what was chosen elsewhere; says nothing."""
        for place, segment in enumerate(self._segments()):
            segment.setChecked(segment.key == key)
            if segment.key == key:
                self._keep_one_stop(place)

    def move_to(self, place: int) -> None:
        super().move_to(place)
        self._choose(self._segments()[place])

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.theme.color("border"))
        painter.setBrush(self.theme.color("sunken"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.end()

    def _segments(self) -> list[Segment]:
        return [segment for segment in self.buttons if isinstance(segment, Segment)]

    def _choose(self, chosen: Segment) -> None:
        changed = chosen.key != self.current or not chosen.isChecked()
        self.set_current(chosen.key)
        if changed:
            self.chosen.emit(chosen.key)

    def _on_segment_clicked(self) -> None:
        segment = self.sender()
        if isinstance(segment, Segment):
            self.set_current(segment.key)
            self.chosen.emit(segment.key)
