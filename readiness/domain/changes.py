"""Changes: one field of one record given one value, with its canonical form and the id that follows from it.

The form must never change inside one workspace format: tests/domain/test_changes.py holds vectors.
Source: merge.md, sections 5.3 and 6.1.
"""

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from json.encoder import encode_basestring
from typing import NamedTuple

from readiness.domain.steps import Value

ID_BYTES = 12
SCHEMA = 3
"""Counts additive steps of the record's vocabulary; written with every change."""


_CANONICAL = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False).encode


def encode(value: Value) -> str:
    """Return canonical JSON of a value: no spaces, no floats, text in NFC."""
    if isinstance(value, str):
        return encode_basestring(tidied(value))
    if isinstance(value, float):
        raise TypeError("a record cannot keep a float")
    return _CANONICAL(value)


def decode(text: str) -> Value:
    """Return the value that `encode` wrote."""
    if text[0] == '"' and "\\" not in text:
        return text[1:-1]  # plain text, as nearly all of it is
    value: Value = json.loads(text)
    return value


def normal(value: Value) -> Value:
    """Return a value as it is kept: text in NFC, halves of characters that no file can hold replaced."""
    return tidied(value) if isinstance(value, str) else value


def tidied(text: str) -> str:
    """Return text as it is kept."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode("utf-8"))


@dataclass(frozen=True, slots=True)
class StepRecord:
    """A step as it is logged and handed on."""

    id: str  # 12 hex digits, random
    device: str  # 16 hex digits
    actor: str
    at: str  # UTC as the author's clock claimed, ISO with milliseconds and "Z"
    label: str
    reason: str
    undo_of: str | None


class Change(NamedTuple):
    """One field set once."""

    id: bytes
    device: str
    seq: int  # the device's own counter, for gaps only
    step: str
    stamp: int  # see `stamp_of`
    etype: str
    eid: str
    field: str
    old: str  # canonical JSON of what was shown when it was written
    new: str
    parents: tuple[bytes, ...]  # sorted
    schema: int = SCHEMA


def change_id(step: StepRecord, change: Change) -> bytes:
    """Return the id that the content of a change (all of it but `id`) comes to: 12 bytes of SHA-256.

    The content is canonical JSON, written out here since it is asked for every change that arrives:
    `[device, [seq, step, stamp, actor, at, kind, id, field, old, new, undone, schema], [parents in hex, sorted]]`.
    """
    said = encode_basestring
    undone = "null" if step.undo_of is None else said(step.undo_of)
    parents = ",".join([f'"{parent.hex()}"' for parent in sorted(change.parents)])
    content = (
        f"[{said(change.device)},[{change.seq},{said(change.step)},{change.stamp},{said(step.actor)},{said(step.at)},"
        f"{said(change.etype)},{said(change.eid)},{said(change.field)},{said(change.old)},{said(change.new)},"
        f"{undone},{change.schema}],[{parents}]]"
    )
    return sha256(content.encode("utf-8")).digest()[:ID_BYTES]


def stamp_of(now_ms: int, parents: Iterable[int]) -> int:
    """Return the stamp of a change: later than its parents whatever the clock says. Source: merge.md, 6.1."""
    return max(now_ms << 16, 1 + max(parents, default=0))


def packed(parents: Iterable[bytes]) -> bytes:
    """Return parent ids as one blob, sorted."""
    return b"".join(sorted(parents))


def unpacked(blob: bytes) -> tuple[bytes, ...]:
    """Return the parent ids in a blob."""
    return tuple(blob[start : start + ID_BYTES] for start in range(0, len(blob), ID_BYTES))
