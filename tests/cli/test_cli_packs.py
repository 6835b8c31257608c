"""Packs and the pre-flight on the command line."""

import json
import stat
from zipfile import ZipFile

import pytest
from council import FRAMEWORK, OTHER, found_council, id_of

from readiness.cli import run
from readiness.domain.evidence import AttachmentDraft, EvidenceDraft
from readiness.domain.vocabulary import Audience
from readiness.services.evidence import attach_evidence
from readiness.services.packs import read_packs
from readiness.storage.files import FileStore
from readiness.storage.opening import open_workspace
from readiness.storage.workspace import utc_now


@pytest.fixture
def council(tmp_path):
    """Two inspections and two files, one of them internal."""
    with found_council(tmp_path / "council", utc_now, frameworks=(FRAMEWORK, OTHER)) as workspace:
        store = FileStore(workspace.folder)
        for title, reference, audience in (
            ("Audits", "A01", Audience.INSPECTORS),
            ("Minutes", "B01", Audience.INTERNAL),
        ):
            stored = store.keep(title.encode())
            file = AttachmentDraft(f"{title}.pdf", stored.sha256, stored.size)
            workspace.run(
                attach_evidence, [id_of(workspace, reference)], EvidenceDraft(title, audience=audience), [file]
            )
    return tmp_path / "council"


def said(capsys, *arguments, status=0):
    assert run([str(each) for each in arguments]) == status
    captured = capsys.readouterr()
    return captured.err if status == 2 else captured.out


def packs(folder):
    with open_workspace(folder, write=False) as workspace:
        return workspace.read(read_packs)


def members(path):
    with ZipFile(path) as found:
        return {name for name in found.namelist() if "/" in name}


def test_that_a_pack_is_written_said_and_remembered(capsys, council, tmp_path):
    out = said(capsys, "pack", council, tmp_path / "out.zip")
    assert "read back and compared. 1 file, 6 bytes; 1 piece is left out: internal only." in out
    assert members(tmp_path / "out.zip") == {"Re-visit/A Plans/A01 Quality of plans/Audits.pdf"}
    (kept,) = packs(council)
    assert (kept.audience, kept.made_by) == (Audience.INSPECTORS, "Head of SEND")


def test_that_a_pack_is_narrowed(capsys, council, tmp_path):
    told = json.loads(
        said(capsys, "pack", council, tmp_path / "b", "--folder", "--inspection", "small-2018", "--area", "b",
             "--audience", "internal", "--json")
    )  # fmt: skip
    assert (told["files"], told["items"], told["left_out"]) == (1, 1, [])
    assert (tmp_path / "b" / "B Partners" / "B01 Joint commissioning" / "Minutes.pdf").read_bytes() == b"Minutes"
    told = json.loads(said(capsys, "pack", council, tmp_path / "i.zip", "--item", "A01", "--json"))
    assert told["items"] == 1


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--area", "Z"], "There is no area “Z” here. Choose A, B."),
        (["--item", "Z9"], "There is no item “Z9” here."),
        (["--inspection", "none"], "There is no inspection “none” here."),
    ],
)
def test_that_what_is_not_there_is_refused(capsys, council, tmp_path, more, words):
    assert words in said(capsys, "pack", council, tmp_path / "out.zip", *more, status=2)
    assert not (tmp_path / "out.zip").exists()
    assert packs(council) == ()


def test_that_a_missing_file_stops_a_pack_until_somebody_insists(capsys, council, tmp_path):
    store = FileStore(council)
    for path in list(store.copies()):
        path.chmod(stat.S_IWRITE | stat.S_IREAD)
        path.unlink()
    refused = said(capsys, "pack", council, tmp_path / "out.zip", status=2)
    assert "1 stored file is missing: “Audits.pdf”" in refused
    assert "--without-missing" in refused
    assert not (tmp_path / "out.zip").exists()
    told = json.loads(said(capsys, "pack", council, tmp_path / "out.zip", "--without-missing", "--json"))
    assert told["missing"] == ["Audits.pdf"]
    assert len(packs(council)) == 1


def test_that_no_pack_stays_that_could_not_be_remembered(capsys, council, tmp_path, monkeypatch):
    from readiness.services import packs as service

    def refuse(_session, _report):
        raise OSError("the drive went")

    monkeypatch.setattr(service, "record_pack", refuse)
    with pytest.raises(OSError, match="the drive went"):
        run(["pack", str(council), str(tmp_path / "out.zip")])
    assert not (tmp_path / "out.zip").exists()


def test_that_the_preflight_says_what_to_do_and_whether_it_is_green(capsys, council):
    out = said(capsys, "preflight", council, status=1)
    assert out.startswith("Not ready to go offline: 1 thing to put right.")
    assert "x   Backup: No backup of this workspace was made yet." in out
    assert "ok  Evidence files: All 2 files are there and unaltered (13 bytes)." in out
    with open_workspace(council, at_risk=True) as workspace:
        workspace.backup("by-hand")
    told = json.loads(said(capsys, "preflight", council, "--json"))
    assert told["green"] is True
    assert [line["light"] for line in told["lines"]] == ["good"] * 8
