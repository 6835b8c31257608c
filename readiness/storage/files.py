"""Files: the workspace's copies of evidence, each kept once under the SHA-256 of what is in it.

A copy is written under a temporary name on the same volume, synced, renamed, and only then recorded by whoever asked:
there is never half a file under a final name. Source: design.md, sections 2 and 3.
"""

import errno
import hashlib
import os
import re
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from readiness.domain.errors import Cancelled, DiskFull, FileRefused, NotFound, WorkspaceError, WorkspaceReadOnly
from readiness.storage.intake import BLOCK, LARGEST, named, opened, whole_content
from readiness.storage.places import DATABASE

FILES = "files"
UNFINISHED = ".part"
READ_ONLY = stat.S_IREAD | stat.S_IRGRP | stat.S_IROTH
"""Copies may not be written: a program that opens one saves its changes elsewhere."""

_HASH = re.compile(r"[0-9a-f]{64}")
_SHELF = re.compile(r"[0-9a-f]{2}")
_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
_FULL_ON_WINDOWS = 112


@dataclass(frozen=True, slots=True)
class Stored:
    """A copy that the store holds."""

    sha256: str  # 64 hex digits
    size: int  # bytes


def is_hash(said: str) -> bool:
    """Whether a record names a copy: what another laptop wrote there may be anything."""
    return _HASH.fullmatch(said) is not None


def no_progress(_: int) -> None:
    """Tell nobody."""


def never() -> bool:
    """Go on to the end."""
    return False


class FileStore:
    """The evidence copies of one workspace: files/<first two hex digits>/<sha256>."""

    def __init__(self, folder: Path) -> None:
        """Take a workspace's folder; nothing is made there before a file is taken."""
        self.folder = folder / FILES

    def take(
        self,
        path: Path,
        progress: Callable[[int], None] = no_progress,
        cancelled: Callable[[], bool] = never,
    ) -> Stored:
        """Copy a file into the store. The same content is kept once; a copy that was altered is mended by it.

        Args:
            path: Somebody's file; it is only read.
            progress: Told after each block how many bytes are copied.
            cancelled: Asked before each block whether to stop.

        Raises:
            FileRefused: the file cannot be taken; the sentence says why and what to do.
            Cancelled: `cancelled` said so.
            DiskFull, WorkspaceReadOnly, WorkspaceError: the store cannot be written.
            In every case nothing of it is left in the store.
        """
        self._refuse_the_workspace(path)
        with opened(path) as file:
            return self._kept(whole_content(file, progress, cancelled), file.size)

    def keep(self, content: bytes) -> Stored:
        """Store what never was a file: a picture that was pasted, a text. Raises as `take` does."""
        if not 0 < len(content) <= LARGEST:
            raise FileRefused(f"What was pasted is {'too large' if content else 'empty'}. Save it as a file first.")
        return self._kept((memoryview(content),), len(content))

    def path_of(self, sha256: str) -> Path:
        """Return where a copy lies, or would lie. Raises NotFound for what is no hash: records come from elsewhere."""
        if not is_hash(sha256):
            raise NotFound("copy of the file", sha256)
        return self.folder / sha256[:2] / sha256

    def holds(self, sha256: str) -> bool:
        """Whether there is a copy; whether it is unaltered, `verify` tells."""
        return is_hash(sha256) and self.path_of(sha256).is_file()

    def verify(self, sha256: str, cancelled: Callable[[], bool] = never) -> bool:
        """Whether a copy is there and holds what its name says, read from end to end. Raises Cancelled."""
        if not self.holds(sha256):
            return False
        digest = hashlib.sha256()
        try:
            with self.path_of(sha256).open("rb", buffering=0) as file:
                while block := file.read(BLOCK):
                    digest.update(block)
                    if cancelled():
                        raise Cancelled("Stopped.")
        except OSError:  # what cannot be read proves nothing
            return False
        return digest.hexdigest() == sha256

    def hashes(self) -> set[str]:
        """Return the hash of every copy there is."""
        return {path.name for path in self.copies()}

    def copies(self) -> Iterator[Path]:
        """Yield every copy; what else lies in the folder is nobody's business."""
        for shelf in _listed(self.folder):
            if _SHELF.fullmatch(shelf.name):
                yield from (path for path in _listed(shelf) if _HASH.fullmatch(path.name))

    def unfinished(self) -> Iterator[Path]:
        """Yield what copying left when the program was killed, and what is under way just now."""
        yield from (path for path in _listed(self.folder) if path.suffix == UNFINISHED)

    def _refuse_the_workspace(self, path: Path) -> None:
        """Raise FileRefused for the database that is open: reading it by the side would free its locks."""
        with suppress(OSError, ValueError):
            found = path.stat()
            for suffix in ("", "-wal", "-shm"):
                own = self.folder.with_name(f"{DATABASE}{suffix}")
                if own.exists() and os.path.samestat(found, own.stat()):
                    raise FileRefused(f"{named(path)} is this workspace itself. Make a backup, and add that.")

    def _kept(self, blocks: Iterable[memoryview], size: int) -> Stored:
        with explained_writing(self.folder):
            self.folder.mkdir(exist_ok=True)
            if shutil.disk_usage(self.folder).free < size:  # rather now than after 4 GB
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        making = self.folder / f"{os.urandom(8).hex()}{UNFINISHED}"
        try:
            stored = Stored(self._written(making, blocks), size)
            with explained_writing(self.folder):
                self._place(making, stored)
        finally:
            with suppress(OSError):
                let_go(making)
        return stored

    def _written(self, making: Path, blocks: Iterable[memoryview]) -> str:
        """Write blocks to a new file, down to the disk; return the hash of what was written."""
        digest = hashlib.sha256()
        with explained_writing(self.folder):
            file: BinaryIO = making.open("xb", buffering=0)
        with file:
            for block in blocks:  # what reading them raises is about the file that is read
                digest.update(block)
                with explained_writing(self.folder):
                    write_whole(file, block)
            with explained_writing(self.folder):
                os.fsync(file.fileno())
        return digest.hexdigest()

    def _place(self, making: Path, stored: Stored) -> None:
        """Give a whole copy its name; the copy that is there already may be altered, so the new one takes its place."""
        final = self.path_of(stored.sha256)
        is_new_shelf = not final.parent.exists()
        final.parent.mkdir(exist_ok=True)
        making.chmod(READ_ONLY)
        try:
            replace(making, final)
        except PermissionError:  # Windows: somebody looks at the one that is there
            if not final.is_file() or final.stat().st_size != stored.size:
                raise
            with suppress(OSError):
                os.utime(final)  # it was asked for again: `sweep` counts from today
        sync_folder(final.parent)
        if is_new_shelf:
            sync_folder(self.folder)


