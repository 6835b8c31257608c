"""Fetch dialog: of which links a copy is to be taken. Nothing is opened before somebody says so here."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from readiness.domain.preflight import LinkFact
from ui.theme import Theme
from ui.widgets.labels import label
from ui.widgets.row_list import Row, RowList

SAID = "A copy of each file that is ticked is kept in the workspace, as it is now. The links stay as they are."
SERVERS = "Where a file lies on another machine, opening it tells that machine who you are signed in as."
_OK = QDialogButtonBox.StandardButton.Ok


class FetchDialog(QDialog):
    """All are ticked; OK waits until one is."""

    def __init__(self, theme: Theme, links: Sequence[LinkFact], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Fetch copies")
        self._links = tuple(links)
        self.list = RowList(theme)
        self.list.setAccessibleName("Links that lead to files")
        self.list.show_rows([Row(link, link.name, link.path, ticked=True) for link in self._links])
        self.buttons = QDialogButtonBox(_OK | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(_OK).setProperty("kind", "primary")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(label(SAID, wrap=True))
        layout.addWidget(label(SERVERS, "quiet", wrap=True))
        layout.addWidget(self.list, 1)
        layout.addWidget(self.buttons)
        self.list.ticked.connect(self._on_ticked)
        self.list.setFocus()
        self.resize(560, 400)
        self._on_ticked()

    def chosen(self) -> tuple[LinkFact, ...]:
        """Return the links of which a copy is to be taken."""
        ticked = self.list.ticked_values()
        return tuple(link for link in self._links if link in ticked)

    @classmethod
    def ask(cls, theme: Theme, links: Sequence[LinkFact], parent: QWidget) -> tuple[LinkFact, ...]:
        """Ask; none when somebody thinks better of it."""
        dialog = cls(theme, links, parent)
        return dialog.chosen() if dialog.exec() else ()

    def _on_ticked(self) -> None:
        number = len(self.chosen())
        ok = self.buttons.button(_OK)
        ok.setText(f"Fetch {number} {'copy' if number == 1 else 'copies'}")
        ok.setEnabled(number > 0)
        ok.setToolTip("" if number else "Tick a link first.")
