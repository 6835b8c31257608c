"""Turns: work that would keep the window waiting is done a part at a time, with the loop's other business between."""

from __future__ import annotations  # names used only here cost no import before the first paint

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from readiness.domain.views import Changes

MANY = 50
"""What so many records or fewer bring is shown at once: somebody has just done it and looks on."""


class Turns(QObject):
    """Parts are done in the order they were given; none is dropped."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._left: deque[Callable[[], None]] = deque()
        self._timer = QTimer(self, interval=0, singleShot=True)
        self._timer.timeout.connect(self._next)

    def start(self, *parts: Callable[[], None], at_once: bool) -> None:
        """Do each part in a turn of its own, soon, or all of them now."""
        self._left.extend(parts)
        while at_once and self._left:
            self._left.popleft()()
        if self._left:
            self._timer.start()

    def _next(self) -> None:
        if not self._left:
            return
        part = self._left.popleft()
        if self._left:
            self._timer.start()
        part()


def is_large(told: tuple[Changes, ...] | None) -> bool:
    """Whether so much was changed at once, as by a round with other laptops, that showing it is to be spread."""
    return told is not None and sum(len(ids) for changes in told for ids in changes.ids.values()) > MANY
