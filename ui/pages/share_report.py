"""Share report: what the last round brought, who changed what, by service; all of it can be taken back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from readiness.domain.plain_words import counted
from readiness.domain.sharing import MergeReport, ReportLine
from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.labels import label

NOTHING = "What colleagues changed appears here after the first round that brings something."
NO_SERVICE = "No service"
MOST_PX = 640
_FIT, _REST = QHeaderView.ResizeMode.ResizeToContents, QHeaderView.ResizeMode.Stretch
_MODES = (_REST, _FIT, _REST, _FIT)
_ID = Qt.ItemDataRole.UserRole


class ReportCard(Card):
    """A tree: services, and below each what was changed. Enter opens the item."""

    open_item = Signal(str)  # id
    undo_wanted = Signal(object)  # ids of steps

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Last merge", parent)
        self._report: MergeReport | None = None
        self.nothing = label(NOTHING, "quiet", wrap=True)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName("What the last merge brought")
        self.tree.setProperty("kind", "lines")
        self.tree.setFrameShape(QFrame.Shape.NoFrame)
        self.tree.setHeaderLabels(["What", "Field", "Now", "Who"])
        self.tree.setRootIsDecorated(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tree.setTabKeyNavigation(False)
        header = self.tree.header()
        header.setStretchLastSection(False)
        for column, mode in enumerate(_MODES):
            header.setSectionResizeMode(column, mode)
        header.setMaximumSectionSize(MOST_PX)
        self.tree.setMinimumHeight(180)
        self.add(self.nothing)
        self.add_rows(self.tree, 1)
        self.tree.itemActivated.connect(self._on_activated)
        self.link_activated.connect(self._on_undo_clicked)
        self.show_report(None)

    def show_report(self, report: MergeReport | None) -> None:
        """Show another report; the same one stays as it is, opened and scrolled."""
        if report is not None and self._report is not None and (report.n, report.conflicts) == (
            self._report.n, self._report.conflicts,
        ):  # fmt: skip
            return
        self._report = report
        self.tree.clear()
        self.nothing.setVisible(report is None)
        self.tree.setVisible(report is not None)
        self.set_link("Undo this merge" if report is not None else "")
        self.set_note("")
        if report is None:
            return
        said = counted(report.taken, "change")
        self.set_note(f"{said}, {counted(report.conflicts, 'field')} in conflict" if report.conflicts else said)
        for service in dict.fromkeys(line.service for line in report.lines):
            lines = [line for line in report.lines if line.service == service]
            top = QTreeWidgetItem([f"{service or NO_SERVICE} ({len(lines)})"])
            top.setFirstColumnSpanned(True)
            self.tree.addTopLevelItem(top)
            for line in lines:
                top.addChild(_item(line))
            top.setExpanded(len(lines) <= 30)

    def _on_activated(self, item: QTreeWidgetItem) -> None:
        item_id = item.data(0, _ID)
        if item_id:
            self.open_item.emit(str(item_id))

    def _on_undo_clicked(self) -> None:
        if self._report is not None:
            self.undo_wanted.emit(self._report.steps)


def _item(line: ReportLine) -> QTreeWidgetItem:
    what = f"{line.reference} {line.title}".strip()
    what = what[:1].upper() + what[1:]  # a record that has no reference is named by its kind
    now = line.new or "empty"
    shown = f"In conflict: {now}" if line.in_conflict else now
    who = line.laptop if line.actor and line.laptop.startswith(line.actor) else f"{line.actor}, {line.laptop}"
    made = QTreeWidgetItem([what, line.field_label, shown, who])
    made.setData(0, _ID, line.item_id)
    tips = (what, line.field_label, f"{line.old or 'empty'} → {now}", f"{line.actor}, {line.laptop}")
    for column, text in enumerate(tips):
        made.setToolTip(column, text)
    return made
