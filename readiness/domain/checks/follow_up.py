"""Follow-up: rules about actions and findings: done, with what impact, and what proves it."""

from collections.abc import Iterator

from readiness.domain.checks.ground import Ground
from readiness.domain.checks.planning import day_off, moved
from readiness.domain.checks.results import FieldFix, Place, Rule, Spot
from readiness.domain.dates import written
from readiness.domain.evidence import ActionRow
from readiness.domain.vocabulary import ActionStatus, FindingStatus, ImpactLevel, Severity

_TO_DO = frozenset({ActionStatus.PLANNED, ActionStatus.IN_HAND})
_MET = frozenset({FindingStatus.PROVEN, FindingStatus.CLOSED})


def _to_do(ground: Ground) -> Iterator[ActionRow]:
    return (row for row in ground.in_force if row.status in _TO_DO)


def overdue(ground: Ground) -> Iterator[Spot]:
    """Actions past their day and not done."""
    for row in _to_do(ground):
        if row.due is not None and row.due < ground.day:
            what = f"It was due {written(row.due)} and is {row.status.label.lower()}."
            yield Spot(Place("action", row.id, "due"), what)


def undated(ground: Ground) -> Iterator[Spot]:
    """Actions without a day."""
    for row in _to_do(ground):
        if row.due is None:
            yield Spot(Place("action", row.id, "due"), "It has no date.")


def on_day_off(ground: Ground) -> Iterator[Spot]:
    """Actions due on a day on which nobody works."""
    for row in _to_do(ground):
        why = day_off(row.due, ground.calendar) if row.due is not None else ""
        if why and row.due is not None:
            fix = moved("action", row.id, "due", row.due, ground)
            yield Spot(Place("action", row.id, "due"), f"It is due {written(row.due)}: {why}.", fix)


def unowned(ground: Ground) -> Iterator[Spot]:
    """Actions that nobody owns."""
    for row in _to_do(ground):
        if not row.owner.strip():
            yield Spot(Place("action", row.id, "owner"), "Nobody owns it.")


def done_without_impact(ground: Ground) -> Iterator[Spot]:
    """Actions that are done and of which nobody says what they changed for children."""
    for row in ground.in_force:
        if row.status is ActionStatus.DONE:
            if not row.impact.strip():
                yield Spot(Place("action", row.id, "impact"), "It is done; what is different for children is empty.")
            elif row.impact_level is ImpactLevel.NONE_YET:
                yield Spot(Place("action", row.id, "impact_level"), "It is done; its impact is None yet.")


def done_without_practice(ground: Ground) -> Iterator[Spot]:
    """Actions that are done and of which nobody says what changed in practice."""
    for row in ground.in_force:
        if row.status is ActionStatus.DONE and not row.practice.strip():
            yield Spot(Place("action", row.id, "practice"), "It is done; what changed in practice is empty.")


def finding_idle(ground: Ground) -> Iterator[Spot]:
    """Open findings without an action."""
    for row in ground.dossier.findings:
        if row.status is FindingStatus.OPEN and not ground.actions_of_finding.get(row.id):
            yield Spot(Place("finding", row.id, "status"), "It is open, and no action answers it.")


def finding_behind(ground: Ground) -> Iterator[Spot]:
    """Open findings whose actions are all done."""
    for row in ground.dossier.findings:
        actions = ground.actions_of_finding.get(row.id)
        if row.status is FindingStatus.OPEN and actions and all(each.status is ActionStatus.DONE for each in actions):
            fix = FieldFix("finding", row.id, "status", FindingStatus.ACTED_ON.value, FindingStatus.OPEN.value)
            yield Spot(Place("finding", row.id, "status"), "It is open, and all its actions are done.", (fix,))


def finding_unproven(ground: Ground) -> Iterator[Spot]:
    """Findings that are said to be met, without proof."""
    for row in ground.dossier.findings:
        if row.status in _MET and not row.proof.strip():
            what = f"It is called {row.status.label}, and nothing is named that proves it."
            yield Spot(Place("finding", row.id, "proof"), what)


def finding_untested(ground: Ground) -> Iterator[Spot]:
    """Findings that are said to be met, without a day on which somebody tested that."""
    for row in ground.dossier.findings:
        if row.status in _MET and row.tested_on is None:
            what = f"It is called {row.status.label}, and no day is named on which that was tested."
            yield Spot(Place("finding", row.id, "tested_on"), what)


def finding_unowned(ground: Ground) -> Iterator[Spot]:
    """Findings with work left that nobody owns."""
    for row in ground.dossier.findings:
        if row.status not in _MET and not row.owner.strip():
            yield Spot(Place("finding", row.id, "owner"), "Nobody owns it.")


RULES = (
    Rule(
        "finding-idle", "Open finding without an action",
        "Inspectors begin with what the last ones found.",
        Severity.MUST, finding_idle,
    ),
    Rule(
        "finding-unproven", "Finding called met without proof",
        "The last inspectors said it; more than our word is needed to take it away.",
        Severity.MUST, finding_unproven,
    ),
    Rule(
        "action-overdue", "Action past its day",
        "A plan that is not kept is not credible.",
        Severity.MUST, overdue,
    ),
    Rule(
        "action-unowned", "Action that nobody owns",
        "It will not happen by itself.",
        Severity.SHOULD, unowned,
    ),
    Rule(
        "action-undated", "Action without a date",
        "It can never be late, and so never be on time.",
        Severity.SHOULD, undated,
    ),
    Rule(
        "action-without-impact", "Action done without impact",
        "The board asks of every action: done, with what impact, is it sustained.",
        Severity.SHOULD, done_without_impact,
    ),
    Rule(
        "finding-unowned", "Finding that nobody owns",
        "Somebody has to answer for it.",
        Severity.SHOULD, finding_unowned,
    ),
    Rule(
        "action-on-day-off", "Action due on a day off",
        "Nobody is there to finish it.",
        Severity.KNOW, on_day_off, "Moves it to the working day before; after it, where that has passed.",
    ),
    Rule(
        "action-without-practice", "Action done, practice not described",
        "Between an action and its impact stands what people now do differently.",
        Severity.KNOW, done_without_practice,
    ),
    Rule(
        "finding-behind", "Finding behind its actions",
        "All its actions are done, and it still says Open.",
        Severity.KNOW, finding_behind, "Sets it to Acted on.",
    ),
    Rule(
        "finding-untested", "Finding called met, never tested",
        "That it is met should have been looked at on a day.",
        Severity.KNOW, finding_untested,
    ),
)  # fmt: skip
