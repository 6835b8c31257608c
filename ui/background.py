"""Background: one long job in a thread of its own, which tells how far it is and can be stopped; editing goes on."""

from collections.abc import Callable
from functools import partial
from threading import Event
from time import monotonic
from typing import TypeVar

from PySide6.QtCore import QObject, QThreadPool, Signal

from readiness.domain.errors import Cancelled
from ui.patience import Patience

R = TypeVar("R")
Told = Callable[[str, int, int], None]
Job = Callable[[Told, Callable[[], bool]], R]
"""It is given whom to tell what it does, how much is done and of how much, and whom to ask whether to stop."""

_PAUSE_S = 0.05
"""How long news waits for the next: a job tells thousands of times, and people see twenty a second."""


class Background(QObject):
    """What comes of a job is handed over on the GUI thread. A new job takes the place of the one before."""

    progressed = Signal(str, object, object)  # what, done, of how much: a signal's own whole numbers end at 2 GB

    _returned = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._stop = Event()
        self._wanted = 0  # counts jobs: what comes of one that was replaced is dropped
        self._running = False
        self._returned.connect(self._on_returned)

    @property
    def is_running(self) -> bool:
        """Whether a job is under way."""
        return self._running

    def start(
        self,
        job: Job[R],
        then: Callable[[R], None],
        failed: Callable[[Exception], None],
        stopped: Callable[[], None] = lambda: None,
    ) -> None:
        """Run a job; one that is under way is stopped, and nobody hears of it any more."""
        self._stop.set()
        self._wanted += 1
        self._running, self._stop = True, Event()
        number, stop = self._wanted, self._stop
        told = _Seldom(lambda *news: self.progressed.emit(*news) if not stop.is_set() else None)

        def work() -> None:
            try:
                outcome: Callable[[], None] = partial(then, job(told, stop.is_set))
            except Cancelled:
                outcome = stopped
            except Exception as error:  # the thread's edge; ui/errors.py sorts failures from bugs
                outcome = partial(failed, error)
            self._returned.emit(number, outcome)

        self._pool.start(work)

    def stop(self) -> None:
        """Ask the job to stop; it says when it has."""
        self._stop.set()

    def close(self, patience: Patience) -> None:
        """Stop what is under way, wait for it a moment and hand nothing over any more; for closing the window."""
        self._wanted += 1
        self._stop.set()
        patience.wait(self._pool)

    def _on_returned(self, number: int, outcome: Callable[[], None]) -> None:
        if number == self._wanted:
            self._running = False
            outcome()


class _Seldom:
    """Passes on the first news, the last, and now and then what comes between."""

    def __init__(self, tell: Told) -> None:
        self._tell = tell
        self._words, self._next = "", 0.0

    def __call__(self, words: str, done: int, total: int) -> None:
        now = monotonic()
        if words != self._words or done >= total or now >= self._next:
            self._words, self._next = words, now + _PAUSE_S
            self._tell(words, done, total)
