"""Handing out: read-only copies of evidence, under names people know, for other programs. The store's own stay apart.

What is handed out is what was attached: it is hashed on the way.
"""

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from readiness.domain.errors import Cancelled, ExportError, FileRefused
from readiness.domain.evidence import AttachmentRow
from readiness.domain.file_names import safe_name
from readiness.domain.plain_words import shown
from readiness.storage.files import FileStore, let_go, never, no_progress
from readiness.storage.intake import BLOCK

READ_ONLY = stat.S_IREAD
Progress = Callable[[int], None]


def hand_out(
    store: FileStore,
    attachment: AttachmentRow,
    folder: Path,
    progress: Progress = no_progress,
    cancelled: Callable[[], bool] = never,
) -> Path:
    """Write a read-only copy of a kept file into a folder, under its readable name, and return its path.

    Raises FileRefused when the store has no sound copy, Cancelled, and ExportError when it cannot be written.
    """
    place = folder / attachment.sha256[:8]
    target = place / safe_name(attachment.name, "Evidence", keep_ending=True)
    with _explained(target):
        place.mkdir(parents=True, exist_ok=True)
    _copy(store, attachment, target, progress, cancelled)
    with suppress(OSError):  # a drive that knows no rights
        target.chmod(READ_ONLY)
    return target


def export_copy(
    store: FileStore,
    attachment: AttachmentRow,
    target: Path,
    progress: Progress = no_progress,
    cancelled: Callable[[], bool] = never,
) -> Path:
    """Write a copy of a kept file where somebody wants it; what stands there is replaced once the copy is whole."""
    _copy(store, attachment, target, progress, cancelled)
    return target


def _copy(
    store: FileStore, attachment: AttachmentRow, target: Path, progress: Progress, cancelled: Callable[[], bool]
) -> None:
    name = f"“{shown(attachment.name)}”"
    if not store.holds(attachment.sha256):
        raise FileRefused(
            f"The copy of {name} is not on this laptop. Share evidence files with the laptop that has it, on the Share "
            "page, or attach the file again."
        )
    making = target.with_name(f".{os.urandom(6).hex()}.part")
    digest, done = hashlib.sha256(), 0
    try:
        with _explained(target), store.path_of(attachment.sha256).open("rb", buffering=0) as source:
            with making.open("xb") as made:
                while block := source.read(BLOCK):
                    if cancelled():
                        raise Cancelled("Stopped. Nothing was written.")
                    digest.update(block)
                    made.write(block)
                    done += len(block)
                    progress(done)
            if digest.hexdigest() != attachment.sha256:
                raise FileRefused(f"The copy of {name} was altered since it was attached. Attach the file again.")
            let_go(target)
            making.replace(target)
    finally:
        with suppress(OSError):
            making.unlink(missing_ok=True)


@contextmanager
def _explained(target: Path) -> Iterator[None]:
    """Turn what the system says when a place cannot be written into a sentence."""
    try:
        yield
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "its name cannot be used"
        raise ExportError(
            f"{target.name} could not be written to {target.parent} ({why}). Choose another place."
        ) from error
