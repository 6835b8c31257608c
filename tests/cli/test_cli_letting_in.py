"""Commands of joining without the passphrase: introduced, let in, joined; one sentence for each mistake."""

import json

import pytest

from readiness.cli import run


@pytest.fixture
def lead(tmp_path, workspace) -> str:
    """The folder of a lead's laptop that shares through a folder."""
    folder = str(workspace.folder)
    workspace.close()
    (tmp_path / "shared").mkdir()
    return folder


def test_that_a_laptop_is_introduced_let_in_and_joins(lead, tmp_path, capsys):
    new, place = str(tmp_path / "new"), str(tmp_path / "shared")
    assert run(["introduce", new, str(tmp_path), "--name", "Fostering laptop", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert run(["let-in", lead, said["file"]]) == 0
    assert f"Fostering laptop, code {said['code']}. Ring them" in capsys.readouterr().out
    assert run(["let-in", lead, said["file"], "--code", said["code"], "--json"]) == 0
    code = json.loads(capsys.readouterr().out)["team_code"]
    assert run(["sync", lead, place]) == 0
    assert run(["join", new, place, "--team-code", code, "--at-risk"]) == 0
    assert "Joined:" in capsys.readouterr().out
    assert run(["sync", new]) == 0
    assert run(["sync", lead, place]) == 0
    capsys.readouterr()
    assert run(["devices", lead]) == 0
    assert "Fostering laptop  Confirmed" in capsys.readouterr().out


def test_that_a_mistake_is_one_sentence(lead, tmp_path, capsys):
    assert run(["introduce", str(tmp_path / "new"), str(tmp_path / "x.irtintro"), "--name", "X"]) == 0
    capsys.readouterr()
    for arguments, sentence in (
        (["let-in", "{lead}", "{tmp}/nothing.irtintro"], "is not there any more"),
        (["let-in", "{lead}", "{tmp}/x.irtintro", "--code", "AAAA"], "so nobody was let in"),
        (["let-in", "{lead}", "{lead}/workspace.db"], "is no introduction of a laptop"),
        (["introduce", "{lead}", "{tmp}/y.irtintro", "--name", "X"], "There is a workspace in"),
        (["join", "{tmp}/other", "{tmp}/shared", "--team-code", "AAAA"], "has not introduced itself yet"),
        (["join", "{tmp}/new", "{tmp}/shared"], "one of the arguments --passphrase-file --team-code is required"),
    ):
        try:
            status = run([each.format(lead=lead, tmp=tmp_path) for each in arguments])
        except SystemExit as stopped:
            status = stopped.code
        told = capsys.readouterr()
        assert status == 2, arguments
        assert sentence in told.err
        assert len(told.err.strip().splitlines()) == 1
