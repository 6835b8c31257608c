"""Outgoing: the words in what is about to leave the workspace, whatever records it is made of.

It walks through the frozen rows themselves, so that words which somebody adds to them later are looked through too.
Ids, codes, dates and paths are no words; addresses are, for they stand in the workbook as people pasted them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from readiness.domain.schemes import ListSpec
from readiness.domain.sightings import PlacedText
from readiness.domain.views import Board, Narratives
from readiness.domain.watch import Watch

T = TypeVar("T", bound=Sequence[Any])
Reader = Callable[[PlacedText], str]
"""Is shown a text and returns it, or what is to stand in its stead."""

LEFT_OUT = "Left out: it may identify a child"
"""What stands in the workbook instead."""

_NOT_WORDS = frozenset(
    {"id", "rank", "framework", "edition", "visit", "notified_at", "due_rule", "due_text", "path", "sha256", "rule"}
)
_WHOLE = "the workbook"
_LEAVES = (date, Enum, int, float, bytes, type(None))
_LABELS = {
    "guidance": "what good looks like",
    "basis": "where it comes from",
    "shows": "what it shows",
    "url": "address",
}
_KINDS = {
    "InspectionRow": "an inspection",
    "AreaRow": "an area",
    "ActionRow": "an action",
    "FindingRow": "a finding",
    "EvidenceRow": "a piece of evidence",
    "AttachmentRow": "a file or link",
    "CheckLine": "a check",
}


def texts_of_export(read: Sequence[Any]) -> Iterator[PlacedText]:
    """Yield the words of what `read_for_export` found, each with its item or whatever it belongs to."""
    found: list[PlacedText] = []

    def noted(text: PlacedText) -> str:
        found.append(text)
        return text.text

    walk = _Walk(noted, _references(read))
    for part in read:
        _shown(part, _WHOLE, "", walk)
        yield from found
        found.clear()


def without_identifiers(read: T, day: date, lists: Sequence[ListSpec]) -> tuple[T, int]:
    """Return the same with LEFT_OUT in place of every text that holds a likely identifier, and how many these were."""
    count = 0

    def cleaned(text: PlacedText) -> str:
        nonlocal count
        watch = Watch(day, lists)
        watch.take_text(text)
        if not watch.sightings():
            return text.text
        count += 1
        return LEFT_OUT

    walk = _Walk(cleaned, _references(read))
    made = [_shown(part, _WHOLE, "", walk) for part in read]
    kind: Any = type(read)
    return (kind(*made) if hasattr(read, "_fields") else kind(made)), count


def _references(read: Sequence[Any]) -> dict[str, str]:
    """Return how the items of a board are called, by their ids."""
    return {item.id: item.reference for part in read if isinstance(part, Board) for item in part.items}


class _Walk:
    """Who is shown the words, and how items are called."""

    __slots__ = ("reader", "references")

    def __init__(self, reader: Reader, references: Mapping[str, str]) -> None:
        self.reader, self.references = reader, references


def _shown(value: Any, place: str, about: str, walk: _Walk) -> Any:
    if isinstance(value, str):
        return walk.reader(PlacedText(value, place, about)) if value else value
    if isinstance(value, _LEAVES):
        return value
    if isinstance(value, tuple):
        made = [_shown(each, place, about, walk) for each in value]
        if all(new is old for new, old in zip(made, value, strict=True)):
            return value
        return type(value)(*made) if hasattr(value, "_fields") else tuple(made)
    if isinstance(value, Mapping):
        return {key: _shown_entry(str(key), each, place, walk) for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return _shown_record(value, place, about, walk)
    return value


def _shown_entry(id_: str, value: Any, place: str, walk: _Walk) -> Any:
    """Show what is kept by the id of a record; the narratives of items that a filter holds back stay behind."""
    if isinstance(value, Narratives) and id_ not in walk.references:
        return value
    where = walk.references.get(id_, place)
    if isinstance(value, Mapping):  # fields of that record by their names: they are no ids
        return {name: _shown(each, where, id_, walk) for name, each in value.items()}
    return _shown(value, where, id_, walk)


def _shown_record(record: Any, place: str, about: str, walk: _Walk) -> Any:
    """Show the words of a frozen row; it comes back with what was made of them."""
    about = getattr(record, "id", "") or about
    name = getattr(record, "reference", "") or _KINDS.get(type(record).__name__, place)
    changed: dict[str, Any] = {}
    for field in fields(record):
        if field.name in _NOT_WORDS or field.name.endswith("_id"):
            continue
        old = getattr(record, field.name)
        label = _LABELS.get(field.name, field.name.replace("_", " "))
        new = _shown(old, f"{name}, {label}" if isinstance(old, str) else name, about, walk)
        if new is not old:
            changed[field.name] = new
    return replace(record, **changed) if changed else record
