"""XML parts: reads the XML inside Office files as a stream. A part that declares a document type, and with it entities
that could swell, is refused; so is one that nests or runs on as no honest file does.
"""

from collections.abc import Iterable, Iterator
from typing import Protocol
from xml.parsers import expat

from readiness.documents.limits import CHUNK, DAMAGED, MEGABYTE, Stopped
from readiness.domain.passages import Passage

DEEPEST = 200
"""Elements within elements; Word's own files stay below 100."""

_LONGEST_TOKEN = 8 * MEGABYTE


class Reader(Protocol):
    """Makes passages of the elements of a part."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins; names come without their prefix."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Some text stands in the element that began last."""

    def drain(self) -> list[Passage]:
        """Return what is finished, and forget it."""


def read_part(chunks: Iterable[bytes], reader: Reader) -> Iterator[Passage]:
    """Yield what a reader makes of a part. Raises Stopped when it is damaged or made to do harm."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = CHUNK
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise Stopped(DAMAGED)
        reader.start(name[name.rfind(":") + 1 :], attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        reader.end(name[name.rfind(":") + 1 :])

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _refuse
    fed = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > _LONGEST_TOKEN:
                raise Stopped(DAMAGED)
            yield from reader.drain()
        parser.Parse(b"", True)
    except Stopped:
        yield from reader.drain()
        raise
    except (expat.ExpatError, ValueError, LookupError) as error:  # of an encoding that there is not
        yield from reader.drain()
        raise Stopped(DAMAGED) from error
    yield from reader.drain()


def _refuse(_name: str, _system: str | None, _public: str | None, _internal: bool) -> None:
    raise Stopped(DAMAGED)
