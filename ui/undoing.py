"""Undoing: the Undo and Redo actions name their steps and take them."""

from __future__ import annotations  # names used only here cost no import before the first paint

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from ui.operations import Operations

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from readiness.domain.views import UndoState


class Undoing(QObject):
    """`flush` stores what is being typed, so that it is a step of its own before one is undone."""

    def __init__(self, operations: Operations, flush: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._operations, self._flush = operations, flush
        self._actions: dict[str, QAction] = {}

    def serve(self, undo: QAction, redo: QAction) -> None:
        """Name these actions."""
        self._actions = {"Undo": undo, "Redo": redo}
        self.clear()

    def undo(self) -> None:
        """Undo the last step."""
        from readiness.services.undo import undo

        self._flush()
        self._operations.change(undo)

    def redo(self) -> None:
        """Do again what was undone."""
        from readiness.services.undo import redo

        self._flush()
        self._operations.change(redo)

    def ask(self) -> None:
        """Read which steps come next."""

        def state(session: Session) -> UndoState:
            from readiness.services.undo import undo_state  # brings SQLAlchemy: in the worker

            return undo_state(session)

        self._operations.ask(self.show, state)

    def show(self, state: UndoState) -> None:
        """Name the steps that undo and redo would take."""
        self._name("Undo", state.undo)
        self._name("Redo", state.redo)

    def clear(self) -> None:
        """Nothing can be undone until it is known what."""
        self._name("Undo", None)
        self._name("Redo", None)

    def _name(self, word: str, label: str | None) -> None:
        action = self._actions[word]
        action.setEnabled(label is not None)
        action.setText(f"{word}: {label}" if label else word)
        action.setToolTip(f"{action.text()} ({action.shortcut().toString()})")
