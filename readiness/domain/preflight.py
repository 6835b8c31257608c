"""Pre-flight: whether this laptop is ready for a place without a network. Pure judgement over facts; no clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from readiness.domain.dates import written
from readiness.domain.pack_words import counted, sized
from readiness.domain.plain_words import shown
from readiness.domain.vocabulary import Word

LOW_ROOM = 200_000_000
"""Bytes below which even a day's work may not find room."""

SPARE_ROOM = 500_000_000
BACKUP_FRESH = timedelta(days=1)
CLOCK_AHEAD = timedelta(minutes=10)
LONG_SILENCE = timedelta(days=90)
_NAMED, _LISTED = 4, 20
"""How many names a sentence has; of links that will not open, a page full."""


class Light(Word):
    """What a line comes to; listed worst first."""

    BAD = "bad", "To be put right"
    WARNING = "warning", "To know"
    GOOD = "good", "In order"


@dataclass(frozen=True, slots=True)
class LinkFact:
    """A link of the evidence of which no copy is kept."""

    attachment_id: str
    name: str
    address: str
    path: str  # of the file it leads to; "": it leads elsewhere


@dataclass(frozen=True, slots=True)
class EditionFact:
    """An inspection whose framework has a newer edition."""

    inspection: str
    edition: str  # that it follows
    newer: str  # title of the one in force
    newer_edition: str


@dataclass(frozen=True, slots=True)
class PreflightFacts:
    """What was found on this laptop."""

    clock: datetime  # with its zone, as this laptop's clock has it
    version: str  # of the program
    files: int  # stored copies that the record names
    size: int  # bytes of those that are there
    missing: tuple[str, ...]  # names
    altered: tuple[str, ...]
    copied_links: int  # links of which a copy is kept
    links: tuple[LinkFact, ...]
    free: int  # bytes on the drive
    faults: tuple[str, ...]  # of the workspace's file
    unknown_changes: int  # made by a newer version of the program
    inspections: int
    editions: tuple[EditionFact, ...]
    backup: datetime | None  # when the newest was made
    newest: datetime | None  # the latest step by the clock of whoever did it
    newest_by: str
    since_backup: int  # steps


@dataclass(frozen=True, slots=True)
class PreflightLine:
    """One line of the page."""

    key: str
    title: str
    light: Light
    said: str  # one sentence
    cure: str = ""  # what to do; "" where there is nothing to do


def judge(facts: PreflightFacts) -> tuple[PreflightLine, ...]:
    """Return the lines of the page, in a fixed order."""
    return (_files(facts), _links(facts), _room(facts), _backup(facts), _file(facts), _program(facts),
            _frameworks(facts), _clock(facts))  # fmt: skip


def is_green(lines: Iterable[PreflightLine]) -> bool:
    """Whether nothing has to be put right before leaving."""
    return all(line.light is not Light.BAD for line in lines)


def head_line(lines: Sequence[PreflightLine]) -> str:
    """Return the answer in a sentence."""
    bad, known = (sum(line.light is light for line in lines) for light in (Light.BAD, Light.WARNING))
    if bad:
        return f"Not ready to go offline: {counted(bad, 'thing')} to put right."
    if known:
        return f"Ready to go offline, with {counted(known, 'thing')} to know."
    return "Ready to go offline: everything is in order."


def _files(facts: PreflightFacts) -> PreflightLine:
    key, title = "files", "Evidence files"
    if not facts.missing and not facts.altered:
        if not facts.files:
            return PreflightLine(key, title, Light.GOOD, "No evidence files are kept here yet.")
        there = "The one file is" if facts.files == 1 else f"All {facts.files:,} files are"
        return PreflightLine(key, title, Light.GOOD, f"{there} there and unaltered ({sized(facts.size)}).")
    parts = []
    if facts.missing:
        parts.append(f"{_are(len(facts.missing), 'file')} missing: {named(facts.missing)}")
    if facts.altered:
        parts.append(f"{_are(len(facts.altered), 'file')} not what was attached: {named(facts.altered)}")
    cure = "Attaching the same file again mends the copy. Or bring it back from another copy of the folder “files”."
    return PreflightLine(key, title, Light.BAD, f"{'; '.join(parts)}.", cure)


def _links(facts: PreflightFacts) -> PreflightLine:
    key, title = "links", "Links"
    if not facts.links:
        said = "A copy is kept of every link." if facts.copied_links else "No evidence is a mere link."
        return PreflightLine(key, title, Light.GOOD, said)
    names = named([link.name or link.address for link in facts.links], _LISTED)
    has = "link has" if len(facts.links) == 1 else "links have"
    said = f"{len(facts.links):,} {has} no copy here and will not open without a network: {names}."
    reachable = sum(bool(link.path) for link in facts.links)
    cure = "Save what you need there as a file, and attach that."
    if reachable:
        lead = "leads to a file" if reachable == 1 else "lead to files"
        cure = (
            f"{reachable:,} of them {lead}: fetch copies. {cure}" if reachable < len(facts.links) else "Fetch copies."
        )
    return PreflightLine(key, title, Light.WARNING, said, cure)


