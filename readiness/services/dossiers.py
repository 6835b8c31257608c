"""Dossiers: evidence, review, actions and findings read as one, for the pages, checks, packs and sheets."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, func, select
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
    revisions = _revisions(session, evidence_ids)
    links = _links(session, evidence_ids)
    query = select(
        Evidence.id, Evidence.title, Evidence.shows, Evidence.source, Evidence.strength, Evidence.audience,
        Evidence.dated, Evidence.covers_from, Evidence.covers_to, Evidence.received, Evidence.valid_until,
        Evidence.changed_ms, Evidence.conflicts,
    ).where(Evidence.deleted.is_(False), *_among(Evidence.id, evidence_ids))  # fmt: skip
    rows = [_evidence_row(row, revisions.get(row[0], ()), links.get(row[0], ())) for row in session.execute(query)]
    return tuple(sorted(rows, key=lambda row: (row.title.casefold(), row.id)))


def _among(column: Any, ids: Sequence[str] | None) -> tuple[ColumnElement[bool], ...]:
    """Return the condition that a column is one of some ids; no condition for None."""
    if ids is None:
        return ()
    return (column.in_(select(func.json_each(json.dumps(list(ids))).table_valued("value").c.value)),)


def _evidence_row(row: Any, revisions: Sequence[RevisionRow], links: Sequence[LinkRow]) -> EvidenceRow:
    id_, title, shows, source, strength, audience, dated, covers_from, covers_to, received, until, changed, clash = row
    return EvidenceRow(
        id=id_,
        title=title,
        shows=shows,
        source=coded(EvidenceSource, source, EvidenceSource.POLICY),
        strength=coded(Strength, strength, Strength.SAYS),
        audience=coded(Audience, audience, Audience.INTERNAL),
        dated=read_day(dated),
        covers_from=read_day(covers_from),
        covers_to=read_day(covers_to),
        received=read_day(received),
        valid_until=read_day(until),
        revisions=tuple(sorted(revisions, key=lambda each: (each.number, each.id), reverse=True)),
        links=tuple(links),
        changed_at=moment_of(changed),
        conflicts=clash,
    )


def _revisions(session: Session, evidence_ids: Sequence[str] | None) -> dict[str, list[RevisionRow]]:
    mine = (Revision.deleted.is_(False), *_among(Revision.evidence_id, evidence_ids))
    files: dict[str, list[AttachmentRow]] = {}
    attached = (
        select(Revision.id, Attachment.id, Attachment.name, Attachment.sha256, Attachment.size, Attachment.url)
        .join(Revision, Revision.id == Attachment.revision_id)
        .where(Attachment.deleted.is_(False), *mine)
        .order_by(Attachment.rank, Attachment.id)
    )
    for revision_id, id_, name, sha256, size, url in session.execute(attached):
        files.setdefault(revision_id, []).append(AttachmentRow(id_, name, sha256, size, url))
    making = (
        select(Revision.id, step.c.at, step.c.actor)
        .join(change, (change.c.eid == Revision.id) & (change.c.field == "evidence_id"))
        .join(step, step.c.id == change.c.step)
        .where(*mine)
    )
    made = {id_: (datetime.fromisoformat(at), actor) for id_, at, actor in session.execute(making)}
    found: dict[str, list[RevisionRow]] = {}
    query = select(Revision.evidence_id, Revision.id, Revision.number, Revision.note).where(*mine)
    for evidence_id, id_, number, note in session.execute(query):
        at, actor = made.get(id_, (None, ""))
        row = RevisionRow(id_, number, note, at, actor, tuple(files.get(id_, ())))
        found.setdefault(evidence_id, []).append(row)
    return found


def _links(session: Session, evidence_ids: Sequence[str] | None) -> dict[str, list[LinkRow]]:
    query = (
        select(
            Link.id, Link.item_id, Link.evidence_id, Link.valid_until, Evidence.valid_until, Evidence.dated,
            Item.currency_months,
        )
        .join(Item, (Item.id == Link.item_id) & Item.deleted.is_(False))
        .join(Evidence, Evidence.id == Link.evidence_id)
        .where(Link.deleted.is_(False), *_among(Link.evidence_id, evidence_ids))
        .order_by(Link.id)
    )  # fmt: skip
    found: dict[str, list[LinkRow]] = {}
    for id_, item_id, evidence_id, valid_until, until, dated, months in session.execute(query):
        own = read_day(valid_until)
        last = last_good_day(own, read_day(until), read_day(dated), months)
        found.setdefault(evidence_id, []).append(LinkRow(id_, item_id, evidence_id, own, last))
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
