"""Evidence verbs: what keys, menus and the panel do to the library. Each asks for one step that can be undone."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from readiness.domain.evidence import AttachmentRow, EvidenceEdit, EvidenceRow
from readiness.domain.evidence_filters import EvidenceLine
from readiness.domain.outside import path_in
from readiness.domain.views import RemovedRow
from readiness.services.evidence import (
    add_revision,
    copy_of_link,
    edit_pieces,
    point_link,
    remove_evidence,
    restore_evidence,
)
from readiness.services.links import set_link_validity, unlink_evidence
from readiness.services.queries import removed_rows
from readiness.services.taking import Given, GivenAddress, GivenFile, Taking
from readiness.storage.files import Stored
from ui.board import BoardSource
from ui.dialogs.address_dialog import AddressDialog
from ui.dialogs.removed_dialog import RemovedDialog
from ui.dialogs.version_dialog import VersionDialog
from ui.evidence_desk import EvidenceDesk
from ui.library import LibrarySource
from ui.link_looking import LinkLooking
from ui.operations import Operations
from ui.widgets.evidence_grid import EvidenceGrid

NO_FILE = "It has no file or link yet. Add a version of it first."
NOT_KEPT = "Only a link is kept of it, and no copy. Keep a copy of it first."
ANOTHER = "That is another file than the one that was attached. Add it as a newer version instead."


class EvidenceVerbs(QObject):
    """Acts on what is selected in the grid; dialogs ask, this asks for the step."""

    refused = Signal(str)  # why something was not done
    told = Signal(str)  # what was done and leaves no step

    def __init__(
        self,
        operations: Operations,
        source: BoardSource,
        library: LibrarySource,
        desk: EvidenceDesk,
        looking: LinkLooking,
        grid: EvidenceGrid,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._operations, self._source, self._library = operations, source, library
        self.desk, self._looking, self._grid, self._over = desk, looking, grid, parent
        self.inspection_id: str | None = None
        self._deeds: dict[str, Callable[[AttachmentRow], None]] = {
            "open": desk.open,
            "open_copy": desk.files.open_copy,
            "export": desk.export,
            "look": self._look,
            "fetch": self._fetch,
            "point": self._point,
            "mend": self._mend,
        }

    @property
    def writes(self) -> int:
        """How many steps were asked for so far."""
        return self._library.writes

    # the library

    def add(self) -> None:
        """Ask for files and add them to the library."""
        self.desk.attach_files(())

    def add_link(self) -> None:
        """Ask for a link and add it to the library."""
        self.desk.attach_address(())

    def paste(self) -> None:
        """Add what is on the clipboard."""
        if not self.desk.paste(()):
            self.refused.emit("There is no file, picture or address to paste. Copy one first.")

    def edit(self, ids: Sequence[str], edit: EvidenceEdit) -> None:
        """Say something else of some pieces."""
        if ids:
            self._library.change(edit_pieces, tuple(ids), [edit])

    def remove(self) -> None:
        """Remove what is selected; nothing is asked, it can be undone."""
        ids = [line.id for line in self._grid.picks.rows()]
        if ids:
            self._library.change(remove_evidence, ids)

    def restore(self) -> None:
        """Show what was removed and bring back what is chosen."""
        self._operations.ask(self._on_removed_read, removed_rows)

    def _on_removed_read(self, rows: tuple[RemovedRow, ...]) -> None:
        if isValid(self):
            evidence = [row for row in rows if row.kind == "evidence"]
            chosen = RemovedDialog.ask(self.desk.theme, evidence, self._over)
            if chosen:
                self._library.change(restore_evidence, [row.id for row in chosen])

    # uses

    def link(self) -> None:
        """Ask for which items what is selected is used."""
        self.desk.link_to_items([line.row for line in self._grid.picks.rows()], self.inspection_id)

    def unlink(self, link_id: str) -> None:
        """Use evidence no more for an item."""
        self._library.change(unlink_evidence, [link_id])

    def set_validity(self, link_id: str, day: object) -> None:
        """Say until when evidence counts for an item."""
        self._library.change(set_link_validity, link_id, day)  # type: ignore[arg-type]  # a date or None

    # files

    def open(self) -> None:
        """Open the file or link of the current piece."""
        for file in self._first_file():
            self.desk.open(file)

    def export(self) -> None:
        """Export a copy of the file of the current piece."""
        for file in self._first_file():
            if file.is_stored:
                self.desk.export(file)
            else:
                self.refused.emit(NOT_KEPT)

    def _first_file(self) -> list[AttachmentRow]:
        line = self._one()
        files = line.row.latest.attachments if line is not None and line.row.latest is not None else ()
        if line is not None and not files:
            self.refused.emit(NO_FILE)
        return list(files[:1])

    def _one(self) -> EvidenceLine | None:
        lines = self._grid.picks.rows()
        return lines[0] if len(lines) == 1 else None

    def do(self, key: str, attachment_id: str) -> None:
        """Do what the panel asks with a file or link."""
        line = self._one()
        files = [file for revision in (line.row.revisions if line else ()) for file in revision.attachments]
        file = next((file for file in files if file.id == attachment_id), None)
        if file is not None:
            self._deeds[key](file)

    def add_version(self, kind: str = "files") -> None:
        """Ask for a newer file or link of the current piece, and what is new in it."""
        line = self._one()
        if line is None:
            return
        given: list[Given] = []
        if kind == "files":
            given += [GivenFile(path) for path in self.desk.ask_files("Add a version")]
        else:
            address = AddressDialog.ask(self.desk.theme, "Add a version", "", self._over)
            given += [GivenAddress(address)] if address else []
        if given:
            self.desk.take(given, partial(self._on_version_taken, line.row))

    def _on_version_taken(self, row: EvidenceRow, taking: Taking) -> None:
        found = VersionDialog.ask(self.desk.theme, row, taking.taken, self._source.day, taking.refused, self._over)
        if found is None:
            self.told.emit("No version was added.")
            return
        files = [each.attachment for each in taking.taken]
        self._library.change(add_revision, row.id, files, found.note, found.changes)

    def _look(self, file: AttachmentRow) -> None:
        self._looking.look_again(path_in(file.url))
        self.told.emit(f"Looking for {file.name} …")

    def _fetch(self, file: AttachmentRow) -> None:
        self.desk.take([GivenFile(Path(path_in(file.url)))], partial(self._on_fetched, file))

    def _on_fetched(self, file: AttachmentRow, taking: Taking) -> None:
        copy = taking.taken[0].attachment
        self._library.change(copy_of_link, file.id, Stored(copy.sha256, copy.size))

    def _point(self, file: AttachmentRow) -> None:
        address = AddressDialog.ask(self.desk.theme, f"Point {file.name[:60]} elsewhere", file.url, self._over)
        if address:
            self._library.change(point_link, file.id, address)

    def _mend(self, file: AttachmentRow) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self._over, f"Put {file.name[:60]} back")
        if chosen:
            self.desk.take([GivenFile(Path(chosen))], partial(self._on_mended, file))

    def _on_mended(self, file: AttachmentRow, taking: Taking) -> None:
        self._library.look()
        if taking.taken[0].attachment.sha256 == file.sha256:
            self.told.emit(f"{file.name} is back.")
        else:
            self.refused.emit(ANOTHER)
