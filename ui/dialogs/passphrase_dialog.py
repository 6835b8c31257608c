"""Passphrase dialog: asks for the team's passphrase twice, and says what makes a good one. It saves nothing."""

from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from readiness.domain.passphrases import why_too_easy
from ui.theme import Theme
from ui.widgets.field_fault import FieldFault
from ui.widgets.labels import label

WIDTH = 440


class PassphraseDialog(QDialog):
    """Two lines that must agree."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("The team’s passphrase")
        self.line, self.again = QLineEdit(), QLineEdit()
        self.fault = FieldFault(theme)
        self.shown = QCheckBox("Show what I write")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText("Set passphrase")
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        said = "Colleagues join the team with it. Five words or more are easy to remember and hard to guess."
        layout.addWidget(label(said, wrap=True))
        for line, name in ((self.line, "Passphrase"), (self.again, "Once more")):
            line.setAccessibleName(name)
            line.setPlaceholderText(name)
            line.setEchoMode(QLineEdit.EchoMode.Password)
            line.textChanged.connect(self._judge)
            layout.addWidget(line)
        for each in (self.shown, self.fault, self.buttons):
            layout.addWidget(each)
        layout.addWidget(label("Tell it by telephone, never by e-mail. It is not kept on this laptop.", "quiet"))
        self.setMinimumWidth(WIDTH)
        self.shown.toggled.connect(self._on_shown)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._judge()

    def passphrase(self) -> str:
        """Return what was written."""
        return self.line.text()

    def _on_shown(self, on: bool) -> None:
        for line in (self.line, self.again):
            line.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)

    def _judge(self) -> None:
        wrong = why_too_easy(self.line.text())
        if not wrong and self.again.text() != self.line.text():
            wrong = "Write the same once more."
        self.fault.show_fault(wrong if self.line.text() else "")
        self.ok.setEnabled(not wrong)
        self.ok.setToolTip(wrong)
