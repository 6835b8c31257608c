"""Segments: signed files of one laptop's changes, read with bounds and wholly, or not at all.

    IRTSEG1
    header, one line of canonical JSON
    signature of the header, Ed25519, hex
    body: `len` bytes whose SHA-256 the header names: the lines, zlib, locked with the team's key where `enc` says so

Source: merge.md, section 7.1. tests/sync/test_segments.py holds vectors.
"""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from readiness.domain.changes import SCHEMA, Change, StepRecord
from readiness.domain.vocabulary import Verdict
from readiness.sync.keys import SIGNATURE_BYTES, DeviceKey, Locked, TeamKey, is_signed
from readiness.sync.lines import MOST_CHANGES, read_lines, write_lines
from readiness.sync.texts import DEVICE, MOMENT, WORKSPACE, BadText, canonical, hex_bytes, number, read_json, text

MAGIC = b"IRTSEG1\n"
READER = 1
"""What this version can read; a header may ask for more."""
LONGEST_HEADER = 64 * 1024
LARGEST_BODY = 16 * 1024 * 1024
LARGEST_RAW = 64 * 1024 * 1024
_LOCKED, _OPEN = "xsalsa20poly1305", "none"


class Refused(Exception):
    """A file that is not taken, and why."""

    def __init__(self, verdict: Verdict, needs: str = "", reader: int = 0) -> None:
        super().__init__(verdict.label)
        self.verdict = verdict
        self.needs = needs  # of a newer file: the version that wrote it
        self.reader = reader  # and what it takes to read it


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment whose bytes are whole; who signed it, and whether they did, is still to be looked at."""

    workspace: str
    device: str
    first: int
    last: int
    count: int
    key_id: int  # of the team's key; 0: not locked
    min_reader: int
    schema: int
    app: str
    at: str
    raw: int  # bytes of the lines
    sha: bytes  # of the whole file, 32 bytes
    header: bytes
    signature: bytes
    body: bytes


def write_segment(
    workspace: str,
    key: DeviceKey,
    steps: Mapping[str, StepRecord],
    changes: Sequence[Change],
    *,
    team: TeamKey | None,
    app: str,
    at: str,
) -> bytes:
    """Return the file of some changes of one laptop, at least one.

    Args:
        workspace: Its id, 32 hex digits.
        key: The laptop's own.
        steps: What the changes belong to, by id.
        changes: In the order of their numbers, at most `MOST_CHANGES`.
        team: Locks the body; None leaves it readable.
        app: The version of the program.
        at: Now, as the record keeps times.
    """
    raw = write_lines(steps, changes)
    body = zlib.compress(raw, 6)
    if team is not None:
        body = team.lock(body)
    header = canonical(
        {
            "fmt": "irtseg",
            "v": 1,
            "workspace": workspace,
            "device": changes[0].device,
            "first": min(each.seq for each in changes),
            "last": max(each.seq for each in changes),
            "n": len(changes),
            "schema": SCHEMA,
            "min_reader": READER,
            "codec": "zlib",
            "enc": _OPEN if team is None else _LOCKED,
            "key_id": 0 if team is None else team.id,
            "len": len(body),
            "raw_len": len(raw),
            "sha": sha256(body).hexdigest(),
            "app": app,
            "at": at,
        }
    ).encode("utf-8")
    return b"".join((MAGIC, header, b"\n", key.sign(header).hex().encode("ascii"), b"\n", body))


def read_segment(content: bytes, workspace: str) -> Segment:
    """Return the segment in a file, as far as it can be told without any key.

    Raises Refused: foreign, partial, damaged, too-large. What is cut short anywhere is partial.
    """
    if not content.startswith(MAGIC):
        raise Refused(Verdict.PARTIAL if MAGIC.startswith(content) else Verdict.FOREIGN)
    end = content.find(b"\n", len(MAGIC), len(MAGIC) + LONGEST_HEADER + 1)
    if end < 0:
        raise Refused(Verdict.TOO_LARGE if len(content) > len(MAGIC) + LONGEST_HEADER else Verdict.PARTIAL)
    header = content[len(MAGIC) : end]
    start = end + 2 + 2 * SIGNATURE_BYTES
    try:
        signature = hex_bytes(content[end + 1 : start - 1])
    except BadText as error:
        raise Refused(Verdict.DAMAGED if len(content) >= start else Verdict.PARTIAL) from error
    try:
        said = read_json(header)
        found = _segment(said, content, header, signature, content[start:])
        largest = number(said["len"])
        sha = text(said["sha"], 64)
    except (BadText, KeyError, TypeError) as error:
        raise Refused(Verdict.DAMAGED) from error
    if found.workspace != workspace:
        raise Refused(Verdict.FOREIGN)
    if largest > LARGEST_BODY or found.raw > LARGEST_RAW or found.count > MOST_CHANGES:
        raise Refused(Verdict.TOO_LARGE)
    if len(content) < start + largest:
        raise Refused(Verdict.PARTIAL)
    if len(signature) != SIGNATURE_BYTES or content[start - 1 : start] != b"\n":
        raise Refused(Verdict.DAMAGED)
    if len(found.body) != largest or sha256(found.body).hexdigest() != sha:
        raise Refused(Verdict.DAMAGED)
    return found


def _segment(said: Any, content: bytes, header: bytes, signature: bytes, body: bytes) -> Segment:
    if not isinstance(said, dict) or said["fmt"] != "irtseg" or said["codec"] != "zlib":
        raise BadText("no header of a segment")
    if said["enc"] not in (_OPEN, _LOCKED) or (said["enc"] == _LOCKED) != (number(said["key_id"]) > 0):
        raise BadText("no way to open it")
    return Segment(
        workspace=text(said["workspace"], 32, WORKSPACE),
        device=text(said["device"], 16, DEVICE),
        first=number(said["first"], 1),
        last=number(said["last"], said["first"]),
        count=number(said["n"], 1),
        key_id=number(said["key_id"], 0, 1_000_000),
        min_reader=number(said["min_reader"]),
        schema=number(said["schema"]),
        app=text(said["app"], 40),
        at=text(said["at"], 24, MOMENT),
        raw=number(said["raw_len"]),
        sha=sha256(content).digest(),
        header=header,
        signature=signature,
        body=body,
    )


def check_signature(segment: Segment, public: bytes | None) -> None:
    """Raise Refused unless the laptop that a segment names signed it; `public` None: that laptop is not known."""
    if public is None:
        raise Refused(Verdict.UNKNOWN_DEVICE)
    if not is_signed(segment.header, segment.signature, public):
        raise Refused(Verdict.FORGED)


def open_segment(segment: Segment, keys: Mapping[int, TeamKey]) -> tuple[list[StepRecord], list[Change]]:
    """Return the steps and changes of a segment whose signature holds; each change has its id.

    Raises Refused: no-key, too-new, damaged (signed like that, which a program of ours does not do).
    """
    if segment.min_reader > READER:
        raise Refused(Verdict.TOO_NEW, segment.app, segment.min_reader)
    body = segment.body
    if segment.key_id:
        if segment.key_id not in keys:
            raise Refused(Verdict.NO_KEY)
        try:
            body = keys[segment.key_id].unlock(body)
        except Locked as error:
            raise Refused(Verdict.NO_KEY) from error
    try:
        steps, changes = read_lines(_unpacked(body, segment.raw), segment.device)
    except BadText as error:
        raise Refused(Verdict.DAMAGED) from error
    numbers = [each.seq for each in changes]
    if (len(changes), min(numbers), max(numbers)) != (segment.count, segment.first, segment.last):
        raise Refused(Verdict.DAMAGED)
    return steps, changes


def _unpacked(body: bytes, size: int) -> bytes:
    """Return what a zlib stream holds, which must be exactly `size` bytes: a bomb is not unpacked."""
    stream = zlib.decompressobj()
    try:
        raw = stream.decompress(body, size + 1)
    except zlib.error as error:
        raise BadText("no zlib") from error
    if len(raw) != size or not stream.eof or stream.unused_data:
        raise BadText("not of the size that it says")
    return raw
