"""Share, bundles: writing one, taking one in, and the reply that is offered then."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QWidget

from readiness.domain.plain_words import shown
from readiness.domain.sharing import LaptopRow, MergeReport, SharingBoard
from readiness.domain.vocabulary import Trust
from ui.models import share_words as words
from ui.share_desk import ShareDesk
from ui.widgets.labels import label, link

_FILES = "Bundles (*.irtbundle)"
BUSY = "A round is under way. Take the bundle in once it is over."


class Bundles(QWidget):
    """The line that offers a reply; hidden until a bundle was taken in."""

    said = Signal(str)  # a sentence for the foot

    def __init__(self, desk: ShareDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._board: SharingBoard | None = None
        self._taking: Path | None = None
        self._taken = self._author = ""  # the bundle that was taken in, and the laptop that made it; "": not told
        self.words = label("")
        self.reply, self.not_now = link("Make a reply bundle…"), link("Not now")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 10)
        row.setSpacing(12)
        for each in (self.words, self.reply, self.not_now):
            row.addWidget(each)
        row.addStretch(1)
        self.reply.clicked.connect(self._on_reply)
        self.not_now.clicked.connect(self.hide)
        desk.board_read.connect(self._on_board_read)
        desk.finished.connect(self._on_finished)
        desk.refused.connect(self._on_refused)
        self.hide()

    def hand_over(self, below: QWidget) -> None:
        """Ask for whom a bundle is to be, below a button, and write it."""
        menu = QMenu(self)
        menu.addAction("Everything", partial(self._write, None))
        menu.addAction("Everything, with evidence files", partial(self._write, None, True))
        for row in self._board.laptops if self._board else ():
            if row.trust is not Trust.SELF:
                menu.addAction(f"Only what {words.name_of(row)} lacks", partial(self._write, row.device))
        menu.exec(below.mapToGlobal(below.rect().bottomLeft()))
        menu.deleteLater()

    def take_in(self) -> None:
        """Ask for a bundle and take it in."""
        if self._desk.is_running:
            self.said.emit(BUSY)
            return
        chosen, _ = QFileDialog.getOpenFileName(self, "Take in a bundle", str(Path.home()), _FILES)
        if chosen:
            self.hide()
            self._taking = Path(chosen)
            self._desk.take_bundle(self._taking)

    def _on_board_read(self, board: SharingBoard) -> None:
        self._board = board
        self._name_offer()

    def _on_finished(self, report: MergeReport, _asked: bool) -> None:
        path, self._taking = self._taking, None
        if path is not None and not words.troubles(report.places):
            self._desk.do(partial(_author_of, path), partial(self._offer, path.name))

    def _on_refused(self, _sentence: str) -> None:
        self._taking = None

    def _offer(self, name: str, author: str) -> None:
        self._taken, self._author = name, author
        self._name_offer()
        self.show()

    def _whose(self) -> LaptopRow | None:
        """Return the laptop that is answered; None: it is not known which, so the reply has everything."""
        rows = self._board.laptops if self._board else ()
        return next((row for row in rows if row.device == self._author and row.trust is not Trust.SELF), None)

    def _name_offer(self) -> None:
        row = self._whose()
        self.words.setText(f"{shown(self._taken)} is taken in{f', from {words.name_of(row)}' if row else ''}.")
        self.reply.setToolTip("With what it lacks only." if row else "With everything.")

    def _on_reply(self) -> None:
        row = self._whose()
        self._write(row.device if row else None)

    def _write(self, device: str | None, files: bool = False) -> None:
        self._desk.do(_propose_name, partial(self._on_name_proposed, device, files))

    def _on_name_proposed(self, device: str | None, files: bool, name: str) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, "Write a bundle", str(Path.home() / name), _FILES)
        if chosen:
            self._desk.do(partial(_make, Path(chosen), device, files), self._on_written)

    def _on_written(self, said: str) -> None:
        self.hide()
        self.said.emit(said)


def _author_of(path: Path, _workspace: Any) -> str:
    from readiness.services.bundles import bundle_author

    return bundle_author(path)


def _propose_name(workspace: Any) -> str:
    from readiness.services.bundles import bundle_name

    return bundle_name(workspace, workspace.now())


def _make(out: Path, device: str | None, files: bool, workspace: Any) -> str:
    from readiness.services.bundles import make_bundle

    count = make_bundle(workspace, out, for_device=device, replace=True, files=files)
    return f"{out.name}: {count:,} changes. Hand it over; the other laptop takes it in on its Share page."
