"""What cannot be opened or written is refused with one sentence, and stays as it was."""

import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlcipher3
from council import board_of, everything, found_council, id_of

from readiness import VERSION
from readiness.domain.errors import (
    DiskFull,
    ReadinessError,
    RiskyPlace,
    WorkspaceDamaged,
    WorkspaceError,
    WorkspaceForeign,
    WorkspaceMissing,
    WorkspaceNewer,
    WorkspaceReadOnly,
)
from readiness.domain.views import ItemEdit
from readiness.domain.vocabulary import ItemField
from readiness.services.boards import read_narratives
from readiness.services.items import edit_items
from readiness.services.upkeep import find_faults
from readiness.storage.engine import APPLICATION_ID, connect, explained
from readiness.storage.migrations import FORMAT
from readiness.storage.opening import create_workspace, open_workspace

NOBODY = 65534
PAGE = 4096
both_ways = pytest.mark.parametrize("write", [True, False], ids=["for writing", "for reading"])


def edit(workspace, text):
    return workspace.run(edit_items, [id_of(workspace, "A01")], [ItemEdit(ItemField.GAP, text)])


def is_one_sentence_for_people(error: ReadinessError) -> bool:
    said = str(error)
    return "\n" not in said and said.endswith(".") and "Error" not in said and "sqlite" not in said.lower()


def refused(folder: Path, kind: type[WorkspaceError], *, write: bool) -> str:
    """Open a folder that must be refused; return what is said."""
    files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} if folder.is_dir() else {}
    with pytest.raises(kind) as raised:
        open_workspace(folder, write=write, at_risk=True)
    assert type(raised.value) is kind
    assert is_one_sentence_for_people(raised.value)
    assert str(folder) in str(raised.value)
    for path, content in files.items():
        assert path.read_bytes() == content
    return str(raised.value)


@both_ways
def test_that_a_folder_without_a_workspace_is_refused_and_left_empty(tmp_path, write):
    refused(tmp_path / "nowhere", WorkspaceMissing, write=write)
    refused(tmp_path, WorkspaceMissing, write=write)
    assert list(tmp_path.iterdir()) == []


@both_ways
def test_that_a_file_in_place_of_a_folder_is_refused(tmp_path, write):
    (tmp_path / "letter.txt").write_text("x")
    refused(tmp_path / "letter.txt", WorkspaceMissing, write=write)
    with pytest.raises(WorkspaceError, match="cannot be made") as raised:
        create_workspace(tmp_path / "letter.txt", at_risk=True)
    assert is_one_sentence_for_people(raised.value)


def other_sqlite(path: Path) -> None:
    connection = sqlcipher3.connect(str(path))
    connection.execute("CREATE TABLE meta (k, v)")
    connection.commit()
    connection.close()


def other_sqlite_with_a_mark(path: Path) -> None:
    other_sqlite(path)
    connection = sqlcipher3.connect(str(path))
    connection.execute("PRAGMA application_id = 252006673")
    connection.close()


FOREIGN = {
    "another program's database": other_sqlite,
    "a marked database of another program": other_sqlite_with_a_mark,
    "text": lambda path: path.write_text("Dear colleague,\n" * 400),
    "an empty file": lambda path: path.write_bytes(b""),
    "noise": lambda path: path.write_bytes(random.Random(1).randbytes(50_000)),
    "a workbook": lambda path: path.write_bytes(b"PK\x03\x04" + bytes(5000)),
}


@both_ways
@pytest.mark.parametrize("what", FOREIGN)
def test_that_what_is_not_ours_is_refused(tmp_path, what, write):
    FOREIGN[what](tmp_path / "workspace.db")
    assert "not a workspace of this program" in refused(tmp_path, WorkspaceForeign, write=write)


def test_that_a_folder_in_place_of_the_file_is_refused(tmp_path):
    (tmp_path / "workspace.db").mkdir()
    with pytest.raises(WorkspaceError) as raised:
        open_workspace(tmp_path, at_risk=True)
    assert is_one_sentence_for_people(raised.value)


@both_ways
def test_that_a_newer_file_is_refused_with_both_versions_named(tmp_path, write):
    found_council(tmp_path).close()
    connection = connect(tmp_path / "workspace.db", read_only=False)
    connection.execute(f"PRAGMA user_version = {FORMAT + 6}")
    connection.execute("UPDATE meta SET v = '7.8.9' WHERE k = 'version'")
    connection.close()
    said = refused(tmp_path, WorkspaceNewer, write=write)
    assert f"version 7.8.9 (format {FORMAT + 6})" in said
    assert f"version {VERSION} (format {FORMAT})" in said


