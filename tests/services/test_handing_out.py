"""Copies for other programs: readable names, read-only, exactly what was attached; the store's own stay apart."""

import os
import stat

import pytest

from readiness.domain.errors import Cancelled, ExportError, FileRefused
from readiness.domain.evidence import AttachmentRow
from readiness.services.handing_out import export_copy, hand_out
from readiness.storage.files import FileStore


@pytest.fixture
def store(workspace):
    return FileStore(workspace.folder)


def kept(store, content=b"grades", name="Audit March.xlsx") -> AttachmentRow:
    stored = store.keep(content)
    return AttachmentRow("a", name, stored.sha256, stored.size, "")


def test_that_a_read_only_copy_is_handed_out_under_its_name(store, tmp_path):
    file = kept(store)
    path = hand_out(store, file, tmp_path / "out")
    assert path.name == "Audit March.xlsx"
    assert path.read_bytes() == b"grades"
    assert not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)
    assert path.stat().st_ino != store.path_of(file.sha256).stat().st_ino
    assert hand_out(store, file, tmp_path / "out") == path


@pytest.mark.parametrize(
    "name", ["CON", "a/b\\c.xlsx", "x" * 300 + ".pdf", "../../evil.txt", "Audit: March?.xlsx", " "]
)
def test_that_a_name_no_system_takes_is_made_safe(store, tmp_path, name):
    path = hand_out(store, kept(store, name=name), tmp_path / "out")
    assert path.is_file()
    assert path.parent.parent == tmp_path / "out"


def test_that_what_was_changed_outside_is_replaced_by_what_was_attached(store, tmp_path):
    file = kept(store)
    path = hand_out(store, file, tmp_path)
    path.chmod(0o600)
    path.write_bytes(b"other")
    assert hand_out(store, file, tmp_path).read_bytes() == b"grades"


def test_that_a_missing_or_altered_copy_is_told_and_nothing_is_left(store, tmp_path):
    file = kept(store)
    own = store.path_of(file.sha256)
    own.chmod(0o600)
    own.write_bytes(b"altered")
    with pytest.raises(FileRefused, match="was altered since it was attached"):
        hand_out(store, file, tmp_path / "out")
    own.unlink()
    with pytest.raises(FileRefused, match="is not on this laptop"):
        export_copy(store, file, tmp_path / "Audit.xlsx")
    assert [path for path in tmp_path.rglob("*") if path.is_file() and "out" in path.parts] == []
    assert not (tmp_path / "Audit.xlsx").exists()


def test_that_an_export_replaces_what_stands_there_once_it_is_whole(store, tmp_path):
    file, target = kept(store, os.urandom(3_000_000)), tmp_path / "Audit.xlsx"
    target.write_bytes(b"before")
    told: list[int] = []
    with pytest.raises(Cancelled):
        export_copy(store, file, target, cancelled=lambda: True)
    assert target.read_bytes() == b"before"
    export_copy(store, file, target, told.append)
    assert target.read_bytes() == store.path_of(file.sha256).read_bytes()
    assert told[-1] == 3_000_000
    assert os.access(target, os.W_OK)


def test_that_a_place_that_cannot_be_written_is_told(store, tmp_path):
    with pytest.raises(ExportError, match=r"could not be written to .* Choose another place\."):
        export_copy(store, kept(store), tmp_path / "nowhere" / "Audit.xlsx")
