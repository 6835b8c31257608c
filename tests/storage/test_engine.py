"""How a file is named to SQLite, on every system."""

from pathlib import PurePosixPath, PureWindowsPath

import pytest
from sqlalchemy import bindparam, literal_column, select

from readiness.storage.dialect import OPTIONS
from readiness.storage.engine import connect, memory_engine, reader_engine, uri_of
from readiness.storage.opening import create_workspace


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PureWindowsPath(r"C:\Users\x\workspace.db"), "file:///C:/Users/x/workspace.db"),
        (PureWindowsPath(r"\\server\share\SEND team\workspace.db"), "file:////server/share/SEND%20team/workspace.db"),
        (PureWindowsPath(r"D:\100% #1\workspace.db"), "file:///D:/100%25%20%231/workspace.db"),
        (PurePosixPath("/home/x/what?/workspace.db"), "file:///home/x/what%3F/workspace.db"),
        (PurePosixPath("//server/share/ŷ/workspace.db"), "file:////server/share/%C5%B7/workspace.db"),
    ],
)
def test_that_a_path_becomes_an_address_with_no_server_in_it(path, uri):
    assert uri_of(path) == f"{uri}?mode=rw"


@pytest.mark.parametrize("name", ["100% #1", "what?mode=memory", "a b", "Addysg ŷ", "%41"])
def test_that_the_file_of_that_very_name_is_opened(tmp_path, name):
    create_workspace(tmp_path / name, at_risk=True).close()
    connection = connect(tmp_path / name / "workspace.db", read_only=True)
    ((_, _, opened),) = connection.execute("PRAGMA database_list").fetchall()
    connection.close()
    assert opened == str(tmp_path / name / "workspace.db")


def test_that_what_one_engine_asked_is_not_written_as_sql_again_for_another(tmp_path):
    memory = OPTIONS["compiled_cache"]
    create_workspace(tmp_path / "w", at_risk=True).close()
    for number, engine in enumerate((memory_engine(), memory_engine(), reader_engine(tmp_path / "w" / "workspace.db"))):
        before = {id(compiled) for _, compiled, _ in memory._data.values()}
        with engine.begin() as connection:
            query = select(literal_column("'asked of two'"), bindparam("given", number))
            assert connection.execute(query).all() == [("asked of two", number)]
        engine.dispose()
        made = [compiled for _, compiled, _ in memory._data.values() if id(compiled) not in before]
        assert len([each for each in made if "asked of two" in str(each)]) == (number == 0)
