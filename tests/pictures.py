"""Pictures: an offscreen grab of every page, for the README and the guide. Run as `python -m tests.pictures FOLDER`.

The example is as of one day, so the same program gives the same pictures.
"""

import os
import sys
import tempfile
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QSize, QTimer
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

DAY = date(2021, 4, 26)
SIZES = (QSize(1366, 768), QSize(1920, 1080))
LOOKS = ("light", "dark")
PAGES = ("overview", "checklist", "evidence", "week", "checks", "history", "share")
SETTLE_MS = 200
SHOWN_ITEM = "RV-C02"


def take_pictures(
    qt: QApplication, folder: Path, sizes: tuple[QSize, ...] = SIZES, looks: tuple[str, ...] = LOOKS
) -> list[Path]:
    """Write a picture of every page in every size and look; return their paths."""
    from readiness.frameworks.shipped import shipped_frameworks
    from readiness.services.demo import make_demo

    folder.mkdir(parents=True, exist_ok=True)
    taken: list[Path] = []
    with tempfile.TemporaryDirectory() as place:
        make_demo(Path(place) / "council", DAY, shipped_frameworks()[:2]).close()
        for look in looks:
            for size in sizes:
                taken += _of_window(qt, Path(place) / "council", folder, look, size)
    return taken


def _of_window(qt: QApplication, council: Path, folder: Path, look: str, size: QSize) -> list[Path]:
    from ui.app import App
    from ui.settings import Settings

    settings = Settings(None)
    settings.set("look", look)
    app = App(qt, settings, DAY)
    app.window.resize(size)
    loop = QEventLoop()
    app.window.filled.connect(loop.quit)
    app.start(council)
    loop.exec()
    taken: list[Path] = []
    for page in PAGES:
        app.window.show_page(page)
        if page == "checklist":
            app.window.stack.open_item(next(row.id for row in app.source.board.items if row.reference == SHOWN_ITEM))
        _settle(app)
        taken.append(_grab(app, folder / f"{page}-{look}-{size.width()}.png"))
    app.show_first_run()
    _settle(app)
    taken.append(_grab(app, folder / f"first-run-{look}-{size.width()}.png"))
    app.window.close()
    app.window.deleteLater()
    return taken


def _grab(app: object, path: Path) -> Path:
    app.window.grab().save(str(path))  # type: ignore[attr-defined]
    return path


def _settle(app: object) -> None:
    """Let the worker answer and the page be drawn."""
    loop = QEventLoop()
    QTimer.singleShot(SETTLE_MS, loop.quit)
    loop.exec()
    while not app.operations.is_idle:  # type: ignore[attr-defined]
        QCoreApplication.processEvents()


def main() -> int:
    """Take the pictures into the folder named on the command line."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    qt = QApplication([])
    if "Open Sans" in QFontDatabase.families():
        font = QFont("Open Sans")
        font.setPixelSize(12)
        qt.setFont(font)
    for path in take_pictures(qt, Path(sys.argv[1])):
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
