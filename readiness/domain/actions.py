"""Actions: is the work being done as agreed, and, told apart from that, what it changed. Pure rules: no clock.

The board asks three questions of every action: is it done, with what impact, is the impact sustained.
Source: domain.md, sections 2.2, 3.2 and 5.2; design.md, section 3.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from readiness.domain.calendar import WorkingDays
from readiness.domain.dates import written
from readiness.domain.evidence import ActionRow, FindingRow
from readiness.domain.views import AreaRow, Board, InspectionRow, ItemRow
from readiness.domain.vocabulary import ActionSource, ActionStatus, Delivery, FindingStatus, ImpactLevel, Rating

OPEN = frozenset({ActionStatus.PLANNED, ActionStatus.IN_HAND})
"""The statuses of actions that still have work in them."""


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action where it stands on the board, with how its delivery stands on the board's day."""

    action: ActionRow
    delivery: Delivery
    inspection: InspectionRow | None  # None: it belongs to no inspection, and so concerns all
    area: AreaRow | None
    item: ItemRow | None

    @property
    def id(self) -> str:
        """The action's."""
        return self.action.id

    @property
    def reference(self) -> str:
        """Where it belongs in a few letters: the item's reference, else the area's letter; "" for neither."""
        return self.item.reference if self.item is not None else self.area.code if self.area is not None else ""


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding where it stands on the board, with the actions that answer it."""

    finding: FindingRow
    rating: Rating
    inspection: InspectionRow | None
    area: AreaRow | None
    actions: tuple[ActionLine, ...]

    @property
    def id(self) -> str:
        """The finding's."""
        return self.finding.id

    @property
    def reference(self) -> str:
        """The area's letter; "" where it belongs to no area."""
        return self.area.code if self.area is not None else ""


def delivery(action: ActionRow, day: date, soon: date) -> Delivery:
    """Return how the delivery of an action stands on a day; its impact plays no part.

    Args:
        action: The action.
        day: The day that is judged.
        soon: The last day that counts as soon (scoring.soon_after), passed in: it is the same for every action.
    """
    if action.status not in OPEN:
        return Delivery.DONE if action.status is ActionStatus.DONE else Delivery.STOPPED
    if action.due is None:
        return Delivery.NO_DATE
    if action.due < day:
        return Delivery.OVERDUE
    return Delivery.DUE_SOON if action.due <= soon else Delivery.ON_COURSE


def explain_delivery(action: ActionRow, day: date, calendar: WorkingDays) -> str:
    """Return why the delivery of an action stands as it does, in a few words."""
    if action.status is ActionStatus.STOPPED:
        return "it was stopped"
    if action.status is ActionStatus.DONE:
        level = action.impact_level
        return "no impact yet" if level is ImpactLevel.NONE_YET else f"impact {level.label.lower()}"
    state = action.status.label.lower()
    if action.due is None:
        return f"{state}, nobody said by when"
    if action.due == day:
        return f"due today, {state}"
    away = calendar.between(day, action.due)
    if action.due < day:
        return f"{_working_days(max(-away, 1))} late, {state}"
    return f"due in {_working_days(away)}, {state}" if away else f"due before the next working day, {state}"


def _working_days(count: int) -> str:
    return f"{count} working {'day' if count == 1 else 'days'}"


def action_lines(actions: Iterable[ActionRow], board: Board) -> tuple[ActionLine, ...]:
    """Return actions where they stand now, in their order.

    An action goes with its item into another area; where its item or area was removed, it stays with what holds it.
    Those of a removed inspection are left out: they come back with it.
    """
    inspections = {row.id: row for row in board.inspections}
    areas = {row.id: row for row in board.areas}
    items = {row.id: row for row in board.items}
    lines = []
    for action in actions:
        item = items.get(action.item_id)
        area = areas.get(item.area_id if item is not None else action.area_id)
        inspection = inspections.get(area.inspection_id if area is not None else action.inspection_id)
        if inspection is None and action.inspection_id:
            continue
        lines.append(ActionLine(action, delivery(action, board.day, board.soon), inspection, area, item))
    return tuple(lines)


