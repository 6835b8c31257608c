"""Attaching: several pieces of evidence in one step, some of them new and some that the library has already."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from readiness.domain.evidence import AttachmentDraft, EvidenceDraft, EvidenceRow
from readiness.domain.steps import Step, joined
from readiness.services.dossiers import read_evidence
from readiness.services.evidence import attach_evidence
from readiness.services.library import same_content
from readiness.services.links import items_named, link_evidence


@dataclass(frozen=True, slots=True)
class Piece:
    """A new piece of evidence, with its files and links."""

    draft: EvidenceDraft
    attachments: tuple[AttachmentDraft, ...]


def attach_pieces(
    session: Session, item_ids: Sequence[str], pieces: Sequence[Piece], known_ids: Sequence[str] = ()
) -> Step:
    """Add pieces of evidence, and use them and what the library knows already for some items.

    Raises NotFound when something of it was removed meanwhile, and BadValue as `attach_evidence` does.
    """
    steps = [attach_evidence(session, item_ids, piece.draft, piece.attachments) for piece in pieces]
    if known_ids and item_ids:
        steps.append(link_evidence(session, list(known_ids), item_ids))
    if len(steps) == 1:
        return steps[0]
    count = len(pieces) + len(known_ids)
    where = f"Attach {count} pieces of evidence to {items_named(session, item_ids)}" if item_ids else ""
    return Step(where or f"Add {len(pieces)} pieces of evidence", joined(*(step.sets for step in steps)))


def known_already(session: Session, hashes: Sequence[str]) -> dict[str, EvidenceRow]:
    """Return, for each hash of a file that the library has, the first piece of evidence by title that has it."""
    found = same_content(session, hashes)
    rows = {row.id: row for row in read_evidence(session, [ids[0] for ids in found.values()])}
    return {hash_: rows[ids[0]] for hash_, ids in found.items() if ids[0] in rows}
