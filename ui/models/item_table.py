"""Item table: the checklist's rows and columns as a flat Qt model. It never writes: it asks with `edit_requested`."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from readiness.domain.filters import ItemFilter
from readiness.domain.plain_words import counted
from readiness.domain.scoring import explain_rating
from readiness.domain.views import Board, ItemEdit, ItemRow
from readiness.domain.vocabulary import ItemField, short_service
from ui.models.evidence_words import Judge, proof_tip
from ui.models.item_columns import COLUMNS, Column, Paint, due_text, spoken
from ui.models.item_rows import AreaHead, GridRow, InspectionHead, Outline, ids_of
from ui.models.overview_words import percent

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
Role = Qt.ItemDataRole
Flag = Qt.ItemFlag
MANY = 50
_SHOWN = Flag.ItemIsEnabled | Flag.ItemIsSelectable | Flag.ItemNeverHasChildren  # asked for with every cell painted
_EDITABLE = _SHOWN | Flag.ItemIsEditable


class ItemTableRole(IntEnum):
    """What views ask beside Qt's own roles."""

    ROW = Qt.ItemDataRole.UserRole + 1  # GridRow


class ItemTable(QAbstractTableModel):
    """Headings and items, filtered and folded; `show` takes a board, a filter and the inspection to be seen."""

    edit_requested = Signal(object, object)  # tuple of item ids, ItemEdit

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._outline = Outline()
        self._warming = QTimer(self, interval=0, singleShot=True)
        self._warming.timeout.connect(self._warm)
        self._board: Board | None = None
        self._chosen = ItemFilter()
        self._inspection: str | None = None
        self._closed: set[str] = set()
        self._left: dict[str, list[ItemRow]] = {}
        self._rows: list[GridRow] = []
        self._places: dict[str, int] | None = None
        self._is_held = self._is_late = False
        self.judge = Judge(date.min, date.min)
        self.changed_since: datetime | None = None  # items changed at or after it carry a dot
        self.contested: Mapping[str, frozenset[str]] = {}  # by item, its fields in conflict

    # what is shown

    @property
    def rows(self) -> Sequence[GridRow]:
        """What stands in the grid, top to bottom. Not to be changed."""
        return self._rows

    @property
    def day(self) -> date:
        """The day the board was read for."""
        return self._board.day if self._board is not None else date.min

    def show_board(self, board: Board, chosen: ItemFilter, inspection_id: str | None) -> None:
        """Show what a filter leaves of a board; where the same rows stay, they are only painted again."""
        if self._board is None or (board.day, board.calendar) != (self._board.day, self._board.calendar):
            self.judge = Judge.on(board.day, board.calendar)
        self._board, self._chosen, self._inspection = board, chosen, inspection_id
        self._outline.take(board)
        self._left = self._outline.passing(chosen, inspection_id)
        self._lay_out()
        self._warming.start()

    def _warm(self) -> None:
        """Get ready for the filter, a little in every turn of the loop."""
        if self._outline.warm():
            self._warming.start()

    def hold(self, is_held: bool) -> None:
        """Let no row come or go for a while: somebody types in one. What changed meanwhile is caught up on after."""
        self._is_held = is_held
        if self._is_late and not is_held:
            self._lay_out()

    def set_open(self, ids: Iterable[str], is_open: bool) -> None:
        """Fold headings in or out."""
        before = set(self._closed)
        self._closed = self._closed.difference(ids) if is_open else self._closed.union(ids)
        if self._closed != before:
            self._lay_out()

    def open_all(self, is_open: bool) -> None:
        """Fold every area in or out; inspections stay open, so that their areas can be seen."""
        board = self._board
        if board is None:
            return
        folded: set[str] = set() if is_open else {area.id for area in board.areas}
        if folded != self._closed:
            self._closed = folded
            self._lay_out()

    def visible_items(self) -> tuple[ItemRow, ...]:
        """Return the items that the filter lets pass, in order, also those folded away."""
        return tuple(item for items in self._left.values() for item in items)

    def place_of(self, id_: str) -> int | None:
        """Return the row in which an item or a heading stands; None: filtered or folded away."""
        if self._places is None:
            self._places = {id_: number for number, id_ in enumerate(ids_of(self._rows))}
        return self._places.get(id_)

    def row_at(self, number: int) -> GridRow | None:
        """Return what stands in a row."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def is_changed(self, item: ItemRow) -> bool:
        """Whether an item changed since the reader was last here."""
        since = self.changed_since
        return since is not None and item.changed_at is not None and item.changed_at >= since

    def is_contested(self, id_: str, field: ItemField) -> bool:
        """Whether a field was changed on two laptops, and somebody has to choose."""
        return str(field.value) in self.contested.get(id_, ())

    def _lay_out(self) -> None:
        rows = self._outline.rows(self._left, self._chosen, self._inspection, self._closed)
        moves = ids_of(rows) != ids_of(self._rows)
        self._is_late = moves and self._is_held
        if self._is_late:
            return
        if moves:
            self.beginResetModel()
            self._rows, self._places = rows, None
            self.endResetModel()
            return
        pairs = enumerate(zip(rows, self._rows, strict=True))
        other = [number for number, (row, old) in pairs if row is not old and (isinstance(row, ItemRow) or row != old)]
        self._rows = rows
        if len(other) > MANY:  # one signal for the lot: the view paints only what can be seen
            self.dataChanged.emit(self.index(other[0], 0), self.index(other[-1], len(COLUMNS) - 1))
            return
        for number in other:
            self.dataChanged.emit(self.index(number, 0), self.index(number, len(COLUMNS) - 1))

    # Qt's questions

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many rows stand in the grid."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Return how many columns there are, hidden ones too."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        """Return a heading, its alignment, or what it means."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        column = COLUMNS[section]
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return column.title
        if role == Role.ToolTipRole:
            return column.tip or None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a cell."""
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return Flag.NoItemFlags
        return _EDITABLE if isinstance(row, ItemRow) and COLUMNS[index.column()].field is not None else _SHOWN

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Look up a cell."""
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == ItemTableRole.ROW:
            return row
        column = COLUMNS[index.column()]
        if isinstance(row, ItemRow):
            return self._item_data(row, column, role)
        return _head_data(row, column, role)

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        """Ask for an item's field to be given a value; what is shown changes when it was written."""
        row = self.row_at(index.row()) if index.isValid() else None
        field = COLUMNS[index.column()].field if isinstance(row, ItemRow) else None
        if role != Role.EditRole or field is None or not isinstance(row, ItemRow):
            return False
        self.edit_requested.emit((row.id,), ItemEdit(field, value))
        return True

    def _item_data(self, item: ItemRow, column: Column, role: int) -> object:
        if role == Role.DisplayRole:
            return f"{item.reference} {item.title}" if column.paint is Paint.NAME else column.text(item)
        if role == Role.EditRole:
            return column.value(item) if column.value is not None else column.text(item)
        if role == Role.AccessibleTextRole:
            return spoken(item) if column.paint is Paint.NAME else f"{column.title} {column.text(item)}, {spoken(item)}"
        if role == Role.ToolTipRole:
            return self._tip(item, column)
        if role == Role.TextAlignmentRole and column.is_right:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _tip(self, item: ItemRow, column: Column) -> str | None:
        """Return what a cell cannot say: why, or the whole of what is shortened."""
        if column.paint is Paint.NAME:
            return f"{item.reference} {item.title}"
        if column.paint is Paint.RATING and self._board is not None:
            return f"{item.rating.label}: {explain_rating(item, self._board.day, self._board.calendar)}"
        if column.paint is Paint.DUE:
            return f"{due_text(item)}, {item.due_text}" if item.due and item.due_text else due_text(item)
        if column.key == "service":
            return item.service if item.service != short_service(item.service) else None
        if column.paint is Paint.EVIDENCE:
            return proof_tip(item, self.judge)
        if column.paint is Paint.PRIORITY:
            return f"{item.priority.label}, weight {item.priority.weight}"
        return None


def _head_data(head: AreaHead | InspectionHead, column: Column, role: int) -> object:
    if role == Role.DisplayRole:
        if column.paint is Paint.NAME:
            return head_title(head)
        return percent(head.readiness) if column.paint is Paint.RATING else None
    if role == Role.AccessibleTextRole:
        state = "" if head.is_open else ", folded"
        ready = f"{percent(head.readiness)} ready" if head.readiness is not None else "nothing applies"
        return f"{head_title(head)}, {ready}, {head.shown} of {counted(head.items, 'item')} shown{state}"
    if role == Role.ToolTipRole and column.paint in (Paint.STATUS, Paint.RATING):
        return f"Readiness of all {head.items:,} items, whatever is filtered"
    return None


def head_title(head: AreaHead | InspectionHead) -> str:
    """Return the words of a heading."""
    if isinstance(head, AreaHead):
        return f"{head.area.code}  {head.area.title}"
    return head.inspection.title
