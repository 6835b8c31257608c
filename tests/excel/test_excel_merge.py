"""A workbook says how far its data is merged, and shades what is in conflict with every value in a note."""

import random
from datetime import timedelta

import pytest
from council import DAY, NOW
from openpyxl import load_workbook
from planted import some_nhs_number
from team_of_laptops import Team

from readiness.domain.filters import ItemFilter
from readiness.domain.vocabulary import ItemField, ItemStatus
from readiness.services.export import read_for_export, scan_export, write_export
from readiness.services.items import remove_items


@pytest.fixture
def team(tmp_path):
    made = Team(tmp_path)
    yield made
    made.close()


def exported(team: Team, path):
    write_export(team.laptops[0].read(read_for_export, DAY, ItemFilter()), path, NOW)
    return load_workbook(path)


def test_that_cells_in_conflict_are_shaded_with_every_value_in_a_note(team, tmp_path):
    team.edit(0, "A01", ItemField.OWNER, "Head of SEND")
    team.edit(0, "A02", ItemField.STATUS, ItemStatus.GATHERING)
    team.edit(1, "A01", ItemField.OWNER, "=HYPERLINK(1)")
    team.edit(1, "A02", ItemField.STATUS, ItemStatus.DRAFTED)
    team.everybody_syncs()
    book = exported(team, tmp_path / "s.xlsx")
    sheet = book["Re-visit"]
    noted = {cell.coordinate: cell for row in sheet.iter_rows() for cell in row if cell.comment is not None}
    assert [cell.value for cell in noted.values()] == ["=HYPERLINK(1)", "Drafted"]
    assert {cell.data_type for cell in noted.values()} == {"s"}
    assert {cell.fill.fgColor.rgb for cell in noted.values()} == {"FFFBE3B4"}
    note = next(iter(noted.values())).comment.text
    assert "This laptop, Head of SEND, 1 Mar 2021" in note
    assert "Director 1’s laptop, Director 1" in note
    assert "=HYPERLINK(1)" in note
    said = book["Summary"]["A4"].value
    assert said.startswith("Merged data: 2 open conflicts (2 shaded, with every value in a note); no changes missing.")
    assert team.board(0).data_code in said


def test_that_only_what_is_shaded_is_said_to_be_and_a_silent_laptop_is_named(team, tmp_path):
    team.laptops[0].run(remove_items, [team.shown(0, "A01").id])
    team.edit(1, "A01", ItemField.OWNER, "Head of SEND")
    team.everybody_syncs()
    read = team.laptops[0].read(read_for_export, DAY + timedelta(days=30), ItemFilter())
    assert read.merge.said.startswith("Merged data: 1 open conflict; no changes missing; not heard from for 7 days")
    assert "Director 1’s laptop" in read.merge.said


def test_that_an_identifier_in_a_note_is_recorded_for_its_item(team):
    team.edit(0, "A01", ItemField.POSITION, f"As for {some_nhs_number(random.Random(1))}.")
    team.edit(1, "A01", ItemField.POSITION, "As for nobody.")
    team.everybody_syncs()
    result = scan_export(team.laptops[0].read(read_for_export, DAY, ItemFilter()), DAY)
    assert {each.about for each in result.sightings} == {team.shown(0, "A01").id}


def test_that_a_workspace_which_is_not_shared_says_nothing_of_it(workspace, tmp_path):
    write_export(workspace.read(read_for_export, DAY, ItemFilter()), tmp_path / "s.xlsx", NOW)
    assert load_workbook(tmp_path / "s.xlsx")["Summary"]["A4"].value is None


def test_that_what_is_missing_is_said_and_nothing_is_shaded_for_it(team, tmp_path):
    team.everybody_syncs()
    for owner in ("Head of SEND", "Head of Early Help"):
        team.edit(1, "A01", ItemField.OWNER, owner)
        team.sync(1)
    min((team.place / "IRT-abababab" / "devices" / team.device(1)).glob("00000002-*.irtseg")).unlink()
    team.sync(0)
    said = exported(team, tmp_path / "s.xlsx")["Summary"]["A4"].value
    assert "no conflicts; Director 1’s laptop: changes 2 not received" in said
