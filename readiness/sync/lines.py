"""Lines: the changes of a segment as text, one JSON array a line, the steps they belong to with the first of each.

`[step or null, seq, stamp, kind, id, field, old, new, schema, parents]`; a step is `[id, actor, at, label, reason,
undone]`; a parent is the number of an earlier line, or an id in base64. Source: merge.md, section 7.1.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from readiness.domain.changes import ID_BYTES, Change, StepRecord, change_id, encode
from readiness.domain.steps import Value
from readiness.sync.texts import LARGEST_NUMBER, MOMENT, BadText, canonical, number, read_json, text

MOST_CHANGES = 20_000
LONGEST_VALUE = 1_000_000
"""Characters of one value."""
MOST_PARENTS = 10_000

_STEP = re.compile(r"[0-9a-f]{12}")
_WORD = re.compile(r"[a-z][a-z0-9_]{0,63}")
_RECORD = re.compile(r"[0-9a-zA-Z_-]{1,64}")
_ID_TEXT = re.compile(r"[A-Za-z0-9+/]{16}")
_FIELDS = 10
_STEP_FIELDS = 6


def write_lines(steps: Mapping[str, StepRecord], changes: Sequence[Change]) -> bytes:
    """Return changes as lines. Those of one step stand together.

    Args:
        steps: The steps that they belong to, by id.
        changes: Of one laptop, at most `MOST_CHANGES`.
    """
    place: dict[bytes, int] = {}
    last = ""
    lines = []
    for each in changes:
        step = steps[each.step]
        said = [step.id, step.actor, step.at, step.label, step.reason, step.undo_of] if each.step != last else None
        parents = [place.get(parent, _as_text(parent)) for parent in each.parents]
        old, new = read_json(each.old), read_json(each.new)
        line = [said, each.seq, each.stamp, each.etype, each.eid, each.field, old, new, each.schema, parents]
        lines.append(canonical(line))
        place[each.id] = len(place)
        last = each.step
    return "\n".join(lines).encode("utf-8")


def _as_text(id_: bytes) -> str:
    return b64encode(id_).decode("ascii")


def read_lines(content: bytes, device: str) -> tuple[list[StepRecord], list[Change]]:
    """Return the steps and changes in lines of one laptop, each with the id that its content comes to.

    Raises BadText when any of it is not as it must be; nothing is then known of the rest.
    """
    try:
        lines = content.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise BadText("no UTF-8") from error
    if len(lines) > MOST_CHANGES:
        raise BadText("too many changes")
    steps: dict[str, StepRecord] = {}
    changes: list[Change] = []
    step: StepRecord | None = None
    for line in lines:
        fields = read_json(line)
        if not isinstance(fields, list) or len(fields) != _FIELDS:
            raise BadText("no line of a change")
        if fields[0] is not None:
            step = _step(fields[0], device)
            if steps.setdefault(step.id, step) != step:
                raise BadText("a step that is told in two ways")
        if step is None:
            raise BadText("a change without a step")
        changes.append(_change(fields, step, changes))
    return list(steps.values()), changes


def _step(said: object, device: str) -> StepRecord:
    if not isinstance(said, list) or len(said) != _STEP_FIELDS:
        raise BadText("no step")
    id_, actor, at, label, reason, undone = said
    return StepRecord(
        text(id_, 12, _STEP),
        device,
        text(actor, 500),
        text(at, 24, MOMENT),
        text(label, 5_000),
        text(reason, 50_000),
        None if undone is None else text(undone, 12, _STEP),
    )


def _change(fields: list[Any], step: StepRecord, before: Sequence[Change]) -> Change:
    _, seq, stamp, etype, eid, field, old, new, schema, parents = fields
    made = Change(
        b"",
        step.device,
        number(seq, 1),
        step.id,
        number(stamp, 0, LARGEST_NUMBER - 1),  # whatever builds on it still has a later one
        _word(etype),
        text(eid, 64, _RECORD),
        _word(field),
        _value(old),
        _value(new),
        _parents(parents, before),
        number(schema, 0, 1_000_000),
    )
    return Change(change_id(step, made), *made[1:])


def _word(said: object) -> str:
    """Return a name of a kind or a field. Raises BadText."""
    return _known_word(said if isinstance(said, str) else "")


@lru_cache(maxsize=1_000)
def _known_word(said: str) -> str:  # there are few, and each comes thousands of times
    return text(said, 64, _WORD)


def _parents(said: object, before: Sequence[Change]) -> tuple[bytes, ...]:
    if not isinstance(said, list) or len(said) > MOST_PARENTS:
        raise BadText("no parents")
    ids = tuple([_id(each) if isinstance(each, str) else before[number(each, 0, len(before) - 1)].id for each in said])
    if len(ids) < 2:
        return ids
    if len(set(ids)) != len(ids):
        raise BadText("a parent twice")
    return tuple(sorted(ids))


def _id(said: str) -> bytes:
    try:
        found = b64decode(text(said, 16, _ID_TEXT), validate=True)
    except (Base64Error, ValueError) as error:
        raise BadText("no id") from error
    if len(found) != ID_BYTES:
        raise BadText("no id")
    return found


def _value(said: object) -> str:
    if isinstance(said, str):
        if len(said) > LONGEST_VALUE:
            raise BadText("a value that is too long")
    elif said is not None and not isinstance(said, bool):
        number(said, -LARGEST_NUMBER)
    value: Value = said  # type: ignore[assignment]
    return encode(value)
