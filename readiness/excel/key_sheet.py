"""Key: every definition, and the tables of weights and credits that the formulas look up."""

from collections.abc import Iterator
from dataclasses import dataclass

from readiness.domain.assertions import Doubt
from readiness.domain.proof import lapsing_after
from readiness.domain.views import UNPROVEN_CREDIT
from readiness.domain.vocabulary import (
    Currency,
    Delivery,
    FindingStatus,
    ImpactLevel,
    ItemStatus,
    Kind,
    Priority,
    Rating,
    Strength,
    Word,
)
from readiness.excel.cells import Page, Value, fixed, quoted
from readiness.excel.contents import KEY, Contents, spoken
from readiness.excel.printing import row_height, set_print
from readiness.excel.styles import Styles

_STATUS = {
    ItemStatus.NOT_STARTED: "Nothing has been done yet.",
    ItemStatus.GATHERING: "The material is being collected.",
    ItemStatus.DRAFTED: "A first version exists.",
    ItemStatus.CHECKED: "Somebody has checked it and found it sound.",
    ItemStatus.SIGNED_OFF: "Whoever answers for it has approved it.",
    ItemStatus.NOT_APPLICABLE: "Takes no part in this inspection, and in no percentage.",
}
_PRIORITY = {
    Priority.ESSENTIAL: "Inspectors ask for it first; weighs three times.",
    Priority.IMPORTANT: "Expected; weighs twice.",
    Priority.SUPPORTING: "Helps the account; weighs once.",
}
_IMPACT = {
    ImpactLevel.NONE_YET: "Nothing has changed for children yet, or it is not known.",
    ImpactLevel.EARLY: "First signs of change.",
    ImpactLevel.CLEAR: "Change that can be shown.",
    ImpactLevel.SUSTAINED: "Change that has lasted.",
}
_EVIDENCE = (
    "A piece counts for an item on a day that lies not behind its last good day: what the use says for its inspection, "
    "else what the piece says, else the day it is about and the months that such evidence stays current; else for ever."
)
_PROOF = {
    True: "Needs evidence: earns no more than this while none is current.",
    False: "Needs no evidence: people are met.",
}
_STRENGTH = {
    Strength.SAYS: "It says that something is so.",
    Strength.ACTIVITY: "It shows what was done.",
    Strength.OUTCOME: "It shows what changed for children.",
    Strength.CONFIRMED: "It shows that the change has lasted, and somebody else confirms it.",
}
_DOUBT = {
    Doubt.NO_EVIDENCE: "It needs evidence, and nothing of what it has counts on the day, or it has none.",
    Doubt.LAPSED: "It was signed off, and what was signed has changed since.",
    Doubt.ONLY_POLICY: "What counts says what should be done, and nothing shows that it is.",
    Doubt.SAME_PERSON: "Whoever claimed it also checked it or signed it off.",
}
CURRENCIES = {
    Currency.CURRENT: Rating.ON_TRACK,
    Currency.DUE_TO_LAPSE: Rating.AT_RISK,
    Currency.OUT_OF_DATE: Rating.OFF_TRACK,
}
"""The rating whose colour each has."""
_COLUMNS = (34, 76, 11, 11)  # words, meanings, two numbers


@dataclass(frozen=True, slots=True)
class Block:
    """One table of the sheet: headings, then a row each."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    styles: tuple[str, ...] = ("text", "wrap", "number", "number")
    words: tuple[Word, ...] = ()  # that the rows explain, where they do


def lookups() -> tuple[Block, ...]:
    """Return the tables that formulas and drop-downs use; their places are fixed."""
    return (
        Block(
            "Status",
            ("Status", "What it means", "Credit", "Takes part"),
            tuple((s.label, _STATUS[s], (s.credit or 0) / 100, int(s.credit is not None)) for s in ItemStatus),
            ("text", "wrap", "credit", "yes_no"),
            tuple(ItemStatus),
        ),
        Block(
            "Priority",
            ("Priority", "What it means", "Weight"),
            tuple((p.label, _PRIORITY[p], p.weight) for p in Priority),
            words=tuple(Priority),
        ),
        Block(
            "Impact level",
            ("Impact level", "What it means"),
            tuple((level.label, _IMPACT[level]) for level in ImpactLevel),
            words=tuple(ImpactLevel),
        ),
        Block(
            "Kind",
            ("Kind", "Evidence", "At most"),
            tuple((kind.label, _PROOF[kind.needs_evidence], _most(kind)) for kind in Kind),
            ("text", "wrap", "credit", "number"),
            tuple(Kind),
        ),
    )


def _most(kind: Kind) -> float:
    """Return the most that an item of a kind earns without current evidence, 0 to 1."""
    return UNPROVEN_CREDIT / 100 if kind.needs_evidence else 1


_FIRST_ROW = 3
_ABOUT_ROWS = 7
_LOOKUPS_ROW = _FIRST_ROW + _ABOUT_ROWS + 2


def _place(title: str) -> tuple[int, int]:
    """Return the first and last row (from 0) of a lookup table's rows."""
    row = _LOOKUPS_ROW
    for block in lookups():
        first = row + 2
        if block.title == title:
            return first, first + len(block.rows) - 1
        row = first + len(block.rows) + 1
    raise KeyError(title)


