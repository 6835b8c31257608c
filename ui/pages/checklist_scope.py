"""Checklist scope: which inspection and which filter are in force, and the views that people saved."""

from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QInputDialog, QWidget

from readiness.domain.filters import ItemFilter
from readiness.domain.views import Board
from readiness.domain.vocabulary import SERVICES, ItemField, Rating
from ui.models.saved_views import Preferences, built_in, keep_last_visit, keep_view, read_last_visit, read_views
from ui.widgets.filter_bar import FilterBar


class ChecklistScope(QObject):
    """Holds what is looked at; `changed` says that people chose something else."""

    changed = Signal()
    views_changed = Signal()
    notice = Signal(str)
    refused = Signal(str)  # why something was not done

    def __init__(self, bar: FilterBar, kept: Preferences, me: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._bar, self._kept, self._over = bar, kept, parent
        self.me = me
        self.inspection_id: str | None = None
        self.changed_since: datetime | None = None  # the last visit; known when a board is shown
        self._workspace_id = ""
        self._began = datetime.now(UTC)
        bar.changed.connect(self._on_bar_changed)

    def visit(self, workspace_id: str) -> None:
        """A board of a workspace is shown: what changed since the last visit can be told."""
        if not self._workspace_id:
            self._workspace_id = workspace_id
            self.changed_since = read_last_visit(self._kept, workspace_id)

    def visit_ended(self) -> None:
        """Remember this visit as the last one. Until it ends, the one before counts."""
        if self._workspace_id:
            keep_last_visit(self._kept, self._workspace_id, self._began)

    @property
    def chosen(self) -> ItemFilter:
        """The filter in force."""
        return self._bar.chosen

    @property
    def whole(self) -> ItemFilter:
        """The filter in force, with the inspection shown as part of it."""
        chosen = self._bar.chosen
        if self.inspection_id is None or chosen.inspections:
            return chosen
        return replace(chosen, inspections=(self.inspection_id,))

    def show(self, chosen: ItemFilter) -> None:
        """Take another filter, saying nothing."""
        self._bar.show_filter(chosen)

    def clear(self) -> None:
        """Let everything pass."""
        self._bar.show_filter(ItemFilter())
        self.changed.emit()

    def show_rating(self, rating: Rating, area_id: str) -> None:
        """Take the items of an area that have a rating."""
        self._bar.show_filter(ItemFilter(areas=(area_id,), ratings=(rating,)))
        self.changed.emit()

    def offer(self, board: Board) -> dict[ItemField, list[str]]:
        """Offer what is on the board to filter by; return the owners and services in use, for the editors."""
        views = {**built_in(self.me, self.changed_since), **read_views(self._kept)}
        areas = {area.id for area in board.areas if self.inspection_id in (None, area.inspection_id)}
        chosen = self._bar.chosen
        if not areas.issuperset(chosen.areas):
            self._bar.show_filter(replace(chosen, areas=tuple(id_ for id_ in chosen.areas if id_ in areas)))
        self._bar.offer(board, self.inspection_id, views)
        owners = {item.owner for item in board.items} - {""}
        services = {item.service for item in board.items} - {"", *SERVICES}
        return {
            ItemField.OWNER: sorted(owners, key=str.casefold),
            ItemField.SERVICE: [*SERVICES, *sorted(services, key=str.casefold)],
        }

    def save_view(self) -> None:
        """Ask for a name and keep the filter under it."""
        chosen = self._bar.chosen
        if chosen.is_empty:
            self.refused.emit("Nothing is filtered. Choose filters first, then save them as a view.")
            return
        name, wanted = QInputDialog.getText(self._over, "Save this view", "Name of the view")
        tidy = " ".join(name.split())
        if not wanted or not tidy:
            return
        keep_view(self._kept, tidy, chosen)
        self.notice.emit(f"View “{tidy}” saved.")
        self.views_changed.emit()

    def forget_view(self) -> None:
        """Take the chosen view out of the list."""
        chosen = self._bar.view.values
        name = str(chosen[0]) if chosen else ""
        if name not in read_views(self._kept):
            self.refused.emit("Choose a view that you saved, then forget it.")
            return
        keep_view(self._kept, name, None)
        self.notice.emit(f"View “{name}” forgotten. Its filters stay until you clear them.")
        self.views_changed.emit()

    def _on_bar_changed(self) -> None:
        self.changed.emit()
