"""Plan words: which inspection a plan is of, and the plain sentences about it. Pure: no Qt, no clock."""

from collections.abc import Sequence
from datetime import date

from readiness.domain.calendar import WorkingDays
from readiness.domain.dates import written
from readiness.domain.filters import is_late
from readiness.domain.notification import weekday
from readiness.domain.plain_words import counted
from readiness.domain.plan import Basis, Plan
from readiness.domain.schemes import Event
from readiness.domain.scoring import BELOW_CHECKED
from readiness.domain.views import Board, InspectionRow, ItemRow
from ui.models.overview_words import Phrase

NO_DATE = "Neither a ready-by date nor a call is known. Record the call, rehearse one, or give it a date (Ctrl+I)."


def shown_inspection(board: Board, inspection_id: str | None) -> InspectionRow | None:
    """Return the inspection that a plan is shown of.

    Args:
        board: The board of the day.
        inspection_id: The one people chose; None: the one that is running (the latest call, not published), else the
            one whose call is expected first, else the one published last.
    """
    if inspection_id is not None:
        return next((row for row in board.inspections if row.id == inspection_id), None)
    running = [row for row in board.inspections if row.notified_on and not is_published(row, board.day)]
    if running:
        return max(running, key=lambda row: row.notified_on or date.min)
    expected = [row for row in board.inspections if row.notified_on is None]
    if expected:
        return min(expected, key=lambda row: row.expected_from or row.ready_by or date.max)
    return max(board.inspections, key=lambda row: row.publication_on or date.min, default=None)


def is_published(row: InspectionRow, day: date) -> bool:
    """Whether the report of an inspection is out."""
    return row.publication_on is not None and row.publication_on <= day


def basis_line(plan: Plan, today: date, calendar: WorkingDays) -> str:
    """Return what a plan rests on: "SEN re-visit · notified 30 Apr 2021, working day 12 · Re-visit"."""
    name = plan.inspection.short_title or plan.inspection.title
    visit = f" · {plan.visit.title}" if plan.visit is not None else ""
    return f"{name} · {_basis(plan, today, calendar)}{visit}"


def _basis(plan: Plan, today: date, calendar: WorkingDays) -> str:
    if plan.basis is Basis.REHEARSED:
        return f"rehearsal: as if they rang on {weekday(plan.call)}"
    if plan.basis is Basis.PLANNED:
        return f"planned for a call on {weekday(plan.call)}"
    first = calendar.nth(plan.call, 1)
    number = calendar.between(first, today) + 1
    return f"notified {written(plan.call)}" + (f", working day {number}" if first <= today <= plan.last else "")


def plan_sentence(plan: Plan, items: Sequence[ItemRow], today: date, calendar: WorkingDays) -> tuple[Phrase, ...]:
    """Return the sentence under the title: what is late, due today and next; in a rehearsal, what would not be ready.

    Args:
        plan: The plan that is shown.
        items: All items of the inspection.
        today: The board's day.
        calendar: The working days that count.
    """
    if plan.basis is Basis.REHEARSED:
        return _rehearsed(plan)
    said = _now(items, today)
    if plan.basis is Basis.PLANNED:
        return (*said, *_expected(plan, today, calendar))
    return (*said, *_next(plan, items, today))


def late_items(items: Sequence[ItemRow], today: date) -> tuple[ItemRow, ...]:
    """Return what is past its day and below Checked, the longest late first."""
    late = [item for item in items if is_late(item, today)]
    return tuple(sorted(late, key=lambda item: item.due or date.max))


def _now(items: Sequence[ItemRow], today: date) -> tuple[Phrase, ...]:
    late = len(late_items(items, today))
    due = sum(item.due == today and item.status in BELOW_CHECKED for item in items)
    if late:
        rest = f", {due:,} {_be(due)} due today." if due else "; nothing is due today."
        return Phrase(f"{counted(late, 'item')} {_be(late)} late", strong=True), Phrase(rest)
    if due:
        return Phrase(f"{counted(due, 'item')} {_be(due)} due today", strong=True), Phrase("; nothing is late.")
    return (Phrase("Nothing is late or due today."),)


def _next(plan: Plan, items: Sequence[ItemRow], today: date) -> tuple[Phrase, ...]:
    """Say what is asked for next, by the dates of the record; without any, what happens next."""
    ahead: dict[date, int] = {}
    for item in items:
        if item.due is not None and item.due > today and item.status in BELOW_CHECKED:
            ahead[item.due] = ahead.get(item.due, 0) + 1
    if ahead:
        day = min(ahead)
        are = "is" if ahead[day] == 1 else "are"
        return (
            Phrase(f" Next {are} "),
            Phrase(f"{counted(ahead[day], 'item')} on {named_day(day, today)}", strong=True),
            _DOT,
        )
    for each in plan.days:
        if each.day > today and each.events:
            expected = " (expected)" if each.events[0].estimated else ""
            return (
                Phrase(" Next: "),
                Phrase(f"{each.events[0].title}, {named_day(each.day, today)}{expected}", strong=True),
                _DOT,
            )
    return (Phrase(" Nothing else has a date."),)


def _expected(plan: Plan, today: date, calendar: WorkingDays) -> tuple[Phrase, ...]:
    away = calendar.between(today, plan.call)
    when = (
        f"may come from {named_day(plan.call, today)}, in {counted(away, 'working day')}"
        if away > 0
        else "may come any day"
    )
    count = len(plan.not_ready)
    if not count:
        return Phrase(f" The call {when}: "), Phrase("all that is asked for by day 3 is ready", strong=True), _DOT
    said = f"{counted(count, 'item')} asked for by day 3 {_be(count)} not ready"
    return Phrase(f" The call {when}; "), Phrase(said, strong=True), _DOT


def _rehearsed(plan: Plan) -> tuple[Phrase, ...]:
    count, start = len(plan.not_ready), f"If they rang on {weekday(plan.call)}, "
    said = (
        f"{counted(count, 'item')} asked for by day 3 would not be ready"
        if count
        else "all asked for by day 3 is ready"
    )
    if not plan.overloads:
        return Phrase(start), Phrase(said, strong=True), Phrase(". Nobody would have a heavy day.")
    heaviest = plan.overloads[0]
    load = f"{counted(len(heaviest.items), 'unfinished item')} on {named_day(heaviest.day, plan.call)}"
    return (
        Phrase(start),
        Phrase(said, strong=True),
        Phrase(f". {heaviest.owner} would have "),
        Phrase(load, strong=True),
        _DOT,
    )


_DOT = Phrase(".")


def _be(count: int) -> str:
    return "is" if count == 1 else "are"


def named_day(day: date, near: date) -> str:
    """Return a day with its name, "Thu 6 May"; with its year where another day nearby has another."""
    return weekday(day) if day.year != near.year else weekday(day).rsplit(" ", 1)[0]


def asked_of(inspection: InspectionRow) -> str:
    """Return what the button for the call says: before the call, and after."""
    return "Call and dates…" if inspection.notified_on is not None else "We have had the call"


def dated_by(plan: Plan, event: Event) -> str:
    """Return how many items an event dates, "3 items are dated by it"."""
    days = (group for day in plan.days for group in day.groups)
    count = sum(len(group.items) for group in (*days, *plan.before, *plan.undated) if group.waits_for is event)
    if not count:
        return "no item waits for it"
    return f"{counted(count, 'item')} {_be(count)} dated by it"
