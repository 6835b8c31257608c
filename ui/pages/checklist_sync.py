"""Checklist sync: what the page shows follows the board, the scope and the selection; nothing here asks for changes."""

from functools import partial

from PySide6.QtCore import QObject, QTimer

from readiness.domain.views import Board, Changes
from ui.board import BoardSource
from ui.models.item_table import ItemTable
from ui.pages.checklist_actions import ChecklistActions
from ui.pages.checklist_areas import ChecklistAreas
from ui.pages.checklist_details import ChecklistDetails
from ui.pages.checklist_scope import ChecklistScope
from ui.pages.checklist_view import NOTHING, ChecklistView
from ui.turns import Turns, is_large

NO_MATCH = ("No items match", "The filters hide every item.", "Clear filters")
NO_AREAS = ("No areas yet", "A checklist begins with a heading; its items stand below it.", "Add area")


class ChecklistSync(QObject):
    """`take` a board, `renew` after another scope, `show` after another filter."""

    def __init__(
        self,
        source: BoardSource,
        view: ChecklistView,
        table: ItemTable,
        scope: ChecklistScope,
        details: ChecklistDetails,
        actions: ChecklistActions,
        areas: ChecklistAreas,
    ) -> None:
        super().__init__(view)
        self._source, self._view, self._table, self._scope = source, view, table, scope
        self._details, self._actions, self._areas = details, actions, areas
        self._grid = view.grid
        self._known: frozenset[str] = frozenset()  # the items of the board before
        self._turns = Turns(self)
        source.refreshed.connect(self.take)
        scope.changed.connect(self.show)
        scope.views_changed.connect(self._offer)
        self._grid.edit_ended.connect(self._on_edit_ended)
        self._grid.picks.picked.connect(self._on_picked)

    def take(self, board: Board, told: tuple[Changes, ...] | None) -> None:
        """Show another board. What was added becomes current; what was removed leaves its place to the next."""
        before, self._known = self._known, frozenset(item.id for item in board.items)
        if told is None:
            self._scope.visit(board.workspace.id)
            self._table.changed_since = self._scope.changed_since
        added = [item.id for item in board.items if item.id not in before] if told and before else []
        follow = partial(self._follow, tuple(added), bool(before - self._known))
        if is_large(told):
            rows = self._grid.viewport()
            rows.setUpdatesEnabled(False)  # they are painted in a turn of their own
            self._turns.start(partial(rows.setUpdatesEnabled, True), self._renew_offer, follow, at_once=False)
            self.show()
        else:
            self.renew()
            self._turns.start(follow, at_once=True)

    def _follow(self, added: tuple[str, ...], is_fewer: bool) -> None:
        """Let the selection and the panel follow the rows that came, went or changed."""
        if len(added) == 1:
            self._grid.picks.select(added)
        if self._source.board is not None:
            self._details.refresh(self._source.board)
        if is_fewer and not self._grid.picks.rows() and not self._view.panel.item_id:
            self._grid.picks.select_place(self._grid.currentIndex().row())
        self._on_picked()

    def _renew_offer(self) -> None:
        """Offer what can be chosen now; show anew only where a chosen area is gone."""
        chosen = self._scope.chosen
        self._offer()
        if self._scope.chosen != chosen:
            self.show()

    def renew(self) -> None:
        """Offer what can be chosen now, and show."""
        self._offer()
        self.show()

    def show(self) -> None:
        """Show what inspection and filter leave."""
        board, scope = self._source.board, self._scope
        if board is None:
            return
        self._table.hold(self._grid.is_editing)
        self._table.show_board(board, scope.chosen, scope.inspection_id)
        shown = self._table.visible_items()
        whole = sum(scope.inspection_id in (None, item.inspection_id) for item in board.items)
        changed = sum(map(self._table.is_changed, shown))
        self._say_astray()
        self._view.head.say_count(len(shown), whole, changed, scope.changed_since)
        if not board.inspections:
            self._view.show_empty(NOTHING)
        elif not self._table.rows:
            self._view.show_empty(NO_AREAS if scope.chosen.is_empty else NO_MATCH)
        else:
            self._view.show_empty(None)

    def _offer(self) -> None:
        board = self._source.board
        if board is None:
            return
        known = self._scope.offer(board)
        self._grid.delegate.known = self._areas.known = known
        for field, names in known.items():
            self._view.panel.fields.set_known(field, names)
        self._grid.measure_references(item.reference for item in board.items)

    def _on_picked(self) -> None:
        board, rows = self._source.board, self._grid.picks.rows()
        self._actions.show_state(rows, self._grid.picks.current())
        if board is not None:
            self._details.show_rows(rows, board)
        self._say_astray()

    def _say_astray(self) -> None:
        """Say where the panel keeps an item that the filters hide by now; one folded away is not hidden by them."""
        id_ = self._view.panel.item_id
        is_here = not id_ or self._table.place_of(id_) is not None
        self._view.say_astray(not is_here and all(item.id != id_ for item in self._table.visible_items()))

    def _on_edit_ended(self) -> None:
        QTimer.singleShot(0, self, self._catch_up)

    def _catch_up(self) -> None:
        self._table.hold(self._grid.is_editing)  # Tab opens the next editor at once: it is still held then
