"""Rating bar: how many are off track, at risk and so on, as a divided bar over its legend; a click opens the rows."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from readiness.domain.vocabulary import Rating
from ui.theme import Theme
from ui.widgets import painting
from ui.widgets.button_rows import ButtonRows
from ui.widgets.painted_button import PaintedButton

_BAR_HEIGHT, _ENTRY_HEIGHT = 10, 24
_MARK, _GAP, _PADDING = 11.0, 3.0, 2.0


class LegendEntry(PaintedButton):
    """Shape, number and word of one rating; a note in brackets where there is one."""

    def __init__(self, theme: Theme, rating: Rating, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.rating, self.count, self.note = rating, 0, ""
        self.show_count(0)

    def show_count(self, count: int, note: str = "") -> None:
        """Show another number; the note stands behind the word."""
        self.count, self.note = count, note
        said = f"{count:,} {self.rating.label}{self._noted}"
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        words = painting.advance(self._words, self.theme)
        number = painting.advance(f"{self.count:,}", self.theme, "strong")
        return QSize(round(2 * _PADDING + _MARK + 2 * _GAP + number + words) + 1, _ENTRY_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paint_face(self, painter: QPainter, rect: QRectF) -> None:
        theme = self.theme
        painting.rating_mark(
            painter, QRectF(rect.left() + _PADDING, rect.top(), _MARK, rect.height()), self.rating, theme
        )
        left = rect.left() + _PADDING + _MARK + _GAP
        number = painting.advance(f"{self.count:,}", theme, "strong")
        place = QRectF(left, rect.top(), number + 1, rect.height())
        painting.text(painter, place, f"{self.count:,}", theme, theme.color("text"), "strong")
        place = QRectF(place.right() + _GAP - 1, rect.top(), rect.right() - place.right(), rect.height())
        painting.text(painter, place, self._words, theme, theme.color("text2"))

    @property
    def _words(self) -> str:
        return painting.short_rating(self.rating) + self._noted

    @property
    def _noted(self) -> str:
        return f" ({self.note})" if self.note else ""


class _Bar(QWidget):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.counts: list[tuple[Rating, int]] = []
        self.setFixedHeight(_BAR_HEIGHT)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painting.ratings_bar(painter, QRectF(self.rect()), self.counts, self.theme)
        painter.end()


class RatingBar(QWidget):
    """The bar and its legend. What does not apply leaves the legend first where room is short."""

    rating_chosen = Signal(object)  # Rating

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        self._bar = _Bar(theme, self)
        self.legend = ButtonRows(theme, self, QBoxLayout.Direction.LeftToRight, spacing=1)
        self._entries = {rating: LegendEntry(theme, rating, self.legend) for rating in Rating}
        for entry in self._entries.values():
            entry.clicked.connect(self._on_entry_clicked)
        self.legend.hold(list(self._entries.values()))
        legend_layout = self.legend.row_layout
        legend_layout.addStretch(1)
        legend_layout.setContentsMargins(2, 0, 0, 0)
        inset = QHBoxLayout()  # the bar stands in line with the text, the legend's hover reaches further
        inset.setContentsMargins(4, 0, 4, 0)
        inset.addWidget(self._bar)
        layout.addLayout(inset)
        layout.addWidget(self.legend)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_counts(self, counts: Mapping[Rating, int]) -> None:
        """Show how many items have each rating; a rating that is missing counts 0."""
        self._bar.counts = [(rating, counts.get(rating, 0)) for rating in Rating]
        for rating, entry in self._entries.items():
            entry.show_count(counts.get(rating, 0))
        said = ", ".join(f"{count:,} {rating.label}" for rating, count in self._bar.counts)
        self.setAccessibleName(f"Ratings: {said}")
        self._bar.setAccessibleName(said)
        self._bar.update()
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._room_for(with_last=False), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._entries[Rating.NOT_APPLICABLE].setVisible(self.width() >= self._room_for(with_last=True))

    def _room_for(self, *, with_last: bool) -> int:
        entries = [entry for entry in self._entries.values() if with_last or entry.rating is not Rating.NOT_APPLICABLE]
        return sum(entry.sizeHint().width() for entry in entries) + len(entries) + 2

    def _on_entry_clicked(self) -> None:
        entry = self.sender()
        if isinstance(entry, LegendEntry):
            self.rating_chosen.emit(entry.rating)
