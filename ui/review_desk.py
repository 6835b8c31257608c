"""Review desk: what pages do with the claims of items: each verb asks for its reason where it needs one."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from readiness.domain.plain_words import counted
from readiness.domain.review import ReviewState, ReviewVerb
from readiness.domain.views import ItemRow
from readiness.services.review import VERBS
from ui.operations import Operations
from ui.theme import Theme

PROMPTS = {
    ReviewVerb.RETURN: "What is to be done before it can be checked or signed off? Whoever worked on it reads this.",
    ReviewVerb.WITHDRAW: "Why does the sign-off no longer stand? It stays in the record.",
}


class ReviewDesk(QObject):
    """`before` is called before anything is written, as for storing what is being typed."""

    def __init__(
        self, operations: Operations, theme: Theme, page: QWidget, before: Callable[[], None] = lambda: None
    ) -> None:
        super().__init__(page)
        self._operations, self._page, self._before = operations, page, before
        self.theme = theme

    def do(self, verb: ReviewVerb, items: Sequence[ItemRow], note: str = "") -> bool:
        """Do something with the claims of items; False: nothing was asked for, or somebody thought better of it."""
        if not items:
            return False
        reason = note or self._reason(verb, items)
        if reason is None:
            return False
        self._before()
        self._operations.change(VERBS[verb], tuple(item.id for item in items), datetime.now(UTC), reason)
        return True

    def _reason(self, verb: ReviewVerb, items: Sequence[ItemRow]) -> str | None:
        if not verb.needs_reason:
            return ""
        from ui.dialogs.reason_dialog import ReasonDialog

        where = items[0].reference if len(items) == 1 else counted(len(items), "item")
        return ReasonDialog.ask(f"{verb.label} {where}", PROMPTS[verb], verb.label, self._page.window())

    def show_changes(self, state: ReviewState, item: ItemRow) -> None:
        """Show what was signed beside what stands there now."""
        from ui.dialogs.what_changed_dialog import WhatChangedDialog

        WhatChangedDialog(self.theme, f"{item.reference} {item.title}", state, self._page.window()).open()
