"""Review: what may be done now with the claim of an item, and in words why not; what changed since it was signed.

Contributors submit, directors check or return, the QA lead signs off. Pure rules: no clock. Source: design.md, 3.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from enum import Enum

from readiness.domain.dates import written
from readiness.domain.evidence import ReviewRow
from readiness.domain.scoring import BELOW_CHECKED
from readiness.domain.signing import Signed
from readiness.domain.views import Identity, ItemRow
from readiness.domain.vocabulary import ImpactLevel, ItemField, ItemStatus, ReviewKind, Word

NAMED = 5
"""A refusal names so many items; the rest it counts."""


class ReviewVerb(Word):
    """What people do with the claim of an item."""

    SUBMIT = "submit", "Submit"
    CHECK = "check", "Check"
    SIGN_OFF = "signoff", "Sign off"
    RETURN = "return", "Return"
    WITHDRAW = "withdraw", "Withdraw"

    @property
    def needs_reason(self) -> bool:
        """Whether it takes something back that somebody said, and so must say why."""
        return self in (ReviewVerb.RETURN, ReviewVerb.WITHDRAW)


@dataclass(frozen=True, slots=True)
class Claim:
    """What an item claims, as far as review goes."""

    reference: str
    status: ItemStatus
    claimed_by: str = ""  # who said that it is Checked
    last: ReviewKind | None = None  # what was done with it last
    signed: bool = False  # a sign-off stands in the record, lapsed or not
    lapsed: bool = False  # what was signed has changed since

    @property
    def is_submitted(self) -> bool:
        """Whether somebody handed it in and waits for the check."""
        return self.status is ItemStatus.DRAFTED and self.last is ReviewKind.SUBMITTED

    @property
    def is_returned(self) -> bool:
        """Whether a reviewer sent it back and it is worked on again."""
        return self.status in BELOW_CHECKED and self.last is ReviewKind.RETURNED


class Refusal(Enum):
    """Why a verb cannot be done: of one item, of several, and the cure."""

    TAKES_NO_PART = "takes no part in this inspection", "take no part in this inspection", "set the status first"
    SUBMITTED = "is submitted already", "are submitted already", "wait for the check"
    BEYOND_SUBMITTING = "is checked already", "are checked already", "submit what is still below Checked"
    CHECKED = "is checked already", "are checked already", "sign {them} off, or return {them} with a reason"
    NOT_SUBMITTED = "was not submitted", "were not submitted", "there is nothing to return"
    NOT_CHECKED = "is not checked yet", "are not checked yet", "somebody else has to check {them} before you sign"
    OWN_CLAIM = "was checked by you", "were checked by you", "somebody else has to sign {them} off"
    SIGNED = "is signed off already", "are signed off already", "withdraw the sign-off first, with a reason"
    NOT_SIGNED = "is not signed off", "are not signed off", "there is nothing to withdraw"

    def said_of(self, references: Sequence[str]) -> str:
        """Return it as one sentence about items."""
        one, several, cure = self.value
        names = list(references[:NAMED])
        if len(references) > NAMED:
            names.append(f"{len(references) - NAMED} more")
        is_one = len(references) == 1
        return f"{listed(names)} {one if is_one else several}: {cure.format(them='it' if is_one else 'them')}."


def is_own(claimed_by: str, me: Identity) -> bool:
    """Whether a claim was made by this person, under their name or their role."""
    names = {text.strip().casefold() for text in (me.signature, me.name, me.role)}
    return bool(claimed_by.strip()) and claimed_by.strip().casefold() in names


def why_not(verb: ReviewVerb, claim: Claim, me: Identity, *, four_eyes: bool) -> Refusal | None:
    """Return why somebody cannot do something with a claim now; None: they can.

    Args:
        verb: What they want to do.
        claim: As it stands.
        me: Who they are.
        four_eyes: Nobody signs off what they claim themselves; checking and signing in one go is both.
    """
    if claim.status is ItemStatus.NOT_APPLICABLE:
        return Refusal.TAKES_NO_PART
    if verb is ReviewVerb.SUBMIT:
        return _why_not_submit(claim)
    if verb is ReviewVerb.CHECK:
        return _why_not_check(claim)
    if verb is ReviewVerb.RETURN:
        waits = claim.is_submitted or claim.status not in BELOW_CHECKED
        return None if waits else Refusal.NOT_SUBMITTED
    if verb is ReviewVerb.WITHDRAW:
        return None if claim.status is ItemStatus.SIGNED_OFF else Refusal.NOT_SIGNED
    return _why_not_sign(claim, me, four_eyes)


def _why_not_submit(claim: Claim) -> Refusal | None:
    if claim.is_submitted:
        return Refusal.SUBMITTED
    return None if claim.status in BELOW_CHECKED else Refusal.BEYOND_SUBMITTING


def _why_not_check(claim: Claim) -> Refusal | None:
    if claim.status is ItemStatus.SIGNED_OFF:
        return Refusal.SIGNED
    return None if claim.status in BELOW_CHECKED else Refusal.CHECKED


def _why_not_sign(claim: Claim, me: Identity, four_eyes: bool) -> Refusal | None:
    if claim.status is ItemStatus.SIGNED_OFF and claim.signed and not claim.lapsed:
        return Refusal.SIGNED
    if not four_eyes:
        return None
    if claim.status in BELOW_CHECKED:
        return Refusal.NOT_CHECKED
    return Refusal.OWN_CLAIM if is_own(claim.claimed_by, me) else None


def refusals(claim: Claim, me: Identity, *, four_eyes: bool) -> dict[ReviewVerb, str]:
    """Return for each verb the sentence that refuses it; "" where it is allowed."""
    found = {verb: why_not(verb, claim, me, four_eyes=four_eyes) for verb in ReviewVerb}
    return {verb: refusal.said_of([claim.reference]) if refusal else "" for verb, refusal in found.items()}


def refused(verb: ReviewVerb, claims: Iterable[Claim], me: Identity, *, four_eyes: bool) -> str:
    """Return the sentences that refuse a verb for several items, one a reason; "" where it is allowed for all."""
    reasons: dict[Refusal, list[str]] = {}
    for claim in claims:
        reason = why_not(verb, claim, me, four_eyes=four_eyes)
        if reason is not None:
            reasons.setdefault(reason, []).append(claim.reference)
    return " ".join(reason.said_of(references) for reason, references in reasons.items())


def listed(names: Sequence[str]) -> str:
    """Return names as a sentence has them, "RV-A01, RV-A02 and RV-B01"."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


