"""Edition table: what becomes of each item with another edition, before and after, as a flat Qt model."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from readiness.domain.editions import EditionRow, Fate, Whereabouts
from readiness.domain.vocabulary import ItemField
from ui.models.diff_text import Mark, Run, word_diff

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
Role = Qt.ItemDataRole
REWORDED = "What good looks like differs"
PARKED = "Parked under Removed"
_REFERENCE = f"{ItemField.REFERENCE.label}: "
_diff = lru_cache(maxsize=512)(word_diff)


@dataclass(frozen=True, slots=True)
class EditionColumn:
    """A column: its heading, its words, and its width at 12 px text; 0 shares the room that is left."""

    title: str
    text: Callable[[EditionRow], str]
    width: int


def reference_text(row: EditionRow) -> str:
    """Return the reference of an item, and what it becomes where that is another."""
    before = row.before.reference if row.before is not None and not row.comes_back else ""
    if row.after is None or before in ("", row.after.reference):
        return row.reference
    return f"{before} → {row.after.reference}"


def status_text(row: EditionRow) -> str:
    """Return the status that an item keeps; "" of what is new."""
    return row.held.status.label if row.held is not None else ""


def besides_text(row: EditionRow) -> str:
    """Return what else changes or stays; another reference stands in a column of its own."""
    notes = [REWORDED] if _differs_in_guidance_alone(row) else []
    return "; ".join((*notes, *(note for note in row.notes if not note.startswith(_REFERENCE))))


def _differs_in_guidance_alone(row: EditionRow) -> bool:
    if row.before is None or row.after is None:
        return False
    return row.before.title == row.after.title and row.before.guidance != row.after.guidance


def before_title(row: EditionRow) -> str:
    """Return the words of the checklist as it stands; "" of what does not stand in it."""
    stood = row.held is not None and row.held.whereabouts is Whereabouts.STANDS
    return row.before.title if row.before is not None and (stood or row.fate is Fate.REWORDED) else ""


def after_title(row: EditionRow) -> str:
    """Return the words that will stand, or where the item goes."""
    if row.fate is Fate.REMOVED:
        return PARKED
    return row.after.title if row.after is not None and not row.stays_out else ""


BEFORE, AFTER = 3, 4
COLUMNS: tuple[EditionColumn, ...] = (
    EditionColumn("What becomes of it", lambda row: row.fate.label, 124),
    EditionColumn("Reference", reference_text, 140),
    EditionColumn("Status", status_text, 92),
    EditionColumn("Before", before_title, 0),
    EditionColumn("After", after_title, 0),
    EditionColumn("Besides", besides_text, 210),
)


def marked(row: EditionRow, column: int) -> tuple[Run, ...]:
    """Return a cell's words, those that the edition takes out or brings in marked."""
    text = COLUMNS[column].text(row)
    before, after = before_title(row), after_title(row)
    if column not in (BEFORE, AFTER) or row.fate is Fate.REMOVED or not (before and after) or before == after:
        return (Run(text, Mark.KEPT),) if text else ()
    wanted = Mark.REMOVED if column == BEFORE else Mark.ADDED
    return tuple(run for run in _diff(before, after) if run.mark in (Mark.KEPT, wanted))


class EditionTable(QAbstractTableModel):
    """One row an item, in the edition's order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[EditionRow, ...] = ()

    def show_rows(self, rows: Sequence[EditionRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row_at(self, number: int) -> EditionRow | None:
        """Return a row; None where there is none."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        text = COLUMNS[index.column()].text(row)
        if role == Role.AccessibleTextRole:
            return f"{COLUMNS[index.column()].title}: {text or 'nothing'}"
        if role == Role.ToolTipRole:
            return text or None
        return text if role == Role.DisplayRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return COLUMNS[section].title
        return None
