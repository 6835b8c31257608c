"""Register actions: every command of the pages of actions, findings and scrutiny, as data."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from readiness.domain.vocabulary import Word
from ui.icons import icon
from ui.pages.checklist_actions import ITEM, VIEW, Deed
from ui.theme import Theme

ONE, ROWS = "one", "rows"
DEEDS = (
    Deed("add", "Add…", ("Ins",), "plus", "Add one below the current one"),
    Deed("edit", "Edit the cell", ("F2",), "edit", "Change the current cell in place", needs=ROWS),
    Deed("details", "Show details", ("Return", "Enter"), "panel", "Go to the panel at the right", needs=ROWS),
    Deed("answer", "Add an action that answers it", ("Ctrl+Shift+A",), "", "Add an action for this finding", needs=ONE),
    Deed("to_item", "Show its item", ("Ctrl+Return",), "checklist", "Go to the item it belongs to", needs=ONE),
    Deed("move_up", "Move up", ("Alt+Up",), "arrow-up", "Move up one place", needs=ROWS, line_above=True),
    Deed("move_down", "Move down", ("Alt+Down",), "arrow-down", "Move down one place", needs=ROWS),
    Deed("select_all", "Select all", ("Ctrl+A",), "", "Select every row that is shown"),
    Deed("remove", "Remove", ("Del",), "remove", "Remove what is selected; this can be undone", needs=ROWS),
    Deed("restore", "Restore removed…", ("Ctrl+Shift+R",), "restore", "Bring back what was removed"),
    Deed("filter", "Filter by words", ("Ctrl+F",), "filter", "Go to the filter box", VIEW, on_grid=False),
    Deed("clear", "Clear filters", ("Ctrl+Shift+F",), "", "Show all of them again", VIEW, on_grid=False),
    Deed("previous", "Previous", ("Alt+Left",), "chevron-left", "Go to the one above", VIEW, "", False, True),
    Deed("next", "Next", ("Alt+Right",), "chevron-right", "Go to the one below", VIEW, "", False),
    Deed("panel", "Details panel", ("F4",), "panel", "Show or hide the panel at the right", VIEW, "", False, True),
)  # fmt: skip
CONTEXT = ("details", "edit", "status", "answer", "to_item", "", "add", "move_up", "move_down", "remove")
MORE = ("move_up", "move_down", "restore")


class RegisterActions(QObject):
    """Makes the actions and hands out menus; `does` gives what each of them does, a deed it lacks is left out."""

    def __init__(
        self,
        theme: Theme,
        page: QWidget,
        grid: QWidget,
        does: dict[str, Callable[[], object]],
        statuses: Sequence[Word],
        set_status: Callable[[Word], None],
    ) -> None:
        super().__init__(page)
        self._page, self._grid = page, grid
        self._deeds = [deed for deed in DEEDS if deed.key in does]
        self.by_key = {deed.key: self._made(deed, does[deed.key]) for deed in self._deeds}
        self.by_key["panel"].setCheckable(True)
        self.status = QMenu("Set status", page)
        for number, status in enumerate(statuses, start=1):
            self._add_status(number, status, set_status)
        self.set_theme(theme)
        self.show_state(0, False)

    def set_theme(self, theme: Theme) -> None:
        """Draw the signs in another theme."""
        for deed in self._deeds:
            if deed.icon:
                self.by_key[deed.key].setIcon(icon(deed.icon, theme))

    def show_state(self, count: int, has_item: bool) -> None:
        """Enable what can be done with so many selected lines; `has_item`: the one belongs to an item."""
        can = {"": True, ROWS: count > 0, ONE: count == 1}
        for deed in self._deeds:
            self.by_key[deed.key].setEnabled(can[deed.needs])
        if "to_item" in self.by_key:
            self.by_key["to_item"].setEnabled(has_item)
        for action in (self.status.menuAction(), *self.status.actions()):
            action.setEnabled(count > 0)

    def by_menu(self) -> dict[str, list[QAction]]:
        """Return the actions for the menu bar, with lines between groups."""
        made: dict[str, list[QAction]] = {ITEM: [], VIEW: []}
        for deed in self._deeds:
            if deed.line_above:
                line = QAction(self)
                line.setSeparator(True)
                made[deed.menu].append(line)
            made[deed.menu].append(self.by_key[deed.key])
            if deed.key == "details":
                made[ITEM].append(self.status.menuAction())
        return made

    def menu(self, keys: Sequence[str]) -> QMenu:
        """Return a menu of some of the actions; "" is a line between."""
        made = QMenu(self._page)
        for key in keys:
            if key == "status":
                made.addMenu(self.status)
            elif key in self.by_key:
                made.addAction(self.by_key[key])
            elif not key:
                made.addSeparator()
        return made

    def pop_up(self, place: QPoint) -> None:
        """Show what can be done with the rows under the mouse."""
        menu = self.menu(CONTEXT)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def _made(self, deed: Deed, does: Callable[[], object]) -> QAction:
        action = QAction(deed.text, self)
        action.setShortcuts([QKeySequence(key) for key in deed.keys])
        self._place(action, deed.on_grid)
        action.setStatusTip(deed.tip)
        action.setToolTip(f"{deed.tip} ({deed.keys[0]})")
        action.triggered.connect(partial(_ignoring_check, does))
        return action

    def _add_status(self, number: int, status: Word, set_status: Callable[[Word], None]) -> None:
        action = self.status.addAction(status.label)
        action.setShortcut(QKeySequence(str(number)))
        action.setStatusTip(f"Set the status of what is selected to {status.label}")
        action.triggered.connect(partial(_ignoring_check, partial(set_status, status)))
        self._place(action, on_grid=True)

    def _place(self, action: QAction, on_grid: bool) -> None:
        context = Qt.ShortcutContext.WidgetShortcut if on_grid else Qt.ShortcutContext.WidgetWithChildrenShortcut
        action.setShortcutContext(context)
        (self._grid if on_grid else self._page).addAction(action)


def _ignoring_check(does: Callable[[], object], _: bool = False) -> None:
    does()
