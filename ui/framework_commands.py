"""Framework commands: what a framework says, a checklist written out as one, and one brought in from a file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from shiboken6 import isValid

from ui.inspection_commands import CHOOSE_ONE
from ui.operations import Operations
from ui.settings import Settings
from ui.theme import ThemeSwitch

if TYPE_CHECKING:
    from readiness.domain.schemes import ListSpec
    from readiness.domain.sightings import ScanResult
    from readiness.domain.views import FrameworkDraft, InspectionRow
    from readiness.services.checklist_files import ChecklistFile
    from readiness.services.list_files import ListCheck
    from readiness.services.schemes import SchemeNames
    from readiness.storage.workspace import Workspace
    from ui.dialogs.framework_dialog import FrameworkDialog
    from ui.main_window import MainWindow

FOLDER = "framework_folder"
LEAVING = "Left out, nothing of this file is brought in."
UNKNOWN = "What this inspection follows is not kept in this workspace. Bring its framework file in first."


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file that was read in the worker, or its faults; and the (id, edition) that are kept already."""

    path: Path
    file: "ChecklistFile | None"
    faults: tuple[str, ...]
    kept: frozenset[tuple[str, str]]
    seen: "ScanResult | None" = None  # what looks like identifiers of children


class FrameworkCommands:
    """The slots of the Inspection menu in `ui/actions.py` that have to do with frameworks."""

    def __init__(self, operations: Operations, settings: Settings, themes: ThemeSwitch) -> None:
        self._operations, self._settings, self._themes = operations, settings, themes
        self._window: MainWindow

    def attach(self, window: "MainWindow") -> None:
        """Serve this window."""
        self._window = window

    def slots(self) -> dict[str, Callable[[], None]]:
        """Return what each action does, by its name."""
        return {
            "about_framework": self.about_framework,
            "write_framework": self.write_framework,
            "bring_framework": self.bring_framework,
            "list_template": self.write_list_template,
        }

    def _chosen(self) -> "InspectionRow | None":
        """Return the inspection in the switch, or the only one there is; says so where neither tells."""
        board = self._window.source.board
        row = self._window.switch.row()
        if row is None and board is not None and len(board.inspections) == 1:
            return board.inspections[0]
        if row is None:
            self._window.frame.say(CHOOSE_ONE)
        return row

    def about_framework(self) -> None:
        """Show what the framework of the inspection in the switch says besides its items."""
        from readiness.services.schemes import framework_of

        row = self._chosen()
        if row is not None:
            self._operations.ask(self._on_framework_read, framework_of, row.id)

    def _on_framework_read(self, draft: "FrameworkDraft | None") -> None:
        from ui.dialogs.framework_dialog import FrameworkDialog

        if draft is None:
            self._window.frame.say(UNKNOWN)
            return
        dialog = FrameworkDialog(self._themes.theme, draft, self._window)
        dialog.check_wanted.connect(partial(self._check_list, dialog))
        dialog.exec()
        dialog.deleteLater()

    def _check_list(self, dialog: "FrameworkDialog", spec: "ListSpec") -> None:
        """Ask for a file and compare its headings with a list."""
        from PySide6.QtWidgets import QFileDialog

        kinds = "Lists (*.xlsx *.xlsm *.csv *.txt);;All files (*)"
        chosen, _ = QFileDialog.getOpenFileName(dialog, f"Check list {spec.number}", str(self._folder()), kinds)
        if chosen:
            self._settings.set(FOLDER, str(Path(chosen).parent))
            self._operations.find(partial(_show_check, dialog), _checked, Path(chosen), spec)

    def write_framework(self) -> None:
        """Write the checklist in the switch out as a framework file."""
        from readiness.services.schemes import suggested_names

        row = self._chosen()
        if row is not None:
            self._window.flush()
            self._operations.ask(partial(self._on_names_suggested, row.id), suggested_names, row.id)

    def _on_names_suggested(self, inspection_id: str, suggested: "SchemeNames") -> None:
        from ui.dialogs.scheme_names_dialog import SchemeNamesDialog

        names = SchemeNamesDialog.ask(self._themes.theme, suggested, self._window)
        target = self._ask_target(f"{names.id}.toml", "Framework file (*.toml)") if names is not None else None
        if names is not None and target is not None:
            self._operations.do(
                partial(self._on_written, target),
                partial(_write_out, inspection_id=inspection_id, names=names, to=target),
            )

    def _on_written(self, target: Path, items: int) -> None:
        self._window.frame.say(f"Wrote {target.name} with {items} items. A colleague can bring it in; so can you.")

    def _ask_target(self, name: str, kind: str) -> Path | None:
        """Ask where to write; the system's dialog asks before it takes a name that is there."""
        from PySide6.QtWidgets import QFileDialog

        chosen, _ = QFileDialog.getSaveFileName(self._window, "Write", str(self._folder() / name), kind)
        if not chosen:
            return None
        target, suffix = Path(chosen), Path(name).suffix
        self._settings.set(FOLDER, str(target.parent))
        return target if target.suffix.lower() == suffix else target.with_name(f"{target.name}{suffix}")

    def _folder(self) -> Path:
        return Path(str(self._settings.get(FOLDER, str(Path.home()))))

    def bring_framework(self) -> None:
        """Ask for a framework file or an Excel list, show what is in it, and keep it."""
        from PySide6.QtWidgets import QFileDialog

        kinds = "Checklists (*.toml *.xlsx *.xlsm);;All files (*)"
        chosen, _ = QFileDialog.getOpenFileName(self._window, "Bring in a checklist", str(self._folder()), kinds)
        if chosen:
            self._settings.set(FOLDER, str(Path(chosen).parent))
            self.read_file(Path(chosen))

    def read_file(self, path: Path) -> None:
        """Read a file in the worker and show what came of it."""
        self._window.frame.say(f"Reading {path.name} …")
        self._operations.do(self._on_file_read, partial(_read, path=path, day=self._window.source.day))

    def _on_file_read(self, read: FileRead) -> None:
        from ui.dialogs.framework_preview import FrameworkPreview

        preview = FrameworkPreview(self._themes.theme, read, self._window)
        if preview.exec():
            self._keep(preview.draft(), read.seen)
        elif preview.wants_again:
            self.read_file(read.path)

    def _keep(self, draft: "FrameworkDraft", seen: "ScanResult | None") -> None:
        """Keep a framework, unless it may identify children and somebody thinks better of it."""
        from readiness.domain.sightings import Occasion
        from readiness.services.guard import exempt
        from readiness.services.schemes import keep_framework

        if seen is None or not seen.sightings:
            self._operations.change(keep_framework, draft)
            return
        from ui.dialogs.guard_dialog import GuardDialog

        reason = GuardDialog.ask(self._themes.theme, seen, LEAVING, self._window)
        if reason is None:
            self._window.frame.say("Nothing was brought in.")
            return
        self._operations.change(keep_framework, draft)
        self._operations.change(exempt, "", Occasion.IMPORT, seen.sightings, reason)

    def write_list_template(self) -> None:
        """Write an empty Excel list."""
        target = self._ask_target("Checklist.xlsx", "Excel workbook (*.xlsx)")
        if target is not None:
            from readiness.services.checklist_files import write_list_template

            self._operations.find(partial(self._on_template_written, target), write_list_template, target)

    def _on_template_written(self, target: Path, _done: None) -> None:
        self._window.frame.say(f"Wrote {target.name}. Fill it in, save it, and choose Bring in a checklist.")


