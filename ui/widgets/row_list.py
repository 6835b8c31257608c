"""Row list: rows of a title, a quiet second line where there is one, and a box to tick where rows are ticked."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.theme import Theme
from ui.widgets import painting

ONE_LINE, TWO_LINES = 28, 44
_VALUE, _NOTE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_ON, _OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Row:
    """One row."""

    value: object
    title: str
    note: str = ""
    ticked: bool | None = None  # None: there is no box


class RowList(QListWidget):
    """One stop for Tab; arrows move, Space and a click tick."""

    ticked = Signal()  # a box was ticked or cleared

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = _Delegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._filling = False
        self.itemChanged.connect(self._on_item_changed)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme from now on."""
        self._delegate.theme = theme
        self.viewport().update()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; the first is the current one."""
        self._filling = True
        self.clear()
        for row in rows:
            item = QListWidgetItem(row.title, self)
            item.setData(_VALUE, row.value)
            item.setData(_NOTE, row.note)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{row.title}, {row.note}" if row.note else row.title)
            item.setToolTip("\n".join(text for text in (row.title, row.note) if text))
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            if row.ticked is not None:
                item.setCheckState(_ON if row.ticked else _OFF)
                flags |= Qt.ItemFlag.ItemIsUserCheckable
            item.setFlags(flags)
        self._filling = False
        self.setCurrentRow(0)

    def ticked_values(self) -> list[object]:
        """Return the values of the rows that are ticked."""
        rows = (self.item(number) for number in range(self.count()))
        return [row.data(_VALUE) for row in rows if row.checkState() is _ON]

    def tick_only(self, values: frozenset[object] | None) -> None:
        """Tick the rows with these values and no others; None: all. It is told once."""
        self._filling = True
        for row in (self.item(number) for number in range(self.count())):
            row.setCheckState(_ON if values is None or row.data(_VALUE) in values else _OFF)
        self._filling = False
        self.ticked.emit()

    def _on_item_changed(self, _item: QListWidgetItem) -> None:
        if not self._filling:
            self.ticked.emit()


class _Delegate(QStyledItemDelegate):
    """Paints a row and turns a click or Space anywhere on it into a tick."""

    def __init__(self, theme: Theme, view: RowList) -> None:
        super().__init__(view)
        self.theme, self._view = theme, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option
        return QSize(80, TWO_LINES if index.data(_NOTE) else ONE_LINE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect, state = self.theme, QRectF(option.rect), option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painting.row_ground(painter, rect, theme, selected=selected, hovered=hovered, radius=4)
        left = rect.left() + 8
        if index.data(Qt.ItemDataRole.CheckStateRole) is not None:
            painting.tick_box(painter, QRectF(left, rect.top(), 16, rect.height()), _is_ticked(index), theme)
            left += 24
        note, room = index.data(_NOTE), rect.right() - left - 8
        height = rect.height() / 2 - 3 if note else rect.height()
        title = QRectF(left, rect.top() + (3 if note else 0), room, height)
        painting.text(painter, title, str(index.data()), theme, theme.color("text"))
        if note:
            below = QRectF(left, title.bottom(), room, height)
            painting.text(painter, below, str(note), theme, theme.color("text2"))
        if state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            painting.focus_ring(painter, rect, theme)

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        del option
        clicked = event.type() == QEvent.Type.MouseButtonRelease
        spaced = (
            isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Space
        )
        if not (clicked or spaced) or index.data(Qt.ItemDataRole.CheckStateRole) is None:
            return False
        state = _OFF if _is_ticked(index) else _ON
        model.setData(index, state.value, Qt.ItemDataRole.CheckStateRole)  # a number: Qt reads the enum as another type
        return True


def _is_ticked(index: Index) -> bool:
    return index.data(Qt.ItemDataRole.CheckStateRole) in (_ON, _ON.value)
