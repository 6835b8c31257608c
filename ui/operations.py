"""Operations: every write and read of the window goes through here, off the GUI thread, one after the other.

One worker, so a read asked after a write sees it. Results come back on the GUI thread, in order.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, QThreadPool, Signal

from readiness.domain.errors import WorkspaceError

if TYPE_CHECKING:  # storage brings SQLAlchemy: it is imported in the worker, after the first paint
    from sqlalchemy.orm import Session

    from readiness.domain.steps import Step
    from readiness.storage.workspace import Workspace

P = ParamSpec("P")
R = TypeVar("R")


class Operations(QObject):
    """The one way from the window to the workspace."""

    changed = Signal(object)  # Changes: a step was written
    failed = Signal(object)  # Exception: ui/errors.py sorts failures from bugs
    busy = Signal(bool)  # work is under way, or all is done

    _returned = Signal(object)  # Callable[[], None], run on the GUI thread

    def __init__(self, workspace: "Workspace | None" = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._under_way = 0
        self._unwritten: list[Callable[[], Callable[[], None]]] = []
        self._returned.connect(self._deliver)

    @property
    def has_workspace(self) -> bool:
        """Whether a workspace is open."""
        return self._workspace is not None

    def open(
        self, opener: "Callable[[], Workspace]", then: Callable[[], None], failed: Callable[[Exception], None]
    ) -> None:
        """Open a workspace in the worker; the one open before is closed first only when the new one opened."""

        def work() -> Callable[[], None]:
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

        What the file could not take (a full disk) is kept: `write_again` asks for it once more.
        """
        write = partial(self._write, use_case, args, kwargs)
        self._start(write, partial(self._on_write_failed, write))

    def _write(self, use_case: Any, args: tuple[object, ...], kwargs: dict[str, object]) -> Callable[[], None]:
        return partial(self.changed.emit, self._opened().run(use_case, *args, **kwargs))

    def _on_write_failed(self, write: Callable[[], Callable[[], None]], error: Exception) -> None:
        if isinstance(error, WorkspaceError):
            self._unwritten.append(write)
        self.failed.emit(error)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way."""
        return self._under_way == 0

    @property
    def unwritten(self) -> int:
        """How many changes the file could not take yet."""
        return len(self._unwritten)

    def write_again(self) -> None:
        """Ask once more for every change that the file could not take, in their order."""
        waiting, self._unwritten = self._unwritten, []
        for write in waiting:
            self._start(write, partial(self._on_write_failed, write))

    def ask(
        self,
        then: Callable[[R], None],
        query: "Callable[Concatenate[Session, P], R]",
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Read in the worker and hand the answer to `then` on the GUI thread; once closed, nobody waits for it."""
        if self._workspace is None:
            return

        def work() -> Callable[[], None]:
            return partial(then, self._opened().read(query, *args, **kwargs))

        self._start(work, self.failed.emit)

    def do(
        self,
        then: Callable[[Any], None],
        job: "Callable[[Workspace], Any]",
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Do something else with the workspace in the worker (back up, check)."""

        def work() -> Callable[[], None]:
            return partial(then, job(self._opened()))

        self._start(work, failed or self.failed.emit)

    def settle(self) -> None:
        """Wait until all that was asked is done, and deliver it."""
        self._pool.waitForDone()
        QCoreApplication.sendPostedEvents(self)

    def finish(self) -> None:
        """Wait until all that was asked is done, then close the workspace: nothing typed is lost on closing."""
        self._pool.waitForDone()
        if self._workspace is not None:
            self._workspace.close()
            self._workspace = None

    def _opened(self) -> "Workspace":
        if self._workspace is None:
            raise RuntimeError("no workspace is open")
        return self._workspace

    def _start(self, work: Callable[[], Callable[[], None]], failed: Callable[[Exception], None]) -> None:
        def job() -> None:
            try:
                outcome = work()
            except Exception as error:  # the thread's edge; ui/errors.py sorts failures from bugs
                outcome = partial(failed, error)
            self._returned.emit(outcome)

        self._under_way += 1
        if self._under_way == 1:
            self.busy.emit(True)
        self._pool.start(job)

    def _deliver(self, outcome: Callable[[], None]) -> None:
        self._under_way -= 1
        if self._under_way == 0:
            self.busy.emit(False)
        outcome()
