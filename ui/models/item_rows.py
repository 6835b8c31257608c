"""Item rows: the checklist as one flat list of headings and items, what a filter leaves of it, what is folded away.

A flat list keeps 10,000 items quick: a tree would ask Python about every row. Pure: no Qt.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from operator import is_

from readiness.domain.filters import ItemFilter, passes, searchable
from readiness.domain.scoring import readiness
from readiness.domain.views import AreaRow, Board, InspectionRow, ItemRow


@dataclass(frozen=True, slots=True)
class AreaHead:
    """The heading of an area; its readiness is that of all its items, whatever the filter shows."""

    area: AreaRow
    readiness: float | None  # percent, unrounded; None: nothing applies
    items: int
    shown: int  # items that the filter lets pass, folded away or not
    is_open: bool

    @property
    def id(self) -> str:
        """The area's."""
        return self.area.id


@dataclass(frozen=True, slots=True)
class InspectionHead:
    """The heading of an inspection, where all of them are shown."""

    inspection: InspectionRow
    readiness: float | None
    items: int
    shown: int
    is_open: bool

    @property
    def id(self) -> str:
        """The inspection's."""
        return self.inspection.id


Head = AreaHead | InspectionHead
GridRow = InspectionHead | AreaHead | ItemRow


class Outline:
    """What a board has by area, and the texts the filter looks in: made once a board, not once a keystroke.

    The texts are made when somebody filters, or before, an area at a time, by whoever calls `warm`.
    """

    def __init__(self) -> None:
        self._board: Board | None = None
        self._by_area: dict[str, list[ItemRow]] = {}
        self._texts: dict[str, list[str]] = {}
        self._ready: dict[str, float | None] = {}
        self._whole: dict[str, float | None] = {}

    def take(self, board: Board) -> None:
        """Take another board; areas whose rows are the same objects as before keep what is known of them."""
        if board is self._board:
            return
        self._board = board
        by_area: dict[str, list[ItemRow]] = {area.id: [] for area in board.areas}
        for item in board.items:
            by_area[item.area_id].append(item)
        texts: dict[str, list[str]] = {}
        ready: dict[str, float | None] = {}
        for id_, items in by_area.items():
            before = self._by_area.get(id_, [])
            same = len(before) == len(items) and all(map(is_, before, items)) and id_ in self._ready
            if same and id_ in self._texts:
                texts[id_] = self._texts[id_]
            ready[id_] = self._ready[id_] if same else readiness(items)
        self._by_area, self._texts, self._ready = by_area, texts, ready
        self._whole = {
            row.id: readiness(item for item in board.items if item.inspection_id == row.id) for row in board.inspections
        }

    def warm(self) -> bool:
        """Make the texts of one more area; return whether more are to be made."""
        cold = [id_ for id_ in self._by_area if id_ not in self._texts]
        if cold:
            self._texts_of(cold[0])
        return len(cold) > 1

    def _texts_of(self, area_id: str) -> list[str]:
        if area_id not in self._texts:
            self._texts[area_id] = [searchable(item) for item in self._by_area[area_id]]
        return self._texts[area_id]

    def passing(self, chosen: ItemFilter, inspection_id: str | None) -> dict[str, list[ItemRow]]:
        """Return what a filter leaves, by area in order; areas out of the inspection are left out."""
        if self._board is None:
            return {}
        words = chosen.text.casefold().split()
        ids = frozenset(chosen.items)
        rest = replace(chosen, text="", items=())
        is_only_text = rest.is_empty
        left = {}
        for area in self._board.areas:
            if inspection_id is not None and area.inspection_id != inspection_id:
                continue
            items = self._by_area[area.id]
            if words:
                first, *others = words
                pairs = zip(items, self._texts_of(area.id), strict=True)
                items = [item for item, text in pairs if first in text and all(word in text for word in others)]
            if ids:  # a figure may name thousands
                items = [item for item in items if item.id in ids]
            if not is_only_text:
                items = [item for item in items if passes(item, rest, self._board)]
            left[area.id] = items
        return left

    def rows(
        self, left: dict[str, list[ItemRow]], chosen: ItemFilter, one: str | None, closed: set[str]
    ) -> list[GridRow]:
        """Lay out headings and items.

        Args:
            left: What `passing` gave.
            chosen: The filter; without one, empty headings stand too, so that items can be added below them.
            one: The inspection shown; None shows all, each below a heading of its own.
            closed: Ids of headings whose rows are folded away.
        """
        rows: list[GridRow] = []
        board = self._board
        for inspection in board.inspections if board is not None else ():
            if one is not None and inspection.id != one:
                continue
            areas = [area for area in self._areas_of(inspection.id) if left[area.id] or _stands_empty(area, chosen)]
            if not areas and not chosen.is_empty:
                continue
            if one is None:
                rows.append(self._inspection_head(inspection, left, inspection.id not in closed))
                if inspection.id in closed:
                    continue
            for area in areas:
                rows.append(self._area_head(area, len(left[area.id]), area.id not in closed))
                if area.id not in closed:
                    rows.extend(left[area.id])
        return rows

    def area_items(self, area_id: str) -> Sequence[ItemRow]:
        """Return all items of an area."""
        return self._by_area.get(area_id, ())

    def _areas_of(self, inspection_id: str) -> list[AreaRow]:
        return [area for area in self._board.areas if area.inspection_id == inspection_id] if self._board else []

    def _area_head(self, area: AreaRow, shown: int, is_open: bool) -> AreaHead:
        return AreaHead(area, self._ready[area.id], len(self._by_area[area.id]), shown, is_open)

    def _inspection_head(
        self, inspection: InspectionRow, left: dict[str, list[ItemRow]], is_open: bool
    ) -> InspectionHead:
        areas = self._areas_of(inspection.id)
        return InspectionHead(
            inspection,
            self._whole[inspection.id],
            sum(len(self._by_area[area.id]) for area in areas),
            sum(len(left[area.id]) for area in areas),
            is_open,
        )


def _stands_empty(area: AreaRow, chosen: ItemFilter) -> bool:
    if area.id in chosen.areas or area.inspection_id in chosen.inspections:
        chosen = replace(chosen, areas=(), inspections=())
    return chosen.is_empty


def ids_of(rows: Iterable[GridRow]) -> list[str]:
    """Return the ids of rows in their order."""
    return [row.id for row in rows]
