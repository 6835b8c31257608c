"""Intake: somebody's file read from end to end, or refused with a sentence. It is only ever read.

What may hang or never end (a device, a pipe) is looked at before it is opened, and never opened. Source: design.md, 3.
"""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from readiness.domain.errors import Cancelled, FileRefused, ReadinessError
from readiness.domain.plain_words import shown

BLOCK = 1 << 20
"""How much is read at a time, bytes."""

LARGEST = 4_000_000_000
"""The largest file that is taken, bytes: what a memory stick (FAT32) and every zip program can still hold."""

_OPENING = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_IN_USE = frozenset({32, 33})  # Windows: another program has the file, or a part of it, for itself


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file that is open for reading."""

    path: Path
    descriptor: int
    state: os.stat_result  # when it was opened

    @property
    def size(self) -> int:
        """Bytes, when it was opened."""
        return self.state.st_size


@contextmanager
def opened(path: Path) -> Iterator[OpenFile]:
    """Open a file to be copied. Raises FileRefused for what is none, is empty, too large, or cannot be read."""
    with explained_reading(path):
        check_file(path, path.stat())
        descriptor = os.open(path, _OPENING)
    try:
        with explained_reading(path):
            state = os.fstat(descriptor)  # another thing may stand there by now
        check_file(path, state)
        yield OpenFile(path, descriptor, state)
    finally:
        os.close(descriptor)


def check_file(path: Path, state: os.stat_result) -> None:
    """Raise FileRefused for what is no file of a size that can be kept."""
    name = named(path)
    if stat.S_ISDIR(state.st_mode):
        raise FileRefused(f"{name} is a folder. Choose the files in it, or make a zip file of it.")
    if not stat.S_ISREG(state.st_mode):
        raise FileRefused(f"{name} is a device or a connection, no file. Choose a file.")
    if state.st_size == 0:
        raise FileRefused(f"{name} is empty. Open it, look whether it was saved, and choose it again.")
    if state.st_size > LARGEST:
        raise FileRefused(f"{name} is larger than {LARGEST // 10**9} GB. Add a link to where it lies instead.")


def whole_content(
    file: OpenFile, progress: Callable[[int], None], cancelled: Callable[[], bool]
) -> Iterator[memoryview]:
    """Yield a file block by block; the next block overwrites the one before.

    Raises FileRefused when it did not stay as it was until the end, and Cancelled when `cancelled` says so.
    """
    buffer = memoryview(bytearray(min(BLOCK, file.size + 1)))
    done = 0
    while True:
        if cancelled():
            raise Cancelled("Stopped. Nothing was added.")
        with explained_reading(file.path):
            count = os.readv(file.descriptor, [buffer]) if hasattr(os, "readv") else _read_into(file, buffer)
        done += count
        if not count or done > file.size:  # what grows for ever is not read for ever
            break
        yield buffer[:count]
        progress(done)
    with explained_reading(file.path):
        after = os.fstat(file.descriptor)
    if (done, after.st_size, after.st_mtime_ns) != (file.size, file.size, file.state.st_mtime_ns):
        raise FileRefused(f"{named(file.path)} changed while it was copied; try again.")


def _read_into(file: OpenFile, buffer: memoryview) -> int:
    found = os.read(file.descriptor, len(buffer))
    buffer[: len(found)] = found
    return len(found)


def named(path: Path) -> str:
    """Return a file's name as sentences have it: without its folder, on one line, cut where it is very long."""
    return f"“{shown(path.name or str(path), 80)}”"


@contextmanager
def explained_reading(path: Path) -> Iterator[None]:
    """Turn what the system says when a file cannot be read into a sentence."""
    try:
        yield
    except ReadinessError:
        raise
    except (OSError, ValueError) as error:  # a ValueError is a name that no system takes
        raise FileRefused(_why_not(path, error)) from error


def _why_not(path: Path, error: OSError | ValueError) -> str:
    name = named(path)
    number = error.errno if isinstance(error, OSError) else None
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return f"{name} is not there any more. Look where it was moved to, and choose it there."
    if isinstance(error, IsADirectoryError):
        return f"{name} is a folder. Choose the files in it, or make a zip file of it."
    if number == errno.ELOOP:
        return f"{name} is a shortcut that leads back to itself. Choose the file that it stands for."
    if number == errno.ENAMETOOLONG or isinstance(error, ValueError):
        return f"{name} has a name that cannot be opened. Give the file a shorter, plain name and choose it again."
    if getattr(error, "winerror", 0) in _IN_USE or number in (errno.EBUSY, errno.ETXTBSY, errno.EWOULDBLOCK):
        return f"{name} is open in another program. Close it there and try again."
    if isinstance(error, PermissionError):
        return f"{name} may not be read, or another program holds it. Close it there, or ask whose it is."
    return f"{name} could not be read to its end. Check that its drive is still connected, and try again."
