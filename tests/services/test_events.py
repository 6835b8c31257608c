"""Events: what went out, what came in and who belongs to the team is told in the record, and disturbs nothing."""

from pathlib import Path

import pytest
from council import board_of, found_council, id_of, refuses
from team_of_laptops import Team

from readiness.domain.errors import UndoBlocked
from readiness.domain.views import ItemEdit, StepRow
from readiness.domain.vocabulary import EventKind, ItemField
from readiness.services.bundles import make_bundle, take_bundle
from readiness.services.conflicts import count_conflicts
from readiness.services.events import tell, told
from readiness.services.items import edit_items
from readiness.services.merges import undo_merge
from readiness.services.queries import read_steps, step_changes
from readiness.services.team import name_lead, pin, reinstate, revoke
from readiness.services.undo import redo, undo, undo_state, undo_step
from readiness.storage.exchange import change_count, data_code
from readiness.storage.opening import open_workspace
from readiness.storage.workspace import Workspace


@pytest.fixture
def workspace(tmp_path):
    with found_council(tmp_path / "w") as made:
        yield made


def events_of(workspace: Workspace) -> list[StepRow]:
    """Return the events of the history, oldest first."""
    return [row for row in reversed(workspace.read(read_steps)) if row.is_event]


def labels(workspace: Workspace) -> list[str]:
    return [row.label for row in events_of(workspace)]


def test_that_an_export_is_one_calm_line_of_the_history_with_the_data_code(workspace):
    code = workspace.glance(data_code)
    changes = workspace.run(tell, EventKind.EXPORT, "Summary.xlsx")
    assert changes.is_event
    (row,) = events_of(workspace)
    assert (row.label, row.actor, row.changes) == ("Export “Summary.xlsx” to Excel", "Head of SEND", 1)
    (line,) = workspace.read(step_changes, row.id)
    assert (line.record, line.field, line.old, line.new) == ("Summary.xlsx", "Data code then", "", code)
    assert workspace.glance(data_code) == code  # it is no data


def test_that_an_event_is_no_step_to_be_undone_and_hides_none(workspace):
    id_ = id_of(workspace, "A01")
    workspace.run(edit_items, [id_], [ItemEdit(ItemField.OWNER, "Director")])
    told(workspace, EventKind.EXPORT, "Summary.xlsx")
    assert workspace.read(undo_state).undo == "Set owner of A01 to Director"
    workspace.run(undo)
    told(workspace, EventKind.EXPORT, "Again.xlsx")
    assert workspace.read(undo_state).redo == "Set owner of A01 to Director"
    workspace.run(redo)
    assert next(row for row in board_of(workspace).items if row.id == id_).owner == "Director"
    for row in events_of(workspace):
        refuses(workspace, UndoBlocked, "cannot be undone", undo_step, row.id)


def test_that_an_event_marks_nothing_as_changed(workspace):
    before = board_of(workspace)
    told(workspace, EventKind.EXPORT, "Summary.xlsx")
    assert board_of(workspace) == before


def test_that_a_workspace_open_for_reading_goes_without(workspace):
    count = workspace.glance(change_count)
    with open_workspace(workspace.folder, write=False) as read_only:
        told(read_only, EventKind.EXPORT, "Summary.xlsx")
    assert workspace.glance(change_count) == count


@pytest.fixture(scope="module")
def team(tmp_path_factory):
    made = Team(tmp_path_factory.mktemp("team"))
    yield made
    made.close()


def test_that_what_becomes_of_the_team_is_told_on_every_laptop(team):
    founder, second = team.laptops
    team.everybody_syncs()
    for deed in (pin, name_lead, revoke, reinstate):
        deed(founder, team.device(1))
    team.everybody_syncs()
    name = "“Director 1’s laptop”"
    told_there = ["Set a passphrase for joining", f"Confirm the laptop {name}", f"Let the laptop {name} lead"]
    told_there += [f"Shut the laptop {name} out", f"Let the laptop {name} in"]
    assert labels(founder) == told_there
    assert labels(second) == told_there
    assert founder.read(count_conflicts) == 0
    team.check()


def test_that_usual_rounds_tell_nothing_and_come_to_rest(team):
    team.everybody_syncs()
    before = [(laptop.glance(change_count), labels(laptop)) for laptop in team.laptops]
    reports = [each for _ in range(3) for each in team.sync(0, 1)]
    assert {(each.taken, each.sent) for each in reports} == {(0, 0)}
    assert [(laptop.glance(change_count), labels(laptop)) for laptop in team.laptops] == before


def test_that_a_bundle_is_told_of_where_it_goes_out_and_where_it_comes_in(team, tmp_path: Path):
    founder, second = team.laptops
    team.everybody_syncs()
    team.edit(0, "A01", ItemField.OWNER, "Head of SEND")
    bundle = tmp_path / "for the stick.irtbundle"
    make_bundle(founder, bundle)
    assert labels(founder)[-1] == "Hand out the bundle “for the stick.irtbundle”"
    report = take_bundle(second, bundle)
    assert labels(second)[-1] == "Take in the bundle “for the stick.irtbundle”"
    assert team.codes() == {founder.glance(data_code)}  # what each did with it is no data
    count = second.glance(change_count)
    take_bundle(second, bundle)
    assert second.glance(change_count) == count  # it brought nothing more
    assert [line.reference for line in report.lines] == ["A01"]


def test_that_undoing_a_merge_leaves_what_happened_elsewhere(team):
    founder, second = team.laptops
    team.everybody_syncs()
    team.edit(0, "A02", ItemField.OWNER, "Education")
    told(founder, EventKind.EXPORT, "Elsewhere.xlsx")
    team.sync(0)
    (report,) = team.sync(1)
    assert [line.reference for line in report.lines] == ["A02"]
    second.run(undo_merge, report.steps)
    assert team.shown(1, "A02").owner != "Education"
    assert "Export “Elsewhere.xlsx” to Excel" in labels(second)