def _read(workspace: "Workspace", path: Path, day: date) -> FileRead:
    from readiness.domain.errors import FrameworkError
    from readiness.services.checklist_files import read_checklist_file
    from readiness.services.guard import published_lists, scan_texts, texts_of_framework
    from readiness.services.schemes import own_frameworks

    kept = frozenset((draft.id, draft.edition) for draft in workspace.read(own_frameworks))
    try:
        file = read_checklist_file(path, str(day.year))
        seen = scan_texts(texts_of_framework(file.draft), day, published_lists(), path.name)
        return FileRead(path, file, (), kept, seen)
    except FrameworkError as error:
        of_base = "" if error.source == path.name else f"{error.source}, "
        return FileRead(path, None, tuple(f"{of_base}{fault}" for fault in error.faults), kept)


def _checked(path: Path, spec: "ListSpec") -> "ListCheck":
    """Compare a file with a list; what keeps it from being read is a fault like another."""
    from readiness.domain.errors import BadValue
    from readiness.services.list_files import ListCheck, check_list_file

    try:
        return check_list_file(path, spec)
    except BadValue as error:
        return ListCheck(path.name, spec, (str(error),))


def _show_check(dialog: "FrameworkDialog", found: "ListCheck") -> None:
    if isValid(dialog) and dialog.isVisible():
        dialog.show_check(found)


def _write_out(workspace: "Workspace", inspection_id: str, names: "SchemeNames", to: Path) -> int:
    from readiness.services.checklist_files import write_framework_file
    from readiness.services.schemes import checklist_as_framework

    draft = workspace.read(checklist_as_framework, inspection_id, names)
    write_framework_file(to, draft, replaces=True)
    return draft.item_count
