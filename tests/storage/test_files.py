"""The store of evidence copies: whole or not at all, each content once, every refusal in one sentence."""

import errno
import os
import socket
import stat
from hashlib import sha256
from pathlib import Path

import pytest
from council import found_council

from readiness.domain.errors import (
    Cancelled,
    DiskFull,
    FileRefused,
    NotFound,
    ReadinessError,
    WorkspaceError,
    WorkspaceReadOnly,
)
from readiness.storage import files, intake
from readiness.storage.files import FileStore, Stored
from readiness.storage.intake import BLOCK, LARGEST

CONTENT = b"Audit of plans, March 2021\n" * 100_000  # 2.7 MB: three blocks


@pytest.fixture
def store(tmp_path):
    (tmp_path / "w").mkdir()
    return FileStore(tmp_path / "w")


@pytest.fixture
def paper(tmp_path):
    path = tmp_path / "Audit March.xlsx"
    path.write_bytes(CONTENT)
    return path


def left(store: FileStore) -> list[Path]:
    """Return every file in the store's folder."""
    return [path for path in store.folder.rglob("*") if path.is_file()] if store.folder.exists() else []


def refused(store: FileStore, path: Path, kind: type[ReadinessError] = FileRefused) -> str:
    """Take a file that must be refused with one sentence or two; nothing of it is left."""
    before = {each: each.read_bytes() for each in left(store)}
    with pytest.raises(kind) as raised:
        store.take(path)
    assert type(raised.value) is kind
    said = str(raised.value)
    assert "\n" not in said
    assert said.endswith(".")
    assert "Errno" not in said
    assert len(said) < 300
    assert {each: each.read_bytes() for each in left(store)} == before
    return said


def test_that_a_file_is_kept_under_the_hash_of_its_content(store, paper):
    assert not store.folder.exists()
    stored = store.take(paper)
    assert stored == Stored(sha256(CONTENT).hexdigest(), len(CONTENT))
    path = store.path_of(stored.sha256)
    assert path == store.folder / stored.sha256[:2] / stored.sha256
    assert path.read_bytes() == CONTENT == paper.read_bytes()
    assert left(store) == [path]
    assert store.holds(stored.sha256)
    assert store.verify(stored.sha256)
    assert store.hashes() == {stored.sha256}


def test_that_a_copy_may_not_be_written(store, paper):
    path = store.path_of(store.take(paper).sha256)
    assert stat.S_IMODE(path.stat().st_mode) & 0o222 == 0
    assert stat.S_IMODE(paper.stat().st_mode) & 0o200


def test_that_the_same_content_is_kept_once_whatever_it_is_called(store, paper, tmp_path):
    again = tmp_path / "AUDIT MARCH.XLSX"
    again.write_bytes(CONTENT)
    assert store.take(paper) == store.take(again) == store.keep(CONTENT)
    assert len(left(store)) == 1
    other = store.keep(b"something else")
    assert store.hashes() == {sha256(CONTENT).hexdigest(), other.sha256}


@pytest.mark.parametrize("size", [1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK])
def test_that_every_byte_is_kept_and_progress_told(store, tmp_path, size):
    path = tmp_path / "any.bin"
    path.write_bytes(os.urandom(size))
    told = []
    stored = store.take(path, told.append)
    assert store.path_of(stored.sha256).read_bytes() == path.read_bytes()
    assert told[-1] == size == stored.size
    assert told == sorted(told)
    assert all(b - a <= BLOCK for a, b in zip([0, *told], told, strict=False))


def test_that_taking_can_be_stopped_between_blocks(store, paper):
    told = []
    with pytest.raises(Cancelled, match="Nothing was added"):
        store.take(paper, told.append, lambda: len(told) == 2)
    assert len(told) == 2
    assert left(store) == []


def test_that_a_copy_that_was_altered_or_cut_is_found_out_and_mended(store, paper):
    stored = store.take(paper)
    path = store.path_of(stored.sha256)
    for altered in (CONTENT[:-1] + b"?", CONTENT[:1000]):
        path.chmod(0o644)
        path.write_bytes(altered)
        assert store.holds(stored.sha256)
        assert not store.verify(stored.sha256)
        assert store.take(paper) == stored
        assert store.verify(stored.sha256)
    path.unlink()
    assert not store.holds(stored.sha256)
    assert not store.verify(stored.sha256)


def test_that_checking_a_copy_can_be_stopped(store, paper):
    stored = store.take(paper)
    with pytest.raises(Cancelled):
        store.verify(stored.sha256, lambda: True)


