"""Grid: the Checklist in a real window, from the click to the pixels; and texts typed into its filter.

A time ends when the page's first pass of painting after the deed is over, so layout, style and every visible cell are
in it. Texts are typed that leave other rows each; "" leaves all. The pause in which the filter waits for the next
letter is set to none, and so not in the time. The window is shown on Qt's offscreen platform, which draws with the same
code but puts nothing on a screen.
"""

import os
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from .figures import Figure
from .volume import DAY, Builder

ROUNDS = 5
TEXTS = ("q", "plan", "e", "quality", "", "s", "send")
BARS = {1_800: 300, 10_000: 600}
LETTER_MS = 50


def measure(build: Builder) -> list[Figure]:
    """Each round opens the window anew."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_LOGGING_RULES"] = "*=false"
    from ui.theme import make_application

    qt = make_application("benchmarks")
    figures = []
    letters: list[float] = []
    for items, bar in BARS.items():
        rounds = [_round(qt, build(items)) for _ in range(ROUNDS + 1)][1:]  # the first one imports
        figures.append(
            Figure(f"Checklist from click to painted, {items:,} rows", "ms", median(r[0] for r in rounds), None, bar)
        )
        letters = [each for _, typed in rounds for each in typed]
    figures.append(
        Figure("a text typed into the filter to repainted, 10,000 rows", "ms", median(letters), None, LETTER_MS)
    )
    figures.append(Figure("the slowest of those", "ms", max(letters)))
    return figures


def _round(qt: Any, folder: Path) -> tuple[float, list[float]]:
    from PySide6.QtCore import QEventLoop

    from ui.app import App
    from ui.settings import Settings

    with TemporaryDirectory() as kept:
        app = App(qt, Settings(Path(kept) / "settings.json"), DAY)
        loop = QEventLoop()
        app.window.filled.connect(loop.quit)
        app.start(folder)
        loop.exec()
        _settle(qt, app)
        clicked = _until_painted(qt, app, lambda: app.window.show_page("checklist"))
        _settle(qt, app)
        page = app.window.stack.page("checklist")
        page.head.filters._delay.setInterval(0)
        typed = []
        for text in TEXTS:
            typed.append(_until_painted(qt, app, partial(page.head.filters.box.setText, text)))
            _settle(qt, app)
        app.window.close()
        app.window.deleteLater()
        qt.processEvents()
        return clicked, typed


def _settle(qt: Any, app: Any) -> None:
    """Wait until the worker has answered and everything was drawn."""
    while not app.operations.is_idle:
        qt.processEvents()
    qt.processEvents()


def _until_painted(qt: Any, app: Any, deed: Any) -> float:
    from ui.after_paint import AfterPaint

    painted: list[float] = []
    before = perf_counter()
    deed()
    viewport = app.window.stack.page("checklist").grid.viewport()
    AfterPaint(viewport, lambda: painted.append(perf_counter()))
    while not painted:
        qt.processEvents()
    return (painted[0] - before) * 1000
