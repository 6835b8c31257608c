"""Exchange: what a round of sharing asks of the log and keeps beside it, on a driver's cursor.

Nothing here changes what the log says; `journal.apply_changes` alone takes changes in. Source: merge.md, 5.2 and 7.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, insert, literal_column, select, update

from readiness.domain.changes import Change, StepRecord, unpacked
from readiness.domain.vocabulary import FINAL_VERDICTS, Trust, Verdict
from readiness.storage.prepared import insert_into, prepared, rows, run_all
from readiness.storage.tables import EventRecord, change, delivery, device, meta, seen_file, segment, step

_NONE: ColumnElement[int] = literal_column("0")
_ONE: ColumnElement[int] = literal_column("1")
_CHANGE_COLUMNS = (
    change.c.id, device.c.device, change.c.seq, change.c.step, change.c.stamp, change.c.etype, change.c.eid,
    change.c.field, change.c.old, change.c.new, change.c.parents, change.c.schema, step.c.actor, step.c.at,
    step.c.label, step.c.reason, step.c.undo_of,
)  # fmt: skip
_LOGGED = select(*_CHANGE_COLUMNS).select_from(
    change.join(device, device.c.n == change.c.n).join(step, step.c.id == change.c.step)
)
_UNSENT = prepared(
    _LOGGED.where(device.c.device == bindparam("device"), change.c.out == _ONE)
    .order_by(change.c.seq, change.c.k)
    .limit(bindparam("most"))
)
_BETWEEN = prepared(
    _LOGGED.where(
        device.c.device == bindparam("device"), change.c.seq.between(bindparam("a"), bindparam("b"))
    ).order_by(change.c.seq, change.c.k)
)
_SENT = prepared(update(change).values(out=_NONE).where(change.c.id == bindparam("id_")))
_told = change.alias()
_OF_EVENTS = select(_told.c.id).where(_told.c.eid.in_(select(EventRecord.id)))
_IDS = prepared(select(change.c.id).where(change.c.id.not_in(_OF_EVENTS)).order_by(change.c.id))
_COUNT = prepared(select(func.count()).select_from(change))
_NUMBERS = prepared(
    select(
        device.c.device,
        func.count(change.c.k),
        func.count(change.c.seq.distinct()),
        func.min(change.c.seq),
        func.max(change.c.seq),
    )
    .select_from(device.join(change, change.c.n == device.c.n))
    .group_by(device.c.n)
)
_later = change.alias()
_ENDS = prepared(  # the numbers after which one is missing
    select(change.c.seq)
    .select_from(change.join(device, device.c.n == change.c.n))
    .where(
        device.c.device == bindparam("device"),
        ~exists().where(and_(_later.c.n == change.c.n, _later.c.seq == change.c.seq + _ONE)),
    )
    .distinct()
    .order_by(change.c.seq)
)
_STARTS = prepared(
    select(change.c.seq)
    .select_from(change.join(device, device.c.n == change.c.n))
    .where(
        device.c.device == bindparam("device"),
        ~exists().where(and_(_later.c.n == change.c.n, _later.c.seq == change.c.seq - _ONE)),
    )
    .distinct()
    .order_by(change.c.seq)
)
_DELIVERED_ANYWHERE = prepared(select(delivery.c.sha).distinct())
_COUNT_BETWEEN = prepared(
    select(func.count(change.c.seq.distinct()))
    .select_from(change.join(device, device.c.n == change.c.n))
    .where(device.c.device == bindparam("device"), change.c.seq.between(bindparam("a"), bindparam("b")))
)
_OUTBOX = prepared(
    select(func.count())
    .select_from(change.join(device, device.c.n == change.c.n))
    .where(device.c.device == bindparam("device"), change.c.out == _ONE)
)
_OUTBOX_EVENTS = prepared(
    select(func.count())
    .select_from(change.join(device, device.c.n == change.c.n))
    .where(device.c.device == bindparam("device"), change.c.out == _ONE, change.c.etype == literal_column("'event'"))
)
_KEEP_SEGMENT = insert_into(segment, ignore=True)
_SEGMENT = prepared(select(segment.c.bytes).where(segment.c.sha == bindparam("sha")))
_SHAS = prepared(select(segment.c.sha))
_LINES = prepared(
    select(
        segment.c.sha,
        segment.c.device,
        segment.c.first,
        segment.c.last,
        segment.c.count,
        segment.c.key_id,
        segment.c.kept_at,
        func.length(segment.c.bytes),
        segment.c.verdict,
    ).order_by(segment.c.device, segment.c.first, segment.c.sha)
)
_DELIVERED = insert_into(delivery, ignore=True)
_SEEN = prepared(
    select(seen_file.c.path, seen_file.c.size, seen_file.c.verdict, seen_file.c.tries, seen_file.c.first_at).where(
        seen_file.c.carrier == bindparam("carrier")
    )
)
_ALL_SEEN = prepared(select(seen_file.c.carrier, seen_file.c.path, seen_file.c.verdict, seen_file.c.first_at))
_SEEN_ONE = prepared(
    select(seen_file.c.tries, seen_file.c.first_at).where(
        seen_file.c.carrier == bindparam("carrier"), seen_file.c.path == bindparam("path")
    )
)
_PUT_SEEN = insert_into(seen_file, replace=True)
_DEVICES = prepared(select(device).order_by(device.c.n))
_DEVICE_N = prepared(select(device.c.n).where(device.c.device == bindparam("device")))
_LAST_N = prepared(select(func.coalesce(func.max(device.c.n), _NONE)))
_ADD_DEVICE = prepared(insert(device).values(n=bindparam("n_"), device=bindparam("device_"), trust=bindparam("trust_")))
_SET_DEVICE = {
    column.name: prepared(
        update(device).values({column.name: bindparam("value")}).where(device.c.device == bindparam("which"))
    )
    for column in device.columns
    if column.name not in ("n", "device")
}
_SET_NOTE = insert_into(meta, replace=True)


class DeviceLine(NamedTuple):
    """A laptop as it is kept, in the table's order."""

    n: int
    device: str
    person: str
    label: str
    trust: str
    sign_pub: bytes | None
    seed: bytes | None
    revoked_after: int | None
    hello: bytes | None
    hello_n: int
    app_version: str
    schema: int
    have: str
    code: str
    said_at: str | None
    heard_at: str | None


