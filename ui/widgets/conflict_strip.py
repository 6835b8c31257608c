"""Conflict strip: says in a panel which fields were changed on two laptops, and opens the chooser instead of them.

A field in conflict takes no key and no click: typing would settle unseen what somebody is to choose.
"""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from readiness.domain.fields import FIELD_NAMES, field_label
from ui.icons import icon
from ui.theme import Theme
from ui.widgets.labels import button, label

Contested = Mapping[str, frozenset[str]]
"""By record, its fields in conflict."""
_LABELS = FIELD_NAMES | {"inspection_id": "Inspection", "deleted": "removed, and edited"}
_PASSED = frozenset({Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape, Qt.Key.Key_Shift, Qt.Key.Key_Control,
                     Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta, Qt.Key.Key_CapsLock, Qt.Key.Key_Left,
                     Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End})  # fmt: skip
_OPENS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_PRESSES = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick})
_DROPS = frozenset({QEvent.Type.DragEnter, QEvent.Type.Drop})


def first_contest(contested: Contested, ids: Iterable[str]) -> tuple[str, str] | None:
    """Return the first of some records with a field in conflict, and that field."""
    return next(((id_, min(contested[id_])) for id_ in ids if id_ in contested), None)


class ConflictStrip(QFrame):
    """Hidden unless something that is shown is in conflict. `watch` says which widgets edit which field."""

    wanted = Signal(str, str)  # id of the record, its field
    taken = Signal(object)  # Contested: for the sections of the panel, which mark what belongs to the record

    def __init__(self, theme: Theme, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind  # of record
        self._contested: Contested = {}
        self._ids: tuple[str, ...] = ()
        self._fields: dict[QObject, tuple[str, ...]] = {}
        self.setProperty("surface", "soft")
        self.said = label("", "", self, wrap=True)
        self.button = button("Choose…", "", self)
        self.button.clicked.connect(self._on_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 10)
        layout.setSpacing(6)
        layout.addWidget(self.said)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.set_theme(theme)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Draw the sign in another theme."""
        self.button.setIcon(icon("warning", theme, "accent_text"))

    def watch(self, widget: QWidget, *fields: str) -> None:
        """Open the chooser instead of what edits some fields, while one of them is in conflict."""
        for each in (widget, *widget.findChildren(QWidget)):
            self._fields[each] = fields
            each.installEventFilter(self)

    def take(self, contested: Contested) -> None:
        """Know what is in conflict now."""
        self._contested = contested
        self._show()
        self.taken.emit(contested)

    def show_ids(self, ids: Iterable[str]) -> None:
        """Say which fields of the records that are shown are in conflict."""
        self._ids = tuple(ids)
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        field = self._blocked(watched)
        if field is None:
            return False
        kind = event.type()
        if isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton:
            if kind == QEvent.Type.MouseButtonRelease:
                self.wanted.emit(self._ids[0], field)
            return kind in _PRESSES or kind == QEvent.Type.MouseButtonRelease
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and _edits(event):
            self.wanted.emit(self._ids[0], field)
            return True
        return kind in _DROPS

    def _blocked(self, watched: QObject) -> str | None:
        """Return the field in conflict that a widget edits; among several records, those are left alone."""
        if len(self._ids) != 1 or watched not in self._fields:
            return None
        contested = self._contested.get(self._ids[0], frozenset())
        return next((field for field in self._fields[watched] if field in contested), None)

    def _show(self) -> None:
        found = [id_ for id_ in self._ids if id_ in self._contested]
        self.setVisible(bool(found))
        self.button.setVisible(len(self._ids) == 1)
        if len(self._ids) > 1:
            verb = "is" if len(found) == 1 else "are"
            self.said.setText(f"{len(found):,} of these {verb} in conflict. Those fields stay until somebody chooses.")
        elif found:
            names = ", ".join(field_label(self._kind, each, _LABELS) for each in self._sorted())
            self.said.setText(f"Changed on two laptops: {names}")
            self.button.setAccessibleName(f"Choose between the values of {names}")

    def _sorted(self) -> list[str]:
        return sorted(self._contested.get(self._ids[0], ()), key=lambda each: (each == "deleted", each))

    def _on_clicked(self) -> None:
        if len(self._ids) == 1 and self._sorted():
            self.wanted.emit(self._ids[0], self._sorted()[0])


def _edits(event: QKeyEvent) -> bool:
    """Return whether a key would change a field or open its list; moving about and commands of the page would not."""
    if event.key() in _OPENS:
        return True
    if any(event.matches(key) for key in (QKeySequence.StandardKey.Paste, QKeySequence.StandardKey.Cut)):
        return True
    return event.key() not in _PASSED and not event.modifiers() & _COMMANDS
