"""Filter popup: options to tick, a search field where they are many, and "Clear"."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from readiness.domain.vocabulary import Rating
from ui.theme import Theme
from ui.widgets import painting
from ui.widgets.labels import link

_ROW, _MOST_ROWS, _SEARCH_ABOVE = 28, 12, 12
_VALUE, _RATING = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be chosen; `short` stands on the chip, a rating is shown by its shape."""

    value: object
    text: str
    short: str = ""
    rating: Rating | None = None


class _Delegate(QStyledItemDelegate):
    """Paints a row and turns a click or Space anywhere on it into a tick."""

    def __init__(self, theme: Theme, single: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._single = theme, single

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option
        return QSize(round(painting.advance(str(index.data()), self._theme)) + 72, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect = self._theme, QRectF(option.rect)
        state = option.state
        here = bool(state & (QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_Selected))
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painting.row_ground(painter, rect, theme, selected=here, hovered=hovered, radius=4)
        ticked = _is_ticked(index)
        painting.tick_box(painter, QRectF(rect.left() + 8, rect.top(), 16, rect.height()), ticked, theme)
        left = rect.left() + 32
        rating = index.data(_RATING)
        if isinstance(rating, Rating):
            painting.rating_mark(painter, QRectF(left, rect.top(), 10, rect.height()), rating, theme)
            left += 16
        room = QRectF(left, rect.top(), rect.right() - left - 8, rect.height())
        painting.text(painter, room, str(index.data()), theme, theme.color("text"))

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        del option
        clicked = event.type() == QEvent.Type.MouseButtonRelease
        spaced = (
            isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Space
        )
        if not (clicked or spaced):
            return False
        ticked = _is_ticked(index)
        state = Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked
        model.setData(index, state.value, Qt.ItemDataRole.CheckStateRole)  # a number: Qt reads the enum as another type
        return True


class FilterPopup(QFrame):
    """Opens under a chip and says every tick at once; Enter and Esc close."""

    chosen = Signal(tuple)
    closed = Signal()

    def __init__(self, theme: Theme, label: str, *, single: bool, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("surface", "popup")
        self.setAccessibleName(label)
        self._single, self._filling = single, False
        self.search = QLineEdit(self)
        self.search.setProperty("kind", "search")
        self.search.setPlaceholderText(f"Search {label.lower()}")
        self.search.setAccessibleName(f"Search {label.lower()}")
        self.search.textChanged.connect(self._on_search_changed)
        self._model = QStandardItemModel(self)
        self._model.itemChanged.connect(self._on_item_changed)
        self.list = QListView(self)
        self.list.setModel(self._model)
        self.list.setItemDelegate(_Delegate(theme, single, self.list))
        self.list.setMouseTracking(True)
        self.list.setProperty("kind", "plain")
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(label)
        self._clear = link("Clear", self)
        self._clear.clicked.connect(self._on_clear_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(5, 5, 5, 5)
        layout.setSpacing(4)
        layout.addWidget(self.search)
        layout.addWidget(self.list)
        foot = QHBoxLayout()
        foot.setContentsMargins(4, 0, 4, 0)
        foot.addWidget(self._clear)
        foot.addStretch(1)
        layout.addLayout(foot)

    def show_options(self, options: Sequence[Option], values: Sequence[object]) -> None:
        """Offer these options with these ticked."""
        self._filling = True
        here = self.list.currentIndex().row()
        self._model.clear()
        for option in options:
            item = QStandardItem(option.text)
            item.setData(option.value, _VALUE)
            item.setData(option.rating, _RATING)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if option.value in values else Qt.CheckState.Unchecked)
            self._model.appendRow(item)
        self._filling = False
        self.search.setVisible(len(options) > _SEARCH_ABOVE)
        self._clear.setEnabled(bool(values))
        rows = max(1, min(len(options), _MOST_ROWS))
        self.list.setFixedHeight(rows * _ROW + 2)
        self.list.setMinimumWidth(min(360, max(176, self.list.sizeHintForColumn(0) + 24)))
        self.list.setCurrentIndex(self._model.index(max(0, here), 0))

    def open_at(self, place: QPoint) -> None:
        """Show at a place of the screen, kept inside it."""
        self.adjustSize()
        screen = self.screen().availableGeometry()
        left = max(screen.left(), min(place.x(), screen.right() - self.width()))
        self.move(left, max(screen.top(), min(place.y(), screen.bottom() - self.height())))
        self.show()
        (self.search if self.search.isVisibleTo(self) else self.list).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.close()
        elif event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.list.setFocus()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.closed.emit()

    def _on_search_changed(self, words: str) -> None:
        wanted = words.casefold().split()
        for row in range(self._model.rowCount()):
            text = self._model.item(row).text().casefold()
            self.list.setRowHidden(row, not all(word in text for word in wanted))

    def _on_item_changed(self, changed: QStandardItem) -> None:
        if self._filling:
            return
        ticked = changed.checkState() == Qt.CheckState.Checked
        if self._single and ticked:
            self._filling = True
            for item in self._items():
                if item.row() != changed.row():
                    item.setCheckState(Qt.CheckState.Unchecked)
            self._filling = False
        values = tuple(item.data(_VALUE) for item in self._items() if item.checkState() == Qt.CheckState.Checked)
        self._clear.setEnabled(bool(values))
        self.chosen.emit(values)
        if self._single:
            self.close()

    def _on_clear_clicked(self) -> None:
        self._filling = True
        for item in self._items():
            item.setCheckState(Qt.CheckState.Unchecked)
        self._filling = False
        self.chosen.emit(())
        self.close()

    def _items(self) -> list[QStandardItem]:
        return [self._model.item(row) for row in range(self._model.rowCount())]


def _is_ticked(index: Index) -> bool:
    return index.data(Qt.ItemDataRole.CheckStateRole) in (Qt.CheckState.Checked, Qt.CheckState.Checked.value)
