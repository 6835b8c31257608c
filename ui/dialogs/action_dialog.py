"""Action dialog: asks for a new action. It saves nothing; OK waits until the action is sound."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from readiness.domain.action_editing import checked_action
from readiness.domain.errors import BadValue
from readiness.domain.evidence import ActionDraft
from readiness.domain.origins import Origin, written_origin
from readiness.domain.vocabulary import ActionField, ActionSource
from ui.models.places import EVERYWHERE, Place
from ui.models.register_columns import Field
from ui.theme import Theme
from ui.widgets.date_field import DateField
from ui.widgets.field_fault import FieldFault
from ui.widgets.name_combo import NameCombo
from ui.widgets.word_combo import WordCombo

NO_PLACE = "Choose of the list where it belongs."


class ActionDialog(QDialog):
    """With `promised`, it asks at which meeting, when and under which minute it was promised."""

    def __init__(
        self,
        theme: Theme,
        places: Mapping[str, Place],
        here: str,
        known: Mapping[Field, Sequence[str]],
        *,
        promised: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Add what was promised" if promised else "Add an action")
        self._places, self._promised = places, promised
        self.title, self.minute = QLineEdit(), QLineEdit()
        self.owner = NameCombo("Owner", known.get(ActionField.OWNER, ()))
        self.due, self.held = DateField("Due"), DateField("Held on")
        self.source = WordCombo(theme, "Source", tuple(ActionSource))
        self.source.show_word(ActionSource.SCRUTINY if promised else ActionSource.SELF_ASSESSMENT)
        self.meeting = NameCombo("Meeting", known.get(ActionField.ORIGIN, ()))
        self.place = NameCombo("Belongs to", places)
        self.place.show_text(here if here in places else EVERYWHERE)
        self.fault = FieldFault(theme)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._lay_out()
        for line in (self.title, self.minute, self.due, self.held):
            line.textChanged.connect(self._on_changed)
        for name in (self.owner, self.place, self.meeting):
            name.editTextChanged.connect(self._on_changed)
        self._on_changed()
        self.setMinimumWidth(520)
        self.title.setFocus()

    def _lay_out(self) -> None:
        form = QFormLayout()
        origin: tuple[tuple[str, QWidget], ...] = (
            (("&Meeting", self.meeting), ("&Held on", self.held), ("Min&ute", self.minute))
            if self._promised
            else (("&Source", self.source), ("Ori&gin", self.meeting))
        )
        rows: tuple[tuple[str, QWidget], ...] = (
            ("&What was promised" if self._promised else "&What is to be done", self.title),
            *origin,
            ("&Owner", self.owner),
            ("&Due", self.due),
            ("&Belongs to", self.place),
        )
        for words, field in rows:
            form.addRow(words, field)
            field.setAccessibleName(words.replace("&", ""))
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText("Add")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.fault)
        layout.addWidget(self.buttons)

    def draft(self) -> ActionDraft:
        """Return the action as it was typed."""
        source = self.source.word
        origin = self.meeting.text()
        if self._promised:
            origin = written_origin(Origin(origin, self.held.day, self.minute.text()))
        place = self._places.get(self.place.text(), Place())
        return ActionDraft(
            title=" ".join(self.title.text().split()),
            owner=self.owner.text(),
            due=self.due.day,
            source=source if isinstance(source, ActionSource) else ActionSource.SELF_ASSESSMENT,
            origin=origin,
            inspection_id=place.inspection_id,
            area_id=place.area_id,
            item_id=place.item_id,
        )

    @classmethod
    def ask(
        cls,
        theme: Theme,
        places: Mapping[str, Place],
        here: str,
        known: Mapping[Field, Sequence[str]],
        parent: QWidget,
        *,
        promised: bool = False,
    ) -> ActionDraft | None:
        """Ask for an action; None when somebody thinks better of it."""
        dialog = cls(theme, places, here, known, promised=promised, parent=parent)
        return dialog.draft() if dialog.exec() else None

    def _on_changed(self) -> None:
        fault = self._fault() if self.title.text().strip() else ""
        self.fault.show_fault(fault)
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(bool(self.title.text().strip()) and not fault)
        ok.setToolTip(fault or ("" if self.title.text().strip() else "Write what is to be done."))

    def _fault(self) -> str:
        if not (self.due.is_sound and self.held.is_sound):
            return "One of the dates cannot be read. Write it as 13 Sep 2021."
        if self.place.text() not in self._places:
            return NO_PLACE
        try:
            checked_action(self.draft())
        except BadValue as error:
            return str(error)
        return ""
