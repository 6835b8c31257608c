"""Long texts: the narratives of one record, stored when the writer pauses or leaves.

What is too long to be stored is kept with its record, also while another is shown, until somebody shortens it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from readiness.domain.plain_words import shown
from ui.theme import Theme
from ui.widgets.field_fault import FieldFault
from ui.widgets.narrative_edit import NarrativeEdit


class LongTexts(QObject):
    """`edited` brings one field's new text. What is being typed is never put back by what was read."""

    edited = Signal(str, object, str)  # id of the record, field, text
    notice = Signal(str)  # what was typed and could not be stored
    left = Signal()  # Esc: the keyboard may go back to the grid

    def __init__(self, theme: Theme, asks: Sequence[tuple[Any, str, str]], parent: QWidget) -> None:
        """Make a field for each of `asks`: the field, its name, and what it asks."""
        super().__init__(parent)
        self._id = self._name = ""
        self._drafts: dict[tuple[str, Any], tuple[str, str]] = {}  # of records left: what is wrong, and the text
        self.edits = {field: NarrativeEdit(name, question, parent) for field, name, question in asks}
        self.faults = {field: FieldFault(theme, parent) for field in self.edits}
        for field, edit in self.edits.items():
            edit.refused.connect(self.faults[field].show_fault)
            edit.paused.connect(self._on_paused)
            edit.left.connect(self.left)

    def place(self, field: Any, layout: QVBoxLayout) -> None:
        """Put a field and its sentence into a layout."""
        layout.addWidget(self.edits[field])
        layout.addWidget(self.faults[field])

    def show_texts(self, id_: str, name: str, texts: Mapping[Any, str]) -> None:
        """Show the texts of a record; what was typed for the one before is brought first."""
        if id_ == self._id:
            for field, text in texts.items():
                self.edits[field].set_text(text)
            return
        self.leave()
        self._id, self._name = id_, name
        for field, text in texts.items():
            self.edits[field].replace_text(text)
            _, draft = self._drafts.pop((id_, field), ("", ""))
            if draft:
                self.edits[field].show_draft(draft)

    def leave(self) -> None:
        """Bring what was typed, and keep aside what cannot be stored: no record is shown from now on."""
        self.flush()
        for field, edit in self.edits.items():
            if edit.fault:
                self._drafts[self._id, field] = (self._fault(edit), edit.toPlainText())
                edit.replace_text("")
        self._id = ""

    def flush(self) -> None:
        """Bring what was typed and not yet said; what is too long stays, and that is told."""
        for edit in self.edits.values():
            edit.flush()
            if edit.fault:
                self.notice.emit(f"{self._fault(edit)} Until then it is not stored.")

    @property
    def unstored(self) -> tuple[str, ...]:
        """Say what was typed, here or for records shown before, and is too long to be stored."""
        here = [self._fault(edit) for edit in self.edits.values() if edit.fault]
        return (*here, *(fault for fault, _ in self._drafts.values()))

    def _fault(self, edit: NarrativeEdit) -> str:
        return f"{shown(self._name)}: {edit.fault}"

    def _on_paused(self, text: str) -> None:
        field = next((field for field, edit in self.edits.items() if edit is self.sender()), None)
        if field is not None and self._id:
            self.edited.emit(self._id, field, text)
