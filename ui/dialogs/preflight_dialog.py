"""Pre-flight dialog: whether this laptop is ready to go offline, line by line. It asks; `ui/preflight.py` does."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from readiness.domain.preflight import Light, PreflightFacts, PreflightLine, head_line, judge
from ui.theme import Theme
from ui.widgets.foot_strip import announce
from ui.widgets.labels import button, heading, label
from ui.widgets.light_list import LightList
from ui.widgets.progress_line import ProgressLine

SIZE = (820, 600)
LOOKING = "Looking through the workspace …"


class PreflightDialog(QDialog):
    """Stays open while things are put right, and looks again."""

    wanted = Signal()  # look again
    stopped = Signal()
    backup_wanted = Signal()
    fetch_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Pre-flight")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._theme = theme
        self.head = heading("", theme, "h2")
        self.head.setWordWrap(True)
        self.note = label("", "warning", wrap=True)
        self.list = LightList(theme)
        self.list.setAccessibleName("What was found")
        self.progress = ProgressLine()
        self.fetch, self.backup = button("&Fetch copies…"), button("&Back up now")
        self.again, self.close_button = button("Check &again"), button("Close", "primary")
        self._lay_out()
        self.progress.cancelled.connect(self.stopped)
        self.again.clicked.connect(self.wanted)
        self.backup.clicked.connect(self.backup_wanted)
        self.fetch.clicked.connect(self.fetch_wanted)
        self.close_button.clicked.connect(self.reject)
        self.show_progress(LOOKING)

    def _lay_out(self) -> None:
        self.resize(*SIZE)
        self.close_button.setDefault(True)
        said = label("Ready for a place without a network: files, links, room, backup, editions and clock.", "quiet")
        top, line = QWidget(), QWidget()
        words = QVBoxLayout(top)
        words.setContentsMargins(0, 0, 0, 0)
        words.addWidget(self.head)
        words.addWidget(said)
        words.addWidget(self.note)
        words.addStretch(1)
        wait = QVBoxLayout(line)
        wait.setContentsMargins(0, 0, 0, 0)
        wait.addWidget(self.progress)
        wait.addStretch(1)
        self._top = QStackedLayout()
        self._top.addWidget(top)
        self._top.addWidget(line)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for each in (self.fetch, self.backup, self.again):
            each.setAutoDefault(False)
            foot.addWidget(each)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addLayout(self._top)
        layout.addWidget(self.list, 1)
        layout.addLayout(foot)

    def set_theme(self, theme: Theme) -> None:
        """Show in other colours."""
        self._theme = theme
        self.head.setFont(theme.font("h2"))

    def show_progress(self, words: str, done: int = 0, total: int = 0) -> None:
        """Say what is being done; buttons wait for its end."""
        self.progress.show_progress(words, done, total)
        self._top.setCurrentIndex(1)
        for each in (self.fetch, self.backup, self.again):
            each.setEnabled(False)

    def show_facts(self, facts: PreflightFacts) -> None:
        """Judge what was found and show it."""
        lines = judge(facts)
        self.show_lines(lines, any(link.path for link in facts.links))

    def show_lines(self, lines: Sequence[PreflightLine], can_fetch: bool) -> None:
        """Show lines that were judged."""
        self.list.show_lines(lines)
        self._rest(head_line(lines))
        self.fetch.setVisible(can_fetch)
        self.backup.setVisible(any(line.key == "backup" and line.light is not Light.GOOD for line in lines))
        self.list.setFocus()
        announce(self, self.head.text())

    def show_stopped(self) -> None:
        """Say that looking was stopped; what was shown before stays."""
        self._rest("The check was stopped.")
        self.again.setFocus()

    def _rest(self, words: str) -> None:
        self.head.setText(words)
        self._top.setCurrentIndex(0)
        for each in (self.fetch, self.backup, self.again):
            each.setEnabled(True)

    def say(self, words: str) -> None:
        """Say what could not be done; "": nothing."""
        self.note.setText(words)
        self.note.setVisible(bool(words))