class SegmentLine(NamedTuple):
    """A segment that is kept, without its bytes."""

    sha: bytes
    device: str
    first: int
    last: int
    changes: int
    key_id: int
    kept_at: str  # ISO time, UTC
    size: int  # bytes of the file
    verdict: str

    @property
    def is_read(self) -> bool:
        """Whether what is in it counts here: a newer version's waits."""
        return bool(self.verdict == Verdict.APPLIED.value)


def unsent(cursor: Any, laptop: str, most: int) -> tuple[list[StepRecord], list[Change]]:
    """Return changes of one of our laptops that are in no segment yet, by their numbers, with their steps."""
    return _logged(rows(cursor, _UNSENT, (laptop, most, 0)))


def changes_between(cursor: Any, laptop: str, first: int, last: int) -> tuple[list[StepRecord], list[Change]]:
    """Return the changes of a laptop between two numbers, both inclusive, with their steps."""
    return _logged(rows(cursor, _BETWEEN, (laptop, first, last)))


def _logged(found: Iterable[tuple[Any, ...]]) -> tuple[list[StepRecord], list[Change]]:
    steps: dict[str, StepRecord] = {}
    changes: list[Change] = []
    for id_, laptop, seq, step_id, stamp, etype, eid, field, old, new, parents, schema, *said in found:
        steps.setdefault(step_id, StepRecord(step_id, laptop, *said))
        changes.append(
            Change(bytes(id_), laptop, seq, step_id, stamp, etype, eid, field, old, new, unpacked(parents), schema)
        )
    return list(steps.values()), changes


def mark_sent(cursor: Any, changes: Iterable[Change]) -> None:
    """Say that changes are in a segment that is kept."""
    run_all(cursor, _SENT, [(each.id,) for each in changes])


def data_code(cursor: Any) -> str:
    """Return the code that is equal on laptops with the same changes: "7F3A-22C1". Source: merge.md, 7.6.

    Events do not count: who takes in a bundle has the same data as who made it, and says so with a change of its own.
    """
    digest = sha256()
    cursor.execute(_IDS)
    while found := cursor.fetchmany(250):
        digest.update(b"".join([id_ for (id_,) in found]))
    said = digest.hexdigest()[:8].upper()
    return f"{said[:4]}-{said[4:]}"


def change_count(cursor: Any) -> int:
    """Return how many changes are in the log."""
    ((found,),) = rows(cursor, _COUNT)
    return int(found)


def received(cursor: Any) -> dict[str, int]:
    """Return how many changes of each laptop are here."""
    return {laptop: count for laptop, count, *_ in rows(cursor, _NUMBERS)}


def twins(cursor: Any) -> dict[str, int]:
    """Return, by laptop, how many changes share a number with another: its database was copied or restored."""
    return {laptop: count - numbers for laptop, count, numbers, *_ in rows(cursor, _NUMBERS) if count != numbers}


def vector(cursor: Any) -> dict[str, int]:
    """Return, by laptop, the number of its last change up to which none is missing here."""
    found: dict[str, int] = {}
    for laptop, _, numbers, first, last in rows(cursor, _NUMBERS):
        if first == 1:
            found[laptop] = last if numbers == last else rows(cursor, _ENDS, (laptop,))[0][0]
    return found


