"""Step list: what happened, newest first, as a Qt list that grows while people scroll."""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from readiness.domain.dates import written
from readiness.domain.views import StepRow

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
PAGE_SIZE = 200
"""How many steps are read at a time."""


class StepRole(IntEnum):
    """What the delegate asks beside Qt's own roles."""

    STEP = Qt.ItemDataRole.UserRole + 1  # StepRow
    DAY = Qt.ItemDataRole.UserRole + 2  # the day to write above the row; None: the row above has the same
    AT = Qt.ItemDataRole.UserRole + 3  # datetime, on this laptop's clock


class StepList(QAbstractListModel):
    """Shows steps; asks for older ones with `more_wanted` and takes them with `add`."""

    more_wanted = Signal(str)  # id of the last step shown: the next page begins below it

    def __init__(self, parent: QObject | None = None, zone: tzinfo | None = None) -> None:
        super().__init__(parent)
        self._zone = zone  # None: this laptop's
        self._rows: list[StepRow] = []
        self._times: list[datetime] = []
        self._is_complete = True
        self._is_waiting = False

    @property
    def rows(self) -> tuple[StepRow, ...]:
        """The steps read so far."""
        return tuple(self._rows)

    @property
    def is_complete(self) -> bool:
        """Whether there is nothing older to read."""
        return self._is_complete

    def show_steps(self, rows: Sequence[StepRow], is_complete: bool) -> None:
        """Show other steps than before."""
        self.beginResetModel()
        self._rows = list(rows)
        self._times = [self._local(row.at) for row in rows]
        self._is_complete, self._is_waiting = is_complete, False
        self.endResetModel()

    def refresh(self, rows: Sequence[StepRow], is_complete: bool) -> None:
        """Take the same list read again: new steps come in at the top, and where people are reading stays put."""
        known = [row.id for row in self._rows]
        fresh = next((number for number, row in enumerate(rows) if known and row.id == known[0]), None)
        if fresh is None or [row.id for row in rows[fresh:]] != known[: len(rows) - fresh]:
            self.show_steps(rows, is_complete)
            return
        if fresh:
            self.beginInsertRows(ROOT, 0, fresh - 1)
            self._rows[:0] = rows[:fresh]
            self._times[:0] = [self._local(row.at) for row in rows[:fresh]]
            self.endInsertRows()
        for number, row in enumerate(rows):
            if self._rows[number] != row:
                self._rows[number] = row
        if rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def add(self, before: str, rows: Sequence[StepRow], is_complete: bool) -> None:
        """Take the next page of older steps; one asked for before the list became another is dropped."""
        if not self._rows or self._rows[-1].id != before:
            return
        self._is_complete, self._is_waiting = is_complete, False
        if not rows:
            return
        first = len(self._rows)
        self.beginInsertRows(ROOT, first, first + len(rows) - 1)
        self._rows.extend(rows)
        self._times.extend(self._local(row.at) for row in rows)
        self.endInsertRows()

    def step(self, index: Index) -> StepRow | None:
        """Return the step of a row; None when there is none."""
        return self._rows[index.row()] if index.isValid() else None

    def row_of(self, step_id: str) -> int | None:
        """Return where a step stands; None when it is not shown."""
        return next((number for number, row in enumerate(self._rows) if row.id == step_id), None)

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def canFetchMore(self, parent: Index = ROOT) -> bool:
        return not parent.isValid() and bool(self._rows) and not self._is_complete and not self._is_waiting

    def fetchMore(self, parent: Index = ROOT) -> None:
        if self.canFetchMore(parent):
            self._is_waiting = True
            self.more_wanted.emit(self._rows[-1].id)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index.row())
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.reason or None
        if role == StepRole.STEP:
            return row
        if role == StepRole.AT:
            return self._times[index.row()]
        if role == StepRole.DAY:
            return self._day_above(index.row())
        return None

    def _day_above(self, number: int) -> date | None:
        day = self._times[number].date()
        return None if number and self._times[number - 1].date() == day else day

    def _spoken(self, number: int) -> str:
        row, at = self._rows[number], self._times[number]
        said = [f"{written(at.date())}, {at:%H:%M}", row.actor, row.label, fields_changed(row)]
        if row.undone:
            said.append("undone")
        return ", ".join(filter(None, said))

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self._zone)


def fields_changed(row: StepRow) -> str:
    """Return how much a step changed, "3 fields"; of what only tells that something happened, nothing."""
    if row.is_event:
        return ""
    return f"{row.changes:,} field{'' if row.changes == 1 else 's'}"
