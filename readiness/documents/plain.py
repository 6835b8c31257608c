"""Plain text: lines and comma-separated rows, in whatever encoding they come."""

import codecs
import csv
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import BinaryIO

from readiness.documents.limits import CHUNK, Meter, Stopped
from readiness.domain.passages import LONGEST, Passage, good_cut, passages_of_lines

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DELIMITERS = ",;\t|"


class Pieces:
    """The text of a file, a piece at a time; where reading stops, the pieces end, so that none is lost on the way.

    What is no UTF-8 is read as Windows writes it; no byte is refused, and zero bytes are left out.
    """

    def __init__(self, stream: BinaryIO, meter: Meter) -> None:
        self._texts = _texts(stream, meter)
        self._stopped: Stopped | None = None

    def __iter__(self) -> Iterator[str]:
        try:
            yield from self._texts
        except Stopped as reason:
            self._stopped = reason

    def end(self) -> None:
        """Raise Stopped when reading stopped before the end."""
        if self._stopped is not None:
            raise self._stopped


def read_lines(stream: BinaryIO, meter: Meter) -> Iterator[Passage]:
    """Yield the lines of a text file, many at a time. Raises Stopped."""
    text = Pieces(stream, meter)
    yield from passages_of_lines(_lines(text))
    text.end()


def read_rows(stream: BinaryIO, meter: Meter) -> Iterator[Passage]:
    """Yield the rows of a file of separated values; where quotation marks run wild, its lines. Raises Stopped."""
    text = Pieces(stream, meter)
    lines = _lines(text)
    first = next(lines, "")
    sign = max(_DELIMITERS, key=first.count)
    held: list[str] = []  # of the row that is read
    reader = csv.reader((f"{line}\n" for line in _kept(chain([first], lines), held)), delimiter=sign)
    number = 0
    try:
        for row in reader:
            number += 1
            held.clear()
            cells = tuple(cell.strip() for cell in row)
            if sum(map(bool, cells)) > 1:
                yield Passage(f"row {number:,}", cells=cells, table="rows")
            elif any(cells):
                yield Passage(f"row {number:,}", "".join(cells))
    except csv.Error:  # a field of more than 128 kB: a quotation mark that nobody closed
        yield from passages_of_lines(chain(held, lines), f"after row {number:,}")
    text.end()


def _kept(lines: Iterable[str], held: list[str]) -> Iterator[str]:
    for line in lines:
        held.append(line)
        yield line


def _texts(stream: BinaryIO, meter: Meter) -> Iterator[str]:
    start = stream.read(CHUNK)
    mark, encoding = next(((mark, name) for mark, name in _MARKS if start.startswith(mark)), (b"", "utf-8"))
    decoder = codecs.getincrementaldecoder(encoding)("strict" if encoding == "utf-8" else "replace")
    chunk = start[len(mark) :]
    while chunk:
        meter.take(len(chunk))
        try:
            text = decoder.decode(chunk)
        except UnicodeDecodeError:
            held = decoder.getstate()[0]
            decoder = codecs.getincrementaldecoder("cp1252")("replace")
            text = decoder.decode(held + chunk)
        yield text.replace("\0", "")
        chunk = stream.read(CHUNK)


def _lines(texts: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a text that comes in pieces; a line without end comes in pieces itself."""
    held = ""
    for text in texts:
        held += text
        is_open = held.endswith("\r")  # the other half of the line's end may follow
        *lines, held = held.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if is_open and lines:
            held = f"{lines.pop()}\r"
        yield from lines
        while len(held) > LONGEST:
            end = good_cut(held[:LONGEST])
            yield held[:end]
            held = held[end:]
    if held:
        yield held.rstrip("\r")
