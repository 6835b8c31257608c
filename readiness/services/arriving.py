"""Arriving: files that others left, looked at with suspicion, each taken in wholly or not at all.

Source: merge.md, section 7.1 (the order of reading) and 7.2 (pull).
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection

from readiness.domain.changes import Change, StepRecord
from readiness.domain.views import Changes
from readiness.domain.vocabulary import FINAL_VERDICTS, Trust, Verdict
from readiness.services.leaving import hello_of
from readiness.services.outdated import note_newer
from readiness.services.team import apply_standing, ensure_team, take_team_note
from readiness.storage.arrivals import apply_changes
from readiness.storage.exchange import devices, keep_segment, kept_shas, note_delivered, note_seen, put_device, seen
from readiness.storage.journal import moment
from readiness.storage.roster import keep_roster, roster_shas
from readiness.storage.unread import note_unread
from readiness.storage.workspace import Workspace, driver_cursor
from readiness.sync.carrier import Carrier, Entry, Fetched
from readiness.sync.keys import TeamKey
from readiness.sync.layout import HELLO, KEY, ROSTER, SEGMENT, TEAM_FILE, Kind, placed
from readiness.sync.notes import read_hello, read_roster
from readiness.sync.segments import Refused, Segment, check_signature, open_segment, read_segment

TOGETHER = 4_000
"""Changes that are taken in by one transaction."""


_Take = Callable[[Connection, Fetched], None]


@dataclass(frozen=True, slots=True)
class _Opened:
    """A segment that holds, with the file it came in."""

    entry: Entry
    segment: Segment
    content: bytes
    steps: list[StepRecord]
    changes: list[Change]


@dataclass(slots=True)
class Taken:
    """What came of a round so far."""

    changes: int = 0
    ids: dict[str, set[str]] = field(default_factory=dict)

    def add(self, found: Changes, count: int) -> None:
        """Count what one transaction took in."""
        self.changes += count
        for kind, ids in found.ids.items():
            self.ids.setdefault(kind, set()).update(ids)


class Arriving:
    """Takes in what lies in one place, in pieces."""

    def __init__(self, workspace: Workspace, carrier: Carrier, now: datetime, taken: Taken) -> None:
        self._workspace, self._carrier, self._taken = workspace, carrier, taken
        self._now, self._at = now, moment(now)
        self._refused: list[tuple[Entry, Verdict]] = []
        self._fine: set[str] = set()  # names of which a file was taken: another of that name is nobody's business
        self._kept: set[str] = set()  # names of what only a newer version can read
        self._keys: dict[int, TeamKey] = {}
        self._here: set[bytes] = set()  # segments that are kept
        self._publics: dict[str, bytes] = {}

    def pieces(self, there: Sequence[Entry]) -> Iterator[str]:
        """Take in all that is new among what lies there; yields after each short piece what it is about."""
        by_kind: dict[Kind, list[Entry]] = {}
        for entry in there:
            found = placed(entry.name)
            if found is not None:
                by_kind.setdefault(found.kind, []).append(entry)
        for kind, take in ((TEAM_FILE, self._take_team), (KEY, self._take_team), (HELLO, self._take_hello)):
            yield from self._take_notes(self._new_notes(kind, by_kind.get(kind, [])), take)
        yield from self._take_notes(self._new_notes(ROSTER, by_kind.get(ROSTER, [])), self._take_roster)
        yield from self._take_segments(by_kind.get(SEGMENT, []))
        self._workspace.maintain(lambda connection: self._note_faults(driver_cursor(connection)))

    @property
    def refused(self) -> Sequence[tuple[Entry, Verdict]]:
        """What could not be taken, and why."""
        return [(entry, verdict) for entry, verdict in self._refused if entry.name not in self._fine]

    def _new_notes(self, kind: Kind, entries: list[Entry]) -> list[Entry]:
        if not entries:
            return []
        if kind is HELLO:
            known = {each.device: each.hello_n for each in self._workspace.glance(devices)}
            latest: dict[str, tuple[int, list[Entry]]] = {}
            for entry in entries:
                device, n = hello_of(entry.name)
                newest = latest[device][0] if device in latest else known.get(device, 0)
                if n > newest:
                    latest[device] = (n, [entry])
                elif device in latest and n == newest:  # others of that name, or handed on by somebody
                    latest[device][1].append(entry)
            return [entry for _, found in latest.values() for entry in found]
        here = {sha.hex()[:12] for sha in self._workspace.glance(roster_shas)}
        return [entry for entry in entries if _tag(entry) not in here]

    def _take_notes(self, entries: list[Entry], take: _Take) -> Iterator[str]:
        """Take in small signed notes; one that is refused is looked at again in the next round."""
        if not entries:
            return
        read = list(self._carrier.fetch(entries))

        def job(connection: Connection) -> None:
            for each in read:
                if each.trouble:
                    self._refused.append((each.entry, Verdict.PARTIAL))
                    continue
                try:
                    take(connection, each)
                    self._fine.add(each.entry.name)
                except Refused as refused:
                    self._refused.append((each.entry, refused.verdict))
            apply_standing(connection)

        self._workspace.maintain(job)
        yield "Reading who is in the team"

    def _take_team(self, connection: Connection, each: Fetched) -> None:
        take_team_note(driver_cursor(connection), each.content, self._at)

    def _take_hello(self, connection: Connection, each: Fetched) -> None:
        cursor = driver_cursor(connection)
        team = ensure_team(cursor)
        hello = read_hello(each.content, team.workspace, team.keys)
        known = {one.device: one for one in devices(cursor)}.get(hello.device)
        if known is not None and known.sign_pub and bytes(known.sign_pub) != hello.public:
            raise Refused(Verdict.FORGED)  # the same laptop with another key: loudly, and nothing of it
        if known is not None and (known.trust == Trust.SELF.value or known.hello_n >= hello.n):
            return
        put_device(
            cursor,
            hello.device,
            sign_pub=hello.public,
            hello=each.content,
            hello_n=hello.n,
            label=hello.label,
            person=hello.person,
            app_version=hello.app,
            schema=hello.schema,
            have=json.dumps(dict(hello.have)),
            code=hello.code,
            said_at=hello.at,
            heard_at=self._at,
        )

    def _take_roster(self, connection: Connection, each: Fetched) -> None:
        cursor = driver_cursor(connection)
        team = ensure_team(cursor)
        publics = {one.device: bytes(one.sign_pub) for one in devices(cursor) if one.sign_pub}
        read_roster(each.content, team.workspace, publics | {team.founder: team.founder_public})
        keep_roster(cursor, sha256(each.content).digest(), each.content, "roster", self._at)

    def _take_segments(self, entries: list[Entry]) -> Iterator[str]:
        self._here = self._workspace.glance(kept_shas)
        here = {sha.hex()[:12] for sha in self._here}
        wanted: dict[str, list[Entry]] = {}
        for entry in sorted(entries, key=lambda each: each.name):
            tag = _tag(entry)
            if tag not in here:
                wanted.setdefault(tag if len(tag) == 12 else entry.name, []).append(entry)
        if not wanted:
            return
        team = self._workspace.maintain(lambda connection: ensure_team(driver_cursor(connection)))
        self._keys = dict(team.keys)
        known = self._workspace.glance(devices)
        self._publics = {each.device: bytes(each.sign_pub) for each in known if each.sign_pub}
        yield from self._read([first for first, *_ in wanted.values()], team.workspace)
        faulty = {entry.name for entry, _ in self._refused}
        again = [entry for first, *others in wanted.values() if first.name in faulty for entry in others]
        if again:  # the same segment lies there as somebody handed it on
            yield from self._read(again, team.workspace)

    def _read(self, wanted: list[Entry], workspace: str) -> Iterator[str]:
        waiting: list[_Opened] = []
        count = 0
        for number, each in enumerate(self._carrier.fetch(wanted), start=1):
            opened = self._opened(each, workspace)
            if opened is not None:
                waiting.append(opened)
                count += len(opened.changes)
            if count >= TOGETHER:
                self._apply(waiting)
                waiting, count = [], 0
            if count == 0 or number % 20 == 0:
                yield f"Reading {number} of {len(wanted)}"
        if waiting:
            self._apply(waiting)
            yield f"Reading {len(wanted)} of {len(wanted)}"

    def _opened(self, each: Fetched, workspace: str) -> _Opened | None:
        try:
            if each.trouble:
                raise Refused(Verdict.PARTIAL)
            segment = read_segment(each.content, workspace)
            if segment.sha in self._here:
                self._fine.add(each.entry.name)
                return None  # under another name, such as a cloud program gives a copy
            check_signature(segment, self._publics.get(segment.device))
            return _Opened(each.entry, segment, each.content, *open_segment(segment, self._keys))
        except Refused as refused:
            self._refused.append((each.entry, refused.verdict))
            if refused.reader:  # signed by a laptop of the team: whoever else writes such a file stops nobody
                self._meet_newer(each, segment, refused)
            return None

    def _meet_newer(self, each: Fetched, segment: Segment, refused: Refused) -> None:
        """Keep at once that this version is outdated: whatever becomes of the round, nothing is handed on after it.

        The file is kept as it is, to be handed on, and taken in by the version that can read it.
        """

        def job(connection: Connection) -> None:
            cursor = driver_cursor(connection)
            note_newer(cursor, refused.reader, refused.needs)
            self._keep(cursor, segment, each.content, Verdict.TOO_NEW)
            note_unread(cursor, refused.reader)

        self._workspace.maintain(job)
        self._kept.add(each.entry.name)

    def _apply(self, opened: Sequence[_Opened]) -> None:
        """Take several segments in by one transaction; where one of them does not hold, each by its own."""
        try:
            changes = self._workspace.maintain(lambda connection: self._taken_in(connection, opened))
        except ValueError:
            if len(opened) > 1:
                for each in opened:
                    self._apply([each])
                return
            self._refused.append((opened[0].entry, Verdict.DAMAGED))
            return
        self._taken.add(*changes)
        self._fine |= {each.entry.name for each in opened}

    def _taken_in(self, connection: Connection, opened: Iterable[_Opened]) -> tuple[Changes, int]:
        cursor = driver_cursor(connection)
        steps = [step for each in opened for step in each.steps]
        changes = [change for each in opened for change in each.changes]
        found = apply_changes(cursor, steps, changes, received_at=self._at)
        for each in opened:
            self._keep(cursor, each.segment, each.content, Verdict.APPLIED)
        return found, len(changes)

    def _keep(self, cursor: Any, kept: Segment, content: bytes, verdict: Verdict) -> None:
        keep_segment(
            cursor, kept.sha, kept.device, kept.first, kept.last, kept.count, kept.key_id, content, verdict.value,
            self._at,
        )  # fmt: skip
        note_delivered(cursor, kept.sha, self._carrier.key, self._at)

    def _note_faults(self, cursor: Any) -> None:
        """Keep which files could not be taken, and of those that were faulty before that they are fine."""
        refused = [(entry, verdict) for entry, verdict in self.refused if entry.name not in self._kept]
        faulty = {entry.name for entry, _ in refused}
        for path, (size, verdict, _, _) in seen(cursor, self._carrier.key).items():
            if path not in faulty and verdict not in FINAL_VERDICTS:
                note_seen(cursor, self._carrier.key, path, size, Verdict.KNOWN.value, self._at)
        for entry, why in refused:
            note_seen(cursor, self._carrier.key, entry.name, entry.size, why.value, self._at)


def _tag(entry: Entry) -> str:
    found = placed(entry.name)
    return found.tag if found is not None else ""
