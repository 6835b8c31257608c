"""Previews: what the panel shows of a kept file: a picture, the beginning of a text, the pages of a PDF.

Read in a thread of its own and bounded: a file of evidence may come from anybody. Nothing of it is run, no page of the
web is drawn, nothing it refers to is fetched. Source: design.md, section 6.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QColor, QImage, QImageReader

from ui.models.evidence_words import ending, size_words
from ui.patience import Patience

LARGEST_FILE = 20_000_000  # bytes
MOST_PIXELS = 40_000_000
LONGEST_TEXT = 64_000  # bytes
_PICTURES = frozenset({"png", "jpg", "jpeg", "gif", "bmp", "webp", "tif", "tiff"})
_TEXTS = frozenset({"txt", "md", "csv", "tsv", "json", "xml", "log", "svg", "html", "htm", "eml", "ics", "toml", "ini"})
_SAFE_FORMATS = frozenset({"png", "jpeg", "jpg", "gif", "bmp", "webp", "tiff", "tif"})
_SCALES_WHILE_READING = frozenset({"jpeg", "jpg"})
NO_KIND = "No preview of this kind of file."
NOT_READ = "This file cannot be shown here. Open it instead."


@dataclass(frozen=True, slots=True)
class Wanted:
    """A preview that is wanted: of which file, and how wide."""

    path: Path
    name: str
    size: int  # bytes
    width: int  # px of the device
    height: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class Preview:
    """What there is to show: a picture or a text; else why there is neither."""

    image: QImage | None = None
    text: str = ""
    pages: int = 0
    page: int = 0
    why: str = ""


def has_preview(name: str) -> bool:
    """Whether files of this name can be shown."""
    return ending(name) in _PICTURES | _TEXTS | {"pdf"}


def read_preview(wanted: Wanted) -> Preview:
    """Read what there is to show of a file. Whatever is wrong with it is told in the answer; nothing is raised."""
    kind = ending(wanted.name)
    if not has_preview(wanted.name):
        return Preview(why=NO_KIND)
    if wanted.size > LARGEST_FILE:
        return Preview(why=f"Too large to show here ({size_words(wanted.size)}). Open it instead.")
    try:
        if kind in _TEXTS:
            return _text(wanted)
        return _pdf(wanted) if kind == "pdf" else _picture(wanted)
    except OSError:
        return Preview(why="The copy of this file cannot be read.")


def _text(wanted: Wanted) -> Preview:
    with wanted.path.open("rb") as file:
        found = file.read(LONGEST_TEXT + 1)
    encoding = "utf-16" if found[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = found[:LONGEST_TEXT].decode(encoding, "replace").replace("\0", "\ufffd")
    return Preview(text=text + ("\n…" if len(found) > LONGEST_TEXT else ""))


def _picture(wanted: Wanted) -> Preview:
    reader = QImageReader(str(wanted.path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    kind, size = bytes(reader.format().data()).decode("ascii", "replace").casefold(), reader.size()
    if kind not in _SAFE_FORMATS or not size.isValid():
        return Preview(why=NOT_READ)
    if size.width() * size.height() > MOST_PIXELS and kind not in _SCALES_WHILE_READING:
        millions = size.width() * size.height() / 1_000_000
        return Preview(why=f"Too large to show here ({millions:.0f} megapixels). Open it instead.")
    reader.setScaledSize(_fitted(size, wanted))
    image = reader.read()
    return Preview(image=image) if not image.isNull() else Preview(why=NOT_READ)


def _pdf(wanted: Wanted) -> Preview:
    from PySide6.QtPdf import QPdfDocument  # 3 MB: only where a PDF is shown

    document = QPdfDocument()
    if document.load(str(wanted.path)) != QPdfDocument.Error.None_ or document.pageCount() < 1:
        return Preview(why=NOT_READ)
    page = min(max(wanted.page, 0), document.pageCount() - 1)
    size = _fitted(document.pagePointSize(page).toSize(), wanted, grows=True)
    drawn = document.render(page, size)
    if drawn.isNull():
        return Preview(why=NOT_READ)
    paper = QImage(drawn.size(), QImage.Format.Format_RGB32)
    paper.fill(QColor(Qt.GlobalColor.white))
    _lay_on(paper, drawn)
    return Preview(image=paper, pages=document.pageCount(), page=page)


def _lay_on(paper: QImage, drawn: QImage) -> None:
    from PySide6.QtGui import QPainter

    painter = QPainter(paper)
    painter.drawImage(0, 0, drawn)
    painter.end()


def _fitted(size: QSize, wanted: Wanted, *, grows: bool = False) -> QSize:
    """Return a size that fits, never wider than wanted; small pictures stay as they are."""
    room = QSize(max(1, wanted.width), max(1, wanted.height))
    if not grows and size.width() <= room.width() and size.height() <= room.height():
        return size
    fitted = size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
    return QSize(max(1, fitted.width()), max(1, fitted.height()))


class Previewer(QObject):
    """Answers the last request alone; what was asked before and not begun is dropped."""

    ready = Signal(object)  # Preview
    _returned = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._number = 0
        self._returned.connect(self._run)

    def want(self, wanted: Wanted) -> None:
        """Ask for a preview."""
        self._number += 1
        self._pool.clear()
        self._pool.start(partial(self._work, self._number, wanted))

    def forget(self) -> None:
        """Want nothing any more."""
        self._number += 1
        self._pool.clear()

    def wait(self, patience: Patience) -> None:
        """Wait a moment for what is under way; for closing."""
        self.forget()
        patience.wait(self._pool)

    def _work(self, number: int, wanted: Wanted) -> None:
        if number == self._number:
            preview = read_preview(wanted)
            self._returned.emit(partial(self._deliver, number, preview))

    def _run(self, outcome: Callable[[], None]) -> None:
        outcome()

    def _deliver(self, number: int, preview: Preview) -> None:
        if number == self._number:
            self.ready.emit(preview)
