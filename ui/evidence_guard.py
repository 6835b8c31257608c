"""Evidence guard: what was copied is looked through for identifiers of children before it is recorded."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from readiness.domain.errors import Cancelled
from readiness.domain.sightings import Occasion, ScanResult
from readiness.services.guard import exempt, published_lists, scan_file
from readiness.services.taking import Taken, Taking
from readiness.storage.files import FileStore
from ui.dialogs.guard_dialog import GuardDialog
from ui.operations import Operations
from ui.theme import Theme

LEAVING = "Left out, the file is not attached."
Seen = Mapping[str, ScanResult]
"""What was seen in stored copies, by SHA-256."""


def look_through(store: FileStore, taking: Taking, day: date, cancelled: Callable[[], bool]) -> Seen:
    """Return what looks like an identifier of a child in the copies that were taken; for the worker.

    Raises Cancelled: what was not looked through to its end must not pass as if nothing had been found.
    """
    files = {each.attachment.sha256: each.attachment.name for each in taking.taken if each.attachment.sha256}
    lists = published_lists() if files else ()
    seen: dict[str, ScanResult] = {}
    for sha256, name in files.items():
        seen[sha256] = scan_file(store.path_of(sha256), name, day, lists, cancelled=cancelled)
        if cancelled():
            raise Cancelled("Stopped. Nothing was attached.")
    return seen


def past_guard(taking: Taking, seen: Seen, operations: Operations, theme: Theme, over: QWidget) -> Taking:
    """Ask about every copy in which something was seen; return what may be recorded. A reason is kept for the rest."""
    kept: list[Taken] = []
    refused = list(taking.refused)
    for each in taking.taken:
        result = seen.get(each.attachment.sha256)
        if result is None or not result.sightings:
            kept.append(each)
            continue
        reason = GuardDialog.ask(theme, result, LEAVING, over)
        if reason is None:
            refused.append(f"“{result.name}” was left out: it may identify children.")
            continue
        operations.change(exempt, each.attachment.sha256, Occasion.ATTACH, result.sightings, reason)
        kept.append(each)
    return replace(taking, taken=tuple(kept), refused=tuple(refused))
