"""Commands: what the File and View menus do, and where the other menus' rooms are. Each asks, then hands over."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QKeySequence

from readiness.domain.plain_words import counted
from ui.call_commands import CallCommands
from ui.edition_commands import EditionCommands
from ui.framework_commands import FrameworkCommands
from ui.help_commands import HelpCommands
from ui.inspection_commands import InspectionCommands
from ui.operations import Operations
from ui.pack_commands import PackCommands
from ui.preflight_commands import PreflightCommands
from ui.settings import Settings
from ui.share_commands import ShareCommands
from ui.theme import Scheme, ThemeSwitch

if TYPE_CHECKING:
    from readiness.domain.filters import ItemFilter
    from ui.exporting import Exporting
    from ui.main_window import MainWindow


class Commands:
    """The slots of `ui/actions.py`, by the names it has for them."""

    def __init__(self, operations: Operations, settings: Settings, themes: ThemeSwitch) -> None:
        self._operations, self._settings, self._themes = operations, settings, themes
        self._window: MainWindow
        self.exporting: Exporting | None = None
        self.inspections = InspectionCommands(operations, themes)
        self.calls = CallCommands(operations, settings, themes)
        self.frameworks = FrameworkCommands(operations, settings, themes)
        self.editions = EditionCommands(operations, themes)
        self.packs = PackCommands(operations, settings, themes)
        self.preflights = PreflightCommands(operations, themes)
        self.shares = ShareCommands(operations)
        self.guide = HelpCommands()
        self.open_folder: Callable[[Path], None] = lambda _folder: None
        self.show_first_run: Callable[[], None] = lambda: None

    def attach(self, window: "MainWindow") -> None:
        """Serve this window."""
        self._window = window
        for room in (
            self.inspections, self.calls, self.frameworks, self.editions, self.packs, self.preflights, self.shares,
            self.guide,
        ):  # fmt: skip
            room.attach(window)

    def slots(self) -> dict[str, Callable[[], None]]:
        """Return what each action does, by its name."""
        return {
            "new_workspace": self._on_new_workspace,
            "open_workspace": self.open_workspace,
            "export_all": self.export_all,
            "export_seen": self.export_seen,
            "back_up": self.back_up,
            "check": self.check,
            "preferences": self.preferences,
            "look_light": partial(self._themes.choose, Scheme.LIGHT),
            "look_dark": partial(self._themes.choose, Scheme.DARK),
            "look_system": partial(self._themes.choose, Scheme.SYSTEM),
            **self.inspections.slots(),
            **self.calls.slots(),
            **self.frameworks.slots(),
            **self.editions.slots(),
            **self.packs.slots(),
            **self.preflights.slots(),
            **self.guide.slots(),
        }

    def _on_new_workspace(self) -> None:
        self._window.flush()
        self.show_first_run()

    def open_workspace(self) -> None:
        """Ask for a folder and open the workspace in it."""
        from PySide6.QtWidgets import QFileDialog

        start = self._settings.recent()[:1] or [Path.home()]
        folder = QFileDialog.getExistingDirectory(self._window, "Open a workspace", str(start[0].parent))
        if folder:
            self._window.flush()
            self.open_folder(Path(folder))

    def show_recent(self) -> None:
        """Offer the workspaces opened last, the one that is open left out."""
        menu = self._window.recent
        menu.clear()
        for number, folder in enumerate(self._settings.recent()[1:], start=1):
            action = menu.addAction(f"{folder.name} – {folder.parent}")
            action.setShortcut(QKeySequence(f"Alt+Shift+{number}"))
            action.triggered.connect(partial(self._on_recent_chosen, folder))
        menu.setEnabled(not menu.isEmpty())

    def _on_recent_chosen(self, folder: Path, _checked: bool = False) -> None:
        self._window.flush()
        self.open_folder(folder)

    def export_all(self) -> None:
        """Write everything to Excel."""
        from readiness.domain.filters import ItemFilter

        self._export(ItemFilter(), "Inspection readiness")

    def export_seen(self) -> None:
        """Write what the Checklist shows to Excel."""
        self._export(self._window.stack.page("checklist").current_filter(), "Inspection readiness, selection")

    def _export(self, chosen: "ItemFilter", name: str) -> None:
        from ui.exporting import Exporting

        self._window.flush()
        if self.exporting is None:
            self.exporting = Exporting(self._operations, self._settings, self._themes, self._window)
            self.exporting.exported.connect(self._on_exported)
            self.exporting.failed.connect(self._operations.failed)
            self.exporting.cancelled.connect(self._on_export_cancelled)
        day = self._window.source.day
        target = self.exporting.ask_target(f"{name} {day:%Y-%m-%d}.xlsx")
        if target is not None:
            self.exporting.start(target, chosen, day)

    def _on_export_cancelled(self) -> None:
        self._window.frame.say("Export cancelled; nothing was written.")

    def _on_exported(self, report: Any) -> None:
        left = self.exporting.left_out if self.exporting is not None else 0
        without = f" {counted(left, 'text')} {'was' if left == 1 else 'were'} left out." if left else ""
        items = counted(report.items, "item")
        self._window.frame.say(f"Wrote {report.path.name}: {items}, read back and compared.{without}")

    def stop(self) -> None:
        """Stop what is under way; for closing."""
        if self.exporting is not None:
            self.exporting.wait()
        self.packs.stop()
        self.preflights.stop()
        self._window.stack.stop()

    def back_up(self) -> None:
        """Write a copy into the backups folder."""
        self._window.flush()
        self._operations.do(self._on_backed_up, lambda workspace: workspace.backup("by-hand"))

    def _on_backed_up(self, path: Path) -> None:
        self._window.frame.say(f"Backed up as {path.name}, in {path.parent}.")

    def check(self) -> None:
        """Check the workspace and say what came of it."""
        from readiness.services.upkeep import find_faults

        self._operations.ask(self._on_checked, find_faults)

    def _on_checked(self, faults: list[Any]) -> None:
        if not faults:
            self._window.frame.say("The workspace holds together: file, log and tables agree.")
            return
        self._window.frame.warn(
            f"{len(faults)} faults were found, the first: {faults[0].text}. Make a backup, then run “check --repair”."
        )

    def preferences(self) -> None:
        """Ask who works here, what the workspace is called, and who may sign off."""
        from readiness.services.people import rename_workspace, set_identity
        from readiness.services.review import set_four_eyes
        from ui.dialogs.preferences_dialog import PreferencesDialog

        board = self._window.source.board
        if board is None:
            return
        identity, title = self._window.identity, board.workspace.title
        four_eyes = board.workspace.four_eyes
        answer = PreferencesDialog.ask(identity, title, self._window, four_eyes=four_eyes)
        if answer is None:
            return
        if answer.identity != identity:
            self._operations.change(set_identity, answer.identity)  # the window follows what is written
        if answer.workspace_title != title:
            self._operations.change(rename_workspace, answer.workspace_title)
        if answer.four_eyes != four_eyes:
            self._operations.change(set_four_eyes, answer.four_eyes)
