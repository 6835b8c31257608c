"""Kept back: what does not count yet is counted and said; what waited a day is let in as a conflict, by a lead."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from team_of_laptops import Team

from readiness.cli import run
from readiness.domain.changes import change_id
from readiness.domain.errors import BadValue
from readiness.domain.sharing import KeptBack
from readiness.domain.vocabulary import ItemField
from readiness.services.conflicts import keep, read_conflicts
from readiness.services.kept_back import treat_as_conflicts
from readiness.services.sharing import laptop_rows
from readiness.services.upkeep import repair
from readiness.storage.arrivals import apply_changes
from readiness.storage.exchange import changes_between, put_device
from readiness.storage.workspace import driver_cursor

OWNERS = ("Head of SEND", "Head of Early Help", "Director of Education")


@pytest.fixture
def late(tmp_path):
    """Laptop 1 changed an owner three times; the second has not arrived at laptop 0, a lead's."""
    team = Team(tmp_path, others=1)
    team.everybody_syncs()
    for owner in OWNERS:
        team.edit(1, "A01", ItemField.OWNER, owner)
        team.sync(1)
    (team.middle,) = (team.place / "IRT-abababab" / "devices" / team.device(1)).glob("00000003-00000003-*.irtseg")
    team.kept = team.middle.read_bytes()
    team.middle.unlink()
    team.sync(0)
    yield team
    team.close()


def arrive(team: Team) -> None:
    """Let the middle change arrive after all."""
    team.middle.write_bytes(team.kept)
    team.sync(0)


def conflicts_of(team: Team) -> list[list[str]]:
    return [[each.value for each in found.versions] for found in team.laptops[0].read(read_conflicts)]


def test_that_a_field_waits_a_day_and_is_then_in_conflict_until_the_earlier_change_arrives(late):
    assert late.board(0).kept == KeptBack(0, "", 0, 1, 0)
    assert late.board(0).kept.sentences == ("1 change waits for something earlier that has not arrived.",)
    assert treat_as_conflicts(late.laptops[0])[1] == 0  # too early
    assert conflicts_of(late) == []
    late.now += timedelta(hours=25)
    assert late.board(0).kept.overdue == 1
    changes, conflicts = treat_as_conflicts(late.laptops[0])
    assert (conflicts, changes.step_id) == (1, None)
    assert changes.of("item")
    assert conflicts_of(late) == [[OWNERS[0], OWNERS[2]]]
    assert late.shown(0, "A01").conflicts == 1
    assert late.board(0).kept == KeptBack(0, "", 0, 0, 0)
    assert repair(late.laptops[0]) == []
    assert conflicts_of(late) == [[OWNERS[0], OWNERS[2]]]
    arrive(late)  # after all: it is no conflict, and all agree
    assert conflicts_of(late) == []
    assert late.shown(0, "A01").owner == OWNERS[2]
    late.everybody_syncs()
    late.check()


def test_that_a_choice_made_meanwhile_stands_when_the_earlier_change_arrives(late):
    late.now += timedelta(hours=25)
    treat_as_conflicts(late.laptops[0])
    (found,) = late.laptops[0].read(read_conflicts)
    late.laptops[0].run(keep, found.id, found.field, found.versions[0].change_id, "")
    arrive(late)
    assert late.shown(0, "A01").owner == OWNERS[0]
    late.everybody_syncs()
    assert late.shown(1, "A01").owner == OWNERS[0]
    late.check()


def test_that_commands_count_and_let_in_what_waited_for_a_lead_alone(late, capsys):
    late.now += timedelta(hours=25)
    with pytest.raises(BadValue, match="Only the laptop that founded"):
        treat_as_conflicts(late.laptops[1])
    folder = str(late.laptops[0].folder)
    late.laptops[0].close()
    assert run(["sync", folder, str(late.place), "--at-risk", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["kept"]["early"] == 1
    assert run(["sync", folder, str(late.place), "--at-risk"]) == 0
    assert "1 change waits for something earlier" in capsys.readouterr().out
    assert run(["devices", folder, "--json"]) == 0
    assert [row["early"] for row in json.loads(capsys.readouterr().out)] == [0, 1]
    assert run(["devices", folder]) == 0
    assert "1 of its changes came early" in capsys.readouterr().out
    assert run(["conflicts", folder]) == 0
    assert "No conflicts." in capsys.readouterr().out
    assert run(["conflicts", folder, "--treat-waiting", "--at-risk"]) == 0
    assert OWNERS[0] in capsys.readouterr().out


def test_that_fields_of_a_newer_version_are_counted_with_the_version_to_install(tmp_path):
    team = Team(tmp_path, others=0)
    workspace = team.laptops[0]

    def take(connection) -> None:
        """Take in changes of a field that only version 1.10.0, on another laptop, knows."""
        cursor = driver_cursor(connection)
        steps, changes = changes_between(cursor, team.device(0), 1, 2)
        step = replace(steps[0], id="f" * 12, device="e" * 16)
        others = [each._replace(device="e" * 16, step=step.id, field="mood", parents=()) for each in changes[:2]]
        apply_changes(cursor, [step], [each._replace(id=change_id(step, each)) for each in others])
        put_device(cursor, "e" * 16, app_version="1.10.0")

    workspace.maintain(take)
    kept = team.board(0).kept
    assert (kept.unknown, kept.version) == (2, "1.10.0")
    assert kept.sentences == ("2 changes need version 1.10.0, kept until it is installed.",)
    assert [row.unknown for row in workspace.glance(laptop_rows)] == [0, 2]
    team.close()


def test_that_each_reason_is_a_sentence_of_its_own():
    assert KeptBack(0, "", 0, 0, 0).sentences == ()
    assert KeptBack(1, "", 1, 2, 0).sentences == (
        "1 change needs a newer version, kept until it is installed.",
        "2 changes wait for something earlier that has not arrived.",
        "1 change is held: from a laptop that was shut out.",
    )
