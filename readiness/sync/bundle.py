"""Bundle: one file for a stick or an e-mail, a zip with the layout of a shared folder. Nothing is unpacked to the disk.

Source: merge.md, section 7.4.
"""

import os
import struct
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from io import BufferedReader, FileIO
from pathlib import Path

from readiness.domain.errors import ReadinessError
from readiness.sync.carrier import CarrierAway, Entry, Fetched, Parcel
from readiness.sync.layout import placed
from readiness.sync.placing import give_name, why

ENDING = ".irtbundle"
_MOST_MEMBERS = 50_000
_AT_ONCE = 8_000_000
"""Bytes that are read in one go: the names of so many members, or a part of one."""
_BROKEN = (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, RuntimeError, OverflowError, struct.error)
"""What comes of a zip that is not as it should be."""
_ENCRYPTED = 1


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
            give_name(making, path)
        finally:
            with suppress(OSError):
                making.unlink(missing_ok=True)
    except (OSError, zipfile.BadZipFile) as error:
        reason = why(error) if isinstance(error, OSError) else str(error)
        raise BundleRefused(
            f"{path} cannot be written ({reason}). Look whether the stick is full or was taken out, and try again."
        ) from error


class _Bounded(BufferedReader):
    """A file of which nothing is read in one go that would fill the memory."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > _AT_ONCE:
            raise zipfile.BadZipFile("more than a bundle can hold")
        return super().read(size)


class BundleReader:
    """A bundle as a carrier from which files are fetched."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            if not path.is_file():
                raise BundleRefused(f"There is no file {path}. Choose the bundle that a colleague handed you.")
            self._file = _Bounded(FileIO(path))
        except OSError as error:
            raise self._away(error) from error
        try:
            self._zip = zipfile.ZipFile(self._file)
            self._members = self._checked()
        except OSError as error:
            self._file.close()
            raise self._away(error) from error
        except _BROKEN as error:
            self._file.close()
            raise _no_bundle(path) from error
        except BaseException:
            self._file.close()
            raise

    def _checked(self) -> dict[str, zipfile.ZipInfo]:
        """Return the members that are ours, by name. Members of other names are nobody's business here."""
        members = self._zip.infolist()
        room = self._path.stat().st_size  # nothing is packed, so that what they come to lies in the file
        if len(members) > _MOST_MEMBERS or sum(each.compress_size for each in members) > room:
            raise BundleRefused(f"{self._path.name} holds more than a bundle can, and was left alone. Ask for another.")
        found: dict[str, zipfile.ZipInfo] = {}
        for each in members:
            if placed(each.filename) is None:
                continue
            if each.filename in found:
                raise BundleRefused(f"{self._path.name} holds a file twice, and was left alone. Ask for another.")
            found[each.filename] = each
        if not found:
            raise _no_bundle(self._path)
        troubles = [_trouble(each) for each in found.values()]
        if all(troubles):
            raise BundleRefused(f"Of {self._path.name} nothing can be read: {troubles[0]}. Ask for it as it was made.")
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

    @property
    def hint(self) -> str:
        """Nothing: it is of no version."""
        return ""

    def look(self) -> Sequence[Entry]:
        """Return the files in the bundle."""
        return [Entry(name, member.file_size) for name, member in self._members.items()]

    def fetch(self, entries: Iterable[Entry]) -> Iterator[Fetched]:
        """Yield files whole; one that is packed, locked or damaged, as no program of ours leaves one, says so."""
        for entry in entries:
            member = self._members.get(entry.name)
            trouble = "it is not in the bundle" if member is None else _trouble(member)
            content = b""
            if member is not None and not trouble:
                try:
                    content = self._read(member)
                except _BROKEN:
                    trouble = "it is damaged in the bundle"
                except OSError as error:
                    raise self._away(error) from error
            yield Fetched(entry, content, trouble)

    def _read(self, member: zipfile.ZipInfo) -> bytes:
        with self._zip.open(member) as file:
            return b"".join(iter(lambda: file.read(_AT_ONCE // 4), b""))

    def _away(self, error: OSError) -> CarrierAway:
        return CarrierAway(
            f"{self._path.name} cannot be read to its end ({why(error)}). Look whether the stick was taken out, and "
            "try again."
        )

    def deliver(self, parcels: Iterable[Parcel]) -> Iterator[Parcel]:
        """Leave nothing: a bundle is written once, by `write_bundle`."""
        del parcels
        yield from ()

    def remove(self, names: Iterable[str]) -> None:
        """Nothing is ever taken away here."""

    def close(self) -> None:
        """Close the file."""
        self._zip.close()
        self._file.close()


def _trouble(member: zipfile.ZipInfo) -> str:
    """Return why a member is not read; "": it can be."""
    known = placed(member.filename)
    if known is None or not 0 < member.file_size <= known.kind.largest:
        return "it is larger than such a file can be, or empty"
    if member.header_offset < 0:
        return "it is damaged in the bundle"
    if member.compress_type != zipfile.ZIP_STORED or member.compress_size != member.file_size:
        return "it is packed, which this program does not do"
    if member.flag_bits & _ENCRYPTED:
        return "it is locked with a password, which this program does not do"
    return ""


def _no_bundle(path: Path) -> BundleRefused:
    return BundleRefused(
        f"{path.name} is no bundle of this program, or not all of it arrived. Ask for it to be sent again."
    )
