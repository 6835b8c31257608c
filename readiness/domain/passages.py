"""Passages: text in the pieces that are looked through for identifiers: a run of lines, or a row of a table.

Whoever reads a file yields them one by one, so that no file need be in memory as a whole.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from readiness.domain.identifiers import nhs_numbers_in, upns_in

LONGEST = 65_536
"""Characters in one piece."""

_TAIL, _LOOKED_AT = 64, 4_096
_FEWEST_BARS = 2
_SIGN = "[ \u00a0\u2007\u2009\u202f\u2010\u2011\u2013-]"
_BETWEEN = re.compile(  # what no identifier has inside: a mark of punctuation, two signs in a row, a word
    rf"(?<=[,;:!?|\t\"”)\]}}>])|(?<={_SIGN}{_SIGN})|(?<=[A-Za-z]{{2}})(?={_SIGN})|(?<={_SIGN})(?=[A-Za-z]{{2}})"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text, or a row."""

    place: str  # "paragraph 3"; of lines that are counted, ""
    text: str = ""  # one or more lines; "": it is a row
    cells: tuple[str, ...] = ()
    table: str = ""  # which table a row belongs to, so that its headings are known
    line: int = 0  # the number of the first line; 0: lines are not counted here
    about: str = ""  # what it belongs to: the id of a record


def passages_of_lines(lines: Iterable[str], place: str = "", about: str = "") -> Iterator[Passage]:
    """Yield text as passages: lines together, and rows whose cells are parted by tabs or bars each for itself.

    Args:
        lines: Without what ends them; none longer than LONGEST.
        place: Where the text stands; "": the lines are counted, and each is a place of its own.
        about: What it belongs to.
    """
    held: list[str] = []
    size, first, tables, is_in_table = 0, 1, 0, False
    for number, line in enumerate(lines, start=1):
        cells = _cells(line)
        if cells:
            if held:
                yield Passage(place, "\n".join(held), line=0 if place else first, about=about)
                held, size = [], 0
            tables += not is_in_table
            yield Passage(place or f"line {number:,}", cells=cells, table=f"table {tables}", about=about)
        else:
            first = first if held else number
            held.append(line)
            size += len(line) + 1
            if size >= LONGEST:
                yield Passage(place, "\n".join(held), line=0 if place else first, about=about)
                held, size = [], 0
        is_in_table = bool(cells)
    if held:
        yield Passage(place, "\n".join(held), line=0 if place else first, about=about)


def passages_of_text(text: str, place: str, about: str = "") -> Iterator[Passage]:
    """Yield the passages of a text that is in memory; all of it is one place."""
    lines = (piece for line in text.splitlines() for piece in pieces(line))
    return passages_of_lines(lines, place, about)


def pieces(text: str) -> Iterator[str]:
    """Yield a text in pieces that are not too long, cut where no identifier is cut."""
    while len(text) > LONGEST:
        end = good_cut(text[:LONGEST])
        yield text[:end]
        text = text[end:]
    yield text


def good_cut(text: str) -> int:
    """Return where to cut a long text so that no identifier is cut through: near its end.

    The best place is after a line. In a text that is nothing but identifiers it is before the last of them.
    """
    end = text.rfind("\n", len(text) // 2)
    if end > 0:
        return end + 1
    start = max(len(text) - _LOOKED_AT, 1)
    tail = text[start:]
    places = [found.start() for found in _BETWEEN.finditer(tail)] or [*nhs_numbers_in(tail), *upns_in(tail)]
    return start + max(places) if places else len(text) - min(_TAIL, len(text) // 2)


def _cells(line: str) -> tuple[str, ...]:
    """Return the cells of a line that is a row of a table; none when it is not."""
    sign = "\t" if "\t" in line else "|" if line.count("|") >= _FEWEST_BARS else ""
    if not sign:
        return ()
    found = tuple(cell.strip() for cell in line.strip("|").split(sign))
    return found if sum(map(bool, found)) > 1 else ()
