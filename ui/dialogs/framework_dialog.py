"""Framework dialog: judgements, visits, timetable and lists of a framework, to be read and copied; changes nothing."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QTextBrowser, QVBoxLayout, QWidget

from readiness.domain.views import FrameworkDraft
from readiness.services.list_files import ListCheck
from ui.models.framework_html import Section, check_section, framework_sections, section_html
from ui.theme import DIALOG_MARGINS, Theme
from ui.widgets.foot_strip import announce
from ui.widgets.labels import button, heading
from ui.widgets.plain_text import make_plain

SIZE = (960, 640)
ROW = 28


class FrameworkDialog(QDialog):
    """Sections at the left, what is said at the right; a file can be compared with the list that is shown."""

    check_wanted = Signal(object)  # ListSpec

    def __init__(self, theme: Theme, draft: FrameworkDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("About the framework")
        self._theme = theme
        self._sections = framework_sections(draft)
        self._shown = self._sections[0]
        self.contents = QListWidget()
        self.contents.setAccessibleName("Contents")
        self.contents.addItems([section.title for section in self._sections])
        self.contents.setFixedWidth(248)
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for number, section in enumerate(self._sections):
            self.contents.item(number).setToolTip(section.title)
            self.contents.item(number).setSizeHint(QSize(0, ROW))
        self.text = QTextBrowser()
        make_plain(self.text)
        self.text.setAccessibleName("What the framework says")
        self.copy = button("&Copy the table")
        self.copy.clicked.connect(self._on_copy)
        self.check = button("Check a &file’s headings…")
        self.check.setToolTip("Only the first row of the file is looked at; nothing of it is kept")
        self.check.clicked.connect(self._on_check)
        close = button("Close", "primary")
        close.setDefault(True)
        close.clicked.connect(self.reject)
        self._lay_out(draft, close)
        self.contents.currentRowChanged.connect(self._on_chosen)
        self.contents.setCurrentRow(0)
        self.contents.setFocus()
        self.resize(*SIZE)

    def _lay_out(self, draft: FrameworkDraft, close: QWidget) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.contents)
        middle.addWidget(self.text, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.check)
        foot.addWidget(self.copy)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*DIALOG_MARGINS)
        layout.setSpacing(12)
        layout.addWidget(heading(draft.title, self._theme, "h2"))
        layout.addLayout(middle, 1)
        layout.addLayout(foot)

    def show_check(self, found: ListCheck) -> None:
        """Show what came of comparing a file with the list that is shown; another page shows its own again."""
        section = check_section(found)
        if self._shown.spec == found.spec:
            self._show(section)
            announce(self.text, section.said)

    def _on_chosen(self, number: int) -> None:
        self._show(self._sections[number])

    def _show(self, section: Section) -> None:
        self._shown = section
        quiet, line = self._theme.color("text2").name(), self._theme.color("border").name()
        self.text.setHtml(section_html(section, quiet, line))
        self.check.setVisible(section.spec is not None)
        self.copy.setEnabled(bool(section.text()))
        self.copy.setText("&Copy the columns" if section.copied else "&Copy the table")
        self.copy.setToolTip("To be pasted into a sheet" if section.text() else "There is nothing to copy here.")

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._shown.text())

    def _on_check(self) -> None:
        self.check_wanted.emit(self._shown.spec)
