"""Evidence form: what somebody says of evidence they add, of one piece or of several alike."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from readiness.domain.describing import checked_evidence
from readiness.domain.errors import BadValue
from readiness.domain.evidence import EvidenceDraft
from readiness.domain.vocabulary import Audience, EvidenceSource, Strength
from ui.models.evidence_words import numbered
from ui.theme import Theme
from ui.widgets.date_field import DateField
from ui.widgets.labels import label, set_tone
from ui.widgets.narrative_edit import NarrativeEdit
from ui.widgets.word_combo import WordCombo

AS_EACH, BY_RULE = "as each says", "by the item’s rule"


class EvidenceForm(QWidget):
    """`show_guesses` says what is likely; where guesses differ the field stays open, and each keeps its own."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLineEdit(self)
        self.shows = NarrativeEdit("What it shows", "What does it prove, in a sentence?", self)
        self.source = WordCombo(theme, "Source", tuple(EvidenceSource), self)
        self.strength = WordCombo(theme, "Strength", tuple(Strength), self, say=numbered)
        self.audience = WordCombo(theme, "Audience", tuple(Audience), self)
        self.dated, self.valid_until = DateField("Dated"), DateField("Valid until")
        self.covers_from, self.covers_to = DateField("Covers from"), DateField("Covers to")
        self._form = QFormLayout(self)
        self._lay_out()
        self.title.textChanged.connect(self.changed)
        self.shows.textChanged.connect(self.changed)
        for word in (self.source, self.strength, self.audience):
            word.chosen.connect(self.changed)
        for day in self._days:
            day.textEdited.connect(self.changed)
            day.fault_changed.connect(self.changed)

    @property
    def _days(self) -> tuple[DateField, ...]:
        return self.dated, self.valid_until, self.covers_from, self.covers_to

    def _lay_out(self) -> None:
        form = self._form
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.title.setAccessibleName("Title")
        form.addRow("&Title", self.title)
        form.addRow("&What it shows", self.shows)
        form.addRow("&Source", self.source)
        form.addRow("St&rength", self.strength)
        form.addRow(_named("&Dated", self.dated), _beside(self.dated, "valid until", self.valid_until))
        form.addRow(_named("&Covers", self.covers_from), _beside(self.covers_from, "to", self.covers_to))
        form.addRow("&Audience", self.audience)
        for field, words in (
            (self.valid_until, BY_RULE),
            (self.covers_from, "first day"),
            (self.covers_to, "last day"),
        ):
            field.setPlaceholderText(words)
        self.valid_until.setToolTip("The last day on which it counts; empty: the item's own rule says how long")

    def show_title(self, is_shown: bool) -> None:
        """Show the title, or leave it out where every file has its own."""
        self._form.setRowVisible(self.title, is_shown)

    def show_guesses(self, guesses: Sequence[EvidenceDraft]) -> None:
        """Show what one piece, or several alike, are likely to be."""
        if len(guesses) == 1:
            self.title.setText(guesses[0].title)
            self.title.selectAll()
        sources, dates = {each.source for each in guesses}, {each.dated for each in guesses}
        self.source.show_word(guesses[0].source if len(sources) == 1 else None)
        self.source.setPlaceholderText(AS_EACH.capitalize())
        self.strength.show_word(guesses[0].strength)
        self.audience.show_word(guesses[0].audience)
        self.dated.set_day(guesses[0].dated if len(dates) == 1 else None)
        self.dated.setPlaceholderText("13 Sep 2021" if len(dates) == 1 else AS_EACH)
        self.changed.emit()

    def draft(self, guess: EvidenceDraft) -> EvidenceDraft:
        """Return what was entered of a piece that was likely to be something."""
        source, strength, audience = self.source.word, self.strength.word, self.audience.word
        keeps_day = self.dated.placeholderText() == AS_EACH and not self.dated.text().strip()
        return replace(
            guess,
            title=self.title.text() if self.title.isVisibleTo(self) else guess.title,
            shows=self.shows.toPlainText(),
            source=source if isinstance(source, EvidenceSource) else guess.source,
            strength=strength if isinstance(strength, Strength) else guess.strength,
            audience=audience if isinstance(audience, Audience) else guess.audience,
            dated=guess.dated if keeps_day else self.dated.day,
            covers_from=self.covers_from.day,
            covers_to=self.covers_to.day,
            valid_until=self.valid_until.day,
        )

    def fault(self, guesses: Sequence[EvidenceDraft]) -> str:
        """Return what cannot be stored as it stands, in a sentence; "" when all is sound."""
        for field in self._days:
            if not field.is_sound:
                return field.fault or "Write the day as 13 Sep 2021."
        try:
            for guess in guesses:
                checked_evidence(self.draft(guess))
        except BadValue as error:
            return str(error)
        return ""

    def mark(self, fault: str) -> None:
        """Mark the title where it is what the sentence is about."""
        set_tone(self.title, "wrong", bool(fault) and "title" in fault.casefold())


def _named(words: str, field: QWidget) -> QLabel:
    made = QLabel(words)
    made.setBuddy(field)
    return made


def _beside(first: QWidget, words: str, second: QWidget) -> QWidget:
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(first, 1)
    row.addWidget(label(words, "quiet"))
    row.addWidget(second, 1)
    return whole
