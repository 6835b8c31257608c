"""Page makers: each page of the window, made with what it reads from and joined to what other pages show."""

from __future__ import annotations  # names used only here cost no import before the first paint

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from shiboken6 import delete

from ui.board import BoardSource
from ui.operations import Operations
from ui.settings import Settings
from ui.theme import ThemeSwitch

if TYPE_CHECKING:
    from readiness.domain.views import Identity
    from ui.page_stack import PageStack

REGISTERS = ("actions", "findings", "scrutiny")


class PageMakers:
    """What several pages share (the evidence, the actions, the rounds) is made when the first of them wants it."""

    def __init__(
        self, stack: PageStack, themes: ThemeSwitch, settings: Settings, operations: Operations, source: BoardSource
    ) -> None:
        self._stack = stack
        self._themes, self._settings, self._operations, self._source = themes, settings, operations, source
        self._identity: Identity
        self._sharing: Any = None  # rounds of sharing, for the page and the window
        self._registers: Any = None  # actions and findings, read when a page wants them
        self._desk: Any = None  # what pages do with evidence, made when a page wants it
        self._library: Any = None  # the evidence, read when a page wants it
        self._makers: dict[str, Callable[[], Any]] = {
            "overview": self._make_overview,
            "checklist": self._make_checklist,
            "evidence": self._make_evidence,
            "week": self._make_week,
            "checks": self._make_checks,
            "history": self._make_history,
            "share": self._make_share,
            "conflicts": self._make_conflicts,
            **{key: partial(self._make_register, key) for key in REGISTERS},
        }

    def make(self, key: str) -> Any:
        """Return a new page."""
        return self._makers[key]()

    def start_again(self, identity: Identity) -> None:
        """Forget what pages shared: another workspace or another person is here."""
        if self._desk is not None:
            self._desk.abandon()
        for each in (self._registers, self._library):
            if each is not None:
                delete(each)
        self._registers = self._library = None
        self._identity = identity

    def close(self) -> None:
        """End what the evidence desk has under way."""
        if self._desk is not None:
            self._desk.close()

    def _make_overview(self) -> Any:
        from readiness.domain.filters import names_of
        from ui.pages.overview import OverviewPage

        page = OverviewPage(self._operations, self._source, self._themes.theme, names_of(self._identity))
        page.open_items.connect(self._stack.open_items)
        page.open_item.connect(self._stack.open_item)
        page.export_requested.connect(self._stack.export_asked)
        return page

    def _make_checklist(self) -> Any:
        from readiness.domain.filters import names_of
        from ui.pages.checklist import ChecklistPage

        me = names_of(self._identity)
        theme, registers, desk = self._themes.theme, self._register_source(), self._evidence_desk()
        page = ChecklistPage(self._operations, self._source, theme, me, self._settings, registers, desk)
        page.view_wanted.connect(self._stack.show_page)
        page.action_wanted.connect(partial(self._stack.open_line, "actions"))
        page.area_actions_wanted.connect(self._stack.open_actions_of)
        page.evidence_wanted.connect(self._stack.open_evidence)
        page.notice.connect(self._stack.say)
        page.inspection_wanted.connect(self._stack.inspection_wanted)
        page.scope_changed.connect(self._stack.say_scope)
        return page

    def _make_evidence(self) -> Any:
        from ui.library import LibrarySource
        from ui.pages.evidence import EvidencePage

        self._library = LibrarySource(self._operations, self._stack)
        theme, desk = self._themes.theme, self._evidence_desk()
        page = EvidencePage(self._operations, self._source, self._library, desk, theme, self._settings)
        page.open_item.connect(self._stack.open_item)
        page.open_items.connect(self._stack.open_items)
        page.notice.connect(self._stack.say)
        return page

    def _make_week(self) -> Any:
        from ui.pages.inspection_week import InspectionWeekPage

        page = InspectionWeekPage(self._operations, self._source, self._themes.theme)
        page.open_items.connect(self._stack.open_items)
        page.open_item.connect(self._stack.open_item)
        page.inspection_wanted.connect(self._stack.inspection_wanted)
        page.call_wanted.connect(self._stack.call_wanted)
        page.event_wanted.connect(self._stack.event_wanted)
        page.print_wanted.connect(self._stack.print_wanted)
        return page

    def _make_checks(self) -> Any:
        from ui.pages.checks import ChecksPage
        from ui.pages.review_queue import ReviewQueue

        page = ChecksPage(self._operations, self._source, self._themes.theme)
        queue = ReviewQueue(self._operations, self._source, self._themes.theme, self._identity)
        queue.open_item.connect(self._stack.open_item)
        page.add_view("review", "To review", queue)
        page.open_item.connect(self._stack.open_item)
        page.open_items.connect(self._stack.open_items)
        page.view_changed.connect(self._stack.say_view)
        return page

    def _make_history(self) -> Any:
        from ui.pages.history import HistoryPage

        page = HistoryPage(self._operations, self._source, self._themes.theme)
        page.open_item.connect(self._stack.open_item)
        page.open_items.connect(self._stack.open_items)
        return page

    def _make_share(self) -> Any:
        from ui.pages.share import SharePage

        page = SharePage(self._operations, self.share_desk(), self._themes.theme)
        page.open_item.connect(self._stack.open_item)
        page.conflicts_wanted.connect(partial(self._stack.show_page, "conflicts"))
        return page

    def _make_conflicts(self) -> Any:
        from ui.pages.conflicts import ConflictsPage

        page = ConflictsPage(self._operations, self._themes.theme)
        page.share_wanted.connect(partial(self._stack.show_page, "share"))
        return page

    def _make_register(self, key: str) -> Any:
        from ui.pages.register_kinds import KINDS
        from ui.pages.register_page import RegisterPage

        page = RegisterPage(self._operations, self._register_source(), KINDS[key], self._themes.theme, self._settings)
        page.view_wanted.connect(self._stack.show_page)
        page.item_wanted.connect(self._stack.open_item)
        page.line_wanted.connect(self._stack.open_line)
        return page

    def _register_source(self) -> Any:
        from ui.registers import RegisterSource

        if self._registers is None:
            self._registers = RegisterSource(self._operations, self._source, self._stack)
        return self._registers

    def _evidence_desk(self) -> Any:
        from ui.evidence_desk import EvidenceDesk

        if self._desk is None:
            self._desk = EvidenceDesk(self._operations, self._source, self._themes.theme, self._settings, self._stack)
        return self._desk

    def share_desk(self) -> Any:
        """Return what does rounds of sharing."""
        from ui.share_desk import ShareDesk

        if self._sharing is None:
            self._sharing = ShareDesk(self._operations, self._stack)
        return self._sharing
