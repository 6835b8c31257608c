"""Copying: files go into the store and out of it in a thread of their own, with what is done so far and Cancel."""

from collections.abc import Callable
from functools import partial
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QThreadPool, Signal
from PySide6.QtWidgets import QProgressDialog, QWidget

from readiness.domain.errors import Cancelled
from readiness.domain.plain_words import shown
from readiness.services.taking import Told
from ui.models.evidence_words import size_words
from ui.patience import Patience

SHOW_AFTER_MS = 500
STEPS = 1_000
Job = Callable[[Told, Callable[[], bool]], Any]
"""Told what is done as it goes, and asking whether to stop; raises Cancelled then."""


class Copying(QObject):
    """One job at a time; everything else goes on meanwhile."""

    cancelled = Signal()
    failed = Signal(object)  # Exception
    _progressed = Signal(str, int, int)
    _returned = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._stop = Event()
        self._number = 0  # of the job whose outcome is awaited
        self.progress: QProgressDialog | None = None
        self._progressed.connect(self._on_progressed)
        self._returned.connect(self._on_returned)

    @property
    def is_running(self) -> bool:
        """Whether a job is under way."""
        return self.progress is not None

    def start(self, title: str, job: Job, then: Callable[[Any], None]) -> None:
        """Do a job; `then` hears what came of it. Not while another one is running."""
        self._stop = Event()
        self._number += 1
        progress = QProgressDialog(f"{title} …", "Cancel", 0, STEPS, self._window)
        progress.setWindowTitle(title)
        progress.setMinimumDuration(SHOW_AFTER_MS)
        progress.setMinimumWidth(360)
        progress.setAutoClose(False)
        progress.setAutoReset(False)
        progress.canceled.connect(self._stop.set)
        self.progress = progress
        self._pool.start(partial(self._work, self._number, job, then, self._stop))

    def abandon(self) -> None:
        """Stop what is under way, and say nothing of it: another workspace is here."""
        self._stop.set()
        self._number += 1
        self._put_away()

    def wait(self, patience: Patience) -> None:
        """Stop what is under way and wait for it a moment; for closing."""
        self.abandon()
        patience.wait(self._pool)

    def _work(self, number: int, job: Job, then: Callable[[Any], None], stop: Event) -> None:
        outcome: Callable[[], None]
        try:
            outcome = partial(then, job(partial(self._tell, [-1]), stop.is_set))
        except Cancelled:
            outcome = self.cancelled.emit
        except Exception as error:  # the thread's edge; ui/errors.py sorts failures from bugs
            outcome = partial(self.failed.emit, error)
        self._returned.emit(partial(self._deliver, number, outcome))

    def _tell(self, last: list[int], name: str, done: int, total: int) -> None:
        """Tell the GUI thread, but no more often than the bar can show."""
        step = done * STEPS // max(total, 1)
        if step != last[0]:
            last[0] = step
            self._progressed.emit(name, done, total)

    def _on_progressed(self, name: str, done: int, total: int) -> None:
        if self.progress is not None and total:
            self.progress.setLabelText(f"{shown(name, 50)}, {size_words(done)} of {size_words(total)}")
            self.progress.setValue(min(STEPS - 1, done * STEPS // total))

    def _on_returned(self, outcome: Callable[[], None]) -> None:
        outcome()

    def _deliver(self, number: int, outcome: Callable[[], None]) -> None:
        if number == self._number:
            self._put_away()
            outcome()

    def _put_away(self) -> None:
        if self.progress is not None:
            self.progress.canceled.disconnect(self._stop.set)
            self.progress.close()
            self.progress.deleteLater()
            self.progress = None
