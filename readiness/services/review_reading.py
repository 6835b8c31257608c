"""Review reading: what the panel shows of an item's review, and what waits for a reviewer."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from readiness.domain.errors import NotFound
from readiness.domain.filters import is_mine, names_of
from readiness.domain.review import (
    Claim,
    QueueKind,
    QueueRow,
    ReviewState,
    SignedChange,
    is_own,
    lapse_words,
    refusals,
)
from readiness.domain.scoring import CLAIMED
from readiness.domain.views import Identity, ItemRow
from readiness.domain.vocabulary import ItemStatus, ReviewKind
from readiness.services.boards import read_board, read_narratives
from readiness.services.claims import claimants, read_claims
from readiness.services.dossiers import coded, needs_four_eyes, read_reviews, read_time
from readiness.services.lapses import read_changes
from readiness.services.people import read_identity
from readiness.storage.history import LoggedChange
from readiness.storage.tables import Review


def read_review(session: Session, item_id: str) -> ReviewState:
    """Return where the claim of an item stands, what was done with it, and what changed since. Raises NotFound."""
    claim = read_claims(session, [item_id])[item_id]
    reviews = read_reviews(session, item_id).get(item_id, ())
    allowed = refusals(claim, read_identity(session), four_eyes=needs_four_eyes(session))
    changed = read_changes(session, [item_id])[item_id] if claim.lapsed else ()
    return ReviewState(item_id, claim, allowed, reviews, changed)


def find_review(session: Session, item_id: str) -> ReviewState | None:
    """Return the same; None when the item was removed meanwhile."""
    try:
        return read_review(session, item_id)
    except NotFound:
        return None


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
    queue.read_more(waiting)
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
        self._changes: dict[str, tuple[SignedChange, ...]] = {}

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

    def read_more(self, waiting: Iterable[tuple[QueueKind, ItemRow]]) -> None:
        """Read from the log who claims what keeps no name, and what changed of what lapsed."""
        nameless = [item.id for _, item in waiting if item.status in CLAIMED and not item.claimed_by]
        self._claimants = claimants(self._session, nameless)
        self._changes = read_changes(self._session, [item.id for kind, item in waiting if kind is QueueKind.LAPSED])

    def row(self, kind: QueueKind, item: ItemRow, position: str) -> QueueRow:
        """Return an item as the queue shows it."""
        changed = self._changes.get(item.id, ())
        done = self._done(kind, item, changed)
        allowed = refusals(self._claim(item), self._me, four_eyes=self._four_eyes)
        lapse = lapse_words(changed) if kind is QueueKind.LAPSED else ""
        return QueueRow(kind, item, done.by, done.at, done.note, position, lapse, allowed)

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
