"""Sweeping, as people ask for it: which evidence copies the record names, and since when it names others no more."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import accumulate

from sqlalchemy import select
from sqlalchemy.orm import Session

from readiness.domain.changes import decode
from readiness.storage.files import FileStore
from readiness.storage.sweeping import Swept, sweep
from readiness.storage.tables import Attachment, change, device, head, step
from readiness.storage.workspace import Workspace


def sweep_files(workspace: Workspace, now: datetime) -> Swept:
    """Delete the workspace's copies that no revision has named for 30 days, and what copying left behind."""
    named, unnamed_since = workspace.read(copies_named)
    return sweep(FileStore(workspace.folder), named, unnamed_since, now)


def copies_named(session: Session) -> tuple[set[str], dict[str, datetime]]:
    """Return the hashes that attachments name, and when the record last spoke of those that none names any more.

    Every value of a field in conflict counts as named: somebody may yet choose it.
    """
    live = select(Attachment.id).where(Attachment.deleted.is_(False))
    shown = select(change.c.new).join(head, head.c.k == change.c.k)
    shown = shown.where(head.c.field == "sha256", head.c.eid.in_(live), change.c.etype == "attachment")
    named = {str(value) for value in map(decode, session.scalars(shown)) if value}
    moves = (
        select(change.c.eid, change.c.field, change.c.new, change.c.stamp, step.c.k)
        .join(step, step.c.id == change.c.step)
        .where(change.c.etype == "attachment", change.c.field.in_(("sha256", "deleted")))
    )
    places, times = _own_times(session)
    hashes: dict[str, set[str]] = {}
    last: dict[str, datetime] = {}
    for eid, field, new, stamp, k in session.execute(moves):
        if field == "sha256" and decode(new):
            hashes.setdefault(eid, set()).add(str(decode(new)))
        known = max(_moment(stamp), times[bisect_right(places, k)])
        last[eid] = max(last.get(eid, known), known)
    since: dict[str, datetime] = {}
    for eid, found in hashes.items():
        for hash_ in found - named:
            since[hash_] = max(since.get(hash_, last[eid]), last[eid])
    return named, since


def _own_times(session: Session) -> tuple[Sequence[int], Sequence[datetime]]:
    """Return the places of this laptop's steps, and the latest time known by then, one more than places.

    What another laptop did long ago by its own clock may have arrived here today: it counts from what this laptop
    itself had done by then.
    """
    query = select(step.c.k, step.c.at).join(device, device.c.n == step.c.n).where(device.c.trust == "self")
    found = session.execute(query.order_by(step.c.k)).all()
    times = accumulate((datetime.fromisoformat(at) for _, at in found), max, initial=_moment(0))
    return [k for k, _ in found], list(times)


def _moment(stamp: int) -> datetime:
    return datetime.fromtimestamp((stamp >> 16) / 1000, UTC)
