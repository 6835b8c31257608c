"""By owner: what each owner holds in each inspection, and what is next."""

from dataclasses import dataclass
from datetime import date

from readiness.domain.figures import Figures, figures
from readiness.domain.vocabulary import ItemStatus, Rating
from readiness.excel.cells import Formula, Page, Value, fixed
from readiness.excel.checklist_sheet import range_of
from readiness.excel.contents import OWNERS, Checklist, Contents, Line, spoken
from readiness.excel.key_sheet import rating_cell
from readiness.excel.printing import row_height, set_print
from readiness.excel.styles import Styles
from readiness.excel.text import is_long

NO_OWNER = "No owner"
HEADING_ROW = 3
FIRST_ROW = HEADING_ROW + 1
HEADINGS = ("Owner", "Inspection", "Items", *(rating.label for rating in Rating), "Next due")
_WIDTHS = (34, 26, 9, *(14 for _ in Rating), 13)
_LIVE_UP_TO = 4_000_000
"""Comparisons that a full recalculation may cost; with more, the counts are written as values."""

_OPEN = frozenset({ItemStatus.NOT_STARTED, ItemStatus.GATHERING, ItemStatus.DRAFTED})


@dataclass(frozen=True, slots=True)
class OwnerLine:
    """One owner in one inspection."""

    owner: str
    checklist: Checklist
    figures: Figures
    next_due: date | None


def owner_lines(contents: Contents) -> list[OwnerLine]:
    """Return owners by name, nobody first; inspections in their order."""
    day = contents.board.day
    found = []
    for checklist in contents.checklists:
        held: dict[str, list[Line]] = {}
        for line in checklist.lines:
            held.setdefault(line.item.owner or NO_OWNER, []).append(line)
        for owner, lines in held.items():
            dates = [
                line.item.due
                for line in lines
                if line.item.due is not None and line.item.due >= day and line.item.status in _OPEN
            ]
            total = figures(line.item for line in lines)
            found.append(OwnerLine(owner, checklist, total, min(dates, default=None)))
    found.sort(key=lambda line: (line.owner != NO_OWNER, line.owner.casefold(), line.owner))
    return found


def write_owners(page: Page, contents: Contents, styles: Styles) -> None:
    """Fill the sheet By owner."""
    found = owner_lines(contents)
    page.put(0, 0, OWNERS, styles["title"])
    page.put(1, 0, f"Who holds what, as of {spoken(contents.board.day)}", styles["note"])
    for number, width in enumerate(_WIDTHS):
        page.sheet.set_column(number, number, width)
    _add_table(page, len(found), styles)
    live = sum(len(line.checklist.lines) for line in found) * (len(Rating) + 1) <= _LIVE_UP_TO
    for row, line in enumerate(found, start=FIRST_ROW):
        page.put(row, 0, line.owner, styles["row_text"], line.owner[:40], "Owner")
        page.put(row, 1, line.checklist.name, styles["row_text"], line.checklist.sheet, "Inspection")
        for number, value in enumerate(_counts(line, row, live), start=2):
            page.put(row, number, value, styles["row_count"])
        page.sheet.set_row(row, row_height(((line.owner, _WIDTHS[0]), (line.checklist.name, _WIDTHS[1]))))
        page.put(row, len(HEADINGS) - 1, line.next_due, styles["row_date"])
    _set_up(page, len(found), styles)


def _counts(line: OwnerLine, row: int, live: bool) -> list[Value]:
    held = line.figures
    if not live or is_long(line.owner):
        return [held.items, *held.by_rating.values()]
    owners, statuses = range_of(line.checklist, "Owner"), range_of(line.checklist, "Status")
    ratings = range_of(line.checklist, "Rating")
    if line.owner == NO_OWNER:
        mine = f'(({owners}="")+EXACT({owners},"{NO_OWNER}")>0)*({statuses}<>"")'
    else:
        mine = f"--EXACT({owners},{fixed(row, 0)})"
    counts: list[Value] = [Formula(f"=SUMPRODUCT({mine})", held.items)]
    for rating, count in held.by_rating.items():
        counts.append(Formula(f"=SUMPRODUCT({mine},--({ratings}={rating_cell(rating)}))", count))
    return counts


def _add_table(page: Page, rows: int, styles: Styles) -> None:
    ratings = {rating.label: styles.rating_table_headings[rating] for rating in Rating}
    plain = {
        "Owner": styles["table_heading"],
        "Inspection": styles["table_heading"],
        "Next due": styles["table_heading_right"],
    }
    columns = [
        {
            "header": heading,
            "header_format": ratings.get(heading) or plain.get(heading) or styles["table_heading_right"],
        }
        for heading in HEADINGS
    ]
    options = {"name": "Owners", "style": None, "columns": columns, "description": "Items by owner and inspection."}
    page.sheet.add_table(HEADING_ROW, 0, HEADING_ROW + max(rows, 1), len(HEADINGS) - 1, options)


def _set_up(page: Page, rows: int, styles: Styles) -> None:
    sheet = page.sheet
    last = FIRST_ROW + max(rows, 1) - 1
    rule = {"type": "cell", "criteria": "==", "value": 0, "format": styles.faint}
    sheet.conditional_format(FIRST_ROW, 2, last, len(HEADINGS) - 2, rule)
    sheet.set_row(0, 30)
    sheet.set_row(HEADING_ROW, 34)
    sheet.freeze_panes(FIRST_ROW, 1)
    sheet.hide_gridlines(2)
    set_print(sheet, OWNERS, HEADING_ROW)
