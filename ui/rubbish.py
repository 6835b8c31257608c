"""Rubbish: circles of objects are looked for in the GUI thread alone; Qt's objects freed elsewhere crash the program.

Python looks for them wherever something is made, so in the worker too; the window does it itself, now and then.
"""

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

PAUSE_MS = 1_000
MOST_PUT_OFF = 10
"""Pauses that the look waits while the worker is at work: both would hold up the window, and each the other."""


def _never() -> bool:
    return False


class Rubbish(QObject):
    """From `start` on nothing else looks for rubbish. What is there by then stays, and is not looked through again."""

    def __init__(self, parent: QObject, is_busy: Callable[[], bool] = _never) -> None:
        super().__init__(parent)
        self._is_busy, self._put_off = is_busy, 0
        self._timer = QTimer(self)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._on_time)

    def start(self) -> None:
        """Begin, unless it has begun."""
        if not self._timer.isActive():
            gc.disable()
            gc.freeze()
            self._timer.start()

    def _on_time(self) -> None:
        if self._is_busy() and self._put_off < MOST_PUT_OFF:
            self._put_off += 1
        else:
            self._put_off = 0
            collect_due()


def collect_due() -> None:
    """Look through the generations that are due by Python's own thresholds."""
    pairs = zip(gc.get_count(), gc.get_threshold(), strict=True)
    due = [number for number, (count, most) in enumerate(pairs) if count > most]
    if due:
        gc.collect(max(due))
