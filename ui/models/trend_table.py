"""Trend table: the numbers of the trend chart as a table, for those who would rather read than look."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from readiness.domain.dates import written
from ui.models.overview_words import percent
from ui.models.trend_points import Trend

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
_NUMBERS = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TrendTable(QAbstractTableModel):
    """A row per week, the newest first; a column per inspection."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._trend = Trend((), ())

    def show_trend(self, trend: Trend) -> None:
        """Show another trend."""
        self.beginResetModel()
        self._trend = trend
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._trend.days)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else 1 + len(self._trend.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _NUMBERS if index.column() else None
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        number = len(self._trend.days) - 1 - index.row()
        if not index.column():
            return written(self._trend.days[number])
        return percent(self._trend.lines[index.column() - 1].values[number])

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or section >= self.columnCount():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _NUMBERS if section else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._trend.lines[section - 1].label if section else "Week to"