def gaps(cursor: Any, announced: Mapping[str, int]) -> dict[str, tuple[tuple[int, int], ...]]:
    """Return, by laptop, which of its changes are missing here up to the one announced: first and last of each gap."""
    counted = {laptop: (numbers, last) for laptop, _, numbers, _, last in rows(cursor, _NUMBERS)}
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for laptop, said in announced.items():
        numbers, last = counted.get(laptop, (0, 0))
        upto = max(said, last)
        if numbers == upto:
            continue
        ends = [0, *(seq for (seq,) in rows(cursor, _ENDS, (laptop,)))]
        starts = [*(seq for (seq,) in rows(cursor, _STARTS, (laptop,))), upto + 1]
        if starts[0] == 1:
            ends.pop(0)
            starts.pop(0)
        missing = [(end + 1, start - 1) for end, start in zip(ends, starts, strict=True) if start > end + 1]
        if missing:
            found[laptop] = tuple(missing)
    return found


def has_numbers(cursor: Any, laptop: str, first: int, last: int) -> bool:
    """Return whether every change of a laptop between two numbers, both inclusive, is here."""
    ((found,),) = rows(cursor, _COUNT_BETWEEN, (laptop, first, last))
    return bool(0 < last - first + 1 == found)


def outbox_count(cursor: Any, laptop: str) -> int:
    """Return how many changes of our own are in no segment yet."""
    ((loose,),) = rows(cursor, _OUTBOX, (laptop,))
    return int(loose)


def outbox_events(cursor: Any, laptop: str) -> int:
    """Return how many of those only tell what happened: nobody has to hurry because of them."""
    ((loose,),) = rows(cursor, _OUTBOX_EVENTS, (laptop,))
    return int(loose)


def delivered(cursor: Any) -> set[bytes]:
    """Return the SHA-256 of every segment that lies in some place."""
    return {bytes(sha) for (sha,) in rows(cursor, _DELIVERED_ANYWHERE)}


def keep_segment(
    cursor: Any,
    sha: bytes,
    laptop: str,
    first: int,
    last: int,
    count: int,
    key_id: int,
    content: bytes,
    verdict: str,
    at: str,
) -> None:
    """Keep a segment's bytes; keeping them twice does no harm."""
    cursor.execute(_KEEP_SEGMENT, (sha, laptop, first, last, count, key_id, content, verdict, at))


def kept_segment(cursor: Any, sha: bytes) -> bytes | None:
    """Return the bytes of a segment; None: it is not kept here."""
    return next((bytes(content) for (content,) in rows(cursor, _SEGMENT, (sha,))), None)


def kept_shas(cursor: Any) -> set[bytes]:
    """Return the SHA-256 of every segment that is kept."""
    return {bytes(sha) for (sha,) in rows(cursor, _SHAS)}


def segment_lines(cursor: Any) -> list[SegmentLine]:
    """Return the segments that are kept, by laptop and number."""
    return [SegmentLine(bytes(sha), *rest) for sha, *rest in rows(cursor, _LINES)]


def note_delivered(cursor: Any, sha: bytes, carrier: str, at: str) -> None:
    """Keep that a segment lies in a place."""
    cursor.execute(_DELIVERED, (sha, carrier, at))


def seen(cursor: Any, carrier: str) -> dict[str, tuple[int, str, int, str]]:
    """Return the files of a place that were ever refused: size, verdict, tries, when first; by name."""
    return {path: (size, verdict, tries, at) for path, size, verdict, tries, at in rows(cursor, _SEEN, (carrier,))}


def all_seen(cursor: Any) -> list[tuple[str, str, str, str]]:
    """Return the place, name, verdict and first time of every file that is refused still."""
    return [
        (carrier, path, verdict, at)
        for carrier, path, verdict, at in rows(cursor, _ALL_SEEN)
        if verdict not in FINAL_VERDICTS
    ]


def note_seen(cursor: Any, carrier: str, path: str, size: int, verdict: str, at: str) -> None:
    """Keep what came of a file of a place, and since when."""
    tries, first_at = next(iter(rows(cursor, _SEEN_ONE, (carrier, path))), (0, at))
    cursor.execute(_PUT_SEEN, (carrier, path, size, verdict, tries + 1, first_at, at))


def devices(cursor: Any) -> list[DeviceLine]:
    """Return every laptop that was heard of."""
    return [DeviceLine(*row) for row in rows(cursor, _DEVICES)]


def put_device(cursor: Any, laptop: str, **values: object) -> None:
    """Keep something about a laptop, which is added when it was not heard of before."""
    if not rows(cursor, _DEVICE_N, (laptop,)):
        ((last,),) = rows(cursor, _LAST_N)
        cursor.execute(_ADD_DEVICE, (last + 1, laptop, Trust.SEEN.value))
    for name, value in values.items():
        cursor.execute(_SET_DEVICE[name], (value, laptop))


def set_note(cursor: Any, key: str, value: str) -> None:
    """Keep one of the file's own notes."""
    cursor.execute(_SET_NOTE, (key, value))
