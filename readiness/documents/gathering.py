"""Gathering: a text that comes in parts, put together; what grows too long is handed on before it is finished."""

from collections.abc import Callable

from readiness.domain.passages import LONGEST, good_cut


class Gathering:
    """`overflow` is handed the first part of a text that has grown too long."""

    __slots__ = ("_overflow", "_parts", "_size")

    def __init__(self, overflow: Callable[[str], None]) -> None:
        self._overflow = overflow
        self._parts: list[str] = []
        self._size = 0

    def add(self, text: str) -> None:
        """Add a part."""
        self._parts.append(text)
        self._size += len(text)
        if self._size > LONGEST:
            whole = "".join(self._parts)
            end = good_cut(whole)
            self._overflow(whole[:end])
            self._parts, self._size = [whole[end:]], len(whole) - end

    def taken(self) -> str:
        """Return what was gathered since, and begin anew."""
        whole = "".join(self._parts)
        self._parts, self._size = [], 0
        return whole
