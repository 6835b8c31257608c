"""Scheme names dialog: asks how a checklist is to be known as a framework. It writes nothing."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from readiness.services.schemes import SchemeNames, check_own
from ui.theme import DIALOG_MARGINS, Theme
from ui.widgets.labels import label, set_tone
from ui.widgets.scheme_form import SchemeForm

TAKES_ALONG = (
    "The file holds the areas and items as they stand now, with your wording, owners, due rules and priorities. "
    "Statuses, narratives and dates stay here."
)


class SchemeNamesDialog(QDialog):
    """OK waits until the names can stand in a file that can be brought back."""

    def __init__(self, theme: Theme, names: SchemeNames, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Write checklist out as a framework")
        self.form = SchemeForm(theme, names, check_own)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setText("Choose a file…")
        set_tone(ok, "kind", "primary")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*DIALOG_MARGINS)
        layout.addWidget(self.form)
        layout.addWidget(label(TAKES_ALONG, "quiet", wrap=True))
        layout.addWidget(self.buttons)
        self.form.changed.connect(self._on_changed)
        self.setMinimumWidth(520)
        self._on_changed()

    @classmethod
    def ask(cls, theme: Theme, names: SchemeNames, parent: QWidget) -> SchemeNames | None:
        """Ask for names, beginning with those suggested; None when somebody thinks better of it."""
        dialog = cls(theme, names, parent)
        return dialog.form.names() if dialog.exec() else None

    def _on_changed(self) -> None:
        problem = self.form.problem()
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(not problem)
        ok.setToolTip(problem)
