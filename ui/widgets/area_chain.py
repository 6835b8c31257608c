"""Area chain: for each action of an area, from what is done to what changed in practice and for children.

The board's three questions stand in it: done, with what impact, is it sustained. Source: domain.md, section 2.2.
"""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from readiness.domain.actions import Chain, Registers, chains, three_questions
from readiness.domain.views import AreaRow
from ui.models.overview_words import counted
from ui.theme import Theme
from ui.widgets.item_actions import ActionRow
from ui.widgets.labels import breakable, heading, label, link, set_tone

MOST = 12
LONGEST = 240
_NAMES = ("Done", "In practice", "For children", "Sustained")


class ChainBlock(QWidget):
    """One chain: the action, and below it its links; the first that is missing is said in amber."""

    opened = Signal(str)  # id of the action

    def __init__(self, theme: Theme, chain: Chain, day: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chain = chain
        self.row = ActionRow(theme, chain.line, self)
        self.row.clicked.connect(self._on_clicked)
        answers = three_questions(chain.line.action, day)
        missing = chain.missing
        practice = chain.practice or ("Nothing is written yet." if "practice" in missing else "–")
        texts = (answers.done, practice, answers.impact, answers.sustained)
        weak = ("action" in missing, "practice" in missing, "difference" in missing, False)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 6)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.row, 0, 0, 1, 2)
        self.said = []
        for number, (name, words, is_weak) in enumerate(zip(_NAMES, texts, weak, strict=True), start=1):
            head = label(name, "quiet", self)
            head.setContentsMargins(22, 0, 0, 0)
            told = label(breakable(_short(words)), "", self, wrap=True)
            told.setToolTip(words if len(words) > LONGEST else "")
            set_tone(told, "tone", "warning" if is_weak else "")
            grid.addWidget(head, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(told, number, 1)
            self.said.append(told)

    def _on_clicked(self) -> None:
        self.opened.emit(self.chain.line.id)


class AreaChain(QWidget):
    """Shows what `take` was given of the area that `show_area` named."""

    opened = Signal(str)  # id of an action
    all_wanted = Signal(str)  # id of the area: all of its actions

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._area: AreaRow | None = None
        self._registers, self._day = Registers(), date.min
        self._shown: tuple[Chain, ...] | None = None
        self.blocks: list[ChainBlock] = []
        self._sum = label("", "quiet", self, wrap=True)
        self._more = link("", self)
        self._more.clicked.connect(self._on_more_clicked)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(heading("From action to children", theme, "strong", self))
        layout.addWidget(self._sum)
        layout.addLayout(self._list)
        layout.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)

    def set_theme(self, theme: Theme) -> None:
        """Make new blocks in another theme from now on."""
        self.theme = theme

    def take(self, registers: Registers, day: date) -> None:
        """Take other actions, judged on a day."""
        if day != self._day:
            self._shown = None
        self._registers, self._day = registers, day
        self._fill()

    def show_area(self, area: AreaRow) -> None:
        """Turn to an area."""
        self._area = area
        self._fill()

    def _fill(self) -> None:
        found = chains(self._area, self._registers.actions) if self._area is not None else ()
        if found == self._shown:
            return
        self._shown = found
        for block in self.blocks:
            self._list.removeWidget(block)
            block.hide()
            block.deleteLater()
        self.blocks = [ChainBlock(self.theme, chain, self._day, self) for chain in found[:MOST]]
        for block in self.blocks:
            block.opened.connect(self.opened)
            self._list.addWidget(block)
        whole = sum(not chain.missing for chain in found)
        self._sum.setText(
            f"{counted(len(found), 'action')}; {whole:,} told from the action to what is different for children."
            if found
            else "No action is recorded for this area or its items yet."
        )
        self._more.setVisible(bool(found))
        self._more.setText(f"Show all {len(found):,} in Actions" if len(found) > MOST else "Show them in Actions")

    def _on_more_clicked(self) -> None:
        if self._area is not None:
            self.all_wanted.emit(self._area.id)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"
