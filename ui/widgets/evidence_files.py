"""Evidence files: the versions of a piece of evidence with their files and links, the one that counts first."""

from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from readiness.domain.addresses import is_openable
from readiness.domain.dates import written
from readiness.domain.evidence import AttachmentRow, RevisionRow
from readiness.domain.outside import is_on_network, path_in
from readiness.domain.plain_words import counted
from readiness.domain.vocabulary import Rating
from ui.icons import icon
from ui.models.evidence_words import icon_of_file, size_words
from ui.theme import Theme
from ui.widgets import painting
from ui.widgets.buttons import ToolButton
from ui.widgets.conflict_strip import Contested, first_contest
from ui.widgets.labels import heading, label, link
from ui.widgets.link_line import TwoLines

ICON = 16.0
_CHANGING = frozenset({"fetch", "point"})
"""What changes a field of the file or link."""
NOT_KEPT, NOT_HERE, NOT_LOOKED = "not on this laptop", "not there any more", "on a server: not looked for"


def file_said(file: AttachmentRow, *, is_missing: bool) -> str:
    """Return a file's second line: its size, where a link leads, or that it is not there."""
    if is_missing:
        return NOT_KEPT if file.sha256 else NOT_HERE
    if not file.url:
        return size_words(file.size)
    copy = f" · {size_words(file.size)} copy kept" if file.is_stored else ""
    path = path_in(file.url)
    if path and is_on_network(path) and not file.is_stored:
        return NOT_LOOKED
    return f"{'page' if is_openable(file.url) else 'link'}{copy}"


class FileButton(TwoLines):
    """A file or link: its name, and below it what there is to say of it; pressed, it opens."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.file: AttachmentRow
        self._is_missing = False

    def show_file(self, file: AttachmentRow, *, is_missing: bool) -> None:
        """Show a file or link."""
        self.file, self._is_missing = file, is_missing
        said = file_said(file, is_missing=is_missing)
        self.say(f"{file.name}, {said}", "opens it", "\n".join(filter(None, (file.name, file.url, said))))

    def paint_face(self, painter: QPainter, rect: QRectF) -> None:
        theme, height = self.theme, self.line_height()
        inner = rect.adjusted(4, 4, -4, -4)
        sign = QRectF(inner.left(), inner.top(), ICON, height)
        painting.icon_at(painter, sign, icon_of_file(self.file), theme.color("text2"))
        left = sign.right() + 8
        first = QRectF(left, inner.top(), inner.right() - left, height)
        self.paint_title(painter, first, self.file.name)
        second, colour = first.translated(0, height), theme.color("text2")
        if self._is_missing:
            mark = QRectF(left, second.top(), painting.MARK, height)
            painting.rating_mark(painter, mark, Rating.OFF_TRACK, theme)
            second.setLeft(mark.right() + 6)
            colour = theme.rating_text(Rating.OFF_TRACK)
        painting.text(painter, second, file_said(self.file, is_missing=self._is_missing), theme, colour)


class FileLine(QWidget):
    """The button, and a menu beside it with all that can be done."""

    asked = Signal(str, str)  # what is asked, id of the attachment

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_missing = False
        self.face = FileButton(theme, self)
        self.more = ToolButton(self)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setAutoRaise(True)
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.more.setMenu(self.menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.face, 1)
        row.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        self.face.pressed_through.connect(self._on_pressed)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw the sign in another theme."""
        self.more.setIcon(icon("more", theme, "text2"))

    def show_file(self, file: AttachmentRow, *, is_missing: bool) -> None:
        """Show a file or link."""
        self._is_missing = is_missing
        self.face.show_file(file, is_missing=is_missing)
        self.more.setAccessibleName(f"More for {file.name}")
        self.more.setToolTip("Open, export, point elsewhere")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu.popup(event.globalPos())

    def deeds(self) -> list[tuple[str, str]]:
        """Return what can be done with the file or link, each by its key with its words."""
        file = self.face.file
        path, kept = path_in(file.url), file.is_stored and not (self._is_missing and file.sha256)
        found = [("open", "Open the link" if file.url and file.is_stored else "Open")]
        if kept:
            found += [("open_copy", "Open the copy")] if file.url else []
            found += [("export", "Export a copy…")]
        if path and not file.is_stored:
            found += [("look", "Look whether it is there"), ("fetch", "Keep a copy of it")]
        if file.url:
            found += [("point", "Point elsewhere…")]
        if self._is_missing and file.sha256:
            found += [("mend", "Put the file back…")]
        return found

    def _fill_menu(self) -> None:
        self.menu.clear()
        for key, words in self.deeds():
            self.menu.addAction(words).triggered.connect(lambda _=False, key=key: self._ask(key))

    def _on_pressed(self) -> None:
        file = self.face.file
        self._ask("open" if not self._is_missing else "mend" if file.sha256 else "point")

    def _ask(self, key: str) -> None:
        if key not in _CHANGING or not self.face.ask_chooser():
            self.asked.emit(key, self.face.file.id)


