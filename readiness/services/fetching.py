"""Fetching: copies of links that lead to files, taken only after somebody said of which; the web is never asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from readiness.domain.errors import FileRefused
from readiness.domain.pack_words import counted
from readiness.domain.preflight import LinkFact
from readiness.domain.steps import Step, joined
from readiness.services.evidence import COPY_FIELDS, copy_of_link
from readiness.services.unsettled import settled_ids
from readiness.storage.files import FileStore, Stored

Told = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of fetching."""

    copies: tuple[tuple[LinkFact, Stored], ...]
    refused: tuple[str, ...]  # a sentence each


def take_copies(
    store: FileStore,
    links: Sequence[LinkFact],
    told: Told | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Fetched:
    """Copy into the store what links lead to; `keep_copies` then records it.

    Args:
        store: Where.
        links: Those that somebody confirmed; a server among them may have to be waited for.
        told: Told before each link its name, how many are done, and of how many.
        cancelled: Asked before each block whether to stop.

    Raises:
        Cancelled: `cancelled` said so; nothing is recorded.
        WorkspaceError: The store cannot be written.
    """
    copies: list[tuple[LinkFact, Stored]] = []
    refused: list[str] = []
    for number, link in enumerate(links):
        if told is not None:
            told(f"Fetching {link.name}", number, len(links))
        try:
            copies.append((link, store.take(Path(link.path), cancelled=cancelled)))
        except FileRefused as error:
            refused.append(str(error))
    return Fetched(tuple(copies), tuple(refused))


def keep_copies(session: Session, fetched: Fetched) -> Step:
    """Record the copies that were taken, as one step. Raises NotFound when a link was removed meanwhile."""
    wanted = [link.attachment_id for link, _ in fetched.copies]
    free, left = settled_ids(session, wanted, COPY_FIELDS, "link")
    copies = [(link, stored) for link, stored in fetched.copies if link.attachment_id in free]
    steps = [copy_of_link(session, link.attachment_id, stored) for link, stored in copies]
    label = steps[0].label if len(steps) == 1 else f"Keep copies of {counted(len(steps), 'link')}"
    return Step(label, joined(*(step.sets for step in steps)), left=left)
