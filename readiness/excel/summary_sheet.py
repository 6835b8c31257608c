"""Summary: the board paper. Every figure is a live formula over the checklists, with its result stored beside it."""

from collections.abc import Iterator

from readiness.domain.figures import NO_SERVICE
from readiness.domain.vocabulary import Rating
from readiness.excel.cells import Formula, Page, cell_name, fixed
from readiness.excel.checklist_sheet import range_of
from readiness.excel.contents import Checklist, Contents, one_line, spoken
from readiness.excel.key_sheet import rating_cell, status_cell
from readiness.excel.printing import set_print
from readiness.excel.styles import Styles
from readiness.excel.summary_charts import insert_charts
from readiness.excel.summary_claims import lead_of, write_claims
from readiness.excel.summary_layout import (
    APPLY,
    DAY_EARNED,
    DAY_ONE,
    DAY_WEIGHT,
    EARNED,
    ITEMS,
    LABEL,
    LAST_PRINTED,
    RATINGS,
    READINESS,
    STATUSES,
    THEN,
    THEN_EARNED,
    WEIGHT,
    Block,
    FigureRow,
    Layout,
    Source,
)

NO_VALUE = "–"
MERGED_ROW = 3
"""How far the data is merged, where the workspace is shared."""
_WIDTHS = {
    LABEL: 36,
    READINESS: 11.5,
    DAY_ONE: 11,
    THEN: 11,
    ITEMS: 8,
    APPLY: 8,
    **dict.fromkeys((*STATUSES.values(), *RATINGS.values()), 9.7),
    LAST_PRINTED + 1: 3,
    **dict.fromkeys((WEIGHT, EARNED, DAY_WEIGHT, DAY_EARNED, THEN_EARNED), 9.7),
}
HEADINGS = {
    READINESS: "Readiness",
    DAY_ONE: "Day-one readiness",
    THEN: "Readiness on the day",
    ITEMS: "Items",
    APPLY: "Apply",
    **{column: status.label for status, column in STATUSES.items()},
    **{column: rating.label for rating, column in RATINGS.items()},
    WEIGHT: "Weight",
    EARNED: "Earned",
    DAY_WEIGHT: "Weight, day one",
    DAY_EARNED: "Earned, day one",
    THEN_EARNED: "Earned, on the day",
}
_SUMMED = (ITEMS, APPLY, *STATUSES.values(), *RATINGS.values(), WEIGHT, EARNED, DAY_WEIGHT, DAY_EARNED, THEN_EARNED)


def write_summary_sheet(page: Page, workbook: object, contents: Contents, layout: Layout, styles: Styles) -> None:
    """Fill the Summary and draw its charts."""
    sheet = page.sheet
    sheet.set_default_row(18)
    for column, width in _WIDTHS.items():
        sheet.set_column(column, column, width)
    title = one_line(contents.board.workspace.title)
    page.put(0, 0, f"Inspection readiness: {title}" if title else "Inspection readiness", styles["title"])
    said = f"As of {spoken(contents.board.day)}. Shows: {contents.shows_briefly}"
    page.put(1, 0, said, styles["note"])
    page.put(2, 0, _lead(layout), styles["lead"])
    if contents.merge.said:
        page.put(MERGED_ROW, 0, contents.merge.said, styles["note"], "Summary", "Merged data")
    for row, name in layout.sections:
        page.put(row, 0, name, styles["part"], "Summary", "Inspection")
        sheet.set_row(row, 27)
    adders = _adders(layout)
    for block in layout.blocks:
        _write_block(page, block, adders, styles)
    write_claims(page, layout.claims, styles)
    insert_charts(workbook, sheet, layout)
    sheet.hide_gridlines(2)
    sheet.set_row(0, 30)
    set_print(sheet, "Summary")
    sheet.print_area(0, 0, layout.last_row, LAST_PRINTED)
    if layout.breaks:
        sheet.set_h_pagebreaks(list(layout.breaks))


