"""Link line: what both ends of a link share as rows of a panel: two lines that open, a menu, and a day of its own."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from readiness.domain.evidence import LinkRow
from ui.icons import icon
from ui.models.item_columns import CONTESTED
from ui.theme import Theme
from ui.widgets import painting
from ui.widgets.buttons import ToolButton
from ui.widgets.day_line import DayLine
from ui.widgets.labels import label
from ui.widgets.painted_button import PaintedButton
from ui.widgets.title_mark import mark_title

COUNTS_UNTIL = "Counts here until"
CONTEST_TIP = "Changed on two laptops. Press it to choose one of the values"


class TwoLines(PaintedButton):
    """A button of two lines of text. Delete and F2 are told apart from a press.

    While something of what it shows is in conflict, it is marked and a press asks for the chooser.
    """

    pressed_through = Signal()  # by mouse, Space or Enter, and nothing is in conflict
    conflict_wanted = Signal(str, str)  # id of the record, its field
    unlinked = Signal()
    dated = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.contest: tuple[str, str] | None = None
        self._said = ("", "", "")
        self.clicked.connect(self._on_clicked)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def line_height(self) -> float:
        """Return how high one of the lines is."""
        return round(self.theme.metric().height()) + 2

    def sizeHint(self) -> QSize:
        return QSize(240, round(2 * self.line_height()) + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def say(self, spoken: str, does: str, tip: str) -> None:
        """Say what is shown, and what a press does: "opens it"."""
        self._said = (spoken, does, tip)
        if self.contest is None:
            self.setAccessibleName(f"{spoken}. Enter {does}")
            self.setToolTip(tip)
        else:
            self.setAccessibleName(f"{spoken}, {CONTESTED}. Enter opens the chooser")
            self.setToolTip(f"{tip}\n{CONTEST_TIP}")
        self.update()

    def mark(self, contest: tuple[str, str] | None) -> None:
        """Mark what is in conflict: a record and its field; None: nothing is."""
        if contest != self.contest:
            self.contest = contest
            self.say(*self._said)

    def paint_title(self, painter: QPainter, room: QRectF, title: str) -> None:
        """Paint the title, with the mark behind it."""
        if self.contest is not None:
            room = mark_title(painter, room, title, CONTESTED, self.theme)
        painting.text(painter, room, title, self.theme, self.theme.color("text"))

    def ask_chooser(self) -> bool:
        """Ask for the chooser; False: nothing is in conflict."""
        if self.contest is None:
            return False
        self.conflict_wanted.emit(*self.contest)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.unlinked.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.dated.emit()
        else:
            super().keyPressEvent(event)

    def _on_clicked(self) -> None:
        if not self.ask_chooser():
            self.pressed_through.emit()


class LinkLine(QWidget):
    """Who uses it fills `menu` in `fill_menu` and says what is shown with `show_link`."""

    unlinked = Signal(str)  # id of the link
    dated = Signal(str, object)  # id of the link, date | None
    conflict_wanted = Signal(str, str)  # id of the record, its field
    notice = Signal(str)  # what was typed and could not be stored

    def __init__(self, theme: Theme, face: TwoLines, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.link: LinkRow | None = None
        self.face = face
        face.setParent(self)
        self.more = ToolButton(self)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setAutoRaise(True)
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._on_menu_wanted)
        self.more.setMenu(self.menu)
        self._until = QWidget(self)
        self.day = DayLine(theme, COUNTS_UNTIL, self._until)
        self._lay_out()
        self.face.conflict_wanted.connect(self.conflict_wanted)
        self.face.unlinked.connect(self.unlink)
        self.face.dated.connect(self.ask_day)
        self.day.entered.connect(self._on_dated)
        self.day.given_up.connect(self.notice)
        self.set_theme(theme)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(2)
        top.addWidget(self.face, 1)
        top.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        below = QHBoxLayout(self._until)
        below.setContentsMargins(28, 0, 0, 4)
        below.setSpacing(4)
        below.addWidget(label(COUNTS_UNTIL, "quiet", self))
        below.addWidget(self.day, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._until)
        self._until.hide()

    def set_theme(self, theme: Theme) -> None:
        """Draw the sign in another theme."""
        self.more.setIcon(icon("more", theme, "text2"))

    def fill_menu(self) -> None:
        """Add what is offered before counting until and unlinking."""
        raise NotImplementedError

    def show_link(self, link: LinkRow, name: str, otherwise: str) -> None:
        """Show another link; a day of its own stays in sight.

        Args:
            link: The link.
            name: What it leads to, for the menu's name.
            otherwise: What counts while it has no day of its own.
        """
        is_other = self.link is None or link.id != self.link.id
        if is_other:
            self.day.flush()
        self.link = link
        self.more.setAccessibleName(f"More for {name}")
        self.more.setToolTip("What can be done with it here")
        if is_other:
            self._until.setVisible(link.valid_until is not None and not self._is_contested())
        self.day.show_day(link.valid_until, otherwise, is_other=is_other)

    def mark(self, contest: tuple[str, str] | None) -> None:
        """Mark what is in conflict; the day is not written while the link is: it would be refused."""
        self.face.mark(contest)
        self._show_day()

    def _is_contested(self) -> bool:
        return self.face.contest is not None and self.link is not None and self.face.contest[0] == self.link.id

    def _show_day(self) -> None:
        has_day = self.link is not None and self.link.valid_until is not None
        if self._is_contested():
            self.day.flush()
            self._until.hide()
        elif has_day:
            self._until.show()

    def ask_day(self) -> None:
        """Put the keyboard where until when it counts here is written; of what is in conflict ask for the chooser."""
        if self._is_contested() and self.face.ask_chooser():
            return
        self._until.show()
        self.day.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.day.line.selectAll()

    def unlink(self) -> None:
        """Say that the link is not wanted any more."""
        if self.link is not None:
            self.unlinked.emit(self.link.id)

    def flush(self) -> None:
        """Bring what was typed and not yet said."""
        self.day.flush()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu.popup(event.globalPos())

    def _on_menu_wanted(self) -> None:
        self.menu.clear()
        self.fill_menu()
        self.menu.addAction("Counts here until… (F2)").triggered.connect(self.ask_day)
        self.menu.addSeparator()
        self.menu.addAction("Unlink from this item (Del)").triggered.connect(self.unlink)

    def _on_dated(self, day: object) -> None:
        if self.link is not None:
            self.dated.emit(self.link.id, day)