class EvidenceFiles(QWidget):
    """The newest version in full; the earlier ones when they are asked for."""

    asked = Signal(str, str)  # what is asked, id of the attachment
    conflict_wanted = Signal(str, str)  # id of the attachment, its field
    version_asked = Signal(str)  # "files" or "link"

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._revisions: tuple[RevisionRow, ...] = ()
        self._lost: frozenset[str] = frozenset()
        self._shows_all = False
        self._parts: list[QWidget] = []
        self._contested: Contested = {}
        self.lines: list[FileLine] = []
        self.about = label("", "quiet", self, wrap=True)
        self._list = QVBoxLayout()
        self._earlier = link("", self)
        self.add = link("Add version", self)
        self.add.setToolTip("A newer file or link, which counts from then on (Ctrl+G)")
        menu = QMenu(self)
        menu.addAction("From files…").triggered.connect(partial(self._on_version_chosen, "files"))
        menu.addAction("From a link…").triggered.connect(partial(self._on_version_chosen, "link"))
        self.add.setMenu(menu)
        head = QHBoxLayout()
        head.addWidget(heading("Files", theme, "strong", self))
        head.addStretch(1)
        head.addWidget(self.add)
        self._list.setSpacing(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.about)
        layout.addLayout(self._list)
        layout.addWidget(self._earlier, 0, Qt.AlignmentFlag.AlignLeft)
        self._earlier.clicked.connect(self._on_earlier_clicked)

    def set_theme(self, theme: Theme) -> None:
        """Make new lines in another theme from now on; those that stand are told by themselves."""
        self.theme = theme

    def show_revisions(self, revisions: Sequence[RevisionRow], lost: Collection[str], *, is_other: bool) -> None:
        """Show the versions of a piece of evidence, newest first; `lost` are ids of what is not there."""
        revisions, lost = tuple(revisions), frozenset(lost)
        if is_other:
            self._shows_all = False
        if is_other or (revisions, lost) != (self._revisions, self._lost):
            self._revisions, self._lost = revisions, lost
            self._fill()

    def take_contested(self, contested: Contested) -> None:
        """Know what is in conflict now, and mark it."""
        self._contested = contested
        self._mark()

    def _mark(self) -> None:
        for line in self.lines:
            line.face.mark(first_contest(self._contested, [line.face.file.id]))

    def _fill(self) -> None:
        for part in self._parts:
            self._list.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts, self.lines = [], []
        for number, revision in enumerate(self._revisions[: None if self._shows_all else 1]):
            if number:
                self._put(label(_about(revision), "quiet", self, wrap=True))
            for file in revision.attachments:
                line = FileLine(self.theme, self)
                line.show_file(file, is_missing=file.id in self._lost)
                line.asked.connect(self.asked)
                line.face.conflict_wanted.connect(self.conflict_wanted)
                self.lines.append(line)
                self._put(line)
        self._mark()
        self.about.setText(_about(self._revisions[0]) if self._revisions else "No file or link yet.")
        left = len(self._revisions) - 1
        self._earlier.setVisible(left > 0 and not self._shows_all)
        self._earlier.setText(f"Show {counted(left, 'earlier version')}")

    def _put(self, part: QWidget) -> None:
        self._list.addWidget(part)
        self._parts.append(part)

    def _on_version_chosen(self, kind: str, _checked: bool = False) -> None:
        self.version_asked.emit(kind)

    def _on_earlier_clicked(self) -> None:
        self._shows_all = True
        self._fill()


def _about(revision: RevisionRow) -> str:
    """Return which version it is, of when, by whom, and what is new in it."""
    when = written(revision.made_at.astimezone().date()) if revision.made_at is not None else ""
    said = ", ".join(filter(None, (f"Version {revision.number}", when, revision.made_by)))
    return f"{said}\n{revision.note}" if revision.note else said
