"""Conflict rows: fields in conflict with every value, what was before, and what stands beside them.

Read in bulk: a merge can leave thousands. Source: merge.md, section 6.5.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from readiness.domain.changes import ID_BYTES, decode, unpacked
from readiness.domain.conflicts import Conflict, Version
from readiness.domain.editing import shown_code
from readiness.domain.fields import FIELD_NAMES, field_label
from readiness.domain.vocabulary import ConflictKind, ItemField
from readiness.storage.contested import Ancestor, Told, contested_heads, lineage, told
from readiness.storage.exchange import devices
from readiness.storage.history import name_of
from readiness.storage.prepared import among, by_ids, rows_by_ids
from readiness.storage.tables import RECORDS, Action, Area, Evidence, Finding, Item
from readiness.storage.workspace import cursor_of, note

LONG = frozenset({"position", "impact", "gap", "basis", "guidance", "shows", "proof", "practice", "text", "note"})
_BESIDE = (ItemField.STATUS, ItemField.OWNER, ItemField.DUE, ItemField.POSITION)
_BESIDE_NAMES = tuple((each.label, str(each.value)) for each in _BESIDE)
_ITEMS = by_ids(  # most conflicts are of items
    select(
        Item.id, Item.title, Item.service, Item.inspection_id, Item.reference,
        *(getattr(Item, name) for _, name in _BESIDE_NAMES),
    ),
    Item.id,
)  # fmt: skip
Key = tuple[str, str]
Heads = Mapping[Key, Sequence[Told]]


@dataclass(frozen=True, slots=True)
class _About:
    """What people call a record, and what stands beside its fields."""

    title: str
    service: str = ""
    inspection: str = ""
    item: str = ""
    reference: str = ""
    beside: tuple[tuple[str, str], ...] = ()


def read_rows(session: Session, keys: Sequence[Key]) -> list[Conflict]:
    """Return some fields in conflict, by record and field, in their order; those that are in none are left out."""
    if not keys:
        return []
    cursor = cursor_of(session)
    removed = {eid for eid, field in keys if field == "deleted"}
    heads: dict[Key, list[Told]] = {}
    for each in contested_heads(cursor, dict.fromkeys(eid for eid, _ in keys), removed):
        heads.setdefault((each.eid, each.field), []).append(each)
    wanted = [key for key in keys if key in heads]
    before = _before(cursor, {key: heads[key] for key in wanted})
    laptops, abouts = _Laptops(cursor), _abouts(session, {eid: heads[eid, field][0].etype for eid, field in wanted})
    others = _by_record(heads, removed)
    return [
        _conflict(key, heads[key], others.get(key[0], ()), before.get(key), laptops, abouts[key[0]]) for key in wanted
    ]


def _by_record(heads: Heads, removed: Iterable[str]) -> dict[str, list[Told]]:
    """Return, of records that somebody removed, the heads of every other field."""
    found: dict[str, list[Told]] = {eid: [] for eid in removed}
    for (eid, field), mine in heads.items():
        if eid in found and field != "deleted":
            found[eid] += mine
    return found


class _Laptops:
    """What people call the laptop that a change came from."""

    def __init__(self, cursor: Any) -> None:
        self.own = note(cursor, "device")
        self._names = {
            each.n: (each.device, self._name(each.device, each.label, each.person)) for each in devices(cursor)
        }

    def _name(self, who: str, label: str, person: str) -> str:
        if who == self.own:
            return "This laptop"
        return label or (f"{person}’s laptop" if person else f"laptop {who[:4]}")

    def of(self, each: Told) -> tuple[str, str]:
        """Return the device of a change, and what it is called."""
        return self._names.get(each.n, ("", ""))


def _conflict(
    key: Key,
    heads: Sequence[Told],
    others: Iterable[Told],
    before: Told | None,
    laptops: _Laptops,
    about: _About,
) -> Conflict:
    eid, field = key
    removal = field == "deleted"
    if removal:
        seen = {id_ for each in heads for id_ in unpacked(each.parents)}
        heads = [*heads, *(each for each in others if each.id not in seen)]
    etype = heads[0].etype
    by_value: dict[str, Told] = {}
    for each in sorted(heads, key=_rank):
        by_value[f"{each.field}:{each.new}" if removal else each.new] = each
    newest = max(by_value.values(), key=_rank)
    return Conflict(
        kind=ConflictKind.REMOVAL if removal else ConflictKind.VALUES,
        record=etype,
        id=eid,
        field=field,
        field_label="Removed, and edited" if removal else field_label(etype, field, FIELD_NAMES),
        reference=about.reference,
        title=about.title,
        service=about.service,
        inspection_id=about.inspection,
        item_id=about.item,
        is_long=field in LONG,
        before=_version(before, laptops, is_shown=False, removal=False) if before else None,
        versions=tuple(
            _version(each, laptops, is_shown=each is newest and not removal, removal=removal)
            for each in by_value.values()
        ),
        beside=about.beside,
    )


def _rank(each: Told) -> tuple[int, bytes]:
    return each.stamp, each.id


def _version(each: Told, laptops: _Laptops, *, is_shown: bool, removal: bool) -> Version:
    device, name = laptops.of(each)
    value = decode(each.new)
    said = shown_code(each.field, value, each.etype)
    if removal:
        said = "Removed" if each.field == "deleted" else f"{field_label(each.etype, each.field, FIELD_NAMES)}: {said}"
    return Version(
        each.id.hex(), value, said, each.actor, device, name, each.at, each.label, "", device == laptops.own, is_shown
    )


def _before(cursor: Any, heads: Heads) -> dict[Key, Told]:
    """Return, by field, the latest change that every head builds on; where there is none, none."""
    latest: dict[Key, bytes] = {}
    apart: dict[Key, Sequence[Told]] = {}  # their heads do not build on one and the same change
    for key, tips in heads.items():
        parents = {each.parents for each in tips}
        if b"" in parents:
            continue  # who made that one had seen nothing
        if len(parents) == 1 and len(tips[0].parents) == ID_BYTES:
            latest[key] = tips[0].parents
        else:
            apart[key] = tips
    known = lineage(cursor, dict.fromkeys(eid for eid, _ in apart)) if apart else {}
    latest |= {key: id_ for key, tips in apart.items() if (id_ := _meeting(tips, known)) is not None}
    found = told(cursor, set(latest.values())) if latest else {}
    return {
        key: found[id_] for key, id_ in latest.items() if id_ in found and (found[id_].eid, found[id_].field) == key
    }


def _meeting(tips: Sequence[Told], known: Mapping[bytes, Ancestor]) -> bytes | None:
    """Return the latest change that all of some heads of one field build on; None: there is none."""
    common: set[bytes] | None = None
    for tip in sorted(tips, key=lambda each: len(each.parents)):
        above = _ancestors(tip, known)
        common = above if common is None else common & above
        if not common:
            return None
    return max(common, key=lambda id_: (known[id_].stamp, id_)) if common else None


def _ancestors(tip: Told, known: Mapping[bytes, Ancestor]) -> set[bytes]:
    register = known[tip.id].register
    met: set[bytes] = set()
    waiting = [tip.parents]
    while waiting:
        for id_ in unpacked(waiting.pop()):
            found = known.get(id_)
            if found is not None and found.register == register and id_ not in met:
                met.add(id_)
                waiting.append(found.parents)
    return met


def _abouts(session: Session, etypes: Mapping[str, str]) -> dict[str, _About]:
    """Return what is said of some records, by their ids and kinds."""
    by_kind: dict[str, list[str]] = {}
    for eid, etype in etypes.items():
        by_kind.setdefault(etype, []).append(eid)
    found = {row[0]: _about_item(*row) for row in rows_by_ids(cursor_of(session), _ITEMS, by_kind.pop("item", []))}
    held: list[object] = []  # as long as it is asked for each
    for etype, ids in by_kind.items():
        table = RECORDS.get(etype)
        if table is not None:
            held += session.scalars(select(table).where(table.id.in_(among(ids)))).all()
    found |= {eid: _about(session, etype, eid) for eid, etype in etypes.items() if eid not in found}
    del held
    return found


def _about_item(id_: str, title: str, service: str, inspection: str, reference: str, *values: str | None) -> _About:
    shown = (
        (label, shown_code(name, value, "item"))
        for (label, name), value in zip(_BESIDE_NAMES, values, strict=True)
        if value
    )
    return _About(title, service, inspection, id_, reference, tuple((label, text[:200]) for label, text in shown))


def _about(session: Session, etype: str, eid: str) -> _About:
    table = RECORDS.get(etype)
    row = session.get(table, eid) if table is not None else None
    match row:
        case Action():
            return _About(row.title, row.service, row.inspection_id, row.item_id, "Action")
        case Finding():
            return _About(row.title, inspection=row.inspection_id, reference="Finding")
        case Evidence():
            return _About(row.title, reference="Evidence")
        case Area():
            return _About(row.title, inspection=row.inspection_id, reference=f"Area {row.code}")
    return _About(name_of(session, etype, eid), reference=etype.capitalize())
