"""Upkeep: every kind of fault is found, and what follows from the log is made again from it."""

import pytest
from council import board_of, found_council, id_of

from readiness.domain.errors import WorkspaceError
from readiness.domain.views import ItemEdit
from readiness.domain.vocabulary import ItemField
from readiness.services.areas import remove_area
from readiness.services.items import edit_items, remove_items
from readiness.services.undo import undo
from readiness.services.upkeep import find_faults, repair
from readiness.storage.engine import connect
from readiness.storage.opening import open_workspace
from readiness.storage.upkeep import check, rebuild
from readiness.storage.workspace import Workspace


@pytest.fixture
def busy(workspace: Workspace) -> Workspace:
    """A workspace with some history."""
    first = id_of(workspace, "A01")
    workspace.run(edit_items, [first], [ItemEdit(ItemField.GAP, "None left")])
    workspace.run(edit_items, [first, id_of(workspace, "A02")], [ItemEdit(ItemField.OWNER, "Head of SEND")])
    workspace.run(undo)
    workspace.run(remove_items, [id_of(workspace, "A02")])
    workspace.run(remove_area, id_of(workspace, "B"))
    return workspace


def plant(workspace: Workspace, sql: str, *values: object) -> None:
    """Change the file behind the program's back."""
    connection = connect(workspace.database, read_only=False)
    assert connection.execute(sql, values).rowcount > 0
    connection.close()


def tables(workspace: Workspace) -> dict[str, list[tuple[object, ...]]]:
    """Return all that is not the log."""
    connection = connect(workspace.database, read_only=True)
    names = ("head", "reg", "missing", "change_parent", "workspace", "person", "inspection", "area", "item")
    found = {name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in names}
    connection.close()
    return found


def test_that_a_sound_workspace_has_no_faults(busy):
    assert busy.read(find_faults) == []


def test_that_the_tables_can_be_made_again_exactly(busy):
    before = tables(busy)
    assert busy.maintain(rebuild) == len(before["item"]) + len(before["area"]) + 3
    assert tables(busy) == before


LOG = {
    "a value": "UPDATE change SET new = '\"Nothing\"' WHERE field = 'gap'",
    "an old value": "UPDATE change SET old = '\"x\"' WHERE field = 'gap'",
    "an author": "UPDATE step SET actor = 'Somebody else' WHERE label LIKE 'Edit gap%'",
    "a time": "UPDATE step SET at = '2020-01-01T00:00:00.000Z' WHERE label LIKE 'Edit gap%'",
    "an undoing": "UPDATE step SET undo_of = NULL WHERE undo_of IS NOT NULL",
    "a stamp": "UPDATE change SET stamp = stamp + 1 WHERE field = 'gap'",
    "a number": "UPDATE change SET seq = 99 WHERE field = 'gap'",
    "parents": "UPDATE change SET parents = zeroblob(12) WHERE field = 'gap'",
    "a lost step": "DELETE FROM step WHERE label LIKE 'Edit gap%'",
}


@pytest.mark.parametrize("what", LOG)
def test_that_an_altered_log_is_found_and_not_papered_over(busy, what):
    plant(busy, LOG[what])
    faults = busy.read(find_faults)
    assert any(fault.kind == "log" and not fault.repairable for fault in faults)
    assert any(fault.kind == "log" for fault in repair(busy))


CACHE = {
    "a wrong head": "UPDATE head SET k = 1 WHERE field = 'gap'",
    "a lost head": "DELETE FROM head WHERE field = 'gap'",
    "an invented head": "INSERT INTO head VALUES ('nobody', 'gap', 1)",
    "a wrong row": "UPDATE item SET status = 'signed_off' WHERE reference = 'A01'",
    "a row that is gone": "DELETE FROM item WHERE reference = 'A01'",
    "an invented row": "INSERT INTO person (id, deleted, conflicts, incomplete, name, role, service) "
    "VALUES ('x', 0, 0, 0, '', '', '')",
    "an item brought back": "UPDATE item SET deleted = 0 WHERE reference = 'A02'",
    "a wrong count of conflicts": "UPDATE item SET conflicts = 3 WHERE reference = 'A01'",
    "a wrong time": "UPDATE item SET changed_ms = 1 WHERE reference = 'A01'",
    "a wrong title": "UPDATE workspace SET title = 'x'",
    "a wrong name": "UPDATE person SET role = 'x'",
    "a wrong register": "UPDATE reg SET nvals = 7 WHERE field = 'gap'",
    "a lost register": "DELETE FROM reg WHERE field = 'gap'",
    "a lost edge": "DELETE FROM change_parent",
    "an invented edge": "INSERT INTO change_parent SELECT id, 1 FROM change WHERE field = 'gap'",
    "something invented that is missing": "INSERT INTO missing VALUES ('x', 'gap', zeroblob(12), 1)",
}


@pytest.mark.parametrize("what", CACHE)
def test_that_a_wrong_cache_is_found_and_made_again(busy, what):
    before = tables(busy)
    plant(busy, CACHE[what])
    faults = busy.read(find_faults)
    assert faults
    assert all(fault.kind == "cache" and fault.repairable for fault in faults)
    assert repair(busy) == []
    assert tables(busy) == before


def test_that_checking_changes_nothing(busy):
    plant(busy, CACHE["a wrong row"])
    before = tables(busy)
    busy.read(find_faults)
    assert tables(busy) == before


def test_that_a_child_without_its_parent_is_named(busy):
    plant(busy, "UPDATE item SET area_id = 'nowhere' WHERE reference = 'A01'")
    assert any(fault.kind == "reference" for fault in busy.read(find_faults))


def test_that_a_repair_keeps_the_file_as_it_was_before(busy, tmp_path):
    plant(busy, CACHE["a wrong row"])
    repair(busy)
    (kept,) = (busy.folder / "backups").glob("*before-repair.db")
    connection = connect(kept, read_only=True)
    assert connection.execute("SELECT status FROM item WHERE reference = 'A01'").fetchall() == [("signed_off",)]
    connection.close()


def test_that_a_workspace_opened_for_reading_cannot_be_repaired(tmp_path):
    found_council(tmp_path / "w").close()
    with open_workspace(tmp_path / "w", write=False) as reading, pytest.raises(WorkspaceError, match="for reading"):
        reading.maintain(rebuild)


def test_that_what_was_repaired_goes_on_as_before(busy):
    plant(busy, "DELETE FROM head")
    repair(busy)
    busy.run(edit_items, [id_of(busy, "A01")], [ItemEdit(ItemField.GAP, "One more")])
    assert busy.maintain(check) == []
    assert [row.reference for row in board_of(busy).items] == ["A01", "A03"]
