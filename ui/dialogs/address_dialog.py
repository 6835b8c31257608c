"""Address dialog: asks where a link leads, and says what is kept as text and not opened. It saves nothing."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from readiness.domain.addresses import checked_address, is_openable, kept_as_text
from readiness.domain.errors import BadValue
from ui.theme import Theme
from ui.widgets.field_fault import FieldFault
from ui.widgets.labels import button, label, set_tone

WIDTH = 480


class AddressDialog(QDialog):
    """Begins with the address on the clipboard, where one is there."""

    def __init__(self, theme: Theme, title: str, url: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._before = url
        self.line = QLineEdit(url or _copied())
        self.line.setAccessibleName("Address")
        self.line.setPlaceholderText("https://www.gov.uk/…")
        self.fault = FieldFault(theme)
        self.note = label("", "quiet", wrap=True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.browse = button("Choose a file…")
        self.browse.setToolTip("Link to where a file lies, without a copy of it")
        self.buttons.addButton(self.browse, QDialogButtonBox.ButtonRole.ActionRole)
        self.browse.clicked.connect(self._on_browse)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(label("Where does it lead? Paste the address of a page, or the path of a file on a server."))
        for each in (self.line, self.fault, self.note, self.buttons):
            layout.addWidget(each)
        self.setMinimumWidth(WIDTH)
        self.line.textChanged.connect(self._judge)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.line.selectAll()
        self._judge()

    @classmethod
    def ask(cls, theme: Theme, title: str, url: str, parent: QWidget) -> str:
        """Ask for an address; "" when somebody thinks better of it."""
        dialog = cls(theme, title, url, parent)
        return dialog.address() if dialog.exec() else ""

    def address(self) -> str:
        """Return the address as it is kept; "" while it is none."""
        try:
            return checked_address(self.line.text())
        except BadValue:
            return ""

    def _on_browse(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Link to a file")
        if chosen:
            self.line.setText(QUrl.fromLocalFile(chosen).toString(QUrl.ComponentFormattingOption.FullyEncoded))

    def _judge(self) -> None:
        address, text = self.address(), self.line.text().strip()
        wrong = ""
        if text and not address:
            try:
                checked_address(text)
            except BadValue as error:
                wrong = str(error)
        self.fault.show_fault(wrong)
        set_tone(self.line, "wrong", bool(wrong))
        self.note.setText(kept_as_text(address) if address else "")
        self.note.setVisible(bool(self.note.text()))
        sound = bool(address) and address != self._before
        self.ok.setEnabled(sound)
        self.ok.setToolTip(wrong or ("" if sound else "Write another address."))


def _copied() -> str:
    """Return the web address that was copied last; "" where something else was."""
    text = QGuiApplication.clipboard().text().strip()
    return text if is_openable(text) and len(text.split()) == 1 else ""
