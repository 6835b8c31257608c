"""Checklist areas: the verbs that ask something first: new items and areas, other names, and what was removed."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from readiness.domain.views import AreaRow, Board, ItemRow, RemovedRow
from readiness.domain.vocabulary import ItemField
from readiness.services import actions, areas, evidence, findings, inspections, items, queries
from ui.dialogs.area_dialog import AreaDialog
from ui.dialogs.item_dialog import ItemDialog
from ui.dialogs.removed_dialog import RemovedDialog
from ui.models.item_rows import AreaHead, GridRow, InspectionHead
from ui.models.moving import area_target
from ui.operations import Operations
from ui.theme import Theme

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class ChecklistAreas(QObject):
    """Dialogs ask, this asks for the step. `board` and `here` say what is shown and where the keyboard is."""

    notice = Signal(str)

    def __init__(
        self,
        operations: Operations,
        theme: Theme,
        board: Callable[[], Board | None],
        here: Callable[[], GridRow | None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._operations, self._board, self._here, self._over = operations, board, here, parent
        self.theme = theme
        self.inspection_id: str | None = None
        self.known: dict[ItemField, list[str]] = {}

    def current_area(self) -> AreaRow | None:
        """Return the area in which the keyboard is; the first one shown when it is in none."""
        board, row = self._board(), self._here()
        if board is None:
            return None
        shown = self._shown_areas(board)
        if isinstance(row, AreaHead):
            return row.area
        wanted = row.area_id if isinstance(row, ItemRow) else ""
        inspection = row.id if isinstance(row, InspectionHead) else None
        inside = [area for area in shown if inspection in (None, area.inspection_id)]
        return next((area for area in shown if area.id == wanted), inside[0] if inside else None)

    def add_item(self) -> None:
        """Ask for an item and add it below the current one, or at the end of the chosen area."""
        board, area = self._board(), self.current_area()
        if board is None or area is None:
            self.notice.emit("An item needs an area to stand in. Add an area first.")
            return
        row = self._here()
        asked = ItemDialog.ask(self.theme, board, self._shown_areas(board), area.id, self.known, self._over)
        if asked is not None:
            chosen, draft = asked
            before = _after(row, board) if isinstance(row, ItemRow) and row.area_id == chosen.id else None
            self._operations.change(items.add_item, chosen.id, draft, before)

    def add_area(self) -> None:
        """Ask for an area and add it below the current one."""
        board, area = self._board(), self.current_area()
        inspection_id = self._inspection_for_area(board, area)
        if board is None or inspection_id is None:
            return
        near = [each for each in board.areas if each.inspection_id == inspection_id]
        taken = {each.code for each in near}
        free = next((letter for letter in LETTERS if letter not in taken), "")
        draft = AreaDialog.ask(self.theme, taken, self._over, code=free)
        if draft is not None:
            place = near.index(area) + 1 if area is not None and area in near else len(near)
            before = near[place].id if place < len(near) else None
            self._operations.change(areas.add_area, inspection_id, draft, before)

    def rename_area(self) -> None:
        """Ask for another letter and title of the current area."""
        board, area = self._board(), self.current_area()
        if board is None or area is None:
            return
        others = {each.code for each in board.areas if each.inspection_id == area.inspection_id and each.id != area.id}
        draft = AreaDialog.ask(self.theme, others, self._over, area)
        if draft is not None and (draft.code, draft.title) != (area.code, area.title):
            self.set_name(area.id, draft.code, draft.title)

    def set_name(self, area_id: str, code: str, title: str) -> None:
        """Give an area a letter and a title."""
        self._operations.change(areas.edit_area, area_id, code, title)

    def remove_area(self) -> None:
        """Remove the current area with its items; nothing is asked, it can be undone."""
        area = self.current_area()
        if area is not None:
            self._operations.change(areas.remove_area, area.id)

    def move_area(self, up: bool) -> None:
        """Move the current area one place."""
        board, area = self._board(), self.current_area()
        if board is None or area is None:
            return
        can_move, before = area_target(area, board, up)
        if can_move:
            self._operations.change(areas.move_area, area.id, before)

    def restore(self) -> None:
        """Show what was removed and bring back what is chosen."""
        self._operations.ask(self._on_removed_read, queries.removed_rows)

    def _on_removed_read(self, rows: tuple[RemovedRow, ...]) -> None:
        if not isValid(self):
            return
        everywhere = ("inspection", "evidence")
        wanted = [row for row in rows if row.kind in everywhere or self.inspection_id in (None, row.inspection_id)]
        chosen = RemovedDialog.ask(self.theme, wanted, self._over)
        for row in chosen:
            if row.kind == "inspection":
                self._operations.change(inspections.restore_inspection, row.id)
            elif row.kind == "area":
                self._operations.change(areas.restore_area, row.id)
        for kind, restore in (("action", actions.restore_actions), ("finding", findings.restore_findings)):
            listed = [row.id for row in chosen if row.kind == kind]
            if listed:
                self._operations.change(restore, listed)
        lone = [row.id for row in chosen if row.kind == "item"]
        if lone:
            self._operations.change(items.restore_items, lone)
        proof = [row.id for row in chosen if row.kind == "evidence"]
        if proof:
            self._operations.change(evidence.restore_evidence, proof)

    def _shown_areas(self, board: Board) -> list[AreaRow]:
        return [area for area in board.areas if self.inspection_id in (None, area.inspection_id)]

    def _inspection_for_area(self, board: Board | None, area: AreaRow | None) -> str | None:
        if self.inspection_id is not None:
            return self.inspection_id
        if area is not None:
            return area.inspection_id
        return board.inspections[0].id if board is not None and board.inspections else None


def _after(item: ItemRow, board: Board) -> str | None:
    """Return the item that follows another in its area; None: it is the last."""
    near = [each.id for each in board.items if each.area_id == item.area_id]
    place = near.index(item.id) + 1 if item.id in near else len(near)
    return near[place] if place < len(near) else None
