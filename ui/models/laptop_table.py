"""Laptop table: the laptops of the team as rows, worst first, for the Share page."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from readiness.domain.sharing import LaptopRow
from ui.models import share_words as words

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
COLUMNS = (
    ("Laptop", "What it is called"),
    ("Who", "Who works on it"),
    ("Last heard", "When it last said something"),
    ("Not received", "Changes of it that are not here"),
    ("Lacks", "Changes here that it had not when it last spoke"),
    ("Data", "Its data code: the same code means the same data"),
    ("Clock", "How far its clock is ahead of this one’s"),
    ("Version", "Of the program"),
    ("Trust", "Whether its key was compared"),
)


class LaptopTable(QAbstractTableModel):
    """Nine columns; `laptop` gives the row behind an index."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[LaptopRow, ...] = ()
        self._code = ""
        self._now = datetime.now().astimezone()

    def show_rows(self, rows: tuple[LaptopRow, ...], code: str, now: datetime) -> None:
        """Show other rows; `code` is this laptop's data code."""
        self.beginResetModel()
        self._rows, self._code, self._now = rows, code, now
        self.endResetModel()

    def laptop(self, index: Index) -> LaptopRow | None:
        """Return the laptop of an index."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.laptop(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, index.column())
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or section >= len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section][0]
        if role == Qt.ItemDataRole.ToolTipRole:
            return COLUMNS[section][1]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def _text(self, row: LaptopRow, column: int) -> str:
        made: tuple[Callable[[], str], ...] = (
            lambda: words.name_of(row),
            lambda: row.person,
            lambda: "" if row.heard_at is None and row.code == self._code else words.ago(row.heard_at, self._now),
            lambda: words.not_received(row),
            lambda: words.lacks(row),
            lambda: words.in_step(row, self._code),
            lambda: words.clock(row),
            lambda: row.version,
            lambda: row.trust.label,
        )
        return made[column]()

    def _tip(self, row: LaptopRow, column: int) -> str:
        if column in (0, len(COLUMNS) - 1) and row.fingerprint:
            return f"Key {row.fingerprint}. Compare it by telephone, then confirm the laptop."
        if row.twins and column == 3:
            return f"{row.twins} of its numbers stand for two changes: its database was copied or restored."
        return self._text(row, column)
