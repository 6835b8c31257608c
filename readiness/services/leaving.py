"""Leaving: what this laptop has that a place lacks, as signed files. Source: merge.md, section 7.2 (push)."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from readiness import VERSION
from readiness.domain.changes import SCHEMA, Change
from readiness.domain.vocabulary import Trust
from readiness.services.people import identity_at
from readiness.services.team import Team, own_label
from readiness.storage.exchange import (
    data_code,
    devices,
    keep_segment,
    kept_segment,
    mark_sent,
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
            lock = team.newest if team.encrypts else None
            key = DeviceKey(bytes(each.seed))
            content = write_segment(team.workspace, key, by_id, together, team=lock, app=VERSION, at=at)
            first, last = (pick(change.seq for change in together) for pick in (min, max))
            key_id = lock.id if lock else 0
            sha = sha256(content).digest()
            keep_segment(cursor, sha, each.device, first, last, len(together), key_id, content, "applied", at)
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
    cursor: Any, team: Team, there: Iterable[Entry], known: Mapping[str, int] | None = None
) -> tuple[list[tuple[str, bytes]], list[Parcel]]:
    """Return what a place lacks: segments by their names and hashes, to be read when they are handed over; and notes.

    Args:
        cursor: Of the driver.
        team: Whose they are.
        there: What lies in the place.
        known: Device -> the last change that whoever reads there has without a gap; None: everything is handed over.
    """
    tags: set[str] = set()
    heard: dict[str, int] = {}
    names = set()
    for entry in there:
        names.add(entry.name)
        found = placed(entry.name)
        if found is None:
            continue
        if found.kind is HELLO:
            device, n = hello_of(entry.name)
            heard[device] = max(heard.get(device, 0), n)
        else:
            tags.add(found.tag)
    segments = [
        (
            segment_name(line.device, line.first, line.last, bytes(line.sha))
            if line.device == team.device
            else relay_name(team.device, bytes(line.sha)),
            bytes(line.sha),
        )
        for line in segment_lines(cursor)
        if bytes(line.sha).hex()[:12] not in tags and (known is None or line.last > known.get(line.device, 0))
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
