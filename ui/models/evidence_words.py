"""Evidence words: a piece of evidence as rows, panels and screen readers say it. Pure: no Qt, no clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from readiness.domain.calendar import WorkingDays
from readiness.domain.dates import written
from readiness.domain.evidence import AttachmentRow, EvidenceRow, LinkRow
from readiness.domain.proof import currency, lapsing_after
from readiness.domain.views import ItemRow
from readiness.domain.vocabulary import Currency, EvidenceSource, Rating, Strength
from ui.models.overview_words import counted

RATING_OF = {
    Currency.CURRENT: Rating.ON_TRACK,
    Currency.DUE_TO_LAPSE: Rating.AT_RISK,
    Currency.OUT_OF_DATE: Rating.OFF_TRACK,
}
"""The rating whose shape and colour a currency has: circle, triangle, diamond."""

NO_FILE = "no file or link yet"
_SHEETS = frozenset({"xlsx", "xlsm", "xls", "ods", "csv"})
_PICTURES = frozenset({"png", "jpg", "jpeg", "gif", "webp", "bmp", "tif", "tiff", "heic"})


@dataclass(frozen=True, slots=True)
class Judge:
    """Says how current evidence is on one day."""

    day: date
    lapsing: date  # the last day that is still near

    @classmethod
    def on(cls, day: date, calendar: WorkingDays) -> "Judge":
        """Return the judge of a day."""
        return cls(day, lapsing_after(day, calendar))

    def currency(self, until: date | None) -> Currency:
        """Return what a last good day means."""
        return currency(until, self.day, self.lapsing)

    def said(self, until: date | None) -> str:
        """Return it in words: "current", "current until 4 Sep 2021", "lapses 14 May 2021", "out of date since …"."""
        if until is None:
            return "current"
        word = {Currency.CURRENT: "current until", Currency.DUE_TO_LAPSE: "lapses"}.get(self.currency(until), "lapsed")
        return f"{word} {written(until)}"

    def worst(self, row: EvidenceRow, links: Sequence[LinkRow]) -> date | None:
        """Return the last good day that comes first where evidence is used; where it is not, its own."""
        days = [link.until for link in links if link.until is not None]
        return min(days, default=None) if links else row.valid_until


def ending(name: str) -> str:
    """Return what follows the last dot of a file's name, "xlsx"; "" where nothing does."""
    stem, _, last = name.rpartition(".")
    return last.casefold() if stem and last.isalnum() and len(last) <= 5 else ""


def icon_of(row: EvidenceRow) -> str:
    """Return the icon of a piece of evidence: a sheet, a picture, a link, or paper."""
    latest = row.latest
    if latest is None or not latest.attachments:
        return "evidence"
    return icon_of_file(latest.attachments[0])


def icon_of_file(attachment: AttachmentRow) -> str:
    """Return the icon of a file or link."""
    if attachment.url:
        return "link"
    kind = ending(attachment.name)
    return "spreadsheet" if kind in _SHEETS else "picture" if kind in _PICTURES else "file"


def size_words(size: int) -> str:
    """Return how large a file is: "12 KB", "1.4 MB"."""
    if size < 1_000:
        return counted(size, "byte")
    for unit, large in (("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000)):
        if size < large * 999.5 or unit == "GB":
            value = size / large
            return f"{value:.1f} {unit}" if value < 9.95 and unit != "KB" else f"{value:.0f} {unit}"
    return ""


def file_words(row: EvidenceRow) -> str:
    """Return what a piece of evidence consists of: "xlsx, 1.4 MB", "link", "3 files, 12 MB"."""
    files = row.latest.attachments if row.latest is not None else ()
    if not files:
        return "–"
    if len(files) > 1:
        size = sum(each.size for each in files)
        what = "files" if all(not each.url for each in files) else "files and links"
        return f"{len(files)} {what}" + (f", {size_words(size)}" if size else "")
    only = files[0]
    if only.url:
        return f"link, {size_words(only.size)} copy" if only.is_stored else "link"
    return f"{ending(only.name) or 'file'}, {size_words(only.size)}"


def strength_words(strength: Strength) -> str:
    """Return a strength in words: "strength 3 of 4, shows outcome"."""
    return f"strength {strength.level} of {len(Strength)}, {strength.label[:1].lower()}{strength.label[1:]}"


def numbered(strength: Strength) -> str:
    """Return a strength as it is chosen: "3  Shows outcome"."""
    return f"{strength.level}  {strength.label}"


def line_words(row: EvidenceRow, until: date | None, judge: Judge) -> str:
    """Return the second line of a piece of evidence in a panel: "Audit · current until 4 Sep 2021"."""
    return f"{row.source.label} · {judge.said(until)}"


def spoken(row: EvidenceRow, until: date | None, judge: Judge) -> str:
    """Return a piece of evidence as a screen reader says it."""
    files = file_words(row)
    return ", ".join(
        [
            row.title,
            row.source.label,
            strength_words(row.strength),
            judge.currency(until).label,
            judge.said(until),
            f"used for {counted(len(row.links), 'item')}",
            f"for {row.audience.label.lower()}",
            NO_FILE if files == "–" else files,
        ]
    )


def proof_count(item: ItemRow) -> str:
    """Return how many pieces of evidence an item has, as the grid shows it."""
    return str(len(item.proof.links)) if item.proof.links else "–"


def proof_mark(item: ItemRow, judge: Judge) -> Currency | None:
    """Return what has to be said of an item's evidence beside its number: it lapses soon, or none of it counts."""
    if not item.proof.links:
        return None
    found = judge.currency(item.proof.last_good_day)
    return None if found is Currency.CURRENT else found


def proof_tip(item: ItemRow, judge: Judge) -> str:
    """Return what an item's evidence comes to, line by line."""
    links = item.proof.links
    if not links:
        if not item.kind.needs_evidence:
            return "No evidence; this kind of item needs none"
        return "No evidence yet. E attaches a file, Ctrl+L links what the library has"
    counts = dict.fromkeys(Currency, 0)
    for link in links:
        counts[judge.currency(link.until)] += 1
    said = ", ".join(f"{count} {word.label.lower()}" for word, count in counts.items() if count)
    met = item.proof.sources(judge.day)
    lines = [f"{counted_pieces(len(links))}: {said}"]
    lines.append(f"Sources: {said_sources(met)}" if met else "None of it counts today")
    last = item.proof.last_good_day
    if last is not None:
        lines.append(f"The last of it {'counts until' if last >= judge.day else 'lapsed'} {written(last)}")
    return "\n".join(lines)


def counted_pieces(count: int) -> str:
    """Return "1 piece of evidence", "3 pieces of evidence"."""
    return f"{count:,} {'piece' if count == 1 else 'pieces'} of evidence"


def said_sources(sources: Iterable[EvidenceSource]) -> str:
    """Return sources in words, in the order of the vocabulary."""
    found = frozenset(sources)
    return ", ".join(source.label for source in EvidenceSource if source in found)
