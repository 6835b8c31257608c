"""Trend: how ready the inspections were on past days, worked out from the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from readiness.domain.views import Board
from readiness.domain.vocabulary import ItemStatus, Priority
from readiness.storage.changes import decode
from readiness.storage.tables import Item, change

_FIELDS = ("status", "priority", "deleted")


@dataclass(slots=True)
class _Past:
    inspection_id: str
    status: str
    priority: str
    deleted: bool = True  # before it was made


def read_trend(session: Session, board: Board, days: Sequence[date]) -> dict[str, tuple[float | None, ...]]:
    """Return, for each inspection of the board, its readiness at the end of past days.

    Args:
        session: Where.
        board: Which inspections.
        days: In order, earliest first.

    Returns:
        By inspection id, a percentage for each day; None where nothing applied or there was nothing yet.
    """
    past = {
        id_: _Past(inspection_id, "not_started", "important")
        for id_, inspection_id in session.execute(select(Item.id, Item.inspection_id))
    }
    query = (
        select(change.c.stamp, change.c.eid, change.c.field, change.c.new)
        .where(change.c.etype == "item", change.c.field.in_(_FIELDS))
        .order_by(change.c.stamp, change.c.k)
    )
    moves = iter(session.execute(query))
    move = next(moves, None)
    shown: dict[str, list[float | None]] = {row.id: [] for row in board.inspections}
    for day in days:
        midnight = datetime.combine(day + timedelta(days=1), time()).astimezone()  # the day ends where people are
        end = int(midnight.timestamp() * 1000) << 16
        while move is not None and move[0] < end:
            if move[1] in past:
                setattr(past[move[1]], move[2], decode(move[3]))
            move = next(moves, None)
        for id_, value in _readiness(past, shown).items():
            shown[id_].append(value)
    return {id_: tuple(values) for id_, values in shown.items()}


def _readiness(past: dict[str, _Past], wanted: dict[str, list[float | None]]) -> dict[str, float | None]:
    earned, total = dict.fromkeys(wanted, 0), dict.fromkeys(wanted, 0)
    credit = {str(status.value): status.credit for status in ItemStatus}
    weight = {str(priority.value): priority.weight for priority in Priority}
    for item in past.values():
        points = credit.get(item.status)
        if not item.deleted and points is not None and item.inspection_id in wanted:
            total[item.inspection_id] += weight.get(item.priority, 0)
            earned[item.inspection_id] += weight.get(item.priority, 0) * points
    return {id_: earned[id_] / total[id_] if total[id_] else None for id_ in wanted}
