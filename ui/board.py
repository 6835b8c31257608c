"""Board source: the one copy of the board in the window; it re-reads only what a step changed and tells the pages."""

from __future__ import annotations  # names used only here cost no import before the first paint

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.operations import Operations

if TYPE_CHECKING:
    from readiness.domain.views import Board, Changes


class BoardSource(QObject):
    """Keeps the board of the day. Pages draw from `board` when `refreshed` is emitted."""

    refreshed = Signal(object, object)  # Board, and a tuple of Changes, or None when all of it was read again

    def __init__(self, operations: Operations, day: date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._board: Board | None = None
        self._waiting: list[Changes] = []  # written, not yet read
        self._reading: list[Changes] = []
        self.day = day
        self.follows_clock = True  # False where the day was chosen, as for pictures
        operations.changed.connect(self._on_changed)

    @property
    def board(self) -> Board | None:
        """The board as last read; None before the first answer."""
        return self._board

    def reload(self) -> None:
        """Read all of it again."""
        from readiness.services.boards import read_board

        self._operations.ask(self._on_read, read_board, self.day)

    def show(self, board: Board) -> None:
        """Take a board that was read while the workspace was opened."""
        self._on_read(board)

    def _on_read(self, board: Board) -> None:
        self._board = board
        self.refreshed.emit(board, None)

    def _on_changed(self, changes: Changes) -> None:
        self._waiting.append(changes)
        self._refresh()

    def _refresh(self) -> None:
        if self._board is None or self._reading or not self._waiting:
            return
        from readiness.services.boards import refresh_board

        self._reading, told = self._waiting, tuple(self._waiting)
        self._waiting = []
        self._operations.ask(partial(self._on_refreshed, told), refresh_board, self._board, told)

    def _on_refreshed(self, told: tuple[Changes, ...], board: Board) -> None:
        self._reading = []
        self._board = board
        self.refreshed.emit(board, told)
        self._refresh()
