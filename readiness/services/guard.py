"""Guard: looks for likely identifiers of children in what comes in and goes out, and records why some may stay.

It asks and remembers; it forbids nothing, and nothing of it leaves the laptop. What is kept are kinds and counts.
"""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from readiness.documents.limits import Limit
from readiness.documents.texts import read_texts
from readiness.domain.errors import BadValue
from readiness.domain.identifiers import Identifier
from readiness.domain.schemes import ListSpec
from readiness.domain.sightings import (
    ExemptionRow,
    Occasion,
    PlacedText,
    ScanResult,
    Sighting,
    checked_reason,
    totals,
)
from readiness.domain.steps import Step, joined
from readiness.domain.views import FrameworkDraft, ItemDraft
from readiness.domain.watch import Watch, holds_identifier, look_through
from readiness.frameworks.shipped import shipped_frameworks
from readiness.services.records import create, new_id
from readiness.storage.tables import Exemption, change, step
from readiness.storage.workspace import workspace_id

FILE_SECONDS = 30.0
"""So long at most one file is looked through."""

STOPPED = "Looking through it was stopped, so not all of it was looked through. Look through it yourself."
_KINDS = {str(kind.value): kind for kind in Identifier}
_OCCASIONS = {str(occasion.value): occasion for occasion in Occasion}


@cache
def published_lists() -> tuple[ListSpec, ...]:
    """Return the child-level lists of every framework that ships, so that their headings are known."""
    return tuple(dict.fromkeys(spec for draft in shipped_frameworks() for spec in draft.lists))


def scan_file(
    path: Path,
    name: str,
    day: date,
    lists: Sequence[ListSpec],
    *,
    seconds: float = FILE_SECONDS,
    cancelled: Callable[[], bool] | None = None,
) -> ScanResult:
    """Look through a file. Whatever is wrong with it is told in the result; nothing is raised.

    Args:
        path: Where it lies.
        name: What people call it: its ending says of what kind it is, and it is looked at too.
        day: Today: dates of birth lie before it.
        lists: The lists whose headings are known, such as `published_lists()`.
        seconds: So long at most.
        cancelled: Asked now and then whether to stop.
    """
    texts = read_texts(path, Limit(time.monotonic() + seconds), name)
    watch = Watch(day, lists)
    stopped: tuple[str, ...] = ()
    for passage in texts:
        watch.take(passage)
        if cancelled is not None and cancelled():
            stopped = (STOPPED,)
            break
    return ScanResult(_shown(name, day), watch.sightings(), (*texts.unread, *stopped))


def scan_texts(texts: Iterable[PlacedText], day: date, lists: Sequence[ListSpec], name: str = "") -> ScanResult:
    """Look through texts: narratives, what a framework brings, what is about to go out.

    Args:
        texts: Each with its place.
        day: Today.
        lists: The lists whose headings are known.
        name: What the texts are as a whole, as the result is to call it.
    """
    return ScanResult(_shown(name, day), look_through(texts, day, lists))


def _shown(name: str, day: date) -> str:
    """Return a name as it may be told: one that holds an identifier itself is not."""
    return "the file" if holds_identifier(name.replace("_", " "), day) else name


def texts_of_items(items: Iterable[ItemDraft]) -> Iterator[PlacedText]:
    """Yield the words of items that are about to be laid out or brought in."""
    for item in items:
        for label, text in (
            ("reference", item.reference),
            ("title", item.title),
            ("what good looks like", item.guidance),
            ("owner", item.owner),
            ("service", item.service),
        ):
            if text:
                yield PlacedText(text, f"{item.reference}, {label}")


def texts_of_framework(draft: FrameworkDraft) -> Iterator[PlacedText]:
    """Yield the words of a framework that is about to be brought in."""
    yield PlacedText(f"{draft.title}\n{draft.short_title}\n{draft.summary}", "its title")
    for area in draft.areas:
        yield PlacedText(area.title, f"area {area.code}")
        yield from texts_of_items(area.items)


def exempt(session: Session, about: str, place: Occasion, found: Sequence[Sighting], reason: str) -> Step:
    """Record why likely identifiers may stay: their kinds and counts, never themselves. Raises BadValue.

    Args:
        session: Of the workspace.
        about: The id of the record they are in, or the hash of the file; "": what each sighting is about, a record of
            its own for each, and the workspace where it says nothing.
        place: When they were seen.
        found: What was seen.
        reason: Why it may stay.
    """
    tidy = checked_reason(reason)
    by_record: dict[str, list[Sighting]] = {}
    for each in found:
        by_record.setdefault(about or each.about or workspace_id(session), []).append(each)
    if not by_record:
        raise BadValue("Nothing was seen that needs a reason.")
    made = [
        create("exemption", new_id(), about=id_, place=place, found=_stored(sightings), reason=tidy)
        for id_, sightings in by_record.items()
    ]
    count = sum(totals(found).values())
    what = "1 likely identifier" if count == 1 else f"{count:,} likely identifiers"
    return Step(f"Let {what} stay", joined(*made), reason=tidy)


def read_exemptions(session: Session) -> tuple[ExemptionRow, ...]:
    """Return what somebody let stay, newest first."""
    made = {
        id_: (at, actor)
        for id_, at, actor in session.execute(
            select(change.c.eid, step.c.at, step.c.actor)
            .join(step, step.c.id == change.c.step)
            .where(change.c.etype == "exemption", change.c.field == "about")
        )
    }
    rows = [
        _row(row, *made.get(row.id, ("", "")))
        for row in session.scalars(select(Exemption).where(Exemption.deleted.is_(False)))
    ]
    first = datetime.fromtimestamp(0, UTC)
    return tuple(sorted(rows, key=lambda row: (row.at or first, row.id), reverse=True))


def _stored(sightings: Iterable[Sighting]) -> str:
    counts = {str(kind.value): count for kind, count in totals(sightings).items()}
    return json.dumps(counts, sort_keys=True, separators=(",", ":"))


def _row(row: Exemption, at: str, by: str) -> ExemptionRow:
    return ExemptionRow(
        id=row.id,
        about=row.about,
        occasion=_OCCASIONS.get(row.place, Occasion.ATTACH),
        found=_counts(row.found),
        reason=row.reason,
        at=datetime.fromisoformat(at) if at else None,
        by=by,
    )


def _counts(text: str) -> dict[Identifier, int]:
    """Return stored counts; kinds and values that this version does not know are left out."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {kind: found[code] for code, kind in _KINDS.items() if isinstance(found.get(code), int)}
