"""Inspection commands: what the Inspection menu does to the list of inspections and their names and dates."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from ui.operations import Operations
from ui.theme import ThemeSwitch

if TYPE_CHECKING:
    from readiness.domain.views import InspectionRow
    from ui.main_window import MainWindow
    from ui.offers import Offer

CHOOSE_ONE = "Choose one inspection at the top first (Ctrl+Tab)."


class InspectionCommands:
    """The slots of the Inspection menu in `ui/actions.py`."""

    def __init__(self, operations: Operations, themes: ThemeSwitch) -> None:
        self._operations, self._themes = operations, themes
        self._window: MainWindow

    def attach(self, window: "MainWindow") -> None:
        """Serve this window."""
        self._window = window

    def slots(self) -> dict[str, Callable[[], None]]:
        """Return what each action does, by its name."""
        return {
            "add_inspection": self.add_inspection,
            "edit_inspection": self.edit_inspection,
            "remove_inspection": self.remove_inspection,
        }

    def add_inspection(self) -> None:
        """Ask which inspection to track and lay it out."""
        from ui.offers import read_offer_of

        self._operations.ask(self._on_offer_read, read_offer_of, self._window.source.day)

    def _on_offer_read(self, offer: "Offer") -> None:
        from readiness.services.inspections import start_inspection
        from ui.dialogs.inspection_dialog import InspectionDialog

        draft = InspectionDialog.ask_new(self._themes.theme, offer, self._window, self._names_but(None))
        if draft is not None:
            self._operations.change(start_inspection, draft)

    def _names_but(self, row: "InspectionRow | None") -> tuple[str, ...]:
        """Return the short titles of all other inspections."""
        board = self._window.source.board
        rows = board.inspections if board is not None else ()
        return tuple(other.short_title for other in rows if row is None or other.id != row.id)

    def edit_inspection(self) -> None:
        """Ask for the name and dates of the inspection in the switch."""
        from readiness.services.inspections import edit_inspection
        from ui.dialogs.inspection_dialog import InspectionDialog

        row = self._window.switch.row()
        if row is None:
            self._window.frame.say(CHOOSE_ONE)
            return
        edit = InspectionDialog.ask_edit(self._themes.theme, row, self._window, self._names_but(row))
        if edit is not None:
            self._operations.change(edit_inspection, row.id, edit)

    def remove_inspection(self) -> None:
        """Remove the inspection in the switch; Undo brings it back."""
        from readiness.services.inspections import remove_inspection

        row = self._window.switch.row()
        if row is None:
            self._window.frame.say(CHOOSE_ONE)
            return
        self._window.flush()
        self._operations.change(remove_inspection, row.id)
