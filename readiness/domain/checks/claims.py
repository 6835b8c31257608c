"""Claims: rules about items that say they are Checked or Signed off, and about the proof they rest on."""

from collections.abc import Iterator

from readiness.domain.assertions import is_same_person
from readiness.domain.checks.ground import Ground
from readiness.domain.checks.results import FieldFix, Place, Rule, Spot
from readiness.domain.dates import written
from readiness.domain.evidence import ReviewRow
from readiness.domain.proof import SOURCES_MET, only_policy
from readiness.domain.signing import Signed
from readiness.domain.views import ItemRow
from readiness.domain.vocabulary import (
    Audience,
    EvidenceSource,
    ImpactLevel,
    ItemStatus,
    ReviewKind,
    Severity,
    Strength,
)

_HEARD = frozenset({EvidenceSource.VOICE, EvidenceSource.DATA})
_FOR_INSPECTORS = frozenset({Audience.INSPECTORS, Audience.PUBLIC})


def on_proof(item: ItemRow) -> Place:
    """Return the place where the evidence of an item is linked."""
    return Place("item", item.id, "evidence")


def unproven(ground: Ground) -> Iterator[Spot]:
    """Claims of items that need evidence and have none that is current."""
    for item in ground.claimed:
        if item.unproven:
            last = item.proof.last_good_day
            old = f"the last of its evidence was good until {written(last)}" if last else "it has no evidence"
            yield Spot(on_proof(item), f"{item.status.label}, but {old}.")


def sign_off_lapsed(ground: Ground) -> Iterator[Spot]:
    """Sign-offs of something that no longer says what was signed."""
    for item in ground.claimed:
        if item.lapsed:
            reviews = ground.dossier.reviews.get(item.id, ())
            signed = next((review for review in reviews if review.kind is ReviewKind.SIGNED_OFF), None)
            yield Spot(Place("item", item.id, "status"), f"Signed off{_changed_since(ground, item, signed)}.")


def _changed_since(ground: Ground, item: ItemRow, review: ReviewRow | None) -> str:
    if review is None or review.signed is None:
        return ", but it changed since"
    texts, then = ground.narratives(item), review.signed
    latest = ((id_, ground.evidence_by_id[id_].latest) for id_ in _linked(ground, item))
    evidence = {id_: revision.id if revision else "" for id_, revision in latest}
    now = Signed(texts.position, texts.impact, str(item.impact_level.value), texts.gap, evidence)
    words = (("position", then.position, now.position), ("impact", then.impact, now.impact),
             ("impact level", then.impact_level, now.impact_level), ("gap", then.gap, now.gap),
             ("evidence", dict(then.evidence), dict(now.evidence)))  # fmt: skip
    changed = [name for name, before, after in words if before != after]
    what = " and ".join([", ".join(changed[:-1]), changed[-1]] if len(changed) > 1 else changed) or "it"
    return f" on {written(review.at.date())}; {what} changed since"


def _linked(ground: Ground, item: ItemRow) -> Iterator[str]:
    return (link.evidence_id for link in item.proof.links if link.evidence_id in ground.evidence_by_id)


def sign_off_unrecorded(ground: Ground) -> Iterator[Spot]:
    """Items that say Signed off while no sign-off stands in the record."""
    for item in ground.claimed:
        if item.status is ItemStatus.SIGNED_OFF and not item.signed:
            fix = FieldFix("item", item.id, "status", ItemStatus.CHECKED.value, ItemStatus.SIGNED_OFF.value)
            yield Spot(Place("item", item.id, "status"), "Nobody is recorded as having signed it off.", (fix,))


def same_person(ground: Ground) -> Iterator[Spot]:
    """Claims that the same person made and checked, where the council wants two."""
    if not ground.dossier.four_eyes:
        return
    for item in ground.claimed:
        hands = ground.hands(item)
        if is_same_person(item, hands):
            who = hands.signed if item.status is ItemStatus.SIGNED_OFF else item.claimed_by or hands.checked
            yield Spot(Place("item", item.id, "status"), f"{who} both claimed it and checked it.")


def policy_alone(ground: Ground) -> Iterator[Spot]:
    """Claims with nothing but policy as proof."""
    for item in ground.proven:
        if only_policy(item.proof.current(ground.day)):
            yield Spot(on_proof(item), "All that proves it is policy: what should happen, not what does.")


