"""Zips as nobody's program writes them: every size, sum and mark says what a test wants it to say."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32


@dataclass(frozen=True)
class Member:
    """A member; None: what is true."""

    name: str
    content: bytes
    said: int | None = None  # its size
    packed: int | None = None  # its size as it lies there
    sum: int | None = None
    method: int = 0
    flags: int = 0
    at: int | None = None  # where it is said to lie
    inner: str | None = None  # its name where it lies


def zip_of(members: Sequence[Member]) -> bytes:
    """Return a zip of some members."""
    made, directory = b"", b""
    for each in members:
        size = len(each.content) if each.said is None else each.said
        packed = len(each.content) if each.packed is None else each.packed
        total = crc32(each.content) if each.sum is None else each.sum
        name, inner = each.name.encode(), (each.inner or each.name).encode()
        common = (20, each.flags, each.method, 0, 33, total, packed, size)
        at = len(made) if each.at is None else each.at
        made += struct.pack("<4s5H3L2H", b"PK\3\4", *common, len(inner), 0) + inner + each.content
        directory += struct.pack("<4sH5H3L5H2L", b"PK\1\2", 20, *common, len(name), 0, 0, 0, 0, 0, at) + name
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, len(members), len(members), len(directory), len(made), 0)
    return made + directory + end