def test_that_a_copy_that_somebody_looks_at_stays_and_counts_as_new(store, paper, monkeypatch):
    stored = store.take(paper)
    path = store.path_of(stored.sha256)
    os.utime(path, (0, 0))

    def held(*_):
        raise PermissionError(errno.EACCES, "in use")

    monkeypatch.setattr(files, "replace", held)
    assert store.take(paper) == stored
    assert path.stat().st_mtime > 1_000_000_000
    path.chmod(0o644)
    path.write_bytes(b"cut")
    refused(store, paper, WorkspaceReadOnly)


@pytest.mark.parametrize("text", ["", "../../secret", "AB" * 32, "a" * 63, "g" * 64, "a" * 64 + "\n"])
def test_that_what_is_no_hash_leads_nowhere(store, text):
    assert not store.holds(text)
    assert not store.verify(text)
    with pytest.raises(NotFound):
        store.path_of(text)


def test_that_other_things_in_the_folder_are_no_copies(store, paper):
    stored = store.take(paper)
    (store.folder / "ab").mkdir(exist_ok=True)
    (store.folder / "ab" / "notes.txt").write_text("x")
    (store.folder / "Thumbs.db").write_text("x")
    assert store.hashes() == {stored.sha256}


def test_that_what_is_no_file_is_refused_and_never_opened(store, tmp_path, monkeypatch):
    def never_opened(*_):
        raise AssertionError("it was opened")

    monkeypatch.setattr(intake.os, "open", never_opened)
    (tmp_path / "folder").mkdir()
    assert "is a folder" in refused(store, tmp_path / "folder")
    assert "no file" in refused(store, Path("/dev/zero"))
    os.mkfifo(tmp_path / "pipe")
    assert "no file" in refused(store, tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
        assert "no file" in refused(store, tmp_path / "socket")


def test_that_a_pipe_that_takes_the_files_place_is_refused_without_waiting(store, paper, monkeypatch):
    as_it_was, look = paper.stat(), Path.stat
    paper.unlink()
    os.mkfifo(paper)
    monkeypatch.setattr(Path, "stat", lambda self, **_: as_it_was if self == paper else look(self))
    assert "no file" in refused(store, paper)


def test_that_a_file_that_is_not_there_is_refused(store, tmp_path):
    assert "not there any more" in refused(store, tmp_path / "gone.pdf")
    assert "not there any more" in refused(store, tmp_path / "no folder" / "gone.pdf")


def test_that_an_empty_file_is_refused(store, tmp_path):
    (tmp_path / "empty.docx").touch()
    assert "“empty.docx” is empty" in refused(store, tmp_path / "empty.docx")
    with pytest.raises(FileRefused, match="empty"):
        store.keep(b"")


def test_that_a_file_larger_than_4_gb_is_refused_at_once(store, tmp_path):
    path = tmp_path / "film.mp4"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    assert "larger than 4 GB" in refused(store, path)


def test_that_a_link_loop_is_refused_and_a_sound_link_followed(store, paper, tmp_path):
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert "leads back to itself" in refused(store, tmp_path / "a")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    assert "not there" in refused(store, tmp_path / "dangling")
    (tmp_path / "sound").symlink_to(paper)
    assert store.take(tmp_path / "sound").sha256 == sha256(CONTENT).hexdigest()


@pytest.mark.parametrize("name", ["n" * 300, "nul\0inside", "line\nbreak" + "x" * 300])
def test_that_a_name_that_no_system_takes_is_refused(store, tmp_path, name):
    assert "shorter, plain name" in refused(store, tmp_path / name)


def test_that_the_longest_name_the_system_takes_is_taken(store, tmp_path):
    path = tmp_path / ("n" * 251 + ".txt")
    path.write_text("x")
    assert store.holds(store.take(path).sha256)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(errno.EACCES, "denied"), "may not be read"),
        (OSError(errno.EBUSY, "busy"), "open in another program"),
        (BlockingIOError(errno.EAGAIN, "locked"), "open in another program"),
        (OSError(errno.EIO, "broken"), "Check that its drive"),
        (OSError(errno.ESTALE, "gone"), "Check that its drive"),
    ],
)
@pytest.mark.parametrize("call", ["open", "readv", "fstat"])
def test_that_a_file_that_is_locked_or_breaks_off_is_refused(store, paper, monkeypatch, call, error, said):
    true, calls = getattr(os, call), []

    def fails(*args):
        calls.append(args)
        if call == "readv" and len(calls) < 2:
            return true(*args)
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(intake.os, call, fails)
        assert said in refused(store, paper)
    assert store.take(paper).size == len(CONTENT)


