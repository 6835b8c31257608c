"""View switch: the four sides of a checklist, side by side: its items, its actions, findings, and scrutiny."""

from PySide6.QtWidgets import QWidget

from ui.theme import Theme
from ui.widgets.segmented import Segmented

ITEMS = "checklist"
VIEWS = ((ITEMS, "Items"), ("actions", "Actions"), ("findings", "Findings"), ("scrutiny", "Scrutiny"))
"""Keys of pages and what they are called."""


class ViewSwitch(Segmented):
    """`chosen` brings the key of a page; it shows the page that it stands on, whatever was pressed."""

    def __init__(self, theme: Theme, here: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Side of the checklist", parent)
        self._here = here
        self.set_options(VIEWS, here)
        for number, button in enumerate(self.buttons, start=1):
            button.setToolTip(f"{button.text()} (Alt+{number})")
        self.chosen.connect(self._on_chosen)

    def _on_chosen(self) -> None:
        self.set_current(self._here)  # when this page is shown again, it says where one is
