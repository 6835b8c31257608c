"""Checklist actions: every command of the page as data, so that keys, menus and buttons say the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from readiness.domain.review import ReviewVerb
from readiness.domain.views import ItemRow
from readiness.domain.vocabulary import ItemStatus
from ui.icons import icon
from ui.models.item_rows import AreaHead, GridRow
from ui.models.review_words import WORDS
from ui.theme import Theme
from ui.widgets.word_combo import status_icon

ITEM, VIEW = "Item", "View"
_KEYS = {
    ItemStatus.NOT_STARTED: "1",
    ItemStatus.GATHERING: "2",
    ItemStatus.DRAFTED: "3",
    ItemStatus.CHECKED: "4",
    ItemStatus.SIGNED_OFF: "5",
    ItemStatus.NOT_APPLICABLE: "0",
}


@dataclass(frozen=True, slots=True)
class Deed:
    """One command: `needs` says what must be selected for it; on the grid alone where its key means more elsewhere."""

    key: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    tip: str = ""
    menu: str = ITEM
    needs: str = ""  # "", "items", "reworded", "row", "cell", "area"
    on_grid: bool = True
    line_above: bool = False


DEEDS = (
    Deed("add_item", "Add item…", ("Ins",), "plus", "Add an item below the current one"),
    Deed("edit", "Edit the cell", ("F2",), "edit", "Change the current cell in place", needs="cell"),
    Deed("details", "Show details", ("Return", "Enter"), "panel", "Go to the panel at the right", needs="row"),
    Deed("add_action", "Add an action", ("Alt+Ins",), "", "Write what is to be done about this item", needs="items"),
    Deed("confirm", "Confirm new wording", ("Ctrl+Shift+W",), "check", "What was written holds in the new words too",
         needs="reworded", on_grid=False),
    *(
        Deed(str(verb.value), words.text, (words.key,), "", words.tip, needs="items", on_grid=False,
             line_above=verb is ReviewVerb.SUBMIT)
        for verb, words in WORDS.items()
    ),
    Deed("link_evidence", "Link existing evidence…", ("Ctrl+L",), "link", "Use evidence that the library has",
         needs="items", on_grid=False, line_above=True),
    Deed("attach", "Attach file…", ("E",), "evidence", "Attach files to the selected items", needs="items"),
    Deed("add_link", "Add link…", ("Ctrl+H",), "", "Attach the address of a page", needs="items", on_grid=False),
    Deed("copy", "Copy rows", ("Ctrl+C",), "copy", "Copy the selected items for Excel", needs="items", line_above=True),
    Deed("paste", "Paste", ("Ctrl+V",), "", "Set cells from here on, or attach a file, picture or address",
         needs="items"),
    Deed("fill_down", "Fill down", ("Ctrl+D",), "", "Copy the first selected cell into those below", needs="items"),
    Deed("select_all", "Select all", ("Ctrl+A",), "", "Select every row that is shown"),
    Deed("move_up", "Move up", ("Alt+Up",), "arrow-up", "Move up one place", needs="row", line_above=True),
    Deed("move_down", "Move down", ("Alt+Down",), "arrow-down", "Move down one place", needs="row"),
    Deed("remove", "Remove", ("Del",), "remove", "Remove what is selected; this can be undone", needs="row"),
    Deed("restore", "Restore removed…", ("Ctrl+Shift+R",), "restore", "Bring back what was removed"),
    Deed("add_area", "Add area…", ("Ctrl+Shift+A",), "", "Add a heading below the current one", line_above=True),
    Deed("rename_area", "Rename area…", ("Shift+F2",), "", "Another letter or title", needs="area"),
    Deed("remove_area", "Remove area", ("Shift+Del",), "", "Remove the area with its items", needs="area"),
    Deed("filter", "Filter by words", ("Ctrl+F",), "filter", "Go to the filter box", VIEW, on_grid=False),
    Deed("clear", "Clear filters", ("Ctrl+Shift+F",), "", "Show every item again", VIEW, on_grid=False),
    Deed("save_view", "Save this view…", ("Ctrl+Shift+V",), "", "Keep the filters under a name", VIEW),
    Deed("forget_view", "Forget this view", ("Ctrl+Shift+X",), "", "Take the chosen view out of the list", VIEW),
    Deed("previous", "Previous item", ("Alt+Left",), "chevron-left", "Go to the item above", VIEW, "", False, True),
    Deed("next", "Next item", ("Alt+Right",), "chevron-right", "Go to the item below", VIEW, "", False),
    Deed("fold", "Fold or unfold", ("Space",), "", "Fold the current heading in or out", VIEW, "row", True, True),
    Deed("open_all", "Unfold all areas", ("Ctrl++", "Ctrl+="), "", "Show the items of every area", VIEW),
    Deed("close_all", "Fold all areas", ("Ctrl+-",), "", "Show the headings alone", VIEW),
    Deed("panel", "Details panel", ("F4",), "panel", "Show or hide the panel at the right", VIEW, "", False, True),
)  # fmt: skip
MORE = ("add_area", "rename_area", "move_up", "move_down", "remove_area", "restore", "", "open_all", "close_all")
CONTEXT = ("details", "edit", "status", "confirm", "", "link_evidence", "attach", "add_link", "", "copy", "paste",
           "fill_down", "", "add_item", "move_up", "move_down", "", "rename_area", "remove")  # fmt: skip


class ChecklistActions(QObject):
    """Makes the actions and hands out menus; `does` gives what each of them does, by its key."""

    def __init__(
        self,
        theme: Theme,
        page: QWidget,
        grid: QWidget,
        does: dict[str, Callable[[], object]],
        set_status: Callable[[ItemStatus], None],
    ) -> None:
        super().__init__(page)
        self._page, self._grid = page, grid
        self.by_key = {deed.key: self._made(deed, does[deed.key]) for deed in DEEDS}
        self.by_key["panel"].setCheckable(True)
        self.status = QMenu("Set status", page)
        self.statuses = {status: self._made_status(status, set_status) for status in ItemStatus}
        self.set_theme(theme)
        self.show_state((), None)

    def set_theme(self, theme: Theme) -> None:
        """Draw the signs in another theme."""
        for deed in DEEDS:
            if deed.icon:
                self.by_key[deed.key].setIcon(icon(deed.icon, theme))
        for status, action in self.statuses.items():
            action.setIcon(status_icon(status, theme))

    def show_state(self, selected: Sequence[GridRow], current: GridRow | None) -> None:
        """Enable what can be done with what is selected and with the row that the keyboard is in."""
        items = any(isinstance(row, ItemRow) for row in selected)
        in_area = bool(selected) and isinstance(current, AreaHead | ItemRow)
        reworded = any(isinstance(row, ItemRow) and row.confirm for row in selected)
        can = {"": True, "reworded": reworded, "items": items, "row": bool(selected), "cell": in_area, "area": in_area}
        for deed in DEEDS:
            self.by_key[deed.key].setEnabled(can[deed.needs])
        for action in (self.status.menuAction(), *self.statuses.values()):
            action.setEnabled(items)

    def by_menu(self) -> dict[str, list[QAction]]:
        """Return the actions for the menu bar, with lines between groups."""
        made: dict[str, list[QAction]] = {ITEM: [], VIEW: []}
        for deed in DEEDS:
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
            elif key:
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
        self._place(action, deed.on_grid)
        action.setStatusTip(deed.tip)
        action.setToolTip(f"{deed.tip} ({deed.keys[0]})" if deed.keys else deed.tip)
        action.triggered.connect(partial(_ignoring_check, does))
        return action

    def _made_status(self, status: ItemStatus, set_status: Callable[[ItemStatus], None]) -> QAction:
        action = self.status.addAction(status.label)
        action.setShortcut(QKeySequence(_KEYS[status]))
        action.setStatusTip(f"Set the status of the selected items to {status.label}")
        action.triggered.connect(partial(_ignoring_check, partial(set_status, status)))
        self._place(action, on_grid=True)
        return action

    def _place(self, action: QAction, on_grid: bool) -> None:
        context = Qt.ShortcutContext.WidgetShortcut if on_grid else Qt.ShortcutContext.WidgetWithChildrenShortcut
        action.setShortcutContext(context)
        (self._grid if on_grid else self._page).addAction(action)


def _ignoring_check(does: Callable[[], object], _: bool = False) -> None:
    does()
