"""Patience: how long closing the window waits for threads. A share that is gone can keep one in a call for minutes."""

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QThreadPool

LONGEST_MS = 3_000
"""After that the window is closed, whatever became of it."""
_LEAST_MS = 50
"""A thread that was just asked to stop has so long, also when nothing is left."""


class Patience:
    """One span for all that closing waits for; it begins with the first wait, or anew when the window says so."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._until: float | None = None

    def begin(self) -> None:
        """Begin: somebody closes the window."""
        self._until = self._now() + LONGEST_MS / 1_000

    @property
    def left_ms(self) -> int:
        """How much is left."""
        if self._until is None:
            self.begin()
        return max(_LEAST_MS, int(((self._until or 0.0) - self._now()) * 1_000))

    def wait(self, pool: QThreadPool) -> bool:
        """Wait for a pool's thread as long as there is patience; whether it came to its end."""
        return pool.waitForDone(self.left_ms)
