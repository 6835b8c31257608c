"""Texts: what stands in a file that somebody wants to keep, as a stream of passages, and what could not be read of it.

Workbooks, documents, slides, separated values, text and pages are read; of any other kind only the name. Files inside
them (the table behind a chart) are read in the same way, so deep as the limit says. Whatever is wrong with a file is
told in a sentence and never raised. Nothing in it is run, and memory stays flat whatever its size.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from readiness.documents.archive import BROKEN, Archive
from readiness.documents.flowing import FlowReader
from readiness.documents.limits import DAMAGED, MEGABYTE, SELF, TOO_DEEP, Limit, Meter, Stopped
from readiness.documents.markup import read_page
from readiness.documents.opening import opened, why_not
from readiness.documents.plain import Pieces, read_lines, read_rows
from readiness.documents.sheets import read_book
from readiness.documents.xml_parts import read_part
from readiness.domain.passages import Passage

NAME = "the file’s name"
_BOOKS = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"})
_PAPERS = frozenset({".docx", ".docm", ".dotx", ".dotm"})
_SLIDES = frozenset({".pptx", ".pptm", ".potx", ".ppsx"})
_ROWS = frozenset({".csv", ".tsv"})
_LINES = frozenset({".txt", ".md", ".text", ".log"})
_PAGES = frozenset({".html", ".htm", ".xhtml"})
_OFFICE = _BOOKS | _PAPERS | _SLIDES
READABLE = _OFFICE | _ROWS | _LINES | _PAGES

_NOT_TEXT = re.compile(
    r"word/(?:styles|settings|fontTable|webSettings|numbering|stylesWithEffects|theme/.*|_rels/.*|diagrams/(?!data).*)\.xml"
)
_PAPER_PARTS = re.compile(r"word/[^_].*\.xml")
_SLIDE_PARTS = re.compile(
    r"ppt/(?P<kind>slides|notesSlides|comments|charts|diagrams)/(?!drawing|layout|colors|quickStyle)[^_/]*?(?P<number>[0-9]*)\.xml"
)
_SLIDE_PLACES = {"slides": "slide", "notesSlides": "notes of slide", "comments": "comments on slide"}
_INSIDE = re.compile(r"(?:xl|word|ppt)/embeddings/(?P<name>[^/]+)")
_KIND = re.compile(r"\.[a-z0-9]{1,5}")
_LARGEST_INSIDE = 32 * MEGABYTE
_UNREADABLE_INSIDE = f"Something of another kind is inside it and was not looked through. {SELF}"
_TOO_LARGE_INSIDE = f"A large file is inside it and was not looked through. {SELF}"


class Texts:
    """The passages of one file; `unread` is complete once they have been gone through."""

    def __init__(self, path: Path, limit: Limit, name: str) -> None:
        self._path, self._limit, self._name = path, limit, name
        self.unread: list[str] = []  # sentences, each once

    def __iter__(self) -> Iterator[Passage]:
        """Yield its passages: its name first. Each call reads the file anew."""
        self.unread = []
        words = self._name.replace("_", " ")
        yield Passage(NAME, words)
        kind = Path(self._name).suffix.casefold()
        meter = Meter(self._limit)
        try:
            with opened(self._path) as stream:
                if kind not in READABLE:
                    raise Stopped(_not_read(kind))
                yield from self._inside(stream, kind, meter, 0)
        except Stopped as reason:
            self._note(str(reason))
        except OSError as error:  # it went away, or its drive did
            self._note(why_not(error))
        except (*BROKEN, ArithmeticError, MemoryError):
            self._note(DAMAGED)

    def _inside(self, stream: BinaryIO, kind: str, meter: Meter, depth: int) -> Iterator[Passage]:
        if kind in _OFFICE:
            yield from self._of_archive(stream, kind, meter, depth)
        elif kind in _ROWS:
            yield from read_rows(stream, meter)
        elif kind in _PAGES:
            text = Pieces(stream, meter)
            yield from read_page(text)
            text.end()
        else:
            yield from read_lines(stream, meter)

    def _of_archive(self, stream: BinaryIO, kind: str, meter: Meter, depth: int) -> Iterator[Passage]:
        if stream.seek(0, 2) == 0:
            return  # an empty file holds nothing
        archive = Archive(stream, meter)
        if kind in _BOOKS:
            yield from read_book(archive)
        else:
            yield from _of_parts(archive, kind)
        for part in archive.names:
            if found := _INSIDE.fullmatch(part):
                yield from self._of_embedded(archive, part, found["name"], meter, depth + 1)

    def _of_embedded(self, archive: Archive, part: str, name: str, meter: Meter, depth: int) -> Iterator[Passage]:
        """Yield what is in a file inside the file; what is wrong with it does not end the reading of the others."""
        kind = Path(name).suffix.casefold()
        if kind not in READABLE:
            self._note(_UNREADABLE_INSIDE)
            return
        if depth > meter.depth:
            self._note(TOO_DEEP)
            return
        content = archive.whole(part, _LARGEST_INSIDE)
        if content is None:
            self._note(_TOO_LARGE_INSIDE)
            return
        try:
            for passage in self._inside(io.BytesIO(content), kind, meter, depth):
                place = f"a file inside it, {passage.place or f'line {passage.line:,}'}"
                yield Passage(place, passage.text, passage.cells, f"{part} {passage.table}")
        except Stopped as reason:
            meter.check()
            self._note(str(reason))

    def _note(self, sentence: str) -> None:
        if sentence not in self.unread:
            self.unread.append(sentence)


def read_texts(path: Path, limit: Limit, name: str = "") -> Texts:
    """Return the passages of a file. Reading begins when they are gone through.

    Args:
        path: Where it lies.
        limit: How much of it is read.
        name: What people call it, where that is not the name it lies under: it says of what kind it is.
    """
    return Texts(path, limit, name or path.name)


def _of_parts(archive: Archive, kind: str) -> Iterator[Passage]:
    for part in archive.names:
        if kind in _PAPERS:
            if _PAPER_PARTS.fullmatch(part) and not _NOT_TEXT.fullmatch(part):
                name = part.removeprefix("word/").rpartition("/")[2].removesuffix(".xml").rstrip("0123456789")
                reader = (
                    FlowReader("paragraph", numbered=True)
                    if name == "document"
                    else FlowReader(_PAPER_PLACES.get(name, "other parts"), numbered=False)
                )
                yield from read_part(archive.chunks(part), reader)
        elif found := _SLIDE_PARTS.fullmatch(part):
            place = _SLIDE_PLACES.get(found["kind"])
            words = f"{place} {found['number']}" if place else "the data of a chart"
            yield from read_part(archive.chunks(part), FlowReader(words, numbered=False))


_PAPER_PLACES = {
    "header": "the head of the pages",
    "footer": "the foot of the pages",
    "footnotes": "the footnotes",
    "endnotes": "the endnotes",
    "comments": "the comments",
    "chart": "the data of a chart",
}


def _not_read(kind: str) -> str:
    what = f"Files of the kind {kind}" if _KIND.fullmatch(kind) else "Files without an ending that tells their kind"
    return f"{what} are not looked through, only their names. {SELF}"
