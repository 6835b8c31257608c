"""Share places: where this laptop shares, each with how it fares, and adding or leaving one."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QInputDialog, QVBoxLayout, QWidget

from readiness.domain.sharing import SharingBoard
from ui.models import share_words as words
from ui.share_desk import ShareDesk
from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.labels import label, link

NOTHING = "Nowhere yet. A shared folder, OneDrive, a stick or the council’s PostgreSQL will do; several at once too."


class PlacesCard(Card):
    """A line a place; the files that could not be read below."""

    def __init__(self, desk: ShareDesk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Where to share", parent)
        self._desk = desk
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.folder, self.hub = link("Add a folder…"), link("Add a PostgreSQL…")
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.folder)
        row.addWidget(self.hub)
        row.addStretch(1)
        self.add(self._lines)
        self.add(row)
        self.folder.clicked.connect(self._on_folder)
        self.hub.clicked.connect(self._on_hub)

    def show_places(self, board: SharingBoard, now: datetime) -> None:
        """Show the places and what is wrong with files in them."""
        _empty(self._lines)
        if not board.places:
            self._lines.addWidget(label(NOTHING, "quiet", wrap=True))
        for place in board.places:
            name = ElidedLabel(place.target, self)
            leave = link("Remove")
            leave.setAccessibleName(f"Share through {place.target} no longer")
            leave.clicked.connect(partial(self._on_leave, place.target))
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(name, 1)
            row.addWidget(leave)
            self._lines.addLayout(row)
            tone = "warning" if place.trouble else "quiet"
            self._lines.addWidget(label(words.place_state(place, now), tone, wrap=True))
        for fault in board.faults[:5]:
            dismiss = link("Dismiss")
            dismiss.setAccessibleName(f"Dismiss: {fault.text}")
            dismiss.clicked.connect(partial(self._on_dismiss, fault.place, fault.name))
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(label(fault.text, "warning", wrap=True), 1)
            row.addWidget(dismiss)
            self._lines.addLayout(row)
        if len(board.faults) > 5:
            self._lines.addWidget(label(f"{len(board.faults) - 5} more files could not be taken in.", "warning"))

    def _on_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "The team’s shared folder", str(Path.home()))
        if chosen:
            self._desk.do(partial(_place, "add_place", chosen))

    def _on_hub(self) -> None:
        said, agreed = QInputDialog.getText(
            self, "Share through PostgreSQL", "postgresql://login@server/database, without a password:"
        )
        if agreed and said.strip():
            self._desk.do(partial(_place, "add_place", said.strip()))

    def _on_leave(self, target: str, _checked: bool = False) -> None:
        self._desk.do(partial(_place, "remove_place", target))

    def _on_dismiss(self, place: str, name: str, _checked: bool = False) -> None:
        self._desk.do(partial(_dismissed, place, name))


def _place(deed: str, target: str, workspace: Any) -> None:
    from readiness.services import sharing_places

    getattr(sharing_places, deed)(workspace, target)


def _dismissed(place: str, name: str, workspace: Any) -> None:
    from readiness.services.faults import dismiss_fault

    dismiss_fault(workspace, place, name)


def _empty(layout: QVBoxLayout | QHBoxLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            return
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner, QVBoxLayout | QHBoxLayout):
            _empty(inner)