def replace(path: Path, target: Path) -> None:
    """Move a file to a name, over a copy that may be there and that may not be written."""
    if os.name == "nt" and target.exists():
        target.chmod(stat.S_IWRITE | stat.S_IREAD)
    path.replace(target)


def let_go(path: Path) -> None:
    """Delete a file that may not be written, if it is there."""
    if os.name == "nt" and path.exists():
        path.chmod(stat.S_IWRITE | stat.S_IREAD)
    path.unlink(missing_ok=True)


def write_whole(file: BinaryIO, block: memoryview) -> None:
    """Write all of a block: a disk that is nearly full takes a part of it without a word."""
    while block:
        block = block[file.write(block) :]


def sync_folder(folder: Path) -> None:
    """Have a folder's list of names written to the disk, where the system can."""
    if os.name == "nt":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []


@contextmanager
def explained_writing(folder: Path) -> Iterator[None]:
    """Turn what the system says when the store cannot be written into a sentence."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL or getattr(error, "winerror", 0) == _FULL_ON_WINDOWS:
            raise DiskFull(
                f"There is no room left in {folder}. Nothing was added. Free some space and do it again."
            ) from error
        if error.errno == errno.EFBIG:
            raise DiskFull(f"The drive of {folder} takes no file that large. Add a link to it instead.") from error
        if isinstance(error, PermissionError) or error.errno == errno.EROFS:
            raise WorkspaceReadOnly(
                f"{folder} may only be read, so no file can be added. Copy the workspace to a place of your own and "
                "open it there."
            ) from error
        raise WorkspaceError(
            f"{folder} could not be written. Check that its drive is still connected, and try again."
        ) from error
