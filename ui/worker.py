"""Worker: one thread that does jobs one after the other. One that hangs can be left behind; the others then go on."""

from collections import deque
from collections.abc import Callable
from functools import partial
from threading import Lock

from PySide6.QtCore import QObject, QThreadPool

Job = Callable[[], None]


class Worker(QObject):
    """Never does two jobs at a time, except beside one that was left behind."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._turn = Lock()  # for what follows, which the threads share
        self._waiting: deque[tuple[Job, bool]] = deque()
        self._pool = self._new_pool()
        self._may_be_left = False  # what is under way
        self._left: list[QThreadPool] = []  # their jobs hang, or did

    def _new_pool(self) -> QThreadPool:
        made = QThreadPool(self)
        made.setMaxThreadCount(1)
        return made

    def start(self, job: Job, *, must_end: bool) -> None:
        """Do a job when its turn comes; one that must end is waited for, however long it takes."""
        with self._turn:
            self._waiting.append((job, not must_end))
        self._pool.start(partial(self._next, self._pool))

    def _next(self, pool: QThreadPool) -> None:
        with self._turn:
            if pool is not self._pool:
                return  # this thread was left behind: another does the rest
            job, self._may_be_left = self._waiting.popleft()
        job()
        with self._turn:
            if pool is self._pool:
                self._may_be_left = False

    def wait(self) -> None:
        """Wait until all is done."""
        self._pool.waitForDone()

    def wait_at_most(self, left_ms: Callable[[], int]) -> None:
        """Wait until all is done that must be; a job that hangs longer than that is left behind."""
        while not self._pool.waitForDone(left_ms()):
            self._leave_behind()

    def _leave_behind(self) -> None:
        with self._turn:
            if not self._may_be_left:
                return
            self._pool.clear()
            self._left.append(self._pool)
            self._pool, self._may_be_left = self._new_pool(), False
            count = len(self._waiting)
        for _ in range(count):
            self._pool.start(partial(self._next, self._pool))
