"""Review list: what waits for a reviewer, as a Qt list; the first row of each kind carries its heading."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from readiness.domain.review import QueueKind, QueueRow, ReviewVerb, proof_words, waiting_words

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
NEXT = {
    QueueKind.CHECK: ReviewVerb.CHECK,
    QueueKind.SIGN_OFF: ReviewVerb.SIGN_OFF,
    QueueKind.RETURNED: ReviewVerb.SUBMIT,
    QueueKind.LAPSED: ReviewVerb.SIGN_OFF,
}
"""What is to be done with each kind."""


class QueueRole(IntEnum):
    """What the delegate asks beside Qt's own roles."""

    ROW = Qt.ItemDataRole.UserRole + 1  # QueueRow
    HEAD = Qt.ItemDataRole.UserRole + 2  # the heading to write above the row; "": none
    RIGHT = Qt.ItemDataRole.UserRole + 3  # who, and how long
    PROOF = Qt.ItemDataRole.UserRole + 4
    SAID = Qt.ItemDataRole.UserRole + 5  # the position, what lapsed, or why it was returned


class ReviewList(QAbstractListModel):
    """Shows rows in the order given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[QueueRow, ...] = ()
        self._day = date.min
        self._counts: Counter[QueueKind] = Counter()

    def show_rows(self, rows: Sequence[QueueRow], day: date) -> None:
        """Show other rows than before."""
        if (tuple(rows), day) == (self.rows, self._day):
            return
        self.beginResetModel()
        self.rows, self._day = tuple(rows), day
        self._counts = Counter(row.kind for row in rows)
        self.endResetModel()

    def row(self, index: Index) -> QueueRow | None:
        """Return a row; None when there is none."""
        return self.rows[index.row()] if index.isValid() and index.row() < len(self.rows) else None

    def place_of(self, item_id: str) -> int | None:
        """Return where an item stands; None: it waits for nobody."""
        return next((place for place, row in enumerate(self.rows) if row.item.id == item_id), None)

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index)
        if row is None:
            return None
        if role == QueueRole.ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{row.item.reference} {row.item.title}"
        if role == QueueRole.HEAD:
            return self._head(index.row())
        if role == QueueRole.RIGHT:
            return " · ".join(each for each in (row.who, waiting_words(row.since, self._day)) if each)
        if role == QueueRole.PROOF:
            return proof_words(row.item, self._day)
        if role == QueueRole.SAID:
            return said(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.refusals.get(NEXT[row.kind]) or None
        return self._spoken(index.row(), row) if role == Qt.ItemDataRole.AccessibleTextRole else None

    def _head(self, place: int) -> str:
        kind = self.rows[place].kind
        if place and self.rows[place - 1].kind is kind:
            return ""
        return f"{kind.label} ({self._counts[kind]})"

    def _spoken(self, place: int, row: QueueRow) -> str:
        index = self.index(place)
        parts = [
            row.kind.label,
            f"{row.item.reference} {row.item.title}",
            str(index.data(QueueRole.RIGHT)),
            str(index.data(QueueRole.PROOF)),
            said(row),
            row.refusals.get(NEXT[row.kind], ""),
        ]
        return ", ".join(part for part in parts if part)


def said(row: QueueRow) -> str:
    """Return what a reviewer reads first of a row: what lapsed, why it was returned, else its position; one line."""
    words = row.lapse if row.kind is QueueKind.LAPSED else row.note if row.kind is QueueKind.RETURNED else row.position
    return " ".join(f"{words[:1].upper()}{words[1:]}".split()) or "No position is written."
