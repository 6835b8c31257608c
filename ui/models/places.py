"""Places: where an action or a finding can belong, by the words people choose it by. Pure: no Qt."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from readiness.domain.actions import ActionLine
from readiness.domain.views import Board
from ui.models.register_columns import Line, full_place

EVERYWHERE = "All inspections"


@dataclass(frozen=True, slots=True)
class Place:
    """One of them is set, or none: then it concerns all inspections."""

    inspection_id: str = ""
    area_id: str = ""
    item_id: str = ""

    @property
    def given(self) -> dict[str, str]:
        """What the verbs take, without what is empty."""
        named = {"inspection_id": self.inspection_id, "area_id": self.area_id, "item_id": self.item_id}
        return {name: id_ for name, id_ in named.items() if id_}


def places_of(board: Board, inspection_id: str | None = None, *, with_items: bool = True) -> "Places":
    """Return every place of one inspection or of all, in order: no two are called alike."""
    made: dict[str, Place] = {EVERYWHERE: Place()}
    several = len(board.inspections) > 1 and inspection_id is None
    items: dict[str, list[tuple[str, str]]] = {area.id: [] for area in board.areas}
    if with_items:
        for item in board.items:
            items[item.area_id].append((f"{item.reference} {item.title}", item.id))
    for inspection in board.inspections:
        if inspection_id not in (None, inspection.id):
            continue
        ending = f" ({inspection.short_title})" if several else ""
        _add(made, inspection.short_title, "", Place(inspection_id=inspection.id))
        for area in (each for each in board.areas if each.inspection_id == inspection.id):
            _add(made, f"Area {area.code}  {area.title}", ending, Place(area_id=area.id))
            for words, id_ in items[area.id]:
                _add(made, words, ending if words in made else "", Place(item_id=id_))
    return Places(made)


def _add(made: dict[str, Place], words: str, ending: str, place: Place) -> None:
    plain = " ".join(f"{words}{ending}".split())
    name, number = plain, 1
    while name in made:
        number += 1
        name = f"{plain} ({number})"
    made[name] = place


class Places(Mapping[str, Place]):
    """Places by the words that people choose them by, and the words of each place."""

    def __init__(self, made: Mapping[str, Place] | None = None) -> None:
        self._places = dict(made or {})
        self._words = {place: words for words, place in self._places.items()}

    def __getitem__(self, words: str) -> Place:
        return self._places[words]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def words_of(self, line: Line) -> str:
        """Return the words by which a line's place is chosen; its full name where it is not among the places."""
        item = line.item if isinstance(line, ActionLine) else None
        wanted = (
            Place(item_id=item.id)
            if item is not None
            else Place(area_id=line.area.id)
            if line.area is not None
            else Place(inspection_id=line.inspection.id)
            if line.inspection is not None
            else Place()
        )
        return self._words.get(wanted) or full_place(line)

    def words_for(self, place: Place) -> str:
        """Return the words of a place; those of all inspections where it is not among them."""
        return self._words.get(place, EVERYWHERE)
