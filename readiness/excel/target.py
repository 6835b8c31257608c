"""The target: the file people asked for is replaced at the very end, or stays as it was."""

import errno
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from readiness.domain.errors import ExportError

_PATIENCE_S = 2.5
_PAUSE_S = 0.1
_PASSING = frozenset({5, 32, 33})
"""Windows: access denied, sharing violation, lock violation. A virus scanner or the indexer lets go in a moment."""


def check_target(target: Path) -> None:
    """Refuse early what cannot work. Raises ExportError with what to do instead."""
    try:
        _check(target)
    except OSError as error:  # the system will not even look
        raise ExportError(_explain(error, target)) from error


def _check(target: Path) -> None:
    if target.suffix.lower() != ".xlsx":
        raise ExportError(f"“{target.name}” is no name for a workbook. End it with .xlsx.")
    if not target.parent.is_dir():
        raise ExportError(f"The folder {target.parent} does not exist. Choose another folder.")
    if target.is_dir():
        raise ExportError(f"“{target.name}” is a folder. Choose another name.")
    if target.exists():
        try:
            with target.open("r+b"):
                pass
        except OSError as error:
            raise ExportError(_busy(target)) from error


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Yield a new name beside the target; when all went well it becomes the target, else it is removed."""
    draft = target.with_name(f"~{uuid4().hex[:12]}.tmp")
    try:
        yield draft
        _replace(draft, target)
    except OSError as error:
        raise ExportError(_explain(error, target)) from error
    finally:
        _remove(draft)


def _replace(draft: Path, target: Path) -> None:
    try:
        move_into_place(draft, target)
    except OSError as error:
        if getattr(error, "winerror", None) in _PASSING or isinstance(error, PermissionError):
            raise ExportError(_busy(target)) from error
        raise


def move_into_place(draft: Path, target: Path) -> None:
    """Give a finished file or folder its name; what passes in a moment is waited for. Raises OSError."""
    until = time.monotonic() + _PATIENCE_S
    while True:
        try:
            draft.replace(target)
        except OSError as error:
            if getattr(error, "winerror", None) not in _PASSING or time.monotonic() >= until:
                raise
            time.sleep(_PAUSE_S)
        else:
            return


def _remove(draft: Path) -> None:
    try:
        draft.unlink(missing_ok=True)
    except OSError:  # a scanner still looks at it: better a stray file than a second failure over the first
        return


def _busy(target: Path) -> str:
    return (
        f"“{target.name}” cannot be replaced: it is open in Excel or write-protected. Close it there and export again, "
        "or choose another name."
    )


def _explain(error: OSError, target: Path) -> str:
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)) or getattr(error, "winerror", 0) == 112:
        return f"There is no room left for “{target.name}”. Free some space or choose another drive, and export again."
    if error.errno == errno.ENAMETOOLONG or getattr(error, "winerror", 0) == 206:
        return f"“{target.name[:40]}…” is too long a name. Choose a shorter one."
    if isinstance(error, PermissionError):
        return f"The folder {target.parent} may not be written. Choose another folder."
    return f"“{target.name}” could not be written ({error.strerror or error}). Choose another folder and export again."
