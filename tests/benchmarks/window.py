"""Window: how long the window is kept waiting while a round takes 1,000 changes in, with the Checklist open.

A timer beats in the window's own thread; how late the latest beat came is what somebody who types would feel. It is
measured from the press on "Sync now" until everything that shows the changes has been read again.
"""

import gc
import os
import shutil
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from readiness.domain.views import ItemEdit
from readiness.domain.vocabulary import ItemField
from readiness.services.boards import read_board
from readiness.services.items import edit_items
from readiness.services.joining import join
from readiness.services.rounds import share
from readiness.services.sharing_places import add_place
from readiness.services.team import set_passphrase
from readiness.storage.opening import open_workspace

from .figures import Figure
from .volume import DAY, Builder

ROUNDS = 5
ITEMS = 1_800
CHANGES, TOGETHER = 1_000, 20
BLOCKED_MS = 50
BEAT_MS = 4
_PASSPHRASE = "five words are quite enough"


def measure(build: Builder) -> list[Figure]:
    """Each round takes in other edits; the medians of the longest waits, and of what they are while nothing happens."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_LOGGING_RULES"] = "*=false"
    from ui.theme import make_application

    qt = make_application("benchmarks")
    with TemporaryDirectory() as top:
        mine, theirs, place = Path(top) / "mine", Path(top) / "theirs", Path(top) / "place"
        shutil.copytree(build(ITEMS), mine)
        place.mkdir()
        with open_workspace(mine, at_risk=True, copies=False) as workspace:
            set_passphrase(workspace, _PASSPHRASE)
            add_place(workspace, str(place))
            share(workspace)
        join(theirs, place, _PASSPHRASE, at_risk=True).close()
        waits, idle = _in_window(qt, mine, theirs, place)
    name = f"longest wait of the window in a round of {CHANGES:,} changes, {ITEMS:,} items"
    return [
        Figure(name, "ms", median(waits), None, BLOCKED_MS),
        Figure("the longest of all", "ms", max(waits), None, BLOCKED_MS),
        Figure("longest wait while nothing happens", "ms", median(idle)),
    ]


def _in_window(qt: Any, mine: Path, theirs: Path, place: Path) -> tuple[list[float], list[float]]:
    from PySide6.QtCore import QEventLoop

    from ui.app import App
    from ui.settings import Settings

    gc.disable()  # as main.py does; the window then looks for rubbish itself, which is in the figure
    app = App(qt, Settings(mine.parent / "settings.json"), DAY)
    loop = QEventLoop()
    app.window.filled.connect(loop.quit)
    app.start(mine)
    loop.exec()
    app.window.show_page("checklist")
    waits, idle = [], []
    for number in range(ROUNDS + 1):
        _edit(theirs, place, number)
        _longest(lambda: app.operations.is_idle)
        idle.append(_longest(lambda: True))
        desk = app.commands.shares.desk
        desk.sync()
        waits.append(_longest(partial(_is_over, app, desk)))
    app.window.close()
    app.window.deleteLater()
    gc.enable()
    return waits[1:], idle[1:]


def _is_over(app: Any, desk: Any) -> bool:
    return not desk._is_running and app.operations.is_idle


def _edit(theirs: Path, place: Path, number: int) -> None:
    """Have a colleague change a thousand fields and hand them on."""
    with open_workspace(theirs, at_risk=True, copies=False) as workspace:
        items = [row.id for row in workspace.read(read_board, DAY).items]
        for start in range(0, CHANGES, TOGETHER):
            said = f"Head of Service {number}-{start}, {datetime.now(UTC):%H:%M}"
            some = [items[(start + n) % len(items)] for n in range(TOGETHER)]
            workspace.run(edit_items, some, [ItemEdit(ItemField.OWNER, said)])
        share(workspace, [str(place)])


def _longest(done: Any, rest: float = 0.7) -> float:
    """Let the window live until something has held for so many seconds; return how late a beat came at most, in ms."""
    from PySide6.QtCore import QEventLoop, Qt, QTimer

    loop, beats = QEventLoop(), QTimer()
    beats.setTimerType(Qt.TimerType.PreciseTimer)
    latest, last = 0.0, perf_counter()
    until = last + rest

    def beat() -> None:
        nonlocal latest, last, until
        now = perf_counter()
        latest, last = max(latest, now - last - BEAT_MS / 1000), now
        if not done():
            until = now + rest
        elif now > until:
            loop.quit()

    beats.timeout.connect(beat)
    beats.start(BEAT_MS)
    loop.exec()
    beats.stop()
    return latest * 1000
