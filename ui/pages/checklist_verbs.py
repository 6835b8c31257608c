"""Checklist verbs: what the keys and menus of the checklist do to items. Each asks for one step that can be undone."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from readiness.domain.errors import BadValue
from readiness.domain.plain_words import counted
from readiness.domain.views import AreaRow, Board, ItemEdit, ItemRow
from readiness.domain.vocabulary import ItemField, ItemStatus
from readiness.services import items, review
from ui.models.filling import filled
from ui.models.item_columns import COLUMNS, Column
from ui.models.item_rows import AreaHead
from ui.models.moving import item_target
from ui.models.pasting import copied, pasted
from ui.operations import Operations
from ui.widgets.item_grid import ItemGrid

ONLY_ONE = frozenset({ItemField.TITLE, ItemField.REFERENCE, ItemField.GUIDANCE})
"""What is an item's own is never filled into others."""


class ChecklistVerbs(QObject):
    """Acts on what is selected in the grid."""

    notice = Signal(str)  # what was done and leaves no step
    refused = Signal(str)  # why something was not done

    def __init__(
        self, operations: Operations, grid: ItemGrid, board: Callable[[], Board | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._operations, self._grid, self._board = operations, grid, board
        self.writes = 0  # asked for so far: an answer read before the last of them is old

    def edit(self, ids: Sequence[str], edit: ItemEdit) -> None:
        """Give a field of items a value."""
        if ids:
            self.writes += 1
            self._operations.change(items.edit_items, tuple(ids), [edit])

    def set_status(self, status: ItemStatus) -> None:
        """Set the status of the selected items; Signed off again renews what has lapsed."""
        chosen = [item for item in self._selected() if item.status is not status or item.lapsed]
        if status is ItemStatus.SIGNED_OFF and any(item.lapsed for item in chosen):
            self.writes += 1
            self._operations.change(review.sign_off, [item.id for item in chosen], datetime.now(UTC))
        else:
            ids = [item.id for item in chosen if item.status is not status]
            self.edit(ids, ItemEdit(ItemField.STATUS, status))

    def confirm(self, item_id: str = "") -> None:
        """Say that an item, or those selected, hold in the words that another edition gave them."""
        from readiness.services.editions import confirm_items  # brings the readers of frameworks

        waiting = [item_id] if item_id else [item.id for item in self._selected() if item.confirm]
        if waiting:
            self.writes += 1
            self._operations.change(confirm_items, waiting)

    def remove(self) -> None:
        """Remove the selected items; nothing is asked, it can be undone."""
        chosen = [item.id for item in self._selected()]
        if chosen:
            self._operations.change(items.remove_items, chosen)

    def copy(self) -> None:
        """Put the selected items on the clipboard, as Excel takes them."""
        chosen = self._selected()
        if chosen:
            QGuiApplication.clipboard().setText(copied(chosen, self._columns()))
            self.notice.emit(f"{counted(len(chosen), 'item')} copied with headings.")

    def paste(self) -> None:
        """Give cells the values on the clipboard, from the current cell on; all of them or none."""
        chosen, column = self._selected(), max(0, self._grid.currentIndex().column())
        seen = [row for row in self._grid.table.rows if isinstance(row, ItemRow)]
        below = seen[seen.index(chosen[0]) :] if chosen else []
        try:
            made = pasted(QGuiApplication.clipboard().text(), below, chosen, self._columns(column))
        except BadValue as error:
            self.refused.emit(str(error))
            return
        if made.cells:
            self.writes += 1
            self._operations.change(items.edit_cells, made.cells, made.label)
        else:
            self.refused.emit("What was pasted stands there already.")

    def fill_down(self) -> None:
        """Copy the current column's value from the first selected item into the others; of one, from the one above."""
        column = COLUMNS[max(0, self._grid.currentIndex().column())]
        chosen = self._selected()
        if len(chosen) == 1:
            chosen = [*self._above(chosen[0]), *chosen]
        if column.field is None or column.value is None or column.field in ONLY_ONE:
            self.refused.emit(f"{column.title} cannot be filled down. Choose a cell of another column.")
            return
        try:
            made = filled(chosen, column)
        except BadValue as error:
            self.refused.emit(str(error))
            return
        self.writes += 1
        self._operations.change(items.edit_cells, made.cells, made.label)

    def move(self, up: bool) -> bool:
        """Move the selected items one place; False: they cannot go there."""
        board, chosen = self._board(), self._selected()
        if board is None or not chosen:
            return False
        if len({item.area_id for item in chosen}) > 1:
            self.refused.emit("These items stand in several areas. Choose items of one area to move them.")
            return False
        target = item_target(chosen, self._grid.table.visible_items(), board, up)
        if target is None:
            return False
        self._operations.change(items.move_items, [item.id for item in chosen], target.area_id, target.before_id)
        return True

    def move_to(self, area: AreaRow) -> None:
        """Move the selected items to the end of an area."""
        chosen = self._selected()
        if chosen:
            self._operations.change(items.move_items, [item.id for item in chosen], area.id, None)

    def _selected(self) -> list[ItemRow]:
        return self._grid.picks.items()

    def _above(self, item: ItemRow) -> list[ItemRow]:
        seen = [row for row in self._grid.table.rows if isinstance(row, ItemRow | AreaHead)]
        place = next((number for number, row in enumerate(seen) if row.id == item.id), 0)
        above = seen[place - 1] if place > 0 else None
        return [above] if isinstance(above, ItemRow) else []

    def _columns(self, start: int = 0) -> list[Column]:
        header = self._grid.horizontalHeader()
        return [
            column for number, column in enumerate(COLUMNS) if number >= start and not header.isSectionHidden(number)
        ]
