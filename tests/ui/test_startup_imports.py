"""What start-up leaves for later: facts about modules, not times. Each is looked at in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
AFTER_FILLING = (
    "sqlalchemy", "alembic", "openpyxl", "xlsxwriter", "holidays", "PySide6.QtCharts", "PySide6.QtPrintSupport",
)  # fmt: skip
AFTER_PAINTING = (
    *AFTER_FILLING,
    "sqlcipher3",
    "logging.handlers",
    "readiness.cli",
    "readiness.domain.views",
    "filelock",
)
PAINTED = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from ui.after_paint import AfterPaint
from ui.app import App
from ui.settings import Settings
from ui.theme import make_application

qt = make_application("test")
app = App(qt, Settings(None))
def tell():
    print("loaded", *sys.modules)
    app.window.close()
{when}
app.start(Path(sys.argv[1]))
qt.exec()
"""


def loaded(tmp_path: Path, when: str) -> set[str]:
    """Return what a process has imported when it comes to `tell`."""
    making = "import sys, main; sys.exit(main.main(['demo', sys.argv[1]]))"
    surroundings = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    folder = str(tmp_path / "example")
    subprocess.run([sys.executable, "-c", making, folder], env=surroundings, check=True, stdout=subprocess.DEVNULL)
    told = subprocess.run(
        [sys.executable, "-c", PAINTED.format(when=when), folder],
        env=surroundings,
        check=True,
        capture_output=True,
        text=True,
    )
    return set(told.stdout.split())


@pytest.mark.parametrize(
    ("when", "later"),
    [
        ("app._after_first_paint = lambda _path: tell()", AFTER_PAINTING),
        ("app.opening.opened.connect(lambda *_: AfterPaint(app.window.stack.page('overview'), tell))", AFTER_FILLING),
    ],
    ids=["first paint", "first page"],
)
def test_that_the_window_does_not_wait_for_what_it_does_not_need(tmp_path, when, later):
    found = loaded(tmp_path, when)
    assert "ui.main_window" in found
    assert not found & set(later)
