"""Engine: the one SQLite library, its settings, and its errors in the users' words.

No second SQLite library, `open()` or copy tool may ever touch a live database file (merge.md, section 4.2).
SQLAlchemy takes a quarter of a second to import: it comes with the first engine, after the first page is filled.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import sqlcipher3

from readiness.domain.errors import (
    DiskFull,
    ReadinessError,
    WorkspaceDamaged,
    WorkspaceError,
    WorkspaceForeign,
    WorkspaceLocked,
    WorkspaceMissing,
    WorkspaceReadOnly,
)
from readiness.storage.driver import Connection
from readiness.storage.places import BACKUPS, DATABASE

if TYPE_CHECKING:
    from sqlalchemy import Engine

APPLICATION_ID = 0x49525457
"""Marks the file as ours ("IRTW") in SQLite's header."""

BUSY_MS = 5000

CHECKPOINT_PAGES = 4000
"""How long the log of writes may get, 16 MB, before it is folded in: arrivals touch pages all over an index."""

CACHE_KIB = 32_768
"""Pages that who writes keeps: arrivals of 200,000 changes go back and forth in indexes of 80 MB."""

Driver = Any
"""A connection of the sqlcipher3 driver."""


def connect(path: Path, *, read_only: bool) -> Driver:
    """Return a driver connection to a file that exists; autocommit, so that BEGIN is ours to say."""
    connection = sqlcipher3.connect(
        uri_of(path.absolute()), uri=True, isolation_level=None, check_same_thread=False, factory=Connection
    )
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
    if read_only:
        connection.execute("PRAGMA query_only = ON")
    else:
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    return connection


def uri_of(path: PurePath) -> str:
    """Return a whole path as SQLite takes it: it knows no servers, so a share keeps its slashes after the empty one."""
    uri = path.as_uri()
    address = uri if uri.startswith("file:///") else uri.replace("file://", "file:////", 1)
    return f"{address}?mode=rw"


def writer_engine(path: Path) -> "Engine":
    """Return the engine of the one connection that may write; every transaction takes the write lock at once."""
    from sqlalchemy.pool import StaticPool

    return _engine(lambda: connect(path, read_only=False), "BEGIN IMMEDIATE", poolclass=StaticPool)


def reader_engine(path: Path) -> "Engine":
    """Return the engine of the connections that cannot write."""
    from sqlalchemy.pool import QueuePool

    return _engine(lambda: connect(path, read_only=True), "BEGIN", poolclass=QueuePool, pool_size=2)


def memory_engine() -> "Engine":
    """Return an engine on an empty database in memory, with one connection; for tests of the journal alone."""
    from sqlalchemy.pool import StaticPool

    def opened() -> Driver:
        return sqlcipher3.connect(":memory:", isolation_level=None, check_same_thread=False)

    return _engine(opened, "BEGIN IMMEDIATE", poolclass=StaticPool)


def _engine(opened: Callable[[], Driver], begin: str, **pool: Any) -> "Engine":
    from sqlalchemy import create_engine

    from readiness.storage.dialect import OPTIONS, URL

    engine = create_engine(URL, module=sqlcipher3, creator=opened, execution_options=OPTIONS, **pool)
    _begin_with(engine, begin)
    return engine


def _begin_with(engine: "Engine", statement: str) -> None:
    from sqlalchemy import event

    def begin(connection: Any) -> None:
        connection.connection.dbapi_connection.execute(statement)

    event.listen(engine, "begin", begin)


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn what the driver raises into an expected failure with a sentence; other errors pass."""
    try:
        yield
    except Exception as error:
        original = getattr(error, "orig", error)  # SQLAlchemy's errors carry the driver's
        failure = explained(path, str(original)) if isinstance(original, sqlcipher3.DatabaseError) else None
        if failure is None:
            raise
        raise failure from error


def explained(path: Path, message: str) -> ReadinessError | None:
    """Return the failure that a driver's message means; None when it is a bug of ours."""
    for sign, make in _SIGNS:
        if sign in message:
            return make(path)
    return None


def _full(path: Path) -> WorkspaceError:
    return DiskFull(
        f"There is no room left to write in {path.parent}. Nothing was changed. Free some space and do it again."
    )


def _read_only(path: Path) -> WorkspaceError:
    return WorkspaceReadOnly(
        f"{path.parent} may only be read, not written. Copy the whole folder to a place of your own and open it there."
    )


def damaged(path: Path) -> WorkspaceError:
    """Return the failure of a file that cannot be read as a whole."""
    return WorkspaceDamaged(
        f"{path} is damaged and was left as it is. To go on from a backup, {_how_to_use(path.parent / BACKUPS)}. "
        "Without a backup, ask a colleague for their copy."
    )


def is_a_backup(path: Path) -> WorkspaceError:
    """Return the failure of a backup that is opened where it lies: work in it would not be found again."""
    return WorkspaceMissing(f"{path} is a backup and stays as it is. To work with it, {_how_to_use(path)}.")


def _how_to_use(backup: Path) -> str:
    """Say how a backup becomes a workspace of its own, beside whatever is left of the old one."""
    what = backup if backup.suffix else f"the newest file in {backup}"
    return f"make a new folder, copy {what} into it, rename that copy to {DATABASE}, and open the new folder"


def _unreachable(path: Path) -> WorkspaceError:
    return WorkspaceError(
        f"{path} could not be read or written. Check that the drive is still connected and has room, and try again."
    )


def _foreign(path: Path) -> WorkspaceError:
    return WorkspaceForeign(f"{path} is not a workspace of this program. Choose the folder of a workspace.")


def locked(path: Path) -> WorkspaceError:
    """Return the failure of a file that another has for itself just now."""
    return WorkspaceLocked(f"Another program is using {path}. Close it there and try again. Nothing was changed.")


_SIGNS: tuple[tuple[str, Callable[[Path], WorkspaceError]], ...] = (
    ("database or disk is full", _full),
    ("attempt to write a readonly database", _read_only),
    ("unable to open database file", _read_only),
    ("malformed", damaged),
    ("disk I/O error", _unreachable),
    ("file is not a database", _foreign),
    ("database is locked", locked),
)
