"""Framework texts: what a framework says besides its items, in sections of rich text. Pure: no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from readiness.domain.dates import written
from readiness.domain.schemes import HANDBOOK, Expected, ListSpec, TimetableEntry, VisitType
from readiness.domain.views import FrameworkDraft
from readiness.services.list_files import ListCheck

NOT_VERIFIED = f"Not verified: {HANDBOOK}."
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One page of the dialog: its title, a sentence, and a table with its headings first."""

    title: str
    said: str
    rows: Rows = ()
    widths: tuple[int, ...] = ()  # of the columns, in percent
    copied: str = ""  # what the copy button takes; "": the table
    spec: ListSpec | None = None  # the list that it shows, which a file can be compared with

    def text(self) -> str:
        """Return what can be pasted into a sheet: cells apart by tabs."""
        return self.copied or "\n".join("\t".join(row) for row in self.rows)


def framework_sections(draft: FrameworkDraft) -> tuple[Section, ...]:
    """Return what a framework says, in the order in which people ask."""
    return (
        _about(draft),
        _judgements(draft),
        _visits(draft.visits),
        _timetable(draft),
        _expected(draft.expected),
        *(_list(each) for each in draft.lists),
    )


def section_html(section: Section, quiet: str, line: str) -> str:
    """Return one section as rich text.

    Args:
        section: What to show.
        quiet: The colour of quiet text, "#rrggbb".
        line: The colour of hairlines.
    """
    style = (
        f"<style>td, th {{ padding: 6px 12px 6px 0; border-bottom: 1px solid {line}; vertical-align: top; }}"
        f" th {{ color: {quiet}; font-weight: 400; text-align: left; }} p {{ margin: 0 0 12px 0; }}"
        f" .quiet {{ color: {quiet}; }}</style>"
    )
    return f"{style}<p>{escape(section.said)}</p>{_table(section)}"


def _table(section: Section) -> str:
    if len(section.rows) < 2:
        return ""
    head, *body = section.rows
    heads = (f'<th width="{width}%">{escape(cell)}</th>' for cell, width in zip(head, section.widths, strict=True))
    lines = ["".join(heads), *("".join(map(_cell, row)) for row in body)]
    return f'<table width="100%" cellspacing="0">{"".join(f"<tr>{line}</tr>" for line in lines)}</table>'


def _cell(text: str) -> str:
    return f'<td class="quiet">{escape(text)}</td>' if text == NOT_VERIFIED else f"<td>{escape(text)}</td>"


def _doubt(is_verified: bool) -> str:
    return "" if is_verified else NOT_VERIFIED


def _about(draft: FrameworkDraft) -> Section:
    since = f" It applies from {written(draft.since)} on." if draft.since else ""
    said = f"{draft.title}, edition {draft.edition}.{since} {draft.summary}"
    rows = [("Area", "Title", "Items", "Grades")]
    rows += [(area.code, area.title, str(len(area.items)), ", ".join(area.scale)) for area in draft.areas]
    return Section("About", said if said.endswith(".") else f"{said}.", tuple(rows), (8, 40, 10, 42))


def _judgements(draft: FrameworkDraft) -> Section:
    if not draft.judgements:
        return Section("Judgements", "This framework names no judgements.")
    titles = {area.code: f"{area.code} {area.title}" for area in draft.areas}
    rows: list[tuple[str, ...]] = [("Judgement", "Grades, best first", "Rests on")]
    for each in draft.judgements:
        areas = ", ".join(titles.get(code, code) for code in each.areas) or "the whole checklist"
        rows.append((each.title, ", ".join(each.scale), areas))
    count = len(draft.judgements)
    return Section("Judgements", f"{_counted(count, 'judgement')} with their grades.", tuple(rows), (40, 34, 26))


def _visits(visits: Sequence[VisitType]) -> Section:
    if not visits:
        return Section("Kinds of visit", "This framework names no kinds of visit.")
    rows = [("Visit", "On site from", "Working days on site", "")]
    rows += [(each.title, each.on_site_from, str(each.on_site_days), _doubt(each.verified)) for each in visits]
    return Section(
        "Kinds of visit",
        "What each kind proposes when the call comes, counted from that day.",
        tuple(rows),
        (34, 18, 22, 26),
    )


def _timetable(draft: FrameworkDraft) -> Section:
    if not draft.timetable:
        return Section("Timetable", "This framework has no timetable.")
    visits = {each.code: each.title for each in draft.visits}
    rows: list[tuple[str, ...]] = [("When", "What happens", "Visits", "")]
    rows += [_entry(each, visits) for each in draft.timetable]
    said = "Days are working days; the day of the call is day 1."
    return Section("Timetable", said, tuple(rows), (15, 37, 16, 32))


def _entry(each: TimetableEntry, visits: dict[str, str]) -> tuple[str, ...]:
    when = f"{each.when} to {each.until}" if each.until else each.when
    return when, each.title, ", ".join(visits.get(code, code) for code in each.visits) or "all", _doubt(each.verified)


def _expected(expected: Sequence[Expected]) -> Section:
    title = "Expected days"
    if not expected:
        return Section(title, "This framework does not say when later events usually come.")
    rows = [("Event", "Usually", "Where that comes from", "")]
    for each in expected:
        when = each.when or f"{_counted(each.days_after, 'calendar day')} after the last day on site"
        rows.append((each.event.label, when, each.note, _doubt(each.verified)))
    return Section(title, "Planning dates, until the event itself is recorded.", tuple(rows), (18, 26, 26, 30))


def _list(each: ListSpec) -> Section:
    doubt = "" if each.verified else f" {NOT_VERIFIED}"
    period = each.period if each.period.endswith(".") else f"{each.period}."
    said = f"{each.title}: {period} {_counted(len(each.columns), 'column')}.{doubt}"
    rows = (("Column", "Name"), *((str(number), name) for number, name in enumerate(each.columns, start=1)))
    return Section(f"List {each.number}: {each.title}", said, rows, (12, 88), "\t".join(each.columns), each)


def check_section(found: ListCheck) -> Section:
    """Return what came of comparing a file with a list."""
    rows = (("What differs",), *((fault,) for fault in found.faults)) if found.faults else ()
    return Section(f"List {found.spec.number}: {found.spec.title}", found.summary(), rows, (100,), spec=found.spec)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
