"""Due field: the day that counts, the rule it comes from, and the way back to the rule where a day was set by hand."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from readiness.domain.dates import read_date, written
from readiness.domain.due import parse_due_rule
from readiness.domain.errors import BadValue
from readiness.domain.views import ItemEdit, ItemRow
from readiness.domain.vocabulary import ItemField
from ui.theme import Theme
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.field_fault import FieldFault
from ui.widgets.labels import link, set_tone
from ui.widgets.word_combo import SEVERAL

NO_RULE = "no rule"
LONGEST = 60  # characters of what was typed, in a notice


def _read(field: ItemField, text: str) -> date | str | None:
    """Return what was typed as the field holds it. Raises BadValue."""
    if field is ItemField.DUE:
        return read_date(text) if text else None
    return str(parse_due_rule(text)) if text else ""


class DueField(QWidget):
    """A day as people write it; empty gives the rule its say. The rule stands below and opens when it is clicked."""

    edited = Signal(object)  # ItemEdit
    given_up = Signal(str)  # a sentence: what was typed could not be read and is gone, and what stays instead

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line, self.rule = QLineEdit(self), QLineEdit(self)
        self._shown = {self.line: "", self.rule: ""}
        self._items: tuple[ItemRow, ...] = ()
        self._is_by_hand = False
        self._why = ElidedLabel("", self)
        self._why.setProperty("tone", "quiet")
        self._back = link("Use rule", self)
        self._change = link("Rule…", self)
        self.doubt = ElidedLabel("", self)
        self.doubt.setProperty("tone", "quiet")
        self.doubt.setContentsMargins(5, 0, 0, 0)
        self._fault = FieldFault(theme, self)
        for line, name in ((self.line, "Due"), (self.rule, "Due rule")):
            line.setProperty("kind", "field")
            line.setAccessibleName(name)
            line.editingFinished.connect(self._store)
            line.textEdited.connect(self._on_edited)
        self.rule.setPlaceholderText("held ready, day 3, on site …")
        self._back.clicked.connect(self._on_back_clicked)
        self._change.clicked.connect(self._on_change_clicked)
        self._change.setAccessibleName("Change the due rule")
        self._back.setAccessibleName("Go back to the due rule")
        self._lay_out()

    def _lay_out(self) -> None:
        says = QHBoxLayout()
        says.setContentsMargins(5, 0, 0, 0)
        says.setSpacing(4)
        says.addWidget(self._why)
        says.addWidget(self._back)
        says.addStretch(1)
        says.addWidget(self._change)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.line)
        layout.addLayout(says)
        layout.addWidget(self.doubt)
        layout.addWidget(self.rule)
        layout.addWidget(self._fault)
        self.rule.hide()
        self.show_doubt("")

    def show_doubt(self, words: str) -> None:
        """Say below the rule what is not certain about it; "": nothing."""
        self.doubt.setText(words)
        self.doubt.setVisible(bool(words))

    def show_items(self, items: Sequence[ItemRow]) -> None:
        """Show the day and the rule; where items differ, "Several". `flush` before other items are shown."""
        is_other = [item.id for item in items] != [item.id for item in self._items]
        self._items = tuple(items)
        if is_other:
            self.show_doubt("")
        days = {item.due for item in items}
        rules = {item.due_rule for item in items}
        texts = {item.due_text for item in items}
        self._is_by_hand = any(item.due_override is not None for item in items)
        day = next(iter(days)) if len(days) == 1 else None
        rule = next(iter(rules)) if len(rules) == 1 else ""
        for line, text in ((self.line, written(day)), (self.rule, rule)):
            is_typed = line.text() != self._shown[line]
            self._shown[line] = text
            if is_other or not is_typed:
                self._put_back(line)
        self.line.setPlaceholderText(SEVERAL if len(days) > 1 else "No date yet")
        self._why.setText((next(iter(texts)) or NO_RULE) if len(texts) == 1 else "several rules")
        self._back.setVisible(self._is_by_hand)
        self._back.setToolTip(
            f"Take the day from the rule again: {rule}" if rule else "Take the day from the rule again"
        )

    def flush(self) -> None:
        """Bring what was written and not yet said; what cannot be read is given up, and that is told."""
        self._store()
        for line, what in ((self.line, "date"), (self.rule, "due rule")):
            if line.text() != self._shown[line]:
                typed = " ".join(line.text().split())
                self._put_back(line)
                self.given_up.emit(f"“{typed[:LONGEST]}” is no {what}; {self._kept(line)}.")

    def _kept(self, line: QLineEdit) -> str:
        if len(self._items) != 1:
            return f"the {len(self._items)} items keep theirs"
        return f"{self._items[0].reference} keeps {self._shown[line] or 'none'}"

    def _put_back(self, line: QLineEdit) -> None:
        line.setText(self._shown[line])
        line.setCursorPosition(0)
        if line.property("wrong"):
            set_tone(line, "wrong", False)
            self._fault.show_fault("")

    def _store(self) -> None:
        """Bring what was written; what cannot be read stays, with a sentence."""
        for line, field in ((self.line, ItemField.DUE), (self.rule, ItemField.DUE_RULE)):
            text = " ".join(line.text().split())
            if text == self._shown[line]:
                self._put_back(line)
                continue
            try:
                value = _read(field, text)
            except BadValue as error:
                set_tone(line, "wrong", True)
                self._fault.show_fault(str(error))
                continue
            if field is ItemField.DUE and value is None and not self._is_by_hand:
                self._put_back(line)
                continue
            self._shown[line] = line.text()
            if line is self.rule:
                self.rule.hide()
            self.edited.emit(ItemEdit(field, value))

    def _on_edited(self) -> None:
        if self._fault.isVisible():
            self._fault.show_fault("")
            for line in (self.line, self.rule):
                set_tone(line, "wrong", False)

    def _on_back_clicked(self) -> None:
        self.edited.emit(ItemEdit(ItemField.DUE, None))

    def _on_change_clicked(self) -> None:
        self.rule.setVisible(self.rule.isHidden())
        if self.rule.isVisible():
            self.rule.setFocus()
            self.rule.selectAll()
