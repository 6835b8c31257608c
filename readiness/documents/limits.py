"""Limits: how much of a file is read, for how long and how deep; and the reasons for stopping, a sentence each."""

import time
from dataclasses import dataclass
from typing import NoReturn

MEGABYTE = 1_000_000
CHUNK = 65_536
"""Bytes read in one go."""

SELF = "Look through it yourself."
DAMAGED = f"It is damaged or not what its name says, so not all of it was looked through. {SELF}"
PROTECTED = f"It is protected with a password or of an old kind, so only its name was looked through. {SELF}"
BOMB = f"It unpacks to far more than it should, so only its name was looked through. {SELF}"
TOO_SLOW = f"It takes too long to read, so only its first part was looked through. {SELF}"
TOO_DEEP = f"It holds files within files within files, and the innermost were not looked through. {SELF}"


@dataclass(frozen=True, slots=True)
class Limit:
    """How far to go with one file and all that is inside it."""

    deadline: float  # by time.monotonic()
    size: int = 256 * MEGABYTE  # bytes that are read, unpacked ones included
    depth: int = 2  # files within files: a workbook in a report is one deep


class Stopped(Exception):
    """Reading ended early; `str()` of it is the sentence that says what was not read."""


class Meter:
    """Counts what is read, and stops at the limit."""

    def __init__(self, limit: Limit) -> None:
        self._limit, self._read = limit, 0

    def take(self, count: int) -> None:
        """Note that so many bytes were read. Raises Stopped at the limit."""
        self._read += count
        self.check()

    def check(self) -> None:
        """Raise Stopped where the limit is reached."""
        if self._read > self._limit.size:
            self._stop_for_size()
        if time.monotonic() > self._limit.deadline:
            raise Stopped(TOO_SLOW)

    @property
    def depth(self) -> int:
        """How deep files within files are read."""
        return self._limit.depth

    def _stop_for_size(self) -> NoReturn:
        size = self._limit.size // MEGABYTE
        first = f"{size:,} MB" if size else f"{self._limit.size:,} bytes"
        raise Stopped(f"It is large, so only its first {first} were looked through. {SELF}")
