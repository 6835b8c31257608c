"""Steps and changes to put into segments; for tests of the exchange."""

import json
from hashlib import sha256

from readiness.domain.changes import Change, StepRecord, change_id, encode
from readiness.sync.keys import DeviceKey, TeamKey
from readiness.sync.segments import MAGIC
from readiness.sync.texts import canonical

WORKSPACE = "00112233445566778899aabbccddeeff"
LAPTOP = "00112233aabbccdd"
KEY = DeviceKey(bytes(range(32)))
TEAM = TeamKey(1, bytes(range(32, 64)))
AT = "2021-03-01T09:30:00.000Z"


def made_changes(count: int = 4, device: str = LAPTOP, first: int = 1) -> tuple[dict[str, StepRecord], list[Change]]:
    """Return some steps of two changes each, of which each builds on the one before and on one nobody has."""
    steps: dict[str, StepRecord] = {}
    changes: list[Change] = []
    for seq in range(first, first + count):
        number = (seq - 1) // 2
        step = steps.setdefault(
            f"{number:012x}",
            StepRecord(f"{number:012x}", device, "Head of SEND", AT, f"Set status of RV-C{number:02}", "", None),
        )
        parents = (changes[-1].id if changes else bytes(12), seq.to_bytes(12, "big"))
        made = Change(
            b"", device, seq, step.id, (1_600_000_000_000 << 16) + seq, "item", f"{number:032x}",
            ("status", "position")[seq % 2], encode(None), encode(f"Plas Newydd – {seq}\n“line”"),
            tuple(sorted(parents)), schema=2,  # the one that the vectors were fixed with
        )  # fmt: skip
        changes.append(made._replace(id=change_id(step, made)))
    return steps, changes


def remade(content: bytes, body: bytes | None = None, key: DeviceKey = KEY, **fields: object) -> bytes:
    """Return a segment with other fields in its header or another body, signed again."""
    header, _, body_now = content[len(MAGIC) :].split(b"\n", 2)
    said = json.loads(header)
    if body is not None:
        body_now = body
        said |= {"len": len(body), "sha": sha256(body).hexdigest()}
    line = canonical(said | fields).encode()
    return MAGIC + line + b"\n" + key.sign(line).hex().encode() + b"\n" + body_now
