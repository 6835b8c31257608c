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
        self._reading = False  # an answer is under way
        self._is_stale = False  # an answer failed: the board lacks what was written
        self._asked = 0  # counts full reads: answers to earlier questions are dropped
        self.day = day
        self.follows_clock = True  # False where the day was chosen, as for pictures
        operations.changed.connect(self._on_changed)

    @property
    def board(self) -> Board | None:
        """The board as last read; None before the first answer."""
        return self._board

    def reload(self) -> None:
        """Read all of it again, for the day that is shown now; answers asked for before are dropped."""
        from readiness.services.boards import read_board

        self._asked += 1
        self._waiting, self._reading, self._is_stale = [], True, False
        then = partial(self._on_read, self._asked)
        self._operations.ask_or(partial(self._on_failed, self._asked), then, read_board, self.day)

    def show(self, board: Board) -> None:
        """Take a board that was read while the workspace was opened."""
        self._asked += 1
        self._waiting, self._reading, self._is_stale = [], False, False
        self._on_read(self._asked, board)

    def _on_read(self, asked: int, board: Board) -> None:
        if asked == self._asked:
            self._reading = False
            self._board = board
            self.refreshed.emit(board, None)
            self._refresh()

    def _on_changed(self, changes: Changes) -> None:
        self._waiting.append(changes)
        self._refresh()

    def _refresh(self) -> None:
        if self._board is None or self._reading or not self._waiting:
            return
        if self._is_stale:
            self.reload()
            return
        from readiness.services.boards import refresh_board

        told, self._waiting, self._reading = tuple(self._waiting), [], True
        then = partial(self._on_refreshed, self._asked, told)
        failed = partial(self._on_failed, self._asked)
        self._operations.ask_or(failed, then, refresh_board, self._board, told)

    def _on_refreshed(self, asked: int, told: tuple[Changes, ...], board: Board) -> None:
        if asked != self._asked:
            return  # all of it was asked for meanwhile
        self._reading = False
        self._board = board
        self.refreshed.emit(board, told)
        self._refresh()

    def _on_failed(self, asked: int, error: Exception) -> None:
        """What was written is not shown yet: the next change, or the next day, reads all of it again."""
        if asked == self._asked:
            self._reading, self._is_stale = False, True
        self._operations.failed.emit(error)
