"""Workspace: the one door to the data. `run` writes one use case as one step; `read` answers questions.

Source: design.md, section 4; merge.md, section 6.4 (the write gate).
"""

import secrets
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.orm import Session

from readiness.domain.errors import WorkspaceError, WorkspaceReadOnly
from readiness.domain.steps import Step
from readiness.domain.views import Changes
from readiness.storage.engine import connect, in_words, reader_engine, writer_engine
from readiness.storage.journal import Author, write_step
from readiness.storage.lock import WorkspaceLock
from readiness.storage.places import DATABASE
from readiness.storage.prepared import prepared, rows
from readiness.storage.tables import Person, device, meta

P = ParamSpec("P")
R = TypeVar("R")
Clock = Callable[[], datetime]
NewId = Callable[[], str]


def utc_now() -> datetime:
    """Return the time, with its zone."""
    return datetime.now(UTC)


def new_step_id() -> str:
    """Return a step id: 12 hex digits, random."""
    return secrets.token_hex(6)


CURSOR = "cursor"

_WHO = prepared(select(device.c.device, device.c.n).where(device.c.trust == bindparam("trust")))
_PERSON = prepared(select(Person.name, Person.role).where(Person.id == bindparam("id")))


class Workspace:
    """An open workspace. Made by `opening.py`; closed by whoever opened it."""

    def __init__(
        self,
        folder: Path,
        lock: WorkspaceLock | None,
        clock: Clock = utc_now,
        step_id: NewId = new_step_id,
    ) -> None:
        self.folder = folder
        self.database = folder / DATABASE
        self._lock = lock
        self._clock = clock
        self._step_id = step_id
        self._author: Author | None = None  # read when first needed, and again when the person changed
        self.acting_as = ""  # signs in place of this laptop's person, where somebody else's work is entered
        self._writer: Connection | None = writer_engine(self.database).connect() if lock is not None else None
        self._reader = reader_engine(self.database)

    @property
    def is_writable(self) -> bool:
        """Whether this process holds the workspace."""
        return self._writer is not None

    def run(self, use_case: Callable[Concatenate[Session, P], Step], *args: P.args, **kwargs: P.kwargs) -> Changes:
        """Write what a use case returns, as one transaction and one undoable step.

        The use case can only read: while it runs the engine refuses every write. Raises what the use case raises, and
        WorkspaceError when the file cannot be written; nothing has then changed.
        """
        if self._writer is None:
            raise WorkspaceError("This workspace was opened for reading. Close it and open it for writing.")
        connection = self._writer
        with in_words(self.database), connection.begin():
            cursor = driver_cursor(connection)
            cursor.execute("PRAGMA query_only = ON")
            try:
                with Session(connection, autoflush=False, info={CURSOR: cursor}) as session:
                    step = use_case(session, *args, **kwargs)
            finally:
                cursor.execute("PRAGMA query_only = OFF")
            if not connection.in_transaction():
                raise RuntimeError("a use case ended the transaction; the step would not be written as a whole")
            changes = write_step(cursor, self._signed(cursor), step, self._clock(), self._step_id())
        if changes.of("person"):
            self._author = None
        return changes

    def read(self, query: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Answer a question from one consistent state of the data, on a connection that cannot write."""
        with (
            in_words(self.database),
            self._reader.begin() as connection,
            Session(connection, autoflush=False) as session,
        ):
            return query(session, *args, **kwargs)

    def _signed(self, cursor: Any) -> Author:
        if self._author is None:
            ((device, n),) = rows(cursor, _WHO, ("self",))
            person = rows(cursor, _PERSON, (device,))
            name, role = person[0] if person else ("", "")
            self._author = Author(device, n, name or role or "Somebody")
        return replace(self._author, actor=self.acting_as) if self.acting_as else self._author

    def maintain(self, job: Callable[[Connection], R]) -> R:
        """Run upkeep of the cache (rebuild) in one write transaction. The log is never changed by it."""
        if self._writer is None:
            raise WorkspaceError("This workspace was opened for reading. Close it and open it for writing.")
        with in_words(self.database), self._writer.begin():
            return job(self._writer)

    def backup(self, why: str) -> Path:
        """Write a whole, consistent copy into `backups/` and return its path; `why` becomes part of the name."""
        return back_up(self.folder, why, self._clock())

    def sign_lock(self, who: str) -> None:
        """Say in the lock who works here."""
        if self._lock is not None:
            self._lock.sign(who)

    def close(self) -> None:
        """Close the file and free the lock. Closing twice does no harm."""
        self._reader.dispose()
        if self._writer is not None:
            self._writer.close()
            self._writer.engine.dispose()
            self._writer = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def cursor_of(session: Session) -> Any:
    """Return a driver cursor in a session's transaction, for prepared statements."""
    return session.info.get(CURSOR) or driver_cursor(session.connection())


def driver_cursor(connection: Connection) -> Any:
    """Return a cursor of the driver itself, inside the connection's transaction."""
    return connection.connection.cursor()


def back_up(folder: Path, why: str, at: datetime) -> Path:
    """Copy a live database with VACUUM INTO: a plain copy would miss what stands in the log file beside it."""
    target = folder / "backups" / f"{at.astimezone(UTC):%Y%m%d-%H%M%S}-{why}.db"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceReadOnly(
            f"No backup can be kept in {target.parent} ({error.strerror}). Nothing was changed. Make room for that "
            "folder and do it again."
        ) from error
    number = 1
    while target.exists():
        number += 1
        target = target.with_name(f"{at.astimezone(UTC):%Y%m%d-%H%M%S}-{why}-{number}.db")
    with in_words(folder / DATABASE), closing(connect(folder / DATABASE, read_only=False)) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))
    return target


def workspace_id(session: Session) -> str:
    """Return the workspace's own id, 32 hex digits."""
    return meta_value(session, "workspace")


def device_id(session: Session) -> str:
    """Return this laptop's id, 16 hex digits; its person has the same."""
    return meta_value(session, "device")


def meta_value(session: Session, key: str) -> str:
    """Return one of the file's own notes; "" when there is none."""
    return session.execute(select(meta.c.v).where(meta.c.k == key)).scalar_one_or_none() or ""
