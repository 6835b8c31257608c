"""Plan sheet: a plan as one printed page: a row for each day with what happens and what is due. Pure: no Qt.

How much is said of each item gives way to room: its title, then its reference alone, then "and 37 more".
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from html import escape

from readiness.domain.calendar import WorkingDays
from readiness.domain.dates import written
from readiness.domain.plan import Basis, Plan, PlanEvent
from readiness.domain.schemes import HANDBOOK
from readiness.domain.scoring import BELOW_CHECKED
from readiness.domain.vocabulary import Rating
from ui.models.plan_spans import spans_of, without_spans
from ui.models.plan_weeks import AFTER, BEFORE, Column, DueEntry, PlanWeeks
from ui.models.plan_words import basis_line

UNSURE, DONE = "○", "✓"
SIGNS = {Rating.OFF_TRACK: "◆", Rating.AT_RISK: "▲"}
LEGEND = f"{SIGNS[Rating.OFF_TRACK]} off track, {SIGNS[Rating.AT_RISK]} at risk, {DONE} checked or signed off"
FOOTNOTE = f"{UNSURE} usual or expected, not confirmed: {HANDBOOK}"


class Detail(Enum):
    """How much is said of each item."""

    LINES = "lines"  # its title, and every owner begins a line
    TITLES = "titles"
    REFERENCES = "references"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A day, or what stands beside the days."""

    heading: str
    note: str
    events: tuple[str, ...]
    entries: tuple[DueEntry, ...]  # worst first
    starts_week: bool = False
    is_off: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page."""

    title: str
    basis: str
    sentence: str
    printed: str
    rows: tuple[SheetRow, ...]
    foot: str
    is_rehearsal: bool

    @property
    def items(self) -> int:
        """How many items there are in all."""
        return sum(len(row.entries) for row in self.rows)

    @property
    def fullest(self) -> int:
        """How many items the fullest row has."""
        return max((len(row.entries) for row in self.rows), default=0)

    @property
    def widest(self) -> int:
        """How many letters the longest event has."""
        return max((len(event) for row in self.rows for event in row.events), default=0)


def plan_sheet(plan: Plan, sentence: str, today: date, who: str, calendar: WorkingDays) -> Sheet:
    """Return a plan as it is printed.

    Args:
        plan: The plan, real or rehearsed.
        sentence: What the page says of it.
        today: The day it is printed on.
        who: Who prints it.
        calendar: The working days that count.
    """
    rows = tuple(_rows(PlanWeeks(plan, date.min, calendar)))  # on paper no day is today
    unsure = any(event.startswith(UNSURE) for row in rows for event in row.events)
    return Sheet(
        title=plan.inspection.title,
        basis=basis_line(plan, today, calendar),
        sentence=sentence,
        printed=f"Printed {written(today)}, {who}",
        rows=rows,
        foot=f"{LEGEND}. {FOOTNOTE}." if unsure else f"{LEGEND}.",
        is_rehearsal=plan.basis is Basis.REHEARSED,
    )


def _rows(weeks: PlanWeeks) -> Iterator[SheetRow]:
    keys = {name.key for name in weeks.names}
    if BEFORE in keys:
        yield from (_row(column, column.events) for column in weeks.columns(BEFORE))
    of_weeks = [weeks.columns(name.key) for name in weeks.names if name.first is not None]
    columns = [column for week in of_weeks for column in week]
    mondays = {week[0].key for week in of_weeks}
    spans = spans_of(columns)
    for place, column in enumerate(columns):
        if column.is_planned or column.entries or column.events:
            long = [_said(span.event, columns[span.last].heading) for span in spans if span.first == place]
            short = [_said(event) for event in without_spans(column, place, spans)]
            yield _row(column, [*long, *short], starts_week=column.key in mondays)
    if AFTER in keys:
        after = weeks.columns(AFTER)
        yield from (_row(column, column.events, starts_week=column is after[0]) for column in after)


def _row(column: Column, events: Iterable[PlanEvent | str], *, starts_week: bool = False) -> SheetRow:
    """Return a column as a row; a mark that all its items share is said once, beside the day."""
    told = tuple(event if isinstance(event, str) else _said(event) for event in events)
    marks = {entry.mark for entry in column.entries}
    shared = next(iter(marks)) if len(marks) == 1 else ""
    entries = tuple(replace(entry, mark="") for entry in column.entries) if shared else column.entries
    note = ", ".join(part for part in (column.notes[0] if column.notes else "", shared) if part)
    return SheetRow(column.heading, note, told, entries, starts_week, bool(column.off))


def _said(event: PlanEvent, until: str = "") -> str:
    """Return an event on paper: a ring where nobody confirms it, and to which day it goes on."""
    sure = event.verified and not event.estimated
    expected = " (expected)" if event.estimated else ""
    return f"{'' if sure else UNSURE + ' '}{event.title}{expected}{f' (to {until})' if until else ''}"


def condensed(sheet: Sheet) -> Sheet:
    """Return a sheet on which days in a row with nothing on them share a row."""
    rows: list[SheetRow] = []
    run: list[SheetRow] = []
    for row in (*sheet.rows, None):
        if row is not None and not row.entries and not row.events:
            run.append(row)
            continue
        rows += run if len(run) < 2 else [_joined(run)]
        run = []
        rows += [row] if row is not None else []
    return replace(sheet, rows=tuple(rows))


def _joined(run: Sequence[SheetRow]) -> SheetRow:
    off = [f"{row.heading}: {row.note}" for row in run if row.is_off]
    events = (f"Nothing on these {len(run)} days.", *off)
    return SheetRow(f"{run[0].heading} to {run[-1].heading}", "", events, (), any(row.starts_week for row in run))


def cut(sheet: Sheet, most: int) -> Sheet:
    """Return a sheet with so many rows at the most; the last one counts those that are left out."""
    if len(sheet.rows) <= most:
        return sheet
    left = sheet.rows[max(0, most - 1) :]
    items = sum(len(row.entries) for row in left)
    last = SheetRow(f"and {len(left):,} more days", "", (f"{items:,} items are due on them.",), ())
    return replace(sheet, rows=(*sheet.rows[: max(0, most - 1)], last))


def due_html(row: SheetRow, detail: Detail, most: int | None = None) -> str:
    """Return what is due in a row: by owner, whoever has the worst item first.

    Args:
        row: The row.
        detail: How much is said of each item.
        most: How many items at the most, the worst; None: all.
    """
    shown = row.entries if most is None else row.entries[:most]
    by_owner: dict[str, list[str]] = {}
    for entry in shown:
        owner = entry.item.owner or entry.item.service or "Nobody named"
        by_owner.setdefault(owner, []).append(_item_html(entry, detail))
    apart = ", " if detail is Detail.REFERENCES else "; "
    said = [f"<b>{escape(owner)}:</b> {apart.join(items)}" for owner, items in by_owner.items()]
    rest = len(row.entries) - len(shown)
    if rest:
        said.append(f"<b>and {rest:,} more</b>" if shown else f"<b>{rest:,} items</b>")
    return ("<br>" if detail is Detail.LINES else "&nbsp;&nbsp; ").join(said)


def _item_html(entry: DueEntry, detail: Detail) -> str:
    sign = DONE if entry.item.status not in BELOW_CHECKED else SIGNS.get(entry.rating, "")
    parts = [escape(entry.item.reference).replace("-", "&#8209;")]  # a reference is not broken at its hyphen
    if detail is not Detail.REFERENCES:
        parts.append(escape(entry.item.title))
    if entry.mark:
        parts.append(f"<i>({escape(entry.mark)})</i>")
    if sign:
        parts.append(sign)
    if detail is Detail.REFERENCES:
        return "&nbsp;".join(parts)
    return "&nbsp;".join([" ".join(parts[:-1]), parts[-1]]) if sign else " ".join(parts)
