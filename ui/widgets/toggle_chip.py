"""Toggle chip: a filter that is on or off, beside those that open a list."""

from PySide6.QtWidgets import QWidget

from ui.theme import Theme
from ui.widgets.filter_chip import FilterChip, Option


class ToggleChip(FilterChip):
    """Its one value is True; a press turns it on, another off."""

    opens_list = False

    def __init__(self, theme: Theme, label: str, parent: QWidget | None = None) -> None:
        self._count = 0
        super().__init__(theme, label, (Option(True, label),), parent)
        self.setCheckable(True)  # a screen reader says whether it is on

    def open_popup(self) -> None:
        """Turn the filter on or off."""
        self._on_popup_chosen(() if self.values else (True,))

    def set_count(self, count: int) -> None:
        """Say how many rows it would leave."""
        self._count = count
        self._say()

    def said(self) -> str:
        """Return the chip's words; being on shows in its look."""
        return f"{self.label} {self._count:,}" if self._count else self.label

    def _say(self) -> None:
        self.setChecked(bool(self.values))
        super()._say()
