"""First focus: where the keyboard goes on a page that is shown.

A focus proxy will not do: with Tab, Qt then leaps to it past whatever stands before it on the page.
"""

from PySide6.QtWidgets import QWidget


def focus_first(page: QWidget) -> None:
    """Put the keyboard where a page wants it: in its `first_focus`, if it has one, and that of it in turn."""
    while isinstance(inner := getattr(page, "first_focus", None), QWidget):
        page = inner
    page.setFocus()
