"""An older file is backed up and brought up; a migration that fails leaves it as it was."""

import shutil
from pathlib import Path

import pytest
from council import NOW, board_of, everything, found_council

from readiness.domain.vocabulary import ItemStatus
from readiness.services.conflicts import read_conflicts
from readiness.services.sharing import read_sharing
from readiness.services.undo import undo
from readiness.services.upkeep import find_faults
from readiness.storage import opening
from readiness.storage.engine import connect
from readiness.storage.migrations import FORMAT, upgrade
from readiness.storage.opening import open_workspace
from readiness.storage.tables import RECORDS

FIRST = Path(__file__).parents[1] / "files" / "format-1"
SECOND = FIRST.with_name("format-2")
THIRD = FIRST.with_name("format-3")
TARGET = FORMAT + 1
WORKS = '''"""Items have an extent."""

import sqlalchemy as sa
from alembic import op

revision = "{target:04d}"
down_revision = None


def upgrade():
    op.add_column("item", sa.Column("extent", sa.Text))
    op.execute("UPDATE item SET extent = 'all'")
    op.create_table("visit", sa.Column("id", sa.Text, primary_key=True))
'''
FAILS = WORKS + '    op.execute("UPDATE nowhere SET x = 1")\n'
STOPS = WORKS + '    raise RuntimeError("power")\n'


@pytest.fixture
def old(tmp_path):
    """The folder of a workspace of the format before."""
    found_council(tmp_path / "w").close()
    return tmp_path / "w"


def scripts(folder: Path, text: str) -> Path:
    (folder / "versions").mkdir(parents=True)
    (folder / "versions" / f"{TARGET:04d}_extent.py").write_text(text.format(target=TARGET), encoding="utf-8")
    return folder


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    connection = connect(path, read_only=True)
    found = connection.execute(sql).fetchall()
    connection.close()
    return found


def content(path: Path) -> list[tuple[object, ...]]:
    names = [name for (name,) in rows(path, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    return [(name, *sorted(rows(path, f"SELECT * FROM {name}"), key=repr)) for name in names]


def test_that_a_file_of_the_first_format_opens_with_all_it_holds(tmp_path):
    folder = tmp_path / "first"
    shutil.copytree(FIRST, folder)
    with open_workspace(folder, at_risk=True) as workspace:
        board = board_of(workspace)
        assert [(row.reference, row.status) for row in board.items][:2] == [
            ("A01", ItemStatus.DRAFTED), ("A02", ItemStatus.NOT_STARTED),
        ]  # fmt: skip
        assert board.inspections[0].visit == board.inspections[0].notified_at == ""
        assert not board.inspections[0].pinned
        assert workspace.read(find_faults) == []
        workspace.run(undo)
    assert [kept.name[16:] for kept in (folder / "backups").iterdir()] == [f"before-format-{FORMAT}.db"]
    with found_council(tmp_path / "fresh") as fresh:
        names = {table: {row[1] for row in rows(fresh.database, f"PRAGMA table_info({table})")} for table in RECORDS}
    assert names == {
        table: {row[1] for row in rows(folder / "workspace.db", f"PRAGMA table_info({table})")} for table in RECORDS
    }


def test_that_a_file_of_the_second_format_opens_with_all_it_holds(tmp_path):
    folder = tmp_path / "second"
    shutil.copytree(SECOND, folder)
    with open_workspace(folder, at_risk=True) as workspace:
        assert [row.reference for row in board_of(workspace).items] == ["A01", "A02", "A03", "B01"]
        assert workspace.read(find_faults) == []
        assert workspace.run(undo).label == "Undo: Add action"
    assert rows(folder / "workspace.db", "SELECT title FROM evidence") == [("Audit",)]


def test_that_a_file_of_the_third_format_keeps_its_team_and_what_is_in_conflict(tmp_path):
    folder = tmp_path / "third"
    shutil.copytree(THIRD, folder)
    with open_workspace(folder, at_risk=True) as workspace:
        board = workspace.read(read_sharing, workspace.now())
        assert (board.data_code, board.conflicts, board.has_passphrase) == ("7981-27CC", 1, True)
        (conflict,) = workspace.read(read_conflicts)
        assert {each.value for each in conflict.versions} == {"Head of SEND", "Head of Early Help"}
        assert workspace.read(find_faults) == []


@pytest.mark.parametrize("old", [FIRST, SECOND, THIRD])
def test_that_a_file_that_was_brought_up_has_the_columns_and_indexes_of_a_new_one(old, tmp_path):
    folder = tmp_path / "old"
    shutil.copytree(old, folder)
    open_workspace(folder, at_risk=True).close()
    found_council(tmp_path / "fresh").close()
    shapes = []
    for database in (folder / "workspace.db", tmp_path / "fresh" / "workspace.db"):
        names = [name for (name,) in rows(database, "SELECT name FROM sqlite_master ORDER BY name")]
        shapes.append({name: {row[1] for row in rows(database, f"PRAGMA table_info({name})")} for name in names})
    assert shapes[0] == shapes[1]


def test_that_an_older_file_is_kept_and_then_brought_up(old, tmp_path):
    database = old / "workspace.db"
    before = content(database)
    kept = upgrade(old, FORMAT, NOW, scripts=scripts(tmp_path / "scripts", WORKS), target=TARGET)
    assert kept.parent == old / "backups"
    assert kept.name == f"20210301-093000-before-format-{TARGET}.db"
    assert content(kept) == before
    assert rows(kept, "PRAGMA user_version") == [(FORMAT,)]
    assert rows(database, "PRAGMA user_version") == [(TARGET,)]
    assert rows(database, "PRAGMA journal_mode") == [("wal",)]
    assert set(rows(database, "SELECT extent FROM item")) == {("all",)}
    assert rows(database, "SELECT * FROM visit") == []


@pytest.mark.parametrize("text", [FAILS, STOPS])
def test_that_a_migration_that_fails_leaves_the_file_as_it_was(old, tmp_path, text):
    database = old / "workspace.db"
    before = content(database)
    with pytest.raises(Exception, match=r"nowhere|power"):
        upgrade(old, FORMAT, NOW, scripts=scripts(tmp_path / "scripts", text), target=TARGET)
    assert content(database) == before
    assert rows(database, "PRAGMA user_version") == [(FORMAT,)]
    with open_workspace(old, at_risk=True) as workspace:
        assert len(board_of(workspace).items) == 4
        assert everything(workspace)


def test_that_opening_brings_an_older_file_up_and_gives_the_lock_back_when_it_fails(old, tmp_path, monkeypatch):
    works, fails = scripts(tmp_path / "works", WORKS), scripts(tmp_path / "fails", FAILS)
    monkeypatch.setattr(opening, "FORMAT", TARGET)

    def up_with(folder):
        return lambda *given: upgrade(*given, scripts=folder, target=TARGET)

    with monkeypatch.context() as patch:
        patch.setattr(opening, "upgrade", up_with(fails))
        with pytest.raises(Exception, match="nowhere"):
            open_workspace(old, at_risk=True)
    monkeypatch.setattr(opening, "upgrade", up_with(works))
    with open_workspace(old, at_risk=True) as workspace:
        assert len(board_of(workspace).items) == 4
    assert rows(old / "workspace.db", "PRAGMA user_version") == [(TARGET,)]
    assert len(list((old / "backups").iterdir())) == 2
    with open_workspace(old, at_risk=True):
        assert len(list((old / "backups").iterdir())) == 2
