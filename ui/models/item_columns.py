"""Item columns: what the checklist's grid shows of an item and what may be edited, as data. A row here is a column."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from readiness.domain.dates import written
from readiness.domain.views import ItemRow
from readiness.domain.vocabulary import ItemField, Rating, short_service
from ui.models.evidence_words import counted_pieces, proof_count


class Paint(Enum):
    """How the delegate draws a cell."""

    NAME = "name"
    STATUS = "status"
    RATING = "rating"
    TEXT = "text"
    QUIET = "quiet"
    DUE = "due"
    EVIDENCE = "evidence"
    PRIORITY = "priority"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the settings, its heading, its text, and the field that editing it sets."""

    key: str
    title: str
    paint: Paint
    text: Callable[[ItemRow], str]
    width: int  # px at 12 px text; 0 takes the room that is left
    field: ItemField | None = None  # None: worked out, not edited
    value: Callable[[ItemRow], object] | None = None  # what an editor starts with
    is_right: bool = False
    is_shown: bool = True  # until somebody chooses otherwise
    tip: str = ""


CONFIRM = "confirm again"
"""What stands beside an item that another edition reworded, until somebody confirms it."""
CONTESTED = "in conflict"
"""What stands beside an item of which a field was changed on two laptops, until somebody chooses."""


def due_text(item: ItemRow) -> str:
    """Return the day an item is due, or what it waits for."""
    return written(item.due) or item.due_text or "–"


def rating_text(item: ItemRow) -> str:
    """Return a rating as its chip says it."""
    return "N/A" if item.rating is Rating.NOT_APPLICABLE else item.rating.label


def changed_text(at: datetime | None) -> str:
    """Return when something changed, on this laptop's clock; "" when it never did."""
    if at is None:
        return ""
    local = at.astimezone()
    return f"{written(local.date())}, {local:%H:%M}"


COLUMNS: tuple[Column, ...] = (
    Column("item", "Item", Paint.NAME, lambda row: row.title, 0, ItemField.TITLE, lambda row: row.title),
    Column(
        "status", "Status", Paint.STATUS, lambda row: row.status.label, 92, ItemField.STATUS, lambda row: row.status
    ),
    Column("rating", "Rating", Paint.RATING, rating_text, 104, tip="What the status means with its date, worked out"),
    Column("owner", "Owner", Paint.TEXT, lambda row: row.owner, 126, ItemField.OWNER, lambda row: row.owner),
    Column(
        "service",
        "Service",
        Paint.QUIET,
        lambda row: short_service(row.service),
        78,
        ItemField.SERVICE,
        lambda row: row.service,
    ),
    Column(
        "kind",
        "Kind",
        Paint.QUIET,
        lambda row: row.kind.label,
        96,
        ItemField.KIND,
        lambda row: row.kind,
        is_shown=False,
    ),
    Column(
        "impact_level",
        "Impact",
        Paint.TEXT,
        lambda row: row.impact_level.label,
        84,
        ItemField.IMPACT_LEVEL,
        lambda row: row.impact_level,
        is_shown=False,
        tip="How much has changed for children",
    ),
    Column("changed", "Changed", Paint.QUIET, lambda row: changed_text(row.changed_at), 128, is_shown=False),
    Column("due", "Due", Paint.DUE, due_text, 94, ItemField.DUE, lambda row: row.due_override, is_right=True),
    Column("evidence", "Evidence", Paint.EVIDENCE, proof_count, 44, is_right=True, tip="How many pieces of evidence"),
    Column(
        "priority",
        "Priority",
        Paint.PRIORITY,
        lambda row: row.priority.label,
        44,
        ItemField.PRIORITY,
        lambda row: row.priority,
        tip="Essential, Important, Supporting",
    ),
)
NUMBERS = {column.key: number for number, column in enumerate(COLUMNS)}


def marks_of(item: ItemRow) -> tuple[str, ...]:
    """Return what stands beside the title of an item, worst first."""
    return (*((CONTESTED,) if item.conflicts else ()), *((CONFIRM,) if item.confirm else ()))


def spoken(item: ItemRow) -> str:
    """Return an item as a screen reader says it."""
    due = f"due {written(item.due)}" if item.due else (f"due {item.due_text}" if item.due_text else "no due date")
    parts = [item.reference, item.title, *marks_of(item), item.status.label]
    if item.rating is not Rating.NOT_APPLICABLE:
        parts.append(item.rating.label)
    proof = [counted_pieces(len(item.proof.links))] if item.proof.links else []
    return ", ".join([*parts, *([item.owner] if item.owner else []), due, *proof])
