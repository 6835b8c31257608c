"""Folder: the team's shared folder on a share, in a cloud folder or on a stick, as a carrier.

A laptop writes in its own directories alone, so there is nothing to lock; modification times are never looked at; a
file gets its name when it is whole. Source: merge.md, section 7.2 and, for why, 2.2 to 2.4.
"""

import errno
import os
import re
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from readiness.sync.carrier import CarrierAway, Entry, Fetched, Parcel
from readiness.sync.layout import HELLO, KEY, README, SEGMENT, TEAM, TEAM_FILE, ending_of, found_name, placed
from readiness.sync.placing import give_name, is_held, why

_NOT_DOWNLOADED = frozenset({362, 389, 395, 404})  # Windows: the cloud file provider has not got it
_OPENING = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_BINARY", "O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY"))
_MOST = 100_000
"""Files that are looked at."""
_MOST_HELD = 3
"""Files held by other programs, after which no more are tried in this round."""
_TEAM = re.compile(r"IRT-[0-9a-f]{8}")
_OLD = 86_400
"""Seconds after which our own unfinished file is of a round that died."""
_WORDS = """This folder is how the laptops of one team share their inspection readiness.
Please do not rename, move, edit or tidy anything in it: each file is signed, and the program keeps order by itself.
Nobody can read it without the team's passphrase.
"""
_DEEPEST = 3
"""Directories below each other that are looked into."""


def team_directory(root: Path, workspace: str) -> Path:
    """Return where a team's files lie in a shared folder, which may be that very directory."""
    name = f"IRT-{workspace[:8]}"
    return root if root.name == name else root / name


