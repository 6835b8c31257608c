"""Leaving: what this laptop has that a place lacks, as signed files. Source: merge.md, section 7.2 (push)."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from readiness import VERSION
from readiness.domain.changes import SCHEMA, Change, StepRecord
from readiness.domain.vocabulary import Trust
from readiness.services.people import identity_at
from readiness.services.team import Team, own_label
from readiness.storage.exchange import (
    SegmentLine,
    changes_between,
    data_code,
    delivered,
    devices,
    keep_segment,
    kept_segment,
    mark_sent,
    outbox_count,
    put_device,
    segment_lines,
    unsent,
    vector,
)
from readiness.storage.journal import moment
from readiness.storage.roster import roster_files
from readiness.sync.carrier import Entry, Parcel
from readiness.sync.keys import DeviceKey
from readiness.sync.layout import (
    HELLO,
    SEGMENT,
    TEAM,
    hello_name,
    key_name,
    placed,
    relay_name,
    relayed_hello_name,
    roster_name,
    segment_name,
)
from readiness.sync.notes import Hello, read_hello, read_team, write_hello
from readiness.sync.segments import write_segment

MOST_IN_ONE = 5_000
"""Changes in one segment."""
_LARGEST = 4_000_000
"""Characters of values in one segment: what it comes to stays far below what readers take."""
MOST_FILES = 64
"""Segments of one laptop in a place, before they are put into one."""
_GRACE = timedelta(days=7)
"""How long files stay that another covers: somebody may be reading them, or see an older listing."""
_SILENCE = timedelta(days=1)
"""After that a laptop says again that it is there, though it has nothing new."""


def pack(cursor: Any, team: Team, at: str) -> int:
    """Put own changes that are in no segment yet into segments; return how many changes. A crash later changes nothing.

    The bytes are kept: what is left in a place a second time is the same file.
    """
    done = 0
    for each in devices(cursor):
        if each.trust not in (Trust.SELF.value, Trust.FORMER.value) or not each.seed:
            continue
        while True:
            steps, changes = unsent(cursor, each.device, MOST_IN_ONE)
            if not changes:
                break
            together = _fitting(changes)
            by_id = {step.id: step for step in steps}
            _keep(cursor, team, DeviceKey(bytes(each.seed)), by_id, together, at)
            mark_sent(cursor, together)
            done += len(together)
    return done


def _fitting(changes: list[Change]) -> list[Change]:
    """Return as many of the first changes as one file holds, at least one."""
    size = 0
    for count, each in enumerate(changes):
        size += len(each.old) + len(each.new)
        if size > _LARGEST and count:
            return changes[:count]
    return changes


def uncovered(lines: Iterable[SegmentLine]) -> list[SegmentLine]:
    """Return the segments that no longer one of the same laptop covers; what is unread here covers nothing."""
    by_laptop: dict[str, list[SegmentLine]] = {}
    for line in lines:
        by_laptop.setdefault(line.device, []).append(line)
    found: list[SegmentLine] = []
    for mine in by_laptop.values():
        wide = [line for line in mine if line.changes > 1 and line.is_read]
        found += [line for line in mine if covering(line, wide) is None]
    return found


def covering(line: SegmentLine, others: Iterable[SegmentLine]) -> SegmentLine | None:
    """Return the segment of the same laptop that has all of another's changes and more; None: there is none."""
    return next(
        (
            each
            for each in others
            if each.device == line.device
            and each.first <= line.first
            and each.last >= line.last
            and each.last - each.first > line.last - line.first
        ),
        None,
    )


def roll_up(cursor: Any, team: Team, at: str) -> None:
    """Put many small segments of this laptop into one that covers them, so that places hold few files."""
    loose = [line for line in uncovered(segment_lines(cursor)) if line.device == team.device]
    if len(loose) <= MOST_FILES:
        return
    group: list[SegmentLine] = []
    groups: list[list[SegmentLine]] = [group]
    for line in loose:
        if sum(each.changes for each in group) + line.changes > MOST_IN_ONE and group:
            group = []
            groups.append(group)
        group.append(line)
    for each in groups:
        first, last = each[0].first, max(line.last for line in each)
        steps, changes = changes_between(cursor, team.device, first, last)
        if len(each) > 1 and _fitting(changes) == changes:
            _keep(cursor, team, team.key, {step.id: step for step in steps}, changes, at)


def waiting(cursor: Any, laptop: str) -> int:
    """Return how many changes of this laptop no place has yet, those included that only tell what happened."""
    mine, done = [line for line in segment_lines(cursor) if line.device == laptop], delivered(cursor)
    return outbox_count(cursor, laptop) + sum(line.changes for line in uncovered(mine) if line.sha not in done)


def left_unnoted(cursor: Any, there: Iterable[Entry]) -> list[bytes]:
    """Return the segments that lie in a place and are noted for none: the round that left them died."""
    tags = {found.tag for entry in there if (found := placed(entry.name)) is not None}
    done = delivered(cursor)
    shas = (bytes(line.sha) for line in segment_lines(cursor))
    return [sha for sha in shas if sha not in done and sha.hex()[:12] in tags]


