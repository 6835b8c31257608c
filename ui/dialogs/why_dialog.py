"""Why dialog: explains a percentage in plain English, with the arithmetic; every number opens its rows."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from readiness.domain.filters import ItemFilter
from readiness.domain.views import InspectionRow, ItemRow
from ui.models.overview_words import percent
from ui.models.why_figures import WhyFigures, why_figures
from ui.models.why_html import Explanation, explanation, labelled
from ui.theme import Theme
from ui.widgets.labels import button, heading
from ui.widgets.plain_text import INSET, make_plain

SIZE = (680, 620)


class WhyDialog(QDialog):
    """Closes when something in it is opened; changes nothing."""

    open_items = Signal(object)  # ItemFilter
    open_item = Signal(str)  # id

    def __init__(
        self,
        theme: Theme,
        inspections: Sequence[InspectionRow],
        items: Sequence[ItemRow],
        first: str,
        parent: QWidget | None = None,
    ) -> None:
        """Explain the inspections given, beginning with the one whose id is `first`."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._theme, self._inspections, self._items = theme, inspections, items
        self._told = Explanation()
        self.title = heading("", theme, "h2")
        self.choice = QComboBox()
        self.choice.setAccessibleName("Inspection")
        self.text = QTextBrowser()
        self._lay_out()
        for row in inspections:
            self.choice.addItem(row.short_title, row.id)
        self.choice.setVisible(len(inspections) > 1)
        self.choice.currentIndexChanged.connect(self._on_choice_changed)
        self.text.anchorClicked.connect(self._on_link_clicked)
        self.choice.setCurrentIndex(max(self.choice.findData(first), 0))
        self._on_choice_changed()

    def _lay_out(self) -> None:
        self.resize(*SIZE)
        make_plain(self.text)
        self.text.setAccessibleName("Explanation")
        close = button("Close", "primary")
        close.setDefault(True)
        close.clicked.connect(self.reject)
        head = QHBoxLayout()
        head.setContentsMargins(INSET, 0, 0, 0)
        head.addWidget(self.title, 1)
        head.addWidget(self.choice)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24 - INSET, 20, 24, 20)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self.text, 1)
        layout.addLayout(foot)

    @property
    def links(self) -> dict[str, ItemFilter | str]:
        """Where the links of the text lead."""
        return self._told.links

    def _on_choice_changed(self) -> None:
        chosen = self.choice.currentData()
        inspection = next(row for row in self._inspections if row.id == chosen)
        why = why_figures(inspection, self._items)
        title = title_of(why)
        self.setWindowTitle(title)
        self.title.setText(title)
        self._told = explanation(why, self._theme.color("text2").name(), self._theme.color("border").name())
        self.text.setHtml(self._told.html)

    def _on_link_clicked(self, url: QUrl) -> None:
        target = self._told.links[url.toString()]
        if isinstance(target, str):
            self.open_item.emit(target)
        else:
            self.open_items.emit(labelled(target, self.title.text()))
        self.accept()


def title_of(why: WhyFigures) -> str:
    """Return the question the dialog answers, "Why 62 %?"."""
    value = why.whole.percent
    return "Why is there no figure?" if value is None else f"Why {percent(value)}?"
