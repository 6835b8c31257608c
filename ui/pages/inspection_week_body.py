"""Inspection week body: where the parts of the page stand. It scrolls where the window is too low for all of them."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from readiness.domain.plan import HEAVY, Basis, Plan
from ui.icons import icon
from ui.models.overview_words import as_html
from ui.models.plan_cards import plan_cards
from ui.models.plan_weeks import PlanWeeks
from ui.models.plan_words import asked_of, basis_line, plan_sentence
from ui.plan_desk import PlanDesk
from ui.theme import Theme
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.labels import button, heading
from ui.widgets.plan_card import PlanCard
from ui.widgets.rehearsal_strip import RehearsalStrip
from ui.widgets.week_pages import WeekPages

GAP, MARGIN = 16, 24
NO_HEAVY = f"Nobody has {HEAVY} unfinished items on a day ahead."
NO_CLASH = "No day off ahead, up to the last day on site, and no date is set to one."


class InspectionWeekBody(QScrollArea):
    """Title and sentence, the rehearsal, the weeks, the timetable, and four cards below it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.title = heading("Inspection week", theme)
        self.basis = ElidedLabel()
        self.sentence = QLabel(wordWrap=True, textFormat=Qt.TextFormat.RichText)
        self.what_if = button("What if they ring on…", "quiet")
        self.print = button(" Print…")
        self.call = button("We have had the call", "primary")
        self.strip = RehearsalStrip(theme)
        self.weeks = WeekPages(theme)
        self.table = self.weeks.table
        self.ready = PlanCard(theme, "Readiness", note="what they ask for first")
        self.heavy = PlanCard(theme, "Heavy days", NO_HEAVY, f"{HEAVY} items or more")
        self.clashes = PlanCard(theme, "Days off and clashes", NO_CLASH)
        self.to_come = PlanCard(theme, "Still to come")
        self.cards = (self.ready, self.heavy, self.clashes, self.to_come)
        self._grid = QGridLayout()
        self._a_row = 0
        self.setProperty("kind", "plain")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out()
        self.set_theme(theme)

    def _lay_out(self) -> None:
        self.basis.setProperty("tone", "quiet")
        self.sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.what_if.setToolTip("Rehearse the call for any day (Ctrl+R)")
        self.print.setToolTip("Print this plan on one page (Ctrl+P)")
        self.print.setAccessibleName("Print…")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.basis, 1)
        for each in (self.what_if, self.print, self.call):
            head.addWidget(each)
        self._grid.setSpacing(GAP)
        content = QWidget()
        content.setProperty("surface", "window")
        content.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        outer = QVBoxLayout(content)
        outer.setContentsMargins(MARGIN, 14, MARGIN, 12)
        outer.setSpacing(8)
        outer.addLayout(head)
        outer.addWidget(self.sentence)
        outer.addWidget(self.strip)
        outer.addSpacing(2)
        outer.addWidget(self.weeks, 1)
        outer.addSpacing(4)
        outer.addLayout(self._grid)
        self.setWidget(content)
        self.strip.hide()
        self._stack(4)

    def show_plan(self, desk: PlanDesk, plan: Plan) -> None:
        """Show a plan of the desk."""
        self.basis.setText(basis_line(plan, desk.day, desk.calendar))
        self.sentence.setText(as_html(plan_sentence(plan, desk.items, desk.day, desk.calendar)))
        self.call.setText(asked_of(plan.inspection))
        self.call.setAccessibleName(self.call.text())
        self._show_strip(desk)
        cards = plan_cards(plan, desk.items, desk.framework, desk.day)
        for card, rows in zip(self.cards, (cards.ready, cards.heavy, cards.clashes, cards.to_come), strict=True):
            card.show_rows(rows)
        self.to_come.set_link("Record…" if plan.basis is Basis.CALLED else "")
        self.weeks.show_plan(PlanWeeks(plan, desk.day, desk.calendar))

    def _show_strip(self, desk: PlanDesk) -> None:
        is_new = self.strip.isHidden() and desk.rehearsed is not None
        self.strip.setVisible(desk.rehearsed is not None)
        self.what_if.setVisible(desk.rehearsed is None)
        if desk.rehearsed is not None and (is_new or self.strip.day.day != desk.rehearsed[0]):
            visits = desk.framework.visits if desk.framework is not None else ()
            self.strip.begin(desk.rehearsed[0], visits, desk.rehearsed[1], desk.calendar)

    def set_theme(self, theme: Theme) -> None:
        """Show in other colours; parts that paint are told by themselves."""
        self._theme = theme
        self.title.setFont(theme.font("h1"))
        self.print.setIcon(icon("printer", theme))
        self.print.setIconSize(QSize(16, 16))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wanted = sum(card.minimumSizeHint().width() for card in self.cards) + 3 * GAP + 2 * MARGIN
        self._stack(4 if self.width() >= wanted else 2)

    def _stack(self, a_row: int) -> None:
        """Put so many cards side by side."""
        if a_row == self._a_row:
            return
        self._a_row = a_row
        for number, card in enumerate(self.cards):
            self._grid.addWidget(card, number // a_row, number % a_row)
        for column in range(len(self.cards)):
            self._grid.setColumnStretch(column, 1 if column < a_row else 0)
