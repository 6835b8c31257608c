"""Register source: the actions and findings of the window, read once, laid out on the board, kept in step with both."""

from __future__ import annotations  # names used only here cost no import before the first paint

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from ui.board import BoardSource
from ui.operations import Operations
from ui.turns import Turns, is_large

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from readiness.domain.actions import Registers
    from readiness.domain.evidence import ActionRow, FindingRow
    from readiness.domain.steps import Step
    from readiness.domain.views import Board, Changes

    Rows = tuple[tuple[ActionRow, ...], tuple[FindingRow, ...]]

P = ParamSpec("P")
KINDS = ("action", "finding")


def read_registers(session: Session) -> Rows:
    """Return all actions and findings."""
    from readiness.services.dossiers import read_actions, read_findings  # brings SQLAlchemy: in the worker

    return read_actions(session), read_findings(session)


class RegisterSource(QObject):
    """Reads when somebody first wants it; `change` is the way to write, so that an older answer never undoes typing."""

    refreshed = Signal(object)  # Registers

    def __init__(self, operations: Operations, source: BoardSource, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations, self._source = operations, source
        self._rows: Rows | None = None
        self._is_wanted = False
        self._is_stale = False  # something was written that was not read yet
        self._laid_on: Board | None = None
        self._turns = Turns(self)
        self.writes = 0  # asked for so far: an answer read before the last of them is old
        self.registers: Registers | None = None
        operations.changed.connect(self._on_changed)
        operations.failed.connect(self._on_failed)
        source.refreshed.connect(self._on_board_refreshed)

    @property
    def board(self) -> Board | None:
        """The board they are laid out on."""
        return self._source.board

    def want(self) -> None:
        """Somebody shows them from now on: read them, once."""
        if not self._is_wanted:
            self._is_wanted = True
            self._read()

    def change(self, use_case: Callable[Concatenate[Session, P], Step], *args: P.args, **kwargs: P.kwargs) -> None:
        """Write what a use case returns, as one step that can be undone."""
        self.writes += 1
        self._is_stale = True
        self._operations.change(use_case, *args, **kwargs)

    def _read(self) -> None:
        self._operations.ask(partial(self._on_read, self.writes), read_registers)

    def _on_read(self, writes: int, rows: Any) -> None:
        if isValid(self) and writes == self.writes:  # else what was written meanwhile has asked again
            self._rows, self._is_stale = rows, False
            self._lay_out()

    def _on_changed(self, changes: Changes) -> None:
        if self._is_wanted and (self._is_stale or any(changes.of(kind) for kind in KINDS)):
            self._is_stale = True
            self._read()

    def _on_failed(self) -> None:
        self._is_stale = False  # what was not written will not be read either

    def _on_board_refreshed(self, _board: Board, told: tuple[Changes, ...] | None) -> None:
        is_same = self._source.board is self._laid_on
        if self._rows is not None and not self._is_stale and not is_same:  # else what comes next lays them out
            self._turns.start(self._lay_out, at_once=not is_large(told))

    def _lay_out(self) -> None:
        from readiness.domain.actions import registers_of

        board = self._source.board
        if board is not None and self._rows is not None:
            self.registers, self._laid_on = registers_of(*self._rows, board), board
            self.refreshed.emit(self.registers)