class FolderCarrier:
    """One team's directory in a shared folder."""

    def __init__(
        self,
        root: Path,
        workspace: str,
        device: str,
        *,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._root, self._device = root, device
        self._top = team_directory(root, workspace)
        self._sleep = sleep
        self._leftover = re.compile(rf".+\.{device[:8]}[0-9a-f]{{8}}\.tmp")
        self._strays: dict[str, Path] = {}  # copies that a cloud program made, by the name we give them

    @property
    def key(self) -> str:
        """The folder's path."""
        return str(self._root)

    @property
    def label(self) -> str:
        """The folder's path."""
        return str(self._root)

    @property
    def is_read_only(self) -> bool:
        """Whether it is, shows when something is left there."""
        return False

    @property
    def hint(self) -> str:
        """Nothing: it is of no version."""
        return ""

    def look(self) -> Sequence[Entry]:
        """Return every file of ours, and copies of ours under other names."""
        self._check()
        found: list[Entry] = []
        self._strays.clear()
        if not self._is_begun():
            return found
        for path, size in _walk(self._top):
            name = path.relative_to(self._top).as_posix()
            known = placed(name)
            if known is None:
                ending = ending_of(name)
                if ending is None or path.parent == self._top:
                    continue
                name = found_name(name, ending)
                self._strays[name] = path
            found.append(Entry(name, size))
            if len(found) >= _MOST:
                break
        self._check()  # a share that went in the middle holds more than was seen of it
        return found

    def _is_begun(self) -> bool:
        """Return whether anybody shared here yet. A folder that cannot be listed is away, and not empty."""
        try:
            with os.scandir(self._top):
                return True
        except FileNotFoundError:
            return False
        except OSError as error:
            raise _unreachable(self._top, error) from error

    def fetch(self, entries: Iterable[Entry]) -> Iterator[Fetched]:
        """Yield files whole; a file that is gone, or that its cloud has not downloaded, says so."""
        for entry in entries:
            known = placed(entry.name)
            if known is None:
                yield Fetched(entry, b"", "it has no name that this program gives")
                continue
            path = self._strays.get(entry.name, self._top.joinpath(*entry.name.split("/")))
            try:
                content = _read(path, known.kind.largest)
            except OSError as error:
                self._check()
                yield Fetched(entry, b"", _why_not(error))
                continue
            yield Fetched(entry, content, "" if content else "it is larger than such a file can be, or empty")

    def deliver(self, parcels: Iterable[Parcel]) -> Iterator[Parcel]:
        """Write files under another name, look at them, and then give them their own. One that is held waits."""
        self._check()
        started = False
        held: list[OSError] = []
        for parcel in parcels:
            try:
                if not started:
                    self._begin()
                    started = True
                self._place(parcel)
            except OSError as error:
                if is_held(error) and len(held) < _MOST_HELD:
                    held.append(error)
                    continue
                raise _away(self._root, error) from error
            yield parcel
        if held:
            raise _away(self._root, held[0]) from held[0]

    def remove(self, names: Iterable[str]) -> None:
        """Take own segments and hellos away that a later one covers; what is not ours, or not there, is left."""
        for name in names:
            known = placed(name)
            if known is not None and known.kind in (SEGMENT, HELLO) and name.startswith(f"devices/{self._device}/"):
                try:
                    self._top.joinpath(*name.split("/")).unlink(missing_ok=True)
                except OSError:
                    continue  # the next round tries again

    def close(self) -> None:
        """Nothing is held open."""

    def _check(self) -> None:
        try:
            is_there = stat.S_ISDIR(self._root.stat().st_mode)
        except OSError as error:
            raise _unreachable(self._root, error) from error
        if not is_there:
            raise CarrierAway(f"{self._root} is no folder. Choose the team's shared folder.")
        if self._top != self._root and _TEAM.fullmatch(self._root.name):
            raise CarrierAway(f"{self._root} is the folder of another team. Choose the one that your own team shares.")

    def _begin(self) -> None:
        self._top.mkdir(exist_ok=True)
        if not (self._top / README).exists():
            self._write(self._top / README, _WORDS.encode("utf-8"))
        self._sweep()

    def _sweep(self) -> None:
        """Take our own unfinished files away that are a day old: the one use of a file's time, and only of our own."""
        own = (f"devices/{self._device}", f"relay/{self._device}", "roster", "keys", "blobs")
        for directory, depth in (*((each, 0) for each in own), ("", _DEEPEST)):
            for path, _ in _walk(self._top / directory, depth):
                if self._leftover.fullmatch(path.name):
                    with suppress(OSError):  # held or gone: the next round looks again
                        if time.time() - path.stat().st_mtime > _OLD:
                            path.unlink(missing_ok=True)

    def _place(self, parcel: Parcel) -> None:
        target = self._top.joinpath(*parcel.name.split("/"))
        if not target.parent.is_dir():
            for directory in reversed(target.relative_to(self._top).parents[:-1]):
                (self._top / directory).mkdir(exist_ok=True)  # only below: a stick that was pulled is not made again
        known = placed(parcel.name)
        if known is not None and known.kind is TEAM_FILE and target.exists():
            return  # whoever was first founded the team; later notes have names of their own
        if not (target.exists() and _same(target, parcel.content)):
            self._write(target, parcel.content)

    def _write(self, target: Path, content: bytes) -> None:
        """Write a file whole, or leave nothing of it under its name. One that was damaged in our place is replaced."""
        making = target.with_name(f"{target.name}.{self._device[:8]}{os.urandom(4).hex()}.tmp")
        try:
            _write(making, content)
            give_name(making, target, is_there=lambda: _same(target, content), sleep=self._sleep)
        finally:
            with suppress(OSError):  # `_sweep` takes it away later
                making.unlink(missing_ok=True)


def _walk(top: Path, depth: int = 0) -> Iterator[tuple[Path, int]]:
    """Yield the files below a directory with their sizes; links and devices are not followed, and nothing is opened."""
    try:
        with os.scandir(top) as found:
            entries = sorted(found, key=lambda each: each.name)
    except OSError:
        return  # gone meanwhile, or not to be read: the next round looks again
    for each in entries:
        try:
            if each.is_dir(follow_symlinks=False):
                if depth < _DEEPEST:
                    yield from _walk(Path(each.path), depth + 1)
            elif each.is_file(follow_symlinks=False):
                yield Path(each.path), each.stat(follow_symlinks=False).st_size
        except OSError:
            continue


def _read(path: Path, largest: int) -> bytes:
    """Return a file whole; b"" where it is larger than it can be, or no file: a pipe or a device is never opened."""
    if not stat.S_ISREG(path.lstat().st_mode):
        return b""
    with open(os.open(path, _OPENING), "rb") as file:  # noqa: PTH123 - of a descriptor
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            return b""
        content = file.read(largest + 1)
    return content if len(content) <= largest else b""


def _write(making: Path, content: bytes) -> None:
    with making.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if not _same(making, content):
        raise OSError(0, "what was written is not what can be read")


def _same(path: Path, content: bytes) -> bool:
    try:
        return sha256(_read(path, len(content))).digest() == sha256(content).digest()
    except OSError:
        return False


def _why_not(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "it was taken away meanwhile"
    if getattr(error, "winerror", None) in _NOT_DOWNLOADED or error.errno == errno.EINVAL:
        return "OneDrive has not downloaded it yet"
    return f"it cannot be read now ({why(error)})"


def _unreachable(folder: Path, error: OSError) -> CarrierAway:
    return CarrierAway(
        f"{folder} cannot be reached now ({why(error)}). It is tried again; connect the drive or the network when you "
        "can."
    )


def _away(root: Path, error: OSError) -> CarrierAway:
    return CarrierAway(
        f"Not everything can be written in {root} ({why(error)}). What is missing there goes in the next round; look "
        "whether the folder is full, may only be read, or is held by another program."
    )


def teams_in(root: Path) -> list[tuple[Path, bytes]]:
    """Return the teams that share in a folder, or whose directory it is: where, and the note they began with."""
    directories = [root] if root.name.startswith("IRT-") else []
    try:
        directories += [each for each in sorted(root.iterdir()) if each.name.startswith("IRT-") and each.is_dir()]
    except OSError:
        return []
    found = []
    for each in directories:
        try:
            content = _read(each / TEAM, TEAM_FILE.largest)
        except OSError:
            continue
        if content:
            found.append((each, content))
    return found


def team_notes_in(root: Path) -> list[bytes]:
    """Return every note of the teams that share in a folder."""
    found = []
    for directory, first in teams_in(root):
        found.append(first)
        for path, _ in _walk(directory / "keys"):
            if ending_of(path.name) is not KEY:
                continue
            try:
                content = _read(path, TEAM_FILE.largest)
            except OSError:
                continue
            if content:
                found.append(content)
    return found
