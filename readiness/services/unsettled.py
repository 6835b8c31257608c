"""Unsettled: verbs leave fields in conflict alone, since an edit would settle unseen what somebody is to choose.

One field alone is refused, and the screen opens its chooser; of several those in conflict are left, and counted.
Source: merge.md, section 6.5.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from sqlalchemy.orm import Session

from readiness.domain.errors import InConflict
from readiness.domain.plain_words import counted
from readiness.domain.steps import SetField
from readiness.storage.contested import contested
from readiness.storage.workspace import cursor_of


class Edit(Protocol):
    """One field of a record is to become a value."""

    @property
    def field(self) -> Any:
        """The field, a word whose value is the field's name."""


E = TypeVar("E", bound=Edit)
Left = tuple[str, ...]


def no_more(_edit: Edit) -> Collection[str]:
    """Return which other fields an edit hangs on: none."""
    return ()


def settled(
    session: Session,
    cells: Mapping[str, Sequence[E]],
    *,
    hangs_on: Callable[[E], Collection[str]] = no_more,
    refuse: bool = True,
) -> tuple[Mapping[str, Sequence[E]], Left]:
    """Return the edits of fields that are not in conflict, and how many others were left, in words.

    Args:
        session: Where.
        cells: The edits, by record.
        hangs_on: Which other fields an edit needs settled.
        refuse: Whether to raise InConflict when all of them are in conflict.
    """
    found = contested(cursor_of(session), list(cells))
    if not found:
        return cells, ()
    kept: dict[str, list[E]] = {}
    skipped: list[tuple[str, str]] = []
    for id_, edits in cells.items():
        for each in edits:
            field = _first(found, id_, (str(each.field.value), *hangs_on(each)))
            if field is None:
                kept.setdefault(id_, []).append(each)
            else:
                skipped.append((id_, field))
    if skipped and not kept and refuse:
        raise InConflict(*skipped[0])
    return kept, left_said(len(skipped), "field")


def settled_ids(session: Session, ids: Iterable[str], fields: Sequence[str], word: str) -> tuple[list[str], Left]:
    """Return the records of whose fields, which change together, none is in conflict, and how many others were left.

    Args:
        session: Where.
        ids: The records.
        fields: What is to change of each, or must be settled before.
        word: What people call one of the records.

    Raises InConflict when each of them has one.
    """
    asked = list(dict.fromkeys(ids))
    found = contested(cursor_of(session), asked)
    if not found:
        return asked, ()
    odd = {id_: field for id_ in asked if (field := _first(found, id_, fields)) is not None}
    if odd and len(odd) == len(asked):
        raise InConflict(*next(iter(odd.items())))
    return [id_ for id_ in asked if id_ not in odd], left_said(len(odd), word)


def settled_sets(session: Session, made: Sequence[SetField]) -> tuple[list[SetField], Left]:
    """Return the settings of fields that are not in conflict, and how many others were left. Raises InConflict."""
    found = contested(cursor_of(session), list(dict.fromkeys(each.id for each in made)))
    kept = [each for each in made if (each.id, each.field) not in found]
    if made and not kept:
        raise InConflict(made[0].id, made[0].field)
    return kept, left_said(len(made) - len(kept), "field")


def left_said(count: int, word: str) -> Left:
    """Return how many fields or records were left because they are in conflict, as a step says it."""
    return (f"{counted(count, word)} in conflict: choose under Share",) if count else ()


def _first(found: Collection[tuple[str, str]], id_: str, fields: Iterable[str]) -> str | None:
    return next((field for field in fields if (id_, field) in found), None)
