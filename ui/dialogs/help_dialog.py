"""Help dialog: the user guide that ships with the program, and the table of keys made from the menus themselves."""

from collections.abc import Iterable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QListWidget, QTextBrowser, QVBoxLayout, QWidget

from resources import resource

PAGES = (
    ("Start here", "start.md"),
    ("Overview", "overview.md"),
    ("Checklist", "checklist.md"),
    ("Evidence and readiness", "evidence.md"),
    ("Review, checks and actions", "review.md"),
    ("The call and the plan", "call.md"),
    ("Frameworks and editions", "frameworks.md"),
    ("History and undo", "history.md"),
    ("Sharing between laptops", "share.md"),
    ("Excel summary", "excel.md"),
    ("Where data is kept", "data.md"),
)


class HelpDialog(QDialog):
    """Stays open beside the window while people try what it says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("User guide")
        layout = QVBoxLayout(self)
        row = QHBoxLayout()
        self.contents = QListWidget()
        self.contents.setAccessibleName("Contents")
        self.contents.addItems([title for title, _ in PAGES])
        self.contents.setFixedWidth(180)
        self.text = QTextBrowser()
        self.text.setAccessibleName("Guide")
        self.text.setOpenLinks(False)  # nothing in here leaves the laptop
        row.addWidget(self.contents)
        row.addWidget(self.text, 1)
        layout.addLayout(row, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.contents.currentRowChanged.connect(self._on_page_chosen)
        self.contents.setCurrentRow(0)
        self.resize(860, 600)

    def _on_page_chosen(self, number: int) -> None:
        self.text.setMarkdown(resource("help", PAGES[number][1]).read_text(encoding="utf-8"))


class KeysDialog(QDialog):
    """Every key and what it does, as the menus have them."""

    def __init__(self, actions: Iterable[tuple[str, QAction]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard")
        layout = QVBoxLayout(self)
        self.text = QTextBrowser()
        self.text.setAccessibleName("Keys")
        lines = ["| Key | What it does | Menu |", "|---|---|---|"]
        for menu, action in actions:
            keys = ", ".join(each.toString(QKeySequence.SequenceFormat.NativeText) for each in action.shortcuts())
            if keys:
                lines.append(f"| {keys.replace('|', '&#124;')} | {action.text().replace('&', '')} | {menu} |")
        self.text.setMarkdown("\n".join(lines))
        layout.addWidget(self.text)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.resize(640, 600)
