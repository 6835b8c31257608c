"""Bar list: a row each with label, bar, percent and how many are off track; every row opens what is behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from readiness.domain.vocabulary import Rating
from ui.theme import Theme
from ui.widgets import painting
from ui.widgets.button_rows import ButtonRows
from ui.widgets.painted_button import PaintedButton

ROW_HEIGHT = 24
_MARK, _MOST_LABEL, _LABEL_SHARE = 24.0, 220.0, 0.56


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: what it is called, how far it is, and what is off track in it."""

    key: str
    label: str
    percent: float | None  # None: nothing applies
    off_track: int = 0

    @property
    def spoken(self) -> str:
        """The row as a screen reader says it: "Joint commissioning 31 %, 5 off track"."""
        share = "no value" if self.percent is None else f"{self.percent:.0f} %"
        return f"{self.label} {share}" + (f", {self.off_track:,} off track" if self.off_track else "")


class BarRow(PaintedButton):
    """One row of a bar list."""

    def __init__(self, theme: Theme, bar: Bar, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.widest_count = "00"  # of all rows, so that the bars end in line
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_bar(bar)

    def show_bar(self, bar: Bar) -> None:
        """Show another value."""
        self.bar = bar
        self.setAccessibleName(bar.spoken)
        self.setToolTip(bar.spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(280, max(ROW_HEIGHT, round(self.theme.metric().height()) + 8))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def paint_face(self, painter: QPainter, rect: QRectF) -> None:
        theme, bar, inner = self.theme, self.bar, rect.adjusted(4, 0, -4, 0)
        count_width = painting.advance(self.widest_count, theme, "strong") + 3
        percent_width = painting.advance("100 %", theme, "strong") + 2
        numbers = percent_width + _MARK + count_width
        label_width = min(_MOST_LABEL, (inner.width() - numbers) * _LABEL_SHARE)
        painting.text(painter, _part(inner, 0, label_width), bar.label, theme, theme.color("text"))
        left = label_width + 10
        painting.progress_bar(
            painter, _part(inner, left, inner.width() - left - numbers - 6), bar.percent or 0.0, theme
        )
        said = "–" if bar.percent is None else f"{bar.percent:.0f} %"
        place = _part(inner, inner.width() - numbers, percent_width)
        painting.text(painter, place, said, theme, theme.color("text"), "strong", painting.RIGHT)
        if bar.off_track:
            place = _part(inner, inner.width() - count_width - _MARK, _MARK)
            painting.rating_mark(painter, place, Rating.OFF_TRACK, theme)
            place = _part(inner, inner.width() - count_width, count_width)
            colour = theme.rating_text(Rating.OFF_TRACK)
            painting.text(painter, place, _count(bar), theme, colour, "strong", painting.RIGHT)


class BarList(ButtonRows):
    """The rows; Tab stops once, arrows move, Enter and click open."""

    activated = Signal(str)  # the key of a row

    def set_bars(self, bars: Sequence[Bar]) -> None:
        """Show these rows, in this order."""
        rows = self._rows()[: len(bars)]
        for row, bar in zip(rows, bars, strict=False):
            row.show_bar(bar)
        for bar in bars[len(rows) :]:
            row = BarRow(self.theme, bar, self)
            row.clicked.connect(self._on_row_clicked)
            rows.append(row)
        widest = max(map(_count, bars), key=len, default="")
        for each in rows:
            each.widest_count = max("00", widest, key=len)
        self.hold(rows)

    def _rows(self) -> list[BarRow]:
        return [row for row in self.buttons if isinstance(row, BarRow)]

    def _on_row_clicked(self) -> None:
        row = self.sender()
        if isinstance(row, BarRow):
            self.activated.emit(row.bar.key)


def _count(bar: Bar) -> str:
    return f"{bar.off_track:,}"


def _part(rect: QRectF, left: float, width: float) -> QRectF:
    return QRectF(rect.left() + left, rect.top(), max(0.0, width), rect.height())
