"""Checklist: the outline of areas and items with filters above and details at the right. It feels like a spreadsheet.

What is typed is stored at once, as steps that can be undone; the page shows what came of it.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from readiness.domain.filters import ItemFilter
from readiness.domain.views import ItemRow
from readiness.domain.vocabulary import Rating
from ui.board import BoardSource
from ui.contests import Contests
from ui.evidence_desk import EvidenceDesk
from ui.models.item_columns import COLUMNS
from ui.models.item_rows import AreaHead
from ui.models.item_table import ItemTable
from ui.models.saved_views import Preferences
from ui.operations import Operations
from ui.pages.checklist_actions import MORE, VIEW, ChecklistActions
from ui.pages.checklist_areas import ChecklistAreas
from ui.pages.checklist_details import ChecklistDetails
from ui.pages.checklist_evidence import ChecklistEvidence
from ui.pages.checklist_foot import ChecklistFoot
from ui.pages.checklist_registers import ChecklistRegisters
from ui.pages.checklist_review import ChecklistReview
from ui.pages.checklist_scope import ChecklistScope
from ui.pages.checklist_sync import ChecklistSync
from ui.pages.checklist_verbs import ChecklistVerbs
from ui.pages.checklist_view import ChecklistView
from ui.registers import RegisterSource
from ui.review_desk import ReviewDesk
from ui.theme import Theme


class ChecklistPage(QWidget):
    """Everything it does goes through `operations`; everything it shows comes from the board."""

    notice = Signal(str)  # what was copied or kept; what was written is told by `Operations.changed`
    refused = Signal(str)  # why something was not done; the foot says it
    scope_changed = Signal()  # other filters: `current_filter` has them
    inspection_wanted = Signal()  # somebody wants to track one
    view_wanted = Signal(str)  # the key of another side of the checklist
    action_wanted = Signal(str)  # id of an action
    area_actions_wanted = Signal(str)  # id of an area
    evidence_wanted = Signal(str)  # id of a piece of evidence

    def __init__(
        self,
        operations: Operations,
        source: BoardSource,
        theme: Theme,
        me: tuple[str, ...],
        kept: Preferences,
        registers: RegisterSource | None = None,
        desk: EvidenceDesk | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._operations, self._source = operations, source
        operations.failed.connect(self._on_failed)
        self.table = ItemTable(self)
        self.view = ChecklistView(theme, self.table, kept, self)
        self.grid, self.panel, self.head, self.foot = self.view.grid, self.view.panel, self.view.head, self.view.foot
        self.scope = ChecklistScope(self.head.filters, kept, me, self)
        self.verbs = ChecklistVerbs(operations, self.grid, lambda: source.board, self)
        self.areas = ChecklistAreas(operations, theme, lambda: source.board, self.grid.picks.current, self)
        self.details = ChecklistDetails(operations, self.panel, self.verbs, self)
        self.registers = ChecklistRegisters(registers or RegisterSource(operations, source, self), self.panel, self)
        desk = desk or EvidenceDesk(operations, source, theme, kept, self)
        self.evidence = ChecklistEvidence(operations, desk, self.view, self.verbs)
        reviews = ReviewDesk(operations, theme, self, self.flush)
        self.review = ChecklistReview(reviews, self.view, self.verbs, lambda: source.board)
        self._actions = ChecklistActions(theme, self, self.grid, self._deeds(), self.verbs.set_status)
        self.contests = Contests(self.table, self.grid, self.panel, self)
        self._sync = ChecklistSync(source, self.view, self.table, self.scope, self.details, self._actions, self.areas)
        self._actions.by_key["panel"].setChecked(self.view.has_panel)
        self.head.more.setMenu(self._actions.menu(MORE))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.first_focus = self.grid
        self._connect()
        if source.board is not None:
            self._sync.take(source.board, None)

    def show_filter(self, chosen: ItemFilter) -> None:
        """Show the rows behind a figure: this filter alone, with every area that matches unfolded."""
        self.flush()
        self.scope.show(chosen)
        self.table.open_all(True)
        self._sync.show()
        self.grid.picks.select([item.id for item in self.table.visible_items()[:1]])

    def set_inspection(self, inspection_id: str | None) -> None:
        """Show one inspection, or all (None); areas chosen in another one are let go."""
        if inspection_id != self.scope.inspection_id:
            self.flush()
            self.scope.inspection_id = self.areas.inspection_id = inspection_id
            self._sync.renew()

    def visit_ended(self) -> None:
        """Remember this visit: next time, what changed since it began carries a dot. For the end of it."""
        self.scope.visit_ended()

    def current_filter(self) -> ItemFilter:
        """Return the filter in force, the inspection shown included: what an export of this view takes."""
        return self.scope.whole

    def visible_items(self) -> tuple[ItemRow, ...]:
        """Return what the filter lets pass, in order, also what is folded away."""
        return self.table.visible_items()

    def select_item(self, item_id: str) -> None:
        """Go to an item: its area is unfolded, and filters that hide it are cleared."""
        board = self._source.board
        item = next((item for item in board.items if item.id == item_id), None) if board is not None else None
        if item is None:
            return
        self.flush()
        if all(seen.id != item_id for seen in self.table.visible_items()):
            self.scope.clear()
        self.table.set_open([item.area_id, item.inspection_id], True)
        self.grid.picks.select([item_id])
        self.grid.setFocus()

    def flush(self) -> None:
        """Store what is being typed, wherever it is typed."""
        self.grid.finish_editing()
        self.panel.flush()

    @property
    def unstored(self) -> tuple[str, ...]:
        """Say what was typed, cannot be stored as it is, and would be lost with the page: texts that are too long."""
        return self.panel.texts.unstored

    def set_theme(self, theme: Theme) -> None:
        """Draw the signs of the menus in another theme; the widgets are told by `retheme`."""
        self.areas.theme = theme
        self._actions.set_theme(theme)
        self.evidence.desk.theme = self.review.desk.theme = theme

    def page_actions(self) -> dict[str, list[QAction]]:
        """Return every action, by menu."""
        made = self._actions.by_menu()
        columns = self.head.columns.menu()
        if columns is not None:
            columns.setTitle("Columns")
            made[VIEW].append(columns.menuAction())
        return made

    def _connect(self) -> None:
        self.scope.changed.connect(self.scope_changed)
        self.head.switch.chosen.connect(self.view_wanted)
        self.registers.action_wanted.connect(self.action_wanted)
        self.registers.area_wanted.connect(self.area_actions_wanted)
        self.head.add_asked.connect(self.areas.add_item)
        self.head.clear_asked.connect(self.scope.clear)
        self.view.empty.acted.connect(self._on_empty_acted)
        self.view.panel_switched.connect(self._actions.by_key["panel"].setChecked)
        self.grid.edit_requested.connect(self.verbs.edit)
        self.grid.menu_wanted.connect(self._actions.pop_up)
        self.panel.edited.connect(self.verbs.edit)
        self.panel.confirmed.connect(self.verbs.confirm)
        self.panel.area_renamed.connect(self.areas.set_name)
        self.panel.rating_chosen.connect(self._on_rating_chosen)
        self.panel.stepped.connect(self.grid.step)
        self.evidence.evidence_wanted.connect(self.evidence_wanted)
        for notice in (self.verbs.notice, self.scope.notice, self.evidence.told):
            notice.connect(self.notice)
        refusals = (self.verbs.refused, self.scope.refused, self.areas.notice, self.panel.notice, self.evidence.refused)
        for refusal in refusals:
            refusal.connect(self.refused)
        self.refused.connect(ChecklistFoot(self._operations, self.view, self.verbs, self.flush).refuse)

    def _deeds(self) -> dict[str, Callable[[], object]]:
        verbs, areas, grid, scope, view = self.verbs, self.areas, self.grid, self.scope, self.view
        return {
            "add_item": areas.add_item, "edit": self._edit, "details": view.to_panel, "confirm": verbs.confirm,
            "add_action": self._add_action, **self.review.deeds,
            "link_evidence": self.evidence.link_existing, "attach": self.evidence.attach_files,
            "add_link": self.evidence.attach_address, "copy": verbs.copy, "paste": self._paste,
            "fill_down": verbs.fill_down, "select_all": grid.selectAll,
            "move_up": lambda: self._move(up=True), "move_down": lambda: self._move(up=False),
            "remove": self._remove, "restore": areas.restore, "add_area": areas.add_area,
            "rename_area": areas.rename_area, "remove_area": areas.remove_area, "filter": view.to_filter,
            "clear": scope.clear, "save_view": scope.save_view,
            "forget_view": scope.forget_view, "previous": lambda: grid.step(-1),
            "next": lambda: grid.step(1), "fold": grid.fold, "open_all": lambda: self.table.open_all(True),
            "close_all": lambda: self.table.open_all(False), "panel": view.toggle_panel,
        }  # fmt: skip

    def _add_action(self) -> None:
        self.view.to_panel()
        self.panel.item_actions.focus_line()

    def _on_failed(self) -> None:
        self.panel.fields.show_items(self.grid.picks.items())  # what was not written is not shown as if it were

    def _on_rating_chosen(self, rating: Rating) -> None:
        area = self.areas.current_area()
        if area is not None:
            self.scope.show_rating(rating, area.id)

    def _on_empty_acted(self) -> None:
        board = self._source.board
        if board is None or not board.inspections:
            self.inspection_wanted.emit()
        elif self.scope.chosen.is_empty:
            self.areas.add_area()
        else:
            self.scope.clear()

    def _edit(self) -> None:
        here = self.grid.currentIndex()
        if isinstance(self.grid.picks.current(), AreaHead):
            self.areas.rename_area()
        elif here.flags() & Qt.ItemFlag.ItemIsEditable:
            self.grid.edit(here)
        else:
            self.refused.emit(f"{COLUMNS[here.column()].title} is worked out and cannot be set.")

    def _paste(self) -> None:
        if not self.evidence.paste():
            self.verbs.paste()

    def _remove(self) -> None:
        if self.grid.picks.items():
            self.verbs.remove()
        elif any(isinstance(row, AreaHead) for row in self.grid.picks.rows()):
            self.areas.remove_area()

    def _move(self, *, up: bool) -> None:
        if isinstance(self.grid.picks.current(), AreaHead):
            self.areas.move_area(up)
        else:
            self.verbs.move(up)
