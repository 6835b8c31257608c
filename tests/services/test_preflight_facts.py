"""Facts of the pre-flight: what is really there; and copies fetched of links, one step, nothing followed unasked."""

import stat
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from council import DAY, NOW, id_of

from readiness.domain.errors import Cancelled
from readiness.domain.evidence import AttachmentDraft, EvidenceDraft
from readiness.domain.preflight import Light, is_green, judge
from readiness.domain.views import InspectionDraft
from readiness.frameworks.shipped import find_framework
from readiness.services.dossiers import read_evidence
from readiness.services.evidence import attach_evidence
from readiness.services.fetching import keep_copies, take_copies
from readiness.services.inspections import start_inspection
from readiness.services.preflight import gather, newest_backup, read_record_facts
from readiness.services.undo import undo
from readiness.storage.engine import connect
from readiness.storage.files import FileStore
from readiness.storage.opening import open_workspace
from readiness.storage.workspace import Workspace

LATER = NOW + timedelta(hours=1)


def facts_of(workspace: Workspace, now: datetime = LATER, day: date = DAY, **more: object):
    return gather(workspace.read(read_record_facts, day), workspace.folder, now, **more)


def attach(workspace: Workspace, *attached: AttachmentDraft) -> None:
    workspace.run(attach_evidence, [id_of(workspace, "A01")], EvidenceDraft("Audits"), attached)


def kept(workspace: Workspace, name: str, content: bytes) -> AttachmentDraft:
    stored = FileStore(workspace.folder).keep(content)
    return AttachmentDraft(name, stored.sha256, stored.size)


@pytest.fixture
def share(tmp_path: Path) -> Path:
    """A folder that links lead to."""
    place = tmp_path / "share"
    place.mkdir()
    (place / "Scan 1.pdf").write_bytes(b"scanned")
    return place


def test_that_a_backed_up_workspace_is_green(workspace):
    attach(workspace, kept(workspace, "Plan.docx", b"plan"))
    workspace.backup("by-hand")
    facts = facts_of(workspace)
    assert is_green(judge(facts))
    assert (facts.files, facts.size, facts.missing, facts.altered) == (1, 4, (), ())
    assert (facts.newest_by, facts.since_backup) == ("Head of SEND", 0)
    assert facts.free > 0


def test_that_missing_and_altered_copies_are_named(workspace):
    gone, other = kept(workspace, "Gone.pdf", b"gone"), kept(workspace, "Other.pdf", b"other")
    attach(workspace, gone, other, kept(workspace, "Whole.pdf", b"whole"))
    store = FileStore(workspace.folder)
    for draft in (gone, other):
        store.path_of(draft.sha256).chmod(stat.S_IWRITE | stat.S_IREAD)
    store.path_of(gone.sha256).unlink()
    store.path_of(other.sha256).write_bytes(b"0ther")
    facts = facts_of(workspace)
    assert (facts.missing, facts.altered, facts.size) == (("Gone.pdf",), ("Other.pdf",), 5)


def test_that_reading_the_files_tells_how_far_it_is_and_stops_when_asked(workspace):
    attach(workspace, kept(workspace, "A.pdf", b"aa"), kept(workspace, "B.pdf", b"bbb"))
    told: list[tuple[str, int, int]] = []
    facts_of(workspace, told=lambda *each: told.append(each))
    assert told[-1] == ("Reading the evidence files", 5, 5)
    with pytest.raises(Cancelled, match="Nothing was changed"):
        facts_of(workspace, cancelled=lambda: True)


def test_that_the_newest_backup_counts_and_other_files_do_not(workspace):
    assert newest_backup(workspace.folder) is None
    assert facts_of(workspace).since_backup == 2
    workspace.backup("by-hand")
    for name in ("notes.db", "99999999-999999-odd.db", "20000101-000000-old.db"):
        (workspace.folder / "backups" / name).touch()
    assert newest_backup(workspace.folder).date() == NOW.date()


def test_that_a_clock_behind_the_record_is_bad(workspace):
    facts = facts_of(workspace, now=NOW - timedelta(days=3))
    clock = next(line for line in judge(facts) if line.key == "clock")
    assert clock.light is Light.BAD


def test_that_a_newer_edition_in_force_is_named(workspace):
    workspace.run(start_inspection, InspectionDraft(find_framework("ilacs-2018")))
    assert facts_of(workspace, day=date(2021, 9, 1)).editions == ()
    (found,) = facts_of(workspace, day=date(2026, 3, 1)).editions
    assert (found.inspection, found.edition) == ("Social Care", find_framework("ilacs-2018").edition)
    assert found.newer_edition != found.edition


def test_that_changes_of_a_newer_version_are_counted(workspace):
    folder = workspace.folder
    workspace.close()
    connection = connect(folder / "workspace.db", read_only=False)
    connection.execute("UPDATE change SET status = 'unknown' WHERE k = 1")
    connection.commit()
    connection.close()
    with open_workspace(folder, write=False) as again:
        assert again.read(read_record_facts, DAY).unknown_changes == 1


def test_that_links_without_a_copy_are_listed_and_none_is_followed(workspace, monkeypatch):
    attach(
        workspace,
        AttachmentDraft("Guide", url="https://www.gov.uk/a"),
        AttachmentDraft("Scan", url=r"\\server\share\scan.pdf"),
    )
    monkeypatch.setattr(
        Path, "stat", lambda path, **_: pytest.fail(f"looked at {path}") if "server" in str(path) else 0
    )
    links = workspace.read(read_record_facts, DAY).links
    assert [(link.name, link.path) for link in links] == [("Guide", ""), ("Scan", r"\\server\share\scan.pdf")]


def test_that_copies_of_links_are_fetched_as_one_step(workspace, share):
    (share / "Second.pdf").write_bytes(b"second")
    attach(
        workspace,
        AttachmentDraft("Scan", url=(share / "Scan 1.pdf").as_uri()),
        AttachmentDraft("Second", url=(share / "Second.pdf").as_uri()),
        AttachmentDraft("Gone", url=(share / "Gone.pdf").as_uri()),
    )
    links = facts_of(workspace).links
    told: list[tuple[str, int, int]] = []
    fetched = take_copies(FileStore(workspace.folder), links, told=lambda *each: told.append(each))
    assert fetched.refused == ("“Gone.pdf” is not there any more. Look where it was moved to, and choose it there.",)
    assert told[0] == ("Fetching Scan", 0, 3)
    assert workspace.run(keep_copies, fetched).label == "Keep copies of 2 links"
    after = facts_of(workspace)
    assert [link.name for link in after.links] == ["Gone"]
    assert (after.files, after.copied_links, after.size) == (2, 2, 13)
    attached = workspace.read(read_evidence)[0].latest.attachments
    assert attached[0].url == (share / "Scan 1.pdf").as_uri()
    workspace.run(undo)
    assert len(facts_of(workspace).links) == 3


def test_that_one_copy_says_of_what(workspace, share):
    attach(workspace, AttachmentDraft("Scan", url=(share / "Scan 1.pdf").as_uri()))
    fetched = take_copies(FileStore(workspace.folder), facts_of(workspace).links)
    assert workspace.run(keep_copies, fetched).label == "Keep a copy of “Scan”"


def test_that_times_are_those_of_this_laptop(workspace):
    workspace.backup("by-hand")
    facts = facts_of(workspace, now=LATER.astimezone(UTC))
    assert facts.backup is not None
    assert facts.backup.tzinfo is facts.clock.tzinfo
