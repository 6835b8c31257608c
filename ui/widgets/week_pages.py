"""Week pages: a switch of weeks with the timetable of the chosen one below it."""

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from readiness.domain.plan import Basis
from ui.models.plan_weeks import PlanWeeks, seen
from ui.theme import Theme
from ui.widgets.segmented import Segmented
from ui.widgets.week_table import WeekTable

MOST_WEEK_WIDTH = 360


class WeekPages(QWidget):
    """Keeps the week that people chose as long as the plan is the same; a rehearsal of another day keeps its place."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.week = ""  # the key of what is shown
        self._weeks: PlanWeeks | None = None
        self.switch = Segmented(theme, "Week", most_width=MOST_WEEK_WIDTH)
        self.table = WeekTable(theme)
        row = QHBoxLayout()
        row.addWidget(self.switch)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(row)
        layout.addWidget(self.table, 1)
        self.switch.chosen.connect(self.show_week)
        self.table.turned.connect(self._on_turned)

    def show_plan(self, weeks: PlanWeeks) -> None:
        """Show a plan: the week that was shown of it, or else the one that is usual."""
        before, self._weeks = self._weeks, weeks
        if before is None or _call_of(before) != _call_of(weeks):
            is_next = before is not None and _are_rehearsals(before, weeks)
            self.week = self._same_place(before, weeks) if before is not None and is_next else weeks.usual
        elif self.week not in _keys(weeks):
            self.week = weeks.usual
        self.show_week(self.week)

    def _same_place(self, before: PlanWeeks, weeks: PlanWeeks) -> str:
        keys = _keys(weeks)
        return keys[min(_keys(before).index(self.week), len(keys) - 1)]

    def show_week(self, key: str) -> None:
        """Show a week of the plan by its key."""
        if self._weeks is None:
            return
        self.week = key
        names = self._weeks.names
        options = [(name.key, name.title) for name in seen(names, key)]
        if options != self.switch.options:
            self.switch.set_options(options, key)
        self.switch.set_current(key)
        is_week = any(name.key == key and name.first is not None for name in names)
        self.table.show_columns(self._weeks.columns(key), is_week=is_week)

    def turn(self, by: int) -> None:
        """Go to the next week, or the one before."""
        if self._weeks is not None:
            keys = _keys(self._weeks)
            place = keys.index(self.week) + by
            if 0 <= place < len(keys):
                self.show_week(keys[place])

    def show_today(self) -> None:
        """Show the week of today; where that lies outside of the plan, what is nearest."""
        if self._weeks is not None:
            self.show_week(self._weeks.usual)

    def show_day(self, day: date) -> None:
        """Show the week of a day."""
        if self._weeks is not None:
            self.show_week(self._weeks.week_of(day))

    def _on_turned(self, by: int) -> None:
        before = self.week
        self.turn(by)
        if self.week != before:
            self.table.go(0 if by > 0 else len(self.table.heads), 1)


def _keys(weeks: PlanWeeks) -> list[str]:
    return [name.key for name in weeks.names]


def _call_of(weeks: PlanWeeks) -> tuple[object, ...]:
    plan = weeks.plan
    return plan.inspection.id, plan.basis, plan.call, plan.last


def _are_rehearsals(before: PlanWeeks, weeks: PlanWeeks) -> bool:
    same = before.plan.inspection.id == weeks.plan.inspection.id
    return same and before.plan.basis is weeks.plan.basis is Basis.REHEARSED
