"""Share, kept back: how many changes do not count yet and why; a lead lets those in that waited a day."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from readiness.domain.plain_words import counted
from readiness.domain.sharing import SharingBoard
from readiness.domain.views import Changes
from ui.operations import Operations
from ui.share_desk import ShareDesk
from ui.widgets.labels import label, link

TREAT = "Treat as conflict now"
_WHY = "Shows every value that is here, to choose from. What arrives later still finds its place."
_NOT_A_LEAD = "Only the laptop that founded the team, or one that it named a lead, can do that."


class KeptLines(QWidget):
    """A quiet sentence for each reason; nothing where every change counts."""

    said = Signal(str)  # a sentence for the foot

    def __init__(self, operations: Operations, desk: ShareDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._operations, self._desk = operations, desk
        self.lines = label("", "quiet", wrap=True)
        self.lines.setAccessibleName("Changes that do not count yet")
        self.late = label("", "quiet")
        self.treat = link(TREAT)
        self._row = QWidget(self)
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.late)
        row.addWidget(self.treat)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 0, 24, 10)
        layout.setSpacing(2)
        layout.addWidget(self.lines)
        layout.addWidget(self._row)
        self.treat.clicked.connect(self._on_treat)
        desk.board_read.connect(self.show_board)
        self.hide()

    def show_board(self, board: SharingBoard) -> None:
        """Show what is kept back now."""
        kept = board.kept
        self.setVisible(bool(kept.sentences))
        self.lines.setText(" ".join(kept.sentences))
        self._row.setVisible(kept.overdue > 0)
        many = "have" if kept.overdue != 1 else "has"
        self.late.setText(f"{counted(kept.overdue, 'field')} {many} waited for a day or more.")
        self.treat.setEnabled(board.is_lead)
        self.treat.setToolTip(_WHY if board.is_lead else _NOT_A_LEAD)

    def _on_treat(self) -> None:
        self._desk.do(_treat, self._on_treated)

    def _on_treated(self, found: tuple[Changes, int]) -> None:
        changes, conflicts = found
        self._operations.changed.emit(changes)
        if conflicts:
            are = "is" if conflicts == 1 else "are"
            self.said.emit(f"{counted(conflicts, 'field')} {are} in conflict now: choose which value stands.")
        else:
            self.said.emit("Nothing waits any more; no values differ.")


def _treat(workspace: Any) -> tuple[Changes, int]:
    from readiness.services.kept_back import treat_as_conflicts

    return treat_as_conflicts(workspace)
