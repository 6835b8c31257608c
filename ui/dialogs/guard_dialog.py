"""Guard dialog: shows what looks like an identifier of a child, and asks whether it stays out or why it may stay.

Leaving it out is the answer of whoever presses Enter, Esc or closes the window. It records nothing; the caller does.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from readiness.domain.errors import BadValue
from readiness.domain.sightings import WHY, ScanResult, Sighting, checked_reason
from ui.theme import Theme
from ui.widgets.field_fault import FieldFault
from ui.widgets.labels import breakable, button, heading, label

WIDTH, ROW_HEIGHT, MOST_ROWS = 520, 28, 6
UNREAD = "Not looked through"


class GuardDialog(QDialog):
    """`leaving` says in a sentence what leaving it out comes to: "The workbook is written without these texts."."""

    def __init__(self, theme: Theme, result: ScanResult, leaving: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Children’s data")
        self.title = heading(_title(result), theme, "h2")
        self.title.setWordWrap(True)
        self.why = label(f"{WHY} {leaving}", wrap=True)
        self.places = QListWidget()
        self.reason = QPlainTextEdit()
        self.fault = FieldFault(theme)
        self.leave = button("&Leave it out", "primary")
        self.keep = button("&Keep it, for this reason")
        self._show_places(result.sightings)
        self._lay_out(result)
        self.reason.textChanged.connect(self._on_reason_changed)
        self.leave.clicked.connect(self.reject)
        self.keep.clicked.connect(self.accept)
        self._on_reason_changed()
        self.leave.setFocus()

    @classmethod
    def ask(cls, theme: Theme, result: ScanResult, leaving: str, parent: QWidget) -> str | None:
        """Ask; return why it may stay, or None: it is left out."""
        dialog = cls(theme, result, leaving, parent)
        return dialog.given_reason() if dialog.exec() else None

    def given_reason(self) -> str:
        """Return the reason as it was typed."""
        return self.reason.toPlainText().strip()

    def _show_places(self, sightings: Sequence[Sighting]) -> None:
        self.places.setAccessibleName("Where it stands")
        self.places.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.places.setWordWrap(True)
        self.places.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for each in sightings:
            row = QListWidgetItem(f"{_begun(each.place)}: {each.kind.counted(each.count)}", self.places)
            row.setSizeHint(QSize(0, ROW_HEIGHT))
        rows = min(max(len(sightings), 1), MOST_ROWS)
        self.places.setFixedHeight(rows * ROW_HEIGHT + 2 * self.places.frameWidth())

    def _lay_out(self, result: ScanResult) -> None:
        self.reason.setAccessibleName("Reason, if it must stay")
        self.reason.setPlaceholderText("Who needs it, what for, and who agreed")
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(3 * self.reason.fontMetrics().lineSpacing() + 16)
        asked = label("&Reason, if it must stay")
        asked.setTextFormat(Qt.TextFormat.AutoText)
        asked.setBuddy(self.reason)
        self.leave.setDefault(True)
        self.keep.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.keep)
        foot.addWidget(self.leave)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        for widget in (self.title, self.why, self.places):
            layout.addWidget(widget)
        for sentence in result.unread:
            layout.addWidget(label(breakable(f"{UNREAD}: {sentence}"), "quiet", wrap=True))
        layout.addWidget(asked)
        layout.addWidget(self.reason)
        layout.addWidget(self.fault)
        layout.addLayout(foot)
        self.setMinimumWidth(WIDTH)

    def _on_reason_changed(self) -> None:
        typed = self.given_reason()
        fault = ""
        try:
            checked_reason(typed or "none yet")
        except BadValue as error:
            fault = str(error)
        self.fault.show_fault(fault)
        self.keep.setEnabled(bool(typed) and not fault)
        self.keep.setToolTip(fault or ("" if typed else "Write first why it may stay."))


def _title(result: ScanResult) -> str:
    name = result.name or "This"
    return breakable(f"{_begun(name)} holds what looks like {result.in_words}")


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]
