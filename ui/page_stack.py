"""Page stack: has each page made when it is first asked for, shows one, and passes on what pages ask of each other."""

from __future__ import annotations  # names used only here cost no import before the first paint

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget
from shiboken6 import delete

from ui.board import BoardSource
from ui.first_focus import focus_first
from ui.operations import Operations
from ui.page_makers import PageMakers
from ui.settings import Settings
from ui.theme import ThemeSwitch
from ui.widgets.rail import RailPage

if TYPE_CHECKING:
    from readiness.domain.filters import ItemFilter
    from readiness.domain.views import Identity

PAGES = (
    RailPage("overview", "Overview", "overview", "Ctrl+1"),
    RailPage("checklist", "Checklist", "checklist", "Ctrl+2"),
    RailPage("evidence", "Evidence", "evidence", "Ctrl+3"),
    RailPage("week", "Inspection week", "calendar", "Ctrl+4"),
    RailPage("checks", "Checks", "checks", "Ctrl+5"),
    RailPage("history", "History", "history", "Ctrl+6"),
    RailPage("share", "Share", "share", "Ctrl+7"),
)
SIDES = (
    RailPage("checklist", "Items of the checklist", "checklist", "Alt+1"),
    RailPage("actions", "Actions", "checklist", "Alt+2"),
    RailPage("findings", "Findings of earlier inspections", "checklist", "Alt+3"),
    RailPage("scrutiny", "Scrutiny commitments", "checklist", "Alt+4"),
)
"""The sides of the checklist: pages of their own, which the rail has under Checklist."""


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
        self._operations, self._source = operations, source
        self._inspection: str | None = None
        self._contested: Mapping[str, frozenset[str]] = {}
        self.makers = PageMakers(self, themes, settings, operations, source)
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
        self.pages, self._contested = {}, {}
        self.makers.start_again(identity)

    def page(self, key: str) -> Any:
        """Return a page, made when first asked for."""
        if key not in self.pages:
            made = self.makers.make(key)
            if hasattr(made, "contests"):
                made.contests.wanted.connect(self.open_conflict)
                made.contests.take(self._contested)
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
        focus_first(page)
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

    def open_line(self, key: str, id_: str) -> None:
        """Show one action or finding on its page."""
        self.show_page(key)
        self.page(key).show_line(id_)

    def open_actions_of(self, area_id: str) -> None:
        """Show the actions of one area."""
        self.show_page("actions")
        self.page("actions").show_area(area_id)

    def open_conflict(self, record_id: str, field: str) -> None:
        """Show one field in conflict, to be chosen for."""
        self.show_page("conflicts")
        self.page("conflicts").show_conflict(record_id, field)

    def open_evidence(self, evidence_id: str) -> None:
        """Show one piece of evidence in the library."""
        self.show_page("evidence")
        self.page("evidence").show_evidence(evidence_id)

    def set_inspection(self, inspection_id: str | None) -> None:
        """Narrow every page to one inspection; None: all."""
        self._inspection = inspection_id
        for page in self.pages.values():
            self._narrow(page)

    def set_contested(self, contested: Mapping[str, frozenset[str]]) -> None:
        """Have every page know which fields are in conflict, by record: their chooser opens instead of an editor."""
        if contested != self._contested:
            self._contested = contested
            for page in self.pages.values():
                if hasattr(page, "contests"):
                    page.contests.take(contested)

    def end_visit(self) -> None:
        """Remember until when this workspace was seen."""
        checklist = self.pages.get("checklist")
        if checklist is not None:
            checklist.visit_ended()

    def unstored(self) -> str:
        """Return why something that was typed cannot be stored; "" when all is."""
        return next((words for page in self.pages.values() for words in getattr(page, "unstored", ())), "")

    def flush(self) -> None:
        """Store what is being typed."""
        for page in self.pages.values():
            page.flush()

    def _narrow(self, page: Any) -> None:
        if hasattr(page, "set_inspection"):
            page.set_inspection(self._inspection)

    def stop(self) -> None:
        """End what is under way; for closing."""
        self.makers.close()
        if "evidence" in self.pages:
            self.pages["evidence"].close_down(self._operations.patience)

    def say(self, words: str) -> None:
        """Pass on a notice that no undo belongs to."""
        self.said.emit(words, False)

    def say_scope(self) -> None:
        """Say by which words the Checklist is filtered now."""
        self.filtered.emit(self.page("checklist").current_filter().text)

    def say_view(self) -> None:
        """Say that a page shows another view of its own."""
        self.shown.emit(self.current_key)
