"""Preferences: who works here, what the workspace is called, and who may sign off. Asks; the caller saves."""

from dataclasses import dataclass

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from readiness.domain.views import Identity
from readiness.domain.vocabulary import SERVICES
from ui.theme import DIALOG_MARGINS


@dataclass(frozen=True, slots=True)
class PreferencesAnswer:
    """What somebody entered."""

    identity: Identity
    workspace_title: str
    four_eyes: bool  # nobody signs off what they claim themselves


class PreferencesDialog(QDialog):
    """OK waits until there is a name or a role, and a name for the workspace."""

    def __init__(
        self, identity: Identity, workspace_title: str, parent: QWidget | None = None, *, four_eyes: bool = True
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Preferences")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*DIALOG_MARGINS)
        form = QFormLayout()
        self.name = QLineEdit(identity.name)
        self.name.setPlaceholderText("First name and surname")
        self.role = QLineEdit(identity.role)
        self.role.setPlaceholderText("Head of SEND")
        self.service = QComboBox()
        self.service.setEditable(True)
        self.service.addItems(["", *SERVICES])
        self.service.setCurrentText(identity.service)
        self.workspace_title = QLineEdit(workspace_title)
        for label, field in (
            ("Your &name", self.name),
            ("Your &role", self.role),
            ("Your &service", self.service),
            ("&Workspace", self.workspace_title),
        ):
            form.addRow(label, field)
            field.setAccessibleName(label.replace("&", ""))
        layout.addLayout(form)
        said = QLabel("Items whose owner is your name or your role count as yours.")
        said.setObjectName("quiet")
        said.setWordWrap(True)
        layout.addWidget(said)
        self.four_eyes = QCheckBox("Nobody signs &off what they claim themselves")
        self.four_eyes.setAccessibleName("Nobody signs off what they claim themselves")
        self.four_eyes.setToolTip("This holds for everybody who works with this workspace")
        self.four_eyes.setChecked(four_eyes)
        layout.addWidget(self.four_eyes)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout.addWidget(self.buttons)
        for line in (self.name, self.role, self.workspace_title):
            line.textChanged.connect(self._on_text_changed)
        self._on_text_changed()
        self.setMinimumWidth(420)

    def answer(self) -> PreferencesAnswer:
        """Return what was entered."""
        identity = Identity(self.name.text().strip(), self.role.text().strip(), self.service.currentText().strip())
        return PreferencesAnswer(identity, self.workspace_title.text().strip(), self.four_eyes.isChecked())

    @classmethod
    def ask(
        cls, identity: Identity, workspace_title: str, parent: QWidget, *, four_eyes: bool
    ) -> PreferencesAnswer | None:
        """Ask; None when somebody thinks better of it."""
        dialog = cls(identity, workspace_title, parent, four_eyes=four_eyes)
        return dialog.answer() if dialog.exec() else None

    def _on_text_changed(self) -> None:
        answer = self.answer()
        sound = bool((answer.identity.name or answer.identity.role) and answer.workspace_title)
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(sound)
        ok.setToolTip("" if sound else "Write your name or your role, and what the workspace is called.")
