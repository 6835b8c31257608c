"""Evidence dialog: what was taken is described, so that Enter is enough for a usual piece. It saves nothing.

Several files are one piece each, or all of them one. What the library has already is linked instead, unless somebody
wants it twice. OK waits until all of it is sound.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from readiness.domain.evidence import EvidenceDraft, EvidenceRow
from readiness.domain.first_guess import first_guess, guess_of_all
from readiness.services.attaching import Piece
from readiness.services.taking import Taken
from ui.models.evidence_words import counted_pieces, size_words
from ui.theme import Theme
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.evidence_form import EvidenceForm
from ui.widgets.field_fault import FieldFault
from ui.widgets.labels import label

WIDTH, MOST_LINES = 480, 6


@dataclass(frozen=True, slots=True)
class Described:
    """What is to be recorded: new pieces, and those of the library that are linked instead."""

    pieces: tuple[Piece, ...]
    known_ids: tuple[str, ...] = ()


class TitleLine(QLineEdit):
    """The title of one of several files."""

    def __init__(self, title: str, name: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.setAccessibleName(f"Title of {name}")
        self.setCursorPosition(0)


class EvidenceDialog(QDialog):
    """`answer` is what was described."""

    def __init__(
        self,
        theme: Theme,
        taken: Sequence[Taken],
        where: str,
        today: date,
        known: Mapping[str, EvidenceRow] | None = None,
        refused: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        """Take what the store has taken.

        Args:
            theme: How it looks.
            taken: Files and links; at least one.
            where: What they are attached to, "RV-C02 Audit results"; "": the library alone.
            today: The day.
            known: Evidence that has a file already, by the file's hash.
            refused: What was not taken, a sentence each.
            parent: The window.
        """
        super().__init__(parent)
        self.setWindowTitle("Attach evidence" if where else "Add evidence")
        self._taken = tuple(taken)
        self._known = {
            number: (known or {})[each.attachment.sha256]
            for number, each in enumerate(self._taken)
            if each.attachment.sha256 in (known or {})
        }
        self._today, self._attaches = today, bool(where)
        self._guesses = [first_guess(each.attachment, today, each.modified) for each in self._taken]
        self.known_said = label("", "", wrap=True)
        self.known_box = QCheckBox()
        self.each_box = QRadioButton(f"{counted_pieces(len(taken)).capitalize()}, one for each")
        self.one_box = QRadioButton("One piece of evidence with all of them")
        self.titles: list[TitleLine] = []
        self._list = QScrollArea()
        self.form = EvidenceForm(theme)
        self.fault = FieldFault(theme)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._lay_out(where, refused)
        self._connect()
        self._on_mode_changed()
        (self.form.title if len(self._taken) == 1 else self.titles[0]).setFocus()

    @classmethod
    def ask(
        cls,
        theme: Theme,
        taken: Sequence[Taken],
        where: str,
        today: date,
        known: Mapping[str, EvidenceRow],
        refused: Sequence[str],
        parent: QWidget,
    ) -> Described | None:
        """Ask what was taken; None when somebody thinks better of it."""
        dialog = cls(theme, taken, where, today, known, refused, parent)
        return dialog.answer() if dialog.exec() else None

    def _lay_out(self, where: str, refused: Sequence[str]) -> None:
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(ElidedLabel(f"For {where}" if where else "For the library; link it to items when you like."))
        for sentence in refused:
            layout.addWidget(label(sentence, "warning", wrap=True))
        if len(self._taken) == 1:
            layout.addWidget(_said(self._taken[0]))
        else:
            self.each_box.setChecked(True)
            layout.addWidget(self.each_box)
            layout.addWidget(self.one_box)
            layout.addWidget(self._titles())
        for each in (self.known_said, self.known_box):
            layout.addWidget(each)
        self.known_said.setText(self._known_words())
        self.known_said.setVisible(bool(self._known))
        self.known_box.setText("Link what it has instead of adding it again")
        self.known_box.setVisible(bool(self._known) and self._attaches)
        self.known_box.setChecked(self._attaches)
        layout.addWidget(self.form)
        layout.addWidget(self.fault)
        layout.addWidget(self.buttons)
        self.setMinimumWidth(WIDTH)

    def _titles(self) -> QWidget:
        inside = QWidget()
        inside.setProperty("surface", "plain")
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 4, 0)
        grid.setSpacing(4)
        for number, (taken, guess) in enumerate(zip(self._taken, self._guesses, strict=True)):
            title = TitleLine(guess.title, taken.attachment.name, inside)
            name = _said(taken)
            name.setMaximumWidth(190)
            grid.addWidget(name, number, 0)
            grid.addWidget(title, number, 1)
            self.titles.append(title)
        grid.setColumnStretch(1, 1)
        self._list.setProperty("kind", "plain")
        self._list.setWidgetResizable(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setWidget(inside)
        row = self.titles[0].sizeHint().height() + 4
        self._list.setFixedHeight(min(len(self.titles), MOST_LINES) * row + 2)
        return self._list

    def _connect(self) -> None:
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.form.changed.connect(self._judge)
        self.known_box.toggled.connect(self._on_mode_changed)
        self.one_box.toggled.connect(self._on_mode_changed)
        for title in self.titles:
            title.textChanged.connect(self._judge)

    # what is described

    @property
    def _is_one(self) -> bool:
        return len(self._taken) == 1 or self.one_box.isChecked()

    def _linked(self) -> dict[int, EvidenceRow]:
        """Return which of what was taken is linked as the library has it, by its place."""
        if not self.known_box.isChecked() or (self._is_one and len(self._known) < len(self._taken)):
            return {}
        return self._known

    def _drafts(self) -> list[tuple[int, EvidenceDraft]]:
        """Return what is to be described, each with its place; titles as they were written."""
        if self._is_one:
            modified = [each.modified for each in self._taken]
            whole = guess_of_all([each.attachment for each in self._taken], self._today, modified)
            return [] if self._linked() else [(0, whole)]
        return [
            (number, replace(guess, title=self.titles[number].text()))
            for number, guess in enumerate(self._guesses)
            if number not in self._linked()
        ]

    def answer(self) -> Described | None:
        """Return what was described; None while it is not sound."""
        if self._wrong():
            return None
        every = tuple(each.attachment for each in self._taken)
        pieces = tuple(
            Piece(self.form.draft(draft), every if self._is_one else (every[number],))
            for number, draft in self._drafts()
        )
        return Described(pieces, tuple(dict.fromkeys(row.id for row in self._linked().values())))

    def _wrong(self) -> str:
        return self.form.fault([draft for _, draft in self._drafts()])

    def _judge(self) -> None:
        wrong = self._wrong()
        self.fault.show_fault(wrong)
        self.form.mark(wrong)
        self.ok.setEnabled(not wrong)
        self.ok.setToolTip(wrong)

    def _on_mode_changed(self) -> None:
        drafts = [draft for _, draft in self._drafts()]
        self._list.setVisible(not self._is_one)
        for number, title in enumerate(self.titles):
            title.setEnabled(number not in self._linked())
        self.form.setVisible(bool(drafts))
        self.form.show_title(self._is_one)
        if drafts:
            self.form.show_guesses(drafts)
        self.ok.setText("Link" if self._linked() and not drafts else "Attach" if self._attaches else "Add")
        self._judge()
        self.adjustSize()

    def _known_words(self) -> str:
        if not self._known:
            return ""
        titles = list(dict.fromkeys(f"“{row.title[:80]}”" for row in self._known.values()))
        more = f" and {len(titles) - 2} more" if len(titles) > 2 else ""
        which = "this file" if len(self._taken) == 1 else f"{len(self._known)} of these files"
        return f"The library has {which} already: {', '.join(titles[:2])}{more}."


def _said(taken: Taken) -> ElidedLabel:
    """Return a file's name and size, or a link's address, in a quiet line."""
    file = taken.attachment
    made = ElidedLabel(file.url or f"{file.name} · {size_words(file.size)}")
    made.setProperty("tone", "quiet")
    return made
