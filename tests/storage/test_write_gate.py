"""The write gate: nothing but a returned step changes anything. Property 12 of merge.md, section 10.1."""

import pytest
from council import board_of, everything, id_of
from sqlalchemy import delete, insert, text, update
from sqlalchemy.orm import Session

from readiness.domain.errors import BadValue, ReadinessError, WorkspaceError
from readiness.domain.steps import SetField, Step
from readiness.storage import registers
from readiness.storage.opening import open_workspace
from readiness.storage.tables import Area, Item, change, head, meta


def by_text(session: Session) -> None:
    session.execute(text("UPDATE item SET status = 'signed_off'"))


def by_core(session: Session) -> None:
    session.execute(update(Item).values(status="signed_off"))


def by_flush(session: Session) -> None:
    session.add(Item(id="x", reference="X01"))
    session.flush()


def by_attribute(session: Session) -> None:
    session.query(Item).first().status = "signed_off"
    session.flush()


def by_commit(session: Session) -> None:
    session.add(Area(id="x"))
    session.commit()


def by_bulk_insert(session: Session) -> None:
    session.execute(insert(Item), [{"id": "x"}, {"id": "y"}])


def by_bulk_save(session: Session) -> None:
    session.bulk_save_objects([Item(id="x")])


def by_delete(session: Session) -> None:
    session.execute(delete(head))


def by_raw_connection(session: Session) -> None:
    session.connection().connection.cursor().execute("DELETE FROM item")


def by_driver(session: Session) -> None:
    session.connection().connection.driver_connection.execute("DELETE FROM step")


def by_many(session: Session) -> None:
    session.connection().connection.cursor().executemany("INSERT INTO meta VALUES (?, '')", [("a",), ("b",)])


def by_log(session: Session) -> None:
    session.execute(delete(change))


def by_note(session: Session) -> None:
    session.execute(update(meta).values(v="x"))


def by_schema(session: Session) -> None:
    session.execute(text("DROP TABLE item"))


def by_header(session: Session) -> None:
    session.execute(text("PRAGMA user_version = 99"))


ROUTES = (
    by_text, by_core, by_flush, by_attribute, by_commit, by_bulk_insert, by_bulk_save, by_delete, by_raw_connection,
    by_driver, by_many, by_log, by_note, by_schema, by_header,
)  # fmt: skip


@pytest.mark.parametrize("route", ROUTES)
def test_that_a_use_case_cannot_write(workspace, route):
    before = everything(workspace)

    def use_case(session: Session) -> Step:
        route(session)
        return Step("Should not be", [SetField("item", id_of(workspace, "A01"), "status", "drafted")])

    with pytest.raises(Exception, match="read"):
        workspace.run(use_case)
    assert everything(workspace) == before


@pytest.mark.parametrize("route", ROUTES)
def test_that_a_question_cannot_write(workspace, route):
    before = everything(workspace)
    with pytest.raises(Exception, match="read"):
        workspace.read(route)
    assert everything(workspace) == before


@pytest.mark.parametrize("route", ROUTES)
def test_that_a_workspace_opened_for_reading_cannot_be_written(workspace, route):
    before = everything(workspace)
    with open_workspace(workspace.folder, write=False) as reading, pytest.raises(Exception, match="read"):
        reading.read(route)
    assert everything(workspace) == before


def test_that_objects_changed_but_not_flushed_change_nothing(workspace):
    before = everything(workspace)

    def use_case(session: Session) -> Step:
        session.query(Item).first().status = "signed_off"
        session.add(Item(id="x"))
        return Step("Nothing", ())

    assert workspace.run(use_case).step_id is None
    assert everything(workspace) == before


@pytest.mark.parametrize("failure", [BadValue("No."), ZeroDivisionError("a bug"), KeyboardInterrupt()])
def test_that_a_use_case_that_fails_writes_nothing_and_the_next_one_works(workspace, failure):
    before = everything(workspace)

    def use_case(session: Session) -> Step:
        session.query(Item).all()
        raise failure

    with pytest.raises(type(failure)):
        workspace.run(use_case)
    assert everything(workspace) == before
    first = id_of(workspace, "A01")
    workspace.run(lambda session: Step("Set", [SetField("item", first, "gap", "x")]))
    assert everything(workspace) != before


def test_that_a_use_case_that_ends_the_transaction_writes_nothing(workspace):
    before, first = everything(workspace), id_of(workspace, "A01")

    def use_case(session: Session) -> Step:
        session.query(Item).all()
        session.rollback()
        return Step("Set", [SetField("item", first, "gap", "x")])

    with pytest.raises(RuntimeError, match="ended the transaction"):
        workspace.run(use_case)
    assert everything(workspace) == before
    workspace.run(lambda session: Step("Set", [SetField("item", first, "gap", "x")]))


def test_that_a_step_that_cannot_be_kept_writes_nothing(workspace):
    before, first = everything(workspace), id_of(workspace, "A01")
    bad = [SetField("item", first, "gap", "x"), SetField("item", first, "owner", 1.5)]
    with pytest.raises(TypeError, match="float"):
        workspace.run(lambda session: Step("Set", bad))
    assert everything(workspace) == before


def test_that_a_failure_halfway_through_writing_leaves_log_and_tables_agreeing(workspace, monkeypatch):
    before, first = everything(workspace), id_of(workspace, "A01")

    def fails(*_: object) -> tuple[object, ...]:
        raise RuntimeError("power")

    with monkeypatch.context() as patch:
        patch.setattr(registers.Registers, "record", fails)
        with pytest.raises(RuntimeError, match="power"):
            workspace.run(lambda session: Step("Set", [SetField("item", first, "gap", "x")]))
    assert everything(workspace) == before
    assert board_of(workspace)


def test_that_a_workspace_opened_for_reading_says_so(workspace):
    with open_workspace(workspace.folder, write=False) as reading:
        assert not reading.is_writable
        with pytest.raises(WorkspaceError, match="opened for reading"):
            reading.run(lambda session: Step("Set", ()))
    assert workspace.is_writable
    assert issubclass(WorkspaceError, ReadinessError)