def finding_lines(
    findings: Iterable[FindingRow], actions: Iterable[ActionLine], board: Board
) -> tuple[FindingLine, ...]:
    """Return findings where they stand now, in their order, each with the actions that answer it."""
    inspections = {row.id: row for row in board.inspections}
    areas = {row.id: row for row in board.areas}
    answers: dict[str, list[ActionLine]] = {}
    for line in actions:
        if line.action.finding_id:
            answers.setdefault(line.action.finding_id, []).append(line)
    lines = []
    for finding in findings:
        area = areas.get(finding.area_id)
        inspection = inspections.get(area.inspection_id if area is not None else finding.inspection_id)
        if inspection is None and finding.inspection_id:
            continue
        found = tuple(answers.get(finding.id, ()))
        lines.append(FindingLine(finding, finding_rating(finding, found), inspection, area, found))
    return tuple(lines)


def finding_rating(finding: FindingRow, actions: Sequence[ActionLine]) -> Rating:
    """Return how a point of an earlier inspection stands: red while nobody works on it as agreed, blue when proven."""
    if finding.status in (FindingStatus.PROVEN, FindingStatus.CLOSED):
        return Rating.COMPLETE
    if finding.status is FindingStatus.ACTED_ON:
        return Rating.ON_TRACK
    in_hand = any(line.action.status is not ActionStatus.STOPPED for line in actions)
    late = any(line.delivery is Delivery.OVERDUE for line in actions)
    return Rating.AT_RISK if in_hand and not late else Rating.OFF_TRACK


def explain_finding(finding: FindingRow, actions: Sequence[ActionLine]) -> str:
    """Return why a finding stands as it does, in a few words."""
    if finding.status is FindingStatus.CLOSED:
        return "closed" if finding.proof.strip() else "closed, but nothing is written that proves it"
    if finding.status is FindingStatus.PROVEN:
        tested = f", tested on {written(finding.tested_on)}" if finding.tested_on is not None else ""
        return f"what was done has shown its effect{tested}"
    if finding.status is FindingStatus.ACTED_ON:
        return "acted on; its effect is still to be proven"
    said = say_actions(actions)
    return f"open; {said}" if actions else "open, and no action answers it"


def say_actions(actions: Sequence[ActionLine]) -> str:
    """Return how actions stand: "3 actions, 1 overdue, 1 done"; "" without any."""
    if not actions:
        return ""
    counts = Counter(line.delivery for line in actions)
    shown = (Delivery.OVERDUE, Delivery.DUE_SOON, Delivery.DONE, Delivery.STOPPED)
    parts = [f"{counts[each]} {each.label.lower()}" for each in shown if counts[each]]
    return ", ".join([f"{len(actions):,} action{'s' * (len(actions) != 1)}", *parts])


@dataclass(frozen=True, slots=True)
class Answers:
    """What can be said to the board's three questions of an action."""

    done: str
    impact: str
    sustained: str


QUESTIONS = ("Is it done?", "With what impact?", "Is it sustained?")
"""What the improvement board asks of every action. Source: domain.md, section 2.2."""

_LEVELS = {
    ImpactLevel.NONE_YET: ("None yet", "No: there is no impact yet that could last."),
    ImpactLevel.EARLY: ("Early signs", "Too early to say."),
    ImpactLevel.CLEAR: ("Clear", "Not shown yet: look again after another term."),
    ImpactLevel.SUSTAINED: ("Clear and lasting", "Yes."),
}


def three_questions(action: ActionRow, day: date) -> Answers:
    """Return the answers to the board's three questions of an action, in words, on a day."""
    impact, sustained = _LEVELS[action.impact_level]
    told = " ".join(action.impact.split())
    if told:
        impact = f"{impact}: {told}"
    elif action.impact_level is not ImpactLevel.NONE_YET:
        impact = f"{impact}, but nothing is written that says so."
    else:
        impact = f"{impact}."
    return Answers(_is_done(action, day), impact, sustained)


