"""Two lines: draws a row of a list as what it is and, below it in quiet words, what belongs to it."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.theme import Theme
from ui.widgets import painting

PADDING, ROOM = 12.0, 5.0


class TwoLineDelegate(QStyledItemDelegate):
    """Takes the text of a row apart at its first line break."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        del option, index
        return QSize(0, max(44, round(2 * self.theme.metric().lineSpacing() + 2 * ROOM)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, rect, state = self.theme, QRectF(option.rect), option.state
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painting.row_ground(
            painter, rect, theme, selected=bool(state & QStyle.StateFlag.State_Selected), hovered=hovered
        )
        what, _, quiet = str(index.data(Qt.ItemDataRole.DisplayRole)).partition("\n")
        room = rect.adjusted(PADDING, ROOM, -PADDING, -ROOM)
        half = room.height() / 2
        painting.text(painter, room.adjusted(0, 0, 0, -half), what, theme, theme.color("text"))
        painting.text(painter, room.adjusted(0, half, 0, 0), quiet, theme, theme.color("text2"))
        painting.hairline(painter, rect, theme)
        view = self.parent()
        if isinstance(view, QAbstractItemView) and view.hasFocus() and view.currentIndex() == index:
            painting.focus_ring(painter, rect.adjusted(0, 0, 0, -1), theme)
