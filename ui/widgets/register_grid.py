"""Register grid: actions or findings as a table of one line a row, with the keys of the checklist's grid."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from readiness.domain.action_editing import DAYS, WORDS
from ui.models.action_table import ActionTable, Index
from ui.models.register_columns import Line
from ui.theme import Theme
from ui.widgets import painting
from ui.widgets.grid_editing import MOVES_ON, is_asked
from ui.widgets.grid_header import GridHeader
from ui.widgets.grid_keys import is_plain, selected_by, type_over
from ui.widgets.grid_selection import GridSelection
from ui.widgets.item_grid import ROW_HEIGHT
from ui.widgets.register_delegate import RegisterDelegate

ROOMY, SHARE = 900, 0.2
"""From this width on, at 12 px text, a column that grows takes this part of what is more."""


class RegisterGrid(QTableView):
    """Rows are selected, cells are current. Edits are asked for by `edit_requested`, for every selected row."""

    edit_requested = Signal(object, object, object)  # tuple of ids, field, value
    menu_wanted = Signal(object)  # QPoint on the screen
    edit_ended = Signal()
    conflict_wanted = Signal(str, str)  # id of a row, its field: to be chosen for instead of edited

    def __init__(self, table: ActionTable, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table, self.theme = table, theme
        self.columns = GridHeader(theme, self, table.columns)
        self.delegate = RegisterDelegate(table, theme, self)
        self.setAccessibleName(name)
        self._moves_on = False  # from an editor to the next cell, by Tab
        self._prepare_view()
        self.setModel(table)
        self.picks: GridSelection[Line] = GridSelection(self, table)
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
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme from now on."""
        self.theme = self.delegate.theme = self.columns.theme = theme
        self._measure()
        self.viewport().update()

    def _measure(self) -> None:
        """Fit heights and widths to the system's font."""
        self.verticalHeader().setDefaultSectionSize(max(ROW_HEIGHT, round(self.theme.metric().height()) + 13))
        self.columns.measure()

    def measure_places(self, words: Iterable[str]) -> None:
        """Give the words that say where a line belongs as much room as the longest of them takes."""
        widest = max((painting.advance(each, self.theme) for each in set(words)), default=0.0)
        self.delegate.place_width = max(24.0, min(96.0, widest + 4))

    @property
    def is_editing(self) -> bool:
        """Whether an editor is open in a cell."""
        return self.state() == QAbstractItemView.State.EditingState

    def _on_edit_requested(self, ids: tuple[str, ...], field: object, value: object) -> None:
        selected = tuple(line.id for line in self.picks.rows())
        several = ids[0] in selected and (field in WORDS or field in DAYS or self.currentIndex().column() > 0)
        self.edit_requested.emit(selected if several else ids, field, value)

    def edit(self, index: Index, *how: Any) -> Any:
        """Open an editor, or ask for the chooser where somebody has to choose; Tab merely passes such a cell."""
        line, field = self.table.row_at(index.row()), self.table.columns[max(0, index.column())].field
        if line is None or field is None or not self.table.is_contested(line.id, field):
            return super().edit(index, *how)
        if is_asked(self, how) and not self._moves_on:
            self.conflict_wanted.emit(line.id, str(field.value))
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

    def step(self, by: int) -> None:
        """Select the line above (-1) or below (1) the current one."""
        line = self.table.row_at(self.currentIndex().row() + by)
        if line is not None:
            self.picks.select([line.id])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        shifted = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        begins = (is_plain(event) or shifted) and event.text().isalpha() and index.isValid()
        field = self.table.columns[index.column()].field if begins else None
        if field is not None and field not in WORDS and field not in DAYS:
            type_over(self, event)
        else:
            super().keyPressEvent(event)

    def selectionCommand(self, index: Index, event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:
        """Say what becomes selected: what the ring is on is what the next key changes."""
        chosen = selected_by(self, index, event)
        return super().selectionCommand(index, event) if chosen is None else chosen

    def keyboardSearch(self, search: str) -> None:
        """Letters do nothing here: Ctrl+F finds."""

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit_columns()

    def _fit_columns(self) -> None:
        """Leave out what a narrow grid has no room for; let what would be cut short take its part of a wide one."""
        scale, width = self.columns.scale, self.viewport().width()
        for number, column in enumerate(self.table.columns):
            self.setColumnHidden(number, width < column.from_width * scale)
            if column.grows:
                more = min(column.grows, max(0.0, width / scale - ROOMY) * SHARE)
                self.setColumnWidth(number, round((column.width + more) * scale))

    def _hover(self, number: int) -> None:
        before, self.delegate.hovered_row = self.delegate.hovered_row, number
        if before != number:
            for row in (before, number):
                if row >= 0:
                    top = self.rowViewportPosition(row)
                    self.viewport().update(0, top, self.viewport().width(), self.rowHeight(row))
