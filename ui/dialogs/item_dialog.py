"""Item dialog: asks for a new item. It saves nothing; OK waits until the item is sound."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from readiness.domain.due import parse_due_rule
from readiness.domain.editing import checked_text
from readiness.domain.errors import BadValue
from readiness.domain.views import AreaRow, Board, ItemDraft
from readiness.domain.vocabulary import ItemField, Kind, Priority
from ui.models.moving import next_reference
from ui.theme import DIALOG_MARGINS, Theme
from ui.widgets.field_fault import FieldFault
from ui.widgets.labels import set_tone
from ui.widgets.name_combo import NameCombo
from ui.widgets.narrative_edit import NarrativeEdit
from ui.widgets.word_combo import WORDS, WordCombo


class ItemDialog(QDialog):
    """A reference is proposed; owner and service may come later."""

    def __init__(
        self,
        theme: Theme,
        board: Board,
        areas: Sequence[AreaRow],
        area_id: str,
        known: dict[ItemField, list[str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Add an item")
        self._board, self._areas = board, tuple(areas)
        self.area = QComboBox()
        for area in self._areas:
            self.area.addItem(f"{area.code}  {area.title}")
        self.area.setCurrentIndex(max(0, [area.id for area in self._areas].index(area_id)))
        self.reference, self.title, self.rule = QLineEdit(), QLineEdit(), QLineEdit("held ready")
        self.guidance = NarrativeEdit("What good looks like", "What would show an inspector that this is met?")
        self.owner = NameCombo("Owner", known.get(ItemField.OWNER, ()))
        self.service = NameCombo("Service", known.get(ItemField.SERVICE, ()))
        self.kind = WordCombo(theme, "Kind", WORDS[ItemField.KIND])
        self.priority = WordCombo(theme, "Priority", WORDS[ItemField.PRIORITY])
        self.kind.show_word(Kind.DOCUMENT)
        self.priority.show_word(Priority.IMPORTANT)
        self.fault = FieldFault(theme)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._lay_out()
        self.area.currentIndexChanged.connect(self._on_area_changed)
        for line in (self.reference, self.title, self.rule):
            line.textChanged.connect(self._on_changed)
        self.guidance.textChanged.connect(self._on_changed)
        for name in (self.owner, self.service):
            name.editTextChanged.connect(self._on_changed)
        self._on_area_changed()
        self.setMinimumWidth(480)
        self.title.setFocus()

    def _lay_out(self) -> None:
        form = QFormLayout()
        rows: tuple[tuple[str, QWidget], ...] = (
            ("&Area", self.area),
            ("&Reference", self.reference),
            ("&Item", self.title),
            ("&What good looks like", self.guidance),
            ("&Kind", self.kind),
            ("&Priority", self.priority),
            ("&Due rule", self.rule),
            ("&Owner", self.owner),
            ("&Service", self.service),
        )
        for words, field in rows:
            form.addRow(words, field)
            field.setAccessibleName(words.replace("&", ""))
        self.rule.setPlaceholderText("held ready, day 3, on site …; empty: none")
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText("Add item")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*DIALOG_MARGINS)
        layout.addLayout(form)
        layout.addWidget(self.fault)
        layout.addWidget(self.buttons)

    def chosen_area(self) -> AreaRow:
        """Return the area the item is for."""
        return self._areas[self.area.currentIndex()]

    def draft(self) -> ItemDraft:
        """Return the item as it was typed."""
        kind, priority = self.kind.word, self.priority.word
        return ItemDraft(
            reference=" ".join(self.reference.text().split()),
            title=" ".join(self.title.text().split()),
            guidance=self.guidance.toPlainText(),
            kind=kind if isinstance(kind, Kind) else Kind.DOCUMENT,
            owner=self.owner.text(),
            service=self.service.text(),
            due_rule=str(parse_due_rule(self.rule.text())) if self.rule.text().strip() else "",
            priority=priority if isinstance(priority, Priority) else Priority.IMPORTANT,
        )

    @classmethod
    def ask(
        cls,
        theme: Theme,
        board: Board,
        areas: Sequence[AreaRow],
        area_id: str,
        known: dict[ItemField, list[str]],
        parent: QWidget,
    ) -> tuple[AreaRow, ItemDraft] | None:
        """Ask for an item and where it goes; None when somebody thinks better of it."""
        dialog = cls(theme, board, areas, area_id, known, parent)
        return (dialog.chosen_area(), dialog.draft()) if dialog.exec() else None

    def _on_area_changed(self) -> None:
        self.reference.setText(next_reference(self.chosen_area(), self._board))

    def _on_changed(self) -> None:
        fault = self._rule_fault() or self._reference_fault() or self._text_fault()
        self.fault.show_fault(fault)
        set_tone(self.rule, "wrong", bool(self._rule_fault()))
        set_tone(self.reference, "wrong", bool(self._reference_fault()))
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        missing = not self.title.text().strip() or not self.reference.text().strip()
        ok.setEnabled(not fault and not missing)
        ok.setToolTip("Write a reference and what the item is." if missing else fault)

    def _rule_fault(self) -> str:
        try:
            if self.rule.text().strip():
                parse_due_rule(self.rule.text())
        except BadValue as error:
            return str(error)
        return ""

    def _text_fault(self) -> str:
        texts = {
            ItemField.TITLE: self.title.text(),
            ItemField.GUIDANCE: self.guidance.toPlainText(),
            ItemField.OWNER: self.owner.text(),
            ItemField.SERVICE: self.service.text(),
        }
        try:
            for field, text in texts.items():
                if text.strip():
                    checked_text(field, text)
        except BadValue as error:
            return str(error)
        return ""

    def _reference_fault(self) -> str:
        reference = " ".join(self.reference.text().split())
        inspection_id = self.chosen_area().inspection_id
        if any(item.reference == reference and item.inspection_id == inspection_id for item in self._board.items):
            return f"There is an item {reference} already. Write another reference."
        try:
            if reference:
                checked_text(ItemField.REFERENCE, reference)
        except BadValue as error:
            return str(error)
        return ""
