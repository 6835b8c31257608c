"""Review words: how buttons, keys and lists say what may be done with a claim and what was done. Pure: no Qt."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from readiness.domain.dates import written
from readiness.domain.evidence import ReviewRow
from readiness.domain.review import Claim, ReviewVerb, listed
from readiness.domain.scoring import BELOW_CHECKED
from readiness.domain.views import ItemRow
from readiness.domain.vocabulary import ItemStatus

MOST_REVIEWS = 4
"""So many of the last reviews are told in the panel; History has them all."""


@dataclass(frozen=True, slots=True)
class VerbWords:
    """How a verb is offered."""

    text: str  # on a button, "Return…"
    key: str  # in the checklist
    letter: str  # in the reviewer's queue
    tip: str


WORDS = {
    ReviewVerb.SUBMIT: VerbWords("Submit", "F6", "U", "Hand it in to be checked"),
    ReviewVerb.CHECK: VerbWords("Check", "F7", "C", "Say that it was checked and found sound"),
    ReviewVerb.SIGN_OFF: VerbWords("Sign off", "F8", "S", "Sign off exactly what stands here"),
    ReviewVerb.RETURN: VerbWords("Return…", "F9", "R", "Send it back with a reason"),
    ReviewVerb.WITHDRAW: VerbWords("Withdraw…", "Shift+F9", "W", "Take the sign-off back, with a reason"),
}


def fitting(claim: Claim) -> tuple[ReviewVerb, ...]:
    """Return what is next for a claim; what four eyes refuse is among it, so that the reason can be read."""
    if claim.status is ItemStatus.SIGNED_OFF:
        again = (ReviewVerb.SIGN_OFF,) if claim.lapsed or not claim.signed else ()
        return (*again, ReviewVerb.RETURN, ReviewVerb.WITHDRAW)
    if claim.status is ItemStatus.CHECKED:
        return ReviewVerb.SIGN_OFF, ReviewVerb.RETURN
    if claim.is_submitted:
        return ReviewVerb.CHECK, ReviewVerb.RETURN
    return (ReviewVerb.SUBMIT, ReviewVerb.CHECK) if claim.status in BELOW_CHECKED else ()


def fitting_some(items: Iterable[ItemRow]) -> tuple[ReviewVerb, ...]:
    """Return what is next for some of several items."""
    verbs = {verb for item in items for verb in fitting(Claim(item.reference, item.status, "", None, item.signed))}
    return tuple(verb for verb in ReviewVerb if verb in verbs)


def said_of_many(items: Iterable[ItemRow]) -> str:
    """Return how far several items are: “2 Drafted and 1 Checked”."""
    found = Counter(item.status for item in items)
    return listed([f"{found[status]} {status.label}" for status in ItemStatus if found[status]])


def review_line(row: ReviewRow) -> str:
    """Return what was done with a claim in a line, and what was said below it."""
    line = f"{written(row.at.astimezone().date())} · {row.by} · {row.kind.label}"
    return f"{line}\n{row.note}" if row.note else line
