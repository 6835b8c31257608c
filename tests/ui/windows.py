"""The window for tests: opened on a copy of the example, and closed afterwards."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from readiness.frameworks.shipped import shipped_frameworks
from readiness.services.demo import make_demo
from readiness.storage import places
from readiness.storage.engine import connect
from readiness.storage.identity import IS_KNOWN
from ui.app import App
from ui.dialogs.crash_dialog import CrashDialog
from ui.settings import Settings

DAY = date(2021, 4, 26)
Opened = Callable[..., App]


def make_example(folder: Path) -> Path:
    """Make the example as of the tests' day."""
    make_demo(folder, DAY, shipped_frameworks()[:2]).close()
    return folder


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, made once; tests open copies."""
    return make_example(tmp_path_factory.mktemp("example") / "council")


@pytest.fixture
def council(example: Path, tmp_path: Path) -> Path:
    """A copy of the example that nobody has open, and that no laptop is known by: it is the original of its test."""
    folder = Path(shutil.copytree(example, tmp_path / "council"))
    with closing(connect(folder / places.DATABASE, read_only=False)) as driver:
        driver.execute("DELETE FROM meta WHERE k = ?", (IS_KNOWN,))
    return folder


@pytest.fixture
def crashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The reports of bugs that were shown; a test that expects one takes it out."""
    shown: list[str] = []
    monkeypatch.setattr(CrashDialog, "exec", lambda dialog: shown.append(dialog.report.toPlainText()) or 0)
    yield shown
    assert shown == []


@pytest.fixture
def opened(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, crashes: list[str]
) -> Iterator[Opened]:
    """Open the window on a workspace, and close it afterwards."""
    monkeypatch.setattr(places, "data_folder", lambda: tmp_path / "data")
    made: list[App] = []

    def open_on(folder: Path | None, settings: Settings | None = None) -> App:
        app = App(qapp, settings or Settings(tmp_path / "settings.json"), DAY)
        made.append(app)
        qtbot.addWidget(app.window)
        if folder is None:
            app.start(None)
            qtbot.waitUntil(lambda: app.first_run is not None)
        else:
            with qtbot.waitSignal(app.window.filled, timeout=20_000):
                app.start(folder)
        return app

    yield open_on  # type: ignore[misc]
    for app in made:
        app.window.close()
