"""Taking: what somebody dropped, pasted or chose becomes drafts of attachments, whose copies the store has taken.

Each that cannot be taken is told in one sentence; the others still are. Nothing is recorded here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from readiness.domain.describing import checked_attachment
from readiness.domain.errors import BadValue, FileRefused
from readiness.domain.evidence import AttachmentDraft
from readiness.storage.files import FileStore, Stored, never

Told = Callable[[str, int, int], None]
"""A name, bytes done and bytes in all of what is copied."""


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file somewhere, to be copied."""

    path: Path


@dataclass(frozen=True, slots=True)
class GivenPicture:
    """A picture that never was a file."""

    name: str  # "Pasted picture 13 Sep 2021.png"
    content: bytes


@dataclass(frozen=True, slots=True)
class GivenAddress:
    """A link."""

    url: str


Given = GivenFile | GivenPicture | GivenAddress


@dataclass(frozen=True, slots=True)
class Taken:
    """One thing that was taken."""

    attachment: AttachmentDraft
    modified: date | None = None  # the day on which the file was last written, on this laptop's calendar


@dataclass(frozen=True, slots=True)
class Taking:
    """What came of it."""

    taken: tuple[Taken, ...]
    refused: tuple[str, ...] = ()  # a sentence each


def nobody(_name: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def take_given(
    store: FileStore, given: Sequence[Given], told: Told = nobody, cancelled: Callable[[], bool] = never
) -> Taking:
    """Copy into the store what was given.

    Args:
        store: Where.
        given: Files, pictures and links, in their order.
        told: Told after each block which file is copied, and how many bytes of how many in all.
        cancelled: Asked before each block whether to stop.

    Raises:
        Cancelled: `cancelled` said so; copies taken before are left to the sweep, for nothing names them.
        DiskFull, WorkspaceReadOnly, WorkspaceError: the store cannot be written.
    """
    sizes = [_size(each) for each in given]
    taken: list[Taken] = []
    refused: list[str] = []
    done = 0
    for each, size in zip(given, sizes, strict=True):
        name = _name(each)
        told(name, done, sum(sizes))

        def progress(copied: int, name: str = name, before: int = done) -> None:
            told(name, before + copied, sum(sizes))

        try:
            taken.append(_take(store, each, progress, cancelled))
        except (FileRefused, BadValue) as error:
            refused.append(str(error))
        done += size
    return Taking(tuple(taken), tuple(refused))


def _take(store: FileStore, given: Given, progress: Callable[[int], None], cancelled: Callable[[], bool]) -> Taken:
    if isinstance(given, GivenAddress):
        return Taken(checked_attachment(AttachmentDraft("", url=given.url)))
    if isinstance(given, GivenPicture):
        return Taken(_draft(given.name, store.keep(given.content)))
    stored = store.take(given.path, progress, cancelled)
    return Taken(_draft(given.path.name, stored), _modified(given.path))


def _draft(name: str, stored: Stored) -> AttachmentDraft:
    return checked_attachment(AttachmentDraft(name, stored.sha256, stored.size))


def _name(given: Given) -> str:
    if isinstance(given, GivenFile):
        return given.path.name
    return given.name if isinstance(given, GivenPicture) else given.url


def _size(given: Given) -> int:
    if isinstance(given, GivenPicture):
        return len(given.content)
    try:
        return given.path.stat().st_size if isinstance(given, GivenFile) else 0
    except (OSError, ValueError):  # taking it will say so in words
        return 0


def _modified(path: Path) -> date | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime).astimezone().date()
    except (OSError, ValueError, OverflowError):
        return None
