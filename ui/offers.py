"""Offers: which inspections can be tracked, read in the worker: the files of frameworks take a tenth of a second."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from readiness.domain.views import FrameworkDraft


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be tracked."""

    frameworks: "tuple[FrameworkDraft, ...]"  # in force on the day
    others: "tuple[FrameworkDraft, ...]"  # earlier and coming editions
    ready_by: date  # suggested


def read_offer(day: date) -> Offer:
    """Return what to offer on a day."""
    from readiness.frameworks.shipped import newest_editions, other_editions
    from readiness.services.start import suggested_ready_by

    return Offer(newest_editions(day), other_editions(day), suggested_ready_by(day))


def read_offer_of(session: "Session", day: date) -> Offer:
    """Return what to offer on a day in a workspace: the council's own frameworks follow those in force."""
    from readiness.services.schemes import known_frameworks

    shipped = read_offer(day)
    offered = {draft.id for draft in (*shipped.frameworks, *shipped.others)}
    own = tuple(draft for draft in known_frameworks(session) if draft.id not in offered)
    return Offer((*shipped.frameworks, *own), shipped.others, shipped.ready_by)
