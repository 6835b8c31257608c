"""The Summary's table of claims: the day of inspection, how many claims there are, and which of them do not stand."""

from collections.abc import Iterable, Iterator

from readiness.domain.assertions import Doubt
from readiness.domain.vocabulary import ItemStatus
from readiness.excel.cells import Formula, Page, cell_name, fixed, literal
from readiness.excel.checklist_sheet import range_of
from readiness.excel.contents import SUMMARY, Checklist
from readiness.excel.key_sheet import status_cell
from readiness.excel.styles import Styles
from readiness.excel.summary_layout import DAY, DAY_IS, LABEL, Claims, ClaimsRow

CLAIMED, DOUBTED = DAY_IS + 2, DAY_IS + 3
DOUBTS = {doubt: DOUBTED + 1 + number for number, doubt in enumerate(Doubt)}
HEADINGS = {
    LABEL: "Inspection",
    DAY: "Day of inspection",
    DAY_IS: "Which is",
    CLAIMED: "Claims",
    DOUBTED: "Do not stand",
    **{column: doubt.label for doubt, column in DOUBTS.items()},
}
COUNTS = (CLAIMED, DOUBTED, *DOUBTS.values())
_NUMBERS = frozenset({DAY, *COUNTS})


def write_claims(page: Page, claims: Claims, styles: Styles) -> None:
    """Fill the table."""
    heading = claims.heading_row
    page.put(heading - 1, LABEL, claims.title, styles["section"])
    page.sheet.set_row(heading - 1, 24)
    page.sheet.set_row(heading, 62)
    for column in range(DOUBTED + len(DOUBTS) + 1):
        style = "heading_right" if column in _NUMBERS else "heading_said" if column == DAY_IS else "heading"
        page.put(heading, column, HEADINGS.get(column), styles[style])
    for row in claims.rows:
        _write_row(page, row, claims, styles)


def _write_row(page: Page, row: ClaimsRow, claims: Claims, styles: Styles) -> None:
    checklist = row.checklist
    kind = "total" if checklist is None else "row"
    for column in range(DOUBTED + len(DOUBTS) + 1):
        page.put(row.row, column, None, styles[f"{kind}_count"])
    page.put(row.row, LABEL, row.label, styles[f"{kind}_label"], SUMMARY, "Inspection")
    if checklist is not None:
        page.put(row.row, DAY, checklist.visit, styles["row_date"])
        page.put(row.row, DAY_IS, checklist.visit_is, styles["row_said"])
        formulas = dict(_over_checklist(checklist))
    else:
        rows = [each.row for each in claims.rows if each.checklist is not None]
        formulas = {column: "=" + "+".join(cell_name(each, column) for each in rows) for column in COUNTS}
    for column, result in counted(row):
        page.put(row.row, column, Formula(formulas[column], result), styles[f"{kind}_count"])


def counted(row: ClaimsRow) -> Iterator[tuple[int, int]]:
    """Return what each count of a row comes to."""
    yield CLAIMED, row.claimed
    yield DOUBTED, row.doubted
    yield from ((column, row.by_doubt[doubt]) for doubt, column in DOUBTS.items())


def _over_checklist(checklist: Checklist) -> Iterable[tuple[int, str]]:
    status, doubt = range_of(checklist, "Status"), range_of(checklist, "Claim in doubt")
    checked, signed = status_cell(ItemStatus.CHECKED), status_cell(ItemStatus.SIGNED_OFF)
    yield CLAIMED, f"=COUNTIF({status},{checked})+COUNTIF({status},{signed})"
    claimed = f"(({status}={checked})+({status}={signed})>0)"  # who takes a claim back in the sheet has no doubt left
    yield DOUBTED, f'=SUMPRODUCT({claimed}*({doubt}<>""))'
    for each, column in DOUBTS.items():
        yield column, f"=SUMPRODUCT({claimed}*ISNUMBER(SEARCH({literal(each.label)},{doubt})))"


def lead_of(claims: Claims) -> tuple[str, str]:
    """Return the end of the sentence the page opens with: as a formula's end, and what it comes to."""
    row = claims.rows[-1]
    text = f'&" Claims that do not stand: "&{fixed(row.row, DOUBTED)}&" of "&{fixed(row.row, CLAIMED)}&"."'
    return text, f" Claims that do not stand: {row.doubted} of {row.claimed}."
