"""Lapses: what changed of items since they were signed off, with when and by whom; read for many items at once."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, false, select
from sqlalchemy.orm import Session

from readiness.domain.review import EVIDENCE, Became, SignedChange, what_changed
from readiness.domain.signing import Signed, read_signed
from readiness.domain.vocabulary import ItemField, ReviewKind
from readiness.services.proofs import signed_state
from readiness.storage.history import LoggedChange, changes
from readiness.storage.prepared import in_list
from readiness.storage.tables import Attachment, Evidence, Item, Link, Review, Revision, change, head
from readiness.storage.workspace import cursor_of

_FIELDS = {
    ItemField.POSITION.label: "position",
    ItemField.IMPACT.label: "impact",
    ItemField.IMPACT_LEVEL.label: "impact_level",
    ItemField.GAP.label: "gap",
}
AMONG = in_list("ids")
_REVISIONS = select(Revision.id, Revision.evidence_id, Revision.number).where(Revision.evidence_id.in_(AMONG))
_LINKS = select(Link.item_id, Link.evidence_id, Link.id).where(Link.evidence_id.in_(AMONG))
_FILES = (
    select(Attachment.revision_id, Attachment.name)
    .where(Attachment.revision_id.in_(AMONG), Attachment.deleted == false())
    .order_by(Attachment.rank, Attachment.id)
)
_MOVES = changes().where(change.c.eid.in_(AMONG), change.c.field == "deleted")
_SIGNINGS = select(Review.item_id, Review.content).where(
    Review.item_id.in_(AMONG), Review.deleted == false(), Review.kind == ReviewKind.SIGNED_OFF.value
)
Changes = tuple[SignedChange, ...]


def read_changes(session: Session, item_ids: Sequence[str]) -> dict[str, Changes]:
    """Return by item what changed since it was signed off; () where nothing did, or nobody can tell."""
    signed = _signed(session, item_ids)
    now = signed_state(cursor_of(session), list(signed))
    found = {id_: what_changed(before, now[id_]) for id_, before in signed.items()}
    texts = _heads(session, [id_ for id_, changed in found.items() if any(each.field != EVIDENCE for each in changed)])
    told = _Evidence(session, {each.evidence_id for changed in found.values() for each in changed} - {""}, found)
    return {
        id_: tuple(
            told.of(id_, each) if each.field == EVIDENCE else dated(each, texts.get((id_, _FIELDS[each.field]), ()))
            for each in found.get(id_, ())
        )
        for id_ in item_ids
    }


def _signed(session: Session, item_ids: Sequence[str]) -> dict[str, Signed]:
    """Return what the sign-offs that stand in the record say, by item."""
    digests = dict(_asked(session, select(Item.id, Item.signed).where(Item.id.in_(AMONG)), item_ids))
    found: dict[str, Signed] = {}
    for item_id, content in _asked(session, _SIGNINGS, item_ids):
        signed = read_signed(content)
        if signed is not None and signed.digest == digests.get(item_id):
            found[item_id] = signed
    return found


def _heads(session: Session, item_ids: Sequence[str]) -> dict[tuple[str, str], list[LoggedChange]]:
    """Return the changes that texts of items stand by now."""
    query = (
        changes()
        .join(head, head.c.k == change.c.k)
        .where(head.c.eid.in_(AMONG), head.c.field.in_(list(_FIELDS.values())))
    )
    found: dict[tuple[str, str], list[LoggedChange]] = {}
    for each in (LoggedChange(*row) for row in _asked(session, query, item_ids)):
        found.setdefault((each.eid, each.field), []).append(each)
    return found


class _Evidence:
    """What the record says of some evidence: titles, revisions, and when what came and went."""

    def __init__(self, session: Session, ids: Iterable[str], found: Mapping[str, Changes]) -> None:
        wanted = sorted(ids)
        self._titles = dict(_asked(session, select(Evidence.id, Evidence.title).where(Evidence.id.in_(AMONG)), wanted))
        self._revisions = {  # id -> of which evidence, number
            id_: (evidence_id, number) for id_, evidence_id, number in _asked(session, _REVISIONS, wanted)
        }
        self._links: dict[tuple[str, str], list[str]] = {}
        for item_id, evidence_id, id_ in _asked(session, _LINKS, wanted):
            if item_id in found:
                self._links.setdefault((item_id, evidence_id), []).append(id_)
        self._files: dict[str, list[str]] = {}
        for revision_id, name in _asked(session, _FILES, list(self._revisions)):
            self._files.setdefault(revision_id, []).append(name)
        records = [*wanted, *self._revisions, *(id_ for ids_ in self._links.values() for id_ in ids_)]
        self._moves: dict[str, list[LoggedChange]] = {}
        for each in (LoggedChange(*row) for row in _asked(session, _MOVES, records)):
            self._moves.setdefault(each.eid, []).append(each)

    def of(self, item_id: str, each: SignedChange) -> SignedChange:
        """Return a change of an item's evidence in words, with its date and its author."""
        words = replace(
            each,
            title=self._titles.get(each.evidence_id) or EVIDENCE,
            old=self._revision(each.old),
            new=self._revision(each.new),
        )
        if each.became is Became.REVISED:
            records = [id_ for id_, (evidence_id, _) in self._revisions.items() if evidence_id == each.evidence_id]
        else:
            records = [each.evidence_id, *self._links.get((item_id, each.evidence_id), ())]
        return dated(words, [move for id_ in records for move in self._moves.get(id_, ())])

    def _revision(self, id_: str) -> str:
        """Return a revision in words, "revision 2: Audit March.xlsx"; "" where there is none."""
        if id_ not in self._revisions:
            return ""
        _, number = self._revisions[id_]
        names = ", ".join(self._files.get(id_, ()))
        return f"revision {number}: {names}" if names else f"revision {number}"


def dated(each: SignedChange, found: Sequence[LoggedChange]) -> SignedChange:
    """Return a change with when it was last made and by whom, out of the log."""
    latest = max(found, key=lambda logged: (logged.stamp, logged.id), default=None)
    return replace(each, at=datetime.fromisoformat(latest.at), by=latest.actor) if latest else each


def _asked(session: Session, query: Select[*tuple[Any, ...]], ids: Sequence[str]) -> Iterable[Any]:
    """Return what a query finds among ids, however many."""
    return session.execute(query, {"ids": json.dumps(list(ids))}).all() if ids else ()
