"""Join dialog: which team, and its passphrase or being let in. It saves nothing; what is wrong stands below it."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from readiness.domain.sharing import Newcomer
from ui.theme import Theme
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.field_fault import FieldFault
from ui.widgets.introduction_form import IntroductionForm
from ui.widgets.labels import button, heading, label

WIDTH = 520


class JoinDialog(QDialog):
    """A folder or a bundle, the passphrase or the team's code, and where the workspace is kept."""

    join_wanted = Signal(str, str, str)  # source, passphrase, folder
    join_by_code_wanted = Signal(str, str, str)  # source, the team's code, folder

    def __init__(self, theme: Theme, folder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Join a team")
        self._folder = folder
        self.source, self.passphrase = QLineEdit(), QLineEdit()
        self.source.setAccessibleName("The team’s folder, a bundle or a hub’s address")
        self.source.setPlaceholderText("A shared folder, an .irtbundle file, or postgresql://…")
        self.passphrase.setAccessibleName("The team’s passphrase")
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.folder_button, self.bundle_button = button("Folder…"), button("Bundle…")
        self.by_passphrase = QRadioButton("I have the team’s &passphrase")
        self.by_code = QRadioButton("My &lead lets this laptop in")
        self.form = IntroductionForm(theme)
        self.fault = FieldFault(theme)
        self.where = ElidedLabel(f"Kept in {folder}", self)
        self.where.setProperty("tone", "quiet")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText("Join")
        self._lay_out(theme)
        self._connect()
        self.by_passphrase.setChecked(True)

    def _lay_out(self, theme: Theme) -> None:
        row = QHBoxLayout()
        for each in (self.source, self.folder_button, self.bundle_button):
            row.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(heading("Where does the team share?", theme, "strong"))
        layout.addLayout(row)
        layout.addSpacing(4)
        layout.addWidget(heading("How do you join?", theme, "strong"))
        self.told = label("Your lead tells it you by telephone.", "quiet")
        ways: tuple[QWidget, ...] = (self.by_passphrase, self.passphrase, self.told, self.by_code, self.form)
        for widget in (*ways, self.fault, self.where, self.buttons):
            layout.addWidget(widget)
        layout.addStretch(1)
        self.setMinimumWidth(WIDTH)

    def _connect(self) -> None:
        self.folder_button.clicked.connect(self._on_folder)
        self.bundle_button.clicked.connect(self._on_bundle)
        for line in (self.source, self.passphrase):
            line.textChanged.connect(self._judge)
        self.buttons.accepted.connect(self._on_join)
        self.buttons.rejected.connect(self.reject)
        self.form.changed.connect(self._judge)
        self.by_passphrase.toggled.connect(self._on_way_chosen)

    def show_fault(self, sentence: str) -> None:
        """Say what is wrong; everything typed stays."""
        self.setEnabled(True)
        self.ok.setText("Join")
        self.fault.show_fault(sentence)
        (self.passphrase if self.by_passphrase.isChecked() else self.form.code).setFocus()

    def show_newcomer(self, newcomer: Newcomer) -> None:
        """Show how this laptop introduced itself; whoever did that waits to be let in."""
        self.fault.show_fault("")
        self.form.show_newcomer(newcomer)
        self.by_code.setChecked(True)

    def _on_way_chosen(self, by_passphrase: bool) -> None:
        for each in (self.passphrase, self.told):
            each.setVisible(by_passphrase)
        self.form.setVisible(not by_passphrase)
        self._judge()
        self.adjustSize()

    def _on_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "The team’s shared folder", self.source.text())
        if chosen:
            self.source.setText(chosen)

    def _on_bundle(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "A colleague’s bundle", str(Path.home()), "Bundles (*.irtbundle)")
        if chosen:
            self.source.setText(chosen)

    def _on_join(self) -> None:
        self.fault.show_fault("")
        self.setEnabled(False)
        self.ok.setText("Joining…")
        if self.by_passphrase.isChecked():
            self.join_wanted.emit(self.source.text().strip(), self.passphrase.text(), self._folder)
        else:
            self.join_by_code_wanted.emit(self.source.text().strip(), self.form.code.text(), self._folder)

    def _judge(self) -> None:
        lacks = "" if self.passphrase.text() else "Write the team’s passphrase."
        if self.by_code.isChecked():
            lacks = self.form.lacks
        if not self.source.text().strip():
            lacks = "Choose the team’s place first."
        self.ok.setEnabled(not lacks)
        self.ok.setToolTip(lacks)
