"""Reason dialog: why something is sent back. Asks; the caller saves."""

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from ui.widgets.labels import label

_OK = QDialogButtonBox.StandardButton.Ok


class ReasonDialog(QDialog):
    """OK waits until there is a reason; Ctrl+Enter presses it."""

    def __init__(self, title: str, prompt: str, ok: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("Reason")
        self.text.setTabChangesFocus(True)
        self.buttons = QDialogButtonBox(_OK | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(_OK).setText(ok)
        self.buttons.button(_OK).setProperty("kind", "primary")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(label(prompt, wrap=True))
        layout.addWidget(self.text, 1)
        layout.addWidget(self.buttons)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.buttons.button(_OK).click)
        self.text.textChanged.connect(self._on_text_changed)
        self._on_text_changed()
        self.resize(460, 220)
        self.text.setFocus()

    def reason(self) -> str:
        """Return what was written."""
        return self.text.toPlainText().strip()

    @classmethod
    def ask(cls, title: str, prompt: str, ok: str, parent: QWidget | None) -> str | None:
        """Ask; None when somebody thinks better of it."""
        dialog = cls(title, prompt, ok, parent)
        return dialog.reason() if dialog.exec() else None

    def _on_text_changed(self) -> None:
        ok = self.buttons.button(_OK)
        ok.setEnabled(bool(self.reason()))
        ok.setToolTip("Ctrl+Enter" if self.reason() else "Write why, so that whoever worked on it knows what to do.")
