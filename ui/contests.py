"""Contests: a page of rows and a panel knows which of its fields are in conflict, and asks for their chooser."""

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtWidgets import QAbstractItemView, QWidget

from ui.widgets.conflict_strip import ConflictStrip


class Rows(Protocol):
    """A table of records."""

    contested: Mapping[str, frozenset[str]]


class Panel(Protocol):
    """A panel that shows records."""

    conflicts: ConflictStrip


class Contests(QObject):
    """`wanted` asks for a field to be chosen for, before anything is typed over it."""

    wanted = Signal(str, str)  # id of the record, its field

    def __init__(self, rows: Rows, grid: QAbstractItemView, panel: Panel, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows, self._grid, self._panel = rows, grid, panel
        panel.conflicts.wanted.connect(self.wanted)
        asks: SignalInstance | None = getattr(grid, "conflict_wanted", None)  # the library's grid edits nothing
        if asks is not None:
            asks.connect(self.wanted)

    def take(self, contested: Mapping[str, frozenset[str]]) -> None:
        """Know what is in conflict now."""
        self._rows.contested = contested
        self._panel.conflicts.take(contested)
        self._grid.viewport().update()
