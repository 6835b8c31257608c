"""Call commands: the call, what comes later, closures, rehearsals, and the plan on paper. Each asks, then hands over.

They are about the inspection that Inspection week shows, and show that page first, so that nobody must guess which.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from readiness.domain.errors import ReadinessError
from ui.operations import Operations
from ui.settings import Settings
from ui.theme import ThemeSwitch

if TYPE_CHECKING:
    from readiness.domain.schemes import Event
    from readiness.domain.views import InspectionRow
    from ui.main_window import MainWindow
    from ui.pages.inspection_week import InspectionWeekPage
    from ui.plan_printing import PlanPrinting

PAGE = "week"


class CallCommands:
    """The slots of `ui/actions.py` about the call."""

    def __init__(self, operations: Operations, settings: Settings, themes: ThemeSwitch) -> None:
        self._operations, self._settings, self._themes = operations, settings, themes
        self._window: MainWindow

    def attach(self, window: "MainWindow") -> None:
        """Serve this window."""
        self._window = window
        window.stack.call_wanted.connect(self.record_call)
        window.stack.event_wanted.connect(self.record_event)
        window.stack.print_wanted.connect(self.print_plan)

    def slots(self) -> dict[str, Callable[[], None]]:
        """Return what each action does, by its name."""
        return {
            "record_call": self.record_call,
            "record_event": self.record_event,
            "withdraw_call": self.withdraw_call,
            "rehearse": self.rehearse,
            "closures": self.closures,
            "print_plan": self.print_plan,
            "save_plan": self.save_plan,
        }

    def _then(self, deed: "Callable[[InspectionWeekPage, InspectionRow], None]") -> None:
        """Show Inspection week, and act on its inspection as soon as all about it is read."""
        if self._window.source.board is not None:
            self._window.show_page(PAGE)
            page: InspectionWeekPage = self._window.stack.page(PAGE)
            page.desk.when_known(partial(_act, deed, page))

    def record_call(self) -> None:
        """Ask what was said on the telephone and record it."""
        self._then(partial(self._ask_call, None))

    def _ask_call(self, typed: tuple[str, str] | None, page: "InspectionWeekPage", row: "InspectionRow") -> None:
        from readiness.services.notification import record_call
        from ui.dialogs.call_dialog import CallDialog

        desk, theme, board = page.desk, self._themes.theme, self._window.source.board
        among = board.inspections if board is not None else ()
        dialog = CallDialog(theme, row, desk.framework, desk.calendar, desk.day, self._window, among=among)
        if typed is not None and row.notified_on is None:
            dialog.take(*typed)
        call = dialog.call() if dialog.exec() else None
        dialog.deleteLater()
        if dialog.other is not None:  # the same again, with its kinds of visit
            typed = (dialog.day.text(), dialog.time.text()) if row.notified_on is None else None
            self._window.switch.choose(dialog.other)
            self._then(partial(self._ask_call, typed))
        elif call is not None:
            desk.leave()
            self._operations.change(record_call, row.id, call)

    def record_event(self, event: "Event | None" = None) -> None:
        """Ask what happened after the call and record it."""
        self._then(partial(self._ask_event, event))

    def _ask_event(self, event: "Event | None", page: "InspectionWeekPage", row: "InspectionRow") -> None:
        from readiness.services.notification import record_event
        from ui.dialogs.event_dialog import EventDialog

        desk = page.desk
        if row.notified_on is None:
            page.refuse_before_call()
            return
        desk.leave()
        if desk.plan is not None:
            answer = EventDialog.ask(self._themes.theme, desk.plan, desk.day, event, self._window)
            if answer is not None:
                self._operations.change(record_event, row.id, answer.event, answer.day)

    def withdraw_call(self) -> None:
        """Take the call back; Undo brings it again."""
        self._then(self._withdraw)

    def _withdraw(self, page: "InspectionWeekPage", row: "InspectionRow") -> None:
        from readiness.services.notification import withdraw_call

        if row.notified_on is None:
            page.refuse_before_call()
        else:
            self._operations.change(withdraw_call, row.id)

    def rehearse(self) -> None:
        """Show the plan for an imagined call."""
        self._then(lambda page, _row: page.rehearse())

    def closures(self) -> None:
        """Ask on which days the council is shut."""
        from readiness.services.notification import set_closures
        from ui.dialogs.closures_dialog import ClosuresDialog

        board = self._window.source.board
        if board is not None:
            days = ClosuresDialog.ask(self._themes.theme, board.calendar.closures, self._window)
            if days is not None:
                self._operations.change(set_closures, days)

    def print_plan(self) -> None:
        """Print what Inspection week shows, on one page."""
        self._then(lambda page, _row: self._say(page, lambda: self._printing().print(page.desk, self._who())))

    def save_plan(self) -> None:
        """Write what Inspection week shows as a PDF of one page."""
        self._then(lambda page, _row: self._say(page, lambda: self._printing().save(page.desk, self._who())))

    def _printing(self) -> "PlanPrinting":
        from ui.plan_printing import PlanPrinting

        return PlanPrinting(self._settings, self._window)

    def _who(self) -> str:
        return self._window.identity.signature

    def _say(self, page: "InspectionWeekPage", deed: Callable[[], str]) -> None:
        """Do something and say at the foot of the page what came of it."""
        try:
            said = deed()
        except ReadinessError as error:
            page.foot.show_notice(str(error), warning=True)
        else:
            if said:
                page.foot.show_notice(said)


def _act(deed: "Callable[[InspectionWeekPage, InspectionRow], None]", page: "InspectionWeekPage") -> None:
    if page.desk.row is not None:  # else there is no inspection, and the page says so
        deed(page, page.desk.row)
