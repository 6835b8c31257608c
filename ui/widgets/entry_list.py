"""Entry list: short rows of a mark, a title and a word at the right, hairlines between; every row opens its item."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from readiness.domain.vocabulary import Rating
from ui.theme import Theme
from ui.widgets import painting
from ui.widgets.button_rows import ButtonRows
from ui.widgets.painted_button import PaintedButton

ROW_HEIGHT = 28


@dataclass(frozen=True, slots=True)
class Entry:
    """One row; `late` makes the word at the right bold and red, `figure` bold; `tip` says more than fits."""

    id: str
    title: str
    right: str = ""
    rating: Rating | None = None
    late: bool = False
    figure: bool = False
    tip: str = ""

    @property
    def spoken(self) -> str:
        """The row as a screen reader says it."""
        return ", ".join(part for part in (self.title, self.rating.label if self.rating else "", self.right) if part)


class EntryRow(PaintedButton):
    """One row of an entry list."""

    def __init__(self, theme: Theme, entry: Entry, height: int, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._height = height
        self.last = True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_entry(entry)

    def show_entry(self, entry: Entry) -> None:
        """Show another entry."""
        self.entry = entry
        self.setAccessibleName(entry.spoken)
        self.setAccessibleDescription(entry.tip)
        self.setToolTip(f"{entry.title}: {entry.tip}" if entry.tip else entry.title)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, max(self._height, round(self.theme.metric().height()) + 8))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def paint_face(self, painter: QPainter, rect: QRectF) -> None:
        theme, entry = self.theme, self.entry
        inner = rect.adjusted(4, 0, -4, 0)
        if not self.last:
            painting.hairline(painter, inner, theme)
        left = inner.left()
        if entry.rating is not None:
            painting.rating_mark(painter, QRectF(left, rect.top(), 11, rect.height()), entry.rating, theme)
            left += 18
        right, font = inner.right(), "strong" if entry.late or entry.figure else "base"
        if entry.right:
            width = painting.advance(entry.right, theme, font) + 1
            place = QRectF(right - width, rect.top(), width, rect.height())
            painting.text(painter, place, entry.right, theme, self._right_colour(), font, painting.RIGHT)
            right = place.left() - 8
        painting.text(
            painter, QRectF(left, rect.top(), right - left, rect.height()), entry.title, theme, theme.color("text")
        )

    def _right_colour(self) -> QColor:
        if self.entry.late:
            return self.theme.rating_text(Rating.OFF_TRACK)
        return self.theme.color("text" if self.entry.figure else "text2")


class EntryList(ButtonRows):
    """The rows; Tab stops once, arrows move, Enter and click open."""

    activated = Signal(str)  # the id of a row

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, row_height: int = ROW_HEIGHT, lines: bool = True
    ) -> None:
        super().__init__(theme, parent)
        self._row_height, self._lines = row_height, lines

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Show these rows, in this order."""
        rows = [row for row in self.buttons if isinstance(row, EntryRow)][: len(entries)]
        for row, entry in zip(rows, entries, strict=False):
            row.show_entry(entry)
        for entry in entries[len(rows) :]:
            row = EntryRow(self.theme, entry, self._row_height, self)
            row.clicked.connect(self._on_row_clicked)
            rows.append(row)
        for place, row in enumerate(rows):
            row.last = not self._lines or place == len(rows) - 1
        self.hold(rows)

    def _on_row_clicked(self) -> None:
        row = self.sender()
        if isinstance(row, EntryRow):
            self.activated.emit(row.entry.id)
