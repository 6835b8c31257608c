"""Unread: segments of a newer version, kept as they came until this one is replaced, and handed on meanwhile.

Source: merge.md, section 9.1.
"""

from typing import Any

from sqlalchemy import ColumnElement, bindparam, literal_column, select, update

from readiness.storage.exchange import set_note
from readiness.storage.prepared import prepared, rows
from readiness.storage.tables import segment
from readiness.storage.workspace import UNREAD, note

_TOO_NEW: ColumnElement[str] = literal_column("'too-new'")
_BYTES = prepared(
    select(segment.c.sha, segment.c.bytes)
    .where(segment.c.verdict == _TOO_NEW)
    .order_by(segment.c.device, segment.c.first, segment.c.sha)
)
_RANGES = prepared(
    select(segment.c.device, segment.c.first, segment.c.last)
    .where(segment.c.verdict == _TOO_NEW)
    .order_by(segment.c.device, segment.c.first)
)
_SETTLE = prepared(update(segment).values(verdict=bindparam("verdict_")).where(segment.c.sha == bindparam("sha_")))


def unread_bytes(cursor: Any) -> list[tuple[bytes, bytes]]:
    """Return what is unread: SHA-256 and bytes of each."""
    if not note(cursor, UNREAD):  # so that nobody looks through all segments for nothing
        return []
    return [(bytes(sha), bytes(content)) for sha, content in rows(cursor, _BYTES)]


def unread_counts(cursor: Any) -> dict[str, int]:
    """Return how many changes are unread, by laptop; what several segments hold counts once."""
    found: dict[str, int] = {}
    if note(cursor, UNREAD):
        reached: dict[str, int] = {}
        for laptop, first, last in rows(cursor, _RANGES):
            found[laptop] = found.get(laptop, 0) + max(0, last - max(first - 1, reached.get(laptop, 0)))
            reached[laptop] = max(last, reached.get(laptop, 0))
    return found


def note_unread(cursor: Any, reader: int) -> None:
    """Keep that a segment waits for a reader."""
    before = note(cursor, UNREAD)
    set_note(cursor, UNREAD, str(min(reader, int(before)) if before else reader))


def note_read(cursor: Any, lowest: int | None) -> None:
    """Keep which reader is the lowest that what is left takes; None: nothing is left."""
    set_note(cursor, UNREAD, str(lowest) if lowest else "")


def settle_unread(cursor: Any, sha: bytes, verdict: str) -> None:
    """Keep what became of a segment that was unread."""
    cursor.execute(_SETTLE, (verdict, sha))
