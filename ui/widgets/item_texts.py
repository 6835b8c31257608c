"""Item texts: what good looks like, and the item's three narratives; stored when the writer pauses or leaves."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from readiness.domain.views import ItemEdit, ItemRow, Narratives
from readiness.domain.vocabulary import ImpactLevel, ItemField
from ui.theme import Theme
from ui.widgets.click_text import ClickText
from ui.widgets.field_fault import FieldFault
from ui.widgets.labels import heading, label
from ui.widgets.narrative_edit import NarrativeEdit
from ui.widgets.word_combo import WORDS, WordCombo

_ASKS = {
    ItemField.POSITION: "What would we tell the inspector?",
    ItemField.IMPACT: "What has changed for children?",
    ItemField.GAP: "What is still weak?",
}
NO_GUIDANCE = "Say what good evidence looks like."


class ItemTexts(QWidget):
    """`edited` brings one field's new value. What is being typed is never put back by what was read.

    What is too long to be stored is kept with its item, also while another is shown, until somebody shortens it.
    """

    edited = Signal(object, object)  # tuple of one item id, ItemEdit
    notice = Signal(str)  # what was typed and could not be stored
    left = Signal()  # Esc in a narrative: the keyboard may go back to the grid

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._id = self._reference = ""
        self.is_read = False  # whether the texts of the item were shown
        self._drafts: dict[tuple[str, ItemField], tuple[str, str]] = {}  # of items left: what is wrong, and the text
        self.guidance = ClickText(theme, ItemField.GUIDANCE.label, NO_GUIDANCE, parent=self)
        self.level = WordCombo(theme, ItemField.IMPACT_LEVEL.label, WORDS[ItemField.IMPACT_LEVEL], self)
        self.level.setProperty("kind", "field")
        self.level.setProperty("sign", "always")
        self.narratives = {field: NarrativeEdit(field.label, asks, self) for field, asks in _ASKS.items()}
        self._lay_out(theme)
        self.guidance.entered.connect(self._on_guidance_entered)
        self.level.chosen.connect(self._on_level_chosen)
        for edit in self.narratives.values():
            edit.paused.connect(self._on_paused)
            edit.left.connect(self.left)

    def _lay_out(self, theme: Theme) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(heading(ItemField.GUIDANCE.label, theme, "strong", self))
        layout.addWidget(self.guidance)
        for field, edit in self.narratives.items():
            head = QHBoxLayout()
            head.setContentsMargins(0, 4, 0, 0)
            head.addWidget(heading(field.label, theme, "strong", self))
            head.addStretch(1)
            if field is ItemField.IMPACT:
                head.addWidget(label("Level:", "quiet", self))
                head.addWidget(self.level)
            fault = FieldFault(theme, self)
            edit.refused.connect(fault.show_fault)
            layout.addLayout(head)
            layout.addWidget(edit)
            layout.addWidget(fault)

    def editors(self) -> dict[ItemField, QWidget]:
        """Return what edits each field."""
        return {ItemField.GUIDANCE: self.guidance, ItemField.IMPACT_LEVEL: self.level, **self.narratives}

    def show_item(self, item: ItemRow) -> None:
        """Turn to an item; what was typed for the one before is brought first. Its texts come with `show_texts`."""
        if item.id != self._id:
            self.flush()
            for field, edit in self._refused().items():
                self._drafts[self._id, field] = (self._fault(edit), edit.toPlainText())
            self._id, self._reference, self.is_read = item.id, item.reference, False
            self.guidance.replace_text("")
            for edit in self.narratives.values():
                edit.replace_text("")
                edit.setEnabled(False)  # until its text was read: nobody writes into the wrong one
        self.level.show_word(item.impact_level)

    def show_texts(self, item_id: str, texts: Narratives) -> None:
        """Show what was read, unless another item is shown by now; a field that is being typed in stays."""
        if item_id != self._id:
            return
        self.is_read = True
        self.guidance.show_text(texts.guidance)
        for field, text in (
            (ItemField.POSITION, texts.position),
            (ItemField.IMPACT, texts.impact),
            (ItemField.GAP, texts.gap),
        ):
            edit = self.narratives[field]
            edit.setEnabled(True)
            edit.set_text(text)
        for field in (ItemField.GUIDANCE, *self.narratives):
            _, draft = self._drafts.pop((item_id, field), ("", ""))
            if draft:
                (self.guidance if field is ItemField.GUIDANCE else self.narratives[field]).show_draft(draft)

    def flush(self) -> None:
        """Bring what was typed and not yet said; what is too long stays, and that is told."""
        self.guidance.flush()
        for edit in self.narratives.values():
            edit.flush()
        for edit in self._refused().values():
            self.notice.emit(f"{self._fault(edit)} Until then it is not stored.")

    @property
    def unstored(self) -> tuple[str, ...]:
        """Say what was typed, here or for items shown before, and is too long to be stored."""
        return (*map(self._fault, self._refused().values()), *(fault for fault, _ in self._drafts.values()))

    def _fault(self, edit: NarrativeEdit) -> str:
        return f"{self._reference}: {edit.fault}"

    def _refused(self) -> dict[ItemField, NarrativeEdit]:
        """Return the fields whose text is too long."""
        found = {field: edit for field, edit in self.narratives.items() if edit.fault}
        if self.guidance.edit is not None and self.guidance.edit.fault:
            found[ItemField.GUIDANCE] = self.guidance.edit
        return found

    def _on_guidance_entered(self, text: str) -> None:
        self._tell(ItemField.GUIDANCE, text)

    def _on_level_chosen(self, level: ImpactLevel) -> None:
        self._tell(ItemField.IMPACT_LEVEL, level)

    def _on_paused(self, text: str) -> None:
        field = next((field for field, edit in self.narratives.items() if edit is self.sender()), None)
        if field is not None:
            self._tell(field, text)

    def _tell(self, field: ItemField, value: object) -> None:
        if self._id:
            self.edited.emit((self._id,), ItemEdit(field, value))
