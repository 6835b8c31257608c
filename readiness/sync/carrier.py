"""Carrier: a place where laptops leave files for each other. Nothing that lies there is ever changed.

The same bytes travel by each: a shared folder, a single file, a PostgreSQL hub. Every file has one of the names that
`layout.py` makes. Source: merge.md, section 7.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from readiness.domain.errors import ReadinessError


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that lies in a place."""

    name: str
    size: int  # bytes, as the place says
    mark: str = ""  # tells files of one name apart, where a place keeps several; "": there is one


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file that is to lie in a place."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that was read, or why it was not."""

    entry: Entry
    content: bytes  # b"": it was not
    trouble: str = ""  # one sentence: "OneDrive has not downloaded it yet"


class CarrierAway(ReadinessError):
    """A place that cannot be reached now; it is tried again in the next round."""


class Carrier(Protocol):
    """What a round asks of a place. Every method may raise CarrierAway."""

    @property
    def key(self) -> str:
        """What tells this place from others, as it is kept; never a password."""

    @property
    def label(self) -> str:
        """What people call it; never a password."""

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be left there."""

    @property
    def hint(self) -> str:
        """What whoever runs the place could do, as one sentence, once it was looked into; "": nothing."""

    def look(self) -> Sequence[Entry]:
        """Return every file of ours that lies there, in no order; names that `layout.py` does not make are left out."""

    def fetch(self, entries: Iterable[Entry]) -> Iterator[Fetched]:
        """Yield files whole, one for each that was asked for and in that order; what is not read says why.

        That is what is not there, has no name of ours, is empty, or is larger than its kind may be.
        """

    def deliver(self, parcels: Iterable[Parcel]) -> Iterator[Parcel]:
        """Leave files there and yield each once it lies there safely; one that lies there already is fine."""

    def remove(self, names: Iterable[str]) -> None:
        """Take own files away that later ones cover; a place that keeps everything does nothing."""

    def close(self) -> None:
        """Let go of the place."""
