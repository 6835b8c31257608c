"""Conflict list: fields in conflict as a Qt list. A merge can leave thousands: only rows that are seen get words."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from readiness.domain.conflicts import Conflict

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
_SAID = frozenset({Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole})


class ConflictList(QAbstractListModel):
    """Shows conflicts in the order given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Conflict, ...] = ()

    def show_rows(self, rows: Sequence[Conflict]) -> None:
        """Show other conflicts than before."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.rows) or role not in _SAID:
            return None
        return words_of(self.rows[index.row()])


def words_of(each: Conflict) -> str:
    """Return what is in conflict, where, and between whom, as three lines."""
    who = " · ".join(dict.fromkeys("You" if version.is_own else version.laptop for version in each.versions))
    service = f"{each.service}: " if each.service else ""
    return f"{each.title}\n{each.reference} · {each.field_label}\n{service}{who}"
