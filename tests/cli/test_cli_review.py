"""Review on the command line: the queue, a claim, and the verbs by whoever the workspace knows."""

import json

import pytest
from council import FRAMEWORK, OTHER, board_of, found_council
from review_council import DIRECTOR, act, signed_off

from readiness.cli import run
from readiness.domain.review import ReviewVerb
from readiness.domain.views import ItemEdit
from readiness.domain.vocabulary import ItemField, ItemStatus
from readiness.services.items import edit_items
from readiness.storage.opening import open_workspace


@pytest.fixture
def council(tmp_path):
    """A01 is submitted, A02 checked by a director, A03 signed off and changed since; B01 stands in both checklists."""
    with found_council(tmp_path / "council", frameworks=(FRAMEWORK, OTHER)) as workspace:
        act(workspace, ReviewVerb.SUBMIT, "A01", note="Ready")
        act(workspace, ReviewVerb.CHECK, "A02", DIRECTOR)
        signed_off(workspace, "A03")
        third = next(row.id for row in board_of(workspace).items if row.reference == "A03")
        workspace.run(edit_items, [third], [ItemEdit(ItemField.POSITION, "Known to every school")])
    return tmp_path / "council"


def said(capsys, *arguments, status=0):
    assert run([str(each) for each in arguments]) == status
    captured = capsys.readouterr()
    return captured.out if status == 0 else captured.err


def status_of(council, reference):
    with open_workspace(council, write=False) as workspace:
        return next(row.status for row in board_of(workspace).items if row.reference == reference)


def test_that_the_queue_lists_what_waits_by_what_is_to_be_done(capsys, council):
    lines = said(capsys, "review", council).splitlines()
    assert [line for line in lines if not line.startswith(" ")] == [
        "Waiting to be checked: 1", "Waiting for sign-off: 1", "Sign-off lapsed: 1",
    ]  # fmt: skip
    assert "  A01       Quality of plans (Head of SEND, " in lines[1]
    assert lines[2].strip() == "Ready"
    assert "lapsed: position changed on 1 Mar 2021" in lines[-1]
    assert said(capsys, "review", council, "--queue").splitlines() == lines
    assert said(capsys, "review", council, "--inspection", "Social care") == "Nothing waits to be reviewed.\n"


def test_that_the_queue_is_told_as_json(capsys, council):
    rows = json.loads(said(capsys, "review", council, "--queue", "--json"))
    assert [(row["kind"], row["reference"]) for row in rows] == [
        ("check", "A01"),
        ("sign_off", "A02"),
        ("lapsed", "A03"),
    ]
    assert rows[1]["allowed"] == ["signoff", "return"]
    assert rows[2]["position"] == "Known to every school"


def test_that_a_claim_goes_through_every_verb(capsys, council):
    assert said(capsys, "review", council, "A01", "check", "--note", "Sound") == "Check A01\n"
    err = said(capsys, "signoff", council, "A01", status=2)
    assert err == "A01 was checked by you: somebody else has to sign it off.\n"
    err = said(capsys, "review", council, "A01", "return", status=2)
    assert "write a reason" in err
    assert said(capsys, "review", council, "A01", "return", "--note", "Not yet") == "Return A01\n"
    assert said(capsys, "review", council, "A01", "submit") == "Submit A01\n"
    assert status_of(council, "A01") is ItemStatus.DRAFTED
    assert json.loads(said(capsys, "signoff", council, "A02", "--json"))["label"] == "Sign off A02"
    assert said(capsys, "review", council, "A02", "withdraw", "--note", "Too early") == "Withdraw the sign-off of A02\n"
    assert status_of(council, "A02") is ItemStatus.CHECKED


def test_that_a_status_that_is_edited_goes_by_the_same_rule(capsys, council):
    err = said(capsys, "edit", council, "A01", "status=signed_off", status=2)
    assert err == "A01 is not checked yet: somebody else has to check it before you sign.\n"
    said(capsys, "edit", council, "A02", "status=signed_off")
    assert json.loads(said(capsys, "review", council, "A02", "--json"))["reviews"][0]["kind"] == "signed_off"


def test_that_a_claim_tells_what_changed_and_what_was_done(capsys, council):
    lines = said(capsys, "review", council, "A03").splitlines()
    assert lines[0] == "A03: Signed off by Quality Assurance Lead on 1 Mar 2021."
    assert lines[1:3] == [
        "  lapsed: position changed on 1 Mar 2021",
        "  Position changed by Head of SEND: “” -> “Known to every school”",
    ]
    assert lines[-1].endswith("Director of Education: Checked")
    data = json.loads(said(capsys, "review", council, "A03", "--json"))
    assert data["changes"][0] | {"at": ""} == {
        "field": "Position", "title": "", "became": "changed", "signed": "", "now": "Known to every school",
        "at": "", "by": "Head of SEND",
    }  # fmt: skip
    assert data["allowed"] == ["signoff", "return", "withdraw"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("X99", "check"), "There is no item X99"),
        (("B01", "check"), "2 items have the reference B01"),
        (("A01", "--queue"), "Leave out either --queue or the item"),
    ],
)
def test_that_bad_input_is_one_sentence(capsys, council, arguments, told):
    assert told in said(capsys, "review", council, *arguments, status=2)


def test_that_an_unknown_verb_names_those_there_are(capsys, council):
    with pytest.raises(SystemExit) as ended:
        run(["review", str(council), "A01", "approve"])
    assert ended.value.code == 2
    assert "submit" in capsys.readouterr().err
