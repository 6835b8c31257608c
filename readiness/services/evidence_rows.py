"""Evidence rows: the library as it is stored, read in columns: five thousand pieces as mapped records take a second."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import literal_column, select
from sqlalchemy.orm import Session

from readiness.domain.evidence import AttachmentRow, EvidenceRow, LinkRow, RevisionRow
from readiness.domain.proof import last_good_day
from readiness.domain.vocabulary import Audience, EvidenceSource, Strength, Word
from readiness.services.proofs import read_day
from readiness.storage.prepared import by_ids, prepared, rows, rows_by_ids
from readiness.storage.tables import Attachment, Evidence, Item, Link, Revision, change, step
from readiness.storage.workspace import cursor_of

_EVIDENCE = select(
    Evidence.id, Evidence.title, Evidence.shows, Evidence.source, Evidence.strength, Evidence.audience, Evidence.dated,
    Evidence.covers_from, Evidence.covers_to, Evidence.received, Evidence.valid_until, Evidence.changed_ms,
    Evidence.conflicts,
).where(Evidence.deleted.is_(False))  # fmt: skip
_REVISIONS = select(Revision.id, Revision.evidence_id, Revision.number, Revision.note).where(
    Revision.deleted.is_(False)
)
_ATTACHMENTS = (
    select(
        Attachment.id, Attachment.revision_id, Attachment.name, Attachment.sha256, Attachment.size, Attachment.url,
        Attachment.rank,
    )
    .join(Revision, Revision.id == Attachment.revision_id)
    .where(Attachment.deleted.is_(False), Revision.deleted.is_(False))
)  # fmt: skip
_MAKING = (
    select(change.c.eid, step.c.at, step.c.actor)
    .join(step, step.c.id == change.c.step)
    .join(Revision, Revision.id == change.c.eid)
    .where(change.c.field == literal_column("'evidence_id'"))
)
_LINKS = (
    select(Link.id, Link.item_id, Link.evidence_id, Link.valid_until, Item.currency_months)
    .join(Item, Item.id == Link.item_id)
    .where(Link.deleted.is_(False), Item.deleted.is_(False))
)
_ALL = {name: prepared(each) for name, each in (
    ("evidence", _EVIDENCE), ("revisions", _REVISIONS), ("attachments", _ATTACHMENTS), ("making", _MAKING),
    ("links", _LINKS),
)}  # fmt: skip
_SOME = {
    "evidence": by_ids(_EVIDENCE, Evidence.id),
    "revisions": by_ids(_REVISIONS, Revision.evidence_id),
    "attachments": by_ids(_ATTACHMENTS, Revision.evidence_id),
    "making": by_ids(_MAKING, change.c.eid),
    "links": by_ids(_LINKS, Link.evidence_id),
}
Row = tuple[Any, ...]


def read_evidence(session: Session, evidence_ids: Sequence[str] | None = None) -> tuple[EvidenceRow, ...]:
    """Return the library by title, or some pieces of it; removed ones are left out."""
    ids = None if evidence_ids is None else list(dict.fromkeys(evidence_ids))
    if ids is not None and not ids:
        return ()
    cursor = cursor_of(session)
    found = sorted(_asked(cursor, "evidence", ids), key=lambda row: (row[1].casefold(), row[0]))
    revisions = _revisions(cursor, ids)
    links = _links(cursor, ids, {row[0]: (read_day(row[10]), read_day(row[6])) for row in found})
    return tuple(_evidence_row(row, revisions.get(row[0], ()), links.get(row[0], ())) for row in found)


def _asked(cursor: Any, what: str, ids: Sequence[str] | None) -> list[Row]:
    return rows(cursor, _ALL[what]) if ids is None else rows_by_ids(cursor, _SOME[what], ids)


def _evidence_row(row: Row, revisions: Sequence[RevisionRow], links: Sequence[LinkRow]) -> EvidenceRow:
    id_, title, shows, source, strength, audience, dated, covers_from, covers_to, received, until, changed_ms, odd = row
    return EvidenceRow(
        id=id_,
        title=title,
        shows=shows,
        source=_SOURCES.get(source, EvidenceSource.POLICY),
        strength=_STRENGTHS.get(strength, Strength.SAYS),
        audience=_AUDIENCES.get(audience, Audience.INTERNAL),
        dated=read_day(dated),
        covers_from=read_day(covers_from),
        covers_to=read_day(covers_to),
        received=read_day(received),
        valid_until=read_day(until),
        revisions=tuple(sorted(revisions, key=lambda each: (each.number, each.id), reverse=True)),
        links=tuple(links),
        changed_at=datetime.fromtimestamp(changed_ms / 1000, UTC) if changed_ms is not None else None,
        conflicts=odd,
    )


def _revisions(cursor: Any, ids: Sequence[str] | None) -> Mapping[str, list[RevisionRow]]:
    stored = _asked(cursor, "revisions", ids)
    files: dict[str, list[AttachmentRow]] = {}
    for id_, revision_id, name, sha256, size, url, _ in sorted(
        _asked(cursor, "attachments", ids), key=lambda row: (row[6], row[0])
    ):
        files.setdefault(revision_id, []).append(AttachmentRow(id_, name, sha256, size, url))
    made_by = {
        id_: (at, actor)
        for id_, at, actor in _asked(cursor, "making", None if ids is None else [row[0] for row in stored])
    }
    moments: dict[str, datetime] = {}  # one step makes the revisions of many
    found: dict[str, list[RevisionRow]] = {}
    for id_, evidence_id, number, note in stored:
        at, actor = made_by.get(id_, ("", ""))
        if at and at not in moments:
            moments[at] = datetime.fromisoformat(at)
        made = RevisionRow(id_, number, note, moments.get(at), actor, tuple(files.get(id_, ())))
        found.setdefault(evidence_id, []).append(made)
    return found


def _links(cursor: Any, ids: Sequence[str] | None, days: Mapping[str, tuple[Any, Any]]) -> Mapping[str, list[LinkRow]]:
    found: dict[str, list[LinkRow]] = {}
    for id_, item_id, evidence_id, valid_until, months in _asked(cursor, "links", ids):
        if evidence_id in days:
            own = read_day(valid_until)
            made = LinkRow(id_, item_id, evidence_id, own, last_good_day(own, *days[evidence_id], months))
            found.setdefault(evidence_id, []).append(made)
    return found


def _codes(words: type[Word]) -> dict[str, Any]:
    return {str(word.value): word for word in words}


_SOURCES, _STRENGTHS, _AUDIENCES = _codes(EvidenceSource), _codes(Strength), _codes(Audience)
