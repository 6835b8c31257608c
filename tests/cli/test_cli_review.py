"""Review on the command line: verbs, where a claim stands, and the queue."""

import json

import pytest
from council import found_council, id_of, prove

from readiness.cli import run
from readiness.domain.vocabulary import ItemStatus
from readiness.services.boards import read_board
from readiness.storage.opening import open_workspace


@pytest.fixture
def w(tmp_path):
    with found_council(tmp_path / "w") as workspace:
        prove(workspace, id_of(workspace, "A01"))
    return tmp_path / "w"


@pytest.fixture
def say(capsys):
    def said(*arguments):
        try:
            status = run([str(each) for each in arguments])
        except SystemExit as error:
            status = int(error.code or 0)
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return said


def status_of(folder, reference="A01"):
    from datetime import date

    with open_workspace(folder, write=False) as workspace:
        board = workspace.read(read_board, date(2021, 3, 1))
    return next(row.status for row in board.items if row.reference == reference)


def as_(folder, name):
    from readiness.domain.views import Identity
    from readiness.services.people import set_identity

    with open_workspace(folder, at_risk=True) as workspace:
        workspace.run(set_identity, Identity("", name, "SEND"))


def test_that_a_claim_goes_from_submitted_to_signed_off_by_two_people(say, w):
    assert say("review", w, "A01", "submit", "--note", "Ready to look at")[0] == 0
    assert status_of(w) is ItemStatus.DRAFTED
    assert json.loads(say("review", w, "--json")[1])[0]["why"] == "check"
    assert say("review", w, "A01", "check")[0] == 0
    assert status_of(w) is ItemStatus.CHECKED
    status, _, complaint = say("signoff", w, "A01")
    assert status == 2
    assert complaint == "A01 was checked by you: somebody else has to sign it off.\n"
    as_(w, "Quality Assurance Lead")
    assert say("signoff", w, "A01", "--note", "Seen the audits")[1] == "Sign off A01\n"
    assert status_of(w) is ItemStatus.SIGNED_OFF
    printed = say("review", w, "A01")[1]
    assert printed.startswith("Signed off by Quality Assurance Lead on ")
    assert "Seen the audits" in printed


def test_that_a_signed_item_that_changes_says_what_changed(say, w):
    say("review", w, "A01", "check")
    as_(w, "Quality Assurance Lead")
    say("signoff", w, "A01")
    say("edit", w, "A01", "position=Other words")
    found = json.loads(say("review", w, "A01", "--json")[1])
    assert found["lapsed"].startswith("lapsed: position")
    assert [row["why"] for row in json.loads(say("review", w, "--json")[1])] == ["lapsed"]


def test_that_a_return_and_a_withdrawal_say_why(say, w):
    say("review", w, "A01", "submit")
    status, _, complaint = say("review", w, "A01", "return")
    assert status == 2
    assert "write a reason" in complaint
    assert say("review", w, "A01", "return", "--note", "Name the sample")[0] == 0
    assert say("review", w)[1].startswith("A01       Returned to you")


def test_that_a_note_without_a_verb_is_refused(say, w):
    status, _, complaint = say("review", w, "A01", "--note", "x")
    assert status == 2
    assert "Name it" in complaint


def test_that_an_empty_queue_says_so(say, w):
    assert say("review", w)[1] == "Nothing waits for review.\n"
