"""Unsettled: verbs leave fields in conflict alone, since an edit would settle unseen what somebody is to choose.

One field alone is refused, and the screen opens its chooser; of several those in conflict are left, and counted. So it
is with records that are to be removed. What a verb forgets to ask, the journal refuses. Source: merge.md, section 6.5.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from sqlalchemy.orm import Session

from readiness.domain.errors import InConflict, RemovalInConflict
from readiness.domain.fields import FIELD_NAMES, field_label
from readiness.domain.plain_words import counted
from readiness.domain.steps import SetField, joined
from readiness.storage.contested import contested, hindrances
from readiness.storage.history import name_of
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


def all_settled(session: Session, made: Sequence[SetField], before: str) -> Sequence[SetField]:
    """Return settings that go together, since nothing that they touch is in conflict.

    Args:
        session: Where.
        made: The settings; removals among them ask for all of their record.
        before: What waits for the choice: "you record the call".

    Raises InConflict, naming the field.
    """
    found = _hindered(session, made)
    for each in made:
        field = found.get((each.id, each.field))
        if field is not None:
            happened = "removed on one laptop and edited on another" if field == "deleted" else "changed on two laptops"
            what = _part(session, each.kind, each.id, field)
            said = f"{what} was {happened}. Choose under Share, Conflicts, before {before}."
            raise InConflict(each.id, field, said[:1].upper() + said[1:])
    return made


def removable(
    session: Session, wholes: Sequence[Sequence[SetField]], word: str
) -> tuple[list[str], tuple[SetField, ...], Left]:
    """Return the records that may be removed, what removes them, and how many others were left.

    Args:
        session: Where.
        wholes: For each record the setting that removes it, then those that remove what goes with it.
        word: What people call one of the records.

    Raises RemovalInConflict, naming the conflict, when there is one in each of them.
    """
    found = _hindered(session, joined(*wholes))
    kept = [whole for whole in wholes if not any((each.id, "deleted") in found for each in whole)] if found else wholes
    if not kept and wholes:
        first = next(each for each in wholes[0] if (each.id, "deleted") in found)
        raise _refusal(session, wholes[0][0], first, found[first.id, "deleted"])
    return [whole[0].id for whole in kept], joined(*kept), left_said(len(wholes) - len(kept), word)


def _refusal(session: Session, whole: SetField, part: SetField, field: str) -> RemovalInConflict:
    name = name_of(session, whole.kind, whole.id)
    is_itself = part.id == whole.id
    label = f"its “{field_label(part.kind, field, FIELD_NAMES)}”" if field != "deleted" else ""
    place = label if is_itself else _part(session, part.kind, part.id, field)
    return RemovalInConflict(part.id, field, name[:1].upper() + name[1:], place)


def _part(session: Session, kind: str, id_: str, field: str) -> str:
    """Return a field of a record as a sentence names it; of a removal, the record."""
    name = name_of(session, kind, id_)
    return name if field == "deleted" else f"“{field_label(kind, field, FIELD_NAMES)}” of {name}"


def _hindered(session: Session, made: Sequence[SetField]) -> dict[tuple[str, str], str]:
    """Return the settings that would settle something unseen, by id and field, and the field that is in conflict."""
    cursor = cursor_of(session)
    removed = list(dict.fromkeys(each.id for each in made if each.field == "deleted" and each.value is True))
    others = list(dict.fromkeys(each.id for each in made if each.field != "deleted"))
    found = {(id_, "deleted"): field for id_, field in hindrances(cursor, removed).items()} if removed else {}
    return found | {key: key[1] for key in (contested(cursor, others) if others else ())}


def left_said(count: int, word: str) -> Left:
    """Return how many fields or records were left because they are in conflict, as a step says it."""
    return (f"{counted(count, word)} in conflict: choose under Share",) if count else ()


def _first(found: Collection[tuple[str, str]], id_: str, fields: Iterable[str]) -> str | None:
    return next((field for field in fields if (id_, field) in found), None)
