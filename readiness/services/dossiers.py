"""Dossiers: evidence, review, actions and findings read as one, for the pages, checks, packs and sheets."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from readiness.domain.evidence import ActionRow, Dossier, FindingRow, ReviewRow
from readiness.domain.signing import read_signed
from readiness.domain.vocabulary import (
    ActionSource,
    ActionStatus,
    FindingStatus,
    ImpactLevel,
    ReviewKind,
    Word,
)
from readiness.services.boards import read_board, read_narratives
from readiness.services.evidence_rows import read_evidence
from readiness.services.proofs import read_day
from readiness.storage.tables import (
    Action,
    Finding,
    Record,
    Review,
    WorkspaceRecord,
)
from readiness.storage.workspace import workspace_id

__all__ = ["read_actions", "read_dossier", "read_evidence", "read_findings", "read_reviews"]
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
