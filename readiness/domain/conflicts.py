"""Conflicts: fields that were changed in two places before they met, as screens, sheets and commands show them.

Source: merge.md, section 6.5.
"""

from dataclasses import dataclass

from readiness.domain.steps import Value
from readiness.domain.vocabulary import ConflictKind


@dataclass(frozen=True, slots=True)
class Version:
    """One value that a field has, with who gave it."""

    change_id: str  # hex
    value: Value
    shown: str  # the value in words
    actor: str
    device: str  # 16 hex digits
    laptop: str  # what people call that laptop; "This laptop"
    at: str  # ISO time, UTC, as its clock claimed
    label: str  # of the step
    reason: str
    is_own: bool
    is_shown: bool  # the newest, which the lists show until somebody chooses


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field with several values, of which somebody must choose one."""

    kind: ConflictKind
    record: str  # kind of record: "item", "evidence"
    id: str
    field: str
    field_label: str
    reference: str  # what people call the record: "RV-E02"
    title: str
    service: str  # "": of none
    inspection_id: str  # "": of none
    item_id: str  # of the item to go to; "": there is none
    is_long: bool  # a text of sentences, with a three-way view
    before: Version | None  # the latest that all of them had seen; None: there was nothing
    versions: tuple[Version, ...]  # oldest first; one for each value
    beside: tuple[tuple[str, str], ...]  # label and text of neighbouring fields, for context
