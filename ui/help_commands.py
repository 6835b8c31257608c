"""Help commands: the guide, the keys, and what this program is."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from readiness import VERSION
from ui.actions import SPECS

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class HelpCommands:
    """The slots of the Help menu in `ui/actions.py`."""

    def __init__(self) -> None:
        self._window: MainWindow
        self._help: Any = None

    def attach(self, window: "MainWindow") -> None:
        """Serve this window."""
        self._window = window

    def slots(self) -> dict[str, Callable[[], None]]:
        """Return what each action does, by its name."""
        return {"help": self.help, "keys": self.keys, "about": self.about}

    def help(self) -> None:
        """Open the user guide beside the window."""
        from ui.dialogs.help_dialog import HelpDialog

        if self._help is None:
            self._help = HelpDialog(self._window)
        self._help.show()
        self._help.raise_()

    def keys(self) -> None:
        """Show every key."""
        from ui.dialogs.help_dialog import KeysDialog

        menus = {spec.name: spec.menu for spec in SPECS}
        actions = [(menus[name], action) for name, action in self._window.actions_by_name.items()]
        actions += [("View", action) for action in self._window.page_actions]
        for page in self._window.stack.pages.values():
            actions += [(menu, action) for menu, found in page.page_actions().items() for action in found]
        KeysDialog(actions, self._window).exec()

    def about(self) -> None:
        """Say what this is."""
        from PySide6.QtWidgets import QMessageBox

        QMessageBox.about(
            self._window,
            "About",
            f"<b>Inspection readiness {VERSION}</b><br>Evidence checklists for the SEND re-visit and the Social Care "
            "inspection.<br>Free software under the GNU General Public License, version 3 or later.<br>"
            f"It makes no network connection. {datetime.now().astimezone():%Y}",
        )
