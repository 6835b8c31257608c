"""Share places: where this laptop shares, each with how it fares, and adding or leaving one."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from readiness.domain.sharing import SharingBoard
from ui.models import share_words as words
from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.labels import label, link

NOTHING = "Nowhere yet. A shared folder, OneDrive, a stick or the council’s PostgreSQL will do; several at once too."


class PlacesCard(Card):
    """A line a place; the files that could not be read below."""

    folder_wanted = Signal()
    hub_wanted = Signal()
    removal_wanted = Signal(str)  # target
    dismissal_wanted = Signal(str, str)  # place and name of a file that could not be taken in

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Where to share", parent)
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
        self.folder.clicked.connect(self.folder_wanted)
        self.hub.clicked.connect(self.hub_wanted)

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

    def _on_leave(self, target: str, _checked: bool = False) -> None:
        self.removal_wanted.emit(target)

    def _on_dismiss(self, place: str, name: str, _checked: bool = False) -> None:
        self.dismissal_wanted.emit(place, name)


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
