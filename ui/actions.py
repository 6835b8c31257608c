"""Actions of the window, as data: adding one is adding a row. Pages bring their own, which join these menus."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from ui.icons import icon
from ui.theme import Theme

SEPARATOR = "-"
_MNEMONICS = {"Inspection": "I&nspection"}
MENUS = ("File", "Edit", "Item", "Inspection", "View", "Help")


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action of the main window."""

    name: str  # the slot's name in the table the window passes
    menu: str
    text: str
    keys: str
    tip: str = ""
    icon: str = ""


SPECS: tuple[ActionSpec, ...] = (
    ActionSpec("new_workspace", "File", "New workspace…", "Ctrl+N", "Set up another workspace", "plus"),
    ActionSpec("open_workspace", "File", "Open workspace…", "Ctrl+O", "Open a workspace in any folder", "folder"),
    ActionSpec(SEPARATOR, "File", "", ""),
    ActionSpec("export_all", "File", "Export everything…", "Ctrl+E", "Write the Excel summary", "export"),
    ActionSpec(
        "export_seen", "File", "Export what I see…", "Ctrl+Shift+E", "Write only what the Checklist's filters show"
    ),
    ActionSpec("pack", "File", "Evidence pack…", "Ctrl+J", "Files with an index, to be handed over", "folder"),
    ActionSpec(SEPARATOR, "File", "", ""),
    ActionSpec("preflight", "File", "Pre-flight…", "Ctrl+Shift+J", "Is this laptop ready to go offline?", "check"),
    ActionSpec("back_up", "File", "Back up now", "Ctrl+B", "Write a copy into the workspace's backups folder"),
    ActionSpec("check", "File", "Check the workspace", "Ctrl+Shift+K", "Does the file hold together?"),
    ActionSpec(SEPARATOR, "File", "", ""),
    ActionSpec("preferences", "File", "Preferences…", "Ctrl+,", "Your name and role, the workspace's name, the look"),
    ActionSpec("quit", "File", "Quit", "Ctrl+Q"),
    ActionSpec("undo", "Edit", "Undo", "Ctrl+Z", "", "undo"),
    ActionSpec("redo", "Edit", "Redo", "Ctrl+Y", "", "redo"),
    ActionSpec(SEPARATOR, "Edit", "", ""),
    ActionSpec("search", "Edit", "Search everything", "Ctrl+K", "Find items by any word", "search"),
    ActionSpec(
        "record_call", "Inspection", "We have had the call…", "Ctrl+Shift+C", "Record it; it dates every item", "phone"
    ),
    ActionSpec(
        "record_event", "Inspection", "Record an event…", "Ctrl+Shift+M", "Cases selected, draft report, publication"
    ),
    ActionSpec("withdraw_call", "Inspection", "Take back the call", "Ctrl+Shift+Backspace", "It is still to come"),
    ActionSpec("rehearse", "Inspection", "What if they ring on…", "Ctrl+R", "Rehearse the call for any day", "play"),
    ActionSpec("closures", "Inspection", "Council closures…", "Ctrl+Shift+H", "Days on which the council is shut"),
    ActionSpec(SEPARATOR, "Inspection", "", ""),
    ActionSpec("print_plan", "Inspection", "Print the plan…", "Ctrl+P", "On one page", "printer"),
    ActionSpec("save_plan", "Inspection", "Save the plan as PDF…", "Ctrl+Shift+P", "On one page"),
    ActionSpec(SEPARATOR, "Inspection", "", ""),
    ActionSpec("add_inspection", "Inspection", "Track another inspection…", "Ctrl+Shift+N", "", "plus"),
    ActionSpec("edit_inspection", "Inspection", "Name and dates…", "Ctrl+I", "Ready-by date, expected call, title"),
    ActionSpec("remove_inspection", "Inspection", "Remove inspection", "Ctrl+Shift+Delete"),
    ActionSpec(SEPARATOR, "Inspection", "", ""),
    ActionSpec(
        "about_framework", "Inspection", "About the framework…", "Ctrl+Shift+I",
        "Judgements, kinds of visit, the timetable and the lists that are asked for", "info",
    ),
    ActionSpec(
        "move_edition", "Inspection", "Move to another edition…", "Ctrl+U",
        "Keeps what was judged on the same words, and asks again about the others",
    ),
    ActionSpec(
        "pin_edition", "Inspection", "Pin to this edition", "Ctrl+Shift+G",
        "Keep it on its edition until it is unpinned",
    ),
    ActionSpec(
        "write_framework", "Inspection", "Write checklist out as a framework…", "Ctrl+Shift+O",
        "One file that a colleague can bring in, or that you edit and bring back",
    ),
    ActionSpec(
        "bring_framework", "Inspection", "Bring in a checklist…", "Ctrl+Shift+B",
        "A framework file, or a list kept in Excel",
    ),
    ActionSpec(
        "list_template", "Inspection", "Save an empty Excel list…", "Ctrl+Shift+T",
        "A list to fill in and bring in, which says what its columns take",
    ),
    ActionSpec(SEPARATOR, "Inspection", "", ""),
    ActionSpec("next_inspection", "Inspection", "Next inspection", "Ctrl+Tab", "Switch between all and each"),
    ActionSpec("look_light", "View", "Light", "Ctrl+Shift+L", "", "sun"),
    ActionSpec("look_dark", "View", "Dark", "Ctrl+Shift+D", "", "moon"),
    ActionSpec("look_system", "View", "As the system", "Ctrl+Shift+S"),
    ActionSpec("help", "Help", "User guide", "F1", "", "help"),
    ActionSpec("keys", "Help", "Keyboard", "Ctrl+/", "Every key and what it does"),
    ActionSpec("about", "Help", "About", "Ctrl+Shift+F1"),
)  # fmt: skip


