"""Item grid: the checklist as a table of one line a row. It keeps what is selected, by id, while rows come and go."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from readiness.domain.views import ItemEdit, ItemRow
from readiness.domain.vocabulary import ItemField
from ui.models.item_columns import COLUMNS
from ui.models.item_rows import AreaHead, GridRow, InspectionHead
from ui.models.item_table import Index, ItemTable
from ui.theme import Theme
from ui.widgets import painting
from ui.widgets.grid_editing import MOVES_ON, is_asked
from ui.widgets.grid_header import GridHeader
from ui.widgets.grid_keys import begins_text, is_plain, selected_by, type_over
from ui.widgets.grid_selection import GridSelection
from ui.widgets.item_delegate import CHEVRON, ItemDelegate

ROW_HEIGHT = 30
_ONE_ITEM_FIELDS = frozenset({ItemField.TITLE, ItemField.REFERENCE})


class ItemGrid(QTableView):
    """Rows are selected, cells are current. Edits are asked for by `edit_requested`, for every selected item."""

    edit_requested = Signal(object, object)  # tuple of item ids, ItemEdit
    menu_wanted = Signal(object)  # QPoint on the screen
    edit_ended = Signal()
    conflict_wanted = Signal(str, str)  # id of a row, its field: to be chosen for instead of edited

    def __init__(self, table: ItemTable, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = table
        self.theme = theme
        self.columns = GridHeader(theme, self)
        self.delegate = ItemDelegate(table, theme, self)
        self.setAccessibleName("Checklist")
        self._moves_on = False  # from an editor to the next cell, by Tab
        self._prepare_view()
        self.setModel(table)
        self.picks: GridSelection[GridRow] = GridSelection(
            self, table
        )  # after the model: the view has to forget before it puts back
        table.edit_requested.connect(self._on_edit_requested)
        self.delegate.closeEditor.connect(self.edit_ended)
        self._measure()

    def _prepare_view(self) -> None:
        self.setItemDelegate(self.delegate)
        self.setHorizontalHeader(self.columns)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme from now on."""
        self.theme = self.delegate.theme = self.columns.theme = theme
        self._measure()
        self.viewport().update()

    def _measure(self) -> None:
        """Fit heights and widths to the system's font."""
        line = self.theme.metric().height()
        self.verticalHeader().setDefaultSectionSize(max(ROW_HEIGHT, round(line) + 13))
        self.columns.measure()

    def measure_references(self, references: Iterable[str]) -> None:
        """Give the references as much room as the longest of them takes."""
        widest = max(references, key=len, default="")
        self.delegate.reference_width = max(44.0, min(140.0, painting.advance(widest, self.theme) + 4))

    @property
    def is_editing(self) -> bool:
        """Whether an editor is open in a cell."""
        return self.state() == QAbstractItemView.State.EditingState

    # edits

    def _on_edit_requested(self, ids: tuple[str, ...], edit: ItemEdit) -> None:
        selected = tuple(item.id for item in self.picks.items())
        several = ids[0] in selected and edit.field not in _ONE_ITEM_FIELDS
        self.edit_requested.emit(selected if several else ids, edit)

    def edit(self, index: Index, *how: Any) -> Any:
        """Open an editor, or ask for the chooser where somebody has to choose; Tab merely passes such a cell."""
        row, field = self.table.row_at(index.row()), COLUMNS[max(0, index.column())].field
        if not (isinstance(row, ItemRow) and field is not None and self.table.is_contested(row.id, field)):
            return super().edit(index, *how)
        if is_asked(self, how) and not self._moves_on:
            self.conflict_wanted.emit(row.id, str(field.value))
        return is_asked(self, how)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        self._moves_on = hint in MOVES_ON
        super().closeEditor(editor, hint)
        self._moves_on = False

    def finish_editing(self) -> None:
        """Store what is being typed in a cell."""
        editor = self.indexWidget(self.currentIndex())
        if self.is_editing and editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    # mouse and keys

    def step(self, by: int) -> None:
        """Select the item above (-1) or below (1) the current row; headings are passed over."""
        rows, place = self.table.rows, self.currentIndex().row() + by
        while 0 <= place < len(rows):
            row = rows[place]
            if isinstance(row, ItemRow):
                self.picks.select([row.id])
                return
            place += by

    def fold(self, is_open: bool | None = None) -> None:
        """Fold the current heading in or out; None: the other way."""
        row = self.picks.current()
        if isinstance(row, AreaHead | InspectionHead):
            self.table.set_open([row.id], not row.is_open if is_open is None else is_open)

    def event(self, event: QEvent) -> bool:
        """Let a capital begin to write in a text, also where its small letter is a key of the page: E attaches."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_capital = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
            if is_capital and begins_text(self, event):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        on_head = isinstance(self.picks.current(), AreaHead | InspectionHead)
        if is_plain(event) and on_head and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.fold(event.key() == Qt.Key.Key_Right)
        elif begins_text(self, event):
            type_over(self, event)
        else:
            super().keyPressEvent(event)

    def selectionCommand(self, index: Index, event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:
        """Say what becomes selected: what the ring is on is what the next key changes."""
        chosen = selected_by(self, index, event)
        return super().selectionCommand(index, event) if chosen is None else chosen

    def keyboardSearch(self, search: str) -> None:
        """Letters do nothing here: Ctrl+F finds, and Qt's search would ask Python about every row."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        head = self.table.row_at(index.row())
        is_left = event.button() == Qt.MouseButton.LeftButton
        super().mousePressEvent(event)
        if is_left and isinstance(head, AreaHead | InspectionHead) and event.position().x() < CHEVRON:
            self.fold()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row = self.table.row_at(self.indexAt(event.position().toPoint()).row())
        if isinstance(row, AreaHead | InspectionHead):
            if event.position().x() >= CHEVRON:
                self.fold()
            return
        super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        self.menu_wanted.emit(place)

    def show_landing(self, number: int) -> None:
        """Show on which row what is dragged would land; -1: on none."""
        before, self.delegate.landing_row = self.delegate.landing_row, number
        self._repaint(before, number)

    def _hover(self, number: int) -> None:
        before, self.delegate.hovered_row = self.delegate.hovered_row, number
        self._repaint(before, number)

    def _repaint(self, before: int, number: int) -> None:
        for row in {before, number} - {-1} if before != number else ():
            self.viewport().update(0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row))
