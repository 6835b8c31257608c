"""History: what happened, newest first, each step with what it changed and a way back."""

from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from readiness.domain.filters import ItemFilter
from readiness.domain.plain_words import counted
from readiness.domain.views import StepRow
from readiness.services.undo import undo, undo_step
from ui.board import BoardSource
from ui.models.step_list import StepList, StepRole
from ui.operations import Operations
from ui.pages.history_list import StepView
from ui.pages.history_panel import StepPanel, why_not_shown, why_not_undone
from ui.pages.history_reader import StepReader
from ui.theme import Theme
from ui.widgets.empty_state import EmptyState
from ui.widgets.foot_strip import FootStrip

FILTER_DELAY_MS = 200
EVERYBODY = "Everybody"
NOTHING_YET = ("Nothing has happened yet", "What anybody does in this workspace appears here, and can be undone here.")
NOTHING_FOUND = ("No step matches", "Nobody did anything that contains these words.", "Clear the filter")
Index = QModelIndex | QPersistentModelIndex


class HistoryPage(QWidget):
    """The list of steps at the left, the chosen one at the right."""

    open_item = Signal(str)  # id
    open_items = Signal(object)  # ItemFilter

    def __init__(
        self, operations: Operations, source: BoardSource, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._operations, self._source = operations, source
        self._is_stale = True
        self._theme = theme
        self.steps = StepList(self)
        self.reader = StepReader(operations, self.steps, self)
        self.list = StepView(theme)
        self.list.setModel(self.steps)
        self.panel = StepPanel(theme)
        self.filter_box, self.person_box = QLineEdit(), QComboBox()
        self.title, self.count = QLabel("History"), QLabel()
        self.empty = EmptyState(theme, "history", *NOTHING_YET)
        self.middle = QStackedWidget()
        self.foot = FootStrip(theme)
        self._delay = QTimer(self, singleShot=True, interval=FILTER_DELAY_MS)
        self._actions = self._make_actions()
        self._lay_out()
        self._connect()
        self.set_theme(theme)

    def page_actions(self) -> dict[str, list[QAction]]:
        """Return what can be done here, by menu."""
        return {"Edit": [self._actions["undo"]], "Item": [self._actions["show"]], "View": [self._actions["filter"]]}

    def flush(self) -> None:
        """Nothing here waits to be stored."""

    def set_theme(self, theme: Theme) -> None:
        """Show in other colours."""
        self._theme = theme
        self.title.setFont(theme.font("h1"))
        for widget in (self.list, self.panel, self.empty, self.foot):
            widget.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale and self._source.board is not None:
            self._on_refreshed()

    def _make_actions(self) -> dict[str, QAction]:
        made = {
            "undo": QAction("Undo this step", self),
            "show": QAction("Show item of this step", self),
            "filter": QAction("Filter the history", self),
        }
        for name, keys in (("undo", "Ctrl+Shift+U"), ("show", "Ctrl+Return"), ("filter", "Ctrl+F")):
            made[name].setShortcut(QKeySequence(keys))
            self.addAction(made[name])
        made["undo"].triggered.connect(self._on_undo_wanted)
        made["show"].triggered.connect(self._on_show_wanted)
        made["filter"].triggered.connect(self._on_filter_wanted)
        return made

    def _lay_out(self) -> None:
        self.filter_box.setPlaceholderText("Filter by what, who or item")
        self.filter_box.setAccessibleName("Filter the history")
        self.filter_box.setToolTip("Filter the history (Ctrl+F); Esc clears")
        self.filter_box.setFixedWidth(240)
        self.person_box.addItem(EVERYBODY, "")
        self.person_box.setAccessibleName("Whose steps")
        self.person_box.setMinimumWidth(160)
        self.count.setProperty("tone", "quiet")
        self.foot.set_hints("Arrows move · Enter shows the item · Ctrl+F filters")
        head = QHBoxLayout()
        head.setContentsMargins(24, 14, 24, 12)
        head.setSpacing(8)
        for widget in (self.title, self.count):
            head.addWidget(widget, 0, Qt.AlignmentFlag.AlignBaseline)
        head.addStretch()
        head.addWidget(self.person_box)
        head.addWidget(self.filter_box)
        self.middle.addWidget(self.list)
        self.middle.addWidget(self.empty)
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addLayout(head)
        left.addWidget(self.middle, 1)
        left.addWidget(self.foot)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(left, 1)
        layout.addWidget(self.panel)
        self.first_focus = self.list

    def _connect(self) -> None:
        self._source.refreshed.connect(self._on_refreshed)
        escape = QShortcut(QKeySequence("Esc"), self.filter_box, context=Qt.ShortcutContext.WidgetShortcut)
        escape.activated.connect(self._on_filter_cleared)
        self._delay.timeout.connect(self._on_filter_changed)
        self.filter_box.textChanged.connect(self._delay.start)
        self.person_box.currentIndexChanged.connect(self._on_filter_changed)
        self.list.selectionModel().currentChanged.connect(self._on_chosen)
        self.list.activated.connect(self._on_show_wanted)
        self.reader.steps_read.connect(self._on_steps_read)
        self.reader.fields_read.connect(self.panel.show_fields)
        self.reader.actors_read.connect(self._on_actors_read)
        self.panel.undo_wanted.connect(self._on_undo_wanted)
        self.panel.show_wanted.connect(self._on_show_wanted)
        self.empty.acted.connect(self._on_filter_cleared)
        self.foot.undo_asked.connect(partial(self._operations.change, undo))

    def _on_refreshed(self, *_: object) -> None:
        self._is_stale = not self.isVisible()
        if not self._is_stale:
            self.reader.refresh()

    def _on_steps_read(self) -> None:
        self.list.delegate.set_today(self._source.day)
        count = self.steps.rowCount()
        more = "" if self.steps.is_complete else " or more"
        self.count.setText(counted(count, "step") + more if count else "")
        self.empty.set_words(*(NOTHING_FOUND if self.reader.is_filtered else NOTHING_YET))
        self.middle.setCurrentWidget(self.list if count else self.empty)
        if count and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.steps.index(0))
        self._on_chosen(self.list.currentIndex())

    def _on_chosen(self, index: Index) -> None:
        step = self.steps.step(index)
        at = index.data(StepRole.AT) if step else None
        self.panel.show_step(step, len(self._items_of(step)), at)
        if step is not None:
            self.reader.read_fields(step.id)

    def _items_of(self, step: StepRow | None) -> tuple[str, ...]:
        """Return the items of a step that still stand on the board."""
        board = self._source.board
        if step is None or board is None or not step.records:
            return ()
        wanted = set(step.records)
        return tuple(item.id for item in board.items if item.id in wanted)

    def _on_undo_wanted(self) -> None:
        step = self.steps.step(self.list.currentIndex())
        if step is None:
            return
        if why_not_undone(step):  # the button is disabled; the menu's action gets its reason here
            self.foot.show_notice(why_not_undone(step), warning=True)
        else:
            self._operations.change(undo_step, step.id)

    def _on_show_wanted(self) -> None:
        step = self.steps.step(self.list.currentIndex())
        items = self._items_of(step)
        if step is None:
            return
        if not items:
            self.foot.show_notice(why_not_shown(step), warning=True)
        elif len(items) == 1:
            self.open_item.emit(items[0])
        else:
            self.open_items.emit(ItemFilter(items=items, label=step.label))

    def _on_filter_wanted(self) -> None:
        self.filter_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter_box.selectAll()

    def _on_filter_changed(self) -> None:
        self._delay.stop()
        self.reader.read(str(self.person_box.currentData() or ""), self.filter_box.text())

    def _on_filter_cleared(self) -> None:
        self.person_box.setCurrentIndex(0)
        self.filter_box.clear()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_actors_read(self, names: tuple[str, ...]) -> None:
        """Offer everybody who wrote a step, and keep who is chosen."""
        chosen = self.person_box.currentData()
        self.person_box.blockSignals(True)
        self.person_box.clear()
        self.person_box.addItem(EVERYBODY, "")
        for name in names:
            self.person_box.addItem(name, name)
        self.person_box.setCurrentIndex(max(self.person_box.findData(chosen), 0))
        self.person_box.blockSignals(False)
