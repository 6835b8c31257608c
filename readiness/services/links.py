"""Links: which evidence is used for which items. Each verb reads and returns the step that is to be written.

A link's id follows from its item and its evidence: two laptops that link the same make one record, and linking again
what was unlinked brings that link back. Source: design.md, section 3.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from readiness.domain.dates import written
from readiness.domain.describing import check_link_day
from readiness.domain.plain_words import shown
from readiness.domain.steps import SetField, Step, joined, sets
from readiness.services.proofs import read_day
from readiness.services.records import create, derived_id, find, find_all
from readiness.services.unsettled import removable, settled_sets
from readiness.storage.tables import Evidence, Item, Link


def link_evidence(session: Session, evidence_ids: Sequence[str], item_ids: Sequence[str]) -> Step:
    """Use evidence of the library for items, each for all of them. Raises NotFound when one was removed meanwhile."""
    found = find_all(session, Evidence, evidence_ids)
    where = items_named(session, item_ids)
    return Step(f"Link {pieces(found)} to {where}", link_sets(session, [row.id for row in found], item_ids))


def link_sets(session: Session, evidence_ids: Sequence[str], item_ids: Sequence[str]) -> list[SetField]:
    """Return the settings that link each piece of evidence to each item."""
    pairs = [(item_id, evidence_id) for item_id in dict.fromkeys(item_ids) for evidence_id in evidence_ids]
    made = [
        create("link", link_id(session, item_id, evidence_id), item_id=item_id, evidence_id=evidence_id)
        for item_id, evidence_id in pairs
    ]
    return list(joined(*made))


def link_id(session: Session, item_id: str, evidence_id: str) -> str:
    """Return the id that a link between an item and a piece of evidence has on every laptop."""
    return derived_id(session, "link", item_id, evidence_id)


def unlink_evidence(session: Session, link_ids: Sequence[str]) -> Step:
    """Use evidence no more for the items of some links; it stays in the library. Raises NotFound, RemovalInConflict.

    Among several links those with something in conflict are left.
    """
    asked = find_all(session, Link, list(dict.fromkeys(link_ids)))
    free, gone, left = removable(session, [[SetField("link", row.id, "deleted", True)] for row in asked], "link")
    links = [row for row in asked if row.id in free]
    titles = list(dict.fromkeys(link.evidence_id for link in links))
    found = list(session.scalars(select(Evidence).where(Evidence.id.in_(titles))))
    where = _items(session, [link.item_id for link in links])
    return Step(f"Unlink {pieces(found)} from {where}", gone, left=left)


def set_link_validity(session: Session, link_id: str, day: date | None) -> Step:
    """Say until when evidence counts for an item's inspection; None: as the evidence itself says. Raises BadValue."""
    link = find(session, Link, link_id)
    evidence = find(session, Evidence, link.evidence_id)
    check_link_day(day, read_day(evidence.dated))
    where = _items(session, [link.item_id])
    label = f"Let {named(evidence.title)} count for {where}"
    label = f"{label} until {written(day)}" if day is not None else f"{label} as long as it says itself"
    counting, _ = settled_sets(session, sets("link", link_id, valid_until=day))
    return Step(label, counting)


def named(title: str) -> str:
    """Return a piece of evidence or a file as labels have it."""
    return f"“{shown(title, 60)}”"


def pieces(found: Sequence[Evidence]) -> str:
    """Return some pieces of evidence as labels have them."""
    return named(found[0].title) if len(found) == 1 else f"{len(found)} pieces of evidence"


def items_named(session: Session, item_ids: Sequence[str]) -> str:
    """Return some items as labels have them. Raises NotFound when one was removed meanwhile."""
    found = find_all(session, Item, list(dict.fromkeys(item_ids))) if item_ids else []
    return found[0].reference if len(found) == 1 else f"{len(found)} items"


def _items(session: Session, item_ids: Sequence[str]) -> str:
    ids = list(dict.fromkeys(item_ids))
    if len(ids) != 1:
        return f"{len(ids)} items"
    return session.scalar(select(Item.reference).where(Item.id == ids[0])) or "an item"
