"""Evidence filters: the library as the lines of a grid, each judged where it is used, and which of them are wanted.

A piece of evidence may be fresh for one inspection and stale for another: it is judged by the use that lapses first.
Pure rules: no clock.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from readiness.domain.evidence import AttachmentRow, EvidenceRow, LinkRow
from readiness.domain.outside import path_in
from readiness.domain.proof import currency
from readiness.domain.vocabulary import Audience, Currency, EvidenceSource, Strength, Word


class Order(Word):
    """In which order the library is shown."""

    TITLE = "title", "By title"
    LAPSING = "lapsing", "First to lapse"
    NEWEST = "newest", "Latest dated"
    STRONGEST = "strongest", "Strongest first"
    USED = "used", "Most used"


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One piece of evidence as it serves one inspection, or all of them."""

    row: EvidenceRow
    links: tuple[LinkRow, ...]  # its uses there
    until: date | None  # the last good day that comes first; None: it never lapses
    currency: Currency
    missing: tuple[AttachmentRow, ...]  # files whose copy is not there, links that lead nowhere here

    @property
    def id(self) -> str:
        """The evidence's."""
        return self.row.id


@dataclass(frozen=True, slots=True)
class EvidenceFilter:
    """What is shown; an empty tuple or text and False let everything pass. Fields combine with "and"."""

    text: str = ""
    sources: tuple[EvidenceSource, ...] = ()
    strengths: tuple[Strength, ...] = ()
    currencies: tuple[Currency, ...] = ()
    audiences: tuple[Audience, ...] = ()
    unused: bool = False  # used for nothing, in whichever inspection
    missing: bool = False  # with a file or link that is not there

    @property
    def is_empty(self) -> bool:
        """Whether it lets everything pass."""
        return all(getattr(self, each.name) == each.default for each in fields(self))


@dataclass(frozen=True, slots=True)
class Around:
    """What lines are made with: where items stand, the day, and what is there of files and paths."""

    inspections: Mapping[str, str]  # inspection by item
    day: date
    lapsing: date  # the last day that is still near
    held: Collection[str] | None = None  # hashes of the copies that are there; None: nobody has looked
    gone: Collection[str] = ()  # paths in links of which it is known that nothing is there


def line_of(row: EvidenceRow, around: Around, inspection_id: str | None = None) -> EvidenceLine:
    """Return a piece of evidence as it serves an inspection; None: all of them."""
    known = around.inspections
    links = tuple(link for link in row.links if link.item_id in known and inspection_id in (None, known[link.item_id]))
    days = [link.until for link in links if link.until is not None]
    until = min(days, default=None) if links else row.valid_until
    return EvidenceLine(
        row, links, until, currency(until, around.day, around.lapsing), tuple(missing_of(row, around.held, around.gone))
    )


def missing_of(row: EvidenceRow, held: Collection[str] | None, gone: Collection[str]) -> Iterable[AttachmentRow]:
    """Yield the files and links of the version that counts that are known not to be there."""
    for file in row.latest.attachments if row.latest is not None else ():
        if file.sha256:
            if held is not None and file.sha256 not in held:
                yield file
        elif gone and path_in(file.url) in gone:
            yield file


def is_wanted(line: EvidenceLine, chosen: EvidenceFilter, inspection_id: str | None, text: str) -> bool:
    """Whether a line is shown. `text` is `searchable` of its row; `inspection_id` the one it was made for."""
    if chosen.unused:
        if line.row.links:
            return False
    elif inspection_id is not None and not line.links:
        return False
    return (
        (not chosen.sources or line.row.source in chosen.sources)
        and (not chosen.strengths or line.row.strength in chosen.strengths)
        and (not chosen.currencies or line.currency in chosen.currencies)
        and (not chosen.audiences or line.row.audience in chosen.audiences)
        and (not chosen.missing or bool(line.missing))
        and all(word in text for word in chosen.text.casefold().split())
    )


def searchable(row: EvidenceRow) -> str:
    """Return the text in which words are looked for, casefolded: make it once a row, not once a keystroke."""
    files = row.latest.attachments if row.latest is not None else ()
    names = "\n".join(f"{file.name}\n{file.url}" for file in files)
    return f"{row.title}\n{row.shows}\n{row.source.label}\n{names}".casefold()


def in_order(lines: Sequence[EvidenceLine], order: Order) -> list[EvidenceLine]:
    """Return lines, given by title, in another order; those alike stay by title."""
    if order is Order.LAPSING:
        return sorted(lines, key=lambda line: line.until or date.max)
    if order is Order.NEWEST:
        return sorted(lines, key=lambda line: line.row.dated or date.min, reverse=True)
    if order is Order.STRONGEST:
        return sorted(lines, key=lambda line: -line.row.strength.level)
    if order is Order.USED:
        return sorted(lines, key=lambda line: -len(line.links))
    return list(lines)
