"""Library: what pages and the command line ask about evidence: which there is, where it is used, what names a file."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from readiness.domain.calendar import WorkingDays
from readiness.domain.evidence import EvidenceRow, UseRow
from readiness.domain.proof import currency, lapsing_after
from readiness.domain.views import Changes
from readiness.domain.vocabulary import EvidenceSource
from readiness.services.boards import read_calendar
from readiness.services.dossiers import read_evidence
from readiness.storage.tables import Attachment, Evidence, Inspection, Item, Link, Revision

MOST_FOUND = 50


def find_evidence(session: Session, text: str, most: int = MOST_FOUND) -> tuple[EvidenceRow, ...]:
    """Return the evidence that has all the words of a text, those in whose title they stand first; "" finds all.

    Words are looked for in the title, in what it shows, in its source, and in the names and addresses of its files and
    links.
    """
    words = text.casefold().split()
    names = _names(session)
    sources = {str(each.value): each.label.casefold() for each in EvidenceSource}
    found: list[tuple[tuple[int, str, str], str]] = []
    live = select(Evidence.id, Evidence.title, Evidence.shows, Evidence.source).where(Evidence.deleted.is_(False))
    for id_, title, shows, source in session.execute(live):
        said = title.casefold()
        everything = "\n".join([said, shows.casefold(), sources.get(source, ""), *names.get(id_, ())])
        if all(word in everything for word in words):
            place = 0 if said.startswith(" ".join(words)) else 1 if all(word in said for word in words) else 2
            found.append(((place, said, id_), id_))
    ids = [id_ for _, id_ in sorted(found)[:most]]
    rows = {row.id: row for row in read_evidence(session, ids)}
    return tuple(rows[id_] for id_ in ids)


def find_with_uses(
    session: Session, text: str, most: int = MOST_FOUND
) -> tuple[tuple[EvidenceRow, tuple[UseRow, ...]], ...]:
    """Return what `find_evidence` finds, each with where it is used."""
    rows = find_evidence(session, text, most)
    uses = where_used(session, rows)
    return tuple((row, uses[row.id]) for row in rows)


def evidence_of_item(session: Session, item_id: str) -> tuple[EvidenceRow, ...]:
    """Return the evidence that is used for an item, by title."""
    linked = select(Link.evidence_id).where(Link.item_id == item_id, Link.deleted.is_(False))
    return read_evidence(session, list(session.scalars(linked)))


def evidence_touched(session: Session, told: Iterable[Changes]) -> frozenset[str]:
    """Return the evidence that some changes touch: itself, its versions, files and uses, or items it is used for."""
    touched: set[str] = set()
    for changes in told:
        touched |= changes.of("evidence")
        attached = select(Attachment.revision_id).where(Attachment.id.in_(changes.of("attachment")))
        for query in (
            select(Link.evidence_id).where(Link.id.in_(changes.of("link"))),
            select(Link.evidence_id).where(Link.item_id.in_(changes.of("item"))),
            select(Revision.evidence_id).where(Revision.id.in_(changes.of("revision"))),
            select(Revision.evidence_id).where(Revision.id.in_(attached)),
        ):
            touched.update(session.scalars(query))
    return frozenset(touched)


def refresh_evidence(session: Session, told: Sequence[Changes]) -> dict[str, EvidenceRow | None]:
    """Return what some changes touch as it stands now, by id; None: it was removed."""
    touched = evidence_touched(session, told)
    found: dict[str, EvidenceRow | None] = dict.fromkeys(touched)
    found |= {row.id: row for row in read_evidence(session, sorted(touched))}
    return found


def _names(session: Session) -> dict[str, list[str]]:
    query = (
        select(Revision.evidence_id, Attachment.name, Attachment.url)
        .join(Attachment, Attachment.revision_id == Revision.id)
        .where(Revision.deleted.is_(False), Attachment.deleted.is_(False))
    )
    names: dict[str, list[str]] = {}
    for evidence_id, name, url in session.execute(query):
        names.setdefault(evidence_id, []).append(f"{name} {url}".casefold())
    return names


def same_content(session: Session, hashes: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return, for each hash of a file that the library has already, the ids of the evidence that has it, by title."""
    wanted = [hash_ for hash_ in dict.fromkeys(hashes) if hash_]
    query = (
        select(Attachment.sha256, Evidence.id)
        .join(Revision, Revision.id == Attachment.revision_id)
        .join(Evidence, Evidence.id == Revision.evidence_id)
        .where(Attachment.sha256.in_(wanted), Attachment.deleted.is_(False))
        .where(Revision.deleted.is_(False), Evidence.deleted.is_(False))
        .order_by(Evidence.title, Evidence.id)
        .distinct()
    )
    found: dict[str, tuple[str, ...]] = {}
    for hash_, evidence_id in session.execute(query):
        found[hash_] = tuple(dict.fromkeys((*found.get(hash_, ()), evidence_id)))
    return found


def where_used(session: Session, rows: Sequence[EvidenceRow]) -> dict[str, tuple[UseRow, ...]]:
    """Return, for each piece of evidence, the items it is used for, by inspection and reference."""
    query = (
        select(Item.id, Item.reference, Item.title, Inspection.id, Inspection.short_title, Inspection.rank)
        .join(Inspection, Inspection.id == Item.inspection_id)
        .where(Item.deleted.is_(False), Inspection.deleted.is_(False))
    )
    items = {row[0]: row for row in session.execute(query)}
    return {
        row.id: tuple(
            UseRow(link.id, *items[link.item_id][:5], link.valid_until, link.until)
            for link in sorted(row.links, key=lambda link: _place(items.get(link.item_id)))
            if link.item_id in items
        )
        for row in rows
    }


def _place(item: Any) -> tuple[str, ...]:
    return ("",) if item is None else (item[5], item[3], item[1], item[0])


def read_library(session: Session, day: date) -> list[dict[str, Any]]:
    """Return the whole library as plain data, as it stands on a day."""
    rows = read_evidence(session)
    uses, calendar = where_used(session, rows), read_calendar(session)
    return [evidence_data(row, uses[row.id], day, calendar) for row in rows]


def evidence_data(row: EvidenceRow, uses: Sequence[UseRow], day: date, calendar: WorkingDays) -> dict[str, Any]:
    """Return a piece of evidence as plain data, with its currency on a day wherever it is used."""
    lapsing = lapsing_after(day, calendar)
    latest = row.latest
    return {
        "id": row.id,
        "title": row.title,
        "shows": row.shows,
        "source": row.source.value,
        "strength": row.strength.level,
        "audience": row.audience.value,
        **{name: _iso(getattr(row, name)) for name in ("dated", "covers_from", "covers_to", "received", "valid_until")},
        "versions": len(row.revisions),
        "files": [
            {"name": each.name, "sha256": each.sha256, "size": each.size, "url": each.url}
            for each in (latest.attachments if latest else ())
        ],
        "used": [
            {
                "inspection": use.inspection,
                "reference": use.reference,
                "title": use.title,
                "until": _iso(use.until),
                "currency": currency(use.until, day, lapsing).value,
            }
            for use in uses
        ],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
