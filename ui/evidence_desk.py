"""Evidence desk: what every page does with evidence: attach, link, open, export. It asks, and asks for one step.

What is attached is copied first, in a thread of its own; then it is looked through, described, and recorded.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from readiness.domain.evidence import AttachmentRow, EvidenceRow, UseRow
from readiness.domain.plain_words import counted
from readiness.domain.views import ItemRow
from readiness.services.attaching import attach_pieces, known_already
from readiness.services.library import find_with_uses
from readiness.services.links import link_evidence
from readiness.services.taking import Given, GivenAddress, GivenFile, Taking, take_given
from readiness.storage.files import FileStore
from ui.board import BoardSource
from ui.copying import Copying
from ui.dialogs.tick_dialog import TickDialog, TickWords
from ui.file_opening import FileOpening
from ui.models.evidence_words import counted_pieces
from ui.models.given import PastedPicture, given_in
from ui.models.tick_rows import TickRow, evidence_choice, item_choices, matching
from ui.operations import Operations
from ui.theme import Theme

if TYPE_CHECKING:
    from ui.evidence_guard import Seen
    from ui.models.saved_views import Preferences

LAST_FOLDER = "evidence.folder"
LINK_WORDS = TickWords(
    title="Link existing evidence",
    about="",
    search="Search by title, what it shows, source or file",
    empty="The library is empty. Attach a file first.",
    choose="Choose a piece of evidence.",
)
ITEM_WORDS = TickWords(
    title="Link to items",
    about="",
    search="Search by reference, item, inspection or status",
    empty="No items are laid out. Track an inspection first.",
    choose="Choose an item.",
)
BUSY = "A file is still being copied. Attach this when that is done."


def items_said(items: Sequence[ItemRow]) -> str:
    """Return items as a dialog names them: "RV-C02 Audit results over time", "3 items"; "" for none."""
    if len(items) == 1:
        return f"{items[0].reference} {items[0].title}"
    return counted(len(items), "item") if items else ""


class EvidenceDesk(QObject):
    """Its dialogs stand over `parent`; `close` ends what is under way."""

    refused = Signal(str)  # why something was not done
    told = Signal(str)  # what was done and leaves no step

    def __init__(
        self, operations: Operations, source: BoardSource, theme: Theme, kept: "Preferences", parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._operations, self._source, self._kept, self._over = operations, source, kept, parent
        self.theme = theme
        self.copying = Copying(parent)
        self.copying.failed.connect(operations.failed)
        self.copying.cancelled.connect(self._on_cancelled)
        self.files = FileOpening(operations, kept, parent)
        self.files.refused.connect(self.refused)
        self.files.told.connect(self.told)

    def close(self) -> None:
        """End what is under way."""
        self.copying.wait(self._operations.patience)
        self.files.close()

    def abandon(self) -> None:
        """Stop what is under way: another workspace is here."""
        self.copying.abandon()
        self.files.copying.abandon()

    # attaching

    def attach_files(self, items: Sequence[ItemRow]) -> None:
        """Ask for files and attach them to items; without items they stand in the library."""
        chosen = self.ask_files("Attach evidence")
        if chosen:
            self.attach([GivenFile(path) for path in chosen], items)

    def ask_files(self, title: str) -> list[Path]:
        """Ask for files; none when somebody thinks better of it."""
        begin = str(self._kept.get(LAST_FOLDER, str(Path.home())))
        chosen, _ = QFileDialog.getOpenFileNames(self._over, title, begin)
        if chosen:
            self._kept.set(LAST_FOLDER, str(Path(chosen[0]).parent))
        return [Path(each) for each in chosen]

    def attach_address(self, items: Sequence[ItemRow]) -> None:
        """Ask for a link and attach it to items."""
        from ui.dialogs.address_dialog import AddressDialog

        address = AddressDialog.ask(self.theme, "Add a link", "", self._over)
        if address:
            self.attach([GivenAddress(address)], items)

    def paste(self, items: Sequence[ItemRow]) -> bool:
        """Attach the files, the picture or the address on the clipboard; False: it holds none of them."""
        return self.drop(QGuiApplication.clipboard().mimeData(), items)

    def drop(self, mime: QMimeData, items: Sequence[ItemRow]) -> bool:
        """Attach what was dropped or pasted; False: nothing of it can be."""
        given = given_in(mime, self._source.day)
        if given:
            self.attach(given, items)
        return bool(given)

    def attach(self, given: Sequence[Given | PastedPicture], items: Sequence[ItemRow]) -> None:
        """Copy what was given into the store, then ask what it is and record it."""
        self.take(given, partial(self._on_taken, tuple(items)))

    def take(self, given: Sequence[Given | PastedPicture], then: Callable[[Taking], None]) -> None:
        """Copy what was given into the store and hand over what came of it; what is refused alone is said."""
        folder = self._operations.folder
        if folder is None:
            return
        if self.copying.is_running:
            self.refused.emit(BUSY)
            return
        job = partial(_taken, folder, tuple(given), self._source.day)
        self.copying.start("Copying", job, partial(self._sort, then))

    def _sort(self, then: Callable[[Taking], None], found: "tuple[Taking, Seen]") -> None:
        """Go on with what may be recorded: between copying and recording it is asked about children's identifiers."""
        taking, seen = found
        if any(each.sightings for each in seen.values()):
            from ui.evidence_guard import past_guard

            taking = past_guard(taking, seen, self._operations, self.theme, self._over)
        if taking.taken:
            then(taking)
        else:
            self.refused.emit(" ".join(taking.refused))

    def _on_taken(self, items: tuple[ItemRow, ...], taking: Taking) -> None:
        hashes = [each.attachment.sha256 for each in taking.taken if each.attachment.sha256]
        self._operations.ask(partial(self._describe, items, taking), known_already, hashes)

    def _describe(self, items: tuple[ItemRow, ...], taking: Taking, known: dict[str, EvidenceRow]) -> None:
        if not isValid(self):
            return
        from ui.dialogs.evidence_dialog import EvidenceDialog

        where, day = items_said(items), self._source.day
        found = EvidenceDialog.ask(self.theme, taking.taken, where, day, known, taking.refused, self._over)
        if found is None:
            self._on_cancelled()
        elif found.pieces or found.known_ids:
            ids = [item.id for item in items]
            self._operations.change(attach_pieces, ids, found.pieces, found.known_ids)

    def _on_cancelled(self) -> None:
        self.told.emit("Nothing was attached.")

    # linking

    def link_existing(self, items: Sequence[ItemRow]) -> None:
        """Ask which evidence of the library serves items, and link it."""
        if not items:
            return
        linked = set.intersection(*({link.evidence_id for link in item.proof.links} for item in items))
        words = replace(LINK_WORDS, about=f"For {items_said(items)}")
        chosen = TickDialog.ask(self.theme, words, partial(self._find, linked), self._over)
        if chosen:
            self._operations.change(link_evidence, chosen, [item.id for item in items])

    def _find(self, linked: Collection[str], text: str, then: Callable[[Sequence[TickRow]], None]) -> None:
        def found(pairs: Sequence[tuple[EvidenceRow, Sequence[UseRow]]]) -> None:
            then([evidence_choice(row, uses, linked) for row, uses in pairs])

        self._operations.ask(found, find_with_uses, text)

    def link_to_items(self, rows: Sequence[EvidenceRow], inspection_id: str | None) -> None:
        """Ask for which items evidence is used, and link it."""
        board = self._source.board
        if not rows or board is None:
            return
        linked = set.intersection(*({link.item_id for link in row.links} for row in rows))
        choices = item_choices(board, inspection_id, linked)
        said = f"“{rows[0].title[:80]}”" if len(rows) == 1 else counted_pieces(len(rows))
        words = replace(ITEM_WORDS, about=f"For which items is {said} used?")

        def find(text: str, then: Callable[[Sequence[TickRow]], None]) -> None:
            then(matching(choices, text))

        chosen = TickDialog.ask(self.theme, words, find, self._over)
        if chosen:
            self._operations.change(link_evidence, [row.id for row in rows], chosen)

    # opening

    def open(self, attachment: AttachmentRow) -> None:
        """Open a file or link with the system's program."""
        self.files.open(attachment)

    def export(self, attachment: AttachmentRow) -> None:
        """Export a copy of a kept file."""
        self.files.export(attachment)


def _taken(
    folder: Path, given: Sequence[Given | PastedPicture], day: date, told: Any, cancelled: Any
) -> "tuple[Taking, Seen]":
    from ui.evidence_guard import look_through  # the readers of other people's files: in the worker

    sound = [each.packed() if isinstance(each, PastedPicture) else each for each in given]
    store = FileStore(folder)
    taking = take_given(store, sound, told, cancelled)
    return taking, look_through(store, taking, day, cancelled)
