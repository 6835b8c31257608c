"""Texts: rules about what is written of an item: position, impact, gap, and the words of its framework."""

from collections.abc import Iterator

from readiness.domain.checks.ground import Ground, alike
from readiness.domain.checks.results import FieldFix, Place, Rule, Spot
from readiness.domain.vocabulary import ActionStatus, ImpactLevel, ItemStatus, Severity

COPIED_CHARACTERS = 20
"""From so many characters on, the same words on two items are held to be copied."""


def position_empty(ground: Ground) -> Iterator[Spot]:
    """Claims that do not say what they claim."""
    for item in ground.claimed:
        if not ground.narratives(item).position.strip():
            yield Spot(Place("item", item.id, "position"), f"{item.status.label}, but the position is empty.")


def position_copied(ground: Ground) -> Iterator[Spot]:
    """The same position, word for word, on several items."""
    positions = ((ground.narratives(item).position, item) for item in ground.applicable)
    long = ((" ".join(text.split()).casefold(), item) for text, item in positions if len(text) >= COPIED_CHARACTERS)
    for items in alike(long):
        for number, item in enumerate(items):
            other, more = items[number == 0], len(items) - 2
            where = f"{other.reference} and {more:,} more" if more else other.reference
            yield Spot(Place("item", item.id, "position"), f"The same position stands on {where}.")


def impact_unwritten(ground: Ground) -> Iterator[Spot]:
    """An impact level without words."""
    for item in ground.applicable:
        if item.impact_level is not ImpactLevel.NONE_YET and not ground.narratives(item).impact.strip():
            what = f"Impact is called {item.impact_level.label}, but nobody wrote what changed for children."
            yield Spot(Place("item", item.id, "impact"), what)


def impact_ungraded(ground: Ground) -> Iterator[Spot]:
    """Words about impact without a level."""
    for item in ground.applicable:
        if item.impact_level is ImpactLevel.NONE_YET and ground.narratives(item).impact.strip():
            what = "Impact is described, but its level is None yet."
            yield Spot(Place("item", item.id, "impact_level"), what)


def unexplained(ground: Ground) -> Iterator[Spot]:
    """Items left out without a reason."""
    for item in ground.items:
        if item.status is ItemStatus.NOT_APPLICABLE:
            texts = ground.narratives(item)
            if not texts.position.strip() and not texts.gap.strip():
                what = "Not applicable, but neither position nor gap says why."
                yield Spot(Place("item", item.id, "position"), what)


def gap_without_action(ground: Ground) -> Iterator[Spot]:
    """Gaps that nobody works on: no action of the item, nor of its area as a whole."""
    for item in ground.applicable:
        actions = ground.actions_of_item.get(item.id) or ground.actions_of_area.get(item.area_id)
        if not actions and ground.narratives(item).gap.strip():
            yield Spot(Place("item", item.id, "gap"), "A gap is written, and no action closes it.")


def gap_outlives_actions(ground: Ground) -> Iterator[Spot]:
    """Gaps that stand although every action of the item is done."""
    for item in ground.applicable:
        actions = ground.actions_of_item.get(item.id)
        done = bool(actions) and all(row.status is ActionStatus.DONE for row in actions or ())
        if done and ground.narratives(item).gap.strip():
            what = "A gap is written, and every action of the item is done."
            yield Spot(Place("item", item.id, "gap"), what)


def signed_gap(ground: Ground) -> Iterator[Spot]:
    """Sign-offs of items that still name a gap."""
    for item in ground.claimed:
        if item.status is ItemStatus.SIGNED_OFF and ground.narratives(item).gap.strip():
            yield Spot(Place("item", item.id, "gap"), "Signed off while a gap is written.")


def work_unmarked(ground: Ground) -> Iterator[Spot]:
    """Items on which there is work, though they say Not started."""
    for item in ground.applicable:
        if item.status is not ItemStatus.NOT_STARTED:
            continue
        if item.proof.links or ground.narratives(item).position.strip():
            what = "It has evidence" if item.proof.links else "It has a position"
            fix = FieldFix("item", item.id, "status", ItemStatus.GATHERING.value, ItemStatus.NOT_STARTED.value)
            yield Spot(Place("item", item.id, "status"), f"{what}, but its status is Not started.", (fix,))


def to_confirm(ground: Ground) -> Iterator[Spot]:
    """Items whose words a new edition changed."""
    for item in ground.items:
        if item.confirm:
            what = "A new edition changed its words; somebody has to confirm that the work still answers them."
            yield Spot(Place("item", item.id, "title"), what)


RULES = (
    Rule(
        "position-empty", "Claimed without a position",
        "Whoever meets the inspector has nothing to say that was checked.",
        Severity.MUST, position_empty,
    ),
    Rule(
        "confirm-again", "To be confirmed again",
        "The framework now asks for something else than what the work answers.",
        Severity.MUST, to_confirm,
    ),
    Rule(
        "not-applicable-unexplained", "Not applicable without a reason",
        "What is left out raises readiness. An inspector will ask why it was left out.",
        Severity.SHOULD, unexplained,
    ),
    Rule(
        "position-copied", "The same position on several items",
        "Copied words answer the first item and pass by the others.",
        Severity.SHOULD, position_copied,
    ),
    Rule(
        "impact-unwritten", "Impact level without words",
        "A level is a claim. What is different for children has to be said.",
        Severity.SHOULD, impact_unwritten,
    ),
    Rule(
        "gap-without-action", "A gap without an action",
        "A weakness with a credible plan counts as leadership; one without a plan counts as a weakness.",
        Severity.SHOULD, gap_without_action,
    ),
    Rule(
        "gap-outlives-actions", "A gap that outlives its actions",
        "Either the gap is closed and the words are old, or the actions did not close it.",
        Severity.KNOW, gap_outlives_actions,
    ),
    Rule(
        "signed-gap", "Signed off with a gap",
        "It may be right, an honest gap is no fault; but the signature should have meant it.",
        Severity.KNOW, signed_gap,
    ),
    Rule(
        "impact-ungraded", "Impact without a level",
        "Without a level the impact counts as None yet.",
        Severity.KNOW, impact_ungraded,
    ),
    Rule(
        "work-unmarked", "Work that the status hides",
        "Readiness leaves out work that is there.",
        Severity.KNOW, work_unmarked, "Sets the status to Gathering.",
    ),
)  # fmt: skip
