"""Join dialog: which team, and its passphrase. It saves nothing; what is wrong stands beside what was typed."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.field_fault import FieldFault
from ui.widgets.labels import button, heading, label

WIDTH = 520


class JoinDialog(QDialog):
    """A folder or a bundle, the passphrase, and where the workspace is kept."""

    join_wanted = Signal(str, str, str)  # source, passphrase, folder

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
        self.fault = FieldFault(theme)
        self.where = ElidedLabel(f"Kept in {folder}", self)
        self.where.setProperty("tone", "quiet")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText("Join")
        row = QHBoxLayout()
        for each in (self.source, self.folder_button, self.bundle_button):
            row.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(heading("Where does the team share?", theme, "strong"))
        layout.addLayout(row)
        layout.addSpacing(4)
        layout.addWidget(heading("The team’s passphrase", theme, "strong"))
        layout.addWidget(self.passphrase)
        layout.addWidget(label("Your lead tells it you by telephone.", "quiet"))
        below: tuple[QWidget, ...] = (self.fault, self.where, self.buttons)
        for widget in below:
            layout.addWidget(widget)
        self.setMinimumWidth(WIDTH)
        self.folder_button.clicked.connect(self._on_folder)
        self.bundle_button.clicked.connect(self._on_bundle)
        for line in (self.source, self.passphrase):
            line.textChanged.connect(self._judge)
        self.buttons.accepted.connect(self._on_join)
        self.buttons.rejected.connect(self.reject)
        self._judge()

    def show_fault(self, sentence: str) -> None:
        """Say what is wrong; everything typed stays."""
        self.setEnabled(True)
        self.ok.setText("Join")
        self.fault.show_fault(sentence)
        self.passphrase.setFocus()

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
        self.join_wanted.emit(self.source.text().strip(), self.passphrase.text(), self._folder)

    def _judge(self) -> None:
        ready = bool(self.source.text().strip() and self.passphrase.text())
        self.ok.setEnabled(ready)
        self.ok.setToolTip("" if ready else "Choose the team’s place and write its passphrase.")
