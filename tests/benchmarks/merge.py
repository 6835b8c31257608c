"""Merge: forty laptops' changes into a fresh one, a usual round, and 2,000 segments to a hub and back."""

import random
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from hashlib import sha256
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from readiness.domain.changes import Change, StepRecord, change_id, encode
from readiness.services.arriving import TOGETHER
from readiness.services.conflicts import read_conflicts
from readiness.services.rounds import Round
from readiness.services.team import ensure_team
from readiness.storage.arrivals import apply_changes
from readiness.storage.exchange import data_code
from readiness.storage.opening import create_workspace
from readiness.storage.prepared import insert_into
from readiness.storage.tables import change, change_parent, step
from readiness.storage.workspace import Workspace, driver_cursor
from readiness.sync.carrier import Parcel
from readiness.sync.folder import FolderCarrier
from readiness.sync.keys import DeviceKey, TeamKey
from readiness.sync.layout import segment_name
from readiness.sync.segments import check_signature, open_segment, read_segment, write_segment

from .figures import Figure, timed

WORKSPACE = "ab" * 16
AT = "2021-03-01T09:30:00.000Z"
LAPTOPS, EDITS, ITEMS, IN_SEGMENT = 40, 5_000, 2_000, 100
TIMES_RAW, MEMORY_MB, FLAT, ROUND_S, HUB_S = 6.0, 250.0, 1.3, 500.0, 2_000.0
FIELDS = ("status", "owner", "position", "impact", "gap", "service", "due")
Made = list[tuple[str, bytes]]


