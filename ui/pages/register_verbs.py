"""Register verbs: what keys and menus do to actions and findings. Each asks for one step that can be undone."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from readiness.domain.actions import ActionLine
from readiness.domain.evidence import ActionDraft, FindingDraft
from readiness.domain.views import RemovedRow
from readiness.domain.vocabulary import Word
from readiness.services import actions, findings, queries
from ui.dialogs.action_dialog import ActionDialog
from ui.dialogs.finding_dialog import FindingDialog
from ui.dialogs.removed_dialog import RemovedDialog
from ui.models.places import Place, Places
from ui.models.register_columns import Field, Line
from ui.operations import Operations
from ui.pages.register_kinds import Kind
from ui.registers import RegisterSource
from ui.theme import Theme
from ui.widgets.register_grid import RegisterGrid


class RegisterVerbs(QObject):
    """Acts on what is selected in the grid; dialogs ask, this asks for the step."""

    refused = Signal(str)  # why something was not done

    def __init__(
        self,
        operations: Operations,
        registers: RegisterSource,
        kind: Kind,
        grid: RegisterGrid,
        theme: Theme,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._operations, self._registers, self._kind = operations, registers, kind
        self._grid, self._over = grid, parent
        self.theme = theme
        self.places = Places()
        self.known: Mapping[Field, Sequence[str]] = {}
        self.inspection_id: str | None = None
        self.ordered: Callable[[], str] = str  # the order in force; "" where people's own is shown

    @property
    def writes(self) -> int:
        """How many steps were asked for so far."""
        return self._registers.writes

    def edit(self, ids: Sequence[str], field: object, value: object) -> None:
        """Give a field of some of them a value."""
        if ids:
            verbs = self._kind.verbs
            self._registers.change(verbs.edit, tuple(ids), [verbs.make_edit(field, value)])

    def set_status(self, status: Word) -> None:
        """Set the status of what is selected."""
        self.edit(self._ids(), self._kind.status_field, status)

    def place(self, ids: Sequence[str], place: Place) -> None:
        """Say where some of them belong."""
        given = place.given
        if self._kind.record == "finding":
            given.pop("item_id", None)
        self._registers.change(self._kind.verbs.place, tuple(ids), **given)

    def add(self) -> None:
        """Ask for another one and add it below the current one."""
        if not self.places:
            return
        line = self._grid.picks.current()
        here = self.places.words_of(line) if line is not None else self._here()
        draft: ActionDraft | FindingDraft | None
        if self._kind.record == "finding":
            draft = FindingDialog.ask(self.theme, self.places, here, self.known, self._over)
            verb: Callable[..., object] = findings.add_finding
        else:
            promised = self._kind.key == "scrutiny"
            draft = ActionDialog.ask(self.theme, self.places, here, self.known, self._over, promised=promised)
            verb = actions.add_action
        if draft is not None:
            self._registers.change(verb, draft, self._below(line))  # type: ignore[arg-type]  # either verb takes it

    def answer(self) -> None:
        """Add an action that answers the selected finding."""
        for id_ in self._ids()[:1]:
            self._registers.change(actions.action_from_finding, id_)

    def remove(self) -> None:
        """Remove what is selected; nothing is asked, it can be undone."""
        if self._ids():
            self._registers.change(self._kind.verbs.remove, self._ids())

    def restore(self) -> None:
        """Show what was removed and bring back what is chosen."""
        self._operations.ask(self._on_removed_read, queries.removed_rows)

    def move(self, *, up: bool) -> None:
        """Move what is selected one place; as shown, past what the filters hide."""
        order = self.ordered()
        if order:
            self.refused.emit(f"They stand ordered {order.lower()}. Clear the order to move them yourself.")
            return
        ids, rows = self._ids(), [line.id for line in self._grid.table.rows]
        if not ids:
            return
        places = sorted(rows.index(id_) for id_ in ids)
        if up and places[0] > 0:
            self._registers.change(self._kind.verbs.move, ids, rows[places[0] - 1])
        elif not up and places[-1] < len(rows) - 1:
            after = rows[places[-1] + 2] if places[-1] + 2 < len(rows) else None
            self._registers.change(self._kind.verbs.move, ids, after)

    def item_of(self, line: Line | None) -> str:
        """Return the item a line belongs to; "" where it belongs to none."""
        return line.item.id if isinstance(line, ActionLine) and line.item is not None else ""

    def _ids(self) -> list[str]:
        return [line.id for line in self._grid.picks.rows()]

    def _below(self, line: Line | None) -> str | None:
        """Return what follows the current line, which a new one is to stand before; None: the end."""
        rows = self._grid.table.rows
        place = self._grid.table.place_of(line.id) if line is not None else None
        return rows[place + 1].id if place is not None and place + 1 < len(rows) and not self.ordered() else None

    def _here(self) -> str:
        return self.places.words_for(Place(inspection_id=self.inspection_id or ""))

    def _on_removed_read(self, rows: tuple[RemovedRow, ...]) -> None:
        if not isValid(self):
            return
        wanted = [row for row in rows if row.kind == self._kind.record]
        chosen = [row.id for row in RemovedDialog.ask(self.theme, wanted, self._over)]
        if chosen:
            self._registers.change(self._kind.verbs.restore, chosen)
