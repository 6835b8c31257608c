"""Pack making: a planned pack is written block by block, read back, and only then put in its place.

Every file is hashed while it is written, and once more while it is read back, so memory stays flat whatever the size.
A stored file that is missing is named before anything is written. One that holds something else than was attached
shows while it is read: reading all of it beforehand would take as long as the pack itself. Nothing is then kept either.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO

from readiness import VERSION
from readiness.domain.errors import Cancelled, PackError, PackFaulty
from readiness.domain.file_names import units
from readiness.domain.manifest import Making, Sealed, manifest_text
from readiness.domain.packing import INDEX_PAGE, INDEX_SHEET, MANIFEST, OWN_FILES, PackFile, PackPlan
from readiness.services.pack_page import made_words, opening, page_of
from readiness.services.pack_targets import Draft, check_target, drafted
from readiness.storage.files import FileStore

BLOCK = 1 << 20
WRITING, READING = "Writing", "Reading back"
Told = Callable[[str, int, int], None]
"""What is being done, bytes done and bytes in all."""


@dataclass(frozen=True, slots=True)
class PackReport:
    """A pack that was made, read back and put in its place."""

    path: Path
    plan: PackPlan
    making: Making
    files: int
    size: int  # bytes of the evidence
    manifest: str  # as it went out


@dataclass
class _Course:
    """Counts bytes, tells them, and asks whether to go on."""

    told: Told | None
    cancelled: Callable[[], bool] | None
    total: int
    words: str = WRITING
    done: int = 0

    def __call__(self, count: int) -> None:
        self.done += count
        if self.told is not None:
            self.told(self.words, min(self.done, self.total), self.total)
        if self.cancelled is not None and self.cancelled():
            raise Cancelled("The pack was cancelled. Nothing of it was kept.")


def write_pack(
    plan: PackPlan,
    store: FileStore,
    target: Path,
    by: str,
    at: datetime,
    *,
    as_folder: bool = False,
    told: Told | None = None,
    cancelled: Callable[[], bool] | None = None,
    verify: bool = True,
) -> PackReport:
    """Make a pack.

    Args:
        plan: What goes.
        store: Where the copies lie.
        target: A zip file, replaced when it exists; or a folder that is new or empty.
        by: Who makes it.
        at: Now.
        as_folder: Whether it is to be a folder.
        told: Told after each block what is being done, bytes done and bytes in all.
        cancelled: Asked after each block whether to stop.
        verify: Whether to read it back; left out only where speed is measured.

    Raises:
        PackFaulty: Stored files are missing or altered; all of them are named.
        PackError: It could not be written, or was not as planned when read back.
        Cancelled: `cancelled` said so.
        In every case the target is as it was, and nothing else is left.
    """
    sizes = _sizes(plan, store)
    total = sum(sizes.values())
    check_target(target, total, max((file.path for file in plan.files), key=units, default=""), as_folder=as_folder)
    making = Making(by, at, VERSION)
    course = _Course(told, cancelled, total * (1 + verify))
    course(0)
    with drafted(target, at, as_folder=as_folder) as draft:
        written = _Writing(draft, store, course)
        for number, file in enumerate(plan.files):
            written.evidence(file, sizes[file.sha256], plan.files[number + 1 :])
        manifest = _write_own(plan, making, written)
        draft.finish()
        if verify:
            course.words = READING
            _read_back(draft, plan, written.sealed, course)
        course(0)
    return PackReport(target, plan, making, len(plan.files), total, manifest)


def _sizes(plan: PackPlan, store: FileStore) -> dict[str, int]:
    """Return how large each stored file is now. Raises PackFaulty for those that cannot go."""
    sizes: dict[str, int] = {}
    missing, altered = [], []
    for file in plan.files:
        try:
            sizes[file.sha256] = store.path_of(file.sha256).stat().st_size if store.holds(file.sha256) else -1
        except OSError:
            sizes[file.sha256] = -1
        if sizes[file.sha256] < 0:
            missing.append(_named(file))
        elif sizes[file.sha256] != file.size and not store.verify(file.sha256):
            altered.append(_named(file))
    if missing or altered:
        raise PackFaulty(missing, altered)
    return sizes


def _named(file: PackFile) -> tuple[str, str]:
    return file.sha256, file.name


class _Unreadable(Exception):
    """A stored file could not be read to its end."""


@dataclass
class _Writing:
    """Writes files into a draft and keeps what each was."""

    draft: Draft
    store: FileStore
    course: _Course
    sealed: dict[str, Sealed] = field(default_factory=dict)  # by path

    def evidence(self, file: PackFile, size: int, rest: Iterable[PackFile]) -> None:
        """Copy a stored file. Raises PackFaulty, with those of the rest that are at fault too, when it is altered."""
        try:
            found = self._copied(file, size)
        except _Unreadable:
            raise self._faulty([_named(file)], [], rest) from None
        if found != file.sha256:
            raise self._faulty([], [_named(file)], rest)

    def _copied(self, file: PackFile, size: int) -> str:
        digest, count, buffer = hashlib.sha256(), 0, memoryview(bytearray(BLOCK))
        try:
            source = self.store.path_of(file.sha256).open("rb", buffering=0)
        except OSError as error:
            raise _Unreadable from error
        with source, self.draft.writing(file.path, size) as out:
            while got := _read(source, buffer):
                digest.update(buffer[:got])
                out.write(buffer[:got])
                count += got
                self.course(got)
        self.sealed[file.path] = Sealed(file.path, count, digest.hexdigest())
        return digest.hexdigest()

    def _faulty(
        self, missing: list[tuple[str, str]], altered: list[tuple[str, str]], rest: Iterable[PackFile]
    ) -> PackFaulty:
        self.course.words = READING
        for file in rest:
            if not self.store.holds(file.sha256):
                missing.append(_named(file))
            elif not self.store.verify(file.sha256):
                altered.append(_named(file))
            self.course(file.size)
        return PackFaulty(missing, altered)

    def own(self, path: str, content: bytes) -> Sealed:
        """Write one of the pack's own files."""
        with self.draft.writing(path, len(content)) as out:
            out.write(content)
        self.sealed[path] = Sealed(path, len(content), hashlib.sha256(content).hexdigest())
        return self.sealed[path]


