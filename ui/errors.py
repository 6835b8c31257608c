"""Errors in the window: an expected failure is a sentence; anything else is a bug, logged and shown to be copied.

A report names versions and the place in the code. It holds nothing that anybody typed.
"""

import logging
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from readiness import VERSION
from readiness.domain.errors import ReadinessError

LOG = logging.getLogger("readiness")
LOG_BYTES = 500_000


def log_to(folder: Path) -> None:
    """Write the log to a folder; where that is not possible, nowhere."""
    from logging.handlers import RotatingFileHandler

    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(folder / "readiness.log", maxBytes=LOG_BYTES, backupCount=2, encoding="utf-8")
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    LOG.addHandler(handler)


def report_of(error: BaseException) -> str:
    """Return what the maintainers need to know of a bug: where it happened, in which versions, without its words.

    The message of an error can hold what somebody typed or a path with their name, so only its type is told.
    """
    import platform
    import traceback

    import PySide6

    places = [
        f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    cause = f"\nafter {type(error.__cause__).__name__}" if error.__cause__ is not None else ""
    return "\n".join(
        [
            f"Inspection readiness {VERSION}",
            f"Python {platform.python_version()}, PySide6 {PySide6.__version__}",
            f"{platform.system()} {platform.release()}",
            f"At {datetime.now().astimezone():%Y-%m-%d %H:%M}",
            f"{type(error).__name__}{cause}",
            *places,
        ]
    )


class ErrorDesk:
    """Sorts what goes wrong: `tell` gets sentences, `crash` gets reports."""

    def __init__(self, tell: Callable[[ReadinessError], None], crash: Callable[[str], None]) -> None:
        self._tell, self._crash = tell, crash
        self._showing = False

    def take(self, error: BaseException) -> None:
        """Show one error as what it is."""
        if isinstance(error, ReadinessError):
            self._tell(error)
            return
        report = report_of(error)
        LOG.error(report)
        if self._showing:
            return  # one report at a time: a bug in painting would stack up a hundred
        self._showing = True
        try:
            self._crash(report)
        finally:
            self._showing = False

    def install(self) -> None:
        """Take every error that nothing else caught."""

        def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
            if issubclass(kind, KeyboardInterrupt):
                sys.__excepthook__(kind, error, trace)
            else:
                self.take(error)

        sys.excepthook = hook
