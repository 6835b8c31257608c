"""Library: evidence for a large workspace, through the real use cases; the same every time for the same size."""

import random
from datetime import date, timedelta
from hashlib import sha256

from sqlalchemy.orm import Session

from readiness.domain.evidence import AttachmentDraft, EvidenceDraft
from readiness.domain.steps import Step, joined
from readiness.domain.vocabulary import Audience, EvidenceSource, Strength
from readiness.services.boards import read_board
from readiness.services.evidence import attach_evidence
from readiness.storage.workspace import Workspace

PER_STEP = 500


def add_library(workspace: Workspace, count: int, day: date) -> None:
    """Add so many pieces of evidence, each used for one to four items; some out of date, some soon to be."""
    chance = random.Random("library")
    items = [row.id for row in workspace.read(read_board, day).items]
    for start in range(0, count, PER_STEP):
        workspace.run(_attach, [_piece(number, items, chance, day) for number in range(start, start + PER_STEP)])


Piece = tuple[list[str], EvidenceDraft, list[AttachmentDraft]]


def _attach(session: Session, pieces: list[Piece]) -> Step:
    return Step("Attach the library", joined(*(attach_evidence(session, *piece).sets for piece in pieces)))


def _piece(number: int, items: list[str], chance: random.Random, day: date) -> Piece:
    dated = day - timedelta(days=chance.randint(1, 400))
    until = dated + timedelta(days=chance.randint(0, 500)) if chance.random() < 0.5 else None
    draft = EvidenceDraft(
        f"Evidence {number:05} of the work",
        "What it shows, in a sentence that somebody wrote.",
        chance.choice(tuple(EvidenceSource)),
        chance.choice(tuple(Strength)),
        chance.choice(tuple(Audience)),
        dated=dated,
        valid_until=until,
    )
    hash_ = sha256(f"{number}".encode()).hexdigest()
    used = chance.sample(items, chance.choice((1, 1, 2, 3, 4)))
    return used, draft, [AttachmentDraft(f"Evidence {number:05}.xlsx", hash_, 20_000 + number)]