def lookup_range(title: str, column: int, last_column: int | None = None) -> str:
    """Return columns of a lookup table for a formula: 0 the words, 2 credit or weight, 3 whether it takes part."""
    first, last = _place(title)
    return f"{quoted(KEY)}!{fixed(first, column)}:{fixed(last, column if last_column is None else last_column)}"


def status_cell(status: ItemStatus) -> str:
    """Return the cell that holds a status's word, for a formula."""
    return f"{quoted(KEY)}!{fixed(_place('Status')[0] + list(ItemStatus).index(status), 0)}"


def rating_cell(rating: Rating) -> str:
    """Return the cell that holds a rating's word, for a formula."""
    first = _place("Kind")[1] + 4
    return f"{quoted(KEY)}!{fixed(first + list(Rating).index(rating), 0)}"


def _ratings(contents: Contents) -> Block:
    day, soon = spoken(contents.board.day), spoken(contents.board.soon)
    rules = {
        Rating.OFF_TRACK: f"Due before {day} and still below Checked; or Essential, Not started and due within ten "
        f"working days, by {soon}; or Checked or Signed off with no current evidence where it needs some.",
        Rating.AT_RISK: "Everything else that applies.",
        Rating.ON_TRACK: f"Checked; or at least Gathering, and due after {soon} or not dated yet.",
        Rating.COMPLETE: "Signed off, and nothing that was signed has changed since.",
        Rating.NOT_APPLICABLE: "Status Not applicable.",
    }
    rows = tuple((rating.label, rules[rating], rating.colour) for rating in Rating)
    return Block("Rating", ("Rating", "Rule", "Colour"), rows, ("text", "wrap", "text", "text"), tuple(Rating))


def _deliveries(contents: Contents) -> Block:
    day, soon = spoken(contents.board.day), spoken(contents.board.soon)
    rules = {
        Delivery.OVERDUE: f"Due before {day}, and neither done nor stopped.",
        Delivery.DUE_SOON: f"Due by {soon}, within ten working days.",
        Delivery.NO_DATE: "Nobody said by when.",
        Delivery.ON_COURSE: f"Due after {soon}.",
        Delivery.DONE: "Done; what it changed is told apart, by the impact level.",
        Delivery.STOPPED: "It will not be done.",
    }
    rows = tuple((each.label, rules[each], each.rating.colour) for each in Delivery)
    return Block("Delivery of an action", ("Delivery", "Rule", "Colour"), rows, ("text", "wrap", "text", "text"))


def _findings() -> Block:
    rules = {
        FindingStatus.OPEN: "Still to be answered: amber while an action is under way as agreed, red without one.",
        FindingStatus.ACTED_ON: "What was asked for is done; its effect is still to be proven.",
        FindingStatus.PROVEN: "What was done has shown its effect.",
        FindingStatus.CLOSED: "Settled.",
    }
    return Block("Finding", ("Status", "What it means"), tuple((each.label, rules[each]) for each in FindingStatus))


def strong(strength: Strength) -> str:
    """Return how strong a piece of evidence is, in a number and words."""
    return f"{strength.level} {strength.label}"


def _evidence(contents: Contents) -> Block:
    day = spoken(contents.board.day)
    lapsing = spoken(lapsing_after(contents.board.day, contents.board.calendar))
    rules = {
        Currency.CURRENT: f"Counts, and its last good day lies after {lapsing}, or it has none.",
        Currency.DUE_TO_LAPSE: f"Counts, but not after {lapsing}: that is within twenty working days.",
        Currency.OUT_OF_DATE: f"Its last good day lies before {day}: it counts no more.",
    }
    rows = tuple((each.label, rules[each], CURRENCIES[each].colour) for each in Currency)
    return Block("Evidence", ("Currency", "Rule", "Colour"), rows, ("text", "wrap", "text", "text"))


def _strengths() -> Block:
    return Block("Strength", ("Strength", "What it means"), tuple((strong(each), _STRENGTH[each]) for each in Strength))


def _doubts() -> Block:
    return Block("Claim in doubt", ("Reason", "What it means"), tuple((each.label, _DOUBT[each]) for each in Doubt))