# what changed since


class Became(Word):
    """What happened to a part of what was signed."""

    CHANGED = "changed", "changed"
    ADDED = "added", "added"
    REMOVED = "removed", "removed"
    REVISED = "revised", "revised"


EVIDENCE = "Evidence"


@dataclass(frozen=True, slots=True)
class SignedChange:
    """One part of what was signed that is no longer so."""

    field: str  # "Position", "Impact level", "Evidence"
    became: Became
    old: str  # as it was signed; of evidence, its revision
    new: str  # as it is now
    evidence_id: str = ""
    title: str = ""  # of the evidence
    at: datetime | None = None  # when it last changed; None: the record does not say
    by: str = ""


def what_changed(signed: Signed, now: Signed) -> tuple[SignedChange, ...]:
    """Return what is no longer as it was signed, field by field; of evidence, old and new are ids of revisions."""
    texts = (
        (ItemField.POSITION, signed.position, now.position),
        (ItemField.IMPACT, signed.impact, now.impact),
        (ItemField.IMPACT_LEVEL, _level(signed.impact_level), _level(now.impact_level)),
        (ItemField.GAP, signed.gap, now.gap),
    )
    found = [SignedChange(name.label, Became.CHANGED, old, new) for name, old, new in texts if old != new]
    for id_ in sorted(signed.evidence.keys() | now.evidence.keys()):
        old, new = signed.evidence.get(id_), now.evidence.get(id_)
        if old != new:
            became = Became.ADDED if old is None else Became.REMOVED if new is None else Became.REVISED
            found.append(SignedChange(EVIDENCE, became, old or "", new or "", id_))
    return tuple(found)


def _level(code: str) -> str:
    return next((level.label for level in ImpactLevel if level.value == code), code)


