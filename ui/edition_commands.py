"""Edition commands: what the Inspection menu does about editions: moving to another, and staying on one."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from ui.inspection_commands import CHOOSE_ONE
from ui.operations import Operations
from ui.theme import ThemeSwitch

if TYPE_CHECKING:
    from readiness.domain.editions import EditionComparison
    from readiness.domain.views import FrameworkDraft, InspectionRow
    from readiness.services.editions import EditionOffer
    from ui.dialogs.edition_dialog import EditionDialog
    from ui.main_window import MainWindow

PINNED = "{} is pinned to its edition. Unpin it first (Ctrl+Shift+G), then move it."
NOWHERE = "There is no other edition to move to. Bring in a framework of your own first."


class EditionCommands:
    """The slots of the Inspection menu in `ui/actions.py` that have to do with editions."""

    def __init__(self, operations: Operations, themes: ThemeSwitch) -> None:
        self._operations, self._themes = operations, themes
        self._window: MainWindow
        self.dialog: EditionDialog | None = None

    def attach(self, window: "MainWindow") -> None:
        """Serve this window; its menu says whether the inspection in the switch is pinned."""
        self._window = window
        window.actions_by_name["pin_edition"].setCheckable(True)
        window.switch.changed.connect(self._show_pin)
        window.source.refreshed.connect(self._show_pin)

    def slots(self) -> dict[str, Callable[[], None]]:
        """Return what each action does, by its name."""
        return {"move_edition": self.move_edition, "pin_edition": self.pin_edition}

    def _show_pin(self, *_: object) -> None:
        row = self._window.switch.row()
        self._window.actions_by_name["pin_edition"].setChecked(row is not None and row.pinned)

    def pin_edition(self) -> None:
        """Keep the inspection in the switch on its edition, or let it go."""
        from readiness.services.editions import pin_edition

        row = self._window.switch.row()
        self._show_pin()  # a press turned it already; it says what is written
        if row is None:
            self._window.frame.say(CHOOSE_ONE)
        else:
            self._operations.change(pin_edition, row.id, not row.pinned)

    def move_edition(self) -> None:
        """Show what other editions would do to the inspection in the switch, and move it to the one chosen."""
        from readiness.services.editions import read_editions

        row = self._window.switch.row()
        if row is None:
            self._window.frame.say(CHOOSE_ONE)
        elif row.pinned:
            self._window.frame.say(PINNED.format(row.short_title))
        else:
            self._window.flush()
            self._operations.ask(partial(self._on_offer_read, row), read_editions, row.id)

    def _on_offer_read(self, row: "InspectionRow", offer: "EditionOffer") -> None:
        from ui.dialogs.edition_dialog import EditionDialog

        if not offer.editions:
            self._window.frame.say(NOWHERE)
            return
        dialog = EditionDialog(self._themes.theme, row, offer.editions, offer.in_force, self._window)
        dialog.wanted.connect(partial(self._on_wanted, dialog, row.id, offer.in_force))
        dialog.finished.connect(partial(self._on_finished, dialog, row.id, offer.in_force))
        self.dialog = dialog
        dialog.open()
        dialog.begin()

    def _on_wanted(
        self, dialog: "EditionDialog", inspection_id: str, old: "FrameworkDraft | None", draft: "FrameworkDraft"
    ) -> None:
        from readiness.services.editions import compare_with

        then = partial(self._on_compared, dialog, draft)
        self._operations.ask(then, compare_with, inspection_id, draft, old)

    def _on_compared(self, dialog: "EditionDialog", draft: "FrameworkDraft", found: "EditionComparison") -> None:
        if dialog is self.dialog:
            dialog.show_comparison(draft, found)

    def _on_finished(
        self, dialog: "EditionDialog", inspection_id: str, old: "FrameworkDraft | None", accepted: int
    ) -> None:
        from readiness.services.editions import move_to_edition

        self.dialog = None
        if accepted:
            self._operations.change(move_to_edition, inspection_id, dialog.edition(), old)
        dialog.deleteLater()
