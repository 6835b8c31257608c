"""Evidence table: the library as a flat Qt model of one line a piece. It never writes."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from readiness.domain.evidence_filters import EvidenceLine
from ui.models.evidence_columns import EVIDENCE_COLUMNS, EvidenceColumn
from ui.models.evidence_words import Judge, counted_pieces, numbered, spoken
from ui.models.item_columns import CONTESTED

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
Role = Qt.ItemDataRole
Flag = Qt.ItemFlag
MANY, MOST_USES = 50, 12


class EvidenceTable(QAbstractTableModel):
    """Lines in the order they are given; `show_lines` shows others, and paints again where the same ones stay."""

    columns = EVIDENCE_COLUMNS

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[EvidenceLine, ...] = ()
        self._places: dict[str, int] | None = None
        self.judge = Judge(date.min, date.min)
        self.names: dict[str, str] = {}  # items by id, "RV-C02 Audit results", for tooltips
        self.contested: Mapping[str, frozenset[str]] = {}  # by piece, its fields in conflict

    @property
    def rows(self) -> Sequence[EvidenceLine]:
        """What stands in the grid, top to bottom."""
        return self._rows

    def show_lines(self, lines: Sequence[EvidenceLine], judge: Judge) -> None:
        """Show these lines, judged on a day."""
        rows, self.judge = tuple(lines), judge
        if len(rows) != len(self._rows) or any(a.id != b.id for a, b in zip(rows, self._rows, strict=True)):
            self.beginResetModel()
            self._rows, self._places = rows, None
            self.endResetModel()
            return
        other = [number for number, row in enumerate(rows) if row != self._rows[number]]
        self._rows = rows
        last = len(self.columns) - 1
        if len(other) > MANY:  # one signal for the lot: the view paints only what can be seen
            self.dataChanged.emit(self.index(other[0], 0), self.index(other[-1], last))
            return
        for number in other:
            self.dataChanged.emit(self.index(number, 0), self.index(number, last))

    def place_of(self, id_: str) -> int | None:
        """Return the row in which a piece stands; None: it is filtered away."""
        if self._places is None:
            self._places = {row.id: number for number, row in enumerate(self._rows)}
        return self._places.get(id_)

    def row_at(self, number: int) -> EvidenceLine | None:
        """Return what stands in a row."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many rows stand in the grid."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Return how many columns there are, hidden ones too."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        """Return a heading or what it means."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return column.title
        return (column.tip or None) if role == Role.ToolTipRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a cell."""
        if not index.isValid() or self.row_at(index.row()) is None:
            return Flag.NoItemFlags
        return Flag.ItemIsEnabled | Flag.ItemIsSelectable | Flag.ItemNeverHasChildren

    def is_marked(self, line: EvidenceLine) -> bool:
        """Whether something of a piece is in conflict: what is said of it, a file, or where it counts."""
        row = line.row
        files = (file.id for revision in row.revisions for file in revision.attachments)
        parts = (*(revision.id for revision in row.revisions), *files, *(link.id for link in row.links))
        return bool(row.conflicts) or (bool(self.contested) and any(id_ in self.contested for id_ in parts))

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Look up a cell."""
        line = self.row_at(index.row()) if index.isValid() else None
        if line is None:
            return None
        column = self.columns[index.column()]
        if role == Role.DisplayRole:
            return column.text(line)
        if role == Role.AccessibleTextRole:
            said = spoken(line.row, line.until, self.judge)
            lost = f", {CONTESTED}" if self.is_marked(line) else ""
            lost += f", {len(line.missing)} missing" if line.missing else ""
            return f"{said}{lost}" if column.key == "title" else f"{column.title} {column.text(line)}, {said}{lost}"
        if role == Role.ToolTipRole:
            return self._tip(line, column)
        if role == Role.TextAlignmentRole and column.is_right:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _tip(self, line: EvidenceLine, column: EvidenceColumn) -> str | None:
        """Return what a cell cannot say: the word of a number, where it is used, what is missing."""
        if column.key == "title":
            return "\n".join(filter(None, (line.row.title, line.row.shows[:600])))
        if column.key == "strength":
            return numbered(line.row.strength)
        if column.key in ("currency", "until"):
            return "\n".join([_capital(self.judge.said(line.until)), *self._uses(line, with_days=True)])
        if column.key == "used":
            return "\n".join(self._uses(line)) or "Not used for any item"
        if column.key == "file":
            return self._files(line)
        return None

    def _uses(self, line: EvidenceLine, *, with_days: bool = False) -> list[str]:
        said = [
            f"{self.names.get(link.item_id, 'an item')}{f': {self.judge.said(link.until)}' if with_days else ''}"
            for link in line.links[:MOST_USES]
        ]
        more = len(line.links) - len(said)
        return [*said, *([f"and {more} more"] if more > 0 else [])]

    def _files(self, line: EvidenceLine) -> str:
        files = line.row.latest.attachments if line.row.latest is not None else ()
        lost = {file.id: " – not there" if file.url else " – not on this laptop" for file in line.missing}
        said = [f"{file.url or file.name}{lost.get(file.id, '')}" for file in files[:MOST_USES]]
        return "\n".join(said) or f"{counted_pieces(1).capitalize()} without a file or link"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