def _definitions(contents: Contents) -> Block:
    day = spoken(contents.board.day)
    rows = (
        ("Readiness", "Sum of weight × credit, divided by the sum of weights, over the items that apply."),
        (
            "Credit",
            "That of the status; without current evidence no more than the kind allows. It follows the number Current.",
        ),
        (
            "Readiness on the day",
            "The same on the day of inspection if nobody does anything until then (“Current then”, “Credit then”).",
        ),
        (
            "Day of inspection",
            f"The first day on site; until it is known, that of the call. Where none lies ahead, {day}.",
        ),
        (
            "Claims",
            "Items Checked or Signed off. One does not stand where Claim in doubt says why; it is counted once.",
        ),
        ("Day-one readiness", "The same over items held ready or due on or before day 3 (“Day one” is Yes)."),
        (
            "Confirm again",
            "Yes: another edition changed the words since the item was judged; they are to be read again.",
        ),
        ("–", "No value: nothing applies. An empty checklist is not a ready one."),
        ("Due", "The day a due rule comes to. Where the call has not come yet, the planning date stands in for it."),
        ("Days late, days left", f"Calendar days, seen from {day}. Ratings count working days."),
        ("Next due", f"The earliest due date from {day} on, of items below Checked."),
        (
            "What is live",
            "Change a status or priority by its list, a service or an owner: weights, credits and every total follow.",
        ),
        (
            "What is not",
            f"Ratings, doubts, currency, days late, next due, Gaps, Evidence and Checks stay as found on {day}.",
        ),
        ("Last good day", _EVIDENCE),
    )
    return Block("Definitions", ("Word", "What it means"), (*rows, *_shading(contents)))


def _shading(contents: Contents) -> tuple[tuple[Value, ...], ...]:
    """Return what a shaded cell means; a workspace that shares with nobody has none."""
    if not contents.merge.said and not contents.merge.contested:
        return ()
    return (
        ("Shaded cell", "Changed on two laptops before they met; its note has every value until somebody chooses."),
    )


def _about(contents: Contents) -> Block:
    request, board = contents.request, contents.board
    rows: tuple[tuple[Value, ...], ...] = (
        ("Workspace", board.workspace.title),
        ("As of", board.day),
        ("Shows", contents.shows),
        ("Items", f"{len(board.items)} in {len(board.inspections)} inspection{'s' * (len(board.inspections) != 1)}"),
        ("Exported by", request.exported_by),
        ("Exported at", request.local_time),
        ("Program version", request.version),
    )
    return Block("This workbook", (), rows)


def _blocks(contents: Contents) -> Iterator[Block]:
    yield _about(contents)
    yield from lookups()
    yield _ratings(contents)
    yield _evidence(contents)
    yield _strengths()
    yield _doubts()
    yield _deliveries(contents)
    yield _findings()
    yield _definitions(contents)


def write_key(page: Page, contents: Contents, styles: Styles) -> None:
    """Fill the sheet Key."""
    sheet = page.sheet
    for column, width in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 30)
    page.put(0, 0, "Key", styles["title"])
    page.put(1, 0, f"Words, weights and rules behind the figures, as of {spoken(contents.board.day)}", styles["note"])
    row = _FIRST_ROW
    for block in _blocks(contents):
        row = _write_block(page, row, block, styles)
    sheet.hide_gridlines(2)
    set_print(sheet, KEY, portrait=True)


def _write_block(page: Page, row: int, block: Block, styles: Styles) -> int:
    page.put(row, 0, block.title, styles["section"])
    row += 1
    if block.headings:
        for column in range(len(_COLUMNS)):
            heading = block.headings[column] if column < len(block.headings) else None
            page.put(row, column, heading, styles["heading_right" if _is_number(block, column) else "heading"])
        row += 1
    for number, values in enumerate(block.rows):
        for column in range(len(_COLUMNS)):
            value = values[column] if column < len(values) else None
            page.put(row, column, value, _style_of(block, number, column, value, styles), block.title, "Key")
        page.sheet.set_row(row, row_height([(str(values[1]), _COLUMNS[1])]))
        row += 1
    return row + 1


def _is_number(block: Block, column: int) -> bool:
    return column >= 2 and column < len(block.rows[0]) and not isinstance(block.rows[0][column], str)


def _style_of(block: Block, number: int, column: int, value: Value, styles: Styles) -> object:
    if column == 0 and block.words and isinstance(word := block.words[number], Rating):
        return styles.rating_words[word]
    if block.title == "This workbook" and column == 1 and not isinstance(value, str):
        return styles["moment" if value.__class__.__name__ == "datetime" else "day"]
    return styles[block.styles[column]]
