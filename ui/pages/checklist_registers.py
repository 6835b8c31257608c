"""Checklist registers: what is being done about the item or area in the panel, kept in step with the actions."""

from PySide6.QtCore import QObject, Signal

from readiness.domain.actions import Registers
from readiness.domain.evidence import ActionDraft
from readiness.services import actions
from ui.registers import RegisterSource
from ui.widgets.item_panel import ItemPanel


class ChecklistRegisters(QObject):
    """Fills the panel's sections of actions, and adds what is written there."""

    action_wanted = Signal(str)  # id
    area_wanted = Signal(str)  # id: all of its actions

    def __init__(self, registers: RegisterSource, panel: ItemPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._registers, self._panel = registers, panel
        registers.refreshed.connect(self._take)
        panel.item_actions.added.connect(self._on_added)
        panel.item_actions.opened.connect(self.action_wanted)
        panel.chain.opened.connect(self.action_wanted)
        panel.chain.all_wanted.connect(self.area_wanted)
        registers.want()
        if registers.registers is not None:
            self._take(registers.registers)

    def _take(self, found: Registers) -> None:
        board = self._registers.board
        if board is not None:
            self._panel.item_actions.take(found, board.day)
            self._panel.chain.take(found, board.day)

    def _on_added(self, item_id: str, title: str) -> None:
        self._registers.change(actions.add_action, ActionDraft(title, item_id=item_id))