def test_that_what_windows_says_of_a_file_in_use_is_understood(store, paper, monkeypatch):
    error = PermissionError(errno.EACCES, "in use")
    error.winerror = 32

    def in_use(*_):
        raise error

    monkeypatch.setattr(intake.os, "open", in_use)
    assert "open in another program" in refused(store, paper)


def grows(path):
    with path.open("ab") as file:
        file.write(b"more")


def shrinks(path):
    os.truncate(path, BLOCK + 5)


def is_emptied(path):
    os.truncate(path, 0)


def is_overwritten(path):
    with path.open("r+b") as file:
        file.write(b"Other")
    os.utime(path, (1, 1))


@pytest.mark.parametrize("happens", [grows, shrinks, is_emptied, is_overwritten])
def test_that_a_file_that_changes_while_it_is_read_is_refused(store, paper, happens):
    def after_the_first_block(done):
        if done == BLOCK:
            happens(paper)

    with pytest.raises(FileRefused, match=r"“Audit March\.xlsx” changed while it was copied; try again"):
        store.take(paper, after_the_first_block)
    assert left(store) == []


def test_that_a_file_that_grows_for_ever_is_not_read_for_ever(store, paper):
    told = []

    def one_more(done):
        told.append(done)
        grows(paper)
        with paper.open("ab") as file:
            file.write(bytes(BLOCK))

    with pytest.raises(FileRefused, match="changed"):
        store.take(paper, one_more)
    assert max(told) <= len(CONTENT)
    assert left(store) == []


def test_that_a_file_deleted_while_it_is_read_is_whole_or_refused(store, paper):
    stored = store.take(paper, lambda done: paper.unlink(missing_ok=True))
    assert store.path_of(stored.sha256).read_bytes() == CONTENT


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_that_a_full_disk_says_so_and_keeps_nothing(store, paper, monkeypatch, number):
    earlier = store.keep(b"earlier")
    written = []

    def full(file, block):
        written.append(block)
        if len(written) == 2:
            raise OSError(number, "full")
        file.write(block)

    with monkeypatch.context() as patched:
        patched.setattr(files, "write_whole", full)
        assert "no room left" in refused(store, paper, DiskFull)
    assert store.hashes() == {earlier.sha256}
    assert store.take(paper).size == len(CONTENT)


def test_that_a_disk_without_room_is_not_filled_first(store, paper, monkeypatch):
    usage = files.shutil.disk_usage(store.folder.parent)
    monkeypatch.setattr(files.shutil, "disk_usage", lambda _: usage._replace(free=len(CONTENT) - 1))
    assert "no room left" in refused(store, paper, DiskFull)


def test_that_a_part_of_a_block_is_not_taken_for_the_whole(tmp_path):
    class Nearly:
        def __init__(self):
            self.content = b""

        def write(self, block):
            self.content += bytes(block[:3])
            return min(3, len(block))

    file = Nearly()
    files.write_whole(file, memoryview(b"0123456789"))
    assert file.content == b"0123456789"


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (PermissionError(errno.EACCES, "denied"), WorkspaceReadOnly),
        (OSError(errno.EROFS, "read-only"), WorkspaceReadOnly),
        (OSError(errno.EFBIG, "large"), DiskFull),
        (OSError(errno.EIO, "broken"), WorkspaceError),
    ],
)
@pytest.mark.parametrize("call", ["mkdir", "open", "chmod"])
def test_that_a_store_that_cannot_be_written_says_so(store, paper, monkeypatch, call, error, kind):
    def fails(self, *args, **kwargs):
        raise error

    monkeypatch.setattr(Path, call, fails)
    with pytest.raises(kind) as raised:
        store.take(paper)
    monkeypatch.undo()
    assert type(raised.value) is kind
    assert "Errno" not in str(raised.value)
    assert left(store) == []


def test_that_a_store_on_a_drive_that_is_gone_says_so(tmp_path, paper):
    assert "drive" in refused(FileStore(tmp_path / "not there"), paper, WorkspaceError)


def test_that_the_workspace_itself_is_not_taken_into_itself(tmp_path, paper):
    with found_council(tmp_path / "c") as workspace:
        store = FileStore(workspace.folder)
        (tmp_path / "by another name.db").symlink_to(workspace.database)
        for path in (workspace.database, tmp_path / "by another name.db"):
            assert "this workspace itself" in refused(store, path)
        backup = workspace.backup("by-hand")
        assert store.holds(store.take(backup).sha256)


def test_that_nothing_unfinished_has_a_final_name(store, paper):
    seen = []
    store.take(paper, lambda _: seen.append((len(store.hashes()), len(list(store.unfinished())))))
    assert set(seen) == {(0, 1)}
    assert list(store.unfinished()) == []
