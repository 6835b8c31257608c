"""Pack targets: a zip file or a folder that is written under another name and put in its place when all is well."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO, Protocol
from uuid import uuid4
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from readiness.domain.errors import PackError
from readiness.domain.file_names import units
from readiness.domain.pack_words import sized
from readiness.excel.target import move_into_place

LONGEST_ON_WINDOWS = 259
SPARE = 16_000_000
"""Room for the indexes and for what the file system itself needs, bytes."""

_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
_FULL_ON_WINDOWS = 112


class Draft(Protocol):
    """A pack in the making, and then read back."""

    def writing(self, path: str, size: int) -> IO[bytes]:
        """Open a new file of the pack; its size is what is expected."""

    def finish(self) -> None:
        """Write what remains, down to the disk."""

    def members(self) -> dict[str, int]:
        """Return what the pack holds: sizes by path."""

    def reading(self, path: str) -> IO[bytes]:
        """Open a file of the finished pack."""

    def close(self) -> None:
        """Let go of it."""


class ZipDraft:
    """A zip file. What it holds is stored as it is: evidence is mostly compressed already, and so it is quick."""

    def __init__(self, path: Path, at: datetime) -> None:
        self._path = path
        local = at.astimezone()
        self._time = (min(max(local.year, 1980), 2107), *local.timetuple()[1:6])
        self._zip = ZipFile(path, "x", ZIP_STORED)

    def writing(self, path: str, size: int) -> IO[bytes]:
        info = ZipInfo(path, self._time)
        info.external_attr = 0o644 << 16
        info.file_size = size  # zipfile then knows whether it needs the longer headers
        return self._zip.open(info, "w")

    def finish(self) -> None:
        self._zip.close()
        with self._path.open("r+b") as file:
            os.fsync(file.fileno())
        self._zip = ZipFile(self._path)

    def members(self) -> dict[str, int]:
        found = self._zip.infolist()
        if len({info.filename for info in found}) != len(found):
            raise PackError("The pack was not kept, because a name stands in it twice. Make it again.")
        return {info.filename: info.file_size for info in found}

    def reading(self, path: str) -> IO[bytes]:
        return self._zip.open(path)

    def close(self) -> None:
        with suppress(OSError, ValueError):  # a file being written when it failed: what failed is told already
            self._zip.close()


class FolderDraft:
    """A folder that can be looked through at once."""

    def __init__(self, path: Path) -> None:
        self._root = path
        path.mkdir()

    def writing(self, path: str, size: int) -> IO[bytes]:
        del size
        place = self._root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        return place.open("xb")

    def finish(self) -> None:
        for path in self.members():
            with (self._root / path).open("r+b") as file:
                os.fsync(file.fileno())

    def members(self) -> dict[str, int]:
        files = (path for path in self._root.rglob("*") if path.is_file())
        return {path.relative_to(self._root).as_posix(): path.stat().st_size for path in files}

    def reading(self, path: str) -> IO[bytes]:
        return (self._root / path).open("rb")

    def close(self) -> None:
        """Nothing is open."""


def check_target(target: Path, size: int, longest: str, *, as_folder: bool, on_windows: bool = os.name == "nt") -> None:
    """Refuse early what cannot work. Raises PackError with what to do instead.

    Args:
        target: Where the pack is to go.
        size: How many bytes it will take.
        longest: The longest path in it.
        as_folder: Whether it is to be a folder.
        on_windows: Whether the system refuses long paths.
    """
    try:
        _check(target, as_folder)
        free = shutil.disk_usage(target.parent).free
    except OSError as error:  # the system will not even look
        raise PackError(explain(error, target)) from error
    if free < size + SPARE:
        raise PackError(
            f"The pack needs {sized(size + SPARE)}, and there is only {sized(free)} free at {target.parent}. Free some "
            "space or choose another drive."
        )
    if as_folder and on_windows and units(str(target.absolute())) + 1 + units(longest) > LONGEST_ON_WINDOWS:
        raise PackError(
            "Windows could not open the deepest files there. Choose a folder nearer to the top of the drive, or a zip "
            "file."
        )


def _check(target: Path, as_folder: bool) -> None:
    if not target.parent.is_dir():
        raise PackError(f"The folder {target.parent} does not exist. Choose another folder.")
    if as_folder:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise PackError(f"There is something in “{target.name}” already. Choose a name that is new.")
        return
    if target.suffix.casefold() != ".zip":
        raise PackError(f"“{target.name}” is no name for a zip file. End it with .zip.")
    if target.is_dir():
        raise PackError(f"“{target.name}” is a folder. Choose another name.")
    if target.exists():
        try:
            with target.open("r+b"):
                pass
        except OSError as error:
            raise PackError(_busy(target)) from error


@contextmanager
def drafted(target: Path, at: datetime, *, as_folder: bool) -> Iterator[Draft]:
    """Yield a pack under another name beside the target; when all went well it becomes the target, else it goes."""
    path = target.with_name(f"~{uuid4().hex[:12]}.tmp")
    draft: Draft | None = None
    try:
        draft = FolderDraft(path) if as_folder else ZipDraft(path, at)
        yield draft
        draft.close()
        if as_folder and target.is_dir():
            target.rmdir()
        move_into_place(path, target)
    except OSError as error:
        raise PackError(explain(error, target)) from error
    finally:
        if draft is not None:
            draft.close()
        remove(path)


def remove(path: Path) -> None:
    """Remove a pack, whichever kind it is; what something still holds stays."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _busy(target: Path) -> str:
    return f"“{target.name}” is open in another program or write-protected. Close it there, or choose another name."


def explain(error: OSError, target: Path) -> str:
    """Return in a sentence why a pack could not be written."""
    if error.errno in _FULL or getattr(error, "winerror", 0) == _FULL_ON_WINDOWS:
        return f"There was no room left for “{target.name}”. Nothing of it was kept. Free some space and make it again."
    if error.errno == errno.EFBIG:
        return f"The drive takes no file as large as “{target.name}”. Choose a folder instead of a zip file."
    if error.errno == errno.ENAMETOOLONG or getattr(error, "winerror", 0) == 206:
        return f"“{target.name[:40]}…” is too long a name. Choose a shorter one."
    if isinstance(error, PermissionError):
        return f"The folder {target.parent} may not be written, or “{target.name}” is open. Choose another folder."
    return f"“{target.name}” could not be written. Check that its drive is still connected, and make it again."
