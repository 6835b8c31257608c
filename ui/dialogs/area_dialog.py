"""Area dialog: asks for a new area, or for another letter and title of one. It saves nothing."""

from collections.abc import Collection

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from readiness.domain.views import AreaDraft, AreaRow
from ui.theme import DIALOG_MARGINS, Theme
from ui.widgets.field_fault import FieldFault
from ui.widgets.labels import set_tone

LONGEST_CODE, LONGEST_TITLE = 20, 300


class AreaDialog(QDialog):
    """`taken` are the letters of the other areas of the inspection."""

    def __init__(
        self,
        theme: Theme,
        taken: Collection[str],
        area: AreaRow | None = None,
        code: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Rename the area" if area else "Add an area")
        self._taken = frozenset(taken)
        self._scale = area.scale if area else ()
        self.code = QLineEdit(area.code if area else code)
        self.title = QLineEdit(area.title if area else "")
        self.code.setMaxLength(LONGEST_CODE)
        self.title.setMaxLength(LONGEST_TITLE)
        self.fault = FieldFault(theme)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText("Rename" if area else "Add area")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        form = QFormLayout()
        for words, field in (("&Letter", self.code), ("&Title", self.title)):
            form.addRow(words, field)
            field.setAccessibleName(words.replace("&", ""))
            field.textChanged.connect(self._on_changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*DIALOG_MARGINS)
        layout.addLayout(form)
        layout.addWidget(self.fault)
        layout.addWidget(self.buttons)
        self.setMinimumWidth(420)
        self._on_changed()
        self.title.setFocus()

    def draft(self) -> AreaDraft:
        """Return the area as it was typed."""
        return AreaDraft(" ".join(self.code.text().split()), " ".join(self.title.text().split()), self._scale)

    @classmethod
    def ask(
        cls, theme: Theme, taken: Collection[str], parent: QWidget, area: AreaRow | None = None, code: str = ""
    ) -> AreaDraft | None:
        """Ask for an area, new or with another name; None when somebody thinks better of it."""
        dialog = cls(theme, taken, area, code, parent)
        return dialog.draft() if dialog.exec() else None

    def _on_changed(self) -> None:
        draft = self.draft()
        fault = f"There is an area {draft.code} already. Choose another letter." if draft.code in self._taken else ""
        self.fault.show_fault(fault)
        set_tone(self.code, "wrong", bool(fault))
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(bool(draft.code and draft.title) and not fault)
        ok.setToolTip(fault or ("" if draft.code and draft.title else "Write a letter and a title."))
