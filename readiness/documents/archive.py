"""Archive: the parts of an Office file, which is a zip. Nothing is unpacked to disk, and no more than the limit at all.

The directory is looked at first: how large it is, what it promises, whether its parts could share their bytes.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from readiness.documents.limits import BOMB, CHUNK, DAMAGED, MEGABYTE, PROTECTED, Meter, Stopped

BROKEN = (BadZipFile, zlib.error, EOFError, struct.error, RuntimeError, NotImplementedError, LookupError, ValueError)
"""What reading a damaged archive may raise."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # of .doc and .xls, and of what is protected with a password
_END = struct.Struct("<4s4H2LH")
_END_MARK = b"PK\x05\x06"
_LONGEST_COMMENT = 65_535
_LARGEST_DIRECTORY = 2 * MEGABYTE
_MOST_PARTS = 20_000
_HIGHEST_RATIO = 150
_HARMLESS = 64 * MEGABYTE
"""So much may come of little: sheets of blank cells pack very well."""

_ENCRYPTED = 0x1
_LONGEST_NAME = 200
"""Parts with longer names are none that Office writes."""


class Archive:
    """The parts of one zip, read one at a time."""

    def __init__(self, stream: BinaryIO, meter: Meter) -> None:
        """Look at the directory. Raises Stopped when it is no zip that may be read."""
        self._meter = meter
        size = _checked_size(stream)
        try:
            self._zip = ZipFile(stream)
        except BROKEN as error:
            raise Stopped(DAMAGED) from error
        _check_promises(self._zip.infolist(), size)

    @property
    def names(self) -> list[str]:
        """The names of the parts in natural order: sheet2 before sheet10."""
        return sorted((name for name in self._zip.namelist() if len(name) <= _LONGEST_NAME), key=_natural)

    def __contains__(self, name: str) -> bool:
        return name in self._zip.NameToInfo

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a part. Raises Stopped at the limit and when it is damaged or encrypted."""
        try:
            if self._zip.getinfo(name).flag_bits & _ENCRYPTED:
                raise Stopped(PROTECTED)
            with self._zip.open(name) as part:
                while chunk := part.read(CHUNK):
                    self._meter.take(len(chunk))
                    yield chunk
        except BROKEN as error:
            raise Stopped(DAMAGED) from error

    def whole(self, name: str, longest: int) -> bytes | None:
        """Return a part as a whole; None when it is longer than that."""
        found = bytearray()
        for chunk in self.chunks(name):
            found += chunk
            if len(found) > longest:
                return None
        return bytes(found)


def _checked_size(stream: BinaryIO) -> int:
    """Return how long the file is. Raises Stopped when its end is not that of a zip with a directory of sane size."""
    size = stream.seek(0, 2)
    stream.seek(0)
    if stream.read(len(_OLD_OFFICE)) == _OLD_OFFICE:
        raise Stopped(PROTECTED)
    stream.seek(max(size - _END.size - _LONGEST_COMMENT, 0))
    tail = stream.read(_END.size + _LONGEST_COMMENT)
    place = tail.rfind(_END_MARK)
    if place < 0 or len(tail) < place + _END.size:
        raise Stopped(DAMAGED)
    _, _, _, _, _, directory, _, _ = _END.unpack_from(tail, place)
    if directory > _LARGEST_DIRECTORY:
        raise Stopped(BOMB)
    stream.seek(0)
    return size


def _check_promises(parts: list[ZipInfo], size: int) -> None:
    packed = sum(part.compress_size for part in parts)
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > _MOST_PARTS or packed > size or (unpacked > _HARMLESS and unpacked > _HIGHEST_RATIO * packed):
        raise Stopped(BOMB)


def _natural(name: str) -> tuple[str, int, str]:
    stem = name.rpartition(".")[0] or name
    base = stem.rstrip("0123456789")
    number = stem[len(base) :]
    return base, int(number[:9] or 0), name
