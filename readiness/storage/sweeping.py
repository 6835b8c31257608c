"""Sweeping: evidence copies that nothing has named for 30 days are deleted, and what copying left behind.

Never sooner: whoever undoes a removal within that time finds the copy. Source: design.md, section 3.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from readiness.storage.files import FileStore, let_go

UNNAMED_FOR = timedelta(days=30)
UNFINISHED_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep deleted."""

    copies: tuple[str, ...]  # their hashes, in order
    leftovers: int  # of copying that was cut off
    size: int  # bytes of both
    waiting: int  # copies that nothing names, but not for long enough yet


def sweep(store: FileStore, named: AbstractSet[str], unnamed_since: Mapping[str, datetime], now: datetime) -> Swept:
    """Delete copies that nothing has named for 30 days, and leftovers older than a day.

    Args:
        store: Where.
        named: Hashes that something names now.
        unnamed_since: When the record last named what it names no more. What it never named counts from the day on
            which its copy was made; and nothing counts from an earlier day than that.
        now: The time.
    """
    copies: list[str] = []
    size = waiting = leftovers = 0
    for path in store.copies():
        if path.name in named:
            continue
        made, length = _made(path, now)
        if now - max(unnamed_since.get(path.name, made), made) < UNNAMED_FOR or not _deleted(path):
            waiting += 1
        else:
            copies.append(path.name)
            size += length
    for path in store.unfinished():
        made, length = _made(path, now)
        if now - made >= UNFINISHED_FOR and _deleted(path):
            leftovers += 1
            size += length
    return Swept(tuple(copies), leftovers, size, waiting)


def _made(path: Path, now: datetime) -> tuple[datetime, int]:
    """Return when a file was written, and its size; one that is just being renamed counts as new."""
    try:
        found = path.stat()
    except OSError:
        return now, 0
    return datetime.fromtimestamp(found.st_mtime, UTC), found.st_size


def _deleted(path: Path) -> bool:
    with suppress(OSError):  # somebody looks at it; the next sweep takes it
        let_go(path)
        return True
    return False
