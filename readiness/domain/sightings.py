"""Sightings: what was seen of likely identifiers, told by kind, count and place; never the identifiers themselves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from readiness.domain.errors import BadValue
from readiness.domain.identifiers import Identifier, nhs_numbers_in, upns_in
from readiness.domain.vocabulary import Word

WHY = "A tracker must not become a store of children’s records."
"""What is said wherever a likely identifier is told."""


LONGEST_REASON = 2_000


class Occasion(Word):
    """When texts are looked through."""

    ATTACH = "attach", "When a file was attached"
    EXPORT = "export", "When a workbook was written"
    IMPORT = "import", "When a file was brought in"


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A text that is to be looked through."""

    text: str
    place: str  # "RV-C02, Position"
    about: str = ""  # id of the record it belongs to


@dataclass(frozen=True, slots=True)
class Sighting:
    """Likely identifiers of one kind in one place."""

    kind: Identifier
    count: int
    place: str  # "sheet Contacts, row 12"
    about: str = ""  # what the place belongs to: the id of a record


@dataclass(frozen=True, slots=True)
class ScanResult:
    """What was seen in a file or in texts, and what could not be looked through."""

    name: str  # what it is called; "the file" where its name holds an identifier itself
    sightings: tuple[Sighting, ...] = ()
    unread: tuple[str, ...] = ()  # sentences

    @property
    def counts(self) -> Mapping[Identifier, int]:
        """How many of each kind."""
        return totals(self.sightings)

    @property
    def in_words(self) -> str:
        """What was seen: "2 NHS numbers and 1 date of birth"."""
        return counts_in_words(self.counts)


@dataclass(frozen=True, slots=True)
class ExemptionRow:
    """Likely identifiers that somebody let stand, and why."""

    id: str
    about: str  # id of the record, or the hash of the file
    occasion: Occasion
    found: Mapping[Identifier, int]  # kinds that this version knows
    reason: str
    at: datetime | None  # UTC
    by: str


def totals(sightings: Iterable[Sighting]) -> dict[Identifier, int]:
    """Return how many of each kind."""
    counts = dict.fromkeys(Identifier, 0)
    for each in sightings:
        counts[each.kind] += each.count
    return {kind: count for kind, count in counts.items() if count}


def counts_in_words(counts: Mapping[Identifier, int]) -> str:
    """Return counts by kind as "2 NHS numbers and 1 date of birth"."""
    words = [kind.counted(counts[kind]) for kind in Identifier if counts.get(kind)]
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""


def checked_reason(reason: str) -> str:
    """Return why likely identifiers may stay, tidied. Raises BadValue: it must be given and hold none itself."""
    tidy = reason.strip()
    if not tidy:
        raise BadValue("Say why this may stay: write a reason.")
    if len(tidy) > LONGEST_REASON:
        raise BadValue(f"The reason is too long: {len(tidy):,} characters. Shorten it to {LONGEST_REASON:,}.")
    if any(True for found in (upns_in(tidy), nhs_numbers_in(tidy)) for _ in found):
        raise BadValue("The reason holds what looks like a child’s number itself. Write it without.")
    return tidy
