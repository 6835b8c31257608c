"""Conflicts: what was changed in two places before it met, and choosing. Source: merge.md, section 6.5."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from readiness.domain.changes import decode, unpacked
from readiness.domain.conflicts import Conflict, Version
from readiness.domain.editing import parse_field, shown_code
from readiness.domain.errors import BadValue, ReadinessError
from readiness.domain.fields import FIELD_NAMES, field_label
from readiness.domain.steps import SetField, Step, Value, stored
from readiness.domain.vocabulary import ConflictKind, ItemField
from readiness.storage.contested import in_conflict
from readiness.storage.history import LoggedChange, changes, found_changes, name_of
from readiness.storage.registers import AUTO_FIELDS
from readiness.storage.tables import RECORDS, Action, Area, Evidence, Finding, Item, change, device, head, reg
from readiness.storage.workspace import cursor_of, note

_FOLLOWS = {"claimed_by": "status", "signed": "status", "reworded": "title", "wording": "title"}
"""Fields that nobody is asked about: they go with another, from the laptop whose value of that is kept."""
LONG = frozenset({"position", "impact", "gap", "basis", "guidance", "shows", "proof", "practice", "text", "note"})
_BESIDE = (ItemField.STATUS, ItemField.OWNER, ItemField.DUE, ItemField.POSITION)


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
    of_fields = select(reg.c.eid, func.count()).where(_asked(), reg.c.eid.in_(_among(counted))).group_by(reg.c.eid)
    asked: dict[str, int] = dict(session.execute(of_fields).all())
    return sorted(id_ for id_, number in counted.items() if number > asked.get(id_, 0))


def _among(ids: Iterable[str]) -> Select[Any]:
    return select(func.json_each(json.dumps(list(ids))).table_valued("value").c.value)


def read_conflicts(session: Session) -> tuple[Conflict, ...]:
    """Return every field that somebody must choose for, by service and record."""
    found = _conflicts(session, _keys(session))
    return tuple(sorted(found, key=lambda each: (each.service or "~", each.reference, each.title, each.field_label)))


def conflict_of(session: Session, record_id: str, field: str) -> Conflict | None:
    """Return the conflict of one field; None: there is none, or no longer."""
    wanted = [key for key in _keys(session) if key == (record_id, field)]
    return next(iter(_conflicts(session, wanted)), None)


def _conflicts(session: Session, keys: Sequence[tuple[str, str]]) -> list[Conflict]:
    if not keys:
        return []
    ids, wanted = {eid for eid, _ in keys}, set(keys)
    items = session.scalars(select(Item).where(Item.id.in_(_among(ids)))).all()  # held: what follows asks for each
    heads: dict[tuple[str, str], list[LoggedChange]] = {}
    query = changes().join(head, head.c.k == change.c.k).where(head.c.eid.in_(_among(ids)))
    for each in found_changes(session, query):
        heads.setdefault((each.eid, each.field), []).append(each)
    before = _before(session, {key: found for key, found in heads.items() if key in wanted})
    laptops = _Laptops(session, [each.k for found in (*heads.values(), before.values()) for each in found])
    found = [
        _conflict(session, eid, field, heads, before.get((eid, field)), laptops)
        for eid, field in keys
        if (eid, field) in heads
    ]
    del items
    return found


class _Laptops:
    """What people call the laptop that a change came from."""

    def __init__(self, session: Session, ks: Sequence[int]) -> None:
        self.own = note(cursor_of(session), "device")
        query = select(device.c.n, device.c.device, device.c.label, device.c.person)
        self._names = {n: (who, self._name(who, label, person)) for n, who, label, person in session.execute(query)}
        among = select(func.json_each(json.dumps(list(ks))).table_valued("value").c.value)
        self._numbers: dict[int, int] = dict(
            session.execute(select(change.c.k, change.c.n).where(change.c.k.in_(among))).all()
        )

    def _name(self, who: str, label: str, person: str) -> str:
        if who == self.own:
            return "This laptop"
        return label or (f"{person}’s laptop" if person else f"laptop {who[:4]}")

    def of(self, each: LoggedChange) -> tuple[str, str]:
        """Return the device of a change, and what it is called."""
        return self._names.get(self._numbers.get(each.k, 0), ("", ""))


def _conflict(
    session: Session,
    eid: str,
    field: str,
    heads: Mapping[tuple[str, str], list[LoggedChange]],
    before: LoggedChange | None,
    laptops: _Laptops,
) -> Conflict:
    mine = heads[eid, field]
    removal = field == "deleted"
    if removal:
        seen = {id_ for each in mine for id_ in unpacked(each.parents)}
        mine = mine + [
            each for (other, name), found in heads.items() if other == eid and name != field for each in found
            if each.id not in seen
        ]  # fmt: skip
    etype = mine[0].etype
    by_value: dict[str, LoggedChange] = {}
    for each in sorted(mine, key=lambda one: (one.stamp, one.id)):
        by_value[f"{each.field}:{each.new}" if removal else each.new] = each
    newest = max(by_value.values(), key=lambda one: (one.stamp, one.id))
    versions = [
        _version(each, laptops.of(each), laptops.own, is_shown=each is newest and not removal, removal=removal)
        for each in by_value.values()
    ]
    title, service, inspection, item, reference, beside = _about(session, etype, eid)
    return Conflict(
        kind=ConflictKind.REMOVAL if removal else ConflictKind.VALUES,
        record=etype,
        id=eid,
        field=field,
        field_label="Removed, and edited" if removal else field_label(etype, field, FIELD_NAMES),
        reference=reference,
        title=title,
        service=service,
        inspection_id=inspection,
        item_id=item,
        is_long=field in LONG,
        before=_version(before, laptops.of(before), laptops.own, is_shown=False, removal=False) if before else None,
        versions=tuple(versions),
        beside=beside,
    )


def _version(each: LoggedChange, laptop: tuple[str, str], own: str, *, is_shown: bool, removal: bool) -> Version:
    value = decode(each.new)
    said = shown_code(each.field, value, each.etype)
    if removal:
        said = "Removed" if each.field == "deleted" else f"{field_label(each.etype, each.field, FIELD_NAMES)}: {said}"
    return Version(
        each.id.hex(),
        value,
        said,
        each.actor,
        laptop[0],
        laptop[1],
        each.at,
        each.label,
        "",
        laptop[0] == own,
        is_shown,
    )


def _before(
    session: Session, heads: Mapping[tuple[str, str], Sequence[LoggedChange]]
) -> dict[tuple[str, str], LoggedChange]:
    """Return, by field, the latest change that every head builds on; where there is none, none."""
    eids = {eid for eid, _ in heads}
    known: dict[tuple[str, str], dict[bytes, LoggedChange]] = {}
    contested = (reg.c.eid == change.c.eid) & (reg.c.field == change.c.field)
    query = changes().join(reg, contested).where(change.c.eid.in_(_among(eids)))
    query = query.where(or_(reg.c.nvals > 1, reg.c.field == "deleted"))
    for each in found_changes(session, query):
        if (each.eid, each.field) in heads:
            known.setdefault((each.eid, each.field), {})[each.id] = each
    found: dict[tuple[str, str], LoggedChange] = {}
    for key, tips in heads.items():
        common: set[bytes] | None = None
        for tip in tips:
            above = _ancestors(tip, known[key])
            common = above if common is None else common & above
        if common:
            found[key] = max((known[key][id_] for id_ in common), key=lambda one: (one.stamp, one.id))
    return found


def _ancestors(tip: LoggedChange, known: Mapping[bytes, LoggedChange]) -> set[bytes]:
    met: set[bytes] = set()
    waiting = [id_ for id_ in unpacked(tip.parents) if id_ in known]
    while waiting:
        id_ = waiting.pop()
        if id_ not in met:
            met.add(id_)
            waiting += [parent for parent in unpacked(known[id_].parents) if parent in known]
    return met


def _about(session: Session, etype: str, eid: str) -> tuple[str, str, str, str, str, tuple[tuple[str, str], ...]]:
    """Return title, service, inspection, item, reference and neighbouring fields of a record."""
    table = RECORDS.get(etype)
    row = session.get(table, eid) if table is not None else None
    match row:
        case Item():
            beside = tuple(
                (each.label, shown_code(each.value, getattr(row, each.value, ""), "item")) for each in _BESIDE
            )
            told = tuple((label, text[:200]) for label, text in beside if text)
            return row.title, row.service, row.inspection_id, row.id, row.reference, told
        case Action():
            return row.title, row.service, row.inspection_id, row.item_id, "Action", ()
        case Finding():
            return row.title, "", row.inspection_id, "", "Finding", ()
        case Evidence():
            return row.title, "", "", "", "Evidence", ()
        case Area():
            return row.title, "", row.inspection_id, "", f"Area {row.code}", ()
    return name_of(session, etype, eid), "", "", "", etype.capitalize(), ()


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
    for found in _conflicts(session, [key for key in _keys(session) if key in wanted]):
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
    for found in _conflicts(session, [key for key in _keys(session) if key in wanted]):
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
