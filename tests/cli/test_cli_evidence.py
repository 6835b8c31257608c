"""Attach, evidence and sweep on the command line: real files, one line for what cannot be."""

import json
import os
from datetime import date, timedelta
from hashlib import sha256

import pytest
from council import FRAMEWORK, OTHER, everything, found_council

from readiness.cli import run
from readiness.services.dossiers import read_evidence
from readiness.services.guard import read_exemptions
from readiness.storage.files import FileStore
from readiness.storage.opening import open_workspace

CONTENT = b"Audit of plans\n"
HASH = sha256(CONTENT).hexdigest()


@pytest.fixture
def w(tmp_path):
    found_council(tmp_path / "w", frameworks=(FRAMEWORK, OTHER)).close()
    return tmp_path / "w"


@pytest.fixture
def paper(tmp_path):
    path = tmp_path / "Audit_of plans.txt"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def say(capsys):
    """Run a command; return its exit status and what it printed, on both streams."""

    def saying(*arguments):
        status = run([str(each) for each in arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return saying


def data(said):
    status, printed, complaint = said
    assert (status, complaint) == (0, "")
    return json.loads(printed)


def library(folder):
    with open_workspace(folder, write=False) as workspace:
        return workspace.read(read_evidence)


def test_that_a_file_is_copied_and_attached_with_what_is_said_of_it(say, w, paper):
    said = say(
        "attach", w, "a01", paper, "--source", "Audit", "--strength", "3", "--audience", "inspectors",
        "--dated", "26 Feb 2021", "--valid-until", "2021-08-31", "--shows", "71 % good",
    )  # fmt: skip
    assert said == (0, "Attach “Audit of plans” to A01\n", "")
    (row,) = library(w)
    assert (row.title, row.shows, row.source.value, row.strength.level, row.audience.value) == (
        "Audit of plans", "71 % good", "audit", 3, "inspectors",
    )  # fmt: skip
    assert (row.dated, row.valid_until) == (date(2021, 2, 26), date(2021, 8, 31))
    (file,) = row.latest.attachments
    assert (file.name, file.sha256, file.size) == ("Audit_of plans.txt", HASH, len(CONTENT))
    assert FileStore(w).verify(HASH)
    assert say("undo", w) == (0, "Undo: Attach “Audit of plans” to A01\n", "")
    assert library(w) == ()


def test_that_several_files_and_links_make_one_piece_of_evidence(say, w, paper):
    made = data(say("attach", w, "A01", paper, "https://www.gov.uk/send", "--title", " Audit ", "--json"))
    assert set(made) == {"step", "label", "changed", "left", "evidence", "notes"}
    assert (made["label"], made["notes"]) == ("Attach “Audit” to A01", [])
    (row,) = library(w)
    assert made["evidence"] == row.id
    assert [(each.name, each.url) for each in row.latest.attachments] == [
        ("Audit_of plans.txt", ""), ("send", "https://www.gov.uk/send"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "url", ["file:///S:/audit.xlsx", "javascript:alert(1)", "data:text/plain,x", "\\\\server\\share\\audit.xlsx"]
)
def test_that_a_link_to_elsewhere_is_kept_as_text_and_noted(say, w, url):
    status, printed, complaint = say("attach", w, "A01", url)
    assert (status, complaint) == (0, "")
    assert "kept as text and not opened without asking" in printed.splitlines()[0]
    assert library(w)[0].latest.attachments[0].url == url
    assert list(FileStore(w).copies()) == []


def test_that_a_file_that_the_library_has_is_named(say, w, paper):
    say("attach", w, "A01", paper, "--title", "First")
    made = data(say("attach", w, "A02", paper, "--title", "Second", "--json"))
    assert made["notes"] == ["The library had this file already, as “First”. One copy is kept of both."]
    assert len(list(FileStore(w).copies())) == 1


def test_that_the_inspection_meant_is_named_where_a_reference_stands_twice(say, w, paper):
    assert "2 items have the reference B01" in say("attach", w, "B01", paper)[2]
    assert say("attach", w, "B01", paper, "--inspection", "social")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["A01"], "required: FILE|URL"),
        (["Z99", "PAPER"], "There is no item Z99"),
        (["A01", "missing.txt"], "“missing.txt” is not there any more"),
        (["A01", "."], "is a folder"),
        (["A01", "/dev/zero"], "no file"),
        (["A01", "n" * 300], "shorter, plain name"),
        (["A01", "w/workspace.db"], "is this workspace itself"),
        (["A01", "PAPER", "--source", "rumour"], "“rumour” is not a source. Choose one of: Data"),
        (["A01", "PAPER", "--strength", "5"], "“5” is not a strength. Choose one of: Says it"),
        (["A01", "PAPER", "--audience", "all"], "“all” is not an audience"),
        (["A01", "PAPER", "--dated", "soon"], "“soon” is not a date"),
        (["A01", "PAPER", "--dated", "2021-03-01", "--valid-until", "2021-02-01"], "cannot be valid until 1 Feb 2021"),
        (["A01", "PAPER", "--title", " "], "needs a title"),
        (["A01", "PAPER", "https://x/\ny"], "line break"),
        (["A01", "PAPER", "--inspection", "nothing"], "There is no inspection “nothing” here"),
    ],
)
def test_that_bad_input_is_one_line_status_two_and_nothing_is_kept(
    say, w, paper, tmp_path, monkeypatch, arguments, said
):
    monkeypatch.chdir(tmp_path)
    with open_workspace(w, write=False) as workspace:
        before = everything(workspace)
    given = [str(paper) if each == "PAPER" else each for each in arguments]
    try:
        status, printed, complaint = say("attach", w, *given)
    except SystemExit as stopped:
        assert (stopped.code, said) == (2, "required: FILE|URL")  # noqa: PT017 - argparse's own way out
        return
    assert (status, printed) == (2, "")
    assert said in complaint
    assert complaint.count("\n") == 1
    with open_workspace(w, write=False) as workspace:
        assert everything(workspace) == before
    assert [path for path in FileStore(w).folder.rglob("*") if path.is_file()] == []


