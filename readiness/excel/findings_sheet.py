"""Findings: the points of earlier inspections and what became of each of them."""

from collections import Counter

from readiness.domain.actions import FindingLine, explain_finding, say_actions
from readiness.domain.vocabulary import FindingStatus, Rating
from readiness.excel.cells import Page
from readiness.excel.contents import FINDINGS, Contents, spoken
from readiness.excel.contested_cells import FINDING_PLACES
from readiness.excel.register_sheet import Column, Register, rows_of, write_register
from readiness.excel.styles import Styles

REGISTER: Register[FindingLine] = Register(
    FINDINGS,
    "The points of earlier inspections, and what became of them.",
    (
        Column("Standing", 12, "cell", lambda row, _: row.line.rating.label),
        Column("Status", 13, "cell", lambda row, _: row.line.finding.status.label),
        Column("Inspection", 13, "cell_wrap", lambda row, _: row.inspection),
        Column("Area", 17, "cell_wrap_quiet", lambda row, _: row.area),
        Column("Finding", 38, "cell_wrap", lambda row, _: row.line.finding.title),
        Column("From", 20, "cell_wrap_quiet", lambda row, _: row.line.finding.origin),
        Column("Dated", 11.5, "date", lambda row, _: row.line.finding.dated),
        Column("Owner", 17, "cell_wrap", lambda row, _: row.line.finding.owner),
        Column(
            "What became of it",
            30,
            "cell_wrap",
            lambda row, _: explain_finding(row.line.finding, row.line.actions),
        ),
        Column("Actions", 18, "cell_wrap", lambda row, _: say_actions(row.line.actions)),
        Column("Proof", 34, "cell_wrap", lambda row, _: row.line.finding.proof),
        Column("Tested on", 11.5, "date", lambda row, _: row.line.finding.tested_on),
    ),
    tuple((rating.label, rating) for rating in Rating),
    FINDING_PLACES,
    lambda line: line.id,
)


def write_findings(page: Page, contents: Contents, styles: Styles) -> None:
    """Fill the sheet Findings."""
    lines = contents.registers.findings
    counts = Counter(line.finding.status for line in lines)
    day = spoken(contents.board.day)
    parts = [f"{counts[status]:,} {status.label.lower()}" for status in FindingStatus if counts[status]]
    total = f"{len(lines):,} finding{'s' * (len(lines) != 1)}"
    nothing = f"No findings of earlier inspections are recorded for what this workbook shows, as of {day}"
    note = f"{total}: {', '.join(parts)}, as of {day}" if lines else nothing
    write_register(page, REGISTER, rows_of(lines, contents), note, contents, styles)
