"""Link line: what both ends of a link share as rows of a panel: two lines that open, a menu, and a day of its own."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from readiness.domain.evidence import LinkRow
from ui.icons import icon
from ui.theme import Theme
from ui.widgets.buttons import ToolButton
from ui.widgets.day_line import DayLine
from ui.widgets.labels import label
from ui.widgets.painted_button import PaintedButton

COUNTS_UNTIL = "Counts here until"


class TwoLines(PaintedButton):
    """A button of two lines of text. Delete and F2 are told apart from a press."""

    unlinked = Signal()
    dated = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def line_height(self) -> float:
        """Return how high one of the lines is."""
        return round(self.theme.metric().height()) + 2

    def sizeHint(self) -> QSize:
        return QSize(240, round(2 * self.line_height()) + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.unlinked.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.dated.emit()
        else:
            super().keyPressEvent(event)


class LinkLine(QWidget):
    """Who uses it fills `menu` in `fill_menu` and says what is shown with `show_link`."""

    unlinked = Signal(str)  # id of the link
    dated = Signal(str, object)  # id of the link, date | None
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
            self._until.setVisible(link.valid_until is not None)
        self.day.show_day(link.valid_until, otherwise, is_other=is_other)

    def ask_day(self) -> None:
        """Put the keyboard where until when it counts here is written."""
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
