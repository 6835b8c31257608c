"""Evidence columns: what the grid of the library shows of a piece of evidence, as data. A row here is a column."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from readiness.domain.dates import written
from readiness.domain.evidence_filters import EvidenceLine
from ui.models.evidence_words import file_words
from ui.models.item_columns import Paint
from ui.models.overview_words import counted


@dataclass(frozen=True, slots=True)
class EvidenceColumn:
    """A column: its heading and its text; the delegate paints it by its key."""

    key: str
    title: str
    text: Callable[[EvidenceLine], str]
    width: int  # px at 12 px text; 0 takes the room that is left
    paint: Paint = Paint.TEXT  # as the header has to know it
    is_right: bool = False
    tip: str = ""
    from_width: int = 0  # a narrower grid leaves it out, at 12 px text


def until_words(until: date | None) -> str:
    """Return until when something counts as the grid shows it."""
    return written(until) or "–"


def used_words(line: EvidenceLine) -> str:
    """Return for how many items something is used; "–": for none."""
    return counted(len(line.links), "item") if line.links else "–"


EVIDENCE_COLUMNS: tuple[EvidenceColumn, ...] = (
    EvidenceColumn("title", "Evidence", lambda line: line.row.title, 0, Paint.NAME),
    EvidenceColumn("source", "Source", lambda line: line.row.source.label, 84, tip="Where the proof comes from"),
    EvidenceColumn(
        "strength", "Strength", lambda line: f"{line.row.strength.level} of 4", 66,
        tip="1 says it, 2 shows activity, 3 shows outcome, 4 outcome, sustained and confirmed",
    ),
    EvidenceColumn(
        "currency", "Currency", lambda line: line.currency.label, 108,
        tip="Whether it counts today, judged by the use that lapses first",
    ),
    EvidenceColumn("until", "Valid until", lambda line: until_words(line.until), 90, is_right=True),
    EvidenceColumn("used", "Used for", used_words, 66, is_right=True, tip="For how many items it is used"),
    EvidenceColumn(
        "audience", "Audience", lambda line: line.row.audience.label, 82, tip="Who may see it", from_width=780
    ),
    EvidenceColumn("file", "File", lambda line: file_words(line.row), 104, from_width=700),
    EvidenceColumn(
        "version", "Version", lambda line: str(len(line.row.revisions) or "–"), 58, is_right=True, from_width=920,
        tip="How many versions there are; the newest counts",
    ),
)  # fmt: skip
