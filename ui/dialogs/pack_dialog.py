"""Pack dialog: of what, for whom and as what a pack is made, with what goes and what stays. It writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from readiness.domain.pack_words import counted, summary, warnings
from readiness.domain.packing import PackChoice, PackPlan, plan_pack
from readiness.domain.vocabulary import Audience
from readiness.services.packs import PackBasis
from ui.theme import Theme
from ui.widgets.labels import heading, label, link
from ui.widgets.row_list import Row, RowList

SIZE = (720, 640)
_OK = QDialogButtonBox.StandardButton.Ok
_FOR = {
    Audience.INTERNAL: "The council itself – everything",
    Audience.PARTNERS: "Partners – nothing internal",
    Audience.INSPECTORS: "Inspectors – nothing internal or for partners only",
    Audience.PUBLIC: "Everybody – only what is public",
}


@dataclass(frozen=True, slots=True)
class PackRequest:
    """What somebody asked for."""

    choice: PackChoice
    as_folder: bool
    plan: PackPlan


class PackDialog(QDialog):
    """Every tick is answered at once: files, size, what is left out, what to know."""

    def __init__(
        self,
        theme: Theme,
        basis: PackBasis,
        first: PackRequest | None = None,
        inspection_id: str = "",
        seen: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        """Ask for a pack.

        Args:
            theme: Colours and fonts.
            basis: What it can be made from.
            first: What was asked for before, where a pack could not be made so.
            inspection_id: The inspection that is chosen at first; "": all.
            seen: The items that the Checklist shows, where a filter hides others.
            parent: The window.
        """
        super().__init__(parent)
        self.setWindowTitle("Evidence pack")
        self._theme, self._basis, self._seen = theme, basis, frozenset(seen)
        self.inspection, self.audience = QComboBox(), QComboBox()
        self.areas = RowList(theme)
        self.only_seen = QCheckBox(f"Only what the &Checklist shows now ({counted(len(seen), 'item')})")
        self.as_zip, self.as_folder = QRadioButton("&Zip file"), QRadioButton("F&older")
        self.kind = QButtonGroup(self)
        self.summary = heading("", theme, "strong")
        self.notes = label("", "quiet", wrap=True)
        self.earlier = link(f"Earlier packs ({len(basis.earlier)})…")
        self.buttons = QDialogButtonBox(_OK | QDialogButtonBox.StandardButton.Cancel)
        self._fill(first, inspection_id)
        self._lay_out()
        self._connect()
        self._on_inspection_changed()
        if first is not None and first.choice.areas:
            self.areas.tick_only(first.choice.areas)

    def _fill(self, first: PackRequest | None, inspection_id: str) -> None:
        rows = self._basis.dossier.board.inspections
        if len(rows) != 1:
            self.inspection.addItem("All inspections", "")
        for row in rows:
            self.inspection.addItem(row.title, row.id)
        chosen = next(iter(first.choice.inspections), "") if first is not None else inspection_id
        self.inspection.setCurrentIndex(max(self.inspection.findData(chosen), 0))
        for audience in Audience:
            self.audience.addItem(_FOR[audience], audience)
        wanted = first.choice.audience if first is not None else Audience.INSPECTORS
        self.audience.setCurrentIndex(list(Audience).index(wanted))
        (self.as_folder if first is not None and first.as_folder else self.as_zip).setChecked(True)
        self.only_seen.setChecked(first is not None and bool(first.choice.items))

    def _lay_out(self) -> None:
        self.resize(*SIZE)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        for words, field in (("&Inspection", self.inspection), ("&For", self.audience)):
            form.addRow(words, field)
            field.setAccessibleName(words.replace("&", ""))
        kinds = QHBoxLayout()
        kinds.setSpacing(16)
        for each in (self.as_zip, self.as_folder):
            self.kind.addButton(each)
            kinds.addWidget(each)
        kinds.addStretch(1)
        form.addRow("As", kinds)
        self.areas.setAccessibleName("Areas")
        form.addRow("&Areas", self.areas)
        self.only_seen.setVisible(bool(self._seen))
        form.addRow("", self.only_seen)
        ok = self.buttons.button(_OK)
        ok.setText("Make pack…")
        ok.setProperty("kind", "primary")
        self.earlier.setVisible(bool(self._basis.earlier))
        foot = QHBoxLayout()
        foot.addWidget(self.earlier)
        foot.addStretch(1)
        foot.addWidget(self.buttons)
        self.summary.setWordWrap(True)
        self.notes.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addLayout(form, 1)
        layout.addWidget(self.summary)
        layout.addWidget(self.notes)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.inspection.currentIndexChanged.connect(self._on_inspection_changed)
        self.audience.currentIndexChanged.connect(self._on_changed)
        self.areas.ticked.connect(self._on_changed)
        self.only_seen.toggled.connect(self._on_changed)
        self.earlier.clicked.connect(self._on_earlier)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def request(self) -> PackRequest:
        """Return what was asked for."""
        return PackRequest(self.plan.choice, self.as_folder.isChecked(), self.plan)

    @classmethod
    def ask(cls, theme: Theme, basis: PackBasis, first: PackRequest | None, parent: QWidget) -> PackRequest | None:
        """Ask once more; None when somebody thinks better of it."""
        dialog = cls(theme, basis, first, parent=parent)
        return dialog.request() if dialog.exec() else None

    def _choice(self) -> PackChoice:
        id_ = self.inspection.currentData()
        ticked = self.areas.ticked_values()
        return PackChoice(
            self.audience.currentData(),
            frozenset({id_} if id_ else ()),
            frozenset(str(id_) for id_ in ticked) if len(ticked) < self.areas.count() else frozenset(),
            self._seen if self.only_seen.isChecked() else frozenset(),
        )

    def _on_inspection_changed(self) -> None:
        chosen, board = self.inspection.currentData(), self._basis.dossier.board
        short = {row.id: row.short_title for row in board.inspections}
        rows = []
        for area in board.areas:
            if not chosen or area.inspection_id == chosen:
                where = "" if chosen or len(short) == 1 else f"{short.get(area.inspection_id, '')}:  "
                rows.append(Row(area.id, f"{where}{area.code}  {area.title}", ticked=True))
        self.areas.show_rows(rows)
        self._on_changed()

    def _on_changed(self) -> None:
        self.plan = plan_pack(self._basis.dossier, self._choice(), self._basis.missing)
        ticked = bool(self.areas.ticked_values())
        self.summary.setText(summary(self.plan) if ticked else "Tick an area.")
        self.notes.setText("\n".join(warnings(self.plan)) if ticked else "")
        ok = self.buttons.button(_OK)
        ok.setEnabled(ticked)
        ok.setToolTip("" if ticked else "Tick an area first.")

    def _on_earlier(self) -> None:
        from ui.dialogs.packs_dialog import PacksDialog

        PacksDialog(self._theme, self._basis.earlier, self).exec()
