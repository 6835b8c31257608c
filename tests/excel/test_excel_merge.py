"""A workbook says how far its data is merged, and shades what is in conflict with every value in a note."""

import random
from contextlib import closing
from copy import copy
from datetime import timedelta

import pytest
from council import DAY, NOW
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from planted import some_nhs_number
from team_of_laptops import Team

from readiness.domain.action_editing import ActionEdit, FindingEdit
from readiness.domain.evidence import ActionDraft, EvidenceDraft, EvidenceEdit, FindingDraft
from readiness.domain.filters import ItemFilter
from readiness.domain.sharing import ToldValue
from readiness.domain.vocabulary import (
    ActionField,
    ActionSource,
    EvidenceField,
    FindingField,
    ItemField,
    ItemStatus,
    Trust,
)
from readiness.excel.contents import ExportRequest, lay_out
from readiness.excel.contested_cells import NOTE_LIMIT, note_of
from readiness.excel.text import units
from readiness.excel.verify_conflicts import check_conflicts
from readiness.services import merge_state
from readiness.services.actions import add_action, edit_actions
from readiness.services.dossiers import read_actions, read_evidence, read_findings
from readiness.services.evidence import attach_evidence, edit_evidence
from readiness.services.export import leave_out, read_for_export, scan_export, write_export
from readiness.services.findings import add_finding, edit_findings
from readiness.services.items import remove_items
from readiness.services.outgoing import LEFT_OUT


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


LONG = "The panel met and agreed what was asked of it. " * 20


def notes_of(sheet) -> dict[str, str]:
    return {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}


def is_shaded(cell) -> bool:
    return cell.fill.fgColor.rgb == "FFFBE3B4"


def words_of(sheet) -> list[object]:
    return [row[0] for row in sheet.iter_rows(values_only=True)]


def disagree(team: Team) -> None:
    """Have two laptops give fields of evidence, an action, a commitment and a finding each their own value."""
    founder = team.laptops[0]
    founder.run(attach_evidence, [team.shown(0, "A01").id], EvidenceDraft("Audit"))
    for title, source in (("Train", ActionSource.AUDIT), ("Report back", ActionSource.SCRUTINY)):
        founder.run(add_action, ActionDraft(title, source=source))
    founder.run(add_finding, FindingDraft("Late"))
    team.everybody_syncs()
    for number, laptop in enumerate(team.laptops):
        said, day = f"Laptop {number}", DAY + timedelta(days=number)
        actions = {row.title: row.id for row in laptop.read(read_actions)}
        (piece,), (finding,) = laptop.read(read_evidence), laptop.read(read_findings)
        edits = [EvidenceEdit(EvidenceField.SHOWS, said), EvidenceEdit(EvidenceField.DATED, day)]
        laptop.run(edit_evidence, piece.id, edits)
        laptop.run(edit_actions, [actions["Train"]], [ActionEdit(ActionField.OWNER, said)])
        laptop.run(edit_actions, [actions["Report back"]], [ActionEdit(ActionField.IMPACT, said)])
        laptop.run(edit_findings, [finding.id], [FindingEdit(FindingField.PROOF, said)])
    team.everybody_syncs()


@pytest.fixture(scope="module")
def contested(tmp_path_factory):
    """What an export reads where evidence, actions and findings are in conflict, and its workbook."""
    team = Team(tmp_path_factory.mktemp("team"))
    disagree(team)
    read = team.laptops[0].read(read_for_export, DAY, ItemFilter())
    some = team.laptops[0].read(read_for_export, DAY, ItemFilter(text="Joint commissioning"))
    team.close()
    path = tmp_path_factory.mktemp("book") / "s.xlsx"
    write_export(read, path, NOW)
    return read, some, path


@pytest.mark.parametrize("place", [0, 1], ids=["not shown", "shown"])
def test_that_the_guard_sees_values_whole_though_a_note_has_their_beginning(team, tmp_path, place):
    texts = [LONG, LONG]
    texts[place] += f"As for {some_nhs_number(random.Random(1))}."
    for laptop, text in enumerate(texts):
        team.edit(laptop, "A01", ItemField.POSITION, f"{laptop} {text}")
    team.everybody_syncs()
    read = team.laptops[0].read(read_for_export, DAY, ItemFilter())
    assert {each.about for each in scan_export(read, DAY).sightings} == {team.shown(0, "A01").id}
    cleaned, _ = leave_out(read, DAY)
    assert scan_export(cleaned, DAY).sightings == ()
    write_export(cleaned, tmp_path / "s.xlsx", NOW)
    (note,) = notes_of(load_workbook(tmp_path / "s.xlsx")["Re-visit"]).values()
    assert f": {LEFT_OUT}" in note
    assert f": {1 - place} {LONG[:490]}" in note
    assert note.count("…") == 1


