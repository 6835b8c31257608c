"""Checks on the command line: what they say, one inspection alone, and mending."""

import json
from datetime import date

import pytest
from council import FRAMEWORK, OTHER, found_council, id_of
from proven_council import sign_unrecorded

from readiness.cli import run
from readiness.domain.views import ItemEdit
from readiness.domain.vocabulary import ItemField, ItemStatus
from readiness.services.boards import read_board
from readiness.services.items import edit_items
from readiness.storage.opening import open_workspace

ON = ("--on", "1 Mar 2021")


@pytest.fixture
def council(tmp_path):
    with found_council(tmp_path / "council", frameworks=(FRAMEWORK, OTHER)) as workspace:
        workspace.run(edit_items, [id_of(workspace, "A01")], [ItemEdit(ItemField.STATUS, ItemStatus.CHECKED)])
        workspace.run(sign_unrecorded, id_of(workspace, "A02"))
    return tmp_path / "council"


def said(capsys, *arguments, status=0):
    assert run([str(each) for each in arguments]) == status
    captured = capsys.readouterr()
    return captured.out if status == 0 else captured.err


def test_that_the_gap_comes_first_and_then_each_check_with_its_places(capsys, council):
    lines = said(capsys, "checks", council, *ON).splitlines()
    assert lines[0] == "2 of 2 claims do not stand: 2 without current evidence."
    place = lines.index("Claimed without current evidence (must be mended, claim-unproven): 2")
    assert lines[place + 2] == "    A01 Quality of plans: Checked, but it has no evidence."
    assert "  --mend sign-off-unrecorded: Sets the status back to Checked until somebody signs it off." in lines
    assert lines[-1].endswith(" checks.")


def test_that_json_holds_every_place_and_one_inspection_can_be_asked_for(capsys, council):
    data = json.loads(said(capsys, "checks", council, *ON, "--json"))
    assert data["on"] == "2021-03-01"
    assert data["assertion_gap"]["by_doubt"]["no_evidence"] == 2
    other = json.loads(said(capsys, "checks", council, *ON, "--inspection", "Social care", "--json"))
    assert other["assertion_gap"]["claimed"] == 0
    assert 0 < len(other["results"]) < len(data["results"])


def test_that_a_check_is_mended_and_the_mending_undone(capsys, council):
    assert said(capsys, "checks", council, *ON, "--mend", "Sign-off-unrecorded", "--at-risk") == (
        "Mend “Signed off without a record” at A02\n"
    )
    with open_workspace(council, write=False) as workspace:
        assert workspace.read(read_board, date(2021, 3, 1)).items[1].status is ItemStatus.CHECKED
    again = said(capsys, "checks", council, *ON, "--mend", "sign-off-unrecorded", "--at-risk")
    assert again == "Mend sign-off-unrecorded: that was so already, nothing changed.\n"
    said(capsys, "undo", council, "--at-risk")
    assert "sign-off-unrecorded" in said(capsys, "checks", council, *ON)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("nonsense", "There is no check “nonsense”. These can be mended: sign-off-unrecorded,"),
        ("claim-unproven", "has to be decided by people"),
        ("service-missing", "Open the place and decide"),
    ],
)
def test_that_what_cannot_be_mended_is_one_sentence_and_changes_nothing(capsys, council, code, why):
    before = said(capsys, "log", council, "--json")
    err = said(capsys, "checks", council, *ON, "--mend", code, "--at-risk", status=2)
    assert why in err
    assert len(err.splitlines()) == 1
    assert said(capsys, "log", council, "--json") == before


def test_that_a_workspace_without_findings_says_so(capsys, tmp_path):
    with found_council(tmp_path / "empty", frameworks=()):
        pass
    assert said(capsys, "checks", tmp_path / "empty", *ON).splitlines() == [
        "Nothing is claimed yet: no item is Checked or Signed off.", "", "The checks find nothing.",
    ]  # fmt: skip
