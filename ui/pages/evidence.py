"""Evidence: the library: every piece of proof, how current it is, where it is used, with its files at the right.

It follows the inspection switch: of one inspection it shows what is used there, judged as it counts there.
"""

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QPoint, Signal
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from readiness.domain.filters import ItemFilter
from ui.board import BoardSource
from ui.contests import Contests
from ui.evidence_desk import EvidenceDesk
from ui.library import LibrarySource
from ui.link_looking import LinkLooking
from ui.models.evidence_table import EvidenceTable
from ui.models.saved_views import Preferences
from ui.operations import Operations
from ui.pages.checklist_foot import ChecklistFoot
from ui.pages.evidence_actions import MORE, EvidenceActions
from ui.pages.evidence_sync import EvidenceSync
from ui.pages.evidence_verbs import EvidenceVerbs
from ui.pages.evidence_view import EvidenceView
from ui.patience import Patience
from ui.theme import Theme
from ui.widgets.drop_target import DropTarget

NOT_USED = "What is selected is not used for any item yet."


class EvidencePage(QWidget):
    """Everything it does goes through the verbs; everything it shows comes from the library and the board."""

    open_item = Signal(str)  # id
    open_items = Signal(object)  # ItemFilter
    notice = Signal(str)  # what was done and leaves no step
    refused = Signal(str)  # why something was not done; the foot says it

    def __init__(
        self,
        operations: Operations,
        source: BoardSource,
        library: LibrarySource,
        desk: EvidenceDesk,
        theme: Theme,
        kept: Preferences,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self.table = EvidenceTable(self)
        self.view = EvidenceView(theme, self.table, kept, self)
        self.grid, self.panel, self.bar, self.foot = self.view.grid, self.view.panel, self.view.bar, self.view.foot
        self.contests = Contests(self.table, self.grid, self.panel, self)
        self.looking = LinkLooking(self)
        self.verbs = EvidenceVerbs(operations, source, library, desk, self.looking, self.grid, self)
        self.actions_of = EvidenceActions(theme, self, self.grid, self._deeds())
        self.sync = EvidenceSync(
            operations, source, library, self.looking, self.view, self.table, self.verbs, self.actions_of
        )
        self.actions_of.by_key["panel"].setChecked(self.view.has_panel)
        self.view.more.setMenu(self.actions_of.menu(MORE))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.first_focus = self.grid
        self._connect(ChecklistFoot(operations, self.view, self.verbs, self.flush))
        for target in (self.grid.viewport(), self.view.empty):
            DropTarget(target, self._land, self._drop)
        if library.rows is not None:
            self.sync.take()

    # what the window asks

    def set_inspection(self, inspection_id: str | None) -> None:
        """Show what is used in one inspection, or all of the library (None)."""
        if inspection_id != self.sync.inspection_id:
            self.flush()
            self.sync.inspection_id = self.verbs.inspection_id = inspection_id
            self.sync.show()

    def show_evidence(self, evidence_id: str) -> None:
        """Go to one piece as soon as it is there; filters that hide it are cleared."""
        self.flush()
        self.sync.go(evidence_id)

    def flush(self) -> None:
        """Store what is being typed."""
        self.panel.flush()

    @property
    def unstored(self) -> tuple[str, ...]:
        """Say what was typed, cannot be stored as it is, and would be lost with the page."""
        return self.panel.unstored

    def set_theme(self, theme: Theme) -> None:
        """Draw the signs of the menus in another theme; the widgets are told by themselves."""
        self.verbs.desk.theme = theme
        self.actions_of.set_theme(theme)

    def page_actions(self) -> dict[str, list[QAction]]:
        """Return every action, by menu."""
        return self.actions_of.by_menu()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._library.want()
        self.sync.show()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._library.want(False)

    def close_down(self, patience: Patience) -> None:
        """Wait a moment for what is under way; for closing."""
        self.sync.previewer.wait(patience)

    def _connect(self, foot: ChecklistFoot) -> None:
        view, panel, verbs = self.view, self.panel, self.verbs
        view.add.clicked.connect(verbs.add)
        view.add_link.clicked.connect(verbs.add_link)
        view.clear.clicked.connect(self.bar.clear)
        view.empty.acted.connect(self._on_empty_acted)
        view.panel_switched.connect(self.actions_of.by_key["panel"].setChecked)
        self.grid.menu_wanted.connect(self.actions_of.pop_up)
        self.grid.open_wanted.connect(verbs.open)
        panel.edited.connect(verbs.edit)
        panel.stepped.connect(self.grid.step)
        panel.files.asked.connect(verbs.do)
        panel.files.version_asked.connect(verbs.add_version)
        panel.uses.opened.connect(self.open_item)
        panel.uses.unlinked.connect(verbs.unlink)
        panel.uses.dated.connect(verbs.set_validity)
        panel.uses.link_asked.connect(verbs.link)
        verbs.told.connect(self.notice)
        verbs.desk.told.connect(self._on_told)
        verbs.desk.refused.connect(self._on_refused)
        for refusal in (panel.notice, verbs.refused):
            refusal.connect(self.refused)
        self.refused.connect(foot.refuse)

    def _deeds(self) -> dict[str, Callable[[], object]]:
        verbs, view, grid = self.verbs, self.view, self.grid
        return {
            "add": verbs.add, "add_link": verbs.add_link, "paste": verbs.paste, "details": view.to_panel,
            "open": verbs.open, "export": verbs.export, "version": verbs.add_version, "link": verbs.link,
            "to_items": self._to_items, "select_all": grid.selectAll, "remove": verbs.remove,
            "restore": verbs.restore, "filter": view.to_filter, "clear": self.bar.clear,
            "previous": lambda: grid.step(-1), "next": lambda: grid.step(1), "panel": view.toggle_panel,
        }  # fmt: skip

    def _to_items(self) -> None:
        lines = self.grid.picks.rows()
        ids = tuple(dict.fromkeys(link.item_id for line in lines for link in line.row.links))
        if not ids:
            self.refused.emit(NOT_USED)
            return
        label = f"Uses of “{lines[0].row.title[:40]}”" if len(lines) == 1 else f"Uses of {len(lines)} pieces"
        self.open_items.emit(ItemFilter(items=ids, label=label))

    def _on_empty_acted(self) -> None:
        if self.bar.chosen.is_empty:
            self.verbs.add()
        else:
            self.bar.clear()

    def _on_told(self, words: str) -> None:
        if self.isVisible():  # the desk serves other pages too
            self.notice.emit(words)

    def _on_refused(self, words: str) -> None:
        if self.isVisible():
            self.refused.emit(words)

    def _land(self, place: QPoint | None) -> bool:
        return place is not None

    def _drop(self, mime: QMimeData, _place: QPoint) -> None:
        if not self.verbs.desk.drop(mime, ()):
            self.refused.emit("What was dropped is no file, picture or address. Save it as a file, and drop that.")
