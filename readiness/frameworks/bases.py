"""Bases: a framework file that builds on another says only what differs; here the two become one document.

What is merged keeps its place: a fault points to the line in this file, or to `base` for what came from there.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from readiness.domain.plain_words import shown
from readiness.frameworks.parts import ITEM
from readiness.frameworks.places import Document, Faults, Place, Spot
from readiness.frameworks.values import ID, Table, list_of_texts
from resources import resource

Bases = Callable[[str], str | None]
"""Finds the text of a base by its id; None: there is none."""

_INHERITED = ("title", "short_title", "summary", "family", "services", "judgements", "timetable")
_KEYED = {"visits": "code", "lists": "number", "expected": "event"}
_EITHER = {"when": "days_after", "days_after": "when"}


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of a list, with its place in its own document."""

    value: object
    place: Place


@dataclass(slots=True)
class _Pair:
    """An entry of the base and what this file says of it; None: it has none, or says nothing."""

    base: _Entry | None
    own: _Entry | None = None


def no_bases(_id: str) -> None:
    """Know no framework to build on."""


def shipped_text(id_: str) -> str | None:
    """Return the text of a framework file that comes with the program, also of one that is only a base."""
    if not ID.fullmatch(id_):
        return None
    path = resource("frameworks", f"{id_}.toml")
    return path.read_text(encoding="utf-8") if path.is_file() else None


def merged(base: Document, own: Document, faults: Faults) -> Document:
    """Return what a file comes to on its base; faults of `drop` are noted."""
    return _Merging(base, own, faults).document()


class _Merging:
    def __init__(self, base: Document, own: Document, faults: Faults) -> None:
        self._base, self._own = base, own
        self._faults = faults
        self._spots: dict[Place, Spot] = {(): own.spot(())}
        self._dropped = self._known_drops()

    def document(self) -> Document:
        table = dict(self._own.table)
        for key in _INHERITED:
            if key in self._base.table and key not in table:
                table[key] = self._base.table[key]
                self._spots[(key,)] = self._base.spot((key,))
        for name, parts in (("scales", self._scales), ("areas", self._areas)):
            if name in self._base.table:
                table[name] = parts()
        for name, key in _KEYED.items():
            if name in self._base.table:
                table[name] = self._keyed(name, key)
        return Document(self._own.source, table, self._spots)

    def _scales(self) -> object:
        base, own = self._base.table["scales"], self._own.table.get("scales", {})
        if not isinstance(own, dict) or not isinstance(base, dict):
            return own
        kept = {name: grades for name, grades in base.items() if name not in own}
        for name in kept:
            self._spots[("scales", name)] = self._base.spot(("scales", name))
        return {**kept, **own}

    def _keyed(self, name: str, key: str) -> object:
        own = self._own.table.get(name, [])
        if not isinstance(own, list):
            return own
        pairs = [_Pair(entry) for entry in _entries(self._base.table[name], (name,))]
        by_key = {known: pair for pair in pairs if (known := _key(pair.base, key))}
        for entry in _entries(own, (name,)):
            _join(entry, by_key.pop(_key(entry, key), None), pairs)
        return [self._laid_out(pair, (name, number)) for number, pair in enumerate(pairs)]

    def _laid_out(self, pair: _Pair, place: Place) -> object:
        """Return one entry as it is on its base; what this file says wins."""
        match pair.base, pair.own:
            case _Entry() as base, _Entry() as own:
                self._spots[place] = self._own.spot(own.place)
                said = _table(own)
                kept = {key: value for key, value in _table(base).items() if _EITHER.get(key) not in said}
                for key in kept.keys() - said.keys():
                    self._spots[(*place, key)] = self._base.spot((*base.place, key))
                return {**kept, **said}
            case None, _Entry() as own:
                self._spots[place] = self._own.spot(own.place)
                return own.value
            case _Entry() as base, _:
                self._spots[place] = self._base.spot(base.place)
                return base.value
        return {}

    def _areas(self) -> object:
        own = self._own.table.get("areas", [])
        if not isinstance(own, list):
            return own
        areas = [_Pair(entry) for entry in _entries(self._base.table["areas"], ("areas",))]
        items = {id(area): [_Pair(each) for each in _items(area.base)] for area in areas}
        known = {ref: pair for pairs in items.values() for pair in pairs if (ref := _key(pair.base, "reference"))}
        for reference in self._dropped & known.keys():
            known.pop(reference)
        by_code = {code: area for area in areas if (code := _key(area.base, "code")) and code not in self._dropped}
        moved: set[int] = set()
        for entry in _entries(own, ("areas",)):
            area = _join(entry, by_code.pop(_key(entry, "code"), None), areas)
            here = items.setdefault(id(area), [])
            for item in _items(entry):
                pair = known.pop(_key(item, "reference"), None)
                if pair is not None and not any(pair is each for each in here):  # it stands in another area now
                    moved.add(id(pair))
                    pair = _Pair(pair.base)
                    here.append(pair)
                _join(item, pair, here)
        left = [area for area in areas if area.own or _key(area.base, "code") not in self._dropped]
        return [
            self._area(area, [each for each in items[id(area)] if self._stays(each, moved)], number)
            for number, area in enumerate(left)
        ]

    def _stays(self, item: _Pair, moved: set[int]) -> bool:
        return id(item) not in moved and (item.own is not None or _key(item.base, "reference") not in self._dropped)

    def _area(self, area: _Pair, items: Sequence[_Pair], number: int) -> object:
        place = ("areas", number)
        table = self._laid_out(area, place)
        if not isinstance(table, dict) or not isinstance(table.get("items", []), list):
            return table
        self._spots.pop((*place, "items"), None)
        return {**table, "items": [self._laid_out(item, (*place, "items", n)) for n, item in enumerate(items)]}

    def _known_drops(self) -> set[str]:
        """Return what this file drops of its base, as it is compared; notes what the base has not."""
        texts = list_of_texts(self._own.table, "drop", ITEM["reference"], (), self._faults)
        areas = _entries(self._base.table.get("areas", []), ("areas",))
        known = {_key(area, "code") for area in areas}
        known |= {_key(item, "reference") for area in areas for item in _items(area)}
        for text in texts:
            if text.casefold() not in known:
                reason = f"The base has no area and no item “{shown(text)}”. Take it out of the list."
                self._faults.add(("drop",), reason)
        return {text.casefold() for text in texts}


def _join(entry: _Entry, pair: _Pair | None, pairs: list[_Pair]) -> _Pair:
    """Put what this file says beside the entry of the base that it means, or at the end as something new."""
    if pair is None:
        pair = _Pair(None, entry)
        pairs.append(pair)
    else:
        pair.own = entry
    return pair


def _entries(value: object, place: Place) -> list[_Entry]:
    each: Iterable[object] = value if isinstance(value, list) else ()
    return [_Entry(entry, (*place, number)) for number, entry in enumerate(each)]


def _items(area: _Entry | None) -> list[_Entry]:
    return _entries(_table(area).get("items", []), (*area.place, "items")) if area is not None else []


def _table(entry: _Entry | None) -> Table:
    return entry.value if entry is not None and isinstance(entry.value, Mapping) else {}


def _key(entry: _Entry | None, key: str) -> str:
    """Return what an entry is known by, as it is compared; "" where it does not say."""
    value = _table(entry).get(key)
    if isinstance(value, str):
        return " ".join(value.casefold().split()) if key == "event" else value.strip().casefold()
    return str(value) if type(value) is int and 0 < value < 1000 else ""
