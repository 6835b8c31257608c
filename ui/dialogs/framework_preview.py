"""Framework preview: what a file would bring in, or every fault of it. It keeps nothing; OK waits for names."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QPlainTextEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from readiness.domain.views import FrameworkDraft
from readiness.services.checklist_files import ChecklistFile
from readiness.services.schemes import check_own, names_of
from ui.theme import DIALOG_MARGINS, Theme
from ui.widgets.labels import heading, label
from ui.widgets.scheme_form import SchemeForm

if TYPE_CHECKING:
    from ui.framework_commands import FileRead

COLUMNS = ("Item", "Kind", "Due", "Owner or service")
ROW = 28
ALL_OPEN = 200
"""So many items are shown at once; of more, the areas."""
_OK = QDialogButtonBox.StandardButton.Ok


class FrameworkPreview(QDialog):
    """Of a sound file its names and a tree of its items; of a faulty one the list of faults, to be copied."""

    def __init__(self, theme: Theme, read: "FileRead", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._read = theme, read
        self.wants_again = False
        self.form: SchemeForm | None = None
        self.tree: QTreeWidget | None = None
        self.faults: QPlainTextEdit | None = None
        self.note = label("", "warning", wrap=True)
        self.setWindowTitle("Bring in a checklist")
        self.buttons = QDialogButtonBox(_OK | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(_OK).setText("Bring in")
        self.buttons.button(_OK).setProperty("kind", "primary")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*DIALOG_MARGINS)
        layout.setSpacing(12)
        if read.file is not None:
            self._show_draft(layout, read.file)
        else:
            self._show_faults(layout)
        layout.addWidget(self.buttons)
        self.resize(820, 620)

    def draft(self) -> FrameworkDraft:
        """Return what is to be kept, under the names that stand there."""
        if self._read.file is None or self.form is None:
            raise RuntimeError("a file with faults brings in nothing")
        return self._read.file.named(self.form.names())

    def _show_draft(self, layout: QVBoxLayout, file: ChecklistFile) -> None:
        draft = file.draft
        where = f", from the sheet “{file.sheet}”" if file.sheet else ""
        layout.addWidget(heading(file.name, self._theme, "h2"))
        layout.addWidget(
            label(f"{_count(len(draft.areas), 'area')}, {_count(draft.item_count, 'item')}{where}.", "quiet")
        )
        if file.ignored:
            layout.addWidget(label(f"Columns left alone: {', '.join(file.ignored)}.", "quiet", wrap=True))
        self.form = SchemeForm(self._theme, names_of(draft), check_own)
        self.form.set_read_only(not file.sheet)  # a framework file says its own names
        self.form.changed.connect(self._on_changed)
        self.tree = _Tree(draft, self._theme)
        layout.addWidget(self.form)
        layout.addWidget(self.note)
        layout.addWidget(self.tree, 1)
        (self.form.title if file.sheet else self.tree).setFocus()
        self._on_changed()

    def _show_faults(self, layout: QVBoxLayout) -> None:
        faults = self._read.faults
        layout.addWidget(heading(f"{self._read.path.name} has {_count(len(faults), 'fault')}", self._theme, "h2"))
        said = "Nothing was brought in. Correct the file, save it, and read it again."
        layout.addWidget(label(said, "quiet", wrap=True))
        self.faults = QPlainTextEdit("\n\n".join(faults))
        self.faults.setReadOnly(True)
        self.faults.setTabChangesFocus(True)
        self.faults.setAccessibleName("Faults")
        layout.addWidget(self.faults, 1)
        copy, again = QPushButton("&Copy the faults"), QPushButton("&Read it again")
        self.buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        self.buttons.addButton(again, QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self._on_copy)
        again.clicked.connect(self._on_again)
        ok = self.buttons.button(_OK)
        ok.setEnabled(False)
        ok.setToolTip("Correct the faults first.")
        again.setFocus()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(self._read.faults))

    def _on_again(self) -> None:
        self.wants_again = True
        self.reject()

    def _on_changed(self) -> None:
        if self.form is None:
            return
        problem, names = self.form.problem(), self.form.names()
        is_kept = (names.id.strip(), names.edition.strip()) in self._read.kept
        kept = (
            "A checklist is kept under this id and edition already. This one will take its place; Undo brings it back."
        )
        self.note.setText(kept if is_kept else "")
        self.note.setVisible(is_kept)
        ok = self.buttons.button(_OK)
        ok.setEnabled(not problem)
        ok.setToolTip(problem)


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


class _Tree(QTreeWidget):
    """Areas and their items; those of a large checklist are made when their area is opened."""

    def __init__(self, draft: FrameworkDraft, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("Areas and items")
        self.setHeaderLabels(list(COLUMNS))
        self.setUniformRowHeights(True)
        self.setEditTriggers(QTreeWidget.EditTrigger.NoEditTriggers)
        self._areas = draft.areas
        self.itemExpanded.connect(self._on_opened)
        for area in draft.areas:
            top = QTreeWidgetItem(self, [f"{area.code}  {area.title} ({len(area.items)})"])
            top.setSizeHint(0, QSize(0, ROW))
            top.setFont(0, theme.font("strong"))
            top.setFirstColumnSpanned(True)
            if area.items:
                top.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
            top.setExpanded(draft.item_count <= ALL_OPEN)
        head = self.header()
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setStretchLastSection(False)
        for column, width in enumerate((160, 130, 150), start=1):
            head.resizeSection(column, width)
        self.setCurrentIndex(self.model().index(0, 0))

    def _on_opened(self, top: QTreeWidgetItem) -> None:
        number = self.indexOfTopLevelItem(top)
        if number < 0 or top.childCount():
            return
        for item in self._areas[number].items:
            texts = [f"{item.reference}  {item.title}", item.kind.label, item.due_rule, item.owner or item.service]
            QTreeWidgetItem(top, texts).setToolTip(0, item.guidance)
