"""Review: what people do with the claim of items; each verb is one step, for one item or many, all of them or none.

Only items in conflict are left by the others' step, and counted: see `unsettled.py`.
Contributors submit, directors check or return, the QA lead signs off or withdraws. What pages ask: `review_reading.py`.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from readiness.domain.errors import BadValue
from readiness.domain.review import Claim, ReviewVerb
from readiness.domain.steps import SetField, Step, sets
from readiness.domain.vocabulary import ItemStatus, ReviewKind
from readiness.services.claims import SIGNABLE_NAMES, checking, read_claims, records_of, refuse, signing, unsigning
from readiness.services.review_reading import find_review, read_queue, read_review
from readiness.services.unsettled import all_settled, settled_ids
from readiness.storage.workspace import workspace_id

__all__ = [
    "VERBS", "check", "find_review", "read_queue", "read_review", "return_items", "set_four_eyes", "sign_off",
    "submit", "withdraw",
]  # fmt: skip

NOTE_LIMIT = 2_000


def submit(session: Session, item_ids: Sequence[str], at: datetime, note: str = "") -> Step:
    """Hand items in to be checked; they are Drafted then. Raises NotFound and BadValue."""
    claims, said, left = _allowed(session, ReviewVerb.SUBMIT, item_ids, note)
    done = records_of(session, dict.fromkeys(claims, ReviewKind.SUBMITTED), at, said)
    return Step(f"Submit {_names(claims)}", [*_drafted(claims), *done], said, left=left)


def return_items(session: Session, item_ids: Sequence[str], at: datetime, reason: str) -> Step:
    """Send items back to who works on them, with a reason: they are Drafted again. Raises NotFound and BadValue."""
    claims, said, left = _allowed(session, ReviewVerb.RETURN, item_ids, reason)
    unsigned = [each for id_, claim in claims.items() if claim.signed for each in sets("item", id_, signed="")]
    done = records_of(session, dict.fromkeys(claims, ReviewKind.RETURNED), at, said)
    return Step(f"Return {_names(claims)}", [*_drafted(claims), *unsigned, *done], said, left=left)


def check(session: Session, item_ids: Sequence[str], at: datetime, note: str = "") -> Step:
    """Claim items as Checked. Raises NotFound and BadValue."""
    claims, said, left = _allowed(session, ReviewVerb.CHECK, item_ids, note)
    return Step(f"Check {_names(claims)}", checking(session, claims, at, said), said, left=left)


def sign_off(session: Session, item_ids: Sequence[str], at: datetime, note: str = "") -> Step:
    """Sign items off exactly as they stand, for the first time or anew after a lapse. Raises NotFound and BadValue."""
    claims, said, left = _allowed(session, ReviewVerb.SIGN_OFF, item_ids, note)
    return Step(f"Sign off {_names(claims)}", signing(session, claims, at, said), said, left=left)


def withdraw(session: Session, item_ids: Sequence[str], at: datetime, reason: str) -> Step:
    """Take sign-offs back, with a reason: the items are Checked again. Raises NotFound and BadValue."""
    claims, said, left = _allowed(session, ReviewVerb.WITHDRAW, item_ids, reason)
    made = unsigning(session, claims, dict.fromkeys(claims, ItemStatus.CHECKED), at, said)
    return Step(f"Withdraw the sign-off of {_names(claims)}", made, said, left=left)


VERBS: Mapping[ReviewVerb, Callable[[Session, Sequence[str], datetime, str], Step]] = {
    ReviewVerb.SUBMIT: submit,
    ReviewVerb.CHECK: check,
    ReviewVerb.SIGN_OFF: sign_off,
    ReviewVerb.RETURN: return_items,
    ReviewVerb.WITHDRAW: withdraw,
}


def set_four_eyes(session: Session, wanted: bool) -> Step:
    """Say whether nobody may sign off what they claim themselves."""
    label = "Let nobody sign off what they claim themselves" if wanted else "Let people sign off what they claim"
    made = sets("workspace", workspace_id(session), four_eyes=wanted)
    return Step(label, all_settled(session, made, "you change it"))


def _allowed(
    session: Session, verb: ReviewVerb, item_ids: Sequence[str], note: str
) -> tuple[dict[str, Claim], str, tuple[str, ...]]:
    """Return the claims and the note of a verb that is allowed for all the items, or raise; and what it leaves.

    Items whose status is in conflict are left, and by a sign-off those of which anything it signs is.
    """
    said = note.strip()
    if verb.needs_reason and not said:
        raise BadValue(f"{verb.label} says why: write a reason, so that whoever worked on it knows what to do.")
    if len(said) > NOTE_LIMIT:
        raise BadValue(f"The note is too long: {len(said):,} characters. Shorten it to {NOTE_LIMIT:,}.")
    hangs_on = ("status", *(SIGNABLE_NAMES if verb is ReviewVerb.SIGN_OFF else ()))
    free, left = settled_ids(session, item_ids, hangs_on, "item")
    claims = read_claims(session, free)
    refuse(session, verb, claims)
    return claims, said, left


def _drafted(claims: Mapping[str, Claim]) -> list[SetField]:
    return [each for id_ in claims for each in sets("item", id_, status=ItemStatus.DRAFTED)]


def _names(claims: Mapping[str, Claim]) -> str:
    return next(iter(claims.values())).reference if len(claims) == 1 else f"{len(claims)} items"