def _is_done(action: ActionRow, day: date) -> str:
    if action.status is ActionStatus.DONE:
        return "Yes."
    if action.status is ActionStatus.STOPPED:
        return "No: it was stopped."
    if action.due is None:
        when = "no date is set"
    else:
        when = f"{'overdue since' if action.due < day else 'due'} {written(action.due)}"
    return f"Not yet: {action.status.label.lower()}, {when}."


@dataclass(frozen=True, slots=True)
class Chain:
    """Action, change in practice, difference for children: each as it is written, "" where nothing is."""

    line: ActionLine
    practice: str
    difference: str

    @property
    def missing(self) -> str:
        """The first link that is missing, in words; "" where the chain is whole."""
        if self.line.action.status is not ActionStatus.DONE:
            return "the action is not done"
        if not self.practice:
            return "no change in practice is written"
        if not self.difference or self.line.action.impact_level is ImpactLevel.NONE_YET:
            return "no difference for children is shown"
        return ""


def chains(area: AreaRow, actions: Iterable[ActionLine]) -> tuple[Chain, ...]:
    """Return the chains of an area, those of its items included, in their order; stopped actions make none."""
    return tuple(
        Chain(line, line.action.practice.strip(), line.action.impact.strip())
        for line in actions
        if line.area is not None and line.area.id == area.id and line.action.status is not ActionStatus.STOPPED
    )


@dataclass(frozen=True, slots=True)
class ActionCounts:
    """How actions stand in numbers: delivery and impact apart."""

    total: int
    by_delivery: Mapping[Delivery, int]
    by_level: Mapping[ImpactLevel, int]
    unshown: int  # done, and no impact is claimed yet


def count_actions(lines: Iterable[ActionLine]) -> ActionCounts:
    """Count actions by delivery and, apart from it, by impact."""
    found = list(lines)
    deliveries = Counter(line.delivery for line in found)
    levels = Counter(line.action.impact_level for line in found)
    return ActionCounts(
        total=len(found),
        by_delivery={each: deliveries[each] for each in Delivery},
        by_level={each: levels[each] for each in ImpactLevel},
        unshown=sum(
            line.delivery is Delivery.DONE and line.action.impact_level is ImpactLevel.NONE_YET for line in found
        ),
    )


def in_range(lines: Iterable[ActionLine], shown: Board) -> tuple[ActionLine, ...]:
    """Return the actions that belong to what a narrowed board shows; those of no inspection concern all of them."""
    items, areas = {row.id for row in shown.items}, {row.id for row in shown.areas}
    inspections = {row.id for row in shown.inspections}
    return tuple(
        line
        for line in lines
        if (line.item is None or line.item.id in items)
        and (line.area is None or line.area.id in areas)
        and (line.inspection is None or line.inspection.id in inspections)
    )


def findings_in_range(lines: Iterable[FindingLine], shown: Board) -> tuple[FindingLine, ...]:
    """Return the findings that belong to what a narrowed board shows."""
    areas, inspections = {row.id for row in shown.areas}, {row.id for row in shown.inspections}
    return tuple(
        line
        for line in lines
        if (line.area is None or line.area.id in areas)
        and (line.inspection is None or line.inspection.id in inspections)
    )


@dataclass(frozen=True, slots=True)
class Registers:
    """Actions and findings as a sheet or a page shows them."""

    actions: tuple[ActionLine, ...] = ()
    findings: tuple[FindingLine, ...] = ()

    @property
    def scrutiny(self) -> tuple[ActionLine, ...]:
        """What was promised to a scrutiny commission."""
        return tuple(line for line in self.actions if line.action.source is ActionSource.SCRUTINY)


def registers_of(actions: Iterable[ActionRow], findings: Iterable[FindingRow], board: Board) -> Registers:
    """Return all actions and findings where they stand on a board."""
    lines = action_lines(actions, board)
    return Registers(lines, finding_lines(findings, lines, board))


def narrowed_registers(registers: Registers, shown: Board) -> Registers:
    """Return the actions and findings that belong to what a narrowed board shows."""
    return Registers(in_range(registers.actions, shown), findings_in_range(registers.findings, shown))