def test_that_the_library_is_listed_with_currency_and_use(say, w, paper):
    assert say("evidence", w)[1] == "There is no evidence yet. Add some with the command attach.\n"
    say("attach", w, "A01", paper, "--valid-until", "2021-03-31", "--source", "audit")
    say("attach", w, "A02", "https://www.gov.uk/send")
    listed = data(say("evidence", w, "--on", "2021-04-01", "--json"))
    uses = [(row["title"], row["source"], row["used"][0]) for row in listed]
    assert [(title, source, use["reference"], use["currency"]) for title, source, use in uses] == [
        ("Audit of plans", "audit", "A01", "out_of_date"), ("send", "data", "A02", "current"),
    ]  # fmt: skip
    assert say("evidence", w, "--on", "2021-04-01")[1].splitlines() == [
        "Audit of plans", "  audit, strength 1; Audit_of plans.txt", "  used for A01 (out of date since 31 Mar 2021)",
        "send", "  data, strength 1; send", "  used for A02 (current)",
    ]  # fmt: skip
    assert "used for A01 (until 31 Mar 2021)" in say("evidence", w, "--on", "2021-03-01")[1]


def test_that_the_sweep_says_what_went_and_what_waits(say, w, paper):
    assert say("sweep", w)[1] == "Deleted 0 copies and 0 leftovers, 0.0 MB.\n"
    say("attach", w, "A01", paper)
    say("undo", w)
    assert "1 copy waits" in say("sweep", w)[1]
    assert FileStore(w).holds(HASH)
    old = FileStore(w).keep(b"nobody's")
    long_ago = (date.today() - timedelta(days=40)).toordinal() * 86_400 - 62_135_683_200  # noqa: DTZ011
    os.utime(FileStore(w).path_of(old.sha256), (long_ago, long_ago))
    assert data(say("sweep", w, "--json")) == {
        "deleted": [old.sha256], "leftovers": 0, "bytes": 8, "waiting": 1,
    }  # fmt: skip


def test_that_a_workspace_in_use_is_not_swept(say, w):
    with open_workspace(w, at_risk=True):
        status, _, complaint = say("sweep", w)
    assert status == 2
    assert "has this workspace open" in complaint


def test_that_a_file_that_may_identify_children_is_attached_only_with_a_reason(say, w, tmp_path):
    listed = tmp_path / "list.txt"
    listed.write_text("NHS number 943 476 5919", encoding="utf-8")  # a number that the check digit allows
    status, _, complaint = say("attach", w, "A01", listed)
    assert status == 2
    assert "say with --reason why it may stay" in complaint
    assert "943" not in complaint
    assert data(say("evidence", w, "--json")) == []
    assert not FileStore(w).hashes()
    status, _, _ = say("attach", w, "A01", listed, "--reason", "A made-up number for training")
    assert status == 0
    with open_workspace(w, write=False) as workspace:
        (kept,) = workspace.read(read_exemptions)
    assert kept.reason == "A made-up number for training"
