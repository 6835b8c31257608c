"""Checklist evidence: the proof of what is selected: shown in the panel, linked, attached by key, drop and paste."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QMimeData, QObject, QPoint, Signal
from shiboken6 import isValid

from readiness.domain.evidence import AttachmentRow, EvidenceRow
from readiness.domain.views import Changes, ItemRow
from readiness.services.library import evidence_of_item
from readiness.services.links import set_link_validity, unlink_evidence
from ui.evidence_desk import EvidenceDesk
from ui.operations import Operations
from ui.pages.checklist_verbs import ChecklistVerbs
from ui.pages.checklist_view import ChecklistView
from ui.widgets.drop_target import DropTarget

KINDS = ("evidence", "revision", "attachment", "link")


class ChecklistEvidence(QObject):
    """Reads what the panel's section asks for; everything else is done by the desk."""

    evidence_wanted = Signal(str)  # id of evidence, to be shown in the library
    refused = Signal(str)  # why something was not done
    told = Signal(str)  # what was done and leaves no step

    def __init__(self, operations: Operations, desk: EvidenceDesk, view: ChecklistView, verbs: ChecklistVerbs) -> None:
        super().__init__(view)
        self._operations, self.desk, self._view, self._verbs = operations, desk, view, verbs
        self._grid, self._section = view.grid, view.panel.evidence
        self._files: dict[str, AttachmentRow] = {}  # those in the panel
        self._asked = 0
        operations.changed.connect(self._on_changed)
        desk.refused.connect(self._on_refused)
        desk.told.connect(self._on_told)
        self._connect()
        DropTarget(self._grid.viewport(), self._land_on_row, self._drop_on_row)
        DropTarget(view.panel, self._land_on_panel, self._drop_on_panel)

    def _connect(self) -> None:
        section = self._section
        section.wanted.connect(self._on_wanted)
        section.link_asked.connect(self.link_existing)
        section.attach_asked.connect(self.attach_files)
        section.address_asked.connect(self.attach_address)
        section.paste_asked.connect(self.paste)
        section.opened.connect(self._on_opened)
        section.shown.connect(self.evidence_wanted)
        section.unlinked.connect(self._on_unlinked)
        section.dated.connect(self._on_dated)

    # what is asked for

    def link_existing(self) -> None:
        """Ask which evidence of the library serves what is selected."""
        self.desk.link_existing(self._items())

    def attach_files(self) -> None:
        """Ask for files for what is selected."""
        if self._items():
            self.desk.attach_files(self._items())

    def attach_address(self) -> None:
        """Ask for a link for what is selected."""
        if self._items():
            self.desk.attach_address(self._items())

    def paste(self) -> bool:
        """Attach what is on the clipboard; False: it is text or cells, or nothing is selected."""
        items = self._items()
        return bool(items) and self.desk.paste(items)

    def _items(self) -> list[ItemRow]:
        """Return what is selected; an item that the filters hide by now is still in the panel."""
        chosen = self._grid.picks.items()
        if chosen:
            return chosen
        kept = self._section.item
        return [kept] if kept is not None and self._view.panel.item_id == kept.id else []

    def _on_unlinked(self, link_id: str) -> None:
        self._verbs.writes += 1
        self._operations.change(unlink_evidence, [link_id])

    def _on_dated(self, link_id: str, day: object) -> None:
        self._verbs.writes += 1
        self._operations.change(set_link_validity, link_id, day)  # type: ignore[arg-type]  # a date or None

    def _on_opened(self, attachment_id: str) -> None:
        if attachment_id in self._files:
            self.desk.open(self._files[attachment_id])

    # what the panel shows

    def _on_wanted(self, item_id: str) -> None:
        self._asked += 1
        self._operations.ask(partial(self._on_read, self._asked, item_id), evidence_of_item, item_id)

    def _on_read(self, asked: int, item_id: str, rows: tuple[EvidenceRow, ...]) -> None:
        if isValid(self) and asked == self._asked:
            files = [file for row in rows for revision in row.revisions for file in revision.attachments]
            self._files = {file.id: file for file in files}
            self._section.show_rows(item_id, rows)

    def _on_changed(self, changes: Changes) -> None:
        if any(changes.of(kind) for kind in KINDS):
            self._section.renew()

    def _on_refused(self, words: str) -> None:
        if self._view.isVisible():  # the desk serves other pages too
            self.refused.emit(words)

    def _on_told(self, words: str) -> None:
        if self._view.isVisible():
            self.told.emit(words)

    # dragging

    def _land_on_row(self, place: QPoint | None) -> bool:
        number = self._grid.rowAt(place.y()) if place is not None else -1
        number = number if isinstance(self._grid.table.row_at(number), ItemRow) else -1
        self._grid.show_landing(number)
        return number >= 0

    def _drop_on_row(self, mime: QMimeData, place: QPoint) -> None:
        row = self._grid.table.row_at(self._grid.rowAt(place.y()))
        if isinstance(row, ItemRow):
            self._grid.picks.select([row.id])
            self._drop(mime, [row])

    def _land_on_panel(self, place: QPoint | None) -> bool:
        is_here = place is not None and bool(self._items())
        self._section.say_landing(is_here)
        return is_here

    def _drop_on_panel(self, mime: QMimeData, _place: QPoint) -> None:
        self._drop(mime, self._items())

    def _drop(self, mime: QMimeData, items: Sequence[ItemRow]) -> None:
        if items and not self.desk.drop(mime, items):
            self.refused.emit("What was dropped is no file, picture or address. Save it as a file, and drop that.")
