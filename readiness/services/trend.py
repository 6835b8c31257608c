"""Trend: how ready the inspections were on past days, worked out from the log.

What an item was worth on a day is what the board would have said on it: its status then, and whether any of the
evidence that was linked to it then was current. Only what a change or the day itself moves is judged again.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from heapq import heappop, heappush
from itertools import count
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from readiness.domain.changes import decode, encode
from readiness.domain.proof import last_good_day
from readiness.domain.views import UNPROVEN_CREDIT, Board
from readiness.domain.vocabulary import ItemStatus, Kind, Priority
from readiness.services.proofs import read_day
from readiness.storage.prepared import in_list, prepared, rows
from readiness.storage.tables import Item, Link, change
from readiness.storage.workspace import cursor_of

_FIELDS = {
    "item": frozenset({"status", "priority", "deleted", "kind", "currency_months"}),
    "link": frozenset({"deleted", "valid_until"}),
    "evidence": frozenset({"deleted", "dated", "valid_until"}),
}
_MOVES = prepared(
    select(change.c.stamp, change.c.etype, change.c.eid, change.c.field, change.c.new)
    .where(change.c.etype.in_(in_list("kinds")), change.c.field.in_(in_list("names")))
    .where(change.c.stamp < bindparam("end"))
    .order_by(change.c.stamp, change.c.k)
)
_ITEMS = prepared(select(Item.id, Item.inspection_id))
_LINKS = prepared(select(Link.id, Link.item_id, Link.evidence_id))
_CLAIMED = prepared(
    select(change.c.eid).where(
        change.c.etype == bindparam("kind"), change.c.field == bindparam("name"), change.c.new.in_(in_list("codes"))
    )
)
"""Items that were worth more than half at some time: for all others evidence makes no difference."""

_CREDIT = {str(status.value): status.credit for status in ItemStatus}
_HIGH = json.dumps([encode(code) for code, credit in _CREDIT.items() if (credit or 0) > UNPROVEN_CREDIT])
_WEIGHT = {str(priority.value): priority.weight for priority in Priority}
_NEEDS_NONE = frozenset(str(kind.value) for kind in Kind if not kind.needs_evidence)
_FOR_EVER = date.max
_PLAIN = {"true": True, "false": False, "null": None}
_ASKED = (json.dumps(list(_FIELDS)), json.dumps(sorted(set().union(*_FIELDS.values()))))


@dataclass(slots=True)
class _Evidence:
    deleted: bool = True  # before it was made
    dated: str | None = None
    valid_until: str | None = None
    links: list["_Link"] = field(default_factory=list)  # all there ever were


@dataclass(slots=True)
class _Link:
    item: "_Item"
    evidence: _Evidence
    deleted: bool = True
    valid_until: str | None = None


@dataclass(slots=True)
class _Item:
    inspection_id: str
    status: str = ""  # each as its table has it, until a change says so
    priority: str = ""
    kind: str = ""
    currency_months: int | None = None
    deleted: bool = True
    links: list[_Link] = field(default_factory=list)
    earned: int = 0  # what it adds to its inspection's figures now
    weight: int = 0

    def until(self) -> date | None:
        """Return the last day on which any of its evidence counts; None: there is none."""
        found: date | None = None
        for link in self.links:
            proof = link.evidence
            if link.deleted or proof.deleted:
                continue
            days = (read_day(link.valid_until), read_day(proof.valid_until), read_day(proof.dated))
            last = last_good_day(*days, self.currency_months) or _FOR_EVER
            found = last if found is None else max(found, last)
        return found


def read_trend(session: Session, board: Board, days: Sequence[date]) -> dict[str, tuple[float | None, ...]]:
    """Return, for each inspection of the board, its readiness at the end of past days.

    Args:
        session: Where.
        board: Which inspections.
        days: In order, earliest first.

    Returns:
        By inspection id, a percentage for each day; None where nothing applied or there was nothing yet.
    """
    ids = [row.id for row in board.inspections]
    ends = [_end_of(day) for day in days]
    found: list[dict[str, float | None]] = []
    cursor = cursor_of(session)
    replay = _Replay(cursor, ids)
    for stamp, kind, id_, name, new in cursor.execute(_MOVES, (*_ASKED, ends[-1] if ends else 0)):
        while stamp >= ends[len(found)]:
            found.append(replay.readiness(days[len(found)]))
        replay.take(kind, id_, name, new)
    while len(found) < len(days):
        found.append(replay.readiness(days[len(found)]))
    return {id_: tuple(each[id_] for each in found) for id_ in ids}


def _end_of(day: date) -> int:
    """Return the stamp with which a day ends where people are."""
    return int(datetime.combine(day + timedelta(days=1), time()).astimezone().timestamp() * 1000) << 16


class _Replay:
    """Takes in the log, oldest first, and keeps the sums of every inspection."""

    def __init__(self, cursor: Any, inspection_ids: Sequence[str]) -> None:
        self._sums = {id_: [0, 0] for id_ in inspection_ids}
        self._items = {id_: _Item(of) for id_, of in rows(cursor, _ITEMS) if of in self._sums}
        self._links: dict[str, _Link] = {}
        self._evidence: dict[str, _Evidence] = {}
        claimed = {id_ for (id_,) in rows(cursor, _CLAIMED, ("item", "status", _HIGH))}
        for id_, item_id, evidence_id in rows(cursor, _LINKS):
            item = self._items.get(item_id)
            if item is not None and item_id in claimed:
                evidence = self._evidence.setdefault(evidence_id, _Evidence())
                link = self._links[id_] = _Link(item, evidence)
                item.links.append(link)
                evidence.links.append(link)
        self._known: dict[str, dict[str, Any]] = {
            "item": self._items, "link": self._links, "evidence": self._evidence,
        }  # fmt: skip
        self._moved: dict[int, _Item] = {}
        self._lapsing: list[tuple[date, int, _Item]] = []  # a heap: until when something was, or still is, proven
        self._number = count()

    def take(self, kind: str, id_: str, name: str, new: str) -> None:
        """Take in one change."""
        record = self._known[kind].get(id_)
        if record is None or name not in _FIELDS[kind]:
            return
        setattr(record, name, _PLAIN[new] if new in _PLAIN else decode(new))
        if kind == "item":
            self._moved[id(record)] = record
        elif kind == "link":
            self._moved[id(record.item)] = record.item
        else:
            self._moved.update((id(link.item), link.item) for link in record.links)

    def readiness(self, day: date) -> dict[str, float | None]:
        """Return how ready each inspection was at the end of a day, after what was taken in; days come in order."""
        while self._lapsing and self._lapsing[0][0] < day:
            item = heappop(self._lapsing)[2]
            self._moved[id(item)] = item
        for item in self._moved.values():
            self._judge(item, day)
        self._moved.clear()
        return {id_: earned / total if total else None for id_, (earned, total) in self._sums.items()}

    def _judge(self, item: _Item, day: date) -> None:
        """Put what an item is worth on a day in the place of what it was worth before."""
        sums = self._sums[item.inspection_id]
        sums[0] -= item.earned
        sums[1] -= item.weight
        item.earned = item.weight = 0
        credit = _CREDIT.get(item.status, 0)
        if item.deleted or credit is None:
            return
        if credit > UNPROVEN_CREDIT and item.kind not in _NEEDS_NONE:
            until = item.until()
            if until is None or until < day:
                credit = UNPROVEN_CREDIT
            elif until < _FOR_EVER:
                heappush(self._lapsing, (until, next(self._number), item))
        item.weight = _WEIGHT.get(item.priority, Priority.IMPORTANT.weight)
        item.earned = item.weight * credit
        sums[0] += item.earned
        sums[1] += item.weight
