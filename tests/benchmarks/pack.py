"""Pack: 2 GB in 500 files, against a plain zipfile loop that stores the same bytes plus one SHA-256 pass; and memory.

Writing and reading back are measured apart: the bar is on writing, for the floor reads nothing back.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from zipfile import ZIP_STORED, ZipFile

from readiness.domain.evidence import AttachmentRow, EvidenceRow, LinkRow, RevisionRow
from readiness.domain.pack_words import summary, warnings
from readiness.domain.packing import PackChoice, PackPlan, plan_pack
from readiness.domain.vocabulary import Audience, EvidenceSource, Strength
from readiness.services.dossiers import read_dossier
from readiness.services.pack_making import WRITING, write_pack
from readiness.storage.files import FileStore
from readiness.storage.opening import open_workspace

from .figures import Figure, interleaved, timed
from .volume import DAY, Builder

FILES, SIZE = 500, 4_000_000
ROUNDS = 3
SLOWER_AT_MOST = 1 / 0.7
MEMORY_MB = 80
MANY_ITEMS, MANY_PIECES = 1_800, 5_000
PLANNING_MS = 100
ROOM = 7_000_000_000
BLOCK = 1 << 20


def measure(build: Builder) -> list[Figure]:
    """The files are made for this and deleted afterwards; they stay in the system's memory for both sides alike."""
    folder = build(FILES)
    if shutil.disk_usage(folder).free < ROOM:
        raise SystemExit(f"The benchmark pack needs {ROOM // 10**9} GB on the drive of {folder}.")
    try:
        make_files(folder)
        plan, store = planned(folder)
        writing, verifying, plain = interleaved(
            ROUNDS,
            lambda: _timed(folder, lambda target: _write(plan, store, target)),
            lambda: _verifying(plan, store, folder),
            lambda: _timed(folder, lambda target: _plain(plan, store, target)),
        )
        grown = _memory(folder)
        planning = _planning(build(MANY_ITEMS))
    finally:
        shutil.rmtree(folder / "files", ignore_errors=True)
    return [
        Figure("pack of 2 GB in 500 files, not read back", "s", writing, plain, round(SLOWER_AT_MOST, 2)),
        Figure("reading it back and comparing", "s", verifying),
        Figure("what a tick costs, 1,800 items with 5,000 pieces", "ms", planning, None, PLANNING_MS),
        Figure("memory above idle while packing and reading back", "MB", grown, None, MEMORY_MB),
    ]


def make_files(folder: Path) -> None:
    """Put 500 different files into the store of a workspace."""
    noise = os.urandom(SIZE - 8)
    for number in range(FILES):
        content = number.to_bytes(8, "big") + noise
        name = hashlib.sha256(content).hexdigest()
        place = folder / "files" / name[:2] / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def planned(folder: Path) -> tuple[PackPlan, FileStore]:
    """Return the plan of a pack with every file of the store, one for an item."""
    store = FileStore(folder)
    with open_workspace(folder, write=False) as workspace:
        dossier = workspace.read(read_dossier, DAY)
    items = zip(sorted(store.hashes()), dossier.board.items, strict=True)
    evidence = tuple(_row(number, sha256, item.id) for number, (sha256, item) in enumerate(items))
    return plan_pack(replace(dossier, evidence=evidence), PackChoice(Audience.INSPECTORS)), store


def _planning(folder: Path) -> float:
    """Return how long the pack dialog takes to answer a tick, in ms."""
    with open_workspace(folder, write=False) as workspace:
        dossier = workspace.read(read_dossier, DAY)
    items = dossier.board.items
    rows = tuple(_row(number, f"{number:064x}", items[number % len(items)].id) for number in range(MANY_PIECES))
    dossier = replace(dossier, evidence=rows)

    def answer() -> None:
        plan = plan_pack(dossier, PackChoice(Audience.INTERNAL))
        assert summary(plan)
        assert isinstance(warnings(plan), tuple)

    (taken,) = interleaved(ROUNDS, lambda: timed(answer))
    return taken


def _row(number: int, sha256: str, item_id: str) -> EvidenceRow:
    attached = AttachmentRow(f"f{number}", f"Audit of quarter {number}.pdf", sha256, SIZE, "")
    return EvidenceRow(
        f"e{number}", f"Audit {number}", "What it shows.", EvidenceSource.AUDIT, Strength.OUTCOME, Audience.INSPECTORS,
        DAY, None, None, None, None, (RevisionRow(f"r{number}", 1, "", None, "", (attached,)),),
        (LinkRow(f"l{number}", item_id, f"e{number}", None, None),),
    )  # fmt: skip


def _write(plan: PackPlan, store: FileStore, target: Path, *, verify: bool = False) -> None:
    write_pack(plan, store, target, "Head of SEND", datetime.now(UTC), verify=verify)


def _plain(plan: PackPlan, store: FileStore, target: Path) -> None:
    """Do with the standard library what every script would do."""
    with ZipFile(target, "w", ZIP_STORED) as made:
        for file in plan.files:
            made.write(store.path_of(file.sha256), file.path)
    for file in plan.files:
        digest = hashlib.sha256()
        with store.path_of(file.sha256).open("rb", buffering=0) as source:
            while block := source.read(BLOCK):
                digest.update(block)


def _timed(folder: Path, act: Callable[[Path], None]) -> float:
    target = folder / "pack.zip"
    os.sync()  # what the round before left to be written is no part of this one
    before = perf_counter()
    act(target)
    taken = perf_counter() - before
    target.unlink()
    return taken


def _verifying(plan: PackPlan, store: FileStore, folder: Path) -> float:
    """Return how long reading back takes: from the last block written to the end."""
    target, last = folder / "pack.zip", [0.0]

    def told(words: str, _done: int, _total: int) -> None:
        if words == WRITING:
            last[0] = perf_counter()

    os.sync()
    write_pack(plan, store, target, "Head of SEND", datetime.now(UTC), told=told)
    taken = perf_counter() - last[0]
    target.unlink()
    return taken


def _memory(folder: Path) -> float:
    """Return by how many MB a fresh process grows at most."""
    done = subprocess.run(
        [sys.executable, "-m", f"{__package__}.pack", str(folder)], stdout=subprocess.PIPE, text=True, check=True
    )
    return int(done.stdout) / 1024


def _status(name: str) -> int:
    with open("/proc/self/status", encoding="ascii") as lines:  # noqa: PTH123 - as in child.py
        return next(int(line.split()[1]) for line in lines if line.startswith(name))


def grow(folder: Path) -> None:
    """Say by how many kB this process grows at most while it makes a pack."""
    plan, store = planned(folder)
    idle = _status("VmRSS")
    target = folder / "pack.zip"
    _write(plan, store, target, verify=True)
    target.unlink()
    print(_status("VmHWM") - idle)


if __name__ == "__main__":
    grow(Path(sys.argv[1]))
