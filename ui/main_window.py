"""Main window: menus, the inspection switch, undo, and news from the workspace. Pages own their features."""

from __future__ import annotations  # names used only here cost no import before the first paint

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QStackedWidget

from ui.actions import fill_menus, make_actions, set_icons
from ui.after_paint import AfterPaint
from ui.board import BoardSource
from ui.first_focus import focus_first
from ui.frame import Frame
from ui.inspection_switch import InspectionSwitch
from ui.keeping import Keeping
from ui.operations import Operations
from ui.page_stack import PAGES, SIDES, PageStack
from ui.settings import Settings
from ui.settled_paint import SettledPaint
from ui.theme import Theme, ThemeSwitch, retheme
from ui.undoing import Undoing
from ui.widgets.header import Header
from ui.widgets.rail import Rail, RailPage

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from readiness.domain.views import Board, Changes, Identity

NEEDS_INSPECTION = (
    "edit_inspection", "remove_inspection", "about_framework", "move_edition", "pin_edition", "write_framework",
    "next_inspection", "export_all", "export_seen", "record_call", "record_event", "withdraw_call", "rehearse",
    "print_plan", "save_plan",
)  # fmt: skip
DAY_CHECK_MS = 60_000
TITLE_BAR = 32


class MainWindow(QMainWindow):
    """Its frame can be painted before there is data; `begin` brings the pages."""

    filled = Signal()  # the first page shows its data
    closing = Signal()

    def __init__(
        self,
        themes: ThemeSwitch,
        settings: Settings,
        operations: Operations,
        source: BoardSource,
        slots: dict[str, Callable[[], None]],
    ) -> None:
        super().__init__()
        SettledPaint(self)
        self._themes, self._settings, self._operations, self.source = themes, settings, operations, source
        self.identity: Identity
        self.undoing = Undoing(operations, self.flush, self)
        self.actions_by_name = make_actions(self, self._own_slots() | slots)
        self.undoing.serve(self.actions_by_name["undo"], self.actions_by_name["redo"])
        self.page_actions = [self._page_action(page) for page in (*PAGES, *SIDES)]
        self.recent = QMenu("Open recent", self)
        theme = themes.theme
        self.rail = Rail(theme, PAGES)
        self.header = Header(theme, self.actions_by_name["undo"], self.actions_by_name["redo"])
        self.switch = InspectionSwitch(self.header, source)
        self.stack = PageStack(themes, settings, operations, source)
        self.frame = Frame(theme, self.rail, self.header, self.stack)
        self.keeping = Keeping(operations, self.frame, self)
        self.before_closing: Callable[[], None] = lambda: None  # sharing hands on what is new, for a moment
        self.whole = QStackedWidget()  # the frame; the first-run page covers it
        self.whole.addWidget(self.frame)
        self.setCentralWidget(self.whole)
        self._connect()
        set_icons(self.actions_by_name, theme)
        self._fill_menus({})
        self.setWindowTitle("Inspection readiness")
        self._take_place()

    def _take_place(self) -> None:
        """Stand where the window stood last, and never larger than the screen."""
        self.resize(1366, 768)
        kept = self._settings.get("geometry", "")
        if isinstance(kept, str) and kept:
            self.restoreGeometry(QByteArray.fromBase64(kept.encode()))
        room = self.screen().availableGeometry()
        if self.width() > room.width() or self.height() > room.height() - TITLE_BAR:
            self.resize(min(self.width(), room.width()), min(self.height(), room.height() - TITLE_BAR))
            self.move(room.topLeft())

    def _own_slots(self) -> dict[str, Callable[[], None]]:
        return {
            "undo": self.undoing.undo,
            "redo": self.undoing.redo,
            "search": self._on_search_asked,
            "next_inspection": self._on_next_inspection,
            "quit": self._on_quit,
        }

    def _page_action(self, page: RailPage) -> QAction:
        action = QAction(page.title, self)
        action.setShortcut(QKeySequence(page.keys))
        action.triggered.connect(lambda _checked=False, key=page.key: self.show_page(key))
        self.addAction(action)
        return action

    def _connect(self) -> None:
        self._operations.changed.connect(self._on_changed)
        self.source.refreshed.connect(self._on_refreshed)
        self._themes.changed.connect(self._on_theme_changed)
        self.rail.page_chosen.connect(self.show_page)
        self.rail.identity_clicked.connect(self.actions_by_name["preferences"].trigger)
        self.switch.changed.connect(self.stack.set_inspection)
        self.header.search_changed.connect(self._on_search_changed)
        self.header.search_entered.connect(self._on_search_left)
        self.header.search_left.connect(self._on_search_left)
        self.header.help_asked.connect(self.actions_by_name["help"].trigger)
        self.stack.shown.connect(self._on_page_shown)
        self.stack.said.connect(self.frame.say)
        self.stack.filtered.connect(self._on_filtered)
        self.stack.export_asked.connect(self.actions_by_name["export_all"].trigger)
        self.frame.foot.undo_asked.connect(self.undoing.undo)
        self.stack.inspection_wanted.connect(self.actions_by_name["add_inspection"].trigger)
        self._day_check = QTimer(self)
        self._day_check.setInterval(DAY_CHECK_MS)
        self._day_check.timeout.connect(self._on_day_check)

    def begin(self, board: Board, identity: Identity) -> None:
        """Show a workspace that was just opened: the first page now, the others when they are asked for."""
        self.stack.end_visit()
        self.switch.choose(None)
        self.frame.notice.hide()
        self.undoing.clear()
        self._begin_as(identity, board, "overview")
        self._day_check.start()
        AfterPaint(self.stack.page("overview"), self._on_filled)

    def _on_filled(self) -> None:
        self.undoing.ask()
        self.filled.emit()

    def set_identity(self, identity: Identity) -> None:
        """Say who works here from now on; the pages are made again so that "mine" follows."""
        if self.source.board is not None:
            self.flush()
            if self.stack.unstored():  # the pages hold what cannot be stored yet: they stay
                self.identity = identity
                self.rail.set_identity(identity.signature)
                return
            self._begin_as(identity, self.source.board, self.stack.current_key or "overview")

    def _begin_as(self, identity: Identity, board: Board, key: str) -> None:
        self.identity = identity
        self.rail.set_identity(identity.signature)
        self.stack.start_again(identity)
        self.source.show(board)
        self.show_page(key)

    def show_page(self, key: str) -> None:
        """Open a page."""
        self.stack.show_page(key)

    def _on_page_shown(self, key: str) -> None:
        under = {side.key: "checklist" for side in SIDES} | {"conflicts": "share"}
        self.rail.set_current(under.get(key, key))
        self.frame.settle()
        self._fill_menus(self.stack.page(key).page_actions())

    def _fill_menus(self, of_page: dict[str, list[QAction]]) -> None:
        others = {menu: list(actions) for menu, actions in of_page.items()}
        others["View"] = [*self.page_actions, *others.get("View", [])]
        fill_menus(self.menuBar(), self.actions_by_name, others, {"open_workspace": self.recent})

    def _on_changed(self, changes: Changes) -> None:
        if changes.step_id is not None and not changes.is_event:
            left = f" Left as it is: {'; '.join(changes.left)}." if changes.left else ""
            self.frame.say(f"{changes.label}.{left}", not changes.label.startswith("Undo"))
        self.undoing.ask()
        if changes.of("person"):
            self._operations.ask(self.set_identity, _who)

    def _on_refreshed(self, board: Board, _told: object) -> None:
        self.rail.set_workspace(board.workspace.title, " and ".join(row.short_title for row in board.inspections))
        for name in NEEDS_INSPECTION:
            self.actions_by_name[name].setEnabled(bool(board.inspections))

    def flush(self) -> None:
        """Store what is being typed."""
        self.stack.flush()

    def _on_next_inspection(self) -> None:
        self.switch.next()

    def _on_search_asked(self) -> None:
        self.header.search.setFocus()
        self.header.search.selectAll()

    def _on_search_changed(self, text: str) -> None:
        if self.source.board is not None:
            from readiness.domain.filters import ItemFilter

            self.stack.open_items(ItemFilter(text=text))
            self.header.search.setFocus()

    def _on_filtered(self, text: str) -> None:
        if not text and self.header.search.text():
            with QSignalBlocker(self.header.search):
                self.header.search.clear()

    def _on_search_left(self, _text: str = "") -> None:
        page = self.stack.currentWidget()
        if page is not None:
            focus_first(page)

    def _on_theme_changed(self, theme: Theme) -> None:
        set_icons(self.actions_by_name, theme)
        retheme(self, theme)
        self._settings.set("look", self._themes.scheme.value)

    def _on_day_check(self) -> None:
        today = datetime.now().astimezone().date()
        shown = self.source.board.day if self.source.board is not None else self.source.day
        if self.source.follows_clock and today != shown:
            self.source.day = today
            self.source.reload()

    def _on_quit(self) -> None:
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Store what is being typed, then close. What the file cannot take keeps the window open."""
        self._operations.patience.begin()
        self.flush()
        unstored = self.stack.unstored()
        if unstored:
            self.frame.warn(unstored)
        if unstored or not self.keeping.may_close():
            event.ignore()
            return
        self.before_closing()
        self.stack.end_visit()
        self._settings.set("geometry", bytes(self.saveGeometry().toBase64().data()).decode())
        self.closing.emit()
        event.accept()


def _who(session: Session) -> Identity:
    from readiness.services.people import read_identity  # brings SQLAlchemy: in the worker

    return read_identity(session)
