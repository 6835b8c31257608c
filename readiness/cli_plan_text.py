"""A plan as lines of text: what the command line prints."""

from collections.abc import Iterator
from datetime import date

from readiness.domain.notification import weekday
from readiness.domain.plain_words import counted
from readiness.domain.plan import Basis, Plan, PlanDay, PlanGroup, by_owner
from readiness.domain.schemes import HANDBOOK, Event

_BASIS = {
    Basis.CALLED: "the call of",
    Basis.PLANNED: "planned for a call on",
    Basis.REHEARSED: "as if they rang on",
}
_MOST_NAMED = 8


def plan_lines(plan: Plan, today: date) -> Iterator[str]:
    """Yield the lines of a plan."""
    kind = f", {plan.visit.title}" if plan.visit else ""
    yield f"{plan.inspection.title}: {_BASIS[plan.basis]} {weekday(plan.call)}{kind}"
    ready = sum(len(group.items) - len(group.unfinished) for group in plan.held)
    held = sum(len(group.items) for group in plan.held)
    yield f"Held ready: {ready} of {counted(held, 'item')} {'is' if held == 1 else 'are'} checked."
    if plan.before:
        yield "Before day 1:"
        yield from (f"  {weekday(group.due)}  {_words(group)}" for group in plan.before if group.due)
    going_on: set[str] = set()
    for day in plan.days:
        if day.off != "weekend" or day.events or day.groups:
            yield _heading(day, today)
            new = [event for event in day.events if event.title not in going_on]  # what goes on is said once
            yield from (f"    {event.title}{_mark(event.verified, event.estimated)}" for event in new)
            yield from (f"    {_words(group)}" for group in day.groups)
        if day.number is not None:
            going_on = {event.title for event in day.events}
    for event in Event:
        if getattr(plan.milestones, event.value) is None:
            count = sum(len(group.items) for group in plan.undated if group.waits_for is event)
            waiting = f"; {counted(count, 'item')} {'waits' if count == 1 else 'wait'} for it" if count else ""
            yield f"{event.label}: no day yet{waiting}"
    if plan.not_ready:
        owners = ", ".join(f"{owner} {count}" for owner, count in by_owner(plan.not_ready)[:_MOST_NAMED])
        yield f"Not ready by day 3: {counted(len(plan.not_ready), 'item')} ({owners})"
    for load in plan.overloads:
        yield f"Heavy day: {load.owner} has {len(load.items)} unfinished items due on {weekday(load.day)}"
    for off in plan.off:
        yield f"Day off: {weekday(off.day)}, {off.off}"
    for group in plan.on_days_off:
        yield f"Set by hand to a day off: {', '.join(item.reference for item in group.items)}"


def _heading(day: PlanDay, today: date) -> str:
    parts = [weekday(day.day)]
    if day.number is not None:
        parts.append(f"day {day.number}")
    if day.on_site is not None:
        parts.append(f"on site, day {day.on_site}")
    if day.off:
        parts.append(day.off)
    if day.day == today:
        parts.append("today")
    return " · ".join(parts)


def _words(group: PlanGroup) -> str:
    named = [item.reference for item in group.items[:_MOST_NAMED]]
    rest = len(group.items) - len(named)
    more = f" and {rest} more" if rest else ""
    left = len(group.unfinished)
    return f"{', '.join(named)}{more} ({group.why}; {left} of {len(group.items)} unfinished)"


def _mark(verified: bool, estimated: bool) -> str:
    said = [*(["expected"] if estimated else []), *([] if verified else [HANDBOOK])]
    return f" ({'; '.join(said)})" if said else ""
