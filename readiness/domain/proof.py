"""Proof: what evidence there is for an item, and whether it is current on a day. Pure rules: no clock.

Source: design.md, sections 3 and 5.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from readiness.domain.calendar import WorkingDays
from readiness.domain.vocabulary import Currency, EvidenceSource, Strength

LAPSING_WORKING_DAYS = 20
"""Evidence whose last good day lies within this many working days is due to lapse."""

SOURCES_MET = 2
"""From so many different sources on, an item's proof is triangulated."""


@dataclass(frozen=True, slots=True)
class ProofLink:
    """One piece of evidence as it serves one item."""

    evidence_id: str
    source: EvidenceSource
    strength: Strength
    until: date | None  # last good day, inclusive; None: it never lapses

    def is_current(self, day: date) -> bool:
        """Whether it counts on a day."""
        return self.until is None or day <= self.until


@dataclass(frozen=True, slots=True)
class Proof:
    """All the evidence of one item; most items share the empty one."""

    links: tuple[ProofLink, ...] = ()

    def current(self, day: date) -> tuple[ProofLink, ...]:
        """Return what counts on a day."""
        return tuple(link for link in self.links if link.is_current(day))

    def is_current(self, day: date) -> bool:
        """Whether anything counts on a day."""
        return any(link.is_current(day) for link in self.links)

    def sources(self, day: date) -> frozenset[EvidenceSource]:
        """Return the different sources of what counts on a day."""
        return frozenset(link.source for link in self.links if link.is_current(day))

    @property
    def last_good_day(self) -> date | None:
        """The last day on which anything counts; None: it never lapses, or there is nothing."""
        days = [link.until for link in self.links]
        return None if not days or None in days else max(day for day in days if day is not None)


NO_PROOF = Proof()


def last_good_day(
    link_until: date | None, evidence_until: date | None, dated: date | None, months: int | None
) -> date | None:
    """Return until when a piece of evidence counts for an item, inclusive; None: it never lapses.

    Args:
        link_until: Valid until, as the link says for its inspection.
        evidence_until: Valid until, as the evidence itself says.
        dated: The day the evidence is about.
        months: The item's currency rule: how long such evidence stays current; None: for ever.
    """
    if link_until is not None:
        return link_until
    if evidence_until is not None:
        return evidence_until
    return months_after(dated, months) if dated is not None and months else None


def months_after(day: date, months: int) -> date:
    """Return the same day some months later; the last of the month where that month is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = min(day.year + years, date.max.year)
    last = date(year + (month == 11), (month + 1) % 12 + 1, 1) if (year, month) != (date.max.year, 11) else date.max
    longest = 31 if last is date.max else (last - date.resolution).day
    return date(year, month + 1, min(day.day, longest))


def lapsing_after(day: date, calendar: WorkingDays) -> date:
    """Return the last day that is still "within 20 working days" of a day."""
    return calendar.add(day, LAPSING_WORKING_DAYS)


def currency(until: date | None, day: date, lapsing: date) -> Currency:
    """Return what a last good day means on a day.

    Args:
        until: The last good day; None: it never lapses.
        day: The day that is judged.
        lapsing: `lapsing_after(day)`, passed in because it is the same for every piece.
    """
    if until is None or until > lapsing:
        return Currency.CURRENT
    return Currency.OUT_OF_DATE if until < day else Currency.DUE_TO_LAPSE


def is_triangulated(proof: Proof, day: date) -> bool:
    """Whether current evidence comes from two different sources or more."""
    return len(proof.sources(day)) >= SOURCES_MET


def only_policy(links: Iterable[ProofLink]) -> bool:
    """Whether there is nothing but policy as proof."""
    sources = {link.source for link in links}
    return sources == {EvidenceSource.POLICY}
