"""Removed dialog: what was removed, newest first, what it holds, and the choice of what to bring back.

It restores nothing itself.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from readiness.domain.dates import written
from readiness.domain.views import RemovedRow
from ui.models.removed_html import removed_html, removed_text
from ui.theme import DIALOG_MARGINS, Theme
from ui.widgets.labels import label
from ui.widgets.plain_text import make_plain
from ui.widgets.two_lines import TwoLineDelegate

SEVERAL = "Choose what to bring back, or several things: each comes back to where it stood, with all it holds."
NOTHING = "Nothing was removed. What is removed later stands here and can be brought back."


def name_of(row: RemovedRow) -> str:
    """Return what was removed in words: "Area C  Leadership"."""
    if row.kind in ("action", "finding"):
        return f"{row.kind.capitalize()}  {row.title}"
    if row.kind == "inspection":
        return f"Inspection  {row.title}"  # its reference is the framework's id, which nobody reads
    if row.kind == "evidence":
        return f"Evidence  {row.title}"
    return f"{'Area ' if row.kind == 'area' else ''}{row.reference}  {row.title}"


def why_of(row: RemovedRow) -> str:
    """Return why it is here, by whom and when: "Parked: not in edition “from 2022” · Head of SEND, 26 Apr 2021"."""
    local = row.removed_at.astimezone()
    who = f"{row.removed_by}, {written(local.date())} {local:%H:%M}"
    return f"Parked: not in edition “{row.parked}” · {who}" if row.parked else who


class RemovedDialog(QDialog):
    """Several may be chosen; they come back to where they stood."""

    def __init__(self, theme: Theme, rows: Sequence[RemovedRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Restore what was removed")
        self._rows = tuple(rows)
        self.list = QListWidget()
        self.list.setAccessibleName("What was removed")
        self.list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.list.setItemDelegate(TwoLineDelegate(theme, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for row in self._rows:
            listed = QListWidgetItem(f"{name_of(row)}\n{why_of(row)}", self.list)
            by = "" if row.parked else "removed by "
            listed.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name_of(row)}, {by}{why_of(row)}")
        self.held = QTextBrowser()
        make_plain(self.held)
        self.held.setAccessibleName("What it holds")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Close)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText("Restore")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        self.list.itemSelectionChanged.connect(self._on_chosen)
        self.list.itemActivated.connect(self.accept)
        self._on_chosen()

    def _lay_out(self) -> None:
        sides = QHBoxLayout()
        sides.setSpacing(16)
        sides.addWidget(self.list, 3)
        details = QFrame()
        details.setProperty("surface", "card")
        inside = QVBoxLayout(details)
        inside.setContentsMargins(12, 8, 12, 8)
        inside.addWidget(self.held)
        sides.addWidget(details, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*DIALOG_MARGINS)
        layout.setSpacing(12)
        layout.addWidget(label(SEVERAL if self._rows else NOTHING, "quiet", wrap=True))
        layout.addLayout(sides, 1)
        layout.addWidget(self.buttons)
        for side in (self.list, details):
            side.setVisible(bool(self._rows))
        if self._rows:
            self.resize(940, 520)
        else:
            self.resize(520, 120)

    def chosen(self) -> tuple[RemovedRow, ...]:
        """Return what is to come back."""
        return tuple(self._rows[index.row()] for index in self.list.selectedIndexes())

    @classmethod
    def ask(cls, theme: Theme, rows: Sequence[RemovedRow], parent: QWidget) -> tuple[RemovedRow, ...]:
        """Ask what to bring back; nothing when somebody thinks better of it."""
        dialog = cls(theme, rows, parent)
        return dialog.chosen() if dialog.exec() else ()

    def _on_chosen(self) -> None:
        chosen = self.chosen()
        self.held.setHtml(removed_html(chosen))
        self.held.setAccessibleDescription(removed_text(chosen))
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(bool(chosen))
        ok.setToolTip("" if chosen else "Choose what to bring back.")
        self.setWindowModality(Qt.WindowModality.WindowModal)