def _read(source: IO[bytes], buffer: memoryview) -> int:
    try:
        return source.readinto(buffer)  # type: ignore[attr-defined,no-any-return]
    except OSError as error:
        raise _Unreadable from error


def _write_own(plan: PackPlan, making: Making, written: _Writing) -> str:
    """Write both indexes and the manifest, which names them; return the manifest."""
    from readiness.excel.pack_index import IndexHead, index_bytes

    head = IndexHead(plan.title, opening(plan), made_words(plan, making), making.by, making.at)
    own = (
        written.own(INDEX_PAGE, page_of(plan, making).encode("utf-8")),
        written.own(INDEX_SHEET, index_bytes(plan, head)),
    )
    by_hash = {sealed.sha256: sealed for path, sealed in written.sealed.items() if path not in OWN_FILES}
    manifest = manifest_text(plan, making, by_hash, own)
    written.own(MANIFEST, manifest.encode("utf-8"))
    return manifest


def _read_back(draft: Draft, plan: PackPlan, sealed: dict[str, Sealed], course: _Course) -> None:
    """Hold what stands in the pack against what was written. Raises PackError at the first difference."""
    from readiness.excel.verify_pack import check_index

    members = draft.members()
    if {path: each.size for path, each in sealed.items()} != members:
        raise _different("its list of files")
    buffer = memoryview(bytearray(BLOCK))
    for path, each in sealed.items():
        digest = hashlib.sha256()
        with draft.reading(path) as file:
            while got := file.readinto(buffer):  # type: ignore[attr-defined]
                digest.update(buffer[:got])
                course(got if path not in OWN_FILES else 0)
        if digest.hexdigest() != each.sha256:
            raise _different(f"“{path}”")
    with draft.reading(INDEX_SHEET) as file:
        check_index(file.read(), plan, frozenset(members))


def _different(what: str) -> PackError:
    return PackError(
        f"The pack was not kept, because {what} did not read back as it was written. Make it again, on another drive "
        "if this comes back."
    )
