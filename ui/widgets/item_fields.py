"""Item fields: status, owner, service, due, priority and kind of one item, or of several at once."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from readiness.domain.views import ItemEdit, ItemRow
from readiness.domain.vocabulary import ItemField, Word
from ui.theme import Theme
from ui.widgets.due_field import DueField
from ui.widgets.labels import label
from ui.widgets.name_combo import NameCombo
from ui.widgets.word_combo import SEVERAL, WORDS, WordCombo

T = TypeVar("T")
LABEL_WIDTH = 66
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_TOP = Qt.AlignmentFlag.AlignTop


class ItemFields(QWidget):
    """`edited` brings one field's new value, for all the items that are shown."""

    edited = Signal(object, object)  # tuple of item ids, ItemEdit
    notice = Signal(str)  # what was typed and could not be stored

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids: tuple[str, ...] = ()
        self._words = {field: WordCombo(theme, field.label, WORDS[field], self) for field in _WORD_FIELDS}
        self._names = {field: NameCombo(field.label, (), self) for field in (ItemField.OWNER, ItemField.SERVICE)}
        self.due = DueField(theme, self)
        self._lay_out()
        for field, combo in self._words.items():
            combo.chosen.connect(self._teller(field))
        for field, name in self._names.items():
            name.entered.connect(self._teller(field))
        self.due.edited.connect(self._tell)
        self.due.given_up.connect(self.notice)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(0)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        weight = QHBoxLayout()
        weight.setSpacing(4)
        for field in (ItemField.PRIORITY, ItemField.KIND):
            combo = self._words[field]
            combo.setProperty("kind", "field")
            combo.setMinimumContentsLength(6)
            combo.setSizeAdjustPolicy(WordCombo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            weight.addWidget(combo, 1)
        for name in self._names.values():
            name.setProperty("kind", "field")
        rows: tuple[tuple[str, QWidget], ...] = (
            ("Status", self._words[ItemField.STATUS]),
            ("Owner", self._names[ItemField.OWNER]),
            ("Service", self._names[ItemField.SERVICE]),
            ("Due", self.due),
        )
        for number, (words, widget) in enumerate(rows):
            said = label(words, "quiet")
            if widget is self.due:
                said.setContentsMargins(0, 5, 0, 0)
            grid.addWidget(said, number, 0, _TOP if widget is self.due else _MIDDLE)
            grid.addWidget(widget, number, 1)
            if number == 0:
                grid.setRowMinimumHeight(0, 36)
        grid.addWidget(label("Priority", "quiet"), len(rows), 0)
        grid.addLayout(weight, len(rows), 1)

    def status_combo(self) -> WordCombo:
        """Return the field that the keyboard goes to first."""
        return self._words[ItemField.STATUS]

    def editors(self) -> dict[ItemField, QWidget]:
        """Return what edits each field."""
        days: dict[ItemField, QWidget] = {ItemField.DUE: self.due.line, ItemField.DUE_RULE: self.due.rule}
        return {**self._words, **self._names, **days}

    def set_known(self, field: ItemField, names: Sequence[str]) -> None:
        """Offer the names in use."""
        self._names[field].set_known(names)

    def show_items(self, items: Sequence[ItemRow]) -> None:
        """Show what these items have in common; "Several" where they differ."""
        ids = tuple(item.id for item in items)
        if ids != self._ids:
            self.flush()
        is_other, self._ids = ids != self._ids, ids
        for field, combo in self._words.items():
            combo.show_word(_common(items, _READ[field]))
        for field, name in self._names.items():
            if is_other or not (name.hasFocus() and name.is_pending):
                text = _common(items, _READ_NAME[field])
                nobody = "Nobody yet" if field is ItemField.OWNER else "None yet"
                name.show_text(text or "", SEVERAL if text is None else nobody)
        self.due.show_items(items)

    def flush(self) -> None:
        """Bring what was written and not yet said."""
        for name in self._names.values():
            name.flush()
        self.due.flush()

    def _teller(self, field: ItemField) -> Callable[[object], None]:
        return lambda value: self._tell(ItemEdit(field, value))

    def _tell(self, edit: ItemEdit) -> None:
        if self._ids:
            self.edited.emit(self._ids, edit)


def _common(items: Sequence[ItemRow], read: Callable[[ItemRow], T]) -> T | None:
    values = [read(item) for item in items]
    return values[0] if values and all(value == values[0] for value in values) else None


_WORD_FIELDS = (ItemField.STATUS, ItemField.PRIORITY, ItemField.KIND)
_READ: dict[ItemField, Callable[[ItemRow], Word]] = {
    ItemField.STATUS: lambda item: item.status,
    ItemField.PRIORITY: lambda item: item.priority,
    ItemField.KIND: lambda item: item.kind,
}
_READ_NAME: dict[ItemField, Callable[[ItemRow], str]] = {
    ItemField.OWNER: lambda item: item.owner,
    ItemField.SERVICE: lambda item: item.service,
}
