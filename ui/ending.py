"""Ending: the program ends though a thread of it hangs in a call of the system, such as on a share that is gone."""

import logging
import os
import sys
from contextlib import suppress
from typing import NoReturn

from PySide6.QtCore import QObject, QThreadPool


def hangs(*roots: QObject) -> bool:
    """Return whether a thread below some objects is still at work."""
    return any(pool.activeThreadCount() for root in roots for pool in root.findChildren(QThreadPool))


def end_now(status: int) -> NoReturn:
    """End at once: what is typed is written and the workspace closed; a thread that hangs would be waited for."""
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):  # a program without a console has none
            stream.flush()
    os._exit(status)
