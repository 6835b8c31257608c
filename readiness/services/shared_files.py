"""Shared files: evidence copies that travel with the rounds, where somebody asked for it, and in bundles.

A copy lies in every place under a name that tells nobody what it is, locked always to the same bytes, so that two
laptops may hand the same one on. What arrives is kept only when it is, byte for byte, what the record names. Nothing
ever waits for a copy. Source: merge.md, section 9.2.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from readiness.domain.changes import decode
from readiness.domain.vocabulary import Trust, Verdict
from readiness.services.sweeping import copies_named
from readiness.services.team import Team
from readiness.storage.exchange import note_seen, set_note
from readiness.storage.files import FileStore, is_hash
from readiness.storage.tables import Attachment, change, device
from readiness.storage.travelling import keep_lacking
from readiness.storage.workspace import Workspace, driver_cursor, note
from readiness.sync.carrier import Carrier, Entry, Fetched, Parcel
from readiness.sync.keys import Locked, TeamKey
from readiness.sync.layout import blob_name

LARGEST = 25 * 1024 * 1024
"""Bytes of a copy that travels; larger ones stay where they are."""
WANTED, WAITING = "wanted", "waiting"
"""A place has it and it has not come whole yet; or no place has it."""
_NOTE = "files_travel"


def do_files_travel(cursor: Any) -> bool:
    """Whether rounds of this laptop hand evidence copies on and take them in; they do not until somebody asks."""
    return note(cursor, _NOTE) == "1"


def set_files_travel(workspace: Workspace, on: bool) -> None:
    """Say whether evidence copies travel with the rounds of this laptop."""
    workspace.maintain(lambda connection: set_note(driver_cursor(connection), _NOTE, "1" if on else "0"))


class Files:
    """The part of a round that is about evidence copies."""

    def __init__(self, workspace: Workspace, team: Team, at: str) -> None:
        self._workspace, self._team, self._at = workspace, team, at
        self._store = FileStore(workspace.folder)
        self._there: set[str] = set()  # hashes that some place has, and which have not come whole
        self._newest_first = sorted(team.keys.values(), key=lambda key: -key.id)
        self.taken: set[str] = set()
        self.sent = 0

    def take(self, carrier: Carrier, there: Sequence[Entry]) -> Iterator[str]:
        """Fetch what the record names, this laptop lacks and a place has; yields after each copy."""
        entries: dict[str, list[Entry]] = {}
        for each in there:
            entries.setdefault(each.name, []).append(each)
        wanted = sorted(_named(self._workspace) - self._store.hashes())
        found = [(hash_, key, name) for hash_ in wanted for key, name in self._names(hash_) if name in entries]
        done: set[str] = set()
        for number, (hash_, key, name) in enumerate(found, start=1):
            if hash_ in done:
                continue
            refused = [self._kept(each, hash_, key) for each in carrier.fetch(entries[name])]
            if None in refused:
                done.add(hash_)
                self.taken.add(hash_)
            for entry, why in zip(entries[name], refused, strict=True):
                if hash_ not in done and why is not None:
                    self._note(carrier, entry, why)
            yield f"Fetching evidence files, {number} of {len(found)}"
        self._there |= {hash_ for hash_, _, _ in found} - done

    def leave(self, carrier: Carrier, there: Sequence[Entry]) -> Iterator[str]:
        """Hand on what the record names, this laptop has and a place lacks; yields after each copy."""
        names = {each.name for each in there}
        mine = sorted(_named(self._workspace) & self._store.hashes())
        lacking = [each for each in mine if not any(name in names for _, name in self._names(each))]
        for number, hash_ in enumerate(lacking, start=1):
            parcel = _parcel(self._store, self._team.newest, hash_)
            if parcel is not None:
                self.sent += len(list(carrier.deliver([parcel])))
            yield f"Handing over evidence files, {number} of {len(lacking)}"

    def finish(self) -> frozenset[str]:
        """Keep what is lacking now; return the ids of the attachments whose copies came."""
        sizes = self._workspace.read(_attached_elsewhere)
        held = self._store.hashes()
        lines = [
            (self._team.newest.name_of(bytes.fromhex(each)), each, size, WANTED if each in self._there else WAITING)
            for each, size in sorted(sizes.items())
            if each not in held
        ]
        self._workspace.maintain(lambda connection: keep_lacking(driver_cursor(connection), lines))
        return self._workspace.read(_attachments_of, self.taken) if self.taken else frozenset()

    def _names(self, hash_: str) -> Iterator[tuple[TeamKey, str]]:
        """Yield the names that a copy may lie under: whoever has an older key wrote it with that."""
        content = bytes.fromhex(hash_)
        for key in self._newest_first:
            yield key, blob_name(key.name_of(content))

    def _kept(self, fetched: Fetched, hash_: str, key: TeamKey) -> Verdict | None:
        """Store a copy that is what the record names; return why not where it is not."""
        if fetched.trouble:
            return Verdict.PARTIAL
        try:
            content = key.unlock(fetched.content)
        except Locked:
            return Verdict.DAMAGED
        if sha256(content).hexdigest() != hash_:
            return Verdict.DAMAGED
        self._store.keep(content)
        return None

    def _note(self, carrier: Carrier, entry: Entry, refused: Verdict) -> None:
        def job(connection: Connection) -> None:
            note_seen(driver_cursor(connection), carrier.key, entry.name, entry.size, refused.value, self._at)

        self._workspace.maintain(job)


def file_parcels(workspace: Workspace, team: Team) -> Iterator[Parcel]:
    """Yield every evidence copy that the record names, this laptop has and that may travel, one at a time."""
    store = FileStore(workspace.folder)
    for hash_ in sorted(_named(workspace) & store.hashes()):
        parcel = _parcel(store, team.newest, hash_)
        if parcel is not None:
            yield parcel


def _parcel(store: FileStore, key: TeamKey, hash_: str) -> Parcel | None:
    """Return a copy as it travels; None: it is too large, cannot be read, or was altered, which the checks say."""
    try:
        path = store.path_of(hash_)
        if path.stat().st_size > LARGEST:
            return None
        content = path.read_bytes()
    except OSError:
        return None
    if sha256(content).hexdigest() != hash_:
        return None
    name = key.name_of(bytes.fromhex(hash_))
    return Parcel(blob_name(name), key.lock_file(name, content))


def _named(workspace: Workspace) -> set[str]:
    return {each for each in workspace.read(copies_named)[0] if is_hash(each)}


def _attachments_of(session: Session, hashes: AbstractSet[str]) -> frozenset[str]:
    query = select(Attachment.id, Attachment.sha256).where(Attachment.deleted.is_(False))
    return frozenset(id_ for id_, hash_ in session.execute(query) if hash_ in hashes)


def _attached_elsewhere(session: Session) -> dict[str, int]:
    """Return the copies that the record names and that no step of this laptop ever named: hash -> bytes."""
    written = (
        select(change.c.new, device.c.trust)
        .join(device, device.c.n == change.c.n)
        .where(change.c.eid.in_(select(Attachment.id)), change.c.field == "sha256")
    )
    own = {Trust.SELF.value, Trust.FORMER.value}
    ours = {decode(new) for new, trust in session.execute(written) if trust in own}
    query = select(Attachment.sha256, Attachment.size).where(Attachment.deleted.is_(False))
    return {hash_: size for hash_, size in session.execute(query) if is_hash(hash_) and hash_ not in ours}
