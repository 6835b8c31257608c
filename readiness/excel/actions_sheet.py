"""Actions and Scrutiny: what is being done, whether as agreed and, told apart from that, what it changed."""

from readiness.domain.actions import OPEN, ActionLine, count_actions, three_questions
from readiness.domain.origins import read_origin
from readiness.domain.vocabulary import Delivery
from readiness.excel.cells import Page
from readiness.excel.contents import ACTIONS, SCRUTINY, Contents, spoken
from readiness.excel.contested_cells import ACTION_PLACES, SCRUTINY_PLACES
from readiness.excel.gaps_sheet import lateness
from readiness.excel.register_sheet import Column, Register, Row, rows_of, write_register
from readiness.excel.styles import Styles

_COLOURS = tuple((each.label, each.rating) for each in Delivery)
Line = Row[ActionLine]


def late_or_left(row: Line, contents: Contents) -> str:
    """Return how late an action is or how long is left; "" once it is done or stopped."""
    action = row.line.action
    return lateness(action.due, contents.board.day) if action.status in OPEN else ""


def sustained(row: Line, contents: Contents) -> str:
    """Return the answer to the third question."""
    return three_questions(row.line.action, contents.board.day).sustained.rstrip(".")


REGISTER: Register[ActionLine] = Register(
    ACTIONS,
    "Every action with its delivery and, apart from it, its impact.",
    (
        Column("Delivery", 11, "cell", lambda row, _: row.line.delivery.label),
        Column("Inspection", 13, "cell_wrap", lambda row, _: row.inspection),
        Column("Area", 17, "cell_wrap_quiet", lambda row, _: row.area),
        Column("Item", 10.5, "cell_quiet", lambda row, _: row.line.item.reference if row.line.item else ""),
        Column("Action", 34, "cell_wrap", lambda row, _: row.line.action.title),
        Column("Owner", 16, "cell_wrap", lambda row, _: row.line.action.owner),
        Column("Service", 13, "cell_wrap", lambda row, _: row.line.action.service),
        Column("Due", 11.5, "date", lambda row, _: row.line.action.due),
        Column("Late or left", 12, "cell_wrap", late_or_left),
        Column("Status", 10, "cell", lambda row, _: row.line.action.status.label),
        Column("Change in practice", 28, "cell_wrap", lambda row, _: row.line.action.practice),
        Column("Difference for children", 28, "cell_wrap", lambda row, _: row.line.action.impact),
        Column("Impact level", 11, "cell_wrap", lambda row, _: row.line.action.impact_level.label),
        Column("Is it sustained?", 17, "cell_wrap_quiet", sustained),
        Column("Source", 14, "cell_wrap", lambda row, _: row.line.action.source.label),
        Column("Origin", 20, "cell_wrap_quiet", lambda row, _: row.line.action.origin),
    ),
    _COLOURS,
    ACTION_PLACES,
    lambda line: line.id,
)
SCRUTINY_REGISTER: Register[ActionLine] = Register(
    SCRUTINY,
    "What was promised to a scrutiny commission, and what became of it.",
    (
        Column("Delivery", 11, "cell", lambda row, _: row.line.delivery.label),
        Column("Meeting", 24, "cell_wrap", lambda row, _: read_origin(row.line.action.origin).meeting),
        Column("Held on", 11.5, "date", lambda row, _: read_origin(row.line.action.origin).held),
        Column("Minute", 9, "cell_wrap", lambda row, _: read_origin(row.line.action.origin).minute),
        Column("What was promised", 38, "cell_wrap", lambda row, _: row.line.action.title),
        Column("Owner", 18, "cell_wrap", lambda row, _: row.line.action.owner),
        Column("Due", 11.5, "date", lambda row, _: row.line.action.due),
        Column("Late or left", 12, "cell_wrap", late_or_left),
        Column("Status", 10, "cell", lambda row, _: row.line.action.status.label),
        Column("What came of it", 30, "cell_wrap", lambda row, _: row.line.action.impact),
        Column("Inspection", 13, "cell_wrap", lambda row, _: row.inspection),
        Column("Area", 17, "cell_wrap_quiet", lambda row, _: row.area),
        Column("Item", 10.5, "cell_quiet", lambda row, _: row.line.item.reference if row.line.item else ""),
    ),
    _COLOURS,
    SCRUTINY_PLACES,
    lambda line: line.id,
)


def write_actions(page: Page, contents: Contents, styles: Styles) -> None:
    """Fill the sheet Actions."""
    lines = contents.registers.actions
    counts = count_actions(lines)
    day = spoken(contents.board.day)
    said = [
        f"{counts.total:,} action{'s' * (counts.total != 1)}",
        f"{counts.by_delivery[Delivery.OVERDUE]:,} overdue",
        f"{counts.by_delivery[Delivery.DONE]:,} done, {counts.unshown:,} of them without any impact yet",
    ]
    nothing = f"No actions are recorded for what this workbook shows, as of {day}"
    note = f"{', '.join(said)}, as of {day}" if lines else nothing
    write_register(page, REGISTER, rows_of(lines, contents), note, contents, styles)


def write_scrutiny(page: Page, contents: Contents, styles: Styles) -> None:
    """Fill the sheet Scrutiny."""
    lines = contents.registers.scrutiny
    counts = count_actions(lines)
    day = spoken(contents.board.day)
    open_ = counts.total - counts.by_delivery[Delivery.DONE] - counts.by_delivery[Delivery.STOPPED]
    note = f"{counts.total:,} promised, {open_:,} still open, {counts.by_delivery[Delivery.OVERDUE]:,} overdue"
    nothing = f"Nothing that was promised to a scrutiny commission is recorded, as of {day}"
    note = f"{note}, as of {day}" if lines else nothing
    write_register(page, SCRUTINY_REGISTER, rows_of(lines, contents), note, contents, styles)
