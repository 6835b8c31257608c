"""Steps: what a use case returns and the journal writes; one thing a person did, undoable as one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

Value = str | int | bool | None
"""What a field holds in the record: no floats, dates as ISO text, codes of enums."""


@dataclass(frozen=True, slots=True)
class SetField:
    """One field of one record is to have one value."""

    kind: str  # of record: "item", "area", "inspection", "workspace", "person"
    id: str
    field: str
    value: Value


@dataclass(frozen=True, slots=True)
class Step:
    """What a person did: its label reads as the Edit menu shows it, "Set status of RV-C02 to Drafted"."""

    label: str
    sets: Sequence[SetField]
    reason: str = ""
    undo_of: str | None = None  # id of the step this one undoes
    left: tuple[str, ...] = field(default=())  # what an undo leaves as it is, in words
    settles: bool = False  # somebody chose: it may give fields in conflict a value; no other step may


def stored(value: object) -> Value:
    """Return a value as the record keeps it. Raises TypeError for what a record cannot keep: a float, a list."""
    if isinstance(value, Enum):
        return stored(value.value)
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"a record cannot keep a {type(value).__name__}")


def sets(kind: str, id_: str, /, **values: object) -> list[SetField]:
    """Return the settings of several fields of one record."""
    return [SetField(kind, id_, name, stored(value)) for name, value in values.items()]


def joined(*parts: Iterable[SetField]) -> tuple[SetField, ...]:
    """Return several lists of settings as one."""
    return tuple(each for part in parts for each in part)