def one_source(ground: Ground) -> Iterator[Spot]:
    """Claims that rest on one source; those on policy alone are told by a rule of their own."""
    for item in ground.proven:
        sources = item.proof.sources(ground.day)
        if len(sources) < SOURCES_MET and EvidenceSource.POLICY not in sources:
            (source,) = sources
            yield Spot(on_proof(item), f"All its current evidence comes from one source: {source.label.lower()}.")


def weak_proof(ground: Ground) -> Iterator[Spot]:
    """Claims whose evidence says it and shows nothing."""
    for item in ground.proven:
        if all(link.strength is Strength.SAYS for link in item.proof.current(ground.day)):
            yield Spot(on_proof(item), "All its current evidence has strength 1: it says so, and shows nothing.")


def confirmed_alone(ground: Ground) -> Iterator[Spot]:
    """Evidence said to be confirmed by another source, where there is no other source."""
    for item in ground.applicable:
        current = item.proof.current(ground.day)
        if any(link.strength is Strength.CONFIRMED for link in current) and len({each.source for each in current}) == 1:
            yield Spot(on_proof(item), "Its evidence is said to be confirmed, but it comes from one source.")


def lapses_by_visit(ground: Ground) -> Iterator[Spot]:
    """Claims whose evidence is current today and will not be when inspectors come."""
    for item in ground.proven:
        until = item.proof.last_good_day
        visit = ground.visit(item)
        needed = visit.last or visit.first
        if until is not None and needed is not None and until < needed:
            yield Spot(on_proof(item), f"All its evidence lapses after {written(until)}; {visit.said}.")


def nothing_to_show(ground: Ground) -> Iterator[Spot]:
    """Claims whose evidence inspectors may not see, while they are near."""
    for item in ground.proven:
        if ground.is_near(item):
            current = item.proof.current(ground.day)
            rows = (ground.evidence_by_id.get(link.evidence_id) for link in current)
            if not any(row is not None and row.audience in _FOR_INSPECTORS for row in rows):
                yield Spot(on_proof(item), "None of its current evidence may be shown to inspectors.")


def sustained_unheard(ground: Ground) -> Iterator[Spot]:
    """Impact said to be sustained without families or figures that say so."""
    for item in ground.applicable:
        if item.impact_level is ImpactLevel.SUSTAINED and not _HEARD & item.proof.sources(ground.day):
            place = Place("item", item.id, "impact_level")
            yield Spot(place, "Impact is called Sustained, but no current voice or data shows it.")


RULES = (
    Rule(
        "claim-unproven", "Claimed without current evidence",
        "An inspector who asks for proof is shown nothing, or something that no longer counts.",
        Severity.MUST, unproven,
    ),
    Rule(
        "sign-off-lapsed", "Sign-off has lapsed",
        "What was signed is not what stands there now; it has to be read and signed again.",
        Severity.MUST, sign_off_lapsed,
    ),
    Rule(
        "sign-off-unrecorded", "Signed off without a record",
        "A sign-off that names nobody answers for nothing.",
        Severity.MUST, sign_off_unrecorded, "Sets the status back to Checked until somebody signs it off.",
    ),
    Rule(
        "same-person", "Claimed and checked by the same person",
        "Nobody else has looked: the claim is worth what one person thinks.",
        Severity.MUST, same_person,
    ),
    Rule(
        "policy-alone", "Nothing but policy as proof",
        "A policy shows what should happen. Inspectors ask what does happen.",
        Severity.SHOULD, policy_alone,
    ),
    Rule(
        "weak-proof", "Evidence that only says it",
        "Strength 1 repeats the claim. Activity or outcome has to be shown.",
        Severity.SHOULD, weak_proof,
    ),
    Rule(
        "lapses-by-visit", "Evidence lapses before the visit",
        "It is proved today and will not be on the day that counts.",
        Severity.SHOULD, lapses_by_visit,
    ),
    Rule(
        "nothing-to-show", "Nothing that inspectors may see",
        "The call is near, and a pack for inspectors would hold nothing for the item.",
        Severity.SHOULD, nothing_to_show,
    ),
    Rule(
        "sustained-unheard", "Sustained without voice or data",
        "That a change lasts is shown by families or by figures over time, not by those who made it.",
        Severity.SHOULD, sustained_unheard,
    ),
    Rule(
        "one-source", "Proof from one source only",
        "Two sources that agree stand up to questions better than one.",
        Severity.KNOW, one_source,
    ),
    Rule(
        "confirmed-alone", "Confirmed by no other source",
        "Strength 4 means that another source confirms it.",
        Severity.KNOW, confirmed_alone,
    ),
)  # fmt: skip
