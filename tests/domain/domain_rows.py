"""Rows and strategies for tests of the rules."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from readiness.domain.calendar import WorkingDays
from readiness.domain.proof import Proof, ProofLink
from readiness.domain.scoring import is_unproven, rating, soon_after
from readiness.domain.views import AreaRow, Board, InspectionRow, ItemRow, WorkspaceRow
from readiness.domain.vocabulary import EvidenceSource, ImpactLevel, ItemStatus, Kind, Priority, Rating, Strength

TODAY = date(2021, 3, 1)
SOON = date(2021, 3, 15)
CALENDAR = WorkingDays()
INSPECTIONS = tuple(
    InspectionRow(id_, "f", "Framework", "2018", f"{name} inspection", name, None, None, None, None, None)
    for id_, name in (("i1", "First"), ("i2", "Second"))
)
AREAS = tuple(AreaRow(f"{row.id}{code}", row.id, code, f"Area {code}", ()) for row in INSPECTIONS for code in "AB")

PROVEN = Proof((ProofLink("e", EvidenceSource.AUDIT, Strength.OUTCOME, None),))
"""Evidence that never lapses."""

statuses = st.sampled_from(ItemStatus)
priorities = st.sampled_from(Priority)
days = st.dates(date(2019, 1, 1), date(2044, 12, 31))


def item(
    id_: str = "x",
    *,
    status: ItemStatus = ItemStatus.NOT_STARTED,
    priority: Priority = Priority.IMPORTANT,
    area: AreaRow = AREAS[0],
    owner: str = "",
    service: str = "",
    due: date | None = None,
    day_one: bool = False,
    changed_at: datetime | None = None,
    title: str = "Strategy",
    reference: str = "A01",
    judged: Rating | None = None,
    confirm: bool = False,
    kind: Kind = Kind.DOCUMENT,
    proof: Proof = PROVEN,
    lapsed: bool = False,
) -> ItemRow:
    unproven = is_unproven(kind, proof, TODAY)
    return ItemRow(
        id_, area.inspection_id, area.id, reference, title, kind, owner, service, priority, status,
        ImpactLevel.NONE_YET, "", None, due, "", day_one,
        judged or rating(status, priority, due, TODAY, SOON, unproven=unproven, lapsed=lapsed), changed_at,
        confirm=confirm, proof=proof, unproven=unproven, lapsed=lapsed,
    )  # fmt: skip


DUES = [date(2021, 2, 20) + timedelta(days=number) for number in range(34)]
LAST_DAYS = [date(2021, 2, 20) + timedelta(days=number) for number in range(50)]


def any_proof(chance: random.Random) -> Proof:
    """Return proof that never lapses, or up to two links that may have."""
    if chance.random() < 0.5:
        return PROVEN
    return Proof(
        tuple(
            ProofLink(
                chance.choice(["e1", "e2"]),
                chance.choice([*EvidenceSource]),
                chance.choice([*Strength]),
                chance.choice([None, chance.choice(LAST_DAYS)]),
            )
            for _ in range(chance.randint(0, 2))
        )
    )


def any_item(chance: random.Random) -> ItemRow:
    """Return an item whose every part is left to chance."""
    return item(
        chance.choice("xyz"),
        status=chance.choice([*ItemStatus]),
        priority=chance.choice([*Priority]),
        area=chance.choice(AREAS),
        owner=chance.choice(["", "Head of SEND", "head of send ", "Director of Education"]),
        service=chance.choice(["", "SEND", "Education"]),
        due=chance.choice([None, chance.choice(DUES)]),
        day_one=chance.random() < 0.5,
        confirm=chance.random() < 0.5,
        changed_at=chance.choice([None, datetime(2021, 2, 1, tzinfo=UTC) + timedelta(hours=chance.randint(0, 672))]),
        title=chance.choice(["Strategy", "Ysgol ŷ", "Sędzia", "STRASSE", "straße"]),
        reference=chance.choice(["A01", "RV-C02", "a1"]),
        kind=chance.choice([*Kind]),
        proof=any_proof(chance),
        lapsed=chance.random() < 0.5,
    )


def items(made: Callable[[random.Random], ItemRow] = any_item) -> st.SearchStrategy[ItemRow]:
    """Return a strategy that picks among four thousand rows: to draw each part of each takes far longer.

    The first, to which an example shrinks, is the plain one.
    """
    chance = random.Random("rows")
    return st.sampled_from([item(), *(made(chance) for _ in range(4000))])


checklists = st.lists(items(), max_size=12)


def board(rows: list[ItemRow]) -> Board:
    order = {area.id: number for number, area in enumerate(AREAS)}
    return Board(
        WorkspaceRow("w", "Council", ""), TODAY, soon_after(TODAY, CALENDAR), INSPECTIONS, AREAS,
        tuple(sorted(rows, key=lambda row: order[row.area_id])),
    )  # fmt: skip
