"""Library source: the evidence of the window, read once when a page wants it, and kept in step with what is written."""

from __future__ import annotations  # names used only here cost no import before the first paint

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from ui.operations import Operations

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from readiness.domain.evidence import EvidenceRow
    from readiness.domain.steps import Step
    from readiness.domain.views import Changes
    from readiness.storage.workspace import Workspace

    Touched = tuple[dict[str, EvidenceRow | None], frozenset[str] | None]

P = ParamSpec("P")
KINDS = ("evidence", "revision", "attachment", "link", "item", "inspection")


class LibrarySource(QObject):
    """Keeps rows by title. A page that is hidden lets what changed wait until it is seen."""

    refreshed = Signal()
    held_changed = Signal()  # which copies are there

    def __init__(self, operations: Operations, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._rows: dict[str, EvidenceRow] | None = None
        self._waiting: list[Changes] = []  # written, not yet read
        self._is_wanted = self._is_reading = self._is_stale = False
        self.writes = 0  # asked for so far: an answer read before the last of them is old
        self.held: frozenset[str] | None = None  # hashes of the copies that are there; None: nobody has looked
        operations.changed.connect(self._on_changed)
        operations.failed.connect(self._on_failed)

    @property
    def rows(self) -> tuple[EvidenceRow, ...] | None:
        """The library by title; None before the first answer."""
        return tuple(self._rows.values()) if self._rows is not None else None

    def row(self, id_: str) -> EvidenceRow | None:
        """Return one piece of evidence; None: it is not there, or not read yet."""
        return self._rows.get(id_) if self._rows is not None else None

    def want(self, is_wanted: bool = True) -> None:
        """Say whether somebody looks: then what changed meanwhile is read."""
        self._is_wanted = is_wanted
        self._catch_up()

    def change(self, use_case: Callable[Concatenate[Session, P], Step], *args: P.args, **kwargs: P.kwargs) -> None:
        """Write what a use case returns, as one step that can be undone; an older answer never undoes typing."""
        self.writes += 1
        self._operations.change(use_case, *args, **kwargs)

    def look(self) -> None:
        """Look again which copies are there."""
        self._operations.do(self._on_looked, _held)

    def _read_all(self) -> None:
        self._is_reading, self._is_stale, self._waiting = True, False, []
        self._operations.do(self._on_all_read, _everything)

    def _catch_up(self) -> None:
        if not self._is_wanted or self._is_reading:
            return
        if self._rows is None or self._is_stale:
            self._read_all()
        elif self._waiting:
            told, self._waiting, self._is_reading = tuple(self._waiting), [], True
            self._operations.do(partial(self._on_some_read, self.writes, told), partial(_touched, told))

    def _on_all_read(self, answer: tuple[tuple[EvidenceRow, ...], frozenset[str]]) -> None:
        if isValid(self):
            rows, self.held = answer
            self._is_reading = False
            self._rows = {row.id: row for row in rows}
            self.refreshed.emit()
            self._catch_up()

    def _on_some_read(self, writes: int, told: tuple[Changes, ...], answer: Touched) -> None:
        if not isValid(self) or self._rows is None:
            return
        self._is_reading = False
        if writes != self.writes:  # what was written meanwhile asks again, with this
            self._waiting[:0] = told
            return
        found, held = answer
        kept = {id_: row for id_, row in self._rows.items() if id_ not in found}
        kept |= {id_: row for id_, row in found.items() if row is not None}
        self._rows = dict(sorted(kept.items(), key=lambda each: (each[1].title.casefold(), each[0])))
        self.held = held if held is not None else self.held
        self.refreshed.emit()
        self._catch_up()

    def _on_looked(self, held: frozenset[str]) -> None:
        if isValid(self) and held != self.held:
            self.held = held
            self.held_changed.emit()

    def _on_changed(self, changes: Changes) -> None:
        if (self._rows is not None or self._is_reading) and any(changes.of(kind) for kind in KINDS):
            self._waiting.append(changes)
        self._catch_up()

    def _on_failed(self, _error: Any) -> None:
        if self._is_reading:  # it may have been the read that failed: then all is read again when somebody looks
            self._is_reading, self._is_stale = False, True
        self.refreshed.emit()  # what was not written is not shown as if it were


def _everything(workspace: Workspace) -> tuple[tuple[EvidenceRow, ...], frozenset[str]]:
    from readiness.services.dossiers import read_evidence  # brings SQLAlchemy: in the worker

    return workspace.read(read_evidence), _held(workspace)


def _touched(told: tuple[Changes, ...], workspace: Workspace) -> Touched:
    """Return what some changes touch; where files came along, also which copies are there now."""
    from readiness.services.library import refresh_evidence

    found = workspace.read(refresh_evidence, told)
    return found, _held(workspace) if any(changes.of("attachment") for changes in told) else None


def _held(workspace: Workspace) -> frozenset[str]:
    from readiness.storage.files import FileStore

    return frozenset(FileStore(workspace.folder).hashes())
