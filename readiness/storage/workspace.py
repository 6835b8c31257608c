"""Workspace: the one door to the data. `run` writes one use case as one step; `read` answers questions.

`glance` answers before SQLAlchemy is there, for the first page; the gates bring it. Source: design.md, section 4.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Self, TypeVar

from readiness.domain.errors import WorkspaceError, WorkspaceReadOnly
from readiness.storage.engine import Driver, connect, in_words
from readiness.storage.lock import WorkspaceLock
from readiness.storage.places import BACKUPS, DATABASE

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from readiness.domain.steps import Step
    from readiness.domain.views import Changes
    from readiness.storage.gate import ReadGate, WriteGate

P = ParamSpec("P")
R = TypeVar("R")
Clock = Callable[[], datetime]
NewId = Callable[[], str]


def utc_now() -> datetime:
    """Return the time, with its zone."""
    return datetime.now(UTC)


def new_step_id() -> str:
    """Return a step id: 12 hex digits, random."""
    return os.urandom(6).hex()


CURSOR, ACTING_AS, MOMENT = "cursor", "acting_as", "moment"
"""What a session carries: the driver's cursor; of a step that is being made, who signs it and when it is written."""
PERSON = "person"
"""A note of the file's own: whose record says who works here, where this laptop has none: it was copied."""
UNREAD = "unread"
"""A note of the file's own: the lowest reader that a segment kept for a newer version takes; "": there is none."""
_NOTE = "SELECT v FROM meta WHERE k = ?"


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
        self.acting_as = ""  # signs in place of this laptop's person, where somebody else's work is entered
        self._reading: ReadGate | None = None  # made when first needed
        self._writing: WriteGate | None = None
        self._spare: list[Driver] = []  # what the last look was taken with, for the next one

    @property
    def is_writable(self) -> bool:
        """Whether this process holds the workspace."""
        return self._lock is not None

    def now(self) -> datetime:
        """Return the time by the clock that steps are written with."""
        return self._clock()

    def run(self, use_case: "Callable[Concatenate[Session, P], Step]", *args: P.args, **kwargs: P.kwargs) -> "Changes":
        """Write what a use case returns, as one transaction and one undoable step.

        The use case can only read: while it runs the engine refuses every write. Raises what the use case raises, and
        WorkspaceError when the file cannot be written; nothing has then changed.
        """
        gate = self._writing or self._write_gate()
        return gate.write(use_case, args, kwargs, self.acting_as, self._clock, self._step_id)

    def read(self, query: "Callable[Concatenate[Session, P], R]", *args: P.args, **kwargs: P.kwargs) -> R:
        """Answer a question from one consistent state of the data, on a connection that cannot write."""
        if self._reading is None:
            from readiness.storage.gate import ReadGate

            self._reading = ReadGate(self.database)
        return self._reading.read(query, args, kwargs)

    def glance(self, look: Callable[Concatenate[Any, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Answer a question asked of the driver alone: `look` gets a cursor, in a transaction that cannot write."""
        with in_words(self.database), self._looking() as cursor:
            return look(cursor, *args, **kwargs)

    @contextmanager
    def _looking(self) -> Iterator[Any]:
        """Give a cursor in a transaction; the connection is kept: a new one reads the whole schema first.

        Two threads may look at once; one that failed is not used again.
        """
        try:
            connection = self._spare.pop()
        except IndexError:
            connection = connect(self.database, read_only=True)
        try:
            with closing(connection.execute("BEGIN")) as cursor:
                yield cursor
            connection.rollback()
        except BaseException:
            connection.close()
            raise
        self._spare.append(connection)

    def _write_gate(self) -> "WriteGate":
        if self._lock is None:
            raise WorkspaceError("This workspace was opened for reading. Close it and open it for writing.")
        if self._writing is None:
            from readiness.storage.gate import WriteGate

            self._writing = WriteGate(self.database)
        return self._writing

    def maintain(self, job: "Callable[[Connection], R]") -> R:
        """Run upkeep of the cache (rebuild) in one write transaction. The log is never changed by it."""
        return self._write_gate().maintain(job)

    def backup(self, why: str) -> Path:
        """Write a whole, consistent copy into `backups/` and return its path; `why` becomes part of the name."""
        return back_up(self.folder, why, self._clock())

    def sign_lock(self, who: str) -> None:
        """Say in the lock who works here."""
        if self._lock is not None:
            self._lock.sign(who)

    def close(self) -> None:
        """Close the file and free the lock. Closing twice does no harm."""
        for gate in (self._reading, self._writing):
            if gate is not None:
                gate.close()
        self._reading = self._writing = None
        while self._spare:
            self._spare.pop().close()
        if self._lock is not None:
            from readiness.storage.identity import remember

            with suppress(WorkspaceError):  # a file that went away meanwhile; closing it is still right
                remember(self.folder)
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def cursor_of(session: "Session") -> Any:
    """Return a driver cursor in a session's transaction, for prepared statements."""
    return session.info.get(CURSOR) or driver_cursor(session.connection())


def acting_as(session: "Session") -> str:
    """Return who signs the step that is being made in place of this laptop's person; "" when that person does."""
    return str(session.info.get(ACTING_AS, ""))


def moment_of_step(session: "Session") -> datetime:
    """Return when the step that is being made is written: a use case reads no clock, its step has a time."""
    moment: datetime = session.info[MOMENT]
    return moment


def driver_cursor(connection: "Connection") -> Any:
    """Return a cursor of the driver itself, inside the connection's transaction."""
    return connection.connection.cursor()


def back_up(folder: Path, why: str, at: datetime) -> Path:
    """Copy a live database with VACUUM INTO: a plain copy would miss what stands in the log file beside it.

    It is written whole under another name first: whatever has a backup's name can be relied on.
    """
    name = f"{at.astimezone(UTC):%Y%m%d-%H%M%S}-{why}"
    target = folder / BACKUPS / f"{name}.db"
    making = target.with_name("unfinished.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        number = 1
        while target.exists():
            number += 1
            target = target.with_name(f"{name}-{number}.db")
        making.unlink(missing_ok=True)
        try:
            _copy(folder / DATABASE, making)
            making.rename(target)
        finally:
            making.unlink(missing_ok=True)
    except OSError as error:
        raise WorkspaceReadOnly(
            f"No backup can be kept in {target.parent} ({error.strerror}). Nothing was changed. Make room for that "
            "folder and do it again."
        ) from error
    return target


def _copy(database: Path, making: Path) -> None:
    with in_words(database), closing(connect(database, read_only=False)) as connection:
        connection.execute("VACUUM INTO ?", (str(making),))
    with making.open("r+b") as made:
        os.fsync(made.fileno())  # SQLite leaves that to the system


def workspace_id(session: "Session") -> str:
    """Return the workspace's own id, 32 hex digits."""
    return meta_value(session, "workspace")


def device_id(session: "Session") -> str:
    """Return this laptop's id, 16 hex digits; its person has the same."""
    return meta_value(session, "device")


def meta_value(session: "Session", key: str) -> str:
    """Return one of the file's own notes; "" when there is none."""
    return note(cursor_of(session), key)


def note(cursor: Any, key: str) -> str:
    """Return one of the file's own notes, asked of the driver; "" when there is none."""
    (found,) = cursor.execute(_NOTE, (key,)).fetchone() or ("",)
    return str(found)
