"""Packs: what is read to make one, and every one that went out, remembered with its manifest."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from readiness.domain.evidence import Dossier, PackRow
from readiness.domain.pack_words import meant_for
from readiness.domain.steps import Step
from readiness.domain.vocabulary import Audience
from readiness.services.dossiers import coded, read_dossier
from readiness.services.pack_making import PackReport
from readiness.services.people import read_identity
from readiness.services.records import create, new_id
from readiness.storage.files import FileStore
from readiness.storage.tables import Pack
from readiness.storage.workspace import Workspace


def read_for_pack(session: Session, day: date) -> tuple[Dossier, tuple[PackRow, ...], str]:
    """Return what a pack is made from, the packs that went out before, and who works here; one state of the data."""
    return read_dossier(session, day), read_packs(session), read_identity(session).signature


@dataclass(frozen=True, slots=True)
class PackBasis:
    """What a pack can be made from."""

    dossier: Dossier
    earlier: tuple[PackRow, ...]  # newest first
    who: str
    store: FileStore
    missing: frozenset[str]  # hashes of copies that the library names and the store lacks


def read_basis(workspace: Workspace, day: date) -> PackBasis:
    """Return what a pack can be made from. Which copies are there is looked at; what is in them, only when they go."""
    dossier, earlier, who = workspace.read(read_for_pack, day)
    store = FileStore(workspace.folder)
    held = store.hashes()
    named = {
        each.sha256
        for row in dossier.evidence
        for revision in row.revisions
        for each in revision.attachments
        if each.sha256
    }
    return PackBasis(dossier, earlier, who, store, frozenset(named - held))


def record_pack(session: Session, report: PackReport) -> Step:
    """Remember a pack with exactly what went out."""
    del session
    plan = report.plan
    inspections = [row.id for row in plan.inspections]
    made = create(
        "pack",
        new_id(),
        inspection_id=inspections[0] if len(inspections) == 1 else "",
        title=plan.title,
        audience=plan.audience,
        made_at=report.making.at.astimezone(UTC).isoformat(timespec="seconds"),
        made_by=report.making.by,
        manifest=report.manifest,
    )
    return Step(f"Make an evidence pack {meant_for(plan.audience)}: {plan.title}", made)


def read_packs(session: Session) -> tuple[PackRow, ...]:
    """Return every pack that was made, newest first. Undoing the step brings back none that went out: it stays here."""
    rows = session.scalars(select(Pack)).all()
    made = [
        PackRow(
            row.id,
            row.inspection_id,
            row.title,
            coded(Audience, row.audience, Audience.INSPECTORS),
            _time(row.made_at),
            row.made_by,
            row.manifest,
        )
        for row in rows
    ]
    return tuple(sorted(made, key=lambda row: (row.made_at, row.id), reverse=True))


def _time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        return datetime.fromtimestamp(0, UTC)
