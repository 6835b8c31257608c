"""Action table: actions or findings as a flat Qt model of one line a row. It never writes: it asks with a signal."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from readiness.domain.actions import ActionLine, FindingLine, explain_delivery, explain_finding
from readiness.domain.calendar import WorkingDays
from ui.models.item_columns import Paint
from ui.models.register_columns import Field, Line, RegisterColumn, chip_word, full_place, spoken, where

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
Role = Qt.ItemDataRole
Flag = Qt.ItemFlag
MANY = 50


class ActionTable(QAbstractTableModel):
    """Lines in the order they are given; `show_lines` shows others, and paints again where the same ones stay."""

    edit_requested = Signal(object, object, object)  # tuple of ids, field, value

    def __init__(self, columns: Sequence[RegisterColumn[Any]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: tuple[Line, ...] = ()
        self._waiting: tuple[Line, ...] | None = None  # what came while somebody typed in a row
        self._places: dict[str, int] | None = None
        self._is_held = False
        self.contested: Mapping[str, frozenset[str]] = {}  # by line, its fields in conflict
        self.day = date.min
        self.calendar = WorkingDays()

    # what is shown

    @property
    def rows(self) -> Sequence[Line]:
        """What stands in the grid, top to bottom."""
        return self._rows

    def show_lines(self, lines: Sequence[Line], day: date, calendar: WorkingDays) -> None:
        """Show these lines, judged on a day."""
        self.day, self.calendar = day, calendar
        rows = tuple(lines)
        if [row.id for row in rows] != [row.id for row in self._rows]:
            if self._is_held:
                self._waiting = rows
                return
            self.beginResetModel()
            self._rows, self._places, self._waiting = rows, None, None
            self.endResetModel()
            return
        other = [number for number, row in enumerate(rows) if row != self._rows[number]]
        self._rows, self._waiting = rows, None
        last = len(self.columns) - 1
        if len(other) > MANY:  # one signal for the lot: the view paints only what can be seen
            self.dataChanged.emit(self.index(other[0], 0), self.index(other[-1], last))
            return
        for number in other:
            self.dataChanged.emit(self.index(number, 0), self.index(number, last))

    def hold(self, is_held: bool) -> None:
        """Let no row come or go for a while: somebody types in one. What changed meanwhile is caught up on after."""
        self._is_held = is_held
        if not is_held and self._waiting is not None:
            self.show_lines(self._waiting, self.day, self.calendar)

    def place_of(self, id_: str) -> int | None:
        """Return the row in which a line stands; None: it is filtered away."""
        if self._places is None:
            self._places = {row.id: number for number, row in enumerate(self._rows)}
        return self._places.get(id_)

    def row_at(self, number: int) -> Line | None:
        """Return what stands in a row."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def is_contested(self, id_: str, field: Field) -> bool:
        """Whether a field was changed on two laptops, and somebody has to choose."""
        return str(field.value) in self.contested.get(id_, ())

    # Qt's questions

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
        plain = Flag.ItemIsEnabled | Flag.ItemIsSelectable | Flag.ItemNeverHasChildren
        return plain | Flag.ItemIsEditable if self.columns[index.column()].field is not None else plain

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Look up a cell."""
        line = self.row_at(index.row()) if index.isValid() else None
        if line is None:
            return None
        column = self.columns[index.column()]
        is_name = column.paint is Paint.NAME
        if role == Role.DisplayRole:
            return f"{where(line)} {column.text(line)}" if is_name else column.text(line)
        if role == Role.EditRole:
            return column.value(line) if column.value is not None else column.text(line)
        if role == Role.AccessibleTextRole:
            return spoken(line) if is_name else f"{column.title} {column.text(line) or 'empty'}, {spoken(line)}"
        if role == Role.ToolTipRole:
            return self._tip(line, column)
        if role == Role.TextAlignmentRole and column.is_right:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        """Ask for a field to be given a value; what is shown changes when it was written."""
        line = self.row_at(index.row()) if index.isValid() else None
        field = self.columns[index.column()].field
        if role != Role.EditRole or field is None or line is None:
            return False
        self.edit_requested.emit((line.id,), field, value)
        return True

    def explain(self, line: Line) -> str:
        """Return why a line's chip says what it says."""
        if isinstance(line, ActionLine):
            return explain_delivery(line.action, self.day, self.calendar)
        return explain_finding(line.finding, line.actions)

    def _tip(self, line: Line, column: RegisterColumn[Any]) -> str | None:
        """Return what a cell cannot say: why, or the whole of what is shortened."""
        if column.paint is Paint.NAME:
            return f"{column.text(line)}\n{full_place(line)}"
        if column.paint is Paint.RATING:
            return f"{chip_word(line)}: {self.explain(line)}"
        if isinstance(line, FindingLine) and column.key == "actions":
            return column.text(line) or "No action answers it yet"
        return column.text(line) or None
