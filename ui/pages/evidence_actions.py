"""Evidence actions: every command of the library as data, so that keys, menus and buttons say the same."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from ui.icons import icon
from ui.pages.checklist_actions import ITEM, VIEW, Deed
from ui.theme import Theme

ONE, ROWS = "one", "rows"
DEEDS = (
    Deed("add", "Add files…", ("Ins", "E"), "plus", "Add files to the library"),
    Deed("add_link", "Add link…", ("Ctrl+H",), "link", "Add the address of a page", on_grid=False),
    Deed("paste", "Paste", ("Ctrl+V",), "", "Add the file, picture or address on the clipboard"),
    Deed("details", "Show details", ("Return", "Enter"), "panel", "Go to the panel at the right", needs=ROWS,
         line_above=True),
    Deed("open", "Open", ("Ctrl+Return",), "file", "Open the file or link with the system’s program", needs=ONE),
    Deed("export", "Export a copy…", ("Ctrl+S",), "export", "Write a copy of the file elsewhere", needs=ONE),
    Deed("version", "Add version…", ("Ctrl+G",), "", "A newer file or link, which counts from then on", needs=ONE),
    Deed("link", "Link to items…", ("Ctrl+L",), "checklist", "Choose the items for which it is used", needs=ROWS,
         on_grid=False),
    Deed("to_items", "Show its items", ("Ctrl+Shift+Return",), "", "Show on the Checklist where it is used",
         needs=ROWS),
    Deed("select_all", "Select all", ("Ctrl+A",), "", "Select every row that is shown", line_above=True),
    Deed("remove", "Remove", ("Del",), "remove", "Remove what is selected; this can be undone", needs=ROWS),
    Deed("restore", "Restore removed…", ("Ctrl+Shift+R",), "restore", "Bring back what was removed"),
    Deed("filter", "Filter by words", ("Ctrl+F",), "filter", "Go to the filter box", VIEW, on_grid=False),
    Deed("clear", "Clear filters", ("Ctrl+Shift+F",), "", "Show every piece again", VIEW, on_grid=False),
    Deed("previous", "Previous", ("Alt+Left",), "chevron-left", "Go to the one above", VIEW, "", False, True),
    Deed("next", "Next", ("Alt+Right",), "chevron-right", "Go to the one below", VIEW, "", False),
    Deed("panel", "Details panel", ("F4",), "panel", "Show or hide the panel at the right", VIEW, "", False, True),
)  # fmt: skip
CONTEXT = ("details", "open", "export", "version", "", "link", "to_items", "", "remove")
MORE = ("paste", "export", "version", "", "select_all", "remove", "restore")


class EvidenceActions(QObject):
    """Makes the actions and hands out menus; `does` gives what each of them does, by its key."""

    def __init__(self, theme: Theme, page: QWidget, grid: QWidget, does: dict[str, Callable[[], object]]) -> None:
        super().__init__(page)
        self._page, self._grid = page, grid
        self.by_key = {deed.key: self._made(deed, does[deed.key]) for deed in DEEDS}
        self.by_key["panel"].setCheckable(True)
        self.set_theme(theme)
        self.show_state(0)

    def set_theme(self, theme: Theme) -> None:
        """Draw the signs in another theme."""
        for deed in DEEDS:
            if deed.icon:
                self.by_key[deed.key].setIcon(icon(deed.icon, theme))

    def show_state(self, count: int) -> None:
        """Enable what can be done with so many selected pieces."""
        can = {"": True, ROWS: count > 0, ONE: count == 1}
        for deed in DEEDS:
            self.by_key[deed.key].setEnabled(can[deed.needs])

    def by_menu(self) -> dict[str, list[QAction]]:
        """Return the actions for the menu bar, with lines between groups."""
        made: dict[str, list[QAction]] = {ITEM: [], VIEW: []}
        for deed in DEEDS:
            if deed.line_above:
                line = QAction(self)
                line.setSeparator(True)
                made[deed.menu].append(line)
            made[deed.menu].append(self.by_key[deed.key])
        return made

    def menu(self, keys: Sequence[str]) -> QMenu:
        """Return a menu of some of the actions; "" is a line between."""
        made = QMenu(self._page)
        for key in keys:
            if key:
                made.addAction(self.by_key[key])
            else:
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
        context = Qt.ShortcutContext.WidgetShortcut if deed.on_grid else Qt.ShortcutContext.WidgetWithChildrenShortcut
        action.setShortcutContext(context)
        (self._grid if deed.on_grid else self._page).addAction(action)
        action.setStatusTip(deed.tip)
        action.setToolTip(f"{deed.tip} ({deed.keys[0]})")
        action.triggered.connect(partial(_ignoring_check, does))
        return action


def _ignoring_check(does: Callable[[], object], _: bool = False) -> None:
    does()
