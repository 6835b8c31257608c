"""Killed at any moment while a large file is attached: nothing half recorded, no orphan that the sweep leaves.

One helper process imports everything once; each victim is forked from it. Every round the file is another one.
"""

import os
import random
import select
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from council import found_council

from readiness.services.dossiers import read_evidence
from readiness.services.sweeping import sweep_files
from readiness.services.upkeep import find_faults
from readiness.storage.files import UNFINISHED, FileStore
from readiness.storage.opening import open_workspace

ROOT = Path(__file__).parents[2]
SIZE = 50_000_000
ROUNDS = 24
HELPER = """
import os, signal, sys, time
from pathlib import Path
from readiness.domain.evidence import AttachmentDraft, EvidenceDraft
from readiness.services.evidence import attach_evidence
from readiness.storage.files import FileStore
from readiness.storage.opening import open_workspace

folder, paper = Path(sys.argv[1]), Path(sys.argv[2])

def victim(pipe):
    workspace = open_workspace(folder, at_risk=True)
    os.write(pipe, b"begun\\n")
    stored = FileStore(folder).take(paper)
    draft = AttachmentDraft(paper.name, stored.sha256, stored.size)
    workspace.run(attach_evidence, [], EvidenceDraft(f"Film {stored.sha256}"), [draft])
    os.write(pipe, b"done\\n")
    signal.pause()

for line in sys.stdin:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            victim(writing)
        finally:
            os._exit(3)
    os.close(writing)
    said = b""
    while b"begun" not in said and (got := os.read(reading, 100)):
        said += got
    started = time.perf_counter()
    wanted = float(line)
    if wanted < 0:  # to its end: that is how long it takes
        while b"done" not in said and (got := os.read(reading, 100)):
            said += got
    else:
        time.sleep(wanted)
    took = time.perf_counter() - started
    os.kill(child, signal.SIGKILL)
    _, how = os.waitpid(child, 0)
    while got := os.read(reading, 100):
        said += got
    os.close(reading)
    print(os.WTERMSIG(how) if os.WIFSIGNALED(how) else -1, took, int(b"done" in said), flush=True)
"""


@pytest.fixture
def executioner(tmp_path):
    """A process that, told after how many seconds, forks a victim and kills it then."""
    found_council(tmp_path / "w").close()
    with (tmp_path / "film.mp4").open("wb") as file:
        file.write(random.Random(2021).randbytes(SIZE))
    with subprocess.Popen(
        [sys.executable, "-c", HELPER, str(tmp_path / "w"), str(tmp_path / "film.mp4")],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        yield tmp_path / "w", tmp_path / "film.mp4", process
        process.stdin.close()


def killed(process: subprocess.Popen[str], paper: Path, after: float) -> tuple[float, bool]:
    """Attach another film and kill whoever does; return how long that took, and whether it was said to be done."""
    with paper.open("r+b") as file:
        file.write(os.urandom(16))
    process.stdin.write(f"{after}\n")
    process.stdin.flush()
    assert select.select([process.stdout], [], [], 60)[0], "the victim does not answer"
    how, took, done = process.stdout.readline().split()
    assert int(how) == signal.SIGKILL
    return float(took), done == "1"


def test_that_a_file_is_attached_whole_or_not_at_all(executioner):
    folder, paper, process = executioner
    store, chance = FileStore(folder), random.Random(50)
    took, was_done = killed(process, paper, -1)
    assert was_done
    recorded, unfinished, known = 0, 0, set()
    for _ in range(ROUNDS):
        _, was_done = killed(process, paper, chance.uniform(0, took * 1.1))
        with open_workspace(folder, at_risk=True) as workspace:
            new = [row for row in workspace.read(read_evidence) if row.id not in known]
            known |= {row.id for row in new}
            assert len(new) <= 1
            assert len(new) == 1 or not was_done  # what was acknowledged is there
            for row in new:
                (file,) = row.latest.attachments
                assert row.title == f"Film {file.sha256}"
                assert file.size == SIZE
                assert store.path_of(file.sha256).stat().st_size == SIZE
                assert store.verify(file.sha256)
            assert all(store.verify(hash_) for hash_ in store.hashes())  # none is half under its final name
            leftovers = list(store.unfinished())
            everything = [path for path in store.folder.rglob("*") if path.is_file()]
            assert len(everything) == len(store.hashes()) + len(leftovers)
            assert all(path.suffix == UNFINISHED for path in leftovers)
            recorded += len(new)
            unfinished += bool(leftovers)
            soon = sweep_files(workspace, datetime.now(UTC) + timedelta(hours=23))
            assert (soon.copies, soon.leftovers) == ((), 0)
            sweep_files(workspace, datetime.now(UTC) + timedelta(days=31))
            named = {each.sha256 for row in workspace.read(read_evidence) for each in row.latest.attachments}
            assert store.hashes() <= named
            assert list(store.unfinished()) == []
        for path in store.copies():  # each is 50 MB
            path.unlink()
    assert recorded < ROUNDS
    assert unfinished > 0
    with open_workspace(folder, at_risk=True) as workspace:
        assert workspace.read(find_faults) == []
