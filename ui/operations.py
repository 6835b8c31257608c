"""Operations: every write and read of the window goes through here, off the GUI thread, one after the other.

One worker, so a read asked after a write sees it. Results come back on the GUI thread, in order.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Signal

from readiness.domain.errors import WorkspaceError
from ui.patience import Patience
from ui.worker import Kind, Worker

if TYPE_CHECKING:  # storage brings SQLAlchemy: it is imported in the worker, after the first paint
    from pathlib import Path

    from sqlalchemy.orm import Session

    from readiness.domain.action_editing import ActionEdit, FindingEdit
    from readiness.domain.steps import Step
    from readiness.domain.views import ItemEdit
    from readiness.storage.workspace import Workspace

P = ParamSpec("P")
R = TypeVar("R")
Write = tuple[Callable[..., Any], tuple[object, ...], dict[str, object]]
"""A use case with what it was asked."""


class Operations(QObject):
    """The one way from the window to the workspace."""

    changed = Signal(object)  # Changes: a step was written
    failed = Signal(object)  # Exception: ui/errors.py sorts failures from bugs
    busy = Signal(bool)  # work is under way, or all is done

    _returned = Signal(object)  # Callable[[], None], run on the GUI thread

    def __init__(self, workspace: "Workspace | None" = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._worker = Worker(self)
        self.patience = Patience()  # of the window while it closes
        self._under_way = 0
        self._is_finished = False
        self._unwritten: list[Write] = []  # in their order; the worker alone touches it
        self._refusal: WorkspaceError | None = None  # why the first of them was not taken
        self._returned.connect(self._run)

    @property
    def has_workspace(self) -> bool:
        """Whether a workspace is open."""
        return self._workspace is not None

    @property
    def is_writable(self) -> bool:
        """Whether the workspace that is open can be written."""
        return self._workspace is not None and self._workspace.is_writable

    @property
    def folder(self) -> "Path | None":
        """Where the workspace lies; None: none is open."""
        return self._workspace.folder if self._workspace is not None else None

    def open(
        self, opener: "Callable[[], Workspace]", then: Callable[[], None], failed: Callable[[Exception], None]
    ) -> None:
        """Open a workspace in the worker; the one open before is closed first only when the new one opened."""

        def work() -> Callable[[], None]:
            if self._unwritten:
                raise WorkspaceError("Your last changes are not saved yet. Save them before you open another one.")
            opened = opener()
            if self._workspace is not None:
                self._workspace.close()
            self._workspace = opened
            return then

        self._start(work, failed)

    def change(
        self,
        use_case: "Callable[Concatenate[Session, P], Step]",
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Write what a use case returns, as one undoable step; `changed` says what came of it.

        What the file could not take (a full disk) is kept, and so is all that is asked after it, in order:
        `write_again` asks for it once more.
        """
        self._start(partial(self._write, (use_case, args, kwargs)), self.failed.emit, Kind.CHANGE)

    def _write(self, write: Write) -> Callable[[], None]:
        if self._refusal is not None:
            self._unwritten.append(write)  # behind what waits already: a later text must not be written before it
            raise self._refusal
        use_case, args, kwargs = write
        try:
            return partial(self.changed.emit, self._opened().run(use_case, *args, **kwargs))
        except WorkspaceError as error:
            self._unwritten.append(write)
            self._refusal = error
            raise

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way."""
        return self._under_way == 0

    @property
    def unwritten(self) -> int:
        """How many changes the file could not take yet."""
        return len(self._unwritten)

    def unwritten_words(self) -> str:
        """Return the texts among the changes that the file could not take, to be copied."""
        from readiness.domain.editing import shown

        edits = [each for _, args, _ in self._unwritten for each in _edits(args)]
        return "\n\n".join(f"{edit.field.label}: {shown(edit.value)}" for edit in edits)

    def write_again(self) -> None:
        """Ask once more for every change that the file could not take, in their order; the first refusal ends it."""
        self._start(self._hand_in, self.failed.emit, Kind.CHANGE)

    def _hand_in(self) -> Callable[[], None]:
        waiting, self._unwritten, self._refusal = self._unwritten, [], None
        for number, write in enumerate(waiting):
            try:
                outcome = self._write(write)
            except WorkspaceError:
                self._unwritten = waiting[number:]
                raise
            except Exception as error:  # a use case that no longer fits; the others still count
                outcome = partial(self.failed.emit, error)
            self._hand_over(outcome)
        return _nothing

    def give_up(self) -> None:
        """Forget the changes that the file could not take; somebody chose to lose them."""
        self._unwritten, self._refusal = [], None

    def ask(
        self,
        then: Callable[[R], None],
        query: "Callable[Concatenate[Session, P], R]",
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Read in the worker and hand the answer to `then` on the GUI thread."""
        self.ask_or(self.failed.emit, then, query, *args, **kwargs)

    def ask_or(
        self,
        failed: Callable[[Exception], None],
        then: Callable[[R], None],
        query: "Callable[Concatenate[Session, P], R]",
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Read as `ask` does; what goes wrong goes to `failed` alone."""

        def work() -> Callable[[], None]:
            return partial(then, self._opened().read(query, *args, **kwargs))

        self._start(work, failed)

    def do(
        self,
        then: Callable[[Any], None],
        job: "Callable[[Workspace], Any]",
        failed: Callable[[Exception], None] | None = None,
        kind: Kind = Kind.LOOK,
    ) -> None:
        """Do something else with the workspace in the worker (back up, check, share)."""

        def work() -> Callable[[], None]:
            return partial(then, job(self._opened()))

        self._start(work, failed or self.failed.emit, kind)

    def find(self, then: Callable[[R], None], question: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> None:
        """Answer in the worker what needs no workspace, only time."""

        def work() -> Callable[[], None]:
            return partial(then, question(*args, **kwargs))

        self._start(work, self.failed.emit)

    def settle(self) -> None:
        """Wait until all that was asked is done, and deliver it."""
        self._worker.wait()
        QCoreApplication.sendPostedEvents(self)

    def settle_to_close(self) -> None:
        """Wait until every change is written, and deliver it; a round that hangs on a share is left behind.

        That takes half of the window's patience at most: what is new is handed on in the other half.
        """
        self._worker.wait_at_most(lambda: self.patience.left_ms // 2)
        QCoreApplication.sendPostedEvents(self)

    def finish(self) -> None:
        """Wait until every change is written, then close the workspace: nothing typed is lost on closing."""
        self._is_finished = True  # what pages still ask on their way out is not answered
        self._worker.wait_at_most(lambda: self.patience.left_ms)
        if self._workspace is not None:
            self._workspace.close()
            self._workspace = None

    def _opened(self) -> "Workspace":
        if self._workspace is None:
            raise RuntimeError("no workspace is open")
        return self._workspace

    def _start(
        self,
        work: Callable[[], Callable[[], None]],
        failed: Callable[[Exception], None],
        kind: Kind = Kind.LOOK,
    ) -> None:
        def job() -> None:
            try:
                outcome = work()
            except Exception as error:  # the thread's edge; ui/errors.py sorts failures from bugs
                outcome = partial(failed, error)
            self._returned.emit(partial(self._deliver, outcome))

        if self._is_finished:
            return
        self._under_way += 1
        if self._under_way == 1:
            self.busy.emit(True)
        self._worker.start(job, kind)

    def _hand_over(self, outcome: Callable[[], None]) -> None:
        """Have the GUI thread run something while the worker goes on."""
        self._returned.emit(outcome)

    def _run(self, outcome: Callable[[], None]) -> None:
        outcome()

    def _deliver(self, outcome: Callable[[], None]) -> None:
        self._under_way -= 1
        if self._is_finished:
            return
        if self._under_way == 0:
            self.busy.emit(False)
        outcome()


def _nothing() -> None:
    return


def _edits(values: Iterable[object]) -> "Iterator[ItemEdit | ActionEdit | FindingEdit]":
    """Yield the edits among the arguments of a use case."""
    from readiness.domain.action_editing import ActionEdit, FindingEdit
    from readiness.domain.views import ItemEdit

    for value in values:
        if isinstance(value, ItemEdit | ActionEdit | FindingEdit):
            yield value
        elif isinstance(value, Mapping):
            yield from _edits(value.values())
        elif isinstance(value, list | tuple):
            yield from _edits(value)