def _room(facts: PreflightFacts) -> PreflightLine:
    key, title, free = "room", "Disk space", sized(facts.free)
    if facts.free < LOW_ROOM:
        return PreflightLine(key, title, Light.BAD, f"Only {free} are free.", "Free some space on this drive.")
    wanted = facts.size + SPARE_ROOM
    if facts.free < wanted:
        said = f"{free} are free; a pack of all evidence needs {sized(wanted)}."
        return PreflightLine(key, title, Light.WARNING, said, "Free some space, or make packs on another drive.")
    return PreflightLine(key, title, Light.GOOD, f"{free} are free.")


def _backup(facts: PreflightFacts) -> PreflightLine:
    key, title, cure = "backup", "Backup", "Back up now (Ctrl+B)."
    if facts.backup is None:
        return PreflightLine(key, title, Light.BAD, "No backup of this workspace was made yet.", cure)
    made = f"The last backup is of {moment(facts.backup)}"
    if not facts.since_backup:
        return PreflightLine(key, title, Light.GOOD, f"{made}; nothing changed since.")
    said = f"{made}; {counted(facts.since_backup, 'step')} came after it."
    old = facts.clock - facts.backup > BACKUP_FRESH
    return PreflightLine(key, title, Light.WARNING if old else Light.GOOD, said, cure if old else "")


def _file(facts: PreflightFacts) -> PreflightLine:
    key, title = "workspace", "Workspace"
    if not facts.faults:
        return PreflightLine(key, title, Light.GOOD, "The file holds together: log and tables agree.")
    said = f"{counted(len(facts.faults), 'fault')} in the workspace’s file, the first: {shown(facts.faults[0], 120)}."
    return PreflightLine(key, title, Light.BAD, said, "Back up, then run “check --repair”.")


def _program(facts: PreflightFacts) -> PreflightLine:
    key, title, ours = "program", "Program", f"Inspection readiness {facts.version}"
    if not facts.unknown_changes:
        return PreflightLine(key, title, Light.GOOD, f"{ours} knows all that stands in this workspace.")
    were = "change was" if facts.unknown_changes == 1 else "changes were"
    said = f"{ours} is not the newest: {facts.unknown_changes:,} {were} made by a newer version and cannot be shown."
    return PreflightLine(key, title, Light.WARNING, said, "Install the newer version on this laptop.")


def _frameworks(facts: PreflightFacts) -> PreflightLine:
    key, title = "frameworks", "Frameworks"
    if not facts.editions:
        said = "Every inspection follows the edition in force." if facts.inspections else "No inspection is tracked."
        return PreflightLine(key, title, Light.GOOD, said)
    told = "; ".join(
        f"{each.inspection} follows {each.edition}, in force is {each.newer}, {each.newer_edition}"
        for each in facts.editions
    )
    cure = "Move it to the newer edition, or leave it where the inspection was announced under the earlier one."
    return PreflightLine(key, title, Light.WARNING, f"{told}.", cure)


def _clock(facts: PreflightFacts) -> PreflightLine:
    key, title, here = "clock", "Clock", f"This laptop’s clock says {moment(facts.clock)}"
    if facts.newest is None:
        return PreflightLine(key, title, Light.GOOD, f"{here}.")
    if facts.newest - facts.clock > CLOCK_AHEAD:
        said = f"{here}, yet {shown(facts.newest_by) or 'somebody'} changed something on {moment(facts.newest)}."
        cure = "Set the date and time of this laptop, or of the other one: dates and merging go by them."
        return PreflightLine(key, title, Light.BAD, said, cure)
    if facts.clock - facts.newest > LONG_SILENCE:
        said = f"{here}; the last change is of {moment(facts.newest)}."
        return PreflightLine(key, title, Light.WARNING, said, "If that is not so long ago, set the date and time.")
    return PreflightLine(key, title, Light.GOOD, f"{here}, in step with the last change.")


def moment(at: datetime) -> str:
    """Return a time as people read it, in the zone it is given in: "26 Apr 2021, 09:30"."""
    return f"{written(date(at.year, at.month, at.day))}, {at:%H:%M}"


def named(names: Sequence[str], most: int = _NAMED) -> str:
    """Return the first names and how many more there are."""
    more = len(names) - most
    return ", ".join(shown(name) for name in names[:most]) + (f" and {more:,} more" if more > 0 else "")


def _are(number: int, noun: str) -> str:
    return f"{counted(number, noun)} {'is' if number == 1 else 'are'}"
