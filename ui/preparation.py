"""Preparation: imports in idle moments what the pages need, a module at a time, so that none waits when opened."""

import sys
from collections.abc import Iterator
from importlib import import_module

from PySide6.QtCore import QObject, QTimer

from ui.operations import Operations

BEGIN_MS, PAUSE_MS = 500, 20
PACKAGES = ("ui.models", "ui.widgets", "ui.pages", "ui.dialogs")
"""Those that others build on come first, so that every step is short."""
BROUGHT_BY_WORKER = "readiness.storage.tables"
"""Comes with SQLAlchemy, which takes long and never begins here: until the worker has it, nothing is imported."""


class Preparation(QObject):
    """Begins when the first page is filled, and rests while the worker is busy: the two would wait for each other."""

    def __init__(self, operations: Operations, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._names: Iterator[str] | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)

    @property
    def is_over(self) -> bool:
        """Whether all is there."""
        return self._names is not None and not self._timer.isActive()

    def begin(self) -> None:
        """Begin before long."""
        self._names = _missing()
        self._timer.start(BEGIN_MS)

    def stop(self) -> None:
        """Leave it at what there is."""
        self._timer.stop()

    def _go_on(self) -> None:
        self._timer.setInterval(PAUSE_MS)
        if self._names is None or not self._operations.is_idle or BROUGHT_BY_WORKER not in sys.modules:
            return
        name = next(self._names, None)
        if name is None:
            self._timer.stop()
        else:
            import_module(name)


def _missing() -> Iterator[str]:
    """Yield the modules that are not there when their turn comes."""
    from pkgutil import iter_modules  # 8 ms, and only now needed

    for package in PACKAGES:
        for found in iter_modules(import_module(package).__path__, f"{package}."):
            if found.name not in sys.modules:
                yield found.name
