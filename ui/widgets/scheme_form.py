"""Scheme form: the id, edition and titles under which a checklist is to be known, and what is wrong with them."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QVBoxLayout, QWidget

from readiness.domain.errors import BadValue
from readiness.services.schemes import SchemeNames
from ui.theme import Theme
from ui.widgets.field_fault import FieldFault

Check = Callable[[SchemeNames], None]
"""Raises BadValue for names that will not do."""


class SchemeForm(QWidget):
    """Four lines, and below them the sentence that names the cure."""

    changed = Signal()

    def __init__(self, theme: Theme, names: SchemeNames, check: Check, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._check = check
        self.id, self.edition = QLineEdit(names.id), QLineEdit(names.edition)
        self.title, self.short_title = QLineEdit(names.title), QLineEdit(names.short_title)
        self.fault = FieldFault(theme)
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        for words, field, tip in (
            ("&Title", self.title, "As it is named in full"),
            ("&Short title", self.short_title, "As it stands in the inspection switch"),
            ("&Id", self.id, "How the program knows it: small letters, digits and hyphens"),
            ("&Edition", self.edition, "Which edition it is, such as 2026"),
        ):
            form.addRow(words, field)
            field.setAccessibleName(words.replace("&", ""))
            field.setToolTip(tip)
            field.setCursorPosition(0)
            field.textChanged.connect(self._on_changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(form)
        layout.addWidget(self.fault)
        self._on_changed()

    def names(self) -> SchemeNames:
        """Return what stands there now."""
        return SchemeNames(self.id.text(), self.edition.text(), self.title.text(), self.short_title.text())

    def problem(self) -> str:
        """Return what is wrong, in a sentence; "" when nothing is."""
        try:
            self._check(self.names())
        except BadValue as error:
            return str(error)
        return ""

    def set_read_only(self, is_read_only: bool) -> None:
        """Show what stands there without letting it be changed."""
        for field in (self.id, self.edition, self.title, self.short_title):
            field.setReadOnly(is_read_only)

    def _on_changed(self) -> None:
        self.fault.show_fault(self.problem())
        self.changed.emit()
