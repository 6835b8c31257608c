"""List columns: what the columns of a checklist kept in Excel are called, and what may stand in them."""

from dataclasses import dataclass

from readiness.domain.due import GRAMMAR
from readiness.domain.editing import LINE_LIMIT
from readiness.domain.vocabulary import Kind, Priority
from readiness.excel.text import CELL_LIMIT


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the list."""

    key: str
    title: str
    what: str  # for the sheet that explains
    others: tuple[str, ...] = ()  # other headings for the same
    is_needed: bool = True  # its heading must be there
    must_be_filled: bool = False
    takes_numbers: bool = False
    longest: int = LINE_LIMIT
    width: int = 20


def _words(words: type[Kind] | type[Priority]) -> str:
    return ", ".join(word.label for word in words)


COLUMNS = (
    Column(
        "reference", "Reference", "How the item is named, such as OUR-A01. Each stands once only.",
        ("ref", "no", "number", "item ref", "item reference", "item number", "id"),
        must_be_filled=True, takes_numbers=True, width=14,
    ),
    Column(
        "area", "Area",
        "The heading it stands under, such as “A. Plans”. A letter in front becomes the letter of the area; areas "
        "without one get letters in their order.",
        ("section", "theme", "judgement area", "checklist area"),
        must_be_filled=True, takes_numbers=True, width=28,
    ),
    Column("title", "Title", "What must be ready, in a few words.", ("item", "item title", "requirement", "what"),
           must_be_filled=True, width=44),
    Column(
        "guidance", "Guidance", "What good evidence looks like. May run over several lines.",
        ("what good looks like", "good looks like", "good", "description", "notes"), longest=CELL_LIMIT, width=60,
    ),
    Column("owner", "Owner", "Who sees to it: a role or a name. May stay empty.",
           ("lead", "responsible", "responsible officer", "lead officer", "who"), width=22),
    Column(
        "due", "Due", f"When it is due: {GRAMMAR}. N is a number; the day of the call is day 1. Empty: held ready.",
        ("due rule", "when", "when due", "deadline"), takes_numbers=True, width=18,
    ),
    Column("kind", "Kind", f"One of: {_words(Kind)}. Empty: {Kind.DOCUMENT.label}.", ("type", "item type"),
           takes_numbers=True, width=24),
    Column("service", "Service", "The service that usually owns it. May stay empty, or be left out.",
           ("team", "department", "directorate"), is_needed=False, width=24),
    Column(
        "priority", "Priority", f"One of: {_words(Priority)}. Empty, or left out: {Priority.IMPORTANT.label}.",
        ("importance",), is_needed=False, takes_numbers=True, width=14,
    ),
)  # fmt: skip
"""In the order in which an empty list has them; a list may have them in any."""

_BY_HEADING = {name: column for column in COLUMNS for name in (column.title.casefold(), *column.others)}


def recognised(heading: object) -> Column | None:
    """Return the column that a heading means, in any capitals; None where it means none."""
    if not isinstance(heading, str):
        return None
    return _BY_HEADING.get(" ".join(heading.casefold().replace("_", " ").split()).rstrip(".:*# "))
