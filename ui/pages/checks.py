"""Checks: what is weak, missing, or claimed and not proven; the assertion gap first. Asked of the worker when seen."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from readiness.domain.assertions import headline
from readiness.domain.checks.results import CheckResult
from readiness.domain.filters import ItemFilter
from readiness.domain.plain_words import counted
from readiness.services.checks import CheckReport, check, mend
from readiness.services.undo import undo
from ui.board import BoardSource
from ui.models.overview_words import Phrase, as_html
from ui.operations import Operations
from ui.pages.checks_found import ChecksFound
from ui.theme import Theme
from ui.widgets.empty_state import EmptyState
from ui.widgets.foot_strip import FootStrip
from ui.widgets.labels import heading, label, link
from ui.widgets.segmented import Segmented

WAIT_MS = 500
NOTHING_TRACKED = (
    "No inspection is tracked yet",
    "Choose Track another inspection in the Inspection menu (Ctrl+Shift+N) to lay out its checklist.",
)
NOWHERE = "No item is behind this yet, so there is nothing to open."


class ChecksPage(QWidget):
    """The headline, one view or several under it, and one foot. A switch appears with the second view."""

    open_item = Signal(str)  # id
    open_items = Signal(object)  # ItemFilter
    view_changed = Signal()  # another view is shown: it brings other actions

    def __init__(
        self, operations: Operations, source: BoardSource, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._operations, self._source = operations, source
        self._inspection_id: str | None = None
        self._report: CheckReport | None = None
        self._question = 0
        self._is_stale = True
        self._views: dict[str, tuple[str, QWidget]] = {}
        self.title = heading("Checks", theme)
        self.switch = Segmented(theme, "View")
        self.sentence = QLabel(wordWrap=True, textFormat=Qt.TextFormat.RichText)
        self.doubted = link("")
        self.found = ChecksFound(theme)
        self.waiting = label("", "quiet")
        self.nothing = EmptyState(theme, "checks", *NOTHING_TRACKED)
        self.views, self.middle = QStackedWidget(), QStackedWidget()
        self.foot = FootStrip(theme)
        self._wait = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._lay_out()
        self._connect()
        self.add_view("found", "Found", self.found)

    def add_view(self, key: str, words: str, view: QWidget) -> None:
        """Offer a view: it may bring `page_actions`, `flush`, `hints`, `show_report` and `set_inspection`."""
        self._views[key] = (words, view)
        self.views.addWidget(view)
        shown = next(each for each, (_, found) in self._views.items() if found is self.views.currentWidget())
        self.switch.set_options([(each, said) for each, (said, _) in self._views.items()], shown)
        self.switch.setVisible(len(self._views) > 1)
        self.show_view(shown)

    def show_view(self, key: str) -> None:
        """Show one of the views."""
        view = self._views[key][1]
        self.flush()
        self.views.setCurrentWidget(view)
        self.first_focus = view
        self.switch.set_current(key)
        self.foot.set_hints(getattr(view, "hints", ""))
        self.view_changed.emit()

    def page_actions(self) -> dict[str, list[QAction]]:
        """Return what can be done in the view that is shown, by menu."""
        actions = getattr(self.views.currentWidget(), "page_actions", dict)
        return dict(actions())

    def flush(self) -> None:
        """Store what is being typed in a view."""
        for _, view in self._views.values():
            if hasattr(view, "flush"):
                view.flush()

    def set_inspection(self, inspection_id: str | None) -> None:
        """Show one inspection, or all of them."""
        if inspection_id != self._inspection_id:
            self._inspection_id = inspection_id
            self._show()
            for _, view in self._views.values():
                if hasattr(view, "set_inspection"):
                    view.set_inspection(inspection_id)

    def set_theme(self, theme: Theme) -> None:
        """Show in other colours; what paints by itself is told by `retheme`."""
        self.title.setFont(theme.font("h1"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale and self._source.board is not None:
            self._ask()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.title)
        row.addWidget(self.switch)
        row.addStretch(1)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        said = QHBoxLayout()
        said.setSpacing(8)
        said.addWidget(self.sentence, 1)
        said.addWidget(self.doubted, 0, Qt.AlignmentFlag.AlignTop)
        head = QVBoxLayout()
        head.setContentsMargins(24, 14, 19, 10)  # the words of the link stand in line with what is below
        head.setSpacing(4)
        head.addLayout(row)
        head.addLayout(said)
        self.waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for each in (self.waiting, self.views, self.nothing):
            self.middle.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.middle, 1)
        layout.addWidget(self.foot)
        self.doubted.hide()

    def _connect(self) -> None:
        self._source.refreshed.connect(self._on_refreshed)
        self._wait.timeout.connect(self._on_waited)
        self.switch.chosen.connect(self.show_view)
        self.doubted.clicked.connect(self._on_doubted_clicked)
        self.found.open_wanted.connect(self._on_open_wanted)
        self.found.mend_wanted.connect(self._on_mend_wanted)
        self.found.refused.connect(partial(self.foot.show_notice, warning=True))
        self.foot.undo_asked.connect(partial(self._operations.change, undo))

    def _on_refreshed(self, *_: object) -> None:
        self._is_stale = not self.isVisible()
        if not self._is_stale:
            self._ask()

    def _ask(self) -> None:
        board = self._source.board
        if board is None:
            return
        self._is_stale = False
        self._question += 1
        if self._report is None:
            self._wait.start()
        self._operations.do(partial(self._on_read, self._question), partial(check, day=board.day))

    def _on_waited(self) -> None:
        board = self._source.board
        if self._report is None and board is not None:
            self.waiting.setText(f"Looking through {counted(len(board.items), 'item')} and their evidence…")

    def _on_read(self, question: int, report: CheckReport) -> None:
        if isValid(self) and question == self._question:  # the page may be gone, or something else asked meanwhile
            self._wait.stop()
            self._report = report
            self._show()

    def _show(self) -> None:
        board = self._source.board
        if self._report is None or board is None:
            return
        report = self._report.within(self._inspection_id)
        figure, why = headline(report.gap)
        self.sentence.setText(as_html((Phrase(figure, strong=True), Phrase(why))) if board.inspections else "")
        doubted = len(report.gap.doubted)
        self.doubted.setText("Show it" if doubted == 1 else f"Show all {doubted:,}")
        self.doubted.setAccessibleName(f"Show the {counted(doubted, 'claim')} that do not stand")
        self.doubted.setVisible(bool(doubted))
        self.middle.setCurrentWidget(self.views if board.inspections else self.nothing)
        self.found.show_report(report)

    def _on_doubted_clicked(self) -> None:
        if self._report is not None:
            gap = self._report.gap.within(self._inspection_id)
            ids = tuple(item.id for item in gap.doubted)
            self.open_items.emit(ItemFilter(items=ids, label="Claimed, not proven"))

    def _on_open_wanted(self, results: tuple[CheckResult, ...]) -> None:
        """Go to a place, or to all places of a check; evidence, actions and findings lead to the items behind them."""
        first, *more = results
        about = first.about
        ids = tuple(dict.fromkeys(id_ for result in results for id_ in result.about.items))
        if first.kind == "item" and not more:
            self.open_item.emit(first.id)
        elif ids:
            label = first.rule.title if more else f"{first.rule.title}: {about.name}"
            self.open_items.emit(ItemFilter(items=ids, label=label))
        elif about.area_id or about.inspections:
            areas = (about.area_id,) if about.area_id else ()
            inspections = () if areas else about.inspections
            self.open_items.emit(ItemFilter(areas=areas, inspections=inspections, label=about.name))
        else:
            self.foot.show_notice(NOWHERE, warning=True)

    def _on_mend_wanted(self, results: tuple[CheckResult, ...]) -> None:
        self._operations.change(mend, results)
