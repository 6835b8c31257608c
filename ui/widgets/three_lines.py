"""Three lines: draws a row of a list as what it is and, below it in quiet words, two lines of what belongs to it."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.theme import Theme
from ui.widgets import painting

PADDING, ROOM = 24.0, 8.0


class ThreeLineDelegate(QStyledItemDelegate):
    """Takes the text of a row apart at its line breaks."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        del option, index
        return QSize(0, self.height)

    @property
    def height(self) -> int:
        """How high a row is, pixels."""
        return round(3 * self.theme.metric().lineSpacing() + 2 * ROOM)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, rect, state = self.theme, QRectF(option.rect), option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painting.row_ground(painter, rect, theme, selected=chosen, hovered=hovered)
        lines = str(index.data(Qt.ItemDataRole.DisplayRole)).split("\n")
        step = (rect.height() - 2 * ROOM) / 3
        for number, words in enumerate(lines[:3]):
            place = QRectF(rect.left() + PADDING, rect.top() + ROOM + number * step, rect.width() - 2 * PADDING, step)
            colour = theme.color("text2" if number == 2 else "text")
            painting.text(painter, place, words, theme, colour, "base" if number else "strong")
        if chosen:
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), theme.color("accent"))
        painting.hairline(painter, rect, theme)
        view = self.parent()
        if isinstance(view, QAbstractItemView) and view.hasFocus() and view.currentIndex() == index:
            painting.focus_ring(painter, rect.adjusted(0, 0, 0, -1), theme)
