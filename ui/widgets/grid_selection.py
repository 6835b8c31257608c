"""Grid selection: which rows of a grid are selected, by id; it outlives filtering, folding and refreshing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, Signal
from PySide6.QtWidgets import QTableView

from readiness.domain.views import ItemRow

_Select = QItemSelectionModel.SelectionFlag
_Hint = QTableView.ScrollHint
NEAR_PX = 60


class Identified(Protocol):
    """A row that is known by an id."""

    @property
    def id(self) -> str:
        """Unlike any other row's."""


Row = TypeVar("Row", bound=Identified)
Given = TypeVar("Given", bound=Identified, covariant=True)


class Rows(Protocol[Given]):
    """What a flat table says of its rows."""

    @property
    def rows(self) -> Sequence[Given]:
        """All of them, top to bottom."""

    def row_at(self, number: int) -> Given | None:
        """Return the row at a place."""

    def place_of(self, id_: str) -> int | None:
        """Return the place of a row; None: it does not stand there."""


@dataclass(frozen=True, slots=True)
class _Held:
    """What is kept over a reset: by id where there is one, by place where there is not."""

    selected: tuple[str, ...]
    current: str | None
    place: int
    column: int
    anchor: str | None  # this row stays where it stood on the screen
    offset: int  # px below the top of the viewport
    scroll: int


class GridSelection(QObject, Generic[Row]):
    """Made after the view has its model, so that the view has forgotten its own selection before it is put back."""

    picked = Signal()  # other rows are selected, or another one is current

    def __init__(self, view: QTableView, table: Rows[Row]) -> None:
        super().__init__(view)
        self._view, self._table, self._model = view, table, view.model()
        self._held: _Held | None = None
        self._told: tuple[tuple[str, ...], str | None] = ((), None)
        self._model.modelAboutToBeReset.connect(self._on_about_to_be_reset)
        self._model.modelReset.connect(self._on_reset)
        view.selectionModel().selectionChanged.connect(self._tell)
        view.selectionModel().currentChanged.connect(self._tell)

    def current(self) -> Row | None:
        """Return the row the keyboard is in."""
        return self._table.row_at(self._view.currentIndex().row())

    def rows(self) -> list[Row]:
        """Return the selected rows, top to bottom."""
        chosen = self._view.selectionModel().selection()
        spans = sorted((chosen.at(number).top(), chosen.at(number).bottom()) for number in range(chosen.count()))
        rows = self._table.rows
        return [rows[number] for top, bottom in spans for number in range(top, min(bottom + 1, len(rows)))]

    def items(self) -> list[ItemRow]:
        """Return the selected items, top to bottom; headings between them don't count."""
        return [row for row in self.rows() if isinstance(row, ItemRow)]

    def select(self, ids: Sequence[str], column: int = -1) -> bool:
        """Select rows and bring the first into view, with the keyboard in it. False: none of them stands here."""
        places = [place for id_ in ids if (place := self._table.place_of(id_)) is not None]
        if not places:
            return False
        at = self._model.index(places[0], column if column >= 0 else self._column())
        self._view.selectionModel().setCurrentIndex(at, _Select.NoUpdate)
        self._view.selectionModel().select(self._spans(places), _Select.ClearAndSelect)
        top, height = self._view.rowViewportPosition(at.row()), self._view.viewport().height()
        is_far = not -NEAR_PX <= top <= height + NEAR_PX  # one step away moves the rows by no more than it takes
        self._view.scrollTo(at, _Hint.PositionAtCenter if is_far else _Hint.EnsureVisible)
        return True

    def select_place(self, place: int) -> None:
        """Select the row at a place, or the last one above it."""
        place = min(place, len(self._table.rows) - 1)
        if place >= 0:
            self.select([self._table.rows[place].id])

    def _column(self) -> int:
        return max(0, self._view.currentIndex().column())

    def _spans(self, places: Sequence[int]) -> QItemSelection:
        made, last = QItemSelection(), self._model.columnCount() - 1
        start = previous = -2
        for place in [*sorted(places), -1]:
            if place != previous + 1:
                if start >= 0:
                    made.select(self._model.index(start, 0), self._model.index(previous, last))
                start = place
            previous = place
        return made

    def _tell(self) -> None:
        if self._held is not None:
            return
        row = self.current()
        now = (tuple(row.id for row in self.rows()), row.id if row is not None else None)
        if now != self._told:
            self._told = now
            self.picked.emit()

    def _on_about_to_be_reset(self) -> None:
        view, row = self._view, self.current()
        place, top = view.currentIndex().row(), view.rowAt(0)
        at = view.rowViewportPosition(place)
        is_seen = row is not None and 0 <= at < view.viewport().height()
        anchor = row if is_seen else self._table.row_at(top)
        self._held = _Held(
            selected=tuple(each.id for each in self.rows()),
            current=row.id if row is not None else None,
            place=place,
            column=self._column(),
            anchor=anchor.id if anchor is not None else None,
            offset=at if is_seen else view.rowViewportPosition(top),
            scroll=view.verticalScrollBar().value(),
        )

    def _on_reset(self) -> None:
        if self._held is not None:
            self._put_back(self._held)
            self._held = None
        self._tell()

    def _put_back(self, held: _Held) -> None:
        table, model, selection = self._table, self._model, self._view.selectionModel()
        here = table.place_of(held.current) if held.current is not None else None
        if here is None and held.place >= 0 and table.rows:
            here = min(held.place, len(table.rows) - 1)  # the keyboard stays about where it was; nothing is selected
        if here is not None:
            selection.setCurrentIndex(model.index(here, held.column), _Select.NoUpdate)
        places = [place for id_ in held.selected if (place := table.place_of(id_)) is not None]
        if places:
            selection.select(self._spans(places), _Select.ClearAndSelect)
        self._view.updateGeometry()
        anchor = table.place_of(held.anchor) if held.anchor is not None else None
        height = self._view.verticalHeader().defaultSectionSize()
        self._view.verticalScrollBar().setValue(anchor * height - held.offset if anchor is not None else held.scroll)
