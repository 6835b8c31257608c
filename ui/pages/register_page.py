"""Register page: actions, findings or scrutiny: a grid with filters above and details at the right.

What is typed is stored at once, as steps that can be undone; the page shows what came of it.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from readiness.domain.actions import Registers
from readiness.domain.views import Board
from readiness.domain.vocabulary import SERVICES, ActionField
from ui.contests import Contests
from ui.models.action_table import ActionTable
from ui.models.places import Places, places_of
from ui.models.register_columns import Field, Line, where
from ui.models.register_words import in_order
from ui.models.saved_views import Preferences
from ui.operations import Operations
from ui.pages.checklist_foot import ChecklistFoot
from ui.pages.register_actions import MORE, RegisterActions
from ui.pages.register_kinds import Kind
from ui.pages.register_verbs import RegisterVerbs
from ui.pages.register_view import RegisterView
from ui.registers import RegisterSource
from ui.theme import Theme
from ui.widgets.action_panel import ActionPanel
from ui.widgets.finding_panel import FindingPanel
from ui.widgets.register_fields import value_in


class RegisterPage(QWidget):
    """Everything it does goes through `registers.change`; everything it shows comes from the registers."""

    view_wanted = Signal(str)  # the key of another side of the checklist
    item_wanted = Signal(str)  # id
    line_wanted = Signal(str, str)  # key of a page, id of an action or finding
    refused = Signal(str)  # why something was not done; the foot says it

    def __init__(
        self,
        operations: Operations,
        registers: RegisterSource,
        kind: Kind,
        theme: Theme,
        kept: Preferences,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._registers, self.kind = registers, kind
        self._inspection: str | None = None
        self._known: frozenset[str] = frozenset()  # ids of all lines before the last refresh
        self._wanted = ""  # the line to go to as soon as it is there
        self._places_of: tuple[object, ...] = (None, None, None, None)  # what the offered places were made of
        self._offered = Places()
        self.table = ActionTable(kind.columns, self)
        self.view = RegisterView(theme, kind, self.table, kept, self)
        self.grid, self.panel, self.bar, self.foot = self.view.grid, self.view.panel, self.view.bar, self.view.foot
        self.contests = Contests(self.table, self.grid, self.panel, self)
        self.verbs = RegisterVerbs(operations, registers, kind, self.grid, theme, self)
        self.verbs.ordered = lambda: self.bar.order
        self.actions_of = RegisterActions(theme, self, self.grid, self._deeds(), kind.statuses, self.verbs.set_status)
        self.actions_of.by_key["panel"].setChecked(self.view.has_panel)
        self.view.more.setMenu(self.actions_of.menu(MORE))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.first_focus = self.grid
        foot = ChecklistFoot(operations, self.view, self.verbs, self.flush)
        self._connect(foot)
        operations.failed.connect(self._on_failed)
        registers.want()
        if registers.registers is not None:
            self._take(registers.registers)

    def _connect(self, foot: ChecklistFoot) -> None:
        self._registers.refreshed.connect(self._take)
        self.bar.changed.connect(self._show)
        self.grid.picks.picked.connect(self._on_picked)
        self.grid.edit_requested.connect(self.verbs.edit)
        self.grid.edit_ended.connect(self._on_edit_ended)
        self.grid.menu_wanted.connect(self.actions_of.pop_up)
        self.view.add.clicked.connect(self.verbs.add)
        self.view.clear.clicked.connect(self.bar.clear)
        self.view.empty.acted.connect(self._on_empty_acted)
        self.view.switch.chosen.connect(self.view_wanted)
        self.view.panel_switched.connect(self.actions_of.by_key["panel"].setChecked)
        self.panel.edited.connect(self.verbs.edit)
        self.panel.placed.connect(self.verbs.place)
        self.panel.stepped.connect(self.grid.step)
        if isinstance(self.panel, FindingPanel):
            self.panel.action_wanted.connect(self._on_action_wanted)
            self.panel.answer_wanted.connect(self.verbs.answer)
        else:
            self.panel.finding_wanted.connect(self._on_finding_wanted)
        for refusal in (self.panel.notice, self.verbs.refused):
            refusal.connect(self.refused)
        self.refused.connect(foot.refuse)

    def _deeds(self) -> dict[str, Callable[[], object]]:
        verbs, view, grid = self.verbs, self.view, self.grid
        own: dict[str, Callable[[], object]] = (
            {"answer": verbs.answer} if self.kind.record == "finding" else {"to_item": self._to_item}
        )
        return own | {
            "add": verbs.add, "edit": self._edit, "details": view.to_panel, "select_all": grid.selectAll,
            "move_up": lambda: verbs.move(up=True), "move_down": lambda: verbs.move(up=False),
            "remove": verbs.remove, "restore": verbs.restore, "filter": view.to_filter, "clear": self.bar.clear,
            "previous": lambda: grid.step(-1), "next": lambda: grid.step(1), "panel": view.toggle_panel,
        }  # fmt: skip

    # what the window asks

    def set_inspection(self, inspection_id: str | None) -> None:
        """Show what belongs to one inspection, or to all (None)."""
        if inspection_id != self._inspection:
            self.flush()
            self._inspection = self.verbs.inspection_id = inspection_id
            self._renew()

    def show_line(self, id_: str) -> None:
        """Go to one line as soon as it is there; filters that hide it are cleared."""
        self._wanted = id_
        self._go()

    def show_area(self, area_id: str) -> None:
        """Show what belongs to one area alone."""
        self.flush()
        chosen: Any = replace(self.kind.empty, areas=(area_id,))
        self.bar.show_filter(chosen)
        self._show()

    def flush(self) -> None:
        """Store what is being typed, wherever it is typed."""
        self.grid.finish_editing()
        self.panel.flush()

    @property
    def unstored(self) -> tuple[str, ...]:
        """Say what was typed, cannot be stored as it is, and would be lost with the page."""
        return self.panel.unstored

    def set_theme(self, theme: Theme) -> None:
        """Draw the signs of the menus in another theme; the widgets are told by themselves."""
        self.verbs.theme = theme
        self.actions_of.set_theme(theme)

    def page_actions(self) -> dict[str, list[QAction]]:
        """Return every action, by menu."""
        return self.actions_of.by_menu()

    # what is shown

    def _take(self, registers: Registers) -> None:
        """Show other registers. What was added becomes current."""
        lines = self.kind.lines(registers)
        before, self._known = self._known, frozenset(line.id for line in lines)
        added = [line.id for line in lines if line.id not in before] if before else []
        self._renew()
        if len(added) == 1:
            self._wanted = self._wanted or added[0]
        self._go()

    def _renew(self) -> None:
        """Offer what can be chosen now, and show."""
        registers, board = self._registers.registers, self._registers.board
        if registers is None or board is None:
            return
        lines = self._within(registers)
        self.bar.offer(lines, board, self._inspection)
        places = self._places(board)
        known = self._names(registers)
        self.verbs.places, self.verbs.known = places, known
        self.grid.delegate.known = known
        self.panel.offer(known, places)
        self.grid.measure_places(where(line) for line in lines)
        self._show()

    def _places(self, board: Board) -> Places:
        """Return where a line can belong; made anew only where the board has other rows."""
        made_of = (board.inspections, board.areas, board.items, self._inspection)
        if any(new is not old for new, old in zip(made_of, self._places_of, strict=True)):
            self._places_of = made_of
            self._offered = places_of(board, self._inspection, with_items=self.kind.record == "action")
        return self._offered

    def _show(self) -> None:
        """Show what inspection, filter and order leave."""
        registers, board = self._registers.registers, self._registers.board
        if registers is None or board is None:
            return
        within, chosen = self._within(registers), self.bar.chosen
        shown = in_order([line for line in within if self.kind.passes(line, chosen)], self.bar.order)
        self.table.hold(self.grid.is_editing)
        self.table.show_lines(shown, board.day, board.calendar)
        self.view.count.setText(self.kind.say(shown, len(within)))
        self.view.clear.setVisible(not chosen.is_empty)
        self.view.show_empty(None if shown else self.kind.nothing if chosen.is_empty else self.kind.no_match)
        self._on_picked()

    def _within(self, registers: Registers) -> list[Line]:
        bare: Any = replace(self.kind.empty, inspections=(self._inspection,) if self._inspection else ())
        return [line for line in self.kind.lines(registers) if self.kind.passes(line, bare)]

    def _names(self, registers: Registers) -> dict[Field, list[str]]:
        every: Sequence[Line] = registers.findings if self.kind.record == "finding" else registers.actions
        board = self._registers.board
        known: dict[Field, list[str]] = {}
        for field in self.kind.names:
            names = {str(value_in(line, field)) for line in every}
            if str(field.value) == "owner" and board is not None:
                names |= {item.owner for item in board.items}
            offered = SERVICES if field is ActionField.SERVICE else ()
            known[field] = [*offered, *sorted(names - {"", *offered}, key=str.casefold)]
        return known

    def _go(self) -> None:
        if not self._wanted or self._registers.registers is None:
            return
        if self.table.place_of(self._wanted) is None and self._wanted in self._known:
            self.bar.clear()
        if self.grid.picks.select([self._wanted]):
            self._wanted = ""

    def _on_picked(self) -> None:
        lines = self.grid.picks.rows()
        if not lines and self.table.rows:  # what was removed leaves its place to the next
            self.grid.picks.select_place(max(0, self.grid.currentIndex().row()))
            return
        item = self.verbs.item_of(lines[0]) if len(lines) == 1 else ""
        self.actions_of.show_state(len(lines), bool(item))
        self.panel.show_lines(lines)
        if isinstance(self.panel, ActionPanel) and len(lines) == 1:
            self.panel.name_finding(self._finding_title(lines[0]))

    def _finding_title(self, line: Line) -> str:
        wanted = getattr(line.action, "finding_id", "") if hasattr(line, "action") else ""
        registers = self._registers.registers
        found = registers.findings if registers is not None else ()
        return next((each.finding.title for each in found if each.id == wanted), "")

    def _on_failed(self) -> None:
        self.panel.show_lines(self.grid.picks.rows())  # what was not written is not shown as if it were

    def _on_edit_ended(self) -> None:
        QTimer.singleShot(0, self, self._catch_up)

    def _catch_up(self) -> None:
        self.table.hold(self.grid.is_editing)  # Tab opens the next editor at once: it is still held then

    # what is asked here

    def _on_empty_acted(self) -> None:
        if self.bar.chosen.is_empty:
            self.verbs.add()
        else:
            self.bar.clear()

    def _edit(self) -> None:
        here = self.grid.currentIndex()
        if here.flags() & Qt.ItemFlag.ItemIsEditable:
            self.grid.edit(here)
        else:
            self.refused.emit(f"{self.kind.columns[here.column()].title} is worked out. Change it in the panel.")

    def _to_item(self) -> None:
        item = self.verbs.item_of(self.grid.picks.current())
        if item:
            self.item_wanted.emit(item)

    def _on_action_wanted(self, id_: str) -> None:
        self.line_wanted.emit("actions", id_)

    def _on_finding_wanted(self, id_: str) -> None:
        self.line_wanted.emit("findings", id_)
