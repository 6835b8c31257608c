"""Watch: looks through passages one after the other and keeps count of the likely identifiers, by kind and place.

What it tells are kinds, counts and places. A place that holds an identifier itself (the name of a sheet) is not named.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from readiness.domain.birth_dates import births_in_row, births_in_text, holds_date, is_birth_heading
from readiness.domain.child_lists import ListHeadings
from readiness.domain.identifiers import Identifier, nhs_numbers_in, upns_in
from readiness.domain.passages import Passage, passages_of_text
from readiness.domain.schemes import ListSpec
from readiness.domain.sightings import PlacedText, Sighting

MOST_PLACES = 50
"""So many places of a kind are named; what stands elsewhere is counted together."""

ELSEWHERE = "other places"
UNNAMED = "a place whose name looks like an identifier itself"
_LONGEST_PLACE, _LONGEST_HEADING = 120, 80


class Watch:
    """What was seen so far."""

    def __init__(self, day: date, lists: Sequence[ListSpec] = ()) -> None:
        self._day, self._lists = day, ListHeadings(lists)
        self._seen: dict[tuple[Identifier, str, str], int] = {}
        self._places: Counter[Identifier] = Counter()
        self._last_place = ("", "")  # as it is, and as it is told
        self._table = ""
        self._headings: tuple[str, ...] = ()
        self._list: tuple[str, str] | None = None  # place and record of the list whose rows come now

    def take(self, passage: Passage) -> None:
        """Look through a passage; rows of a table come in their order."""
        if passage.cells:
            self._take_row(passage)
        else:
            self._table = ""
            self._take_text(passage)

    def take_text(self, text: PlacedText) -> None:
        """Look through a text that is in memory: its lines and the rows of tables in it."""
        self._table = ""
        for passage in passages_of_text(text.text, text.place, text.about):
            self.take(passage)

    def sightings(self) -> tuple[Sighting, ...]:
        """Return what was seen: by kind, then in the order it was met."""
        kinds = list(Identifier)
        ordered = sorted(self._seen.items(), key=lambda each: kinds.index(each[0][0]))
        return tuple(Sighting(kind, count, place, about) for (kind, place, about), count in ordered)

    def _take_text(self, passage: Passage) -> None:
        text = passage.text
        for kind, places in (
            (Identifier.UPN, upns_in(text)),
            (Identifier.NHS_NUMBER, nhs_numbers_in(text)),
            (Identifier.BIRTH_DATE, births_in_text(text, self._day)),
        ):
            for start in places:
                line = passage.line + text.count("\n", 0, start) if passage.line else 0
                self._note(kind, f"line {line:,}" if line else passage.place, passage.about)

    def _take_row(self, passage: Passage) -> None:
        cells = passage.cells
        if passage.table != self._table:
            self._table, self._headings, self._list = passage.table, (), None
        spec = self._lists.matched(cells)
        if spec is not None:
            self._headings = cells
            self._list = (f"{passage.place}: list {spec.number}, {spec.title}", passage.about)
            return
        if _are_headings(cells, self._headings):
            self._headings = cells
        elif self._list is not None and sum(map(bool, cells)) > 1:
            self._note(Identifier.CHILD_LIST, *self._list)
        for kind, count in self._in_row(cells):
            self._note(kind, passage.place, passage.about, count)

    def _in_row(self, cells: Sequence[str]) -> Iterator[tuple[Identifier, int]]:
        joined = " | ".join(filter(None, cells))
        yield Identifier.UPN, sum(1 for _ in upns_in(joined))
        found = sum(1 for _ in nhs_numbers_in(joined))
        if found and self._headings:  # what stands above a number may say that it is something else
            headings = dict(enumerate(self._headings))
            found = sum(
                _count_in_cell(cells, number, headings.get(number, "")[:_LONGEST_HEADING])
                for number in range(len(cells))
            )
        yield Identifier.NHS_NUMBER, found
        yield Identifier.BIRTH_DATE, births_in_row(cells, self._headings, self._day)

    def _note(self, kind: Identifier, place: str, about: str, count: int = 1) -> None:
        if not count:
            return
        key = (kind, self._shown(place), about)
        if key not in self._seen:
            self._places[kind] += 1
            if self._places[kind] > MOST_PLACES:
                key = (kind, ELSEWHERE, "")
        self._seen[key] = self._seen.get(key, 0) + count

    def _shown(self, place: str) -> str:
        if place != self._last_place[0]:  # often many stand in one place
            short = place[:_LONGEST_PLACE]
            self._last_place = (place, UNNAMED if holds_identifier(short, self._day) else short)
        return self._last_place[1]


def holds_identifier(text: str, day: date) -> bool:
    """Whether a short text, such as a name, holds a likely identifier."""
    return any(True for found in (upns_in(text), nhs_numbers_in(text), births_in_text(text, day)) for _ in found)


def look_through(texts: Iterable[PlacedText], day: date, lists: Sequence[ListSpec] = ()) -> tuple[Sighting, ...]:
    """Return what is seen in texts."""
    watch = Watch(day, lists)
    for each in texts:
        watch.take_text(each)
    return watch.sightings()


def _count_in_cell(cells: Sequence[str], number: int, heading: str) -> int:
    """Return how many NHS numbers begin in a cell, read with what stands to its left and above it."""
    left = "".join(f"{cell} | " for cell in cells[:number] if cell)[-_LONGEST_PLACE:]
    return sum(1 for start in nhs_numbers_in(left + cells[number], heading) if start >= len(left))


def _are_headings(cells: Sequence[str], known: Sequence[str]) -> bool:
    """Whether a row is the first of its table to be all words; or one that heads a column "date of birth"."""
    filled = list(filter(None, cells))
    if len(filled) < 2 or (known and not any(map(is_birth_heading, filled))):
        return False
    return all(map(_is_heading, filled))


def _is_heading(cell: str) -> bool:
    return (
        len(cell) <= _LONGEST_HEADING and any(character.isalpha() for character in cell[:20]) and not holds_date(cell)
    )
