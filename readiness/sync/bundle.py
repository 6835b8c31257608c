"""Bundle: one file for a stick or an e-mail, a zip with the layout of a shared folder. Nothing is unpacked to the disk.

Source: merge.md, section 7.4.
"""

import os
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from readiness.domain.errors import ReadinessError
from readiness.sync.carrier import Entry, Fetched, Parcel
from readiness.sync.layout import placed

ENDING = ".irtbundle"
_MOST_MEMBERS = 50_000
_LARGEST = 4_000_000_000
"""Bytes of a bundle: what a memory stick (FAT32) still holds."""


class BundleRefused(ReadinessError):
    """A file that is no bundle, or a bundle that cannot be written."""


def write_bundle(path: Path, parcels: Iterable[Parcel], *, replace: bool = False) -> None:
    """Write a bundle whole, or leave nothing of it.

    Args:
        path: The file.
        parcels: What is in it.
        replace: Overwrite a file that is there.

    Raises BundleRefused when it cannot be written, or is there already.
    """
    if path.exists() and not replace:
        raise BundleRefused(f"{path} is there already. Choose another name, or remove it first.")
    making = path.with_name(f"{path.name}.{os.urandom(4).hex()}.tmp")
    try:
        try:
            with making.open("xb") as file:
                with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as made:
                    for each in parcels:
                        made.writestr(zipfile.ZipInfo(each.name), each.content)
                file.flush()
                os.fsync(file.fileno())
            with zipfile.ZipFile(making) as written:
                faulty = written.testzip()
            if faulty is not None:
                raise OSError(0, "what was written is not what can be read")
            os.replace(making, path)  # noqa: PTH105 - as in folder.py
        finally:
            making.unlink(missing_ok=True)
    except (OSError, zipfile.BadZipFile) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise BundleRefused(
            f"{path} cannot be written ({why}). Look whether the stick is full or was taken out, and try again."
        ) from error


class BundleReader:
    """A bundle as a carrier from which files are fetched."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            if not path.is_file():
                raise BundleRefused(f"There is no file {path}. Choose the bundle that a colleague handed you.")
            self._zip = zipfile.ZipFile(path)
        except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise _no_bundle(path) from error
        try:
            self._members = self._checked()
        except BaseException:
            self._zip.close()
            raise

    def _checked(self) -> dict[str, zipfile.ZipInfo]:
        """Return the members that are ours, by name. Members of other names are nobody's business here."""
        members = self._zip.infolist()
        if len(members) > _MOST_MEMBERS or sum(each.file_size for each in members) > _LARGEST:
            raise BundleRefused(f"{self._path.name} holds more than a bundle can, and was left alone. Ask for another.")
        found: dict[str, zipfile.ZipInfo] = {}
        for each in members:
            known = placed(each.filename)
            if known is None:
                continue
            if each.filename in found:
                raise BundleRefused(f"{self._path.name} holds a file twice, and was left alone. Ask for another.")
            if (
                each.compress_type == zipfile.ZIP_STORED
                and each.file_size <= known.kind.largest
                and not each.flag_bits & 1
            ):
                found[each.filename] = each
        if not found:
            raise _no_bundle(self._path)
        return found

    @property
    def key(self) -> str:
        """The file's name: it may be read from another place the next time."""
        return f"bundle:{self._path.name}"

    @property
    def label(self) -> str:
        """The file's name."""
        return self._path.name

    @property
    def is_read_only(self) -> bool:
        """A bundle is handed over as it is."""
        return True

    def look(self) -> Sequence[Entry]:
        """Return the files in the bundle."""
        return [Entry(name, member.file_size) for name, member in self._members.items()]

    def fetch(self, entries: Iterable[Entry]) -> Iterator[Fetched]:
        """Yield files whole; one whose checksum does not fit says so."""
        for entry in entries:
            member = self._members.get(entry.name)
            if member is None:
                continue
            try:
                content = self._zip.read(member)
            except (OSError, zipfile.BadZipFile, EOFError, ValueError, NotImplementedError):
                yield Fetched(entry, b"", "it is damaged in the bundle")
                continue
            yield Fetched(entry, content)

    def deliver(self, parcels: Iterable[Parcel]) -> Iterator[Parcel]:
        """Leave nothing: a bundle is written once, by `write_bundle`."""
        del parcels
        yield from ()

    def remove(self, names: Iterable[str]) -> None:
        """Nothing is ever taken away here."""

    def close(self) -> None:
        """Close the file."""
        self._zip.close()


def _no_bundle(path: Path) -> BundleRefused:
    return BundleRefused(
        f"{path.name} is no bundle of this program, or not all of it arrived. Ask for it to be sent again."
    )
