"""Checks: every rule over 1,800 items with 5,000 pieces of evidence, as the Checks page asks for them."""

import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from readiness.domain.checks.run import run_checks
from readiness.domain.steps import SetField, Step
from readiness.domain.vocabulary import ActionStatus, Audience, EvidenceSource, ReviewKind, Strength
from readiness.services.boards import read_board
from readiness.services.checks import read_checks
from readiness.services.dossiers import read_dossier
from readiness.services.records import create, derived_id, new_id
from readiness.storage.opening import open_workspace

from .figures import Figure, timed
from .volume import DAY

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

ITEMS, PIECES = 1800, 5000
ROUNDS = 7
BAR_MS = 200.0


def measure(build: Callable[[int], Path]) -> Iterator[Figure]:
    """Yield how long the rules take over what was read, and how long the page's whole question takes."""
    with open_workspace(build(ITEMS), at_risk=True) as workspace:
        if not workspace.read(read_dossier, DAY).evidence:
            workspace.run(add_proof, PIECES)
        dossier = workspace.read(read_dossier, DAY)
        found = len(run_checks(dossier))
        spent = median(timed(lambda: run_checks(dossier)) for _ in range(ROUNDS))
        name = f"checks, {len(dossier.board.items):,} items, {len(dossier.evidence):,} evidence, {found:,} places"
        yield Figure(name, "ms", spent, None, BAR_MS)
        asked = median(timed(lambda: workspace.read(read_checks, DAY)) for _ in range(3))
        yield Figure("the same, read from the file first", "ms", asked)


def add_proof(session: "Session", pieces: int) -> Step:
    """Add evidence to items at random, some of it faulty, with reviews and actions; the same every time."""
    chance = random.Random("proof")
    items = read_board(session, DAY).items
    sets: list[SetField] = []
    for number in range(pieces):
        id_, revision = new_id(), new_id()
        dated = DAY - timedelta(days=chance.randint(-5, 500))
        until = DAY + timedelta(days=chance.randint(-60, 400))
        title = f"{chance.choice(('Audit', 'Survey', 'Report', 'Draft plan'))} {number % 4700}, {dated:%B %Y}"
        sets += create(
            "evidence", id_, title=title, shows="How it stands" if chance.random() < 0.8 else "",
            source=chance.choice(tuple(EvidenceSource)), strength=chance.choice(tuple(Strength)),
            audience=chance.choice(tuple(Audience)), dated=dated, valid_until=until if chance.random() < 0.4 else None,
        )  # fmt: skip
        sets += create("revision", revision, evidence_id=id_, number=1)
        is_link = chance.random() < 0.2
        sets += create(
            "attachment", new_id(), revision_id=revision, name=f"{title}.docx", rank="m", size=9,
            sha256="" if is_link else f"{number % 4900:064x}", url=f"https://a.example/{number}" if is_link else "",
        )  # fmt: skip
        for item in chance.sample(items, chance.choice((0, 1, 1, 2))):
            sets += create("link", derived_id(session, "link", item.id, id_), item_id=item.id, evidence_id=id_)
    for item in items[::3]:
        kind = chance.choice(tuple(ReviewKind))
        sets += create("review", new_id(), item_id=item.id, kind=kind, by=item.owner, at=f"{DAY}T09:00:00+00:00")
    for item in items[::6]:
        sets += create(
            "action", new_id(), item_id=item.id, inspection_id=item.inspection_id, title=f"Work on {item.reference}",
            owner=item.owner, due=DAY + timedelta(days=chance.randint(-30, 90)),
            status=chance.choice(tuple(ActionStatus)),
        )  # fmt: skip
    return Step("Add evidence", sets)
