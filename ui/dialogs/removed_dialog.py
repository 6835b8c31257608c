"""Removed dialog: what was removed, newest first, and the choice of what to bring back. It restores nothing itself."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from readiness.domain.dates import written
from readiness.domain.views import RemovedRow
from ui.widgets.labels import label

NOTHING = "Nothing was removed. What is removed later stands here and can be brought back."


def name_of(row: RemovedRow) -> str:
    """Return what was removed in words: "Area C  Leadership"."""
    if row.kind == "inspection":
        return f"Inspection  {row.title}"  # its reference is the framework's id, which nobody reads
    if row.kind == "evidence":
        return f"Evidence  {row.title}"
    return f"{'Area ' if row.kind == 'area' else ''}{row.reference}  {row.title}"


class RemovedDialog(QDialog):
    """Several may be chosen; they come back to where they stood."""

    def __init__(self, rows: Sequence[RemovedRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Restore what was removed")
        self._rows = tuple(rows)
        self.list = QListWidget()
        self.list.setAccessibleName("Removed inspections, areas, items and evidence")
        self.list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        for row in self._rows:
            local = row.removed_at.astimezone()
            who = f"{row.removed_by}, {written(local.date())} {local:%H:%M}"
            listed = QListWidgetItem(f"{name_of(row)}\n{who}", self.list)
            listed.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name_of(row)}, removed by {who}")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Close)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText("Restore")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(label("" if rows else NOTHING, "quiet", wrap=True))
        layout.addWidget(self.list)
        layout.addWidget(self.buttons)
        self.list.setVisible(bool(rows))
        self.list.itemSelectionChanged.connect(self._on_chosen)
        self.list.itemActivated.connect(self.accept)
        self.resize(520, 420 if rows else 120)
        self._on_chosen()

    def chosen(self) -> tuple[RemovedRow, ...]:
        """Return what is to come back."""
        return tuple(self._rows[index.row()] for index in self.list.selectedIndexes())

    @classmethod
    def ask(cls, rows: Sequence[RemovedRow], parent: QWidget) -> tuple[RemovedRow, ...]:
        """Ask what to bring back; nothing when somebody thinks better of it."""
        dialog = cls(rows, parent)
        return dialog.chosen() if dialog.exec() else ()

    def _on_chosen(self) -> None:
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(bool(self.list.selectedIndexes()))
        ok.setToolTip("" if self.list.selectedIndexes() else "Choose what to bring back.")
        self.setWindowModality(Qt.WindowModality.WindowModal)
