"""Roster: the signed notes of leads, and the rounds of sharing, as they are kept. Source: merge.md, section 8."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select

from readiness.storage.prepared import insert_into, prepared, rows
from readiness.storage.tables import merge_round, roster, step

_KEEP = insert_into(roster, ignore=True)
_FILES = prepared(select(roster.c.bytes, roster.c.verdict).order_by(roster.c.sha))
_SHAS = prepared(select(roster.c.sha))
_ADD_ROUND = insert_into(merge_round)
_LAST_ROUND = prepared(
    select(merge_round).where(merge_round.c.n == select(func.max(merge_round.c.n)).scalar_subquery())
)
_ROUND = prepared(select(merge_round).where(merge_round.c.n == bindparam("n")))
_LAST_STEP = prepared(select(func.max(step.c.k)))


class KeptRound(NamedTuple):
    """What a round of sharing brought: the steps of other laptops between two row numbers, both inclusive."""

    n: int
    at: str
    first_k: int
    last_k: int
    taken: int
    report: str  # JSON


def keep_roster(cursor: Any, sha: bytes, content: bytes, verdict: str, at: str) -> None:
    """Keep a signed note, "roster" or "team"; keeping it twice does no harm."""
    cursor.execute(_KEEP, (sha, content, verdict, at))


def roster_files(cursor: Any) -> Iterator[tuple[bytes, str]]:
    """Yield the notes that are kept, with what they are."""
    for content, verdict in rows(cursor, _FILES):
        yield bytes(content), str(verdict)


def roster_shas(cursor: Any) -> set[bytes]:
    """Return the SHA-256 of the notes that are kept."""
    return {bytes(sha) for (sha,) in rows(cursor, _SHAS)}


def last_step(cursor: Any) -> int:
    """Return the row number of the step that was learned last; 0: there is none."""
    ((found,),) = rows(cursor, _LAST_STEP)
    return int(found or 0)


def keep_round(cursor: Any, kept: KeptRound) -> None:
    """Keep what a round brought."""
    cursor.execute(_ADD_ROUND, kept)


def last_round(cursor: Any) -> KeptRound | None:
    """Return the latest round that brought anything."""
    return next((KeptRound(*row) for row in rows(cursor, _LAST_ROUND)), None)


def kept_round(cursor: Any, n: int) -> KeptRound | None:
    """Return a round by its number."""
    return next((KeptRound(*row) for row in rows(cursor, _ROUND, (n,))), None)