def _lead(layout: Layout) -> Formula | str:
    """The plain sentence the page opens with; it follows the figures."""
    rows = layout.blocks[0].rows
    if not rows or not rows[-1].figures.items:
        return "There are no items to show."
    row, found = rows[-1].row, rows[-1].figures
    off_track, at_risk = RATINGS[Rating.OFF_TRACK], RATINGS[Rating.AT_RISK]
    text = (
        f'={fixed(row, ITEMS)}&" items, of which "&{fixed(row, APPLY)}&" apply. Off track: "&{fixed(row, off_track)}'
        f'&". At risk: "&{fixed(row, at_risk)}&"."'
    )
    claims, claimed = lead_of(layout.claims)
    ratings = found.by_rating
    said = (
        f"{found.items} items, of which {found.applicable} apply. Off track: {ratings[Rating.OFF_TRACK]}. "
        f"At risk: {ratings[Rating.AT_RISK]}."
    )
    return Formula(text + claims, said + claimed)


Adders = dict[tuple[str, str], list[int]]


def _adders(layout: Layout) -> Adders:
    """Return which rows a sum adds up, by heading and, for services, label."""
    found: Adders = {}
    for block in layout.blocks:
        for row in block.rows:
            if row.source.checklist is not None:
                label = row.label if row.source.heading == "Service" else ""
                found.setdefault((row.source.heading, label), []).append(row.row)
    return found


def _write_block(page: Page, block: Block, adders: Adders, styles: Styles) -> None:
    first = block.heading_row
    page.put(first - 1, LABEL, block.title, styles["section"])
    groups = ((min(STATUSES.values()), "Status"), (min(RATINGS.values()), "Rating"), (WEIGHT, "Behind the percentages"))
    for column, text in groups:
        page.put(first - 1, column, text, styles["note"])
    heading = block.rows[0].source.heading if block.rows else ""
    page.put(first, LABEL, heading, styles["heading"])
    ratings = {column: styles.rating_headings[rating] for rating, column in RATINGS.items()}
    for column, text in HEADINGS.items():
        page.put(first, column, text, ratings.get(column, styles["heading_right"]))
    page.sheet.set_row(first - 1, 24)
    page.sheet.set_row(first, 33)
    for row in block.rows:
        _write_row(page, row, adders, styles)
    if block.rows:
        last = block.rows[-1].row
        rule = {"type": "cell", "criteria": "==", "value": 0, "format": styles.faint}
        page.sheet.conditional_format(first + 1, ITEMS, last, LAST_PRINTED, rule)


def _write_row(page: Page, row: FigureRow, adders: Adders, styles: Styles) -> None:
    total = row.source == Source("Inspection")
    kind = "total" if total else "row"
    page.put(row.row, LABEL, row.label, styles[f"{kind}_label"], "Summary", row.source.heading)
    page.put(row.row, READINESS, _ratio(row.row, EARNED, WEIGHT, row.figures.readiness), styles[f"{kind}_percent"])
    day_one = _ratio(row.row, DAY_EARNED, DAY_WEIGHT, row.figures.day_one_readiness)
    page.put(row.row, DAY_ONE, day_one, styles[f"{kind}_percent_2"])
    then = None if row.sums.then is None else row.sums.then * 100
    page.put(row.row, THEN, _ratio(row.row, THEN_EARNED, WEIGHT, then), styles[f"{kind}_percent_2"])
    formulas = dict(_formulas(row, adders))
    for column, result in _results(row):
        style = styles[f"{kind}_quiet" if column >= WEIGHT else f"{kind}_count"]
        page.put(row.row, column, Formula(formulas[column], result), style)


def _ratio(row: int, earned: int, weight: int, readiness: float | None) -> Formula:
    above, below = fixed(row, earned), fixed(row, weight)
    text = f'=IF({below}>0,{above}/{below},"{NO_VALUE}")'
    return Formula(text, NO_VALUE if readiness is None else readiness / 100)


