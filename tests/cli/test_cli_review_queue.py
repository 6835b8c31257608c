"""The reviewer's queue and a lapse on the command line, and a status that is edited: one rule for all of them."""

import json

import pytest
from council import FRAMEWORK, OTHER, board_of, found_council
from review_council import DIRECTOR, act, signed_off

from readiness.cli import run
from readiness.domain.review import ReviewVerb
from readiness.domain.views import ItemEdit
from readiness.domain.vocabulary import ItemField
from readiness.services.items import edit_items


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


def test_that_the_queue_lists_what_waits_with_who_and_on_what_proof(capsys, council):
    lines = said(capsys, "review", council, "--queue").splitlines()
    assert [line.split(" (")[0] for line in lines] == [
        "A01       Waiting to be checked", "A02       Waiting for sign-off", "A03       Sign-off lapsed",
    ]  # fmt: skip
    assert "(Head of SEND, " in lines[0]
    assert lines[0].endswith("Quality of plans (no evidence)")
    assert said(capsys, "review", council).splitlines() == lines
    assert said(capsys, "review", council, "--inspection", "Social care") == "Nothing waits for review.\n"


def test_that_the_queue_is_told_as_json(capsys, council):
    rows = json.loads(said(capsys, "review", council, "--queue", "--json"))
    assert [(row["why"], row["reference"]) for row in rows] == [
        ("check", "A01"), ("sign_off", "A02"), ("lapsed", "A03"),
    ]  # fmt: skip
    assert (rows[0]["note"], rows[0]["proof"]) == ("Ready", "no evidence")
    assert rows[1]["refusals"]["signoff"] is None
    assert rows[2]["position"] == "Known to every school"
    assert rows[2]["lapsed"] == "lapsed: position changed on 1 Mar 2021"


def test_that_a_lapse_tells_what_changed(capsys, council):
    lines = said(capsys, "review", council, "A03").splitlines()
    assert lines[0] == ("Signed off by Quality Assurance Lead on 1 Mar 2021. Lapsed: position changed on 1 Mar 2021.")
    assert lines[1] == "  Position changed by Head of SEND: “” -> “Known to every school”"
    (change,) = json.loads(said(capsys, "review", council, "A03", "--json"))["changes"]
    assert change | {"at": ""} == {
        "field": "Position", "title": "", "became": "changed", "signed": "", "now": "Known to every school",
        "at": "", "by": "Head of SEND",
    }  # fmt: skip


def test_that_a_status_that_is_edited_goes_by_the_same_rule(capsys, council):
    err = said(capsys, "edit", council, "A01", "status=signed_off", status=2)
    assert err == "A01 is not checked yet: somebody else has to check it before you sign.\n"
    said(capsys, "edit", council, "A02", "status=signed_off")
    assert json.loads(said(capsys, "review", council, "A02", "--json"))["reviews"][0]["kind"] == "signed_off"
    assert said(capsys, "review", council, "A02", "withdraw", "--note", "Too early") == "Withdraw the sign-off of A02\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("X99", "check"), "There is no item X99"),
        (("B01", "check"), "2 items have the reference B01"),
        (("A01", "--queue"), "Leave out either --queue or the item"),
        (("--inspection", "Adult care"), "There is no inspection “Adult care” here"),
    ],
)
def test_that_bad_input_is_one_sentence(capsys, council, arguments, told):
    assert told in said(capsys, "review", council, *arguments, status=2)


def test_that_an_unknown_verb_names_those_there_are(capsys, council):
    with pytest.raises(SystemExit) as ended:
        run(["review", str(council), "A01", "approve"])
    assert ended.value.code == 2
    assert "submit" in capsys.readouterr().err
