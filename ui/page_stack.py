"""Page stack: makes each page when it is first asked for, shows one, and passes on what pages ask of each other."""

from __future__ import annotations  # names used only here cost no import before the first paint

from collections.abc import Callable, Mapping
from functools import partial
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
        self._themes, self._settings, self._operations, self._source = themes, settings, operations, source
        self._identity: Identity
        self._inspection: str | None = None
        self._contested: Mapping[str, frozenset[str]] = {}
        self._makers: dict[str, Callable[[], Any]] = {
            "overview": self._make_overview,
            "checklist": self._make_checklist,
            "evidence": self._make_evidence,
            "week": self._make_week,
            "checks": self._make_checks,
            "history": self._make_history,
            "share": self._make_share,
            "conflicts": self._make_conflicts,
            **{side.key: partial(self._make_register, side.key) for side in SIDES[1:]},
        }
        self._sharing: Any = None  # rounds of sharing, for the page and the window
        self._registers: Any = None  # actions and findings, read when a page wants them
        self._desk: Any = None  # what pages do with evidence, made when a page wants it
        self._library: Any = None  # the evidence, read when a page wants it
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
        if self._desk is not None:
            self._desk.abandon()
        for each in (self._registers, self._library):
            if each is not None:
                delete(each)
        self._registers = self._library = None
        self._identity = identity

    def page(self, key: str) -> Any:
        """Return a page, made when first asked for."""
        if key not in self.pages:
            made = self._makers[key]()
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
        theme, registers, desk = self._themes.theme, self._register_source(), self._evidence_desk()
        page = ChecklistPage(self._operations, self._source, theme, me, self._settings, registers, desk)
        page.view_wanted.connect(self.show_page)
        page.action_wanted.connect(partial(self.open_line, "actions"))
        page.area_actions_wanted.connect(self.open_actions_of)
        page.evidence_wanted.connect(self.open_evidence)
        page.notice.connect(self._on_notice)
        page.inspection_wanted.connect(self.inspection_wanted)
        page.scope_changed.connect(self._on_scope_changed)
        return page

    def _make_evidence(self) -> Any:
        from ui.library import LibrarySource
        from ui.pages.evidence import EvidencePage

        self._library = LibrarySource(self._operations, self)
        theme, desk = self._themes.theme, self._evidence_desk()
        page = EvidencePage(self._operations, self._source, self._library, desk, theme, self._settings)
        page.open_item.connect(self.open_item)
        page.open_items.connect(self.open_items)
        page.notice.connect(self._on_notice)
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
        from ui.pages.review_queue import ReviewQueue

        page = ChecksPage(self._operations, self._source, self._themes.theme)
        queue = ReviewQueue(self._operations, self._source, self._themes.theme, self._identity)
        queue.open_item.connect(self.open_item)
        page.add_view("review", "To review", queue)
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

    def _make_share(self) -> Any:
        from ui.pages.share import SharePage

        page = SharePage(self._operations, self.share_desk(), self._themes.theme)
        page.open_item.connect(self.open_item)
        page.conflicts_wanted.connect(partial(self.show_page, "conflicts"))
        return page

    def _make_conflicts(self) -> Any:
        from ui.pages.conflicts import ConflictsPage

        page = ConflictsPage(self._operations, self._themes.theme)
        page.share_wanted.connect(partial(self.show_page, "share"))
        return page

    def _make_register(self, key: str) -> Any:
        from ui.pages.register_kinds import KINDS
        from ui.pages.register_page import RegisterPage

        page = RegisterPage(self._operations, self._register_source(), KINDS[key], self._themes.theme, self._settings)
        page.view_wanted.connect(self.show_page)
        page.item_wanted.connect(self.open_item)
        page.line_wanted.connect(self.open_line)
        return page

    def _register_source(self) -> Any:
        from ui.registers import RegisterSource

        if self._registers is None:
            self._registers = RegisterSource(self._operations, self._source, self)
        return self._registers

    def _evidence_desk(self) -> Any:
        from ui.evidence_desk import EvidenceDesk

        if self._desk is None:
            self._desk = EvidenceDesk(self._operations, self._source, self._themes.theme, self._settings, self)
        return self._desk

    def share_desk(self) -> Any:
        """Return what does rounds of sharing."""
        from ui.share_desk import ShareDesk

        if self._sharing is None:
            self._sharing = ShareDesk(self._operations, self)
        return self._sharing

    def stop(self) -> None:
        """End what is under way; for closing."""
        if self._desk is not None:
            self._desk.close()
        if "evidence" in self.pages:
            self.pages["evidence"].close_down(self._operations.patience)

    def _on_scope_changed(self) -> None:
        self.filtered.emit(self.page("checklist").current_filter().text)

    def _on_view_changed(self) -> None:
        self.shown.emit(self.current_key)

    def _on_notice(self, words: str) -> None:
        self.said.emit(words, False)