def names_to_remove(cursor: Any, team: Team, there: Iterable[Entry], now: datetime) -> list[str]:
    """Return own files in a place that a later one has covered for a week, and hellos before the latest."""
    lines = [line for line in segment_lines(cursor) if line.device == team.device]
    wide = {line.sha.hex()[:12]: line for line in lines if line.changes > 1}
    names = {entry.name for entry in there}
    tags = {found.tag for name in names if (found := placed(name)) is not None}
    gone: list[str] = []
    for line in lines:
        cover = covering(line, (each for tag, each in wide.items() if tag in tags))
        name = segment_name(team.device, line.first, line.last, line.sha)
        if cover is not None and name in names and now - datetime.fromisoformat(cover.kept_at) >= _GRACE:
            gone.append(name)
    latest = next((each.hello_n for each in devices(cursor) if each.device == team.device), 0)
    if hello_name(team.device, latest) in names:
        gone += [name for n in range(1, latest) if (name := hello_name(team.device, n)) in names]
    return gone


def _keep(
    cursor: Any, team: Team, key: DeviceKey, steps: Mapping[str, StepRecord], changes: Sequence[Change], at: str
) -> None:
    """Write a segment and keep its bytes."""
    lock = team.newest if team.encrypts else None
    content = write_segment(team.workspace, key, steps, changes, team=lock, app=VERSION, at=at)
    first, last = (pick(change.seq for change in changes) for pick in (min, max))
    key_id = lock.id if lock else 0
    sha = sha256(content).digest()
    keep_segment(cursor, sha, changes[0].device, first, last, len(changes), key_id, content, "applied", at)


def say_hello(cursor: Any, team: Team, now: datetime) -> None:
    """Have a hello that says what this laptop has now; the one before serves while nothing changed."""
    mine = next(each for each in devices(cursor) if each.device == team.device)
    person, label = identity_at(cursor), own_label(cursor)
    said = person.name or person.role
    have, code = vector(cursor), data_code(cursor)
    at, public = moment(now), team.key.public
    hello = Hello(
        team.workspace, team.device, mine.hello_n + 1, public, label, said, person.role, VERSION, SCHEMA, at, have,
        have.get(team.device, 0), code,
    )  # fmt: skip
    if mine.hello and mine.said_at and now - datetime.fromisoformat(mine.said_at) < _SILENCE:
        before = read_hello(bytes(mine.hello), team.workspace, team.keys)
        if replace(hello, n=before.n, at=before.at) == before:
            return
    put_device(
        cursor,
        team.device,
        sign_pub=public,
        hello=write_hello(team.key, team.newest, hello),
        hello_n=hello.n,
        person=said,
        app_version=VERSION,
        schema=SCHEMA,
        have=json.dumps(have),
        code=code,
        said_at=at,
        heard_at=at,
    )


def names_lacking(
    cursor: Any,
    team: Team,
    there: Iterable[Entry],
    known: Mapping[str, int] | None = None,
    kept_back: Collection[str] = (),
) -> tuple[list[tuple[str, bytes]], list[Parcel]]:
    """Return what a place lacks: segments by their names and hashes, to be read when they are handed over; and notes.

    Args:
        cursor: Of the driver.
        team: Whose they are.
        there: What lies in the place.
        known: Device -> the last change that whoever reads there has without a gap; None: everything is handed over.
        kept_back: Laptops whose segments are not handed over now.
    """
    tags: set[str] = set()
    heard: dict[str, int] = {}
    names = set()
    lines = uncovered(segment_lines(cursor))
    whole = {line.sha.hex()[:12]: line.size for line in lines if line.device == team.device}
    for entry in there:
        names.add(entry.name)
        found = placed(entry.name)
        if found is None:
            continue
        if found.kind is HELLO:
            device, n = hello_of(entry.name)
            heard[device] = max(heard.get(device, 0), n)
        elif found.kind is not SEGMENT or whole.get(found.tag, entry.size) == entry.size:
            tags.add(found.tag)  # an own segment of another size was damaged there: it is left once more
    segments = [
        (
            segment_name(line.device, line.first, line.last, bytes(line.sha))
            if line.device == team.device
            else relay_name(team.device, bytes(line.sha)),
            bytes(line.sha),
        )
        for line in lines
        if bytes(line.sha).hex()[:12] not in tags
        and line.device not in kept_back
        and (known is None or line.last > known.get(line.device, 0))
    ]
    return segments, [*_hellos(cursor, team, heard), *_notes(cursor, team, tags, names)]


def hello_of(name: str) -> tuple[str, int]:
    """Return whose hello a file is, by its name, and which."""
    found = placed(name)
    if found is None or found.kind is not HELLO:
        raise ValueError(f"{name} is no hello")
    device, _, n = found.tag.rpartition("-")
    return device or found.device, int(n)


def _hellos(cursor: Any, team: Team, heard: Mapping[str, int]) -> Iterator[Parcel]:
    for each in devices(cursor):
        if not each.hello:
            continue
        if each.device == team.device:
            if each.hello_n > heard.get(each.device, 0):
                yield Parcel(hello_name(each.device, each.hello_n), bytes(each.hello))
        elif each.device not in heard:  # those who come there themselves speak for themselves
            yield Parcel(relayed_hello_name(team.device, each.device, each.hello_n), bytes(each.hello))


def _notes(cursor: Any, team: Team, tags: set[str], names: set[str]) -> Iterator[Parcel]:
    for content, verdict in roster_files(cursor):
        sha = sha256(content).digest()
        if verdict == "team" and TEAM not in names and read_team(content).n == 1:
            yield Parcel(TEAM, content)
        if sha.hex()[:12] not in tags:
            make = key_name if verdict == "team" else roster_name
            yield Parcel(make(team.device, sha), content)


def parcels(cursor: Any, wanted: Iterable[tuple[str, bytes]]) -> list[Parcel]:
    """Return segments with their bytes."""
    found = ((name, kept_segment(cursor, sha)) for name, sha in wanted)
    return [Parcel(name, bytes(content)) for name, content in found if content is not None]
