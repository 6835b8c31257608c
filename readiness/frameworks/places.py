"""Places: where something stands in a framework file or in the file it builds on, and faults told by their place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from readiness.domain.plain_words import shown

Place = tuple[str | int, ...]
"""Where something stands: ("areas", 0, "items", 2, "kind"); () is the file itself."""

_STRING_OR_COMMENT = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*', re.DOTALL
)
_TABLE_LINE = re.compile(r"\s*(\[\[?)\s*([\w-]+(?:\s*\.\s*[\w-]+)*)\s*\]\]?\s*", re.ASCII)
_KEY_LINE = re.compile(r"\s*([\w-]+(?:\s*\.\s*[\w-]+)*)\s*=", re.ASCII)


class Source:
    """One file: what messages call it, and the lines of its tables and keys."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self._text = text

    @cached_property
    def lines(self) -> dict[Place, int]:
        """The lines, counted from 1; most files have no faults, so that nobody asks."""
        return line_numbers(self._text)


Spot = tuple[Source, Place]


@dataclass(slots=True)
class Document:
    """What a file says, with what it has from its base."""

    source: Source
    table: Mapping[str, object]
    spots: dict[Place, Spot] = field(default_factory=dict)  # where each part stands; what is not named is in its parent

    def spot(self, place: Place) -> Spot:
        """Return in which file a place of this document stands, and where in it."""
        for end in range(len(place), -1, -1):
            if (found := self.spots.get(place[:end])) is not None:
                return found[0], found[1] + place[end:]
        return self.source, place

    def line(self, place: Place) -> int:
        """Return the line in this file: of a place, of the nearest it is in, or of `base` for what came from there."""
        source, own = self.spot(place)
        return nearest_line(own if source is self.source else ("base",), self.source.lines)

    def where(self, place: Place) -> str:
        """Return a place in words."""
        source, own = self.spot(place)
        if source is self.source:
            return _where(own, source.lines)
        return f"{_where(('base',), self.source.lines)} ({source.name}, {_where(own, source.lines)})"


class Faults:
    """The faults met so far, each with its place; `first` is the place of the other of two that clash.

    A file that is only a base need not be whole: what it leaves out, the files that build on it give.
    """

    def __init__(self, *, is_whole: bool = True) -> None:
        self.is_whole = is_whole
        self.found: list[tuple[Place, str, Place | None]] = []

    def add(self, place: Place, reason: str, first: Place | None = None) -> None:
        """Note a fault."""
        self.found.append((place, reason, first))

    def add_if_whole(self, place: Place, reason: str) -> None:
        """Note something that is missing, unless another file may give it."""
        if self.is_whole:
            self.add(place, reason)

    def in_words(self, document: Document) -> list[str]:
        """Return the faults as sentences, in the order of the file."""
        ordered = sorted(self.found, key=lambda fault: document.line(fault[0]))
        return [
            f"{document.where(place)}: {reason}" + (f" It stands first at {document.where(first)}." if first else "")
            for place, reason, first in ordered
        ]


def _where(place: Place, lines: Mapping[Place, int]) -> str:
    """Return a place in words: its line; or its path, after the line of what it is in where that is known."""
    if place in lines:
        return f"line {lines[place]}"
    path = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{shown(part)}" for part in place).lstrip(".")
    line = nearest_line(place, lines)
    return f"line {line}, {path}" if line else path or "at the top"


def nearest_line(place: Place, lines: Mapping[Place, int]) -> int:
    """Return the line of a place, or of the nearest it is in; 0: none is known."""
    return next((lines[place[:end]] for end in range(len(place), 0, -1) if place[:end] in lines), 0)


def line_numbers(text: str) -> dict[Place, int]:
    """Return the lines of tables and keys, counted from 1; keys in quotation marks or inside { } are left out.

    Args:
        text: TOML that has been parsed, so it is known to be sound.
    """
    bare = _STRING_OR_COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
    lines: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    table: Place = ()
    depth = 0  # of brackets: inside a list of several lines nothing is a table or a key
    for number, line in enumerate(bare.split("\n"), start=1):
        if depth == 0 and (header := _TABLE_LINE.fullmatch(line)):
            table = _table_place(header[2], header[1] == "[[", counts)
            lines.setdefault(table, number)
            continue
        if depth == 0 and (key := _KEY_LINE.match(line)):
            parts = tuple(part.strip() for part in key[1].split("."))
            for end in range(1, len(parts) + 1):
                lines.setdefault((*table, *parts[:end]), number)
        depth += sum(line.count(mark) for mark in "[{") - sum(line.count(mark) for mark in "]}")
    return lines


def _table_place(name: str, is_listed: bool, counts: dict[Place, int]) -> Place:
    """Return the place of [name] or [[name]]; `counts` holds the number of the last table of each list, from 0."""
    *outer, last = (part.strip() for part in name.split("."))
    place: Place = ()
    for part in outer:
        place = (*place, part)
        if place in counts:
            place = (*place, counts[place])
    place = (*place, last)
    if is_listed:
        counts[place] = counts.get(place, -1) + 1
        return (*place, counts[place])
    return (*place, counts[place]) if place in counts else place
