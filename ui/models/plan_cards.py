"""Plan cards: the figures below the timetable, each with the rows behind it. Pure: no Qt, no clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from readiness.domain.filters import ItemFilter
from readiness.domain.notification import weekday
from readiness.domain.plain_words import counted
from readiness.domain.plan import HEAVY, Basis, Plan, by_owner
from readiness.domain.schemes import HANDBOOK, Event
from readiness.domain.scoring import BELOW_CHECKED
from readiness.domain.views import FrameworkDraft, ItemRow
from readiness.domain.vocabulary import Rating
from ui.models.plan_words import late_items, named_day

_MOST_OWNERS = 4


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One row of a card: what it is, its figure, and what a press opens: items, a day of the timetable, an event."""

    title: str
    right: str
    rating: Rating | None = None
    late: bool = False
    figure: bool = False
    tip: str = ""
    chosen: ItemFilter | None = None
    day: date | None = None
    event: Event | None = None


@dataclass(frozen=True, slots=True)
class PlanCards:
    """The four cards."""

    ready: tuple[PlanRow, ...]
    heavy: tuple[PlanRow, ...]
    clashes: tuple[PlanRow, ...]
    to_come: tuple[PlanRow, ...]


def plan_cards(plan: Plan, items: Sequence[ItemRow], framework: FrameworkDraft | None, today: date) -> PlanCards:
    """Add a plan up.

    Args:
        plan: The plan that is shown.
        items: All items of its inspection.
        framework: What says where an expected day comes from; None: not known.
        today: The board's day.
    """
    first = date.min if plan.basis is Basis.REHEARSED else today  # what is over is late, and no longer heavy
    return PlanCards(
        _ready(plan, items, today), _heavy(plan, first), _clashes(plan, first), _to_come(plan, framework, today)
    )


def _ready(plan: Plan, items: Sequence[ItemRow], today: date) -> tuple[PlanRow, ...]:
    rows = []
    late = () if plan.basis is Basis.REHEARSED else late_items(items, today)
    if late:
        chosen = _filter(late, "Late")
        rows.append(PlanRow("Late", f"{len(late):,}", Rating.OFF_TRACK, True, tip=_owners(late), chosen=chosen))
    held = [item for group in plan.held for item in group.items]
    open_ = [item for item in held if item.status in BELOW_CHECKED]
    right = f"{len(held) - len(open_):,} of {len(held):,}" if held else "none"
    tip = _owners(open_) if open_ else "All is checked or signed off."
    rows.append(PlanRow("Held ready", right, figure=True, tip=tip, chosen=_filter(open_ or held, _held_label(open_))))
    not_ready = plan.not_ready
    tip = _owners(not_ready) if not_ready else "All that is asked for by day 3 is checked or signed off."
    chosen = _filter(not_ready, "Not ready by day 3")
    rows.append(PlanRow("Not ready by day 3", f"{len(not_ready):,}", figure=True, tip=tip, chosen=chosen))
    undated = [item for group in plan.undated for item in group.items]
    if undated:
        tip = "They wait for an event that nobody can date yet."
        rows.append(PlanRow("No date yet", f"{len(undated):,}", tip=tip, chosen=_filter(undated, "No date yet")))
    return tuple(rows)


def _held_label(unfinished: Sequence[ItemRow]) -> str:
    return "Held ready: not ready" if unfinished else "Held ready"


def _heavy(plan: Plan, first: date) -> tuple[PlanRow, ...]:
    return tuple(
        PlanRow(
            load.owner,
            f"{named_day(load.day, plan.call)} · {len(load.items)}",
            tip=f"{len(load.items)} unfinished items are due on {weekday(load.day)}; {HEAVY} or more are a heavy day",
            chosen=_filter(load.items, f"{load.owner}, {named_day(load.day, plan.call)}"),
            day=load.day,
        )
        for load in plan.overloads
        if load.day >= first
    )


def _clashes(plan: Plan, first: date) -> tuple[PlanRow, ...]:
    """Clashes first: somebody must decide about them; days off are only to be known."""
    rows = [
        PlanRow(
            f"{counted(len(group.items), 'item')} set to {named_day(group.due, plan.call)}",
            "day off",
            Rating.AT_RISK,
            tip="Nobody works on that day. Choose another date for them.",
            chosen=_filter(group.items, f"Set to a day off, {named_day(group.due, plan.call)}"),
            day=group.due,
        )
        for group in sorted(plan.on_days_off, key=lambda group: group.due or date.max)
        if group.due is not None
    ]
    rows += [
        PlanRow(named_day(day.day, plan.call), day.off, tip=f"No working day: {day.off}", day=day.day)
        for day in plan.off
        if day.day >= first
    ]
    return tuple(rows)


def _to_come(plan: Plan, framework: FrameworkDraft | None, today: date) -> tuple[PlanRow, ...]:
    notes = {each.event: each for each in (framework.expected if framework is not None else ())}
    rows = []
    for event in Event:
        day: date | None = getattr(plan.milestones, event.value)
        known = day is not None and event not in plan.estimated
        overdue = plan.basis is Basis.CALLED and not known and day is not None and day < today
        expected = notes.get(event)
        why = [] if known or expected is None else [expected.note, "" if expected.verified else HANDBOOK]
        said = ["recorded" if known else "not recorded yet" if overdue else "", *why]
        tip = "; ".join(part for part in said if part)
        mark = Rating.AT_RISK if overdue else None
        rows.append(PlanRow(event.label, _when(plan, day, known), mark, figure=known, tip=tip, day=day, event=event))
    return tuple(rows)


def _when(plan: Plan, day: date | None, known: bool) -> str:
    if day is None:
        return "no date yet"
    return f"{'' if known else 'expected '}{named_day(day, plan.call)}"


def _filter(items: Iterable[ItemRow], label: str) -> ItemFilter | None:
    ids = tuple(item.id for item in items)
    return ItemFilter(items=ids, label=label) if ids else None


def _owners(items: Iterable[ItemRow]) -> str:
    """Say whose some items are, "Head of SEND 7, EHC Plan Manager 3 and 4 others"."""
    counts = by_owner(items)
    said = ", ".join(f"{owner} {count:,}" for owner, count in counts[:_MOST_OWNERS])
    rest = sum(count for _, count in counts[_MOST_OWNERS:])
    return f"{said} and {rest:,} others’" if rest else said
