"""Checklist foot: refusals with a sign of their own; Undo for as long as it undoes what the notice names.

The pages of actions, findings and scrutiny have one too.
"""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from readiness.services import undo
from ui.operations import Operations
from ui.widgets.foot_strip import FootStrip


class Footed(Protocol):
    """A view with a grid, a panel and a foot."""

    @property
    def grid(self) -> QWidget:
        """Where the keyboard goes back to."""

    @property
    def panel(self) -> QWidget:
        """Where texts are typed."""

    @property
    def foot(self) -> FootStrip:
        """Where it is said."""


class Counting(Protocol):
    """Verbs that count what they ask for."""

    @property
    def writes(self) -> int:
        """How many steps were asked for so far."""


class ChecklistFoot(QObject):
    """`flush` stores what is being typed: it is a step of its own, and came after what the notice names."""

    def __init__(self, operations: Operations, view: Footed, verbs: Counting, flush: Callable[[], None]) -> None:
        super().__init__(view.foot)
        self._operations, self._view, self._verbs, self._flush = operations, view, verbs, flush
        view.foot.undo_asked.connect(self._on_undo_asked)
        for line in view.panel.findChildren(QLineEdit):
            line.textEdited.connect(view.foot.withdraw_undo)
        for text in view.panel.findChildren(QPlainTextEdit):
            text.textChanged.connect(self._on_text_changed)

    def refuse(self, words: str) -> None:
        """Say why something was not done."""
        self._view.foot.show_notice(words, warning=True)

    def _on_text_changed(self) -> None:
        text = self.sender()
        if isinstance(text, QPlainTextEdit) and text.hasFocus():  # else it shows what was read
            self._view.foot.withdraw_undo()

    def _on_undo_asked(self) -> None:
        before = self._verbs.writes
        self._flush()
        if self._verbs.writes == before:  # else what was typed would be undone, and not what was named
            self._operations.change(undo.undo)
        self._view.grid.setFocus()
