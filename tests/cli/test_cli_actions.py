"""Actions and findings on the command line."""

import json

import pytest
from council import FRAMEWORK, OTHER, found_council

from readiness.cli import run


@pytest.fixture
def council(tmp_path):
    found_council(tmp_path / "council", frameworks=(FRAMEWORK, OTHER)).close()
    return tmp_path / "council"


def said(capsys, *arguments, status=0):
    assert run([str(each) for each in arguments]) == status
    captured = capsys.readouterr()
    return captured.out if status == 0 else captured.err


def data(capsys, *arguments):
    return json.loads(said(capsys, *arguments, "--json"))


def test_that_an_action_is_added_listed_and_changed(capsys, council):
    out = said(
        capsys, "action", council, "add", "Circulate the slides", "--item", "A02", "--owner", "Head of SEND", "--due",
        "19 Mar 2021", "--source", "scrutiny", "--origin", "Scrutiny commission, 12 Mar 2021, minute 45",
        "--status", "in hand", "--at-risk",
    )  # fmt: skip
    assert out == "Add action “Circulate the slides”\n"
    (row,) = data(capsys, "actions", council, "--on", "2021-03-20")
    assert (row["item"], row["delivery"], row["source"], row["status"]) == ("A02", "overdue", "scrutiny", "in_hand")
    assert row["answers"]["done"] == "Not yet: in hand, overdue since 19 Mar 2021."
    changes = data(
        capsys, "action", council, "edit", row["id"][:6], "--status", "done", "--impact-level", "early", "--impact",
        "Members saw the figures.", "--area", "B", "--inspection", "re-visit", "--at-risk",
    )  # fmt: skip
    assert changes["changed"] == {"action": [row["id"]]}
    (row,) = data(capsys, "actions", council)
    assert (row["status"], row["impact_level"], row["area"], row["item"]) == ("done", "early", "B", None)
    assert row["answers"]["impact"] == "Early signs: Members saw the figures."
    said(capsys, "undo", council, "--at-risk")
    assert data(capsys, "actions", council)[0]["item"] == "A02"


def test_that_actions_are_narrowed(capsys, council):
    said(capsys, "action", council, "add", "Late", "--due", "1 Feb 2021", "--at-risk")
    said(capsys, "action", council, "add", "Promised", "--source", "scrutiny", "--inspection", "re-visit", "--at-risk")
    assert [row["title"] for row in data(capsys, "actions", council, "--overdue")] == ["Late"]
    assert [row["title"] for row in data(capsys, "actions", council, "--source", "scrutiny commission")] == ["Promised"]
    assert [row["title"] for row in data(capsys, "actions", council, "--inspection", "other-2021")] == ["Late"]
    listed = said(capsys, "actions", council, "--on", "2021-03-01").splitlines()
    assert listed[0].split(maxsplit=1)[1] == "Overdue   None yet  2021-02-01 all       nobody: Late"


def test_that_a_finding_is_added_answered_and_closed(capsys, council):
    said(
        capsys, "finding", council, "add", "Plans are weak", "--origin", "Local area inspection 2018", "--area", "A",
        "--inspection", "re-visit", "--dated", "25 Jun 2018", "--at-risk",
    )  # fmt: skip
    (row,) = data(capsys, "findings", council)
    assert (row["status"], row["rating"], row["area"], row["actions"]) == ("open", "off_track", "A", [])
    said(capsys, "action", council, "add", "Train the writers", "--finding", row["id"], "--at-risk")
    (answer,) = data(capsys, "actions", council)
    assert (answer["source"], answer["finding"], answer["area"]) == ("earlier_finding", row["id"], "A")
    said(capsys, "finding", council, "edit", row["id"], "--status", "impact proven", "--proof", "Audits", "--at-risk")
    (row,) = data(capsys, "findings", council)
    assert (row["status"], row["rating"], row["actions"]) == ("proven", "complete", [answer["id"]])
    lines = said(capsys, "findings", council).splitlines()
    assert lines[1] == "  Local area inspection 2018; what was done has shown its effect"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("action", "add", " "), "An action needs words that say what is to be done. Write a few."),
        (("action", "add", "x", "--status", "soon"), "“soon” is no status. Choose one of: Planned, In hand, Done"),
        (("action", "add", "x", "--due", "31 Apr 2021"), "Apr 2021 has no day 31"),
        (("action", "add", "x", "--item", "Z99"), "There is no item Z99"),
        (("action", "add", "x", "--area", "Z"), "There is no area Z. Choose one of: A, B."),
        (("action", "add", "x", "--area", "A"), "2 areas have the letter A. Say which inspection is meant"),
        (
            ("action", "edit", "ffff", "--status", "done"),
            "There is no action “ffff”. List them with the command actions",
        ),
        (("finding", "edit", "", "--status", "closed"), "There is no finding “”"),
        (("actions", "--source", "rumour"), "“rumour” is no source. Choose one of: Self-assessment, Audit"),
    ],
)
def test_that_bad_input_gets_one_sentence(capsys, council, arguments, sentence):
    name, *rest = arguments
    risk = () if name == "actions" else ("--at-risk",)
    out = said(capsys, name, council, *rest, *risk, status=2)
    assert out.startswith(sentence)
    assert out.count("\n") == 1


def test_that_an_edit_of_nothing_says_what_to_do(capsys, council):
    said(capsys, "action", council, "add", "x", "--at-risk")
    said(capsys, "action", council, "add", "y", "--at-risk")
    first, second = data(capsys, "actions", council)
    assert "Nothing is to change" in said(capsys, "action", council, "edit", first["id"], "--at-risk", status=2)
    assert first["id"] != second["id"]
