"""Grid header: the headings of the checklist's columns, painted like its rows."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from readiness.domain.vocabulary import Priority
from ui.models.item_columns import COLUMNS, Paint
from ui.theme import Theme
from ui.widgets import painting
from ui.widgets.item_delegate import MARGIN, PADDING


class GridHeader(QHeaderView):
    """One line of quiet words over a hairline; the priority has its bars."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.theme = theme
        self.setAccessibleName("Columns")
        self.setHighlightSections(False)
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(36)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme from now on."""
        self.theme = theme
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), max(30, round(self.theme.metric().height()) + 13))

    def paintSection(self, painter: QPainter, rect: QRect, number: int) -> None:
        column, theme, place = COLUMNS[number], self.theme, QRectF(rect)
        painter.fillRect(place, theme.color("surface"))
        inner = place.adjusted(PADDING, 0, -PADDING, -1)
        if column.paint is Paint.PRIORITY:
            painting.priority_bars(painter, inner, Priority.ESSENTIAL, theme, quiet=True)
        else:
            left = MARGIN + 2 - PADDING if column.paint is Paint.NAME else 0
            room = inner.adjusted(left, 0, 0, 0)
            align = painting.RIGHT if column.is_right else painting.LEFT
            painting.text(painter, room, column.title, theme, theme.color("text2"), "base", align)
        painting.hairline(painter, place, theme)
