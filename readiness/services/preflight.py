"""Pre-flight: gathers the facts from the workspace, its copies, the drive and the clock; judged in the domain.

Nothing is written, and no link is followed: even to look whether a server's file is there would tell that server.
"""

import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from readiness import VERSION
from readiness.domain.errors import Cancelled, WorkspaceError
from readiness.domain.outside import path_in
from readiness.domain.preflight import EditionFact, LinkFact, PreflightFacts
from readiness.domain.views import FrameworkDraft
from readiness.frameworks.shipped import in_force, shipped_frameworks
from readiness.services.dossiers import read_evidence
from readiness.services.schemes import framework_of, own_frameworks
from readiness.services.upkeep import find_faults
from readiness.storage.files import FileStore
from readiness.storage.places import BACKUPS
from readiness.storage.tables import Inspection, change, step

_STAMP = re.compile(r"(\d{8}-\d{6})-")
Told = Callable[[str, int, int], None]
"""What is being done, how much of it is done, and of how much."""


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """What the workspace's file tells, read at one go."""

    copies: dict[str, tuple[str, int]]  # name and size by hash
    copied_links: int
    links: tuple[LinkFact, ...]
    faults: tuple[str, ...]
    unknown_changes: int
    inspections: int
    editions: tuple[EditionFact, ...]
    times: tuple[tuple[datetime, str], ...]  # when steps were done and by whom, latest first


def read_record_facts(session: Session, day: date) -> RecordFacts:
    """Return what the workspace's file tells."""
    copies: dict[str, tuple[str, int]] = {}
    links: list[LinkFact] = []
    copied = 0
    for row in read_evidence(session):
        for revision in row.revisions:
            for each in revision.attachments:
                if each.is_stored:
                    copies.setdefault(each.sha256, (each.name or row.title, each.size))
                    copied += bool(each.url)
        links += [
            LinkFact(each.id, each.name or row.title, each.url, path_in(each.url))
            for each in (row.latest.attachments if row.latest else ())
            if each.url and not each.is_stored
        ]
    inspections = session.scalars(select(Inspection).where(Inspection.deleted.is_(False))).all()
    return RecordFacts(
        copies=copies,
        copied_links=copied,
        links=tuple(links),
        faults=tuple(fault.text for fault in find_faults(session)),
        unknown_changes=session.scalar(select(func.count()).where(change.c.status == "unknown")) or 0,
        inspections=len(inspections),
        editions=tuple(_newer_editions(session, inspections, day)),
        times=_times(session),
    )


def _times(session: Session) -> tuple[tuple[datetime, str], ...]:
    found = session.execute(select(step.c.at, step.c.actor).order_by(step.c.at.desc()))
    return tuple((datetime.fromisoformat(at).astimezone(UTC), actor) for at, actor in found)


def _newer_editions(session: Session, inspections: Iterable[Inspection], day: date) -> Iterable[EditionFact]:
    known = (*shipped_frameworks(), *own_frameworks(session))
    newest = {draft.family: draft for draft in in_force(known, day) if draft.family}
    for row in inspections:
        followed = framework_of(session, row.id)
        newer = newest.get(followed.family) if followed is not None and followed.family else None
        if newer is not None and followed is not None and not row.pinned and _since(newer) > _since(followed):
            yield EditionFact(row.short_title, followed.edition, newer.title, newer.edition)


def _since(draft: FrameworkDraft) -> date:
    return draft.since or date.min


def gather(
    record: RecordFacts,
    folder: Path,
    now: datetime,
    told: Told | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> PreflightFacts:
    """Return all facts: those of the record, and what lies in the workspace's folder.

    Args:
        record: What `read_record_facts` found.
        folder: The workspace's.
        now: As this laptop's clock has it, with its zone.
        told: Told after each file how many bytes are read, and of how many.
        cancelled: Asked now and then whether to stop.

    Raises:
        Cancelled: `cancelled` said so.
    """
    missing, altered, size = _looked_through(record, FileStore(folder), told, cancelled)
    backup = newest_backup(folder)
    newest, newest_by = record.times[0] if record.times else (None, "")
    return PreflightFacts(
        clock=now,
        version=VERSION,
        files=len(record.copies),
        size=size,
        missing=missing,
        altered=altered,
        copied_links=record.copied_links,
        links=record.links,
        free=_free(folder),
        faults=record.faults,
        unknown_changes=record.unknown_changes,
        inspections=record.inspections,
        editions=record.editions,
        backup=backup.astimezone(now.tzinfo) if backup else None,
        newest=newest.astimezone(now.tzinfo) if newest else None,
        newest_by=newest_by,
        since_backup=sum(at > backup for at, _ in record.times) if backup else len(record.times),
    )


def _free(folder: Path) -> int:
    try:
        return shutil.disk_usage(folder).free
    except OSError as error:
        raise WorkspaceError(f"{folder} cannot be looked into. Check that its drive is still connected.") from error


def _looked_through(
    record: RecordFacts, store: FileStore, told: Told | None, cancelled: Callable[[], bool] | None
) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """Return the names of missing copies and of altered ones, and how many bytes are there."""
    missing: list[str] = []
    altered: list[str] = []
    there = done = 0
    total = sum(size for _, size in record.copies.values())
    stop = cancelled or (lambda: False)
    for sha256, (name, size) in record.copies.items():
        if stop():
            raise Cancelled("The check was stopped. Nothing was changed.")
        if not store.holds(sha256):
            missing.append(name)
        elif store.verify(sha256, stop):
            there += size
        else:
            altered.append(name)
        done += size
        if told is not None:
            told("Reading the evidence files", done, total)
    return tuple(missing), tuple(altered), there


def newest_backup(folder: Path) -> datetime | None:
    """Return when the newest backup of a workspace was made; None: there is none."""
    try:
        names = [path.name for path in (folder / BACKUPS).glob("*.db")]
    except OSError:
        return None
    stamps = [found[1] for name in names if (found := _STAMP.match(name))]
    times = [_stamped(stamp) for stamp in stamps]
    return max((at for at in times if at is not None), default=None)


def _stamped(stamp: str) -> datetime | None:
    try:
        return datetime.strptime(stamp, "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
