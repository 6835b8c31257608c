"""Conflicts: what was changed in two places before it met, and choosing. Source: merge.md, section 6.5."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from readiness.domain.changes import decode
from readiness.domain.conflicts import Conflict, Version
from readiness.domain.editing import parse_field
from readiness.domain.errors import BadValue, ReadinessError
from readiness.domain.steps import SetField, Step, Value, stored
from readiness.domain.vocabulary import ConflictKind, ItemField
from readiness.services.conflict_rows import read_rows
from readiness.storage.contested import in_conflict
from readiness.storage.history import changes
from readiness.storage.prepared import among
from readiness.storage.registers import AUTO_FIELDS
from readiness.storage.tables import RECORDS, change, device, head, reg
from readiness.storage.workspace import cursor_of

_FOLLOWS = {"claimed_by": "status", "signed": "status", "reworded": "title", "wording": "title"}
"""Fields that nobody is asked about: they go with another, from the laptop whose value of that is kept."""


class StaleChoice(ReadinessError):
    """Somebody else's value arrived, or the choice was made, while somebody was choosing."""

    def __init__(self) -> None:
        super().__init__(
            "This field has changed since you looked at it. Look at what stands there now, and choose again."
        )


def _asked() -> ColumnElement[bool]:
    """Return which registers people are asked about."""
    return and_(
        reg.c.nvals > 1, reg.c.incomplete == 0, reg.c.field.not_in([*AUTO_FIELDS, "deleted"]), reg.c.etype.in_(RECORDS)
    )


def count_conflicts(session: Session) -> int:
    """Return how many fields somebody must choose for."""
    return sum(1 for _ in _keys(session))


def conflicted_fields(session: Session) -> dict[str, frozenset[str]]:
    """Return, by record, its fields that are in conflict."""
    found: dict[str, set[str]] = {}
    for id_, field in _keys(session):
        found.setdefault(id_, set()).add(field)
    return {id_: frozenset(fields) for id_, fields in found.items()}


def _keys(session: Session) -> list[tuple[str, str]]:
    query = select(reg.c.eid, reg.c.field).where(_asked()).order_by(reg.c.eid, reg.c.field)
    asked = [(eid, field) for eid, field in session.execute(query)]
    return asked + [(eid, "deleted") for eid in _contested(session)]


def _contested(session: Session) -> list[str]:
    """Return the records that somebody removed while somebody else edited them: kept until somebody chooses."""
    counted = in_conflict(cursor_of(session))
    if not counted:
        return []
    of_fields = select(reg.c.eid, func.count()).where(_asked(), reg.c.eid.in_(among(counted))).group_by(reg.c.eid)
    asked: dict[str, int] = dict(session.execute(of_fields).all())
    return sorted(id_ for id_, number in counted.items() if number > asked.get(id_, 0))


def read_conflicts(session: Session) -> tuple[Conflict, ...]:
    """Return every field that somebody must choose for, by service and record."""
    found = read_rows(session, _keys(session))
    return tuple(sorted(found, key=lambda each: (each.service or "~", each.reference, each.title, each.field_label)))


def conflict_of(session: Session, record_id: str, field: str) -> Conflict | None:
    """Return the conflict of one field; None: there is none, or no longer."""
    wanted = [key for key in _keys(session) if key == (record_id, field)]
    return next(iter(read_rows(session, wanted)), None)


def keep(session: Session, record_id: str, field: str, change_id: str, reason: str = "") -> Step:
    """Choose one of the values of a field. Raises StaleChoice when it is no longer one of them."""
    found = _found(session, record_id, field)
    chosen = next((each for each in found.versions if each.change_id == change_id), None)
    if chosen is None:
        raise StaleChoice
    return _chosen(session, [(found, chosen)], f"Choose {chosen.laptop}’s {_of(found)}", reason)


def resolve(
    session: Session, record_id: str, field: str, value: object, reason: str = "", seen: Iterable[str] | None = None
) -> Step:
    """Give a field in conflict a value that holds both.

    Args:
        session: Where.
        record_id: Of the record.
        field: Its field.
        value: As people write it, or as the record keeps it.
        reason: Why; may be "".
        seen: The values that were looked at, by their changes; None: those that stand now.

    Raises BadValue for a value that the field cannot take, StaleChoice when another value has arrived meanwhile.
    """
    found = _found(session, record_id, field)
    if seen is not None and set(seen) != {each.change_id for each in found.versions}:
        raise StaleChoice
    if found.kind is ConflictKind.REMOVAL:
        raise BadValue("This was removed on one laptop and edited on another. Choose whether to keep it.")
    checked = _checked(found, value)
    sets = [SetField(found.record, found.id, found.field, checked), *_following(session, found, None)]
    return Step(f"Write {_of(found)} for both", sets, reason, settles=True)


