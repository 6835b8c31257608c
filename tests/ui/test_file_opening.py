"""Opening and exporting: web pages at once, places after asking, programs never; kept files from read-only copies."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from evidence_kit import answer
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from readiness.domain.evidence import AttachmentRow
from readiness.storage.files import FileStore
from ui.file_opening import EXPORT_FOLDER, FileOpening
from ui.operations import Operations
from ui.settings import Settings


class Stand:
    """The opening over a small workspace, and what it handed over, refused and told."""

    def __init__(self, qtbot, workspace, monkeypatch) -> None:
        self.qtbot, self.store = qtbot, FileStore(workspace.folder)
        self.operations = Operations(workspace)
        self.settings = Settings(None)
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.opening = FileOpening(self.operations, self.settings, self.window)
        self.urls: list[QUrl] = []
        self.said: list[str] = []
        self.failures: list[Exception] = []
        self.answers = True
        monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: self.urls.append(url) or self.answers)
        self.opening.refused.connect(self.said.append)
        self.opening.told.connect(self.said.append)
        self.operations.failed.connect(self.failures.append)

    def kept(self, name="Audit March.xlsx", content=b"grades", url="") -> AttachmentRow:
        stored = self.store.keep(content)
        return AttachmentRow("a", name, stored.sha256, stored.size, url)


@pytest.fixture
def stand(qtbot, workspace, monkeypatch) -> Iterator[Stand]:
    made = Stand(qtbot, workspace, monkeypatch)
    yield made
    made.opening.close()
    made.operations.settle()


def linked(url: str) -> AttachmentRow:
    return AttachmentRow("a", "a link", "", 0, url)


def press(words: str):
    def act(box) -> None:
        next(button for button in box.buttons() if button.text().replace("&", "") == words).click()

    return act


def test_that_a_kept_file_is_opened_from_a_copy_that_goes_with_the_window(stand):
    file = stand.kept()
    stand.opening.open(file)
    stand.qtbot.waitUntil(lambda: len(stand.urls) == 1)
    path = Path(stand.urls[0].toLocalFile())
    assert path.name == "Audit March.xlsx"
    assert path.read_bytes() == b"grades"
    assert stand.store.folder not in path.parents
    stand.opening.close()
    assert not path.exists()
    assert stand.store.verify(file.sha256)


@pytest.mark.parametrize("name", ["setup.exe", "Audit.pdf.vbs", "tool.lnk"])
def test_that_a_program_is_never_run(stand, name):
    stand.opening.open(stand.kept(name))
    assert "is a program and is not run from here" in stand.said[0]
    assert stand.urls == []


def test_that_a_web_page_opens_at_once(stand):
    stand.opening.open(linked("https://www.gov.uk/send"))
    assert stand.urls == [QUrl("https://www.gov.uk/send")]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///tmp/run.sh"])
def test_that_what_would_run_is_never_opened(stand, url):
    stand.opening.open(linked(url))
    assert stand.urls == []
    assert stand.said[0].startswith("“")


@pytest.mark.parametrize(
    ("url", "handed"),
    [
        ("file:///C:/Data/Audit%201.xlsx", "file:///C:/Data/Audit 1.xlsx"),
        ("file://server/send/Audit.xlsx", "file://server/send/Audit.xlsx"),
        ("mailto:send@example.gov.uk", "mailto:send@example.gov.uk"),
    ],
)
def test_that_a_place_is_opened_only_after_asking(stand, url, handed):
    met = answer(press("Cancel"), QMessageBox)
    stand.opening.open(linked(url))
    assert met
    assert stand.urls == []
    answer(press("Open"), QMessageBox)
    stand.opening.open(linked(url))
    assert [each.toString() for each in stand.urls] == [handed]


def test_that_of_a_place_the_kept_copy_opens_without_asking(stand):
    stand.opening.open(stand.kept(url="\\\\server\\send\\Audit March.xlsx"))
    stand.qtbot.waitUntil(lambda: len(stand.urls) == 1)
    assert Path(stand.urls[0].toLocalFile()).read_bytes() == b"grades"


def test_that_a_page_opens_also_where_a_copy_is_kept_and_the_copy_can_be_opened(stand):
    file = stand.kept(url="https://www.gov.uk/audit")
    stand.opening.open(file)
    assert stand.urls == [QUrl("https://www.gov.uk/audit")]
    stand.opening.open_copy(file)
    stand.qtbot.waitUntil(lambda: len(stand.urls) == 2)


def test_that_a_file_for_which_there_is_no_program_is_told(stand):
    stand.answers = False
    stand.opening.open(stand.kept("Audit.zzz"))
    stand.qtbot.waitUntil(lambda: bool(stand.said))
    assert stand.said == ["No program here opens “Audit.zzz”. Export a copy, and open it elsewhere."]


def test_that_a_missing_copy_is_told_as_an_expected_failure(stand):
    file = stand.kept()
    stand.store.path_of(file.sha256).chmod(0o600)
    stand.store.path_of(file.sha256).unlink()
    stand.opening.open(file)
    stand.qtbot.waitUntil(lambda: bool(stand.failures))
    assert str(stand.failures[0]).startswith("The copy of “Audit March.xlsx” is not on this laptop. Share ")
    assert stand.urls == []


def test_that_a_copy_is_exported_where_somebody_wants_it(stand, tmp_path, monkeypatch):
    asked = []
    target = tmp_path / "out" / "Audit.xlsx"
    target.parent.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: asked.append(args[2]) or (str(target), ""))
    stand.opening.export(stand.kept("Audit: March.xlsx"))
    stand.qtbot.waitUntil(lambda: bool(stand.said))
    assert target.read_bytes() == b"grades"
    assert stand.said == [f"Wrote Audit.xlsx to {target.parent}."]
    assert asked[0].endswith("Audit - March.xlsx")
    assert stand.settings.get(EXPORT_FOLDER) == str(target.parent)


def test_that_one_large_copy_is_made_at_a_time(stand):
    large = stand.kept("Film.mp4", os.urandom(20_000_000))
    stand.opening.open(large)
    stand.opening.open(stand.kept())
    assert stand.said == ["A file is being copied. Open this one when that is done."]
    stand.qtbot.waitUntil(lambda: len(stand.urls) == 1)
