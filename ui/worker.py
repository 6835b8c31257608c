"""Worker: one thread that does jobs one after the other. One that hangs can be left behind; the others then go on."""

from collections import deque
from collections.abc import Callable
from enum import Enum
from functools import partial
from threading import Lock
from time import monotonic
from typing import NamedTuple

from PySide6.QtCore import QObject, QThreadPool, QTimer

Job = Callable[[], None]
LOOK_MS = 500
"""How often is looked whether jobs wait behind one that hangs."""
LONG_S = 2.0
"""How long they wait for one that asks another machine."""


class Kind(Enum):
    """What may be done about a job that takes long."""

    CHANGE = "change"  # nothing: it must end
    LOOK = "look"  # closing leaves it behind
    REMOTE = "remote"  # others go on without it: it asks another machine, and what it brings may come late


class _Waiting(NamedTuple):
    job: Job
    kind: Kind


class Worker(QObject):
    """Never does two jobs at a time, except beside one that was left behind."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._turn = Lock()  # for what follows, which the threads share
        self._waiting: deque[_Waiting] = deque()
        self._pool = self._new_pool()
        self._doing: Kind | None = None  # what is under way; None: nothing
        self._since = 0.0
        self._left: list[QThreadPool] = []  # their jobs hang, or did
        self._watch = QTimer(self, interval=LOOK_MS)
        self._watch.timeout.connect(self._look)

    def _new_pool(self) -> QThreadPool:
        made = QThreadPool(self)
        made.setMaxThreadCount(1)
        return made

    def start(self, job: Job, kind: Kind) -> None:
        """Do a job when its turn comes."""
        with self._turn:
            self._waiting.append(_Waiting(job, kind))
        self._pool.start(partial(self._next, self._pool))
        if not self._watch.isActive():
            self._watch.start()

    def _next(self, pool: QThreadPool) -> None:
        with self._turn:
            if pool is not self._pool:
                return  # this thread was left behind: another does the rest
            job, self._doing = self._waiting.popleft()
            self._since = monotonic()
        job()
        with self._turn:
            if pool is self._pool:
                self._doing = None

    def wait(self) -> None:
        """Wait until all is done."""
        self._pool.waitForDone()

    def wait_at_most(self, left_ms: Callable[[], int]) -> None:
        """Wait until all is done that must be; a job that hangs longer than that is left behind."""
        while not self._pool.waitForDone(left_ms()):
            self._leave_behind(Kind.LOOK, Kind.REMOTE)

    def _look(self) -> None:
        """Have others go on where they wait behind a job that asks another machine, and hangs."""
        if not self._waiting:
            self._watch.stop()
        elif monotonic() - self._since >= LONG_S:
            self._leave_behind(Kind.REMOTE)

    def _leave_behind(self, *kinds: Kind) -> None:
        with self._turn:
            if self._doing not in kinds:
                return
            self._pool.clear()
            self._left.append(self._pool)
            self._pool, self._doing = self._new_pool(), None
            count = len(self._waiting)
        for _ in range(count):
            self._pool.start(partial(self._next, self._pool))
