"""Grid header: the headings of a grid's columns, painted like its rows."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from readiness.domain.vocabulary import Priority
from ui.models.item_columns import COLUMNS, Paint
from ui.theme import Theme
from ui.widgets import painting
from ui.widgets.item_delegate import MARGIN, PADDING


class Headed(Protocol):
    """What the header has to know of a column."""

    @property
    def key(self) -> str:
        """Its name in the settings."""

    @property
    def title(self) -> str:
        """Its heading."""

    @property
    def paint(self) -> Paint:
        """How its cells are drawn."""

    @property
    def width(self) -> int:
        """Px at 12 px text; 0 takes the room that is left."""

    @property
    def is_right(self) -> bool:
        """Whether it is set to the right."""


class GridHeader(QHeaderView):
    """One line of quiet words over a hairline; the priority has its bars."""

    sized = Signal(str, int)  # a column's key and the width that somebody gave it, at 12 px text

    def __init__(self, theme: Theme, parent: QWidget | None = None, columns: Sequence[Headed] = COLUMNS) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.headed = columns
        self.theme = theme
        self.scale = 1.0  # by the system's font: 12 px text has a line of about 16
        self.widths = {column.key: column.width for column in columns}  # at 12 px text; 0 takes the room that is left
        self._before: list[int] = []  # the widths when the mouse went down
        self.setAccessibleName("Columns")
        self.setHighlightSections(False)
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(36)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme from now on."""
        self.theme = theme
        self.viewport().update()

    def set_widths(self, widths: Mapping[str, int]) -> None:
        """Give columns a width, at 12 px text; the others keep theirs."""
        self.widths |= widths
        self.measure()

    def measure(self) -> None:
        """Fit the widths to the system's font."""
        mode = QHeaderView.ResizeMode
        self.scale = max(1.0, self.theme.metric().height() / 16.5)
        for number, column in enumerate(self.headed):
            self.setSectionResizeMode(number, mode.Interactive if column.width else mode.Stretch)
            if column.width:
                self.resizeSection(number, round(self.widths[column.key] * self.scale))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._before = self._widths()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        for number, (was, width) in enumerate(zip(self._before, self._widths(), strict=False)):
            if was != width and self.sectionResizeMode(number) is QHeaderView.ResizeMode.Interactive:
                key = self.headed[number].key
                self.widths[key] = round(width / self.scale)
                self.sized.emit(key, self.widths[key])

    def _widths(self) -> list[int]:
        return [self.sectionSize(number) for number in range(self.count())]

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), max(30, round(self.theme.metric().height()) + 13))

    def paintSection(self, painter: QPainter, rect: QRect, number: int) -> None:
        column, theme, place = self.headed[number], self.theme, QRectF(rect)
        painter.fillRect(place, theme.color("surface"))
        inner = place.adjusted(PADDING, 0, -PADDING, -1)
        if column.paint is Paint.PRIORITY:
            painting.priority_bars(painter, inner, Priority.ESSENTIAL, theme, quiet=True)
        elif column.paint is Paint.EVIDENCE:
            place_of_icon = QRectF(inner.right() - 16, inner.top(), 16, inner.height())
            painting.icon_at(painter, place_of_icon, "evidence", theme.color("text2"))
        else:
            left = MARGIN + 2 - PADDING if column.paint is Paint.NAME else 0
            room = inner.adjusted(left, 0, 0, 0)
            align = painting.RIGHT if column.is_right else painting.LEFT
            painting.text(painter, room, column.title, theme, theme.color("text2"), "base", align)
        painting.hairline(painter, place, theme)
