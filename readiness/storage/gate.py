"""Gates: the transactions in which use cases write and questions are answered. Here SQLAlchemy begins.

`workspace.py` brings this module when the first is asked for. Source: merge.md, section 6.4 (the write gate).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from readiness.domain.steps import Step
from readiness.domain.views import Changes
from readiness.storage.engine import in_words, locked, reader_engine, writer_engine
from readiness.storage.journal import Author, read_author, write_step
from readiness.storage.workspace import ACTING_AS, CURSOR, MOMENT, driver_cursor

R = TypeVar("R")

TURN_S = 60.0
"""How long a transaction waits for one that another thread of ours has open: one that takes in thousands is slow."""
CLOSING_S = 0.5
"""How long closing waits for a transaction that is open."""


class ReadGate:
    """Connections that cannot write."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._engine = reader_engine(database)

    def read(self, query: Callable[..., R], args: tuple[Any, ...], kwargs: dict[str, Any]) -> R:
        """Answer a question from one consistent state of the data."""
        with in_words(self._database), self._engine.begin() as connection:
            info = {CURSOR: driver_cursor(connection)}
            with Session(connection, autoflush=False, info=info) as session:
                return query(session, *args, **kwargs)

    def close(self) -> None:
        """Close them."""
        self._engine.dispose()


class WriteGate:
    """The one connection that writes, and one that cannot, on which use cases ask.

    Refusing writes on the first while a use case runs would make SQLite compile every statement again, each time.
    """

    def __init__(self, database: Path) -> None:
        self._database = database
        self.connection = writer_engine(database).connect()
        with in_words(database):  # a backup that was put in its place lost it
            driver_cursor(self.connection).execute("PRAGMA journal_mode = WAL")
        self._asking = reader_engine(database).connect()
        self._author: Author | None = None  # read when first needed, and again when the person changed
        self._turn = Lock()  # a thread that was left behind may come back while another writes

    def write(
        self,
        use_case: Callable[..., Step],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        acting_as: str,
        clock: Callable[[], datetime],
        step_id: Callable[[], str],
    ) -> Changes:
        """Write what a use case returns, as one transaction; the engine refuses every write of the use case itself."""
        with self._taking_turn(), self.connection.begin():  # from here on nobody else can write
            at = clock()
            step = self._answer(use_case, args, kwargs, {ACTING_AS: acting_as, MOMENT: at})
            cursor = driver_cursor(self.connection)
            changes = write_step(cursor, self._signed(cursor, acting_as, step), step, at, step_id())
        if changes.of("person"):
            self._author = None
        return changes

    def _answer(
        self, use_case: Callable[..., Step], args: tuple[Any, ...], kwargs: dict[str, Any], told: dict[Any, Any]
    ) -> Step:
        asking = self._asking
        with asking.begin():
            with Session(asking, autoflush=False, info={CURSOR: driver_cursor(asking), **told}) as session:
                step = use_case(session, *args, **kwargs)
            if not asking.in_transaction():
                raise RuntimeError("a use case ended the transaction; it did not see one state of the data")
        return step

    def _signed(self, cursor: Any, acting_as: str, step: Step) -> Author:
        if self._author is None:
            self._author = read_author(cursor)
        actor = acting_as or _introduced(self._author.device, step)
        return replace(self._author, actor=actor) if actor else self._author

    def maintain(self, job: Callable[[Connection], R]) -> R:
        """Run upkeep in one write transaction."""
        with self._taking_turn(), self.connection.begin():
            return job(self.connection)

    @contextmanager
    def _taking_turn(self) -> Iterator[None]:
        with in_words(self._database):
            if not self._turn.acquire(timeout=TURN_S):
                raise locked(self._database)
            try:
                yield
            finally:
                self._turn.release()

    def close(self) -> None:
        """Close both. What a thread that hangs has begun is left alone: SQLite takes it back when the process ends."""
        if self._turn.acquire(timeout=CLOSING_S):
            for connection in (self._asking, self.connection):
                connection.close()
                connection.engine.dispose()
            self._turn.release()


def _introduced(device: str, step: Step) -> str:
    """Return who a step says works here from now on: they sign it themselves; "" when it says nothing of that."""
    said = {each.field: str(each.value or "") for each in step.sets if each.kind == "person" and each.id == device}
    return said.get("name", "") or said.get("role", "")
