"""Dossiers: evidence, review, actions and findings read as one, for the pages, checks, packs and sheets."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from readiness.domain.evidence import (
    ActionRow,
    AttachmentRow,
    Dossier,
    EvidenceRow,
    FindingRow,
    LinkRow,
    ReviewRow,
    RevisionRow,
)
from readiness.domain.proof import last_good_day
from readiness.domain.signing import read_signed
from readiness.domain.vocabulary import (
    ActionSource,
    ActionStatus,
    Audience,
    EvidenceSource,
    FindingStatus,
    ImpactLevel,
    ReviewKind,
    Strength,
    Word,
)
from readiness.services.boards import read_board, read_narratives
from readiness.services.proofs import read_day
from readiness.storage.tables import (
    Action,
    Attachment,
    Evidence,
    Finding,
    Item,
    Link,
    Record,
    Review,
    Revision,
    WorkspaceRecord,
    change,
    step,
)
from readiness.storage.workspace import workspace_id

R = TypeVar("R", bound=Record)
W = TypeVar("W", bound=Word)


def read_dossier(session: Session, day: date) -> Dossier:
    """Read all that checks and sheets look at, as it stands on a day. The store's files are not looked at."""
    return Dossier(
        board=read_board(session, day),
        narratives=read_narratives(session),
        evidence=read_evidence(session),
        reviews=read_reviews(session),
        actions=read_actions(session),
        findings=read_findings(session),
        four_eyes=needs_four_eyes(session),
    )


def needs_four_eyes(session: Session) -> bool:
    """Whether nobody may sign off what they claim themselves; so it is until somebody decides otherwise."""
    found = session.get(WorkspaceRecord, workspace_id(session))
    return found is None or found.four_eyes


def read_evidence(session: Session, evidence_ids: Sequence[str] | None = None) -> tuple[EvidenceRow, ...]:
    """Return the library by title, or some pieces of it; removed ones are left out."""
    wanted = None if evidence_ids is None else frozenset(evidence_ids)
    revisions = _revisions(session)
    links = _links(session)
    rows = [row for row in _live(session, Evidence) if wanted is None or row.id in wanted]
    rows.sort(key=lambda row: (row.title.casefold(), row.id))
    return tuple(_evidence_row(row, revisions.get(row.id, ()), links.get(row.id, ())) for row in rows)


def _evidence_row(row: Evidence, revisions: Sequence[RevisionRow], links: Sequence[LinkRow]) -> EvidenceRow:
    return EvidenceRow(
        id=row.id,
        title=row.title,
        shows=row.shows,
        source=coded(EvidenceSource, row.source, EvidenceSource.POLICY),
        strength=coded(Strength, row.strength, Strength.SAYS),
        audience=coded(Audience, row.audience, Audience.INTERNAL),
        dated=read_day(row.dated),
        covers_from=read_day(row.covers_from),
        covers_to=read_day(row.covers_to),
        received=read_day(row.received),
        valid_until=read_day(row.valid_until),
        revisions=tuple(sorted(revisions, key=lambda each: (each.number, each.id), reverse=True)),
        links=tuple(links),
        changed_at=moment_of(row.changed_ms),
        conflicts=row.conflicts,
    )


def _revisions(session: Session) -> dict[str, list[RevisionRow]]:
    files: dict[str, list[AttachmentRow]] = {}
    for row in sorted(_live(session, Attachment), key=lambda each: (each.rank, each.id)):
        made = AttachmentRow(row.id, row.name, row.sha256, row.size, row.url)
        files.setdefault(row.revision_id, []).append(made)
    made_by = {
        id_: (at, actor)
        for id_, at, actor in session.execute(
            select(change.c.eid, step.c.at, step.c.actor)
            .join(step, step.c.id == change.c.step)
            .where(change.c.etype == "revision", change.c.field == "evidence_id")
        )
    }
    found: dict[str, list[RevisionRow]] = {}
    for revision in _live(session, Revision):
        at, actor = made_by.get(revision.id, (None, ""))
        moment = datetime.fromisoformat(at) if at else None
        parts = tuple(files.get(revision.id, ()))
        made_row = RevisionRow(revision.id, revision.number, revision.note, moment, actor, parts)
        found.setdefault(revision.evidence_id, []).append(made_row)
    return found


