"""Overview words: the plain sentences of the Overview. Pure: no Qt, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from readiness.domain.dates import written
from readiness.domain.views import AreaRow, InspectionRow, ItemRow
from readiness.domain.vocabulary import Rating
from ui.models.overview_figures import InspectionCard, plain_title

NO_VALUE = "–"
TWO_WEEKS_DAYS = 14

_PROPER = frozenset({"Annex", "England", "Leicester", "Ofsted", "Year"})
"""Words that keep their capital in the middle of a sentence, as abbreviations do."""

_WITH_ARTICLE = ("visit", "re-visit", "revisit", "inspection", "review", "check", "audit", "assessment")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A part of a sentence; the strong ones carry the figures."""

    text: str
    strong: bool = False


def percent(value: float | None) -> str:
    """Return a percentage as the pages write it, "62 %"; "–" where there is no value."""
    return NO_VALUE if value is None else f"{value:.0f}\u00a0%"


def counted(count: int, noun: str) -> str:
    """Return "1 item", "9 items", "1,200 items"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def named(inspection: InspectionRow) -> str:
    """Return an inspection as it stands in a sentence: "the SEN re-visit", but "Social Care"."""
    name = inspection.short_title or inspection.title
    return f"the {name}" if name.casefold().endswith(_WITH_ARTICLE) else name


def movement(now: float | None, then: float | None) -> int | None:
    """Return by how many whole points readiness moved, as the two figures are shown; None: one is missing."""
    if now is None or then is None:
        return None
    return round(now) - round(then)


def moved(points: int | None) -> str:
    """Return a movement since two weeks ago in words; "" when it is not known."""
    if points is None:
        return ""
    if points == 0:
        return "the same as two weeks ago"
    return f"{'up' if points > 0 else 'down'} {counted(abs(points), 'point')} in two weeks"


def without_year(day: date) -> str:
    """Return a day as 30 Apr."""
    return written(day).rsplit(" ", 1)[0]


def short_day(day: date | None, today: date) -> str:
    """Return a day as it stands in a narrow column, "30 Apr"; with its year where that is another."""
    if day is None:
        return ""
    if day == today:
        return "today"
    return without_year(day) if day.year == today.year else written(day)


def late_by(due: date, today: date) -> str:
    """Return how late something is, "6 days late": plain days, as in the exported workbook."""
    return f"{counted((today - due).days, 'day')} late"


def how_far(card: InspectionCard) -> str:
    """Return by when a checklist must be ready, "By 30 Apr 2021 · 4 working days"; once called, where it stands."""
    day, left = card.inspection.ready_by, card.working_days
    if card.under_way:
        return _capital(card.under_way)
    if day is None or left is None:
        return "No ready-by date"
    if left > 0:
        distance = counted(left, "working day")
    elif left < 0:
        distance = f"{counted(-left, 'working day')} ago"
    else:
        distance = "today"
    return f"By {written(day)} · {distance}"


def opening(
    card: InspectionCard | None, points: int | None, items: Sequence[ItemRow], areas: Sequence[AreaRow]
) -> tuple[Phrase, ...]:
    """Return the sentence under the title: how ready, which way it goes, and where it is worst.

    Args:
        card: The inspection the page talks about first; None: there is none.
        points: Its movement in two weeks; None: not known.
        items: All items of the board, or at least those of that inspection.
        areas: All areas of the board, or at least those of that inspection.
    """
    if card is None:
        return (Phrase("No inspection is being tracked yet."),)
    name = named(card.inspection)
    if not card.figures.items:
        return (Phrase(f"{_capital(name)} has no items yet."),)
    if card.figures.readiness is None:
        return (Phrase(f"Nothing in the checklist of {name} applies."),)
    way = moved(points)
    return (
        Phrase(f"{_capital(name)} is "),
        Phrase(f"{percent(card.figures.readiness)} ready", strong=True),
        Phrase(f"{', ' if way else ''}{way}. "),
        *_worst(card, items, areas),
        *_reworded(card, items),
    )


def as_text(phrases: Sequence[Phrase]) -> str:
    """Return a sentence as plain text."""
    return "".join(phrase.text for phrase in phrases)


def as_html(phrases: Sequence[Phrase]) -> str:
    """Return a sentence as rich text, the figures in semibold."""
    return "".join(
        f'<span style="font-weight:600">{escape(phrase.text)}</span>' if phrase.strong else escape(phrase.text)
        for phrase in phrases
    )


def _worst(card: InspectionCard, items: Sequence[ItemRow], areas: Sequence[AreaRow]) -> tuple[Phrase, ...]:
    ratings = card.figures.by_rating
    off = ratings[Rating.OFF_TRACK]
    if off:
        said = Phrase(f"{counted(off, 'item')} {'is' if off == 1 else 'are'} off track", strong=True)
        return said, Phrase(f"{_where(card.inspection.id, off, items, areas)}.")
    if ratings[Rating.COMPLETE] == card.figures.applicable:
        return (Phrase("Everything is signed off."),)
    risky = ratings[Rating.AT_RISK]
    if risky:
        return (Phrase(f"Nothing is off track; {counted(risky, 'item')} {'is' if risky == 1 else 'are'} at risk."),)
    return (Phrase("Nothing is off track or at risk."),)


def _reworded(card: InspectionCard, items: Sequence[ItemRow]) -> tuple[Phrase, ...]:
    """Say how many items another edition reworded and nobody confirmed yet."""
    waiting = sum(item.confirm and item.inspection_id == card.inspection.id for item in items)
    if not waiting:
        return ()
    return (
        Phrase(" "),
        Phrase(f"{counted(waiting, 'item')} {'is' if waiting == 1 else 'are'} to be confirmed again."),
    )


def _where(inspection_id: str, off: int, items: Sequence[ItemRow], areas: Sequence[AreaRow]) -> str:
    """Say which area holds more than half of what is off track; "" where it is spread."""
    by_area: dict[str, int] = {}
    for item in items:
        if item.rating is Rating.OFF_TRACK and item.inspection_id == inspection_id:
            by_area[item.area_id] = by_area.get(item.area_id, 0) + 1
    if not by_area:
        return ""
    area_id = max(by_area, key=by_area.__getitem__)
    title = next((_in_sentence(plain_title(area)) for area in areas if area.id == area_id), "")
    count = by_area[area_id]
    if not title or count * 2 <= off:
        return ""
    if count == off:
        return f", {'' if off == 1 else 'all of them '}in {title}"
    return f", most of them in {title}"


def _in_sentence(title: str) -> str:
    """Return a heading as it stands within a sentence: "Quality of plans" loses its capital, "EHC plans" doesn't."""
    first = title.split(maxsplit=1)[0].rstrip(",.:;") if title.strip() else ""
    if first[1:].islower() and first not in _PROPER:
        return title[:1].lower() + title[1:]
    return title


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