def test_that_a_workspace_which_is_not_shared_says_nothing_of_it(workspace, tmp_path):
    write_export(workspace.read(read_for_export, DAY, ItemFilter()), tmp_path / "s.xlsx", NOW)
    book = load_workbook(tmp_path / "s.xlsx")
    assert book["Summary"]["A4"].value is None
    assert "Shaded cell" not in words_of(book["Key"])


def test_that_conflicts_are_told_where_no_other_laptop_is_known_any_more(team, monkeypatch):
    for laptop in (0, 1):
        team.edit(laptop, "A01", ItemField.OWNER, f"Director {laptop}")
    team.everybody_syncs()
    own = tuple(row for row in team.board(0).laptops if row.trust is Trust.SELF)
    monkeypatch.setattr(merge_state, "laptop_rows", lambda _cursor: own)
    read = team.laptops[0].read(read_for_export, DAY, ItemFilter())
    assert read.merge.said.startswith("Merged data: 1 open conflict (1 shaded, with every value in a note)")


def test_that_evidence_actions_and_findings_are_shaded_like_items(contested):
    read, _, path = contested
    book = load_workbook(path)
    shaded = {
        sheet.title: {sheet.cell(4, cell.column).value for row in sheet.iter_rows() for cell in row if is_shaded(cell)}
        for sheet in book
    }
    assert {name: headings for name, headings in shaded.items() if headings} == {
        "Evidence": {"What it shows", "Dated"},
        "Actions": {"Owner", "Difference for children"},
        "Scrutiny": {"What came of it"},
        "Findings": {"Proof"},
    }
    assert read.merge.said.startswith("Merged data: 5 open conflicts (5 shaded")
    assert "Shaded cell" in words_of(book["Key"])
    noted = [note for sheet in book for note in notes_of(sheet).values()]
    assert len(noted) == 6  # a commitment stands on two sheets
    assert all("This laptop, Head of SEND" in note and "Director 1’s laptop" in note for note in noted)
    assert sum("Laptop 0" in note and "Laptop 1" in note for note in noted) == 5  # and two days


def test_that_what_a_filter_holds_back_is_not_told(contested):
    read, some, _ = contested
    assert [row.reference for row in some.board.items] == ["B01"]
    held_back = {row.id for row in read.proving.evidence} - {row.id for row in some.proving.evidence}
    assert held_back
    assert held_back & read.merge.contested.keys()
    assert not held_back & some.merge.contested.keys()


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (lambda sheet: setattr(sheet["C5"], "comment", None), "C5 (note)"),
        (lambda sheet: setattr(sheet["C5"], "comment", Comment("In conflict", "")), "C5 (note)"),
        (lambda sheet: setattr(sheet["B5"], "comment", Comment("In conflict", "")), "B5 (note)"),
        (lambda sheet: setattr(sheet["C5"], "fill", PatternFill()), "C5 (shade)"),
        (lambda sheet: setattr(sheet["B5"], "fill", copy(sheet["C5"].fill)), "B5 (shade)"),
    ],
    ids=["no note", "another note", "a note too many", "no shade", "a shade too many"],
)
def test_that_a_shade_or_note_that_is_not_right_is_found(contested, tmp_path, spoil, what):
    read, _, path = contested
    request = ExportRequest(read.who, NOW, "1")
    contents = lay_out(read.board, read.narratives, request, read.registers, read.proving, read.merge)
    book = load_workbook(path)
    spoil(book["Evidence"])
    book.save(tmp_path / "spoilt.xlsx")
    found: list[tuple[str, str]] = []
    with closing(load_workbook(tmp_path / "spoilt.xlsx", read_only=True)) as spoilt:
        check_conflicts(tmp_path / "spoilt.xlsx", spoilt, contents, lambda sheet, cell, *_: found.append((sheet, cell)))
    assert set(found) == {("Evidence", what)}


def test_that_notes_of_many_laptops_have_room_for_every_value():
    told = [ToldValue(f"Laptop {number}, Head of SEND, 1 Mar 2021, 09:30", "𝄞 long " * 400) for number in range(100)]
    note = note_of(told)
    assert units(note) <= NOTE_LIMIT
    assert all(f"{each.who}: 𝄞 long" in note for each in told)


def test_that_what_is_missing_is_said_and_nothing_is_shaded_for_it(team, tmp_path):
    team.everybody_syncs()
    for owner in ("Head of SEND", "Head of Early Help"):
        team.edit(1, "A01", ItemField.OWNER, owner)
        team.sync(1)
    min((team.place / "IRT-abababab" / "devices" / team.device(1)).glob("00000002-*.irtseg")).unlink()
    team.sync(0)
    said = exported(team, tmp_path / "s.xlsx")["Summary"]["A4"].value
    assert "no conflicts; Director 1’s laptop: changes 2 not received" in said
