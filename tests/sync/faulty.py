"""A folder on a bad day: what the program does with files below a place fails as a test says, or stops for good.

The calls that change files are met here, in the one place; what a test does not name goes through to the disk.
"""

import io
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Self

CHANGING = ("mkdir", "open", "write", "fsync", "rename", "replace", "unlink")


class PowerCut(BaseException):
    """The laptop went out: nothing after it happens, nor what a `finally` would do."""


def failure(number: int, windows: int | None = None) -> OSError:
    """Return what the system raises; Windows gives a number of its own besides."""
    error = OSError(number, os.strerror(number))  # of the class that belongs to the number
    if windows is not None:
        error.winerror = windows
    return error


class Faulty:
    """Meets the calls below a place."""

    def __init__(self, place: Path) -> None:
        self._place = str(place)
        self._failing: dict[str, tuple[OSError, int, str]] = {}
        self.open_files: dict[int, str] = {}  # by descriptor
        self.calls: Counter[str] = Counter()
        self.cut_at: int | None = None  # the number of the changing call at which the power goes
        self.changes = 0

    def fail(self, call: str, error: OSError, times: int = 1_000_000, ending: str = "") -> None:
        """Have a call fail so many times, on paths of an ending."""
        self._failing[call] = (error, times, ending)

    def mend(self) -> None:
        """Have everything work again."""
        self._failing.clear()

    def meet(self, call: str, path: str) -> None:
        """Count a call; raise what it is to fail with."""
        if not path.startswith(self._place):
            return
        self.calls[call] += 1
        if call in CHANGING:
            self.changes += 1
            if self.cut_at is not None and self.changes >= self.cut_at:
                raise PowerCut
        error, times, ending = self._failing.get(call, (None, 0, ""))
        if error is not None and times > 0 and path.endswith(ending):
            self._failing[call] = (error, times - 1, ending)
            raise error


class _Half:
    """A file of which half is written where writing fails."""

    def __init__(self, file: BinaryIO, path: str, faulty: Faulty) -> None:
        self._file, self._path, self._faulty = file, path, faulty

    def write(self, content: bytes) -> int:
        try:
            self._faulty.meet("write", self._path)
        except BaseException:
            self._file.write(content[: len(content) // 2])
            self._file.flush()
            raise
        return self._file.write(content)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


def _met(faulty: Faulty, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
    def through(path: Any = ".", *more: Any, **named: Any) -> Any:
        faulty.meet(name, faulty.open_files.get(path, "") if isinstance(path, int) else os.fspath(path))
        return call(path, *more, **named)

    return through


@contextmanager
def faults(place: Path) -> Iterator[Faulty]:
    """Meet every call below a place for as long as it is needed."""
    faulty = Faulty(place)
    kept = {name: getattr(os, name) for name in ("mkdir", "rename", "replace", "unlink", "fsync", "scandir", "stat")}
    kept_open, kept_read = io.open, os.open

    def opening(path: Any, mode: str = "r", *more: Any, **named: Any) -> Any:
        if not set(mode) & set("wxa+") or not str(path).startswith(str(place)):
            return kept_open(path, mode, *more, **named)
        faulty.meet("open", str(path))
        file = kept_open(path, mode, *more, **named)
        faulty.open_files[file.fileno()] = str(path)
        return _Half(file, str(path), faulty)

    try:
        for name, call in kept.items():
            setattr(os, name, _met(faulty, name, call))
        io.open, os.open = opening, _met(faulty, "read", kept_read)
        yield faulty
    finally:
        for name, call in kept.items():
            setattr(os, name, call)
        io.open, os.open = kept_open, kept_read
