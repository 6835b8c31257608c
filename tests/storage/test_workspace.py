"""Making, opening and closing a workspace, and its backups."""

import errno
import json
import re
import shutil
import signal
from contextlib import closing
from datetime import timedelta

import pytest
from council import board_of, checked_by_another, everything, found_council, id_of

from readiness.domain.errors import WorkspaceError, WorkspaceMissing
from readiness.domain.views import Identity, ItemEdit
from readiness.domain.vocabulary import ItemField, ItemStatus
from readiness.services.items import edit_items
from readiness.services.people import read_identity, set_identity
from readiness.storage import workspace as workspace_module
from readiness.storage.engine import APPLICATION_ID, connect
from readiness.storage.migrations import FORMAT
from readiness.storage.opening import create_workspace, open_workspace
from readiness.storage.workspace import device_id, new_step_id, workspace_id


def set_status(workspace, reference, status):
    return workspace.run(edit_items, [id_of(workspace, reference)], [ItemEdit(ItemField.STATUS, status)])


def test_that_a_new_workspace_holds_what_the_design_says(tmp_path):
    with create_workspace(tmp_path / "new" / "w", at_risk=True) as workspace:
        names = {path.name for path in (tmp_path / "new" / "w").iterdir()}
        assert {"workspace.db", "files", "workspace.lock", "workspace.holder.json"} <= names
        assert re.fullmatch("[0-9a-f]{32}", workspace.read(workspace_id))
        assert re.fullmatch("[0-9a-f]{16}", workspace.read(device_id))
        board = board_of(workspace)
        assert (board.items, board.areas, board.inspections, board.removed) == ((), (), (), 0)
        assert everything(workspace)["header"] == [(FORMAT,), (APPLICATION_ID,)]
    assert {path.name for path in (tmp_path / "new" / "w").iterdir()} <= {"workspace.db", "files", "workspace.lock"}


def test_that_two_new_workspaces_have_ids_of_their_own(tmp_path):
    with create_workspace(tmp_path / "a", at_risk=True) as a, create_workspace(tmp_path / "b", at_risk=True) as b:
        assert a.read(workspace_id) != b.read(workspace_id)
        assert a.read(device_id) != b.read(device_id)
    assert new_step_id() != new_step_id()
    assert re.fullmatch("[0-9a-f]{12}", new_step_id())


def test_that_what_was_written_is_there_when_it_is_opened_again(tmp_path):
    with found_council(tmp_path / "w") as workspace:
        set_status(workspace, "A01", ItemStatus.DRAFTED)
        before, kept = board_of(workspace), everything(workspace)
    for where in (tmp_path / "w", tmp_path / "w" / "workspace.db"):
        with open_workspace(where) as again:
            assert board_of(again) == before
            assert everything(again) == kept
            assert again.read(read_identity).signature == "Head of SEND"
        with open_workspace(where, write=False) as reading:
            assert board_of(reading) == before


def test_that_a_reader_sees_what_the_writer_committed(tmp_path):
    with found_council(tmp_path / "w") as writing, open_workspace(tmp_path / "w", write=False) as reading:
        set_status(writing, "A01", ItemStatus.CHECKED)
        assert board_of(reading) == board_of(writing)


def test_that_writes_reach_the_disk_before_they_are_acknowledged(workspace):
    assert everything(workspace)
    found = {}

    def look(connection):
        for name in ("journal_mode", "synchronous", "query_only", "foreign_keys"):
            (found[name],) = connection.exec_driver_sql(f"PRAGMA {name}").one()

    workspace.maintain(look)
    assert found == {"journal_mode": "wal", "synchronous": 2, "query_only": 0, "foreign_keys": 0}


def test_that_a_workspace_is_not_made_over_another(tmp_path):
    found_council(tmp_path / "w").close()
    before = (tmp_path / "w" / "workspace.db").read_bytes()
    with pytest.raises(WorkspaceError, match="already"):
        create_workspace(tmp_path / "w", at_risk=True)
    assert (tmp_path / "w" / "workspace.db").read_bytes() == before


def test_that_a_workspace_may_be_made_among_other_files(tmp_path):
    (tmp_path / "letter.txt").write_text("kept")
    create_workspace(tmp_path, at_risk=True).close()
    assert (tmp_path / "letter.txt").read_text() == "kept"


def test_that_what_a_crash_left_of_a_making_is_in_nobodys_way(tmp_path):
    (tmp_path / "workspace.db.new").write_bytes(b"half of something")
    with pytest.raises(WorkspaceMissing):
        open_workspace(tmp_path)
    create_workspace(tmp_path, at_risk=True).close()
    assert not (tmp_path / "workspace.db.new").exists()


def test_that_a_making_that_fails_can_be_tried_again(tmp_path, monkeypatch):
    def fails(*_: object) -> None:
        raise RuntimeError("power")

    with monkeypatch.context() as patch:
        patch.setattr("readiness.storage.opening._schema", fails)
        with pytest.raises(RuntimeError, match="power"):
            create_workspace(tmp_path, at_risk=True)
    assert not (tmp_path / "workspace.db").exists()
    create_workspace(tmp_path, at_risk=True).close()


