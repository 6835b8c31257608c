"""Filters: which items somebody wants to see; shared by the grid, the export of "what I see" and the figures."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import Enum

from readiness.domain.dates import written
from readiness.domain.views import Board, Identity, ItemRow
from readiness.domain.vocabulary import ItemStatus, Priority, Rating, Word


class DueSpan(Word):
    """When an item is due, seen from the board's day."""

    LATE = "late", "Late"
    TODAY = "today", "Today"
    SOON = "soon", "Within 10 working days"
    LATER = "later", "Later"
    NO_DATE = "no_date", "No date yet"


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """What is shown; an empty tuple or text, None and False let everything pass. Fields combine with "and"."""

    text: str = ""
    inspections: tuple[str, ...] = ()  # ids
    areas: tuple[str, ...] = ()  # ids
    statuses: tuple[ItemStatus, ...] = ()
    ratings: tuple[Rating, ...] = ()
    owners: tuple[str, ...] = ()  # "" is nobody
    services: tuple[str, ...] = ()  # "" is none
    priorities: tuple[Priority, ...] = ()
    due: tuple[DueSpan, ...] = ()
    day_one: bool = False
    confirm: bool = False  # only what another edition reworded and nobody confirmed yet
    mine: tuple[str, ...] = ()  # the names and roles that are me, casefolded; empty: everybody's
    changed_since: datetime | None = None
    items: tuple[str, ...] = ()  # ids, where a page wants exactly these
    label: str = ""  # says where the filter came from, "Next deadlines"

    @property
    def is_empty(self) -> bool:
        """Whether it lets everything pass."""
        return all(getattr(self, each.name) == each.default for each in fields(self) if each.name != "label")


def searchable(item: ItemRow) -> str:
    """Return the text the filter box looks in, casefolded: make it once a row, not once a keystroke."""
    return f"{item.reference}\n{item.title}\n{item.owner}\n{item.service}".casefold()


def due_span(item: ItemRow, day: date, soon: date) -> DueSpan:
    """Return when an item is due, seen from a day. Finished items are never late."""
    if item.due is None:
        return DueSpan.NO_DATE
    if item.due < day:
        return DueSpan.LATE if is_late(item, day) else DueSpan.LATER
    if item.due == day:
        return DueSpan.TODAY
    return DueSpan.SOON if item.due <= soon else DueSpan.LATER


_DONE = frozenset({ItemStatus.CHECKED, ItemStatus.SIGNED_OFF, ItemStatus.NOT_APPLICABLE})


def is_late(item: ItemRow, day: date) -> bool:
    """Whether an item is past its day and still below Checked."""
    return item.due is not None and item.due < day and item.status not in _DONE


def is_mine(item: ItemRow, me: Iterable[str]) -> bool:
    """Whether one of my names or roles (casefolded) owns the item."""
    return bool(item.owner) and item.owner.strip().casefold() in me


def names_of(identity: Identity) -> tuple[str, ...]:
    """Return the names and roles under which somebody owns items, casefolded."""
    return tuple(text.strip().casefold() for text in (identity.name, identity.role) if text.strip())


def passes(item: ItemRow, chosen: ItemFilter, board: Board, text: str | None = None) -> bool:
    """Whether a filter lets an item pass; `text` is `searchable(item)` where the caller keeps it."""
    words = chosen.text.casefold().split()
    if words:
        where = searchable(item) if text is None else text
        if not all(word in where for word in words):
            return False
    return (
        (not chosen.items or item.id in chosen.items)
        and (not chosen.inspections or item.inspection_id in chosen.inspections)
        and (not chosen.areas or item.area_id in chosen.areas)
        and (not chosen.statuses or item.status in chosen.statuses)
        and (not chosen.ratings or item.rating in chosen.ratings)
        and (not chosen.owners or item.owner in chosen.owners)
        and (not chosen.services or item.service in chosen.services)
        and (not chosen.priorities or item.priority in chosen.priorities)
        and (not chosen.due or due_span(item, board.day, board.soon) in chosen.due)
        and (not chosen.day_one or (item.day_one and item.status is not ItemStatus.NOT_APPLICABLE))
        and (not chosen.confirm or item.confirm)
        and (not chosen.mine or is_mine(item, chosen.mine))
        and (chosen.changed_since is None or (item.changed_at is not None and item.changed_at >= chosen.changed_since))
    )


def describe(chosen: ItemFilter, board: Board) -> str:
    """Return a filter as a sentence for a sheet, "Status: Drafted; Owner: Head of SEND"; "" when it lets all pass."""
    inspections = {row.id: row.short_title for row in board.inspections}
    areas = {row.id: f"{row.code} {row.title}" for row in board.areas}
    parts = [
        ("Contains", [chosen.text] if chosen.text.strip() else []),
        ("Inspection", [inspections.get(id_, "a removed one") for id_ in chosen.inspections]),
        ("Area", [areas.get(id_, "a removed one") for id_ in chosen.areas]),
        ("Status", _labels(chosen.statuses)),
        ("Rating", _labels(chosen.ratings)),
        ("Owner", [owner or "nobody" for owner in chosen.owners]),
        ("Service", [service or "none" for service in chosen.services]),
        ("Priority", _labels(chosen.priorities)),
        ("Due", _labels(chosen.due)),
        ("Only", _switches(chosen)),
    ]
    return "; ".join(f"{name}: {', '.join(values)}" for name, values in parts if values)


def _labels(words: Iterable[Enum]) -> list[str]:
    return [str(getattr(word, "label", word.value)) for word in words]


def _switches(chosen: ItemFilter) -> list[str]:
    said = []
    if chosen.day_one:
        said.append("what counts on day one")
    if chosen.confirm:
        said.append("what is to be confirmed again")
    if chosen.mine:
        said.append("mine")
    if chosen.changed_since is not None:
        said.append(f"changed since {written(chosen.changed_since.astimezone().date())}")
    if chosen.items:
        said.append(chosen.label or f"{len(chosen.items)} chosen items")
    return said
