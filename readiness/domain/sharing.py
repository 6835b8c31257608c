"""Sharing: laptops, the places they share through, and what a round brought, as screens and commands show them.

Source: merge.md, sections 7.6 and 8.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from readiness.domain.plain_words import counted
from readiness.domain.vocabulary import Trust, Verdict


@dataclass(frozen=True, slots=True)
class LaptopRow:
    """One laptop of the team, as this one knows it."""

    device: str  # 16 hex digits
    label: str  # "Fostering laptop"
    person: str
    role: str
    trust: Trust
    fingerprint: str  # of its key, as read out by telephone: "3F9A-11C0-77D2"; "" before it introduced itself
    heard_at: str | None  # ISO time, UTC, by our clock
    said_at: str | None  # the same moment by its clock
    ahead_s: int | None  # how far its clock is ahead of ours, seconds; None: not known
    version: str  # of the program; "": not known
    schema: int
    received: int  # changes of it that are here
    announced: int  # the last change that anybody says it made
    lacking: tuple[tuple[int, int], ...]  # its changes that are not here: first and last, both inclusive
    unseen: int  # changes here that it had not when it last spoke
    code: str  # its data code then; "": not known
    twins: int  # of its numbers that two changes share: its database was copied
    revoked_after: int | None
    unknown: int = 0  # changes of it that need a newer version
    held: int = 0  # changes of it that count for nothing while it is shut out
    early: int = 0  # changes of it that came before what they build on

    @property
    def is_awaited(self) -> bool:
        """Whether it was let in and has not joined yet: it never said anything."""
        return self.trust is Trust.PINNED and self.heard_at is None and not self.version


def introduction_name(label: str) -> str:
    """Return the name that the introduction of a laptop is proposed with."""
    plain = "".join(each if each.isalnum() else "-" for each in label.strip())
    return f"{plain[:40].strip('-') or 'new laptop'}.irtintro"


def outdated_words(version: str) -> str:
    """Return what is said while a newer version must be installed before anything is handed on."""
    return (
        f"This version cannot read what version {version} wrote: install that one; until then what you do is kept here "
        "and not handed on."
    )


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A laptop that introduced itself, to be let in by a lead."""

    device: str  # 16 hex digits
    label: str
    code: str  # of its key, as read out by telephone
    at: str  # ISO time, UTC: when it introduced itself, by its clock


@dataclass(frozen=True, slots=True)
class KeptBack:
    """How many changes are here and do not count yet."""

    unknown: int  # of fields that this version does not know
    version: str  # that knows them; "": not told
    held: int  # of laptops that were shut out
    early: int  # that came before what they build on
    overdue: int  # fields that have waited a day for something earlier: they may be treated as in conflict

    @property
    def sentences(self) -> tuple[str, ...]:
        """Say each, in the words of the field; (): every change counts."""
        found = []
        if self.unknown:
            needs = f"version {self.version}" if self.version else "a newer version"
            found.append(f"{_changes(self.unknown, 'needs', 'need')} {needs}, kept until it is installed.")
        if self.early:
            found.append(f"{_changes(self.early, 'waits', 'wait')} for something earlier that has not arrived.")
        if self.held:
            found.append(f"{_changes(self.held, 'is', 'are')} held: from a laptop that was shut out.")
        return tuple(found)


def _changes(count: int, one: str, many: str) -> str:
    return f"{counted(count, 'change')} {one if count == 1 else many}"


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place that this laptop shares through."""

    target: str  # a folder, or an address without its password
    kind: str  # "folder" or "hub"
    last_at: str | None  # ISO time, UTC: the last round that reached it
    trouble: str  # one sentence; "": none
    hint: str = ""  # what whoever runs it could do, one sentence; "": nothing


@dataclass(frozen=True, slots=True)
class FileFault:
    """A file in a place that could not be taken."""

    place: str
    name: str
    verdict: Verdict
    since: str  # ISO time, UTC
    text: str  # one sentence


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One change that a round brought."""

    step_id: str
    actor: str
    laptop: str
    at: str
    record: str
    record_id: str
    item_id: str  # "": of none
    reference: str
    title: str
    service: str
    field_label: str
    old: str  # in words
    new: str
    in_conflict: bool


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a round of sharing did."""

    n: int  # its number here; 0: it brought nothing
    at: str
    taken: int  # changes taken in
    steps: tuple[str, ...]  # the steps they belong to
    sent: int  # changes handed on
    joined: int  # fields that joined by themselves
    conflicts: int  # fields that came into conflict
    lines: tuple[ReportLine, ...]  # by service, then item
    places: tuple[PlaceRow, ...]
    faults: tuple[FileFault, ...]
    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)  # kind of record -> what changed
    needs_version: str = ""  # to be installed before anything of this laptop's is handed on; "": nothing is kept back
    files_taken: int = 0  # evidence copies
    files_sent: int = 0


@dataclass(frozen=True, slots=True)
class SharingPulse:
    """What the window shows of sharing on every page."""

    conflicts: int
    has_places: bool
    last_at: str | None  # ISO time, UTC: the last round that brought anything
    contested: Mapping[str, frozenset[str]] = field(default_factory=dict)  # by record, its fields in conflict


@dataclass(frozen=True, slots=True)
class ToldValue:
    """One value of a field in conflict, as a workbook tells it."""

    who: str  # gave it, and when: "This laptop, Head of SEND, 1 Mar 2021, 09:30"
    value: str  # whole, in words


@dataclass(frozen=True, slots=True)
class MergeState:
    """How far a workbook's data is merged: it stands on the Summary, and beside the cells that it concerns."""

    said: str = ""  # one line; "": this workspace shares with nobody
    contested: Mapping[str, Mapping[str, tuple[ToldValue, ...]]] = field(default_factory=dict)
    """By record that is shown, and by its field that has a cell: every value of it."""


@dataclass(frozen=True, slots=True)
class SharingBoard:
    """Everything the Share page shows."""

    data_code: str  # "7F3A-22C1"
    changes: int
    laptops: tuple[LaptopRow, ...]  # this one first
    places: tuple[PlaceRow, ...]
    waiting: int  # own changes that no place has yet
    conflicts: int
    kept: KeptBack
    faults: tuple[FileFault, ...]
    last: MergeReport | None
    is_lead: bool
    has_passphrase: bool
    encrypts: bool
    needs_version: str = ""  # to be installed before anything of this laptop's is handed on; "": nothing is kept back
    do_files_travel: bool = False  # evidence copies, with the rounds of this laptop
    files_lacking: int = 0  # copies that other laptops attached and this one has not got
    told: str = ""  # why this database counts as another laptop than before; "": it does not
