"""Evidence: the library, a row a piece, with how it stands on the day and where it is used. Addresses stay text."""

from collections import Counter
from collections.abc import Callable

from readiness.domain.evidence import AttachmentRow
from readiness.domain.proving import EvidenceLine, Use, evidence_lines
from readiness.domain.vocabulary import Currency
from readiness.excel.cells import Page
from readiness.excel.contents import EVIDENCE, Contents, spoken
from readiness.excel.contested_cells import EVIDENCE_PLACES
from readiness.excel.key_sheet import CURRENCIES, strong
from readiness.excel.register_sheet import Column, Register, Row, write_register
from readiness.excel.styles import Styles

Line = Row[EvidenceLine]


def attached(each: AttachmentRow) -> str:
    """Return a file or link as people read it: its name, and its address where it has one."""
    return (
        each.url if each.url and each.name in ("", each.url) else f"{each.name} ({each.url})" if each.url else each.name
    )


def _files(row: Line, _: Contents) -> str:
    latest = row.line.evidence.latest
    return "\n".join([attached(each) for each in latest.attachments]) if latest else ""


def _used(use: Use) -> str:
    until = use.link.until
    return f"{use.item.reference} (until {spoken(until)})" if until is not None else use.item.reference


def _version(row: Line, _: Contents) -> int | None:
    latest = row.line.evidence.latest
    return latest.number if latest else None


REGISTER: Register[EvidenceLine] = Register(
    EVIDENCE,
    "Every piece of evidence with its currency, its source and where it is used.",
    (
        Column("Currency", 12, "cell", lambda row, _: row.line.currency.label),
        Column("Title", 30, "cell_wrap", lambda row, _: row.line.evidence.title),
        Column("What it shows", 32, "cell_wrap", lambda row, _: row.line.evidence.shows),
        Column("Source", 12, "cell", lambda row, _: row.line.evidence.source.label),
        Column("Strength", 17, "cell_wrap", lambda row, _: strong(row.line.evidence.strength)),
        Column("Dated", 11.5, "date", lambda row, _: row.line.evidence.dated),
        Column("Covers from", 11.5, "date", lambda row, _: row.line.evidence.covers_from),
        Column("Covers to", 11.5, "date", lambda row, _: row.line.evidence.covers_to),
        Column("Received", 11.5, "date", lambda row, _: row.line.evidence.received),
        Column("Valid until", 11.5, "date", lambda row, _: row.line.evidence.valid_until),
        Column("Where used", 27, "cell_wrap", lambda row, _: "\n".join([_used(use) for use in row.line.uses])),
        Column("Inspection", 14, "cell_wrap", lambda row, _: row.inspection),
        Column("Audience", 11, "cell", lambda row, _: row.line.evidence.audience.label),
        Column("Files and links", 32, "cell_wrap_quiet", _files),
        Column("Version", 8.5, "count", _version),
    ),
    tuple((currency.label, rating) for currency, rating in CURRENCIES.items()),
    EVIDENCE_PLACES,
    lambda line: line.evidence.id,
)


def write_evidence(page: Page, contents: Contents, styles: Styles, tick: Callable[[int], None]) -> None:
    """Fill the sheet Evidence."""
    lines = evidence_lines(contents.proving.evidence, contents.board)
    names = {each.inspection.id: each.name for each in contents.checklists}
    rows = [
        Row(line, ", ".join(dict.fromkeys([names[use.item.inspection_id] for use in line.uses])), "", number)
        for number, line in enumerate(lines, start=1)
    ]
    counts = Counter(line.currency for line in lines)
    day = spoken(contents.board.day)
    parts = [f"{counts[each]:,} {each.label.lower()}" for each in Currency if counts[each]]
    unused = sum(not line.uses for line in lines)
    parts += [f"{unused:,} used nowhere"] if unused else []
    total = f"{len(lines):,} piece{'s' * (len(lines) != 1)} of evidence"
    nothing = f"No evidence is recorded for what this workbook shows, as of {day}"
    note = f"{total}: {', '.join(parts)}, as of {day}" if lines else nothing
    write_register(page, REGISTER, rows, note, contents, styles, tick)
