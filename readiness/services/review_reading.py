"""Review reading: what the panel shows of an item's review, and what waits for a reviewer."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from readiness.domain.evidence import ReviewRow
from readiness.domain.filters import is_mine, names_of
from readiness.domain.review import (
    EVIDENCE,
    Became,
    Claim,
    QueueKind,
    QueueRow,
    ReviewState,
    SignedChange,
    is_own,
    lapse_words,
    refusals,
    what_changed,
)
from readiness.domain.scoring import CLAIMED
from readiness.domain.views import Identity, ItemRow
from readiness.domain.vocabulary import ItemField, ItemStatus, ReviewKind
from readiness.services.boards import read_board, read_narratives
from readiness.services.claims import claimants, read_claims
from readiness.services.dossiers import coded, needs_four_eyes, read_reviews, read_time
from readiness.services.people import read_identity
from readiness.services.proofs import signed_state
from readiness.storage.history import LoggedChange, changes, found_changes, heads_of
from readiness.storage.tables import Attachment, Evidence, Item, Link, Review, Revision, change
from readiness.storage.workspace import cursor_of

_FIELDS = {
    ItemField.POSITION.label: "position",
    ItemField.IMPACT.label: "impact",
    ItemField.IMPACT_LEVEL.label: "impact_level",
    ItemField.GAP.label: "gap",
}


def read_review(session: Session, item_id: str) -> ReviewState:
    """Return where the claim of an item stands, what was done with it, and what changed since. Raises NotFound."""
    claim = read_claims(session, [item_id])[item_id]
    reviews = read_reviews(session, item_id).get(item_id, ())
    allowed = refusals(claim, read_identity(session), four_eyes=needs_four_eyes(session))
    changed = read_changes(session, item_id, reviews) if claim.lapsed else ()
    return ReviewState(item_id, claim, allowed, reviews, changed)


def read_changes(session: Session, item_id: str, reviews: Sequence[ReviewRow]) -> tuple[SignedChange, ...]:
    """Return what changed of an item since it was signed off, with when and by whom; () where nobody can tell."""
    digest = session.scalar(select(Item.signed).where(Item.id == item_id))
    signings = [row for row in reviews if row.kind is ReviewKind.SIGNED_OFF and row.signed is not None]
    row = next((row for row in signings if row.signed is not None and row.signed.digest == digest), None)
    if row is None or row.signed is None:
        return ()
    now = signed_state(cursor_of(session), [item_id])[item_id]
    return tuple(_told(session, item_id, each) for each in what_changed(row.signed, now))


def _told(session: Session, item_id: str, each: SignedChange) -> SignedChange:
    """Return a change with its date and its author; evidence by its title, revisions by what is in them."""
    if each.field != EVIDENCE:
        return _dated(each, heads_of(session, item_id, _FIELDS[each.field]))
    title = session.scalar(select(Evidence.title).where(Evidence.id == each.evidence_id)) or EVIDENCE
    words = replace(each, title=title, old=_revision(session, each.old), new=_revision(session, each.new))
    records: ColumnElement[bool]
    if each.became is Became.REVISED:
        records = change.c.eid.in_(select(Revision.id).where(Revision.evidence_id == each.evidence_id))
    else:
        links = select(Link.id).where(Link.item_id == item_id, Link.evidence_id == each.evidence_id)
        records = or_(change.c.eid == each.evidence_id, change.c.eid.in_(links))
    return _dated(words, found_changes(session, changes().where(change.c.field == "deleted", records)))


def _dated(each: SignedChange, found: Sequence[LoggedChange]) -> SignedChange:
    latest = max(found, key=lambda logged: (logged.stamp, logged.id), default=None)
    return replace(each, at=datetime.fromisoformat(latest.at), by=latest.actor) if latest else each


def _revision(session: Session, id_: str) -> str:
    """Return a revision in words, "revision 2: Audit March.xlsx"; "" where there is none."""
    number = session.scalar(select(Revision.number).where(Revision.id == id_)) if id_ else None
    if number is None:
        return ""
    files = select(Attachment.name).where(Attachment.revision_id == id_, Attachment.deleted.is_(False))
    names = ", ".join(session.scalars(files.order_by(Attachment.rank, Attachment.id)))
    return f"revision {number}: {names}" if names else f"revision {number}"


def read_queue(session: Session, day: date, me: Identity) -> tuple[QueueRow, ...]:
    """Return what waits for a reviewer, by what is to be done, the longest first.

    Args:
        session: Where.
        day: The day that is judged.
        me: Who looks: what was returned is shown to who handed it in or owns it.
    """
    queue = _Queue(session, me)
    waiting = [(kind, item) for item in read_board(session, day).items if (kind := queue.kind_of(item)) is not None]
    texts = read_narratives(session, [item.id for _, item in waiting])
    queue.read_claimants([item for _, item in waiting])
    rows = [queue.row(kind, item, texts[item.id].position) for kind, item in waiting]
    order, never = list(QueueKind), datetime.fromtimestamp(0, UTC)
    return tuple(sorted(rows, key=lambda row: (order.index(row.kind), row.since or never, row.item.reference)))


class _Done(NamedTuple):
    """What was done with the claim of an item."""

    by: str
    at: datetime | None
    note: str


_Reviews = dict[ReviewKind, _Done]
"""The last of each kind, the latest kind last."""


def _latest(session: Session) -> dict[str, _Reviews]:
    asked = select(Review.item_id, Review.kind, Review.by, Review.at, Review.note).where(Review.deleted.is_(False))
    found: dict[str, _Reviews] = {}
    for item_id, code, by, at, note in session.execute(asked.order_by(Review.at, Review.id)):
        kind = coded(ReviewKind, code, ReviewKind.SUBMITTED)
        of_item = found.setdefault(item_id, {})
        of_item.pop(kind, None)
        of_item[kind] = _Done(by, read_time(at), note)
    return found


class _Queue:
    """Tells which items wait for whom."""

    def __init__(self, session: Session, me: Identity) -> None:
        self._session, self._me, self._names = session, me, names_of(me)
        self._reviews = _latest(session)
        self._four_eyes = needs_four_eyes(session)
        self._claimants: dict[str, LoggedChange] = {}

    def kind_of(self, item: ItemRow) -> QueueKind | None:
        """Return why an item stands in the queue; None: it does not."""
        claim = self._claim(item)
        if claim.status is ItemStatus.CHECKED:
            return QueueKind.SIGN_OFF
        if claim.lapsed:
            return QueueKind.LAPSED
        if claim.is_submitted:
            return QueueKind.CHECK
        return QueueKind.RETURNED if claim.is_returned and self._is_mine(item) else None

    def _is_mine(self, item: ItemRow) -> bool:
        submitted = self._reviews[item.id].get(ReviewKind.SUBMITTED)
        return is_mine(item, self._names) or (submitted is not None and is_own(submitted.by, self._me))

    def read_claimants(self, items: Iterable[ItemRow]) -> None:
        """Read from the log who claims what keeps no name."""
        nameless = [item.id for item in items if item.status in CLAIMED and not item.claimed_by]
        self._claimants = claimants(self._session, nameless)

    def row(self, kind: QueueKind, item: ItemRow, position: str) -> QueueRow:
        """Return an item as the queue shows it."""
        changed = self._changes(item) if kind is QueueKind.LAPSED else ()
        done = self._done(kind, item, changed)
        allowed = refusals(self._claim(item), self._me, four_eyes=self._four_eyes)
        lapse = lapse_words(changed) if kind is QueueKind.LAPSED else ""
        return QueueRow(kind, item, done.by, done.at, done.note, position, lapse, allowed)

    def _changes(self, item: ItemRow) -> tuple[SignedChange, ...]:
        return read_changes(self._session, item.id, read_reviews(self._session, item.id).get(item.id, ()))

    def _done(self, kind: QueueKind, item: ItemRow, changed: Sequence[SignedChange]) -> _Done:
        """Return who brought an item into the queue, when, and what they said."""
        reviews = self._reviews.get(item.id, {})
        if kind is QueueKind.CHECK:
            return reviews[ReviewKind.SUBMITTED]
        if kind is QueueKind.RETURNED:
            return reviews[ReviewKind.RETURNED]
        if kind is QueueKind.LAPSED:
            dated = sorted((each.at, each.by) for each in changed if each.at is not None)
            return _Done(dated[-1][1], dated[0][0], "") if dated else _Done("", None, "")
        who, logged = self._claim(item).claimed_by, self._claimants.get(item.id)
        kept = [done for word, done in reviews.items() if word in (ReviewKind.CHECKED, ReviewKind.WITHDRAWN)]
        if kept:
            return kept[-1]._replace(by=who)
        return _Done(who, datetime.fromisoformat(logged.at) if logged else None, "")

    def _claim(self, item: ItemRow) -> Claim:
        logged = self._claimants.get(item.id)
        by = item.claimed_by or (logged.actor if logged else "")
        last = next(reversed(self._reviews.get(item.id, {})), None)
        return Claim(item.reference, item.status, by, last, item.signed, item.lapsed)