@both_ways
def test_that_a_newer_file_without_the_notes_we_know_is_refused_too(tmp_path, write):
    found_council(tmp_path).close()
    connection = connect(tmp_path / "workspace.db", read_only=False)
    connection.execute(f"PRAGMA user_version = {FORMAT + 6}")
    connection.execute("DROP TABLE meta")
    connection.close()
    assert f"format {FORMAT + 6}" in refused(tmp_path, WorkspaceNewer, write=write)


@both_ways
def test_that_a_file_of_ours_without_its_notes_is_damaged(tmp_path, write):
    other_sqlite(tmp_path / "workspace.db")
    connection = connect(tmp_path / "workspace.db", read_only=False)
    connection.execute("DROP TABLE meta")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {FORMAT}")
    connection.close()
    refused(tmp_path, WorkspaceDamaged, write=write)


def test_that_an_older_file_is_not_brought_up_by_reading_it(tmp_path):
    found_council(tmp_path).close()
    connection = connect(tmp_path / "workspace.db", read_only=False)
    connection.execute("PRAGMA user_version = 0")
    connection.close()
    assert "older version" in refused(tmp_path, WorkspaceError, write=False)


@both_ways
def test_that_a_file_cut_short_is_damaged(tmp_path, write):
    found_council(tmp_path).close()
    whole = (tmp_path / "workspace.db").read_bytes()
    (tmp_path / "workspace.db").write_bytes(whole[: len(whole) // 2])
    said = refused(tmp_path, WorkspaceDamaged, write=write)
    assert "backups" in said


def test_that_a_page_overwritten_is_found_wherever_it_is(tmp_path):
    found_council(tmp_path / "w").close()
    whole = (tmp_path / "w" / "workspace.db").read_bytes()
    noise = random.Random(2).randbytes(PAGE)
    for page in range(1, len(whole) // PAGE):
        folder = tmp_path / str(page)
        folder.mkdir()
        spoilt = whole[: page * PAGE] + noise + whole[(page + 1) * PAGE :]
        (folder / "workspace.db").write_bytes(spoilt)
        try:
            with open_workspace(folder, write=False) as workspace:
                faults = workspace.read(find_faults)
        except WorkspaceDamaged as error:
            assert is_one_sentence_for_people(error)  # noqa: PT017 - either is right
        else:
            assert faults
            assert not any(fault.repairable for fault in faults)
        assert (folder / "workspace.db").read_bytes() == spoilt


def test_that_reading_what_is_damaged_says_so_and_points_to_the_backups(tmp_path):
    found_council(tmp_path).close()
    whole = (tmp_path / "workspace.db").read_bytes()
    (tmp_path / "workspace.db").write_bytes(whole[: 2 * PAGE] + bytes([255]) * (len(whole) - 2 * PAGE))

    def look():
        with open_workspace(tmp_path, at_risk=True) as workspace:
            board_of(workspace)
            workspace.read(read_narratives)

    with pytest.raises(WorkspaceDamaged) as raised:
        look()
    assert str(tmp_path / "backups") in str(raised.value)


@both_ways
def test_that_a_backup_says_how_to_work_with_it_and_that_works(tmp_path, write):
    with found_council(tmp_path / "w") as workspace:
        edit(workspace, "Kept")
        kept, before = workspace.backup("by-hand"), board_of(workspace)
        edit(workspace, "Lost")
    said = refused(kept, WorkspaceMissing, write=write)
    assert f"make a new folder, copy {kept} into it, rename that copy to workspace.db, and open the new folder" in said
    follow(kept, tmp_path / "new")
    with open_workspace(tmp_path / "new", write=write, at_risk=True) as again:
        assert board_of(again) == before
        assert again.read(find_faults) == []


def test_that_what_is_said_of_a_damaged_file_works_and_leaves_it_alone(tmp_path):
    with found_council(tmp_path / "w") as workspace:
        workspace.backup("by-hand")
        edit(workspace, "Kept")
        newest, before = workspace.backup("by-hand"), board_of(workspace)
    whole = (tmp_path / "w" / "workspace.db").read_bytes()
    (tmp_path / "w" / "workspace.db").write_bytes(whole[: len(whole) // 2])
    said = refused(tmp_path / "w", WorkspaceDamaged, write=True)
    assert f"make a new folder, copy the newest file in {newest.parent} into it, rename that copy to" in said
    follow(max(newest.parent.iterdir()), tmp_path / "new")
    with open_workspace(tmp_path / "new", at_risk=True) as again:
        assert board_of(again) == before
    assert (tmp_path / "w" / "workspace.db").read_bytes() == whole[: len(whole) // 2]


def follow(backup: Path, folder: Path) -> None:
    """Do what the sentence says."""
    folder.mkdir()
    Path(shutil.copy(backup, folder)).rename(folder / "workspace.db")


def test_that_a_drive_that_goes_away_is_not_called_damage(tmp_path):
    said = str(explained(tmp_path / "workspace.db", "disk I/O error"))
    assert "Check that the drive is still connected and has room" in said
    assert "damaged" not in said


@contextmanager
def as_somebody_without_rights() -> Iterator[None]:
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def shelf() -> Iterator[Path]:
    """A folder that everybody may read, outside the tests' own, with a workspace in it."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    found_council(folder / "w").close()
    yield folder
    for path in (folder, *folder.rglob("*")):
        if path.is_dir():
            path.chmod(0o755)
    shutil.rmtree(folder)


@both_ways
def test_that_a_read_only_folder_is_refused_with_the_cure(shelf, write):
    (shelf / "w" / "workspace.lock").unlink(missing_ok=True)
    (shelf / "w" / "workspace.db").chmod(0o444)
    (shelf / "w").chmod(0o555)
    with as_somebody_without_rights():
        said = refused(shelf / "w", WorkspaceReadOnly, write=write)
    assert "Copy the whole folder" in said


def test_that_nothing_is_made_where_nothing_may_be_written(shelf):
    shelf.chmod(0o555)
    with as_somebody_without_rights(), pytest.raises(WorkspaceError, match="in which you may write") as raised:
        create_workspace(shelf / "new", at_risk=True)
    assert is_one_sentence_for_people(raised.value)
    assert not (shelf / "new").exists()


@both_ways
def test_that_a_folder_one_may_not_look_into_is_refused(shelf, write):
    (shelf / "w").chmod(0o000)
    with as_somebody_without_rights(), pytest.raises(WorkspaceError) as raised:
        open_workspace(shelf / "w", write=write, at_risk=True)
    assert is_one_sentence_for_people(raised.value)


def test_that_a_read_only_file_refuses_the_edit_and_stays_as_it_is(shelf):
    (shelf / "w" / "workspace.db").chmod(0o444)
    (shelf / "w").chmod(0o777)
    for path in (shelf / "w").iterdir():
        if path.name == "workspace.lock":
            path.chmod(0o666)
    before = (shelf / "w" / "workspace.db").read_bytes()

    def try_it() -> None:
        with open_workspace(shelf / "w", at_risk=True) as workspace:
            edit(workspace, "x")

    with as_somebody_without_rights(), pytest.raises(WorkspaceReadOnly) as raised:
        try_it()
    assert is_one_sentence_for_people(raised.value)
    assert (shelf / "w" / "workspace.db").read_bytes() == before


def test_that_a_full_disk_refuses_the_edit_changes_nothing_and_later_works(workspace):
    def limit(connection, pages=0):
        (used,) = connection.exec_driver_sql("PRAGMA page_count").one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages or used}")

    workspace.maintain(limit)
    before, board = everything(workspace), board_of(workspace)
    with pytest.raises(DiskFull) as raised:
        edit(workspace, "long " * 20_000)
    assert is_one_sentence_for_people(raised.value)
    assert "Nothing was changed" in str(raised.value)
    assert everything(workspace) == before
    assert board_of(workspace) == board
    workspace.maintain(lambda connection: limit(connection, 1_000_000))
    edit(workspace, "long " * 20_000)
    assert workspace.read(find_faults) == []
    assert workspace.read(read_narratives)[id_of(workspace, "A01")].gap == "long " * 20_000


def test_that_a_backup_that_cannot_be_kept_says_so(workspace):
    (workspace.folder / "backups").write_text("in the way")
    with pytest.raises(WorkspaceReadOnly, match="No backup can be kept") as raised:
        workspace.backup("by-hand")
    assert is_one_sentence_for_people(raised.value)


@pytest.mark.parametrize("name", ["OneDrive - Example council", "Dropbox", "onedrive", "Nextcloud"])
def test_that_a_cloud_folder_is_refused_unless_somebody_insists(tmp_path, name):
    folder = tmp_path / name / "w"
    with pytest.raises(RiskyPlace, match="copies files there") as raised:
        create_workspace(folder)
    assert is_one_sentence_for_people(raised.value)
    assert not folder.exists()
    found_council(folder).close()
    with pytest.raises(RiskyPlace, match="at risk"):
        open_workspace(folder)
    open_workspace(folder, at_risk=True).close()
    open_workspace(folder, write=False).close()
