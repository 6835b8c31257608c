"""Commands of sharing: a team from the first laptop to a settled conflict, and one sentence for each mistake."""

import json
import shutil
from pathlib import Path

import pytest
from council import found_council
from team_of_laptops import PASSPHRASE, move_places

from readiness.cli import run
from readiness.storage.identity import remember


@pytest.fixture
def secret(tmp_path):
    path = tmp_path / "passphrase.txt"
    path.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    return str(path)


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """Two laptops that share through a folder, made once; tests get copies."""
    top = tmp_path_factory.mktemp("pair")
    first, second, place, secret = (top / each for each in ("first", "second", "shared", "secret"))
    secret.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    found_council(first).close()
    place.mkdir()
    assert run(["passphrase", str(first), "--passphrase-file", str(secret)]) == 0
    assert run(["sync", str(first), str(place), "--remember", "--at-risk"]) == 0
    assert run(["join", str(second), str(place), "--passphrase-file", str(secret), "--at-risk"]) == 0
    return top


@pytest.fixture
def two(tmp_path, pair, capsys):
    """The folders of two laptops that share through a third."""
    top = Path(shutil.copytree(pair, tmp_path / "pair"))
    for each in ("first", "second"):
        move_places(top / each, pair, top)
        remember(top / each)  # it is no copy that somebody made
    capsys.readouterr()
    return str(top / "first"), str(top / "second"), str(top / "shared")


def said(capsys) -> str:
    return capsys.readouterr().out


def test_that_edits_travel_and_a_conflict_is_settled(two, capsys):
    first, second, place = two
    assert run(["edit", first, "A01", "owner=Head of SEND"]) == 0
    assert run(["edit", second, "A01", "owner=Head of Early Help"]) == 0
    for each in (first, second, first):
        assert run(["sync", each, place, "--json"]) == 0
    said(capsys)
    assert run(["conflicts", first, "--json"]) == 0
    (found,) = json.loads(said(capsys))
    assert [each["value"] for each in found["versions"]] == ["Head of SEND", "Head of Early Help"]
    device = found["versions"][1]["device"]
    assert run(["conflicts", first]) == 0
    assert "A01 Quality of plans · Owner" in said(capsys)
    assert run(["resolve", first, "a01", "owner", "--take", device[:6]]) == 0
    assert run(["conflicts", first]) == 0
    assert "No conflicts" in said(capsys)
    for each in (first, second):
        assert run(["sync", each]) == 0
    said(capsys)
    codes = []
    for each in (first, second):
        assert run(["datacode", each]) == 0
        codes.append(said(capsys))
    assert codes[0] == codes[1]


def test_that_a_bundle_is_written_taken_in_and_the_laptops_are_listed(two, tmp_path, capsys):
    first, second, _ = two
    assert run(["edit", second, "A02", "position=Waiting times fell"]) == 0
    out = str(tmp_path / "for-first.irtbundle")
    assert run(["bundle", second, out, "--json"]) == 0
    assert run(["bundle", second, out]) == 2
    assert "is there already" in capsys.readouterr().err
    assert run(["sync", first, out]) == 0
    assert "Waiting times fell" in said(capsys)
    assert run(["devices", first, "--name", "SEND laptop", "--json"]) == 0
    rows = json.loads(said(capsys))
    assert rows[0]["label"] == "SEND laptop"
    assert run(["devices", first, "--confirm", rows[1]["device"]]) == 0
    assert "Confirmed" in said(capsys)


def test_that_evidence_files_travel_from_the_command_on(two, tmp_path, secret, capsys):
    first, second, place = two
    paper = tmp_path / "Audit March.txt"
    paper.write_text("What the audit found", encoding="utf-8")
    assert run(["attach", first, "A01", str(paper), "--title", "Audit March"]) == 0
    assert run(["sync", first, place, "--files", "on"]) == 0
    assert "Evidence files: 0 came, 1 handed on." in said(capsys)
    assert run(["sync", second, place, "--json"]) == 0
    assert json.loads(said(capsys))["files_taken"] == 0
    assert run(["sync", second, place, "--files", "on", "--json"]) == 0
    assert json.loads(said(capsys))["files_taken"] == 1
    third, out = str(tmp_path / "third"), str(tmp_path / "with-files.irtbundle")
    assert run(["bundle", first, out, "--files"]) == 0
    assert run(["join", third, out, "--passphrase-file", secret, "--at-risk"]) == 0
    assert len([each for each in (tmp_path / "third" / "files").rglob("*") if each.is_file()]) == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["sync", "{first}", "{tmp}/nowhere"], "There is no folder"),
        (["sync", "{first}", "postgresql://lead:geheim@server/db"], "A password is never kept"),
        (["bundle", "{first}", "{tmp}/x.irtbundle", "--for", "nobody"], "No laptop is called “nobody”"),
        (["join", "{tmp}/new", "{place}", "--passphrase-file", "{tmp}/none"], "cannot be read as text"),
        (["join", "{tmp}/new", "{tmp}", "--passphrase-file", "{secret}"], "No team shares in"),
        (["resolve", "{first}", "A01", "owner", "--value", "x"], "Nothing of “A01” is in conflict"),
        (["resolve", "{first}", "A01", "owner"], "one of the arguments --take --value is required"),
        (["devices", "{first}", "--confirm", "ffff"], "No laptop is called “ffff”"),
        (["hub", "status", "/srv/team"], "no address of a PostgreSQL"),
        (["hub", "init", "postgresql://lead:geheim@server/db"], "can be seen by everybody"),
        (["hub", "status", "postgresql://127.0.0.1:9/db"], "cannot be reached now"),
    ],
)
def test_that_a_mistake_is_one_sentence(two, tmp_path, secret, capsys, arguments, sentence):
    places = {"first": two[0], "place": two[2], "tmp": str(tmp_path), "secret": secret}
    try:
        status = run([each.format(**places) for each in arguments])
    except SystemExit as stopped:
        status = stopped.code
    told = capsys.readouterr()
    assert status == 2
    assert sentence in told.err
    assert len(told.err.strip().splitlines()) == 1
    assert "geheim" not in told.err + told.out
    assert not (tmp_path / "new").exists()


def test_that_another_passphrase_joins_nothing(two, tmp_path, capsys):
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("five words are not enough here")
    assert run(["join", str(tmp_path / "new"), two[2], "--passphrase-file", str(wrong), "--at-risk"]) == 2
    assert "does not open the team's data" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_that_a_place_that_is_away_is_a_report_and_a_status(two, tmp_path, capsys):
    first, _, place = two
    Path(place).rename(tmp_path / "moved")
    assert run(["sync", first]) == 1
    assert f"{place}: {place} cannot be reached now" in said(capsys)


def test_that_a_hub_is_made_and_shared_through(hub_server, two, capsys):
    hub_server.run("CREATE DATABASE {}", "cli_hub")
    url = hub_server.address("cli_hub")
    assert run(["hub", "init", url]) == 0
    first, second, _ = two
    assert run(["edit", second, "A02", "position=Waiting times fell"]) == 0
    assert run(["sync", second, url]) == 0
    assert run(["sync", first, url]) == 0
    assert "Waiting times fell" in said(capsys)
    assert run(["hub", "status", url, "--json"]) == 0
    assert json.loads(said(capsys))["teams"][0]["segments"] >= 2
