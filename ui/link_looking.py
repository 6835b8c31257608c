"""Link looking: whether the paths in links lead to something on this laptop, found out beside everything else.

A path on a server is only looked for when somebody asks: the server would be told who works here, and one that is away
is waited for. Waiting is done by a thread that nobody waits for.
"""

import os
from collections.abc import Iterable
from queue import SimpleQueue
from threading import Thread

from PySide6.QtCore import QObject, Signal

from readiness.domain.outside import is_on_network


class LinkLooking(QObject):
    """Remembers what it found; `gone` are the paths at which nothing is."""

    changed = Signal()
    _found = Signal(str, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked: set[str] = set()
        self._there: dict[str, bool] = {}
        self._queue: SimpleQueue[str] = SimpleQueue()
        self._thread: Thread | None = None
        self._found.connect(self._on_found)

    @property
    def gone(self) -> frozenset[str]:
        """The paths at which nothing is."""
        return frozenset(path for path, is_there in self._there.items() if not is_there)

    def is_there(self, path: str) -> bool | None:
        """Return whether something is at a path; None: nobody has looked yet."""
        return self._there.get(path)

    def look(self, paths: Iterable[str], *, also_servers: bool = False) -> None:
        """Look for paths that were not looked for yet."""
        for path in paths:
            if path and path not in self._asked and (also_servers or not is_on_network(path)):
                self._asked.add(path)
                self._queue.put(path)
        if self._thread is None and not self._queue.empty():
            self._thread = Thread(target=self._work, daemon=True)
            self._thread.start()

    def look_again(self, path: str) -> None:
        """Look for one path, whatever was found before; somebody asked."""
        self._asked.discard(path)
        self.look([path], also_servers=True)

    def _work(self) -> None:
        while True:
            path = self._queue.get()
            try:
                is_there = os.path.exists(path)  # noqa: PTH110 - answers also for names that no system takes
            except (OSError, ValueError):
                is_there = False
            try:
                self._found.emit(path, is_there)
            except RuntimeError:  # the window is gone
                return

    def _on_found(self, path: str, is_there: bool) -> None:
        if self._there.get(path) is not is_there:
            self._there[path] = is_there
            self.changed.emit()
