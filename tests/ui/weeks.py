"""Inspection week for tests: the page in the real window, and ways to change what it shows."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot
from windows import DAY

from readiness.domain.notification import Call
from readiness.domain.views import InspectionRow
from ui.app import App
from ui.pages.inspection_week import InspectionWeekPage

CALL = Call(DAY, "09:15", "three-days", date(2021, 5, 11), date(2021, 5, 13))
Answer = Callable[[QDialog], None]


def settled(qtbot: QtBot, app: App) -> None:
    """Wait until nothing is under way."""
    qtbot.waitUntil(lambda: app.operations.is_idle, timeout=20_000)


def week_of(app: App) -> InspectionWeekPage:
    page = app.window.stack.page("week")
    assert isinstance(page, InspectionWeekPage)
    return page


def shown(qtbot: QtBot, app: App) -> InspectionWeekPage:
    """Open the page and wait until it knows its framework."""
    app.window.show_page("week")
    page = week_of(app)
    qtbot.waitUntil(lambda: page.desk.is_known)
    return page


def row_of(app: App, place: int = 0) -> InspectionRow:
    assert app.source.board is not None
    return app.source.board.inspections[place]


def change(qtbot: QtBot, app: App, *asked: object) -> None:
    """Write something and wait until the page has it."""
    with qtbot.waitSignal(app.source.refreshed):
        app.operations.change(*asked)  # type: ignore[arg-type]
    settled(qtbot, app)
