"""Tick list: rows of two lines that are ticked by a click or Space, and a line of words that leads the list below."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.models.tick_rows import TickRow
from ui.theme import Theme
from ui.widgets import painting

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
Role = Qt.ItemDataRole


class TickModel(QAbstractListModel):
    """Remembers what is ticked while other rows are shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[TickRow, ...] = ()
        self.ticked: dict[str, TickRow] = {}

    def show_rows(self, rows: Sequence[TickRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    @property
    def rows(self) -> Sequence[TickRow]:
        """What is shown."""
        return self._rows

    def row(self, index: Index) -> TickRow | None:
        """Return what stands in a row."""
        return self._rows[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.row(index)
        if row is None:
            return Qt.ItemFlag.NoItemFlags
        usual = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return usual if row.is_off else usual | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        row = self.row(index)
        if row is None:
            return None
        if role == Role.CheckStateRole:
            return Qt.CheckState.Checked if row.id in self.ticked else Qt.CheckState.Unchecked
        said = {Role.DisplayRole: row.title, Role.AccessibleTextRole: row.spoken, Role.ToolTipRole: row.tip or None}
        return said.get(Role(role)) if role in list(said) else None

    def toggle(self, index: Index) -> None:
        """Tick a row, or take its tick away."""
        row = self.row(index)
        if row is None or row.is_off:
            return
        if self.ticked.pop(row.id, None) is None:
            self.ticked[row.id] = row
        self.dataChanged.emit(index, index)


class TickDelegate(QStyledItemDelegate):
    """Paints a box, an icon, a title and a quiet line; a click anywhere ticks."""

    def __init__(self, theme: Theme, model: TickModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._model = theme, model

    def _line(self) -> int:
        return round(self._theme.metric().height()) + 2

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(200, 2 * self._line() + 10)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._model.row(index)
        if row is None:
            return
        theme, rect, state, line = self._theme, QRectF(option.rect), option.state, self._line()
        here = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver) and not row.is_off
        painting.row_ground(painter, rect, theme, selected=here, hovered=hovered)
        first = QRectF(rect.left() + 12, rect.top() + 5, rect.width() - 24, line)
        if not row.is_off:
            painting.tick_box(painter, QRectF(first.left(), first.top(), 16, line), row.id in self._model.ticked, theme)
        left, quiet = first.left() + 24, theme.color("text2")
        if row.icon:
            painting.icon_at(painter, QRectF(left, first.top(), 16, line), row.icon, quiet)
            left += 24
        room = QRectF(left, first.top(), first.right() - left, line)
        painting.text(painter, room, row.title, theme, quiet if row.is_off else theme.color("text"))
        painting.text(painter, room.translated(0, line), row.said, theme, quiet)
        painting.hairline(painter, rect, theme)
        if state & QStyle.StateFlag.State_HasFocus:
            painting.focus_ring(painter, rect, theme)

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        del model, option
        is_space = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
        if event.type() == QEvent.Type.MouseButtonRelease or (event.type() == QEvent.Type.KeyPress and is_space):
            self._model.toggle(index)
            return True
        return False


class TickView(QListView):
    """The list."""

    def __init__(self, theme: Theme, model: TickModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(TickDelegate(theme, model, self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


class SearchLine(QLineEdit):
    """Arrows move in the list below, and Ctrl+Space ticks there, while the keyboard stays in the words."""

    MOVES = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)

    def __init__(self, moved: Callable[[QKeyEvent], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._moved = moved

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ticks = event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.key() in self.MOVES or ticks:
            self._moved(event)
        else:
            super().keyPressEvent(event)
