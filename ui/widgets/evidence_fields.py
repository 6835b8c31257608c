"""Evidence fields: the short fields of one piece of evidence, or of several at once, edited in place."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from readiness.domain.describing import WORDS
from readiness.domain.evidence import EvidenceEdit, EvidenceRow
from readiness.domain.vocabulary import EvidenceField, Strength, Word
from ui.models.evidence_words import numbered
from ui.theme import Theme
from ui.widgets.day_line import DayLine
from ui.widgets.item_fields import LABEL_WIDTH
from ui.widgets.labels import label
from ui.widgets.word_combo import SEVERAL, WordCombo

_FIELDS = (
    EvidenceField.SOURCE,
    EvidenceField.STRENGTH,
    EvidenceField.AUDIENCE,
    EvidenceField.DATED,
    EvidenceField.COVERS_FROM,
    EvidenceField.COVERS_TO,
    EvidenceField.RECEIVED,
    EvidenceField.VALID_UNTIL,
)
_EMPTY = {EvidenceField.VALID_UNTIL: "by the item’s rule"}


def _said(word: Word) -> str:
    return numbered(word) if isinstance(word, Strength) else word.label


class EvidenceFields(QWidget):
    """`edited` brings one field's new value, for all the pieces that are shown."""

    edited = Signal(object, object)  # tuple of ids, EvidenceEdit
    notice = Signal(str)  # what was typed and could not be stored

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids: tuple[str, ...] = ()
        self.words: dict[EvidenceField, WordCombo] = {}
        self.days: dict[EvidenceField, DayLine] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(0)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH + 14)
        grid.setColumnStretch(1, 1)
        for number, field in enumerate(_FIELDS):
            grid.addWidget(label(field.label, "quiet", self), number, 0)
            grid.addWidget(self._made(theme, field), number, 1)

    def _made(self, theme: Theme, field: EvidenceField) -> QWidget:
        if field in WORDS:
            word = WordCombo(theme, field.label, tuple(WORDS[field]), self, say=_said)
            word.setProperty("kind", "field")
            word.setMinimumContentsLength(8)
            word.setSizeAdjustPolicy(WordCombo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            word.chosen.connect(self._teller(field))
            self.words[field] = word
            return word
        day = DayLine(theme, field.label, self)
        day.entered.connect(self._teller(field))
        day.given_up.connect(self.notice)
        self.days[field] = day
        return day

    def editors(self) -> dict[EvidenceField, QWidget]:
        """Return what edits each field."""
        return {**self.words, **self.days}

    def show_rows(self, rows: Sequence[EvidenceRow]) -> None:
        """Show what these pieces have in common; "Several" where they differ."""
        ids = tuple(row.id for row in rows)
        is_other = ids != self._ids
        if is_other:
            self.flush()
        self._ids = ids
        for field, word in self.words.items():
            found = {getattr(row, str(field.value)) for row in rows}
            word.show_word(next(iter(found)) if len(found) == 1 else None)
        for field, day in self.days.items():
            days = {getattr(row, str(field.value)) for row in rows}
            shown = next(iter(days)) if len(days) == 1 else None
            empty = SEVERAL if len(days) > 1 else _EMPTY.get(field, "No date")
            day.show_day(shown, empty, is_other=is_other)

    def flush(self) -> None:
        """Bring what was written and not yet said."""
        for day in self.days.values():
            day.flush()

    def _teller(self, field: EvidenceField) -> Callable[[Any], None]:
        return lambda value: self._tell(field, value)

    def _tell(self, field: EvidenceField, value: Any) -> None:
        if self._ids:
            self.edited.emit(self._ids, EvidenceEdit(field, value))
