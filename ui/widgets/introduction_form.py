"""Introduction form: how a new laptop is let in without the passphrase: its file, its code, the team's code."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from readiness.domain.dates import written
from readiness.domain.sharing import Newcomer
from ui.theme import Theme
from ui.widgets.labels import button, heading, label

FIRST = "1. Name this laptop and send the file to your lead. Nothing in it is secret."
SECOND = "2. Your lead rings. Read out the code of this laptop, and write down the team’s."


class IntroductionForm(QWidget):
    """Saves nothing; `changed` says that what is written may be enough now, or no longer."""

    changed = Signal()
    wanted = Signal(str)  # name

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.newcomer: Newcomer | None = None
        self.name, self.code = QLineEdit(), QLineEdit()
        self.name.setAccessibleName("What colleagues call this laptop")
        self.name.setPlaceholderText("Such as Fostering laptop")
        self.name.setMaxLength(60)
        self.make = button("Make the file…")
        self.mine = heading("", theme, "h2")
        self.told = label("", "quiet", wrap=True)
        self.code.setAccessibleName("The team’s code, which your lead reads out")
        self.code.setPlaceholderText("The team’s code, such as 7F3A-22C1-90BE")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.name, 1)
        row.addWidget(self.make)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(label(FIRST, wrap=True))
        layout.addLayout(row)
        layout.addWidget(self.told)
        layout.addSpacing(4)
        layout.addWidget(label(SECOND, wrap=True))
        layout.addWidget(self.mine)
        layout.addWidget(self.code)
        self.name.textChanged.connect(self._judge)
        self.code.textChanged.connect(self._judge)
        self.name.returnPressed.connect(self._on_make)
        self.make.clicked.connect(self._on_make)
        self._judge()

    @property
    def lacks(self) -> str:
        """What is still to be done here before one can join, as a sentence; "": nothing."""
        if self.newcomer is None:
            return "Make the file and send it to your lead."
        return "" if self.code.text().strip() else "Write the team’s code, which your lead reads out."

    def show_newcomer(self, newcomer: Newcomer) -> None:
        """Show who this laptop said it was; its code stays the same however often it introduces itself."""
        self.newcomer = newcomer
        if not self.name.text().strip():
            self.name.setText(newcomer.label)
        day = written(datetime.fromisoformat(newcomer.at).astimezone().date())
        self.told.setText(f"Introduced as “{newcomer.label}” on {day}. The code stays the same.")
        self._judge()

    def say_written(self, name: str) -> None:
        """Say that the file lies where somebody wanted it."""
        self.told.setText(f"Written: {name}. Send it to your lead.")

    def _on_make(self) -> None:
        if self.make.isEnabled():
            self.wanted.emit(self.name.text().strip())

    def _judge(self) -> None:
        named = bool(self.name.text().strip())
        self.make.setEnabled(named)
        self.make.setToolTip("" if named else "Name this laptop first.")
        self.make.setText("Make the file again…" if self.newcomer else "Make the file…")
        self.told.setVisible(self.newcomer is not None)
        self.mine.setVisible(self.newcomer is not None)
        if self.newcomer is not None:
            self.mine.setText(self.newcomer.code)
            self.mine.setAccessibleName(f"Code of this laptop: {self.newcomer.code}")
        self.changed.emit()