def test_that_closing_twice_does_no_harm_and_leaves_one_file(tmp_path):
    workspace = found_council(tmp_path / "w")
    workspace.close()
    workspace.close()
    left = {path.name for path in (tmp_path / "w").iterdir()}
    assert not {name for name in left if name.endswith(("-wal", "-shm", ".json", ".new"))}
    with open_workspace(tmp_path / "w"):
        pass


def test_that_a_backup_holds_what_stands_in_the_log_beside_the_file(workspace):
    connection = connect(workspace.database, read_only=False)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    checked_by_another(workspace, "A01")
    set_status(workspace, "A01", ItemStatus.SIGNED_OFF)
    assert workspace.database.with_name("workspace.db-wal").stat().st_size > 0
    kept = workspace.backup("by-hand")
    assert kept.parent == workspace.folder / "backups"
    assert re.fullmatch(r"\d{8}-\d{6}-by-hand\.db", kept.name)
    copy = connect(kept, read_only=True)
    assert copy.execute("SELECT status FROM item WHERE reference = 'A01'").fetchall() == [("signed_off",)]
    assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    copy.close()


def test_that_a_backup_opens_as_a_workspace_with_the_same_content(workspace, tmp_path):
    checked_by_another(workspace, "A01")
    set_status(workspace, "A01", ItemStatus.SIGNED_OFF)
    before = everything(workspace)
    kept = workspace.backup("by-hand")
    (tmp_path / "copy").mkdir()
    kept.rename(tmp_path / "copy" / "workspace.db")
    with open_workspace(tmp_path / "copy", copies=False) as again:
        assert everything(again) == before
        assert again.read(workspace_id) == workspace.read(workspace_id)


def test_that_a_backup_that_fails_leaves_nothing_that_looks_like_one(workspace, monkeypatch):
    def fails(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    kept = workspace.backup("by-hand")
    with monkeypatch.context() as patch:
        patch.setattr(workspace_module.os, "fsync", fails)
        with pytest.raises(WorkspaceError, match=r"No backup can be kept in .*backups \(Input/output error\)"):
            workspace.backup("by-hand")
    assert list(kept.parent.iterdir()) == [kept]


def test_that_a_backup_that_runs_out_of_room_leaves_nothing_that_looks_like_one(workspace):
    resource = pytest.importorskip("resource")
    edited = [ItemEdit(ItemField.GAP, "long " * 30_000)]
    workspace.run(edit_items, [id_of(workspace, "A01")], edited)
    kept = workspace.backup("by-hand")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(WorkspaceError) as raised:
            workspace.backup("by-hand")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert "damaged" not in str(raised.value)
    assert list(kept.parent.iterdir()) == [kept]


def test_that_what_a_crash_left_of_a_backup_is_in_nobodys_way(workspace):
    (workspace.folder / "backups").mkdir()
    (workspace.folder / "backups" / "unfinished.tmp").write_bytes(b"half of something")
    kept = workspace.backup("by-hand")
    assert list(kept.parent.iterdir()) == [kept]


def test_that_backups_of_one_second_have_names_of_their_own(workspace, clock):
    clock.now -= timedelta(seconds=1)
    names = set()
    for _ in range(3):
        names.add(workspace.backup("by-hand").name)
        clock.now -= timedelta(seconds=1)
    assert len(names) == 3


def test_that_steps_are_signed_by_who_works_here_or_whose_work_is_entered(workspace):
    def signed():
        step = set_status(workspace, "A02", next(statuses)).step_id
        (actor,) = {row[3] for row in everything(workspace)["step"] if row[1] == step}
        return actor

    statuses = iter(ItemStatus)
    next(statuses)
    assert signed() == "Head of SEND"
    workspace.acting_as = "Director of Education"
    assert signed() == "Director of Education"
    workspace.acting_as = ""
    assert signed() == "Head of SEND"


def test_that_the_lock_says_who_works_here(workspace):
    workspace.sign_lock("Head of SEND")
    holder = json.loads((workspace.folder / "workspace.holder.json").read_text(encoding="utf-8"))
    assert holder["who"] == "Head of SEND"
    assert set(holder) == {"who", "host", "process", "since"}


def test_that_a_backup_put_in_place_writes_ahead_again(tmp_path):
    with found_council(tmp_path / "council") as workspace:
        kept = workspace.backup("by-hand")
    again = tmp_path / "again"
    again.mkdir()
    shutil.copy(kept, again / "workspace.db")
    with open_workspace(again) as workspace:
        workspace.run(set_identity, Identity("", "Head of Finance", "Finance"))
        roles = workspace.glance(lambda cursor: cursor.execute("SELECT role FROM person").fetchall())
        assert ("Head of Finance",) in roles
        with closing(connect(workspace.database, read_only=True)) as connection:
            assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
