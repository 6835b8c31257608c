"""Conflict chooser: what was before, each laptop's value, and room for one that holds both."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from readiness.domain.conflicts import Conflict
from readiness.domain.three_way import clean_merge
from readiness.domain.vocabulary import ConflictKind
from ui.theme import Theme
from ui.widgets.diff_look import diff_colours
from ui.widgets.labels import button, heading, label, link
from ui.widgets.version_card import VersionCard

BOTH = "Or write one that holds both"
PROPOSED = "Both changed different paragraphs: this joins them. Read it before you save it."
STAYS = "The originals stay in the history, and the choice can be undone."
_EDITOR_HEIGHT = 96


class ConflictChooser(QWidget):
    """Says what was chosen; saves nothing. What was typed for a conflict stays while others are looked at."""

    keep_wanted = Signal(object, str, str)  # Conflict, change, reason
    write_wanted = Signal(object, str, str)  # Conflict, value, reason
    removal_settled = Signal(object, bool, str)  # Conflict, whether it goes, reason
    moved = Signal(int)  # to the next or the one before

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.conflict: Conflict | None = None
        self._drafts: dict[tuple[str, str], str] = {}
        self.title = heading("", theme, "h2")
        self.about, self.place = label("", "quiet"), label("", "quiet")
        self.before_button, self.next_button = button("Previous"), button("Next")
        self._cards = QHBoxLayout()
        self._cards.setSpacing(8)
        self.cards: list[VersionCard] = []
        self.legend = QLabel()
        self.beside = label("", "quiet", wrap=True)
        self.both = heading(BOTH, theme, "strong")
        self._starts = QHBoxLayout()
        self.proposal = label(PROPOSED, "good", wrap=True)
        self.editor = QPlainTextEdit()
        self.editor.setAccessibleName(BOTH)
        self.editor.setTabChangesFocus(True)
        self.editor.setFixedHeight(_EDITOR_HEIGHT)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("Why (kept in the history; may stay empty)")
        self.reason.setAccessibleName("Why")
        self.skip, self.save = button("Skip for now"), button("Save this wording", "primary")
        self._lay_out()
        self.before_button.clicked.connect(partial(self.moved.emit, -1))
        self.next_button.clicked.connect(partial(self.moved.emit, 1))
        self.skip.clicked.connect(partial(self.moved.emit, 1))
        self.save.clicked.connect(self._on_save)
        self.editor.textChanged.connect(self._on_typed)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        self._theme = theme
        if self.conflict is not None:
            self._fill(self.conflict)

    def show_conflict(self, conflict: Conflict, number: int, total: int) -> None:
        """Show a conflict, the n-th of some."""
        self.place.setText(f"{number} of {total}")
        self.before_button.setEnabled(number > 1)
        self.next_button.setEnabled(number < total)
        if conflict == self.conflict:
            return
        self.conflict = conflict
        self.reason.clear()
        self._fill(conflict)

    def keep(self, number: int) -> None:
        """Keep the n-th value, from 1."""
        if self.conflict is not None and 0 < number <= len(self.conflict.versions):
            self._on_keep(self.conflict.versions[number - 1].change_id)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.about, 1)
        for each in (self.place, self.before_button, self.next_button):
            head.addWidget(each)
        inside = QWidget(self)
        inside.setLayout(self._cards)
        self._cards.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setAccessibleName("The values")
        writing = QHBoxLayout()
        writing.addWidget(self.both)
        writing.addStretch(1)
        writing.addLayout(self._starts)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(label(STAYS, "quiet", wrap=True), 1)
        foot.addWidget(self.skip)
        foot.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 14, 24, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(area, 1)
        for each in (self.legend, self.beside):
            layout.addWidget(each)
        layout.addLayout(writing)
        for widget in (self.proposal, self.editor, self.reason):
            layout.addWidget(widget)
        layout.addLayout(foot)

    def _fill(self, conflict: Conflict) -> None:
        removal = conflict.kind is ConflictKind.REMOVAL
        self.title.setText(conflict.field_label)
        self.about.setText(f"of {conflict.reference}, {conflict.title}")
        _clear(self._cards)
        _clear(self._starts)
        before = conflict.before.shown if conflict.before else ""
        marked = before if conflict.is_long else None
        self.cards = [] if removal else [VersionCard(self._theme, "Before", conflict.before, None, 0)]
        for number, each in enumerate(conflict.versions, start=1):
            card = VersionCard(self._theme, each.laptop, each, marked, number)
            card.keep_wanted.connect(self._on_keep)
            if removal:
                card.keep.setText("Remove anyway" if each.shown == "Removed" else "Keep it")
            self.cards.append(card)
            start = link(f"Start from {each.laptop}")
            start.clicked.connect(partial(self._on_start, each.shown))
            self._starts.addWidget(start)
        for card in self.cards:
            self._cards.addWidget(card, 1)
        colours = diff_colours(self._theme)
        self.legend.setText(
            f'<span style="color:{colours.added};background:{colours.added_ground}"><u>added</u></span> &nbsp;'
            f'<span style="color:{colours.removed};background:{colours.removed_ground}"><s>removed</s></span>'
            f' &nbsp;<span style="color:{colours.quiet}">since Before</span>'
        )
        self.legend.setVisible(conflict.is_long)
        self.beside.setText("  ·  ".join(f"{name}: {text}" for name, text in conflict.beside))
        self.beside.setVisible(bool(conflict.beside))
        self._fill_editor(conflict, before, removal=removal)

    def _fill_editor(self, conflict: Conflict, before: str, *, removal: bool) -> None:
        draft = self._drafts.get((conflict.id, conflict.field))
        proposed = None
        if conflict.is_long and len(conflict.versions) == 2:
            proposed = clean_merge(before, conflict.versions[0].shown, conflict.versions[1].shown)
        self.proposal.setVisible(proposed is not None and draft is None)
        text = draft if draft is not None else proposed or ""
        self.editor.blockSignals(True)
        self.editor.setPlainText(text)
        self.editor.blockSignals(False)
        for each in (self.both, self.editor, self.save):
            each.setVisible(not removal)
        self.save.setEnabled(bool(text))

    def _on_typed(self) -> None:
        if self.conflict is not None:
            self._drafts[self.conflict.id, self.conflict.field] = self.editor.toPlainText()
        self.save.setEnabled(bool(self.editor.toPlainText()))

    def _on_start(self, text: str, _checked: bool = False) -> None:
        self.editor.setPlainText(text)
        self.editor.setFocus()

    def _on_keep(self, change_id: str) -> None:
        conflict = self.conflict
        if conflict is None:
            return
        if conflict.kind is ConflictKind.REMOVAL:
            goes = any(each.change_id == change_id and each.shown == "Removed" for each in conflict.versions)
            self.removal_settled.emit(conflict, goes, self.reason.text().strip())
        else:
            self.keep_wanted.emit(conflict, change_id, self.reason.text().strip())

    def _on_save(self) -> None:
        if self.conflict is not None and self.editor.toPlainText():
            self.write_wanted.emit(self.conflict, self.editor.toPlainText(), self.reason.text().strip())


def _clear(layout: QHBoxLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