def _links(session: Session) -> dict[str, list[LinkRow]]:
    months = dict(session.execute(select(Item.id, Item.currency_months).where(Item.deleted.is_(False))).tuples())
    days = {
        id_: (read_day(until), read_day(dated))
        for id_, until, dated in session.execute(select(Evidence.id, Evidence.valid_until, Evidence.dated))
    }
    found: dict[str, list[LinkRow]] = {}
    for row in _live(session, Link):
        if row.item_id in months and row.evidence_id in days:
            own = read_day(row.valid_until)
            until = last_good_day(own, *days[row.evidence_id], months[row.item_id])
            made = LinkRow(row.id, row.item_id, row.evidence_id, own, until)
            found.setdefault(row.evidence_id, []).append(made)
    return found


def read_reviews(session: Session, item_id: str = "") -> dict[str, tuple[ReviewRow, ...]]:
    """Return what was done with the claims of items, newest first, by item; of one item where it is named."""
    found: dict[str, list[ReviewRow]] = {}
    asked = select(Review).where(Review.deleted.is_(False))
    for row in session.scalars(asked.where(Review.item_id == item_id) if item_id else asked):
        kind = coded(ReviewKind, row.kind, ReviewKind.SUBMITTED)
        at = read_time(row.at)
        made = ReviewRow(row.id, row.item_id, kind, row.by, row.role, at, row.note, read_signed(row.content))
        found.setdefault(row.item_id, []).append(made)
    return {id_: tuple(sorted(rows, key=lambda each: (each.at, each.id), reverse=True)) for id_, rows in found.items()}


def read_actions(session: Session) -> tuple[ActionRow, ...]:
    """Return all actions in their order."""
    rows = sorted(_live(session, Action), key=lambda row: (row.rank, row.id))
    return tuple(
        ActionRow(
            row.id, row.inspection_id, row.area_id, row.item_id, row.finding_id, row.title, row.owner, row.service,
            read_day(row.due), coded(ActionStatus, row.status, ActionStatus.PLANNED),
            coded(ActionSource, row.source, ActionSource.SELF_ASSESSMENT), row.origin, row.practice, row.impact,
            coded(ImpactLevel, row.impact_level, ImpactLevel.NONE_YET), row.rank, moment_of(row.changed_ms),
            row.conflicts,
        )
        for row in rows
    )  # fmt: skip


def read_findings(session: Session) -> tuple[FindingRow, ...]:
    """Return all findings in their order."""
    rows = sorted(_live(session, Finding), key=lambda row: (row.rank, row.id))
    return tuple(
        FindingRow(
            row.id, row.inspection_id, row.area_id, row.origin, read_day(row.dated), row.title, row.owner,
            coded(FindingStatus, row.status, FindingStatus.OPEN), row.proof, read_day(row.tested_on), row.rank,
            moment_of(row.changed_ms), row.conflicts,
        )
        for row in rows
    )  # fmt: skip


def coded(words: type[W], code: str, otherwise: W) -> W:
    """Return a word by its stored code; one that this version does not know reads as another."""
    return next((word for word in words if word.value == code), otherwise)


def moment_of(changed_ms: int | None) -> datetime | None:
    """Return a stored time in milliseconds as a time."""
    return datetime.fromtimestamp(changed_ms / 1000, UTC) if changed_ms is not None else None


def read_time(text: str) -> datetime:
    """Return a stored time; the year 1970 for one that this version cannot read."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        return datetime.fromtimestamp(0, UTC)


def _live(session: Session, kind: type[R]) -> Sequence[R]:
    return session.scalars(select(kind).where(kind.deleted.is_(False))).all()
