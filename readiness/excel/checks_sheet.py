"""Checks: every place where a quality rule does not hold, the gravest first."""

from collections import Counter
from collections.abc import Callable

from readiness.domain.proving import CheckLine
from readiness.domain.vocabulary import Rating, Severity
from readiness.excel.cells import Page
from readiness.excel.contents import CHECKS, Contents, spoken
from readiness.excel.register_sheet import Column, Register, Row, write_register
from readiness.excel.styles import Styles

REGISTER: Register[CheckLine] = Register(
    CHECKS,
    "Every place where a quality rule does not hold.",
    (
        Column("Severity", 17, "cell_wrap", lambda row, _: row.line.severity.label),
        Column("Rule", 30, "cell_wrap", lambda row, _: row.line.rule),
        Column("Place", 18, "cell_wrap", lambda row, _: row.line.name),
        Column("Item", 32, "cell_wrap_quiet", lambda row, _: row.line.title),
        Column("What is wrong", 56, "cell_wrap", lambda row, _: row.line.sentence),
        Column("Owner", 18, "cell_wrap", lambda row, _: row.line.owner),
        Column("Inspection", 16, "cell_wrap", lambda row, _: row.inspection),
    ),
    (
        (Severity.MUST.label, Rating.OFF_TRACK),
        (Severity.SHOULD.label, Rating.AT_RISK),
        (Severity.KNOW.label, Rating.NOT_APPLICABLE),
    ),
)


def write_checks(page: Page, contents: Contents, styles: Styles, tick: Callable[[int], None]) -> None:
    """Fill the sheet Checks."""
    lines = contents.proving.checks
    names = {each.inspection.id: each.name for each in contents.checklists}
    rows = [
        Row(line, ", ".join([names[id_] for id_ in line.inspection_ids if id_ in names]), "", number)
        for number, line in enumerate(lines, start=1)
    ]
    counts = Counter(line.severity for line in lines)
    day = spoken(contents.board.day)
    parts = [f"{counts[each]:,} {each.label.lower()}" for each in Severity if counts[each]]
    nothing = f"The quality rules found nothing in what this workbook shows, as of {day}"
    note = f"{len(lines):,} place{'s' * (len(lines) != 1)}: {', '.join(parts)}, as of {day}" if lines else nothing
    write_register(page, REGISTER, rows, note, contents, styles, tick)