def measure(_build: Callable[[int], Path]) -> Iterator[Figure]:
    """Yield every figure of merging."""
    team = TeamKey.new()
    with TemporaryDirectory(prefix="irt-bench") as place:
        top = Path(place)
        few, few_keys = made_segments(LAPTOPS // 10, team)
        small = [_few(top / f"before-{number}", few, few_keys, team) for number in range(2)]
        for name, lock in (("locked", team), ("plain", None)):
            many, keys = made_segments(LAPTOPS, lock)
            ours, held, workspace = _import(top / name, many, keys, team)
            floor = _raw(workspace, top / f"{name}-floor")
            yield Figure(f"{LAPTOPS} laptops x {EDITS:,} edits, {name}", "ms", ours, floor, TIMES_RAW)
            yield Figure(f"memory of the whole process meanwhile ({name})", "MB", held, None, MEMORY_MB)
            if lock is not None:
                each = ours / (LAPTOPS * EDITS)
                small += [_few(top / f"after-{number}", few, few_keys, team) for number in range(2)]
                yield Figure("cost of a change, at 200,000 against 20,000", "ms", each, median(small), FLAT)
                yield Figure("data code of 200,000 changes", "ms", timed(partial(workspace.glance, data_code)))
                count = len(workspace.read(read_conflicts))
                yield Figure(f"list of {count:,} conflicts", "ms", timed(partial(workspace.read, read_conflicts)))
            workspace.close()
        yield from _usual_round(top, team)
        yield from _carriers(top, made_segments(LAPTOPS, team)[0][:2_000])


def _few(folder: Path, files: Made, keys: dict[str, bytes], team: TeamKey) -> float:
    """Return what a change costs, in ms, where a tenth of the laptops come; before and after all, as machines vary."""
    taken, _, workspace = _import(folder, files, keys, team)
    workspace.close()
    return taken / (LAPTOPS // 10 * EDITS)


def made_segments(laptops: int, team: TeamKey | None) -> tuple[Made, dict[str, bytes]]:
    """Return the segments of some laptops that worked alone, mostly on items of their own, and their public keys."""
    chance = random.Random("merge")
    files: Made = []
    keys: dict[str, bytes] = {}
    for number in range(laptops):
        device, key = f"{number + 1:016x}", DeviceKey.new()
        keys[device] = key.public
        steps, changes = _edits(chance, number, device)
        for start in range(0, len(changes), IN_SEGMENT):
            some = changes[start : start + IN_SEGMENT]
            files.append((device, write_segment(WORKSPACE, key, steps, some, team=team, app="0", at=AT)))
    return files, keys


def _edits(chance: random.Random, number: int, device: str) -> tuple[dict[str, StepRecord], list[Change]]:
    steps: dict[str, StepRecord] = {}
    changes: list[Change] = []
    shown: dict[tuple[str, str], tuple[bytes, str]] = {}
    stamp = 1_600_000_000_000 << 16
    own = ITEMS // LAPTOPS
    while len(changes) < EDITS:
        id_ = f"{number:04x}{len(steps):08x}"
        taken = steps[id_] = StepRecord(id_, device, "Head of SEND", AT, "Edit items", "", None)
        for _ in range(min(chance.randint(1, 20), EDITS - len(changes))):
            stamp += 1 << 16
            item = chance.randrange(ITEMS) if chance.random() < 0.03 else number * own + chance.randrange(own)
            eid, field = f"{item:032x}", chance.choice(FIELDS)
            parent, old = shown.get((eid, field), (b"", '""'))
            long = field in ("position", "impact", "gap")
            new = encode(f"What stands there now, {chance.random()}" if long else chance.choice("abcd"))
            made = Change(
                b"", device, len(changes) + 1, id_, stamp, "item", eid, field, old, new, (parent,) if parent else ()
            )
            made = made._replace(id=change_id(taken, made))
            shown[eid, field] = (made.id, new)
            changes.append(made)
    return steps, changes


def _import(folder: Path, files: Made, keys: dict[str, bytes], team: TeamKey) -> tuple[float, float, Workspace]:
    """Take segments in as a round does; return ms, the most MB that the process held, and the workspace."""
    workspace = create_workspace(folder, workspace=WORKSPACE, laptop="f" * 16, at_risk=True)
    most = 0.0
    began = perf_counter()
    steps: list[StepRecord] = []
    changes: list[Change] = []

    def flush() -> None:
        workspace.maintain(
            lambda connection: apply_changes(
                driver_cursor(connection), steps, changes, received_at=AT, are_checked=True
            )
        )
        steps.clear()
        changes.clear()

    for device, content in files:
        segment = read_segment(content, WORKSPACE)
        check_signature(segment, keys[device])
        more_steps, more = open_segment(segment, {team.id: team})
        steps += more_steps
        changes += more
        if len(changes) >= TOGETHER:
            flush()
            most = max(most, _memory())
    if changes:
        flush()
    return (perf_counter() - began) * 1000, most, workspace


def _raw(workspace: Workspace, folder: Path) -> float:
    """Return how long the bare rows of the log take to insert, in ms."""
    told = {
        table: workspace.glance(lambda cursor, name=table.name: cursor.execute(f"SELECT * FROM {name}").fetchall())
        for table in (step, change, change_parent)
    }
    with create_workspace(folder, workspace=WORKSPACE, laptop="f" * 16, at_risk=True) as bare:

        def insert() -> None:
            bare.maintain(
                lambda connection: [
                    driver_cursor(connection).executemany(insert_into(table), lines) for table, lines in told.items()
                ]
            )

        return timed(insert)


def _memory() -> float:
    """Return what this process holds now, in MB; 0 where the system does not tell."""
    with suppress(OSError):
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4 / 1024
    return 0.0


def _usual_round(top: Path, team: TeamKey) -> Iterator[Figure]:
    """Yield how long a round with 1,000 changes takes in the worker, and its longest piece."""
    place = top / "place"
    place.mkdir()
    made, keys = made_segments(1, team)
    spent, pieces = [], []
    with create_workspace(top / "round", workspace=WORKSPACE, laptop="f" * 16, at_risk=True) as workspace:
        for number, some in enumerate(_tens(made)):
            _introduce(workspace, keys, team)
            carrier = FolderCarrier(place, WORKSPACE, "0" * 15 + "1")
            list(carrier.deliver(_parcels(some, number * 10)))
            round_ = Round(workspace, [str(place)])
            began = last = perf_counter()
            for _ in round_.pieces():
                pieces.append((perf_counter() - last) * 1000)
                last = perf_counter()
            round_.finish()
            spent.append((perf_counter() - began) * 1000)
    yield Figure("a round of 1,000 changes through a folder", "ms", median(spent), None, ROUND_S)
    yield Figure("its longest piece, between which edits find their turn", "ms", max(pieces))


def _tens(made: Made) -> Iterator[Made]:
    left = iter(made)
    while some := list(islice(left, 10)):
        yield some


def _introduce(workspace: Workspace, keys: dict[str, bytes], team: TeamKey) -> None:
    from readiness.services.team import keep_keys
    from readiness.storage.exchange import put_device, set_note

    def job(connection: object) -> None:
        cursor = driver_cursor(connection)  # type: ignore[arg-type]
        ensure_team(cursor)
        set_note(cursor, "team_keys", "{}")
        keep_keys(cursor, {team.id: team})
        for device, public in keys.items():
            put_device(cursor, device, sign_pub=public)

    workspace.maintain(job)


def _parcels(made: Made, first: int = 0) -> list[Parcel]:
    return [
        Parcel(segment_name(device, first + number + 1, first + number + 1, sha256(content).digest()), content)
        for number, (device, content) in enumerate(made)
    ]


def _carriers(top: Path, made: Made) -> Iterator[Figure]:
    """Yield how long 2,000 segments take to a hub and back and, to compare, to a folder and back."""
    sent = _parcels(made)
    (top / "files").mkdir()
    here = FolderCarrier(top / "files", WORKSPACE, "f" * 16)
    yield Figure(f"{len(sent):,} segments to a folder", "ms", timed(lambda: list(here.deliver(sent))))
    yield Figure("and back", "ms", timed(lambda: list(here.fetch(here.look()))))
    sys.path.append(str(Path(__file__).parents[1]))
    from hub_server import hub_server

    from readiness.sync.hub import HubCarrier

    with hub_server() as server:
        hub = HubCarrier(server.hub(), WORKSPACE, "f" * 16, bytes(32), "")
        yield Figure(
            f"{len(sent):,} segments to an empty hub", "ms", timed(lambda: list(hub.deliver(sent))), None, HUB_S
        )
        yield Figure("and back", "ms", timed(lambda: list(hub.fetch(hub.look()))), None, HUB_S)
        hub.close()
