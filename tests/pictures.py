"""Pictures: an offscreen grab of every page, for the README and the guide. Run as `python -m tests.pictures FOLDER`.

The example is as of one day, so the same program gives the same pictures.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEventLoop, QSize, QTimer
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from readiness.storage.workspace import Workspace
    from ui.app import App

DAY = date(2021, 4, 26)
SIZES = (QSize(1366, 768), QSize(1920, 1080))
LOOKS = ("light", "dark")
PAGES = ("overview", "checklist", "evidence", "week", "checks", "history", "share", "conflicts")
TEAM_PAGES = frozenset({"share", "conflicts"})
"""Pages that are empty until two laptops share and disagree: they show a copy of the example in which two do."""
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
        council = Path(place) / "council"
        make_demo(council, DAY, shipped_frameworks()[:2]).close()
        team = disagreeing(council, Path(place) / "team")
        for look in looks:
            for size in sizes:
                taken += _of_window(qt, council, team, folder, look, size)
    return taken


def disagreeing(council: Path, top: Path) -> Path:
    """Copy a workspace and share it with a second laptop that says something else; return the copy's folder."""
    from readiness.domain.views import Identity
    from readiness.services.joining import join
    from readiness.services.people import set_identity
    from readiness.services.rounds import share
    from readiness.services.team import set_passphrase
    from readiness.storage.opening import open_workspace

    shutil.copytree(council, top / "council")
    clock = _clock()
    first = open_workspace(top / "council", at_risk=True, copies=False, clock=clock)
    set_passphrase(first, "five words are quite enough")
    places = [str(top / "shared")]
    (top / "shared").mkdir()
    share(first, places)
    second = join(top / "second", places[0], "five words are quite enough", at_risk=True, clock=clock)
    second.run(set_identity, Identity("", "SEND Data Analyst", "SEND"))
    for number, laptop in enumerate((first, second)):
        _say(laptop, number)
    for laptop in (second, first):
        share(laptop, places)
        laptop.close()
    return top / "council"


def _clock() -> Callable[[], datetime]:
    """Return a clock that goes on by a minute whenever it is looked at, from the evening before the example's day."""
    minutes = count()
    start = datetime.combine(DAY - timedelta(days=1), time(17), UTC)
    return lambda: start + timedelta(minutes=next(minutes))


def _say(laptop: "Workspace", number: int) -> None:
    """Give some fields the value that one of the two laptops gives them."""
    from readiness.domain.action_editing import ActionEdit, FindingEdit
    from readiness.domain.evidence import EvidenceEdit
    from readiness.domain.views import ItemEdit
    from readiness.domain.vocabulary import ActionField, EvidenceField, FindingField, ItemField, ItemStatus
    from readiness.services.actions import edit_actions
    from readiness.services.dossiers import read_actions, read_evidence, read_findings
    from readiness.services.evidence import edit_evidence
    from readiness.services.findings import edit_findings
    from readiness.services.items import edit_items, find_by_reference

    item = laptop.read(find_by_reference, SHOWN_ITEM)
    values = {
        ItemField.GAP: (
            "Health advice still misses the six weeks.\n\nThe therapies have one lead from June.",
            "Health advice misses the six weeks in one case of four.\n\nNobody leads the therapies yet.",
        ),
        ItemField.STATUS: (ItemStatus.GATHERING, ItemStatus.DRAFTED),
        ItemField.OWNER: ("Head of SEND", "Principal Educational Psychologist"),
    }
    for field, said in values.items():
        laptop.run(edit_items, [item], [ItemEdit(field, said[number])])
    (piece, *_), (action, *_), (finding, *_) = (
        laptop.read(each) for each in (read_evidence, read_actions, read_findings)
    )
    owner = ("Head of Early Help", "Service Director, Education")[number]
    shows = ("Waits fell in two areas of three.", "Waits fell in every area but the west.")[number]
    laptop.run(edit_evidence, piece.id, [EvidenceEdit(EvidenceField.SHOWS, shows)])
    laptop.run(edit_actions, [action.id], [ActionEdit(ActionField.OWNER, owner)])
    laptop.run(edit_findings, [finding.id], [FindingEdit(FindingField.OWNER, owner)])


def _of_window(qt: QApplication, council: Path, team: Path, folder: Path, look: str, size: QSize) -> list[Path]:
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
    _settle(app)
    app.window.frame.notice.hide()  # the example and its copy are on one machine: one counts as put back
    taken: list[Path] = []
    shown = council
    for page in PAGES:
        wanted = team if page in TEAM_PAGES else council
        if wanted is not shown:
            shown = wanted
            app.open(wanted)
            _settle(app)
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


def _grab(app: "App", path: Path) -> Path:
    app.window.grab().save(str(path))
    return path


def _settle(app: "App") -> None:
    """Let the worker answer, then the page be laid out and drawn; what that asked of the worker is answered, too."""
    for _ in range(2):
        while not app.operations.is_idle:
            QCoreApplication.processEvents()
        loop = QEventLoop()
        QTimer.singleShot(SETTLE_MS, loop.quit)
        loop.exec()


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
