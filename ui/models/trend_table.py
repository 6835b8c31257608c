"""Trend table: the numbers of the trend chart as a table, for those who would rather read than look."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from readiness.domain.dates import written
from ui.models.overview_words import percent
from ui.models.trend_points import Ahead, Trend

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
_NUMBERS = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TrendTable(QAbstractTableModel):
    """A row per week, the newest first; above them the later day that is looked at. A column per inspection."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._trend = Trend((), ())
        self._ahead: Ahead | None = None

    def show_trend(self, trend: Trend) -> None:
        """Show another trend."""
        self.beginResetModel()
        self._trend, self._ahead = trend, None
        self.endResetModel()

    def show_ahead(self, ahead: Ahead | None) -> None:
        """Show another later day; None: none."""
        if (ahead is None) is (self._ahead is None):
            self._ahead = ahead
            if ahead is not None:
                self.dataChanged.emit(self.index(0, 0), self.index(0, self.columnCount() - 1))
        elif ahead is not None:
            self.beginInsertRows(ROOT, 0, 0)
            self._ahead = ahead
            self.endInsertRows()
        else:
            self.beginRemoveRows(ROOT, 0, 0)
            self._ahead = None
            self.endRemoveRows()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._trend.days) + (self._ahead is not None)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else 1 + len(self._trend.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _NUMBERS if index.column() else None
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        day, values = self._line(self.rowCount() - 1 - index.row())
        return percent(values[index.column() - 1]) if index.column() else day

    def _line(self, number: int) -> tuple[str, Sequence[float | None]]:
        """Return the day of a row, counted from the oldest, and its values."""
        if self._ahead is not None and number == len(self._trend.days):
            return f"{written(self._ahead.until)}, if nothing changes", self._ahead.values
        return written(self._trend.days[number]), [line.values[number] for line in self._trend.lines]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or section >= self.columnCount():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _NUMBERS if section else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._trend.lines[section - 1].label if section else "Week to"
