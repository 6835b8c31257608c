"""One process writes a workspace at a time; who it is, and what becomes of its lock when it dies."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from council import board_of, found_council, id_of

from readiness.domain.errors import WorkspaceLocked
from readiness.domain.views import ItemEdit
from readiness.domain.vocabulary import ItemField
from readiness.services.items import edit_items
from readiness.storage.opening import create_workspace, open_workspace

ROOT = Path(__file__).parents[2]
HOLDER = """
import sys
from pathlib import Path
from readiness.storage.opening import open_workspace
workspace = open_workspace(Path(sys.argv[1]), at_risk=True)
workspace.sign_lock("Director of Education")
print("held", flush=True)
sys.stdin.readline()
workspace.close()
print("free", flush=True)
"""


@pytest.fixture
def held(tmp_path):
    """A workspace that another process holds, and that process."""
    found_council(tmp_path / "w").close()
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path / "w")], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    with process:
        assert process.stdout.readline() == "held\n"
        yield tmp_path / "w", process
        process.kill()


def test_that_a_second_process_is_refused_with_who_where_and_which(held):
    folder, process = held
    for _ in range(2):
        with pytest.raises(WorkspaceLocked) as refused:
            open_workspace(folder, at_risk=True)
        said = str(refused.value)
        assert said.startswith(f"Director of Education has this workspace open on {socket.gethostname()} since ")
        assert f"(process {process.pid})" in said
        assert "try again" in said


def test_that_a_held_workspace_can_be_read(held):
    folder, _ = held
    with open_workspace(folder, write=False) as reading:
        assert len(board_of(reading).items) == 4


def test_that_a_lock_given_back_is_free(held):
    folder, process = held
    process.stdin.write("\n")
    process.stdin.flush()
    assert process.stdout.readline() == "free\n"
    with open_workspace(folder, at_risk=True) as workspace:
        assert board_of(workspace).items


def test_that_a_lock_left_by_a_killed_process_is_taken_over(held):
    folder, process = held
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert (folder / "workspace.holder.json").exists()
    with open_workspace(folder, at_risk=True) as workspace:
        workspace.run(edit_items, [id_of(workspace, "A01")], [ItemEdit(ItemField.GAP, "Taken over")])
        with pytest.raises(WorkspaceLocked) as refused:
            open_workspace(folder, at_risk=True)
        assert f"(process {os.getpid()})" in str(refused.value)
        assert "Director of Education" not in str(refused.value)


def test_that_a_second_window_of_one_process_is_refused_too(tmp_path):
    with found_council(tmp_path / "w"), pytest.raises(WorkspaceLocked):
        open_workspace(tmp_path / "w", at_risk=True)


def test_that_a_lock_is_given_back_where_its_note_cannot_be_removed(tmp_path):
    workspace = found_council(tmp_path / "w")
    holder = tmp_path / "w" / "workspace.holder.json"
    holder.unlink()
    holder.mkdir()
    workspace.close()
    open_workspace(tmp_path / "w", at_risk=True).close()


def test_that_months_are_english_whatever_the_system_speaks(held):
    folder, _ = held
    (folder / "workspace.holder.json").write_text(json.dumps({"since": "2021-03-05T12:00:00+00:00"}))
    with pytest.raises(WorkspaceLocked, match=r" on 5 Mar 2021\."):
        open_workspace(folder, at_risk=True)


@pytest.mark.parametrize("note", [b"", b"{", b"[]", b"\xff\xfe", b'{"since": "soon", "who": ""}'])
def test_that_a_note_that_cannot_be_read_still_gives_a_sentence(held, note):
    folder, _ = held
    (folder / "workspace.holder.json").write_bytes(note)
    with pytest.raises(WorkspaceLocked, match=r"^Somebody has this workspace open"):
        open_workspace(folder, at_risk=True)


def test_that_a_workspace_that_fails_to_open_gives_its_lock_back(tmp_path, monkeypatch):
    found_council(tmp_path / "w").close()
    from readiness.storage import opening

    def fails(*_: object) -> None:
        raise RuntimeError("power")

    with monkeypatch.context() as patch:
        patch.setattr(opening, "Workspace", fails)
        with pytest.raises(RuntimeError, match="power"):
            open_workspace(tmp_path / "w", at_risk=True)
        with pytest.raises(RuntimeError, match="power"):
            create_workspace(tmp_path / "other", at_risk=True)
    with open_workspace(tmp_path / "w", at_risk=True), open_workspace(tmp_path / "other", at_risk=True):
        pass
