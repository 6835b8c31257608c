"""Merges: what a round of sharing brought, grouped by service, and taking it back. Source: merge.md, 6.6 and 7."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import and_, bindparam, case, func, select
from sqlalchemy.orm import Session

from readiness.domain.changes import decode, unpacked
from readiness.domain.errors import NotFound, UndoBlocked
from readiness.domain.fields import field_label
from readiness.domain.sharing import MergeReport, PlaceRow, ReportLine
from readiness.domain.steps import SetField, Step
from readiness.domain.views import HistoryRow
from readiness.services.queries import rows_of_changes
from readiness.storage.contested import hindrances
from readiness.storage.history import LoggedChange, changes, found_changes, name_of
from readiness.storage.prepared import prepared, rows
from readiness.storage.roster import KeptRound, kept_round, last_round
from readiness.storage.tables import Action, Item, Link, change, device, head, reg, step
from readiness.storage.workspace import cursor_of

MOST_LINES = 1_000
"""Lines of a report; the counts are of all."""

_DATA = change.c.etype != "event"
"""What a merge tells of, and takes back: what happened elsewhere stands in the history alone."""
_ARRIVED = and_(step.c.k.between(bindparam("first"), bindparam("last")), step.c.received_at.is_not(None))
_COUNT = prepared(select(func.count()).select_from(change.join(step, step.c.id == change.c.step)).where(_ARRIVED))


def count_arrivals(cursor: Any, first: int, last: int) -> int:
    """Return how many changes of others were learned between two steps."""
    ((found,),) = rows(cursor, _COUNT, (first, last))
    return int(found)


def read_last_report(session: Session) -> MergeReport | None:
    """Return what the latest round that brought anything did; None: none ever did."""
    kept = last_round(cursor_of(session))
    return read_report(session, kept) if kept is not None else None


def read_report(session: Session, kept: KeptRound, places: Sequence[PlaceRow] = ()) -> MergeReport:
    """Return what a round did, with its lines by service and item.

    Args:
        session: Where.
        kept: The round.
        places: How its places fared; (): as it is kept.
    """
    said = json.loads(kept.report)
    if not places:
        places = [PlaceRow(each["target"], "", kept.at, each["trouble"]) for each in said["places"]]
    if not kept.taken:
        return MergeReport(kept.n, kept.at, 0, (), said["sent"], 0, 0, (), tuple(places), ())
    window = and_(step.c.k.between(kept.first_k, kept.last_k), step.c.received_at.is_not(None))
    steps = tuple(session.scalars(select(step.c.id).where(window).order_by(step.c.k)))
    touched, contested = _fields(session, window)
    lines = _lines(session, window)
    return MergeReport(
        kept.n, kept.at, kept.taken, steps, said["sent"], touched - contested, contested, lines, tuple(places), ()
    )


def _fields(session: Session, window: Any) -> tuple[int, int]:
    """Return how many fields a round touched, and how many of them are in conflict now."""
    touched_by = select(change.c.eid, change.c.field).join(step, step.c.id == change.c.step).where(window, _DATA)
    mine = touched_by.distinct().subquery()
    contested = case((and_(reg.c.nvals > 1, reg.c.incomplete == 0, reg.c.field != "rank"), 1), else_=0)
    query = select(func.count(), func.coalesce(func.sum(contested), 0)).select_from(
        mine.join(reg, and_(reg.c.eid == mine.c.eid, reg.c.field == mine.c.field))
    )
    touched, found = session.execute(query).one()
    return int(touched), int(found)


def _lines(session: Session, window: Any) -> tuple[ReportLine, ...]:
    found = found_changes(session, changes().where(window, _DATA).order_by(change.c.k.desc()).limit(MOST_LINES))
    making = {(each.step, each.eid) for each in found if each.field == "deleted" and not each.parents}
    told = list(
        rows_of_changes(
            session, [each for each in found if each.field == "deleted" or (each.step, each.eid) not in making]
        )
    )
    items = _items(session, told, {each.eid: each.etype for each in found})
    laptops = _laptops(session, window)
    contested = _contested(session, {each.eid for each in found})
    lines = []
    for row in told:
        item_id, reference, title, service = items.get(row.record_id, ("", "", row.record, ""))
        lines.append(
            ReportLine(
                row.step_id,
                row.actor,
                laptops.get(row.step_id, ""),
                row.at.isoformat(),
                "item" if item_id == row.record_id else "",
                row.record_id,
                item_id,
                reference,
                title,
                service,
                row.field,
                row.old,
                row.new,
                (row.record_id, row.field_name) in contested,
            )
        )
    return tuple(sorted(lines, key=lambda each: (each.service or "~", each.reference, each.title, each.at)))


def _items(session: Session, told: Iterable[HistoryRow], kinds: dict[str, str]) -> dict[str, tuple[str, str, str, str]]:
    """Return, by record, the item that it is or belongs to: id, reference, title, service."""
    ids = json.dumps(sorted({row.record_id for row in told} | kinds.keys()))
    among = select(func.json_each(ids).table_valued("value").c.value)
    shown = (Item.id, Item.reference, Item.title, Item.service)
    queries = [
        select(Item.id, *shown).where(Item.id.in_(among)),
        select(Link.id, *shown).join(Item, Item.id == Link.item_id).where(Link.id.in_(among)),
        select(Link.evidence_id, *shown).join(Item, Item.id == Link.item_id).where(Link.evidence_id.in_(among)),
        select(Action.id, *shown).join(Item, Item.id == Action.item_id).where(Action.id.in_(among)),
    ]
    found: dict[str, tuple[str, str, str, str]] = {}
    for query in queries:
        for record_id, item_id, reference, title, service in session.execute(query):
            found.setdefault(record_id, (item_id, reference, title, service))
    return found


def _laptops(session: Session, window: Any) -> dict[str, str]:
    query = select(step.c.id, device.c.label, device.c.person, device.c.device)
    found = session.execute(query.join(device, device.c.n == step.c.n).where(window))
    return {id_: label or person or f"laptop {name[:4]}" for id_, label, person, name in found}


def _contested(session: Session, ids: Iterable[str]) -> set[tuple[str, str]]:
    among = select(func.json_each(json.dumps(sorted(ids))).table_valued("value").c.value)
    query = select(reg.c.eid, reg.c.field).where(reg.c.nvals > 1, reg.c.incomplete == 0, reg.c.eid.in_(among))
    return {(eid, field) for eid, field in session.execute(query)}


def undo_merge(session: Session, steps: Sequence[str]) -> Step:
    """Put back everything that a round brought and nobody changed since, as one undoable step.

    What came is not forgotten: it stays in the history, and the others keep it until this step reaches them. Raises
    UndoBlocked when nothing can be put back.
    """
    among = select(func.json_each(json.dumps(list(steps))).table_valued("value").c.value)
    brought: dict[tuple[str, str], list[LoggedChange]] = {}
    for each in found_changes(session, changes().where(change.c.step.in_(among), _DATA).order_by(change.c.k)):
        brought.setdefault((each.eid, each.field), []).append(each)
    heads = _heads(session, {eid for eid, _ in brought})
    asked = hindrances(cursor_of(session), list(heads))
    made = {eid for (eid, field), found in brought.items() if field == "deleted" and not found[0].parents}
    edited = {eid for eid, found in heads.items() if any(each.step not in set(steps) for each in found)}
    back: list[SetField] = []
    left: list[str] = []
    kept: list[str] = []
    for (eid, field), found in brought.items():
        if eid in made and (field != "deleted" or eid not in edited):
            if field == "deleted" and eid in asked:
                kept.append(f"{name_of(session, found[0].etype, eid)} is in conflict: choose under Share")
            elif field == "deleted":
                back.append(SetField(found[0].etype, eid, "deleted", True))
            continue
        before = None if eid in made else _before(found, [each for each in heads[eid] if each.field == field])
        if before is not None:
            back.append(SetField(before.etype, eid, field, decode(before.old)))
        elif field not in _UNSAID:
            left.append(f"{name_of(session, found[0].etype, eid)}: {field_label(found[0].etype, field, {})}")
    if not back:
        raise UndoBlocked("Everything that this merge brought was changed since, or is undone already.")
    said = f"Undo a merge of {len(steps)} {'step' if len(steps) == 1 else 'steps'}"
    return Step(said, back, left=(*(f"{each} was changed since" for each in left), *kept))


_UNSAID = frozenset({"deleted", "rank", "claimed_by", "signed"})


def _heads(session: Session, ids: set[str]) -> dict[str, list[LoggedChange]]:
    among = select(func.json_each(json.dumps(sorted(ids))).table_valued("value").c.value)
    query = changes().join(head, head.c.k == change.c.k).where(head.c.eid.in_(among))
    found: dict[str, list[LoggedChange]] = {}
    for each in found_changes(session, query):
        found.setdefault(each.eid, []).append(each)
    return found


def _before(found: Sequence[LoggedChange], heads: Sequence[LoggedChange]) -> LoggedChange | None:
    """Return the change of a merge whose old value stood before it; None where others changed the field beside it."""
    brought = {each.id for each in found}
    if len(heads) != 1 or heads[0].id not in brought:
        return None
    first = [each for each in found if not brought.intersection(unpacked(each.parents))]
    return first[0] if len(first) == 1 else None


def report_of(session: Session, n: int) -> MergeReport:
    """Return what a round did, by its number. Raises NotFound."""
    kept = kept_round(cursor_of(session), n)
    if kept is None:
        raise NotFound("merge", str(n))
    return read_report(session, kept)
