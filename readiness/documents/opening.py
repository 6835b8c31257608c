"""Opening: opens ordinary files only, to read them; whatever else a path leads to is told in one sentence."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from readiness.documents.limits import SELF, Stopped

_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_WINDOWS_TOO_LONG, _WINDOWS_IN_USE = 206, (32, 33)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file to read it. Raises Stopped when it is none, or cannot be opened."""
    try:
        _refuse_unless_file(path.stat().st_mode)  # asked before it is opened: opening a device may do things
        number = os.open(path, _FLAGS)
    except (OSError, ValueError) as error:
        raise Stopped(why_not(error)) from error
    with os.fdopen(number, "rb") as stream:
        _refuse_unless_file(os.fstat(number).st_mode)  # it may have been exchanged meanwhile
        yield stream


def why_not(error: Exception) -> str:
    """Return in one sentence why a file could not be read."""
    code = getattr(error, "errno", None)
    windows = getattr(error, "winerror", None)
    if isinstance(error, ValueError) or code == errno.ENAMETOOLONG or windows == _WINDOWS_TOO_LONG:
        return "Its name cannot be one on this system, so it was not looked through. Give it a shorter one."
    if isinstance(error, FileNotFoundError):
        return "It is no longer there, so it was not looked through. Choose it again."
    if code == errno.ELOOP:
        return "It is a link that leads back to itself, so it was not looked through. Choose the file itself."
    if windows in _WINDOWS_IN_USE:
        return "Another program has it open, so it was not looked through. Close it there and try again."
    if isinstance(error, PermissionError):
        return "It may not be read, so it was not looked through. Ask whoever owns it, or close it where it is open."
    return f"It could not be read to its end, so not all of it was looked through. {SELF}"


def _refuse_unless_file(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise Stopped("It is a folder, so it was not looked through. Choose the files in it.")
    if not stat.S_ISREG(mode):
        raise Stopped("It is a device or a connection, so it was not looked through. Choose an ordinary file.")
