"""Register fields: the short fields of one action or finding, or of several at once."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from readiness.domain.action_editing import DAYS, WORDS
from readiness.domain.actions import ActionLine
from readiness.domain.vocabulary import ActionField, FindingField
from ui.models.places import Places
from ui.models.register_columns import Field, Line
from ui.theme import Theme
from ui.widgets.day_line import DayLine
from ui.widgets.item_fields import LABEL_WIDTH
from ui.widgets.labels import label
from ui.widgets.name_combo import NameCombo
from ui.widgets.word_combo import SEVERAL, WordCombo

BELONGS = "Belongs to"
_EMPTY = {ActionField.OWNER: "Nobody yet", FindingField.OWNER: "Nobody yet"}


def value_in(line: Line, field: Field) -> Any:
    """Return what stands in a field of a line."""
    return getattr(line.action if isinstance(line, ActionLine) else line.finding, str(field.value))


class RegisterFields(QWidget):
    """`edited` brings one field's new value, `placed` another place, for all the lines that are shown."""

    edited = Signal(object, object, object)  # tuple of ids, field, value
    placed = Signal(object, object)  # tuple of ids, Place
    notice = Signal(str)  # what was typed and could not be stored

    def __init__(self, theme: Theme, fields: Sequence[Field], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self._places = Places()
        self.words: dict[Field, WordCombo] = {}
        self.names: dict[Field, NameCombo] = {}
        self.days: dict[Field, DayLine] = {}
        self.labels: dict[Field | str, QWidget] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(4)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        self._grid.setColumnStretch(1, 1)
        for field in fields:
            self.add_row(field, field.label, self._made(theme, field))
        self.place = NameCombo(BELONGS, (), self)
        self.place.setProperty("kind", "field")
        self.place.entered.connect(self._on_place_entered)
        self.add_row(BELONGS, BELONGS, self.place)

    def _made(self, theme: Theme, field: Field) -> QWidget:
        if field in WORDS:
            word = WordCombo(theme, field.label, tuple(WORDS[field]), self)
            word.setProperty("kind", "field")
            word.chosen.connect(self._teller(field))
            self.words[field] = word
            return word
        if field in DAYS:
            day = DayLine(theme, field.label, self)
            day.entered.connect(self._teller(field))
            day.given_up.connect(self.notice)
            self.days[field] = day
            return day
        name = NameCombo(field.label, (), self)
        name.setProperty("kind", "field")
        name.entered.connect(self._teller(field))
        self.names[field] = name
        return name

    def editors(self) -> dict[Field, QWidget]:
        """Return what edits each field."""
        return {**self.words, **self.names, **self.days}

    def add_row(self, key: Field | str, words: str, widget: QWidget) -> None:
        """Put a field below the others."""
        row = self._grid.rowCount()
        said = label(words, "quiet", self)
        self._grid.addWidget(said, row, 0)
        self._grid.addWidget(widget, row, 1)
        self.labels[key] = said

    def show_row(self, field: Field, is_shown: bool) -> None:
        """Show or hide a field with its label."""
        widget = self.words.get(field) or self.names.get(field) or self.days.get(field)
        for each in (widget, self.labels[field]):
            if each is not None:
                each.setVisible(is_shown)

    def offer(self, known: Mapping[Field, Sequence[str]], places: Places) -> None:
        """Offer the names in use, and the places there are."""
        for field, name in self.names.items():
            name.set_known(known.get(field, ()))
        if places is not self._places:
            self._places = places
            self.place.set_known(places)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show what these lines have in common; "Several" where they differ."""
        is_other = [line.id for line in lines] != [line.id for line in self._lines]
        if is_other:
            self.flush()
        self._lines = tuple(lines)
        for field, word in self.words.items():
            word.show_word(_common(lines, partial(value_in, field=field)))
        for field, name in self.names.items():
            empty = _EMPTY.get(field, "Not said yet")
            self._show_name(name, _common(lines, partial(value_in, field=field)), empty, is_other)
        self._show_name(self.place, _common(lines, self._places.words_of), "", is_other)
        for field, day in self.days.items():
            days = {value_in(line, field) for line in lines}
            shown = next(iter(days)) if len(days) == 1 else None
            day.show_day(shown, SEVERAL if len(days) > 1 else "No date yet", is_other=is_other)

    def flush(self) -> None:
        """Bring what was written and not yet said."""
        for name in (*self.names.values(), self.place):
            name.flush()
        for day in self.days.values():
            day.flush()

    def _show_name(self, name: NameCombo, text: str | None, empty: str, is_other: bool) -> None:
        if is_other or not (name.hasFocus() and name.is_pending):
            name.show_text(text or "", SEVERAL if text is None else empty)
            name.setToolTip(text or "")

    def _teller(self, field: Field) -> Callable[[object], None]:
        return lambda value: self._tell(field, value)

    def _tell(self, field: Field, value: object) -> None:
        if self._lines:
            self.edited.emit(tuple(line.id for line in self._lines), field, value)

    def _on_place_entered(self, words: str) -> None:
        place = self._places.get(words) or next(
            (each for name, each in self._places.items() if name.casefold().startswith(f"{words.casefold()} ")), None
        )
        if place is not None and words and self._lines:
            self.placed.emit(tuple(line.id for line in self._lines), place)
            return
        shown = _common(self._lines, self._places.words_of)
        self.place.show_text(shown or "", SEVERAL)
        if words:
            self.notice.emit(f"“{words[:60]}” is no item, area or inspection here. Choose one of the list.")


def _common(lines: Sequence[Line], read: Callable[[Line], Any]) -> Any:
    if not lines:
        return None
    first = read(lines[0])
    return first if all(read(line) == first for line in lines[1:]) else None