def settle_removal(session: Session, record_id: str, remove: bool, reason: str = "") -> Step:
    """Say of what was removed here and edited there whether it goes or stays. Raises StaleChoice when it is settled."""
    found = _found(session, record_id, "deleted")
    label = f"{'Remove' if remove else 'Keep'} {found.reference} {found.title}"
    return Step(label, [SetField(found.record, record_id, "deleted", remove)], reason, settles=True)


def take_all_from(session: Session, laptop: str, keys: Sequence[tuple[str, str]]) -> Step:
    """Choose one laptop's value wherever it has one among some fields in conflict, as one step."""
    chosen = []
    wanted = set(keys)
    for found in read_rows(session, [key for key in _keys(session) if key in wanted]):
        mine = [each for each in found.versions if each.device == laptop]
        if mine and found.kind is ConflictKind.VALUES:
            chosen.append((found, mine[-1]))
    if not chosen:
        raise StaleChoice
    name = chosen[0][1].laptop
    return _chosen(session, chosen, f"Take {len(chosen)} {_values(len(chosen))} from {name}", "")


def take_newest(session: Session, keys: Sequence[tuple[str, str]]) -> Step:
    """Choose the newest value of some fields in conflict, as one step."""
    chosen = []
    wanted = set(keys)
    for found in read_rows(session, [key for key in _keys(session) if key in wanted]):
        shown = [each for each in found.versions if each.is_shown]
        if shown and found.kind is ConflictKind.VALUES:
            chosen.append((found, shown[0]))
    if not chosen:
        raise StaleChoice
    return _chosen(session, chosen, f"Take the newest of {len(chosen)} {_values(len(chosen))}", "")


def _values(count: int) -> str:
    return "value" if count == 1 else "values"


def _chosen(session: Session, chosen: Sequence[tuple[Conflict, Version]], label: str, reason: str) -> Step:
    sets: list[SetField] = []
    for found, version in chosen:
        if found.kind is ConflictKind.REMOVAL:
            sets.append(SetField(found.record, found.id, "deleted", version.shown == "Removed"))
            continue
        sets.append(SetField(found.record, found.id, found.field, version.value))
        sets += _following(session, found, version.device)
    return Step(label, sets, reason, settles=True)


def _following(session: Session, found: Conflict, laptop: str | None) -> list[SetField]:
    """Return the fields that go with the one that was chosen: as that laptop has them; without one, cleared."""
    sets = []
    for field, leader in _FOLLOWS.items():
        if leader != found.field or found.record != "item":
            continue
        query = (
            changes()
            .add_columns(device.c.device)
            .join(head, head.c.k == change.c.k)
            .join(device, device.c.n == change.c.n)
            .where(head.c.eid == found.id, head.c.field == field)
        )
        heads = session.execute(query.order_by(change.c.stamp, change.c.id)).all()
        if len({row.new for row in heads}) > 1:
            theirs = [row for row in heads if row.device == laptop]
            sets.append(SetField("item", found.id, field, decode((theirs or heads)[-1].new)))
    return sets


def _found(session: Session, record_id: str, field: str) -> Conflict:
    found = conflict_of(session, record_id, field)
    if found is None:
        raise StaleChoice
    return found


def _of(found: Conflict) -> str:
    return f"{found.field_label} of {found.reference or found.title}"


def _checked(found: Conflict, value: object) -> Value:
    """Return a typed value as the record keeps it; one that is among those in conflict is always fine."""
    for each in found.versions:
        if value in (each.value, each.shown):
            return each.value
    fields = {str(each.value): each for each in ItemField}
    if found.record == "item" and found.field in fields and isinstance(value, str):
        return stored(parse_field(fields[found.field], value))
    if isinstance(value, str) and all(isinstance(each.value, str) for each in found.versions):
        if len(value) > 50_000:
            raise BadValue("This text is longer than 50,000 characters. Shorten it, or attach it as evidence.")
        return value
    said = ", ".join(each.shown for each in found.versions)
    raise BadValue(f"{found.field_label} cannot be “{str(value)[:60]}”. Choose one of: {said}.")