def make_actions(parent: QWidget, slots: Mapping[str, Callable[[], None]]) -> dict[str, QAction]:
    """Return an action for every spec; a spec without a slot is a bug and raises KeyError."""
    made: dict[str, QAction] = {}
    for spec in SPECS:
        if spec.name == SEPARATOR:
            continue
        action = QAction(spec.text, parent)
        action.setShortcut(QKeySequence(spec.keys))
        action.setStatusTip(spec.tip)
        action.setToolTip(f"{spec.tip or spec.text.rstrip('…')} ({spec.keys})")
        action.triggered.connect(_without_argument(slots[spec.name]))
        parent.addAction(action)
        made[spec.name] = action
    return made


def _without_argument(slot: Callable[[], None]) -> Callable[[bool], None]:
    def call(_checked: bool) -> None:
        slot()

    return call


def fill_menus(
    bar: QMenuBar,
    actions: Mapping[str, QAction],
    others: Mapping[str, Sequence[QAction]],
    submenus: Mapping[str, QMenu],
) -> dict[str, QMenu]:
    """Fill the menu bar: the window's actions, then a separator and those of the pages; return the menus by name.

    Args:
        bar: What to fill; what it held before is taken out.
        actions: The window's own, by name.
        others: Those of the page that is shown, by menu.
        submenus: Menus that follow an action, by its name.
    """
    menus: dict[str, QMenu] = {}
    bar.clear()
    for name in MENUS:
        menu = bar.addMenu(_MNEMONICS.get(name, f"&{name}"))
        menus[name] = menu
        for action in [each for each in others.get(name, ()) if name in ("View", "Item")]:
            menu.addAction(action)
        if others.get(name) and any(spec.menu == name for spec in SPECS):
            menu.addSeparator()
        for spec in SPECS:
            if spec.menu == name:
                if spec.name == SEPARATOR:
                    menu.addSeparator()
                else:
                    menu.addAction(actions[spec.name])
                if spec.name in submenus:
                    menu.addMenu(submenus[spec.name])
        for action in [each for each in others.get(name, ()) if name not in ("View", "Item")]:
            menu.addAction(action)
    return menus


def set_icons(actions: Mapping[str, QAction], theme: Theme) -> None:
    """Give actions their icons in a theme's colour."""
    for spec in SPECS:
        if spec.icon:
            actions[spec.name].setIcon(icon(spec.icon, theme))
