"""Closing: a thread that hangs is waited for a moment only, and nothing that was typed is lost by that."""

import os
import subprocess
import sys
from pathlib import Path
from threading import Event

import pytest
from council import board_of, found_council
from pytestqt.qtbot import QtBot

from readiness.domain.errors import WorkspaceLocked
from readiness.domain.views import ItemEdit
from readiness.domain.vocabulary import ItemField
from readiness.services.items import edit_items
from readiness.services.sharing_places import add_place
from readiness.services.upkeep import find_faults
from readiness.storage import gate
from readiness.storage.lock import HOLDER_FILE
from readiness.storage.opening import open_workspace
from ui import patience, worker
from ui.ending import hangs
from ui.operations import Operations
from ui.worker import Kind

TESTS = Path(__file__).parents[1]


class Hang:
    """A job that says when it has begun, and ends when it is let go."""

    def __init__(self) -> None:
        self.begun, self.let_go = Event(), Event()

    def __call__(self, _workspace: object) -> None:
        self.begun.set()
        self.let_go.wait()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_that_the_program_ends_though_a_round_hangs_in_a_call_of_the_system(tmp_path: Path):
    folder, pipe = tmp_path / "council", tmp_path / "pipe"
    (tmp_path / "shared").mkdir()
    os.mkfifo(pipe)
    with found_council(folder) as made:
        add_place(made, str(tmp_path / "shared"))
    path = os.pathsep.join([str(TESTS.parent), str(TESTS)])
    ended = subprocess.run(
        [sys.executable, str(TESTS / "ui" / "closing_over_a_hang.py"), str(folder), str(pipe)],
        env={**os.environ, "PYTHONPATH": path, "XDG_CONFIG_HOME": str(tmp_path / "config")},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,  # a program that does not end would hold up every other test
    )
    assert (ended.returncode, ended.stdout) == (0, "closed\n"), ended.stderr
    assert not (folder / HOLDER_FILE).exists()
    with open_workspace(folder) as found:
        assert next(row.owner for row in board_of(found).items if row.reference == "A02") == "Head of SEND"
        assert found.read(find_faults) == []


def test_that_changes_behind_a_job_that_hangs_are_written_in_their_order(
    qtbot: QtBot, workspace, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(patience, "LONGEST_MS", 0)
    operations, hang, told = Operations(workspace), Hang(), []
    mine = board_of(workspace).items[0].id

    operations.do(told.append, hang)
    hang.begun.wait()
    for owner in ("Head of SEND", "Head of Early Help"):
        operations.change(edit_items, [mine], [ItemEdit(ItemField.OWNER, owner)])
    operations.settle_to_close()
    assert board_of(workspace).items[0].owner == "Head of Early Help"
    assert hangs(operations)
    operations.finish()
    assert not operations.has_workspace
    left = operations._worker._left[0]
    hang.let_go.set()
    left.waitForDone()
    assert not hangs(operations)
    assert told == []


def test_that_edits_go_on_beside_a_place_that_hangs_and_behind_nothing_else(
    qtbot: QtBot, workspace, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(worker, "LONG_S", 0.0)
    operations, hang, told = Operations(workspace), Hang(), []
    mine = board_of(workspace).items[0].id

    operations.do(told.append, hang)
    hang.begun.wait()
    operations.change(edit_items, [mine], [ItemEdit(ItemField.OWNER, "Head of SEND")])
    operations._worker._look()
    assert len(operations._worker._waiting) == 1  # a question may be slow: what it brings must not come late
    hang.let_go.set()
    operations.settle()
    hang.let_go.clear()
    hang.begun.clear()
    operations.do(told.append, hang, kind=Kind.REMOTE)
    hang.begun.wait()
    with qtbot.waitSignal(operations.changed):  # the timer looks
        operations.change(edit_items, [mine], [ItemEdit(ItemField.OWNER, "Head of Early Help")])
    assert board_of(workspace).items[0].owner == "Head of Early Help"
    assert told == [None]
    hang.let_go.set()
    qtbot.waitUntil(lambda: told == [None, None])  # what the place answered in the end is taken as well
    qtbot.waitUntil(lambda: not hangs(operations) and not operations._worker._watch.isActive())
    assert operations.is_idle
    operations.finish()


def test_that_a_change_is_waited_for_however_long_it_takes(qtbot: QtBot, workspace, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(patience, "LONGEST_MS", 0)
    operations, slow, asked = Operations(workspace), Event(), []
    mine = board_of(workspace).items[0].id

    def edit_slowly(session):
        slow.wait()
        return edit_items(session, [mine], [ItemEdit(ItemField.OWNER, "Head of SEND")])

    class Asked:
        """Patience that is asked again and again: only then the change goes on."""

        left_ms = property(lambda _self: asked.append(1) or (slow.set() if len(asked) > 2 else None) or 1)

    operations.patience = Asked()
    operations.change(edit_slowly)
    operations.settle_to_close()
    assert board_of(workspace).items[0].owner == "Head of SEND"
    assert not hangs(operations)
    operations.finish()


def test_that_a_transaction_that_hangs_keeps_neither_others_nor_closing_waiting(workspace, monkeypatch):
    monkeypatch.setattr(gate, "TURN_S", 0.001)
    monkeypatch.setattr(gate, "CLOSING_S", 0.001)
    workspace.maintain(lambda _connection: None)
    turn = workspace._writing._turn
    turn.acquire()
    with pytest.raises(WorkspaceLocked, match="Another program is using"):
        workspace.maintain(lambda _connection: None)
    workspace.close()
    turn.release()
    with open_workspace(workspace.folder) as again:
        assert again.read(find_faults) == []
