"""First run: who works here, which inspections, where it is kept; or the example; or a workspace that exists."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from readiness.domain.views import FrameworkDraft
from readiness.domain.vocabulary import SERVICES
from ui.icons import pixmap
from ui.theme import Theme
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.inspection_card import InspectionCard
from ui.widgets.labels import button, heading, label, link
from ui.widgets.notice_strip import NoticeStrip

_SIDE_WIDTH, _FORM_WIDTH = 430, 520
_NARROW_SIDE, _NARROW_BELOW = 340, 1120


@dataclass(frozen=True, slots=True)
class FirstRunAnswers:
    """What somebody answered; a ready-by date may be left open."""

    name: str
    role: str
    service: str
    inspections: tuple[tuple[str, date | None], ...]  # framework id, ready by
    folder: str


def ask_folder(parent: QWidget, folder: str) -> str:
    """Have somebody choose a folder; "" when they do not."""
    return QFileDialog.getExistingDirectory(parent, "Where to keep the workspace", folder)


class FirstRunPage(QWidget):
    """Saves nothing: it says what was asked for. What was typed stays, whatever goes wrong."""

    start_requested = Signal(object)  # FirstRunAnswers
    example_requested = Signal()
    open_requested = Signal()
    join_requested = Signal()

    def __init__(
        self,
        theme: Theme,
        frameworks: Sequence[FrameworkDraft],
        ready_by: Mapping[str, date],
        folder: str,
        parent: QWidget | None = None,
        *,
        others: Sequence[FrameworkDraft] = (),
        choose_folder: Callable[[QWidget, str], str] = ask_folder,
    ) -> None:
        super().__init__(parent)
        self._theme, self._choose_folder = theme, choose_folder
        self._folder_path, self._busy = folder, False
        self.setProperty("surface", "plain")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.notice = NoticeStrip(theme, self)
        self.name, self.role, self.service = QLineEdit(self), QLineEdit(self), QComboBox(self)
        self.cards = [
            InspectionCard(theme, each, ready_by.get(each.id), self, other=other)
            for group, other in ((frameworks, False), (others, True))
            for each in group
        ]
        self._in_force = len(frameworks)
        self.start = button("Start", "primary", self)
        self.start.setMinimumWidth(104)
        self._why_not = label("", "quiet", self)
        self._signs: list[tuple[QLabel, str, str, int]] = []
        self._side = self._make_side()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self._scrolled(self._make_form()), 1)
        row.addLayout(column, 1)
        self._connect()
        self.set_theme(theme)
        self._judge()
        self.first_focus = self.name

    @property
    def answers(self) -> FirstRunAnswers:
        """What stands on the page now."""
        return FirstRunAnswers(
            name=self.name.text().strip(),
            role=self.role.text().strip(),
            service=self.service.currentText().strip(),
            inspections=tuple((card.framework_id, card.date.day) for card in self.cards if card.is_chosen),
            folder=self._folder_path,
        )

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons in another theme."""
        self._theme = theme
        for sign, name, colour, size in self._signs:
            sign.setPixmap(pixmap(name, theme.color(colour), size, self.devicePixelRatioF()))

    def set_folder(self, folder: str) -> None:
        """Show where the workspace will be kept."""
        self._folder_path = folder
        self._folder.setText(f"Kept in {folder}")

    def set_busy(self, busy: bool) -> None:
        """Say that the workspace is being made; Start waits."""
        self._busy = busy
        self.start.setText("Setting up…" if busy else "Start")
        self._judge()

    def show_error(self, sentence: str) -> None:
        """Say what went wrong, at the head of the page; everything typed stays."""
        self.set_busy(False)
        self.notice.show_notice(sentence)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.isAncestorOf(self.focusWidget() or self):
            self.name.setFocus()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._side.setFixedWidth(_NARROW_SIDE if self.width() < _NARROW_BELOW else _SIDE_WIDTH)
        elif event.type() == QEvent.Type.EnabledChange and self.isEnabled():
            self.set_busy(False)  # the window takes input again: whatever Start began is over
        return super().event(event)

    def _connect(self) -> None:
        for field in (self.name, self.role):
            field.textChanged.connect(self._judge)
            field.returnPressed.connect(self._on_start_clicked)
        for card in self.cards:
            card.changed.connect(self._judge)
            card.date.returnPressed.connect(self._on_start_clicked)
        self.start.clicked.connect(self._on_start_clicked)
        for before, after in pairwise((self.cards[-1].date if self.cards else self.service, self._change, self.start)):
            self.setTabOrder(before, after)  # as it reads, not as it was made
        self._change.clicked.connect(self._on_change_clicked)

    def _judge(self) -> None:
        reason = self._reason()
        self.start.setEnabled(not reason and not self._busy)
        self.start.setToolTip(reason)
        self.start.setAccessibleDescription(reason)
        self._why_not.setText(reason)

    def _reason(self) -> str:
        if not (self.name.text().strip() or self.role.text().strip()):
            return "Write your name or your role first."
        if not any(card.is_chosen for card in self.cards):
            return "Tick at least one inspection."
        if not all(card.is_sound for card in self.cards):
            return "Write each date as 13 Sep 2021, or leave it empty."
        return ""

    def _on_start_clicked(self) -> None:
        if self.start.isEnabled():
            self.notice.clear_notice()
            self.set_busy(True)  # before: a refusal may come at once, and takes it back
            self.start_requested.emit(self.answers)

    def _on_change_clicked(self) -> None:
        folder = self._choose_folder(self, self._folder_path)
        if folder:
            self.set_folder(folder)

    def _make_side(self) -> QFrame:
        side = QFrame(self)
        side.setProperty("surface", "rail")
        column = QVBoxLayout(side)
        column.setContentsMargins(40, 30, 32, 24)
        column.setSpacing(0)
        brand = QHBoxLayout()
        brand.setSpacing(8)
        brand.addWidget(self._sign("checklist", "accent_text", 20))
        brand.addWidget(heading("Inspection readiness", self._theme, "strong"))
        brand.addStretch(1)
        column.addLayout(brand)
        column.addSpacing(36)
        column.addWidget(heading("Know what is ready,\nwhat is only said to be,\nand what is next.", self._theme))
        column.addSpacing(32)
        example = "A made-up council, six weeks before its call. Try everything; your own work is not touched."
        self._door(column, "play", "Explore example data", example, "Open the example").clicked.connect(
            self.example_requested
        )
        existing = "A folder with your checklists is already there, on this laptop or a drive."
        self._door(column, "folder", "Open a workspace", existing, "Choose a folder").clicked.connect(
            self.open_requested
        )
        theirs = "Your team shares already: a folder, a file a colleague handed you, or the council’s server."
        self._door(column, "join", "Join a team", theirs, "Join…").clicked.connect(self.join_requested)
        column.addStretch(1)
        return side

    def _door(self, column: QVBoxLayout, sign: str, title: str, words: str, button_text: str) -> QPushButton:
        door = QWidget(self)
        column.addWidget(door)
        column.addSpacing(28)
        grid = QGridLayout(door)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._sign(sign, "accent_text", 20), 0, 0)
        grid.addWidget(heading(title, self._theme, "h2"), 0, 1)
        grid.addWidget(label(words, "quiet", wrap=True), 1, 1)
        made = button(button_text, parent=door)
        made.setAccessibleDescription(words)
        grid.setRowMinimumHeight(2, 40)
        grid.addWidget(made, 2, 1, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        return made

    def _make_form(self) -> QWidget:
        form = QWidget(self)
        form.setFixedWidth(_FORM_WIDTH)
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(heading("Set up this laptop", self._theme))
        column.addWidget(label("Two minutes. Nothing leaves this laptop until you share it.", "quiet"))
        column.addSpacing(12)
        self._lay_out_person(column)
        column.addSpacing(10)
        column.addWidget(heading("Which inspections are you preparing for?", self._theme, "strong"))
        column.addSpacing(2)
        for card in self.cards[: self._in_force]:
            column.addWidget(card)
            column.addSpacing(2)
        if self.cards[self._in_force :]:
            column.addWidget(label("Other editions", "quiet"))
        for card in self.cards[self._in_force :]:
            column.addWidget(card)
        column.addSpacing(8)
        column.addLayout(self._make_folder_row())
        column.addSpacing(10)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.start)
        row.addWidget(self._why_not, 1)
        column.addLayout(row)
        column.addStretch(1)
        return form

    def _lay_out_person(self, column: QVBoxLayout) -> None:
        self.name.setPlaceholderText("First name and surname")
        self.role.setPlaceholderText("Such as Head of SEND")
        self.service.setEditable(True)
        self.service.addItems(list(SERVICES))
        self.service.setCurrentIndex(-1)
        line = self.service.lineEdit()
        if line is not None:
            line.setPlaceholderText("Choose or write")
        column.addWidget(self._asked("Your name", self.name))
        column.addWidget(label("Colleagues see it beside what you change and sign.", "quiet"))
        column.addWidget(self.name)
        column.addSpacing(8)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        for place, (words, field) in enumerate((("Your role", self.role), ("Your service", self.service))):
            grid.addWidget(self._asked(words, field), 0, place)
            grid.addWidget(field, 1, place)
            grid.setColumnStretch(place, 1)
        column.addLayout(grid)

    def _make_folder_row(self) -> QHBoxLayout:
        self._folder = ElidedLabel("", self)
        self._folder.setProperty("tone", "quiet")
        self._change = link("Change", self)
        self._change.setAccessibleName("Change where the workspace is kept")
        self.set_folder(self._folder_path)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._sign("folder", "text2", 16))
        row.addWidget(self._folder)
        row.addWidget(self._change)
        row.addStretch(1)
        return row

    def _asked(self, words: str, field: QWidget) -> QLabel:
        asked = heading(words, self._theme, "strong")
        asked.setBuddy(field)
        field.setAccessibleName(words)
        return asked

    def _sign(self, name: str, colour: str, size: int) -> QLabel:
        sign = QLabel(self)
        sign.setFixedSize(size, size)
        self._signs.append((sign, name, colour, size))
        return sign

    def _scrolled(self, form: QWidget) -> QScrollArea:
        centred = QWidget(self)
        centred.setProperty("surface", "plain")
        column = QVBoxLayout(centred)
        column.setContentsMargins(32, 24, 32, 8)
        column.addWidget(form, 1, Qt.AlignmentFlag.AlignHCenter)
        area = QScrollArea(self)
        area.setProperty("kind", "plain")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(centred)
        return area
