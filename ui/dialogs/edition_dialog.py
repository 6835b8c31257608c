"""Edition dialog: what moving an inspection to another edition would do, item by item. It moves nothing itself."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from readiness.domain.editions import EditionComparison, EditionRow, Fate
from readiness.domain.views import FrameworkDraft, InspectionRow, ItemDraft
from ui.models.diff_text import Mark, word_diff
from ui.models.edition_table import besides_text
from ui.models.step_html import runs_html
from ui.theme import DIALOG_MARGINS, Theme
from ui.widgets.diff_look import diff_colours
from ui.widgets.edition_list import EditionList
from ui.widgets.labels import heading, label, set_tone
from ui.widgets.plain_text import make_plain
from ui.widgets.segmented import Segmented

SIZE = (1180, 680)
_OK = QDialogButtonBox.StandardButton.Ok
_ALL = "all"
COMPARING = "Comparing…"
ONE_STEP = "Moving is one step: Undo takes all of it back. Statuses and what was written stay with their items."


class EditionDialog(QDialog):
    """`wanted` asks for a comparison, which `show_comparison` brings; OK waits for it."""

    wanted = Signal(object)  # FrameworkDraft

    def __init__(
        self,
        theme: Theme,
        inspection: InspectionRow,
        editions: Sequence[FrameworkDraft],
        in_force: FrameworkDraft | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._inspection = theme, inspection
        self._editions, self._in_force = tuple(editions), in_force
        self._found: EditionComparison | None = None
        self.setWindowTitle("Move to another edition")
        self.choice = QComboBox(self)
        self.choice.setAccessibleName("Edition to move to")
        for draft in self._editions:
            self.choice.addItem(self._named(draft))
        self.summary = heading("", theme, "strong", self)
        self.filter = Segmented(theme, "Which items are shown", self)
        self.list = EditionList(theme, self)
        self.before, self.after = self._text("Before"), self._text("After")
        self.besides = label("", "quiet", self, wrap=True)
        self.buttons = QDialogButtonBox(_OK | QDialogButtonBox.StandardButton.Cancel, self)
        self.buttons.button(_OK).setText("Move")
        set_tone(self.buttons.button(_OK), "kind", "primary")
        self._lay_out()
        self._connect()
        self.resize(*SIZE)

    def _named(self, draft: FrameworkDraft) -> str:
        name = f"{draft.title}, {draft.edition}"
        return f"{name} (the one it follows)" if draft is self._in_force else name

    def _text(self, name: str) -> QTextBrowser:
        made = QTextBrowser(self)
        make_plain(made)
        made.setAccessibleName(name)
        return made

    def _lay_out(self) -> None:
        row = self._inspection
        head = QHBoxLayout()
        head.setSpacing(8)
        to = label("Move &to", "", self)
        to.setBuddy(self.choice)
        head.addWidget(label(f"{row.short_title} follows {row.framework_title}, {row.edition}.", "quiet", self), 1)
        head.addWidget(to)
        head.addWidget(self.choice)
        told = QHBoxLayout()
        told.setSpacing(16)
        told.addWidget(self.summary, 1)
        told.addWidget(self.filter)
        self.details = QFrame(self)
        self.details.setProperty("surface", "card")
        self.details.setFixedHeight(150)
        sides = QHBoxLayout(self.details)
        sides.setContentsMargins(12, 8, 12, 8)
        sides.setSpacing(16)
        for side in (self.before, self.after):
            sides.addWidget(side, 1)
        foot = QHBoxLayout()
        foot.addWidget(label(ONE_STEP, "quiet", self), 1)
        foot.addWidget(self.buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*DIALOG_MARGINS)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addLayout(told)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.details)
        layout.addWidget(self.besides)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.choice.currentIndexChanged.connect(self._on_edition_chosen)
        self.filter.chosen.connect(self._on_fate_chosen)
        self.list.chosen.connect(self._on_row_chosen)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def begin(self) -> None:
        """Ask for the first comparison; for whoever answers `wanted`."""
        self._on_edition_chosen()
        self.list.setFocus()

    def edition(self) -> FrameworkDraft:
        """Return the edition that is chosen."""
        return self._editions[self.choice.currentIndex()]

    def show_comparison(self, draft: FrameworkDraft, found: EditionComparison) -> None:
        """Show what an edition would do, unless another is chosen by now."""
        if draft is not self.edition():
            return
        self._found = found
        self.summary.setText("Nothing differs: there is nothing to move." if self._is_idle() else found.summary())
        options = [(_ALL, f"All {len(found.rows):,}")]
        options += [(fate.value, f"{fate.label} {found.counts[fate]:,}") for fate in Fate if found.counts[fate]]
        first = next((fate for fate in Fate if fate is not Fate.OWN and found.counts[fate]), None)
        self.filter.set_options(options, first.value if first is not None else _ALL)
        self._on_fate_chosen(self.filter.current)
        self._enable()

    def _is_idle(self) -> bool:
        """Whether moving would change nothing."""
        found = self._found
        if found is None or self.edition() is not self._in_force:
            return False
        return all(row.fate in (Fate.UNCHANGED, Fate.OWN) and row.before == row.after for row in found.rows)

    def _enable(self) -> None:
        ok = self.buttons.button(_OK)
        why = COMPARING if self._found is None else "Nothing differs." if self._is_idle() else ""
        ok.setEnabled(not why)
        ok.setToolTip(why)

    def _on_edition_chosen(self) -> None:
        self._found = None
        self.summary.setText(COMPARING)
        self._enable()
        self.wanted.emit(self.edition())

    def _on_fate_chosen(self, key: str) -> None:
        if self._found is not None:
            fate = next((each for each in Fate if each.value == key), None)
            self.list.show_rows(self._found.of(fate))

    def _on_row_chosen(self, row: EditionRow | None) -> None:
        before = row.before if row is not None else None
        after = row.after if row is not None else None
        self.before.setHtml(self._side(before, after, Mark.REMOVED, "It is new: there was none before."))
        self.after.setHtml(self._side(after, before, Mark.ADDED, "It is parked: the edition does not have it."))
        self.besides.setText(besides_text(row) if row is not None else "")

    def _side(self, item: ItemDraft | None, other: ItemDraft | None, mark: Mark, nothing: str) -> str:
        """Return one side's words, marked where the other side has others."""
        colours = diff_colours(self._theme)
        heads = {Mark.REMOVED: "Before", Mark.ADDED: "After"}
        head = f'<p style="margin:0 0 4px 0; color:{colours.quiet}">{heads[mark]}</p>'
        if item is None:
            return f'{head}<p style="margin:0; color:{colours.quiet}">{escape(nothing)}</p>'
        parts = []
        for name in ("title", "guidance"):
            words = (getattr(each, name) if each is not None else getattr(item, name) for each in (item, other))
            mine, theirs = words
            runs = word_diff(theirs, mine) if mark is Mark.ADDED else word_diff(mine, theirs)
            parts.append(runs_html((run for run in runs if run.mark in (Mark.KEPT, mark)), colours))
        title, guidance = parts
        return f'{head}<p style="margin:0 0 4px 0"><b>{title}</b></p><p style="margin:0">{guidance}</p>'
