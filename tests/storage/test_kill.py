"""Killed at any moment: what was acknowledged is there, the file holds together, the tables say what the log says.

One helper process imports everything once, and works once in a spare workspace, so that SQLAlchemy has written its SQL;
each victim is forked from it, so that two hundred kills take seconds.
"""

import random
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from council import found_council

from readiness.services.upkeep import find_faults
from readiness.storage.engine import connect
from readiness.storage.opening import open_workspace

ROOT = Path(__file__).parents[2]
KILLS = 200
FULL_CHECK_EVERY = 10
HELPER = """
import os, signal, sys
from pathlib import Path
from readiness.domain.views import ItemEdit
from readiness.domain.vocabulary import ItemField
from readiness.services.boards import read_board
from readiness.services.items import edit_items
from readiness.services.undo import undo
from readiness.storage.opening import open_workspace
from datetime import date

def edits(workspace):
    ids = [row.id for row in workspace.read(read_board, date(2021, 3, 1)).items]
    number = 0
    while True:
        number += 1
        if number % 7 == 0:
            done = workspace.run(undo)
        elif number % 5 == 0:
            done = workspace.run(edit_items, ids, [ItemEdit(ItemField.OWNER, f"Role {os.getpid()} {number}")])
        else:
            gap = ItemEdit(ItemField.GAP, f"{os.getpid()} {number}")
            done = workspace.run(edit_items, ids[number % 4 :][:1], [gap])
        yield done.step_id

def victim(folder, pipe):
    for step_id in edits(open_workspace(folder, at_risk=True)):
        os.write(pipe, f"{step_id}\\n".encode())

folder = Path(sys.argv[1])
with open_workspace(Path(sys.argv[2]), at_risk=True) as spare:
    for _ in zip(range(8), edits(spare)):
        pass
for line in sys.stdin:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            victim(folder, writing)
        finally:
            os._exit(3)
    os.close(writing)
    wanted, turns = map(int, line.split())
    acknowledged, part = [], b""
    while len(acknowledged) < wanted:
        got = os.read(reading, 65536)
        if not got:
            break
        part += got
        *whole, part = part.split(b"\\n")
        acknowledged += whole
    for _ in range(turns):  # about 0 to 4 ms: into the next edit, its commit, or between the two
        pass
    os.kill(child, signal.SIGKILL)
    _, how = os.waitpid(child, 0)
    while got := os.read(reading, 65536):
        part += got
    *whole, _ = part.split(b"\\n")
    acknowledged += whole
    os.close(reading)
    print(os.WTERMSIG(how) if os.WIFSIGNALED(how) else -1, *(each.decode() for each in acknowledged), flush=True)
"""


@pytest.fixture
def executioner(tmp_path):
    """A process that, told a number, forks a victim and kills it after about that many edits."""
    found_council(tmp_path / "spare").close()
    found_council(tmp_path / "w").close()
    with subprocess.Popen(
        [sys.executable, "-c", HELPER, str(tmp_path / "w"), str(tmp_path / "spare")], cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        yield tmp_path / "w", process
        process.stdin.close()


def kept_steps(folder: Path) -> set[str]:
    """Return the steps in the file; checks on the way, cheaply, that it holds together."""
    connection = connect(folder / "workspace.db", read_only=True)
    assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    dangling = connection.execute("SELECT count(*) FROM change WHERE step NOT IN (SELECT id FROM step)").fetchone()
    assert dangling == (0,)
    wrong = connection.execute(
        "SELECT count(*) FROM item i JOIN head h ON h.eid = i.id AND h.field = 'gap' JOIN change c ON c.k = h.k "
        "WHERE json_extract(c.new, '$') <> i.gap"
    ).fetchone()
    assert wrong == (0,)
    found = {id_ for (id_,) in connection.execute("SELECT id FROM step")}
    connection.close()
    return found


def test_that_nothing_acknowledged_is_lost_when_the_process_is_killed(executioner):
    folder, process = executioner
    chance = random.Random(2021)
    acknowledged: set[str] = set()
    for number in range(1, KILLS + 1):
        wanted = chance.choice((0, 1, 1, 2, 3, 5, 8))
        process.stdin.write(f"{wanted} {chance.randrange(100_000 if wanted else 1_000_000)}\n")
        process.stdin.flush()
        assert select.select([process.stdout], [], [], 60)[0], "the victim does not answer"
        how, *steps = process.stdout.readline().split()
        assert int(how) == signal.SIGKILL
        acknowledged.update(steps)
        assert acknowledged <= kept_steps(folder)
        if number % FULL_CHECK_EVERY == 0:
            with open_workspace(folder, at_risk=True) as workspace:
                assert workspace.read(find_faults) == []
    assert len(acknowledged) > KILLS
