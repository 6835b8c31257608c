"""Child-level lists: tells the headings of a list that inspectors ask for (Annex A) from those of any other table."""

import re
from collections.abc import Sequence

from readiness.domain.schemes import ListSpec

FEWEST = 5
"""So many published columns make a list; of a short list, half of its columns and four at least."""

FEWEST_OF_SHORT = 4
_LONGEST_HEADING = 200
_BEGINNING = 3
"""So many characters of a cell say at once that it is no heading: most cells of most tables."""

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


class ListHeadings:
    """The published columns of some lists, ready to be looked up."""

    def __init__(self, lists: Sequence[ListSpec]) -> None:
        self._lists = tuple(dict.fromkeys(lists))
        self._needed = tuple(_needed(each) for each in self._lists)
        self._by_column: dict[str, set[int]] = {}
        for number, each in enumerate(self._lists):
            for column in each.columns:
                self._by_column.setdefault(_plain(column), set()).add(number)
        self._beginnings = frozenset(column[:_BEGINNING] for column in self._by_column)

    def matched(self, cells: Sequence[str]) -> ListSpec | None:
        """Return the list whose headings a row of a table holds; None: it holds those of none."""
        likely = [cell for cell in cells if cell[:_BEGINNING].casefold() in self._beginnings or cell[:1].isspace()]
        if len(likely) < FEWEST_OF_SHORT:
            return None
        counts = [0] * len(self._lists)
        for column in {_plain(cell) for cell in likely if len(cell) <= _LONGEST_HEADING}:
            for number in self._by_column.get(column, ()):
                counts[number] += 1
        fitting = [number for number, count in enumerate(counts) if count >= self._needed[number]]
        if not fitting:
            return None
        return self._lists[max(fitting, key=lambda number: (counts[number], -len(self._lists[number].columns)))]


def _needed(spec: ListSpec) -> int:
    return max(FEWEST_OF_SHORT, min(FEWEST, (len(spec.columns) + 1) // 2))


def _plain(heading: str) -> str:
    """Return a heading in small letters, with single spaces, straight apostrophes and no signs at its ends."""
    tidy = " ".join(heading.casefold().replace("’", "'").split())
    return _EDGES.sub("", tidy)
