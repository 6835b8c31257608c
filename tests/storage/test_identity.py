"""Identity: a copied or restored database writes as another laptop, keeps everything, and says why."""

import shutil

import pytest
from council import board_of, found_council, id_of

from readiness.domain.views import ItemEdit
from readiness.domain.vocabulary import ItemField
from readiness.services.items import edit_items
from readiness.services.people import read_identity
from readiness.services.undo import undo
from readiness.storage import identity, places
from readiness.storage.opening import open_workspace
from readiness.storage.workspace import device_id, meta_value

OWN = "cd" * 8


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """The user's data folder of this machine."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def folder(tmp_path):
    found_council(tmp_path / "w").close()
    return tmp_path / "w"


def laptop_of(folder) -> str:
    with open_workspace(folder, at_risk=True) as workspace:
        return workspace.read(device_id)


def edit(folder, value: str) -> None:
    with open_workspace(folder, at_risk=True) as workspace:
        workspace.run(edit_items, [id_of(workspace, "A01")], [ItemEdit(ItemField.OWNER, value)])


def test_that_a_database_which_is_opened_again_is_the_same_laptop(folder):
    assert laptop_of(folder) == OWN
    edit(folder, "Head of SEND")
    assert laptop_of(folder) == OWN


def test_that_a_copy_on_this_machine_is_another_laptop_and_the_original_is_not(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "copy")
    with open_workspace(tmp_path / "copy", at_risk=True) as copy:
        assert copy.read(device_id) != OWN
        assert copy.read(meta_value, identity.WHY).startswith("This workspace counts as another laptop")
        assert copy.read(read_identity).role == "Head of SEND"
        assert len(board_of(copy).items) == 4
    assert laptop_of(folder) == OWN
    assert laptop_of(tmp_path / "copy") == laptop_of(tmp_path / "copy") != OWN


def test_that_a_folder_that_was_moved_is_the_same_laptop(folder, tmp_path):
    folder.rename(tmp_path / "moved")
    assert laptop_of(tmp_path / "moved") == OWN
    (tmp_path / "moved").rename(folder)
    assert laptop_of(folder) == OWN


def test_that_a_database_from_another_machine_is_another_laptop(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "elsewhere"))
    assert laptop_of(folder) != OWN


def test_that_a_backup_that_was_put_back_is_another_laptop_whose_steps_can_be_undone(folder):
    with open_workspace(folder, at_risk=True) as workspace:
        workspace.run(edit_items, [id_of(workspace, "A01")], [ItemEdit(ItemField.OWNER, "Before")])
        kept = workspace.backup("test")
    edit(folder, "After")
    for each in folder.glob("workspace.db*"):
        each.unlink()
    shutil.copy(kept, folder / "workspace.db")
    with open_workspace(folder, at_risk=True) as workspace:
        assert workspace.read(device_id) != OWN
        workspace.run(undo)
        assert next(row.owner for row in board_of(workspace).items if row.reference == "A01") == ""


def test_that_a_crash_which_kept_no_note_is_no_copy(folder):
    before = {path: path.read_bytes() for path in (places.data_folder() / "laptops").iterdir()}
    edit(folder, "Head of SEND")
    for path, content in before.items():
        path.write_bytes(content)
    assert laptop_of(folder) == OWN


def test_that_a_machine_where_nothing_can_be_kept_changes_nothing(folder, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    assert laptop_of(folder) == OWN


def test_that_a_note_that_cannot_be_read_makes_it_another_laptop(folder):
    (path,) = (places.data_folder() / "laptops").iterdir()
    path.write_text("{")
    identity.look_for_copies(folder)
    assert laptop_of(folder) != OWN
