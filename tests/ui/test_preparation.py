"""What is imported in idle moments, so that no page waits for it: looked at in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
WATCHED = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from ui.app import App
from ui.settings import Settings
from ui.theme import make_application

qt = make_application("test")
app = App(qt, Settings(None))
alone = []
def watch():
    from ui import preparation
    real = preparation.import_module
    def watched(name):
        alone.extend([name] if "sqlalchemy" not in sys.modules else [])
        return real(name)
    preparation.import_module = watched
    wait()
def wait():
    if app.preparation is None or not app.preparation.is_over:
        QTimer.singleShot(20, wait)
        return
    there = set(sys.modules)
    for page in ("checklist", "week", "history"):
        app.window.show_page(page)
    print("late", *sorted(name for name in set(sys.modules) - there if name.startswith("ui.")))
    print("alone", *alone)
    app.window.close()
app.window.filled.connect(watch)
app.start(Path(sys.argv[1]))
qt.exec()
"""


def test_that_pages_find_their_modules_there_and_nothing_heavy_began_here(example, tmp_path):
    surroundings = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    told = subprocess.run(
        [sys.executable, "-c", WATCHED, str(example)], env=surroundings, check=True, capture_output=True, text=True
    )
    assert [line.split() for line in told.stdout.splitlines()] == [["late"], ["alone"]]
