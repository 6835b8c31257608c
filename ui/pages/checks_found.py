"""Checks found: the list of what the checks found, narrowed by severity, with the way to each place and its mending."""

from collections import Counter
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from readiness.domain.checks.results import CheckResult
from readiness.domain.plain_words import counted
from readiness.domain.vocabulary import Severity
from readiness.services.checks import CheckReport
from ui.models.check_list import CheckHead, CheckList
from ui.theme import Theme
from ui.widgets.check_view import CheckView
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import label
from ui.widgets.severity_chips import SeverityChips

ALL_WELL = ("Everything holds", "The checks find nothing that is weak, missing or contradictory.")
NONE_SO_GRAVE = ("Nothing of this kind", "The checks find nothing that matters so much.", "Show everything")
HINTS = "← → fold · Enter opens · Ctrl+Enter opens all of a check · F mends"
_KEYS = {Severity.MUST: "M", Severity.SHOULD: "S", Severity.KNOW: "K"}


class ChecksFound(QWidget):
    """Chips, then the list. It shows what it is given and asks for what is wanted."""

    hints = HINTS
    open_wanted = Signal(object)  # tuple of CheckResult: one place, or all of a check
    mend_wanted = Signal(object)  # tuple of CheckResult
    refused = Signal(str)  # why something cannot be done

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.checks = CheckList(self)
        self.list = CheckView(theme, self.checks)
        self.chips = SeverityChips(theme)
        self.count = label("", "quiet")
        self.empty = EmptyState(theme, "checks", *ALL_WELL)
        self.middle = QStackedWidget()
        self._found = 0
        self._actions = self._make_actions()
        self._lay_out()
        self.first_focus = self.list
        self.chips.chosen.connect(self._on_severities_chosen)
        self.list.activated.connect(self._on_activated)
        self.list.mend_asked.connect(self._on_mend_wanted)
        self.empty.acted.connect(self.chips.clear)

    def page_actions(self) -> dict[str, list[QAction]]:
        """Return what can be done here, by menu."""
        view = [self._actions[str(severity.value)] for severity in Severity]
        return {"Item": [self._actions[name] for name in ("open", "mend", "mend_all")], "View": view}

    def show_report(self, report: CheckReport) -> None:
        """Show another report; the row people are at stays the current one, or the nearest to it."""
        here = self.list.currentIndex()
        key = self.checks.key_of(here.row()) if here.isValid() else None
        scrolled = self.list.verticalScrollBar().value()
        self._found = len(report.results)
        self.chips.show_counts(Counter(result.severity for result in report.results))
        self.checks.show_results(report.results)
        self._show()
        place = self.checks.place_of(key) if key is not None else None
        last = self.checks.rowCount() - 1
        self.list.setCurrentIndex(self.checks.index(min(here.row() if place is None else place, last) if key else 0))
        self.list.verticalScrollBar().setValue(scrolled)

    def _make_actions(self) -> dict[str, QAction]:
        wanted = [
            ("open", "Open the place, or all places of the check", "Ctrl+Return", self._on_open_wanted),
            ("mend", "Mend", "F", self._on_mend_wanted),
            ("mend_all", "Mend all places of this check", "Shift+F", partial(self._on_mend_wanted, whole=True)),
        ]
        for severity, keys in _KEYS.items():
            words = f"Only what is {severity.label[:1].lower()}{severity.label[1:]}"
            if severity is not Severity.KNOW:
                words = f"Only what {severity.label.lower()}"
            wanted.append((str(severity.value), words, keys, partial(self.chips.press, severity)))
        made = {}
        for name, words, keys, slot in wanted:
            made[name] = QAction(words, self)
            made[name].setShortcut(QKeySequence(keys))
            made[name].setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made[name].triggered.connect(slot)
            self.addAction(made[name])
        return made

    def _lay_out(self) -> None:
        chips = QHBoxLayout()
        chips.setContentsMargins(24, 0, 24, 10)
        chips.setSpacing(12)
        chips.addWidget(self.chips)
        chips.addStretch(1)
        chips.addWidget(self.count)
        self.middle.addWidget(self.list)
        self.middle.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(chips)
        layout.addWidget(self.middle, 1)

    def _show(self) -> None:
        heads = [row for row in self.checks.rows if isinstance(row, CheckHead)]
        places = sum(len(head.results) for head in heads)
        self.count.setText(f"{counted(places, 'place')} in {counted(len(heads), 'check')}" if heads else "")
        self.empty.set_words(*(NONE_SO_GRAVE if self._found else ALL_WELL))
        self.middle.setCurrentWidget(self.list if heads else self.empty)
        self.chips.setVisible(bool(self._found))

    def _on_severities_chosen(self, severities: frozenset[Severity]) -> None:
        self.checks.show_severities(severities)
        self._show()
        self.list.setCurrentIndex(self.checks.index(0))

    def _current(self, *, whole: bool = False) -> tuple[CheckResult, ...]:
        """Return the place people are at; all those of its check for a heading, or when asked for."""
        here = self.list.currentIndex()
        row = self.checks.row(self.checks.index(self.checks.head_of(here.row()))) if whole else self.checks.row(here)
        return () if row is None else row.results if isinstance(row, CheckHead) else (row,)

    def _on_activated(self) -> None:
        row = self.checks.row(self.list.currentIndex())
        if isinstance(row, CheckHead):
            self.list.fold(not row.is_open)
        elif row is not None:
            self.open_wanted.emit((row,))

    def _on_open_wanted(self) -> None:
        found = self._current()
        if found:
            self.open_wanted.emit(found)

    def _on_mend_wanted(self, _checked: bool = False, *, whole: bool = False) -> None:
        found = self._current(whole=whole)
        mendable = tuple(result for result in found if result.fix)
        if mendable:
            self.mend_wanted.emit(mendable)
        elif found:
            self.refused.emit("This cannot be mended by itself. Press Enter to open the place and decide.")
