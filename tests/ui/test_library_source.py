"""The one copy of the library in the window: read once, kept in step, and never older than what was typed."""

from collections.abc import Iterator

import pytest
from evidence_kit import keep, library
from PySide6.QtCore import QObject

from readiness.domain.evidence import EvidenceDraft, EvidenceEdit
from readiness.domain.vocabulary import EvidenceField
from readiness.services.evidence import attach_evidence, edit_pieces, remove_evidence
from readiness.services.undo import undo
from readiness.storage.files import FileStore
from ui.library import LibrarySource
from ui.link_looking import LinkLooking
from ui.operations import Operations


class Kept(QObject):
    """The source over a small workspace."""

    def __init__(self, qtbot, workspace) -> None:
        super().__init__()
        self.qtbot, self.workspace = qtbot, workspace
        self.operations = Operations(workspace)
        self.source = LibrarySource(self.operations)
        self.failures: list[Exception] = []
        self.operations.failed.connect(self.failures.append)

    def titles(self) -> list[str]:
        return [row.title for row in self.source.rows or ()]

    def wait(self, holds) -> None:
        self.qtbot.waitUntil(holds, timeout=5_000)


@pytest.fixture
def kept(qtbot, workspace) -> Iterator[Kept]:
    made = Kept(qtbot, workspace)
    yield made
    made.operations.settle()


def rename(kept, id_, title, via=None):
    edit = [EvidenceEdit(EvidenceField.TITLE, title)]
    (via or kept.operations).change(edit_pieces, [id_], edit)


def test_that_nothing_is_read_before_somebody_looks(kept):
    keep(kept.workspace, "Audit", [])
    kept.operations.settle()
    assert kept.source.rows is None
    kept.source.want()
    kept.wait(lambda: kept.titles() == ["Audit"])


def test_that_what_is_written_is_followed_by_title(kept):
    first = keep(kept.workspace, "Bravo", [])
    kept.source.want()
    kept.wait(lambda: kept.source.rows is not None)
    kept.operations.change(attach_evidence, [], EvidenceDraft("Alpha"))
    kept.wait(lambda: kept.titles() == ["Alpha", "Bravo"])
    rename(kept, first, "Aardvark")
    kept.wait(lambda: kept.titles() == ["Aardvark", "Alpha"])
    kept.operations.change(remove_evidence, [first])
    kept.wait(lambda: kept.titles() == ["Alpha"])
    kept.operations.change(undo)
    kept.wait(lambda: kept.titles() == ["Aardvark", "Alpha"])
    assert kept.source.rows == tuple(library(kept.workspace).values())
    assert kept.source.row(first).title == "Aardvark"


def test_that_a_page_out_of_sight_catches_up_when_it_is_seen(kept):
    first = keep(kept.workspace, "Audit", [])
    kept.source.want()
    kept.wait(lambda: kept.source.rows is not None)
    kept.source.want(False)
    rename(kept, first, "Later")
    kept.operations.settle()
    assert kept.titles() == ["Audit"]
    kept.source.want()
    kept.wait(lambda: kept.titles() == ["Later"])


def test_that_an_answer_older_than_what_was_typed_is_not_shown(kept):
    first = keep(kept.workspace, "Audit", [])
    kept.source.want()
    kept.wait(lambda: kept.source.rows is not None)
    seen = []
    kept.source.refreshed.connect(lambda: seen.append(kept.titles()))
    rename(kept, first, "One", kept.source)
    kept.operations.changed.connect(lambda _: kept.source.writes < 2 and rename(kept, first, "Two", kept.source))
    kept.wait(lambda: kept.titles() == ["Two"])
    assert ["One"] not in seen


def test_that_after_a_failed_read_all_is_read_again(kept, monkeypatch):
    first = keep(kept.workspace, "Audit", [])
    kept.source.want()
    kept.wait(lambda: kept.source.rows is not None)
    import readiness.services.library as service

    real = service.refresh_evidence
    monkeypatch.setattr(service, "refresh_evidence", lambda *_: 1 / 0)
    rename(kept, first, "Other")
    kept.wait(lambda: len(kept.failures) == 1)
    monkeypatch.setattr(service, "refresh_evidence", real)
    kept.source.want()
    kept.wait(lambda: kept.titles() == ["Other"])


def test_that_it_is_known_which_copies_are_there(kept):
    keep(kept.workspace, "Audit", [], content=b"grades")
    (row,) = library(kept.workspace).values()
    sha256 = row.latest.attachments[0].sha256
    kept.source.want()
    kept.wait(lambda: kept.source.held == {sha256})
    path = FileStore(kept.workspace.folder).path_of(sha256)
    path.chmod(0o600)
    path.unlink()
    kept.source.look()
    kept.wait(lambda: kept.source.held == frozenset())


def test_that_paths_are_looked_for_once_and_servers_only_when_somebody_asks(qtbot, tmp_path):
    there, gone = tmp_path / "a.pdf", tmp_path / "b.pdf"
    there.touch()
    looking = LinkLooking()
    looking.look([str(there), str(gone), "", "\\\\server\\send\\a.pdf", "//server/b.pdf"])
    qtbot.waitUntil(lambda: looking.gone == {str(gone)} and looking.is_there(str(there)) is True)
    assert looking.is_there("\\\\server\\send\\a.pdf") is None
    gone.touch()
    looking.look([str(gone)])
    assert looking.is_there(str(gone)) is False
    looking.look_again(str(gone))
    qtbot.waitUntil(lambda: looking.is_there(str(gone)) is True)
    there.unlink()
    looking.look_again(str(there))
    qtbot.waitUntil(lambda: looking.gone == {str(there)})
