"""An older version keeps and hands on what it does not know; after the upgrade it stands where it belongs."""

import pytest
from council import NOW, found_council
from devices import Device

from readiness.domain.steps import SetField
from readiness.storage import registers
from readiness.storage.catching_up import replay_unknown
from readiness.storage.exchange import set_note
from readiness.storage.opening import open_workspace
from readiness.storage.upkeep import check
from readiness.storage.workspace import driver_cursor


@pytest.fixture
def newer():
    made = Device("n", NOW)
    made.write(SetField("item", "r1", "title", "Audit"), SetField("item", "r1", "gap", "None yet"))
    made.write(SetField("item", "r1", "gap", "Nursing"), SetField("action", "a1", "title", "Ask"))
    yield made
    made.close()


def test_that_fields_and_kinds_that_were_not_known_take_their_place(newer, monkeypatch):
    with monkeypatch.context() as old:
        fields = {kind: known - {"gap"} for kind, known in registers.FIELDS.items() if kind != "action"}
        old.setattr(registers, "FIELDS", fields)
        old.setattr(registers, "RECORDS", {kind: row for kind, row in registers.RECORDS.items() if kind != "action"})
        here = Device("o", NOW)
        here.take(newer.log())
        assert here.item("r1")["gap"] == ""
        assert here.rows("SELECT * FROM action") == []
        assert {c.id: (s, c) for s, c in here.log()} == {c.id: (s, c) for s, c in newer.log()}  # and hands all of it on
    with here.engine.begin() as connection:
        assert replay_unknown(connection) == 2
        assert [each.kind for each in check(connection)] == ["reference"]  # the item stands nowhere
    fresh = Device("f", NOW)
    fresh.take(newer.log())
    assert here.state() == fresh.state()
    assert here.item("r1")["gap"] == "Nursing"
    for each in (here, fresh):
        each.close()


def test_that_opening_catches_up_once_after_an_upgrade(tmp_path):
    with found_council(tmp_path / "w") as workspace:
        workspace.maintain(
            lambda connection: driver_cursor(connection).execute(
                "UPDATE change SET status = 'unknown' WHERE field = 'due_rule'"
            )
        )
        workspace.maintain(lambda connection: set_note(driver_cursor(connection), "caught_up", "0.0.1/1"))
    with open_workspace(tmp_path / "w", at_risk=True) as workspace:
        asked = "SELECT count(*) FROM change WHERE status = 'unknown'"
        assert workspace.glance(lambda cursor: cursor.execute(asked).fetchone()) == (0,)