def lapse_words(changes: Sequence[SignedChange], zone: tzinfo | None = None) -> str:
    """Return in words that a sign-off lapsed: “lapsed: position changed on 12 Mar 2021”.

    Args:
        changes: What changed since; empty where the record cannot tell.
        zone: Where days begin; None: where this computer stands.
    """
    if not changes:
        return "lapsed: what was signed has changed since"
    what = listed(list(dict.fromkeys(each.field.lower() for each in changes)))
    verbs = {each.became for each in changes}
    verb = next(iter(verbs)).label if len(verbs) == 1 else Became.CHANGED.label
    days = [each.at.astimezone(zone).date() for each in changes if each.at is not None]
    if not days:
        return f"lapsed: {what} {verb}"
    return f"lapsed: {what} {verb}{'' if len(changes) == 1 else ', last'} on {written(max(days))}"


# what is shown


@dataclass(frozen=True, slots=True)
class ReviewState:
    """Where the claim of an item stands, as the panel shows it."""

    item_id: str
    claim: Claim
    refusals: Mapping[ReviewVerb, str]  # "" where the verb is allowed
    reviews: tuple[ReviewRow, ...] = ()  # newest first
    changes: tuple[SignedChange, ...] = ()  # since the sign-off that lapsed

    def words(self, zone: tzinfo | None = None) -> str:
        """Return the state in a sentence: “Checked by Head of SEND on 12 Mar 2021, waiting for sign-off.”"""
        claim = self.claim
        if claim.status is ItemStatus.NOT_APPLICABLE:
            return "Takes no part in this inspection."
        if claim.status is ItemStatus.SIGNED_OFF:
            said = self._said(ReviewKind.SIGNED_OFF, zone)
            return (
                f"Signed off{said}." if claim.signed else "Signed off, but nothing says what was signed: sign it off."
            )
        if claim.status is ItemStatus.CHECKED:
            return f"Checked{self._said(ReviewKind.CHECKED, zone)}, waiting for sign-off."
        if claim.is_submitted:
            return f"Submitted{self._said(ReviewKind.SUBMITTED, zone)}, waiting to be checked."
        if claim.is_returned:
            return f"Returned{self._said(ReviewKind.RETURNED, zone)}."
        return "Not submitted yet."

    def _said(self, kind: ReviewKind, zone: tzinfo | None) -> str:
        row = next((row for row in self.reviews if row.kind is kind), None)
        by = row.by if row is not None else self.claim.claimed_by
        on = f" on {written(row.at.astimezone(zone).date())}" if row is not None else ""
        return (f" by {by}" if by else "") + on


class QueueKind(Word):
    """Why an item stands in the reviewer's queue."""

    CHECK = "check", "Waiting to be checked"
    SIGN_OFF = "sign_off", "Waiting for sign-off"
    RETURNED = "returned", "Returned to you"
    LAPSED = "lapsed", "Sign-off lapsed"


@dataclass(frozen=True, slots=True)
class QueueRow:
    """An item that waits for a reviewer."""

    kind: QueueKind
    item: ItemRow
    who: str  # who submitted, checked, returned or changed it
    since: datetime | None  # UTC; None: the record does not say
    note: str  # what they said
    position: str
    lapse: str  # “lapsed: position changed on 12 Mar 2021”; "" where it is none
    refusals: Mapping[ReviewVerb, str] = field(default_factory=dict)


def proof_words(item: ItemRow, day: date) -> str:
    """Return an item's proof in short: “2 of 3 current · audit, voice · strength 3”."""
    links = item.proof.links
    if not links:
        return "no evidence" if item.kind.needs_evidence else "needs no evidence"
    current = item.proof.current(day)
    if not current:
        return f"none of {len(links)} current"
    sources = sorted({link.source.label.lower() for link in current})
    strongest = max(link.strength.level for link in current)
    return f"{len(current)} of {len(links)} current · {', '.join(sources)} · strength {strongest}"


def waiting_words(since: datetime | None, day: date, zone: tzinfo | None = None) -> str:
    """Return how long something waits: “today”, “since yesterday”, “12 days”; "" when nobody knows."""
    if since is None:
        return ""
    days = (day - since.astimezone(zone).date()).days
    return "today" if days <= 0 else "since yesterday" if days == 1 else f"{days} days"
