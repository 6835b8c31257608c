"""Page stack: makes each page when it is first asked for, shows one, and passes on what pages ask of each other."""

from __future__ import annotations  # names used only here cost no import before the first paint

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget
from shiboken6 import delete

from ui.board import BoardSource
from ui.operations import Operations
from ui.settings import Settings
from ui.theme import ThemeSwitch
from ui.widgets.rail import RailPage

if TYPE_CHECKING:
    from readiness.domain.filters import ItemFilter
    from readiness.domain.views import Identity

PAGES = (
    RailPage("overview", "Overview", "overview", "Ctrl+1"),
    RailPage("checklist", "Checklist", "checklist", "Ctrl+2"),
    RailPage("week", "Inspection week", "calendar", "Ctrl+3"),
    RailPage("checks", "Checks", "checks", "Ctrl+4"),
    RailPage("history", "History", "history", "Ctrl+5"),
)


class PageStack(QStackedWidget):
    """The pages by their keys. All have `flush`, `page_actions` and `set_theme`."""

    shown = Signal(str)  # the key of the page that is shown now
    said = Signal(str, bool)  # a notice; whether Undo belongs to it
    export_asked = Signal()
    inspection_wanted = Signal()  # there is none yet
    call_wanted = Signal()
    event_wanted = Signal(object)  # Event
    print_wanted = Signal()
    filtered = Signal(str)  # the words that the Checklist is filtered by now

    def __init__(
        self,
        themes: ThemeSwitch,
        settings: Settings,
        operations: Operations,
        source: BoardSource,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._themes, self._settings, self._operations, self._source = themes, settings, operations, source
        self._identity: Identity
        self._inspection: str | None = None
        self._makers: dict[str, Callable[[], Any]] = {
            "overview": self._make_overview,
            "checklist": self._make_checklist,
            "week": self._make_week,
            "checks": self._make_checks,
            "history": self._make_history,
        }
        self.pages: dict[str, Any] = {}

    @property
    def current_key(self) -> str:
        """The key of the page that is shown; "" before the first."""
        return next((key for key, page in self.pages.items() if page is self.currentWidget()), "")

    def start_again(self, identity: Identity) -> None:
        """Forget the pages: another workspace or another person is here."""
        for page in self.pages.values():
            self.removeWidget(page)
            delete(page)  # at once: a page of another workspace must not see the new board
        self.pages = {}
        self._identity = identity

    def page(self, key: str) -> Any:
        """Return a page, made when first asked for."""
        if key not in self.pages:
            made = self._makers[key]()
            self.pages[key] = made
            self.addWidget(made)
            self._narrow(made)
        return self.pages[key]

    def show_page(self, key: str) -> None:
        """Show a page; what was typed on the one before is stored. Without data there is nothing to show."""
        if self._source.board is None:
            return
        page = self.page(key)
        before = self.pages.get(self.current_key)
        if before is not None and before is not page:
            before.flush()
        self.setCurrentWidget(page)
        page.setFocus()
        self.shown.emit(key)

    def open_items(self, chosen: ItemFilter) -> None:
        """Show the rows behind a figure."""
        self.show_page("checklist")
        self.page("checklist").show_filter(chosen)

    def open_item(self, item_id: str) -> None:
        """Show one item, whatever was filtered before."""
        from readiness.domain.filters import ItemFilter

        self.open_items(ItemFilter())
        self.page("checklist").select_item(item_id)

    def set_inspection(self, inspection_id: str | None) -> None:
        """Narrow every page to one inspection; None: all."""
        self._inspection = inspection_id
        for page in self.pages.values():
            self._narrow(page)

    def end_visit(self) -> None:
        """Remember until when this workspace was seen."""
        checklist = self.pages.get("checklist")
        if checklist is not None:
            checklist.visit_ended()

    def unstored(self) -> str:
        """Return why something that was typed cannot be stored; "" when all is."""
        checklist = self.pages.get("checklist")
        return next(iter(checklist.unstored), "") if checklist is not None else ""

    def flush(self) -> None:
        """Store what is being typed."""
        for page in self.pages.values():
            page.flush()

    def _narrow(self, page: Any) -> None:
        if hasattr(page, "set_inspection"):
            page.set_inspection(self._inspection)

    def _make_overview(self) -> Any:
        from readiness.domain.filters import names_of
        from ui.pages.overview import OverviewPage

        page = OverviewPage(self._operations, self._source, self._themes.theme, names_of(self._identity))
        page.open_items.connect(self.open_items)
        page.open_item.connect(self.open_item)
        page.export_requested.connect(self.export_asked)
        return page

    def _make_checklist(self) -> Any:
        from readiness.domain.filters import names_of
        from ui.pages.checklist import ChecklistPage

        me = names_of(self._identity)
        page = ChecklistPage(self._operations, self._source, self._themes.theme, me, self._settings)
        page.notice.connect(self._on_notice)
        page.inspection_wanted.connect(self.inspection_wanted)
        page.scope_changed.connect(self._on_scope_changed)
        return page

    def _make_week(self) -> Any:
        from ui.pages.inspection_week import InspectionWeekPage

        page = InspectionWeekPage(self._operations, self._source, self._themes.theme)
        page.open_items.connect(self.open_items)
        page.open_item.connect(self.open_item)
        page.inspection_wanted.connect(self.inspection_wanted)
        page.call_wanted.connect(self.call_wanted)
        page.event_wanted.connect(self.event_wanted)
        page.print_wanted.connect(self.print_wanted)
        return page

    def _make_checks(self) -> Any:
        from ui.pages.checks import ChecksPage

        page = ChecksPage(self._operations, self._source, self._themes.theme)
        page.open_item.connect(self.open_item)
        page.open_items.connect(self.open_items)
        page.view_changed.connect(self._on_view_changed)
        return page

    def _make_history(self) -> Any:
        from ui.pages.history import HistoryPage

        page = HistoryPage(self._operations, self._source, self._themes.theme)
        page.open_item.connect(self.open_item)
        page.open_items.connect(self.open_items)
        return page

    def _on_scope_changed(self) -> None:
        self.filtered.emit(self.page("checklist").current_filter().text)

    def _on_view_changed(self) -> None:
        self.shown.emit(self.current_key)

    def _on_notice(self, words: str) -> None:
        self.said.emit(words, False)