def _results(row: FigureRow) -> Iterator[tuple[int, float]]:
    found, sums = row.figures, row.sums
    yield ITEMS, found.items
    yield APPLY, found.applicable
    yield from ((column, found.by_status[status]) for status, column in STATUSES.items())
    yield from ((column, found.by_rating[rating]) for rating, column in RATINGS.items())
    yield from ((WEIGHT, sums.weight), (EARNED, sums.earned))
    yield from ((DAY_WEIGHT, sums.day_weight), (DAY_EARNED, sums.day_earned), (THEN_EARNED, sums.then_earned))


def _formulas(row: FigureRow, adders: Adders) -> Iterator[tuple[int, str]]:
    source = row.source
    if source.checklist is None:
        rows = adders[source.heading, row.label if source.heading == "Service" else ""]
        for column in _SUMMED:
            yield column, "=" + "+".join(cell_name(each, column) for each in rows)
    elif source.heading == "Inspection":
        yield from _over_whole(source.checklist)
    else:
        yield from _over_part(source.checklist, _matches(source.checklist, row))


def _over_whole(checklist: Checklist) -> Iterator[tuple[int, str]]:
    status, rating = range_of(checklist, "Status"), range_of(checklist, "Rating")
    weight, credit = range_of(checklist, "Weight"), range_of(checklist, "Credit")
    day_one = range_of(checklist, "Day one")
    yield ITEMS, f"=COUNTA({status})"
    yield APPLY, f'=COUNTIF({weight},">0")'
    yield from ((column, f"=COUNTIF({status},{status_cell(each)})") for each, column in STATUSES.items())
    yield from ((column, f"=COUNTIF({rating},{rating_cell(each)})") for each, column in RATINGS.items())
    yield WEIGHT, f"=SUM({weight})"
    yield EARNED, f"=SUMPRODUCT({weight},{credit})"
    yield DAY_WEIGHT, f'=SUMIF({day_one},"Yes",{weight})'
    yield DAY_EARNED, f'=SUMPRODUCT(--({day_one}="Yes"),{weight},{credit})'
    yield THEN_EARNED, f"=SUMPRODUCT({weight},{range_of(checklist, 'Credit then')})"


def _matches(checklist: Checklist, row: FigureRow) -> str:
    """EXACT, because COUNTIF takes "<", "*" and the like in people's words for orders."""
    cells = range_of(checklist, row.source.heading)
    if row.source.heading == "Service" and row.label == NO_SERVICE:
        status = range_of(checklist, "Status")
        return f'(({cells}="")+EXACT({cells},"{NO_SERVICE}")>0)*({status}<>"")'
    return f"--EXACT({cells},{fixed(row.row, LABEL)})"


def _over_part(checklist: Checklist, match: str) -> Iterator[tuple[int, str]]:
    status, rating = range_of(checklist, "Status"), range_of(checklist, "Rating")
    weight, credit = range_of(checklist, "Weight"), range_of(checklist, "Credit")
    day_one = range_of(checklist, "Day one")
    yield ITEMS, f"=SUMPRODUCT({match})"
    yield APPLY, f"=SUMPRODUCT({match},--({weight}>0))"
    yield from ((c, f"=SUMPRODUCT({match},--({status}={status_cell(each)}))") for each, c in STATUSES.items())
    yield from ((c, f"=SUMPRODUCT({match},--({rating}={rating_cell(each)}))") for each, c in RATINGS.items())
    yield WEIGHT, f"=SUMPRODUCT({match},{weight})"
    yield EARNED, f"=SUMPRODUCT({match},{weight},{credit})"
    yield DAY_WEIGHT, f'=SUMPRODUCT({match},--({day_one}="Yes"),{weight})'
    yield DAY_EARNED, f'=SUMPRODUCT({match},--({day_one}="Yes"),{weight},{credit})'
    yield THEN_EARNED, f"=SUMPRODUCT({match},{weight},{range_of(checklist, 'Credit then')})"
