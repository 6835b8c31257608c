"""Rows and strategies for tests of the rules."""

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
MOMENTS = st.integers(0, 28 * 24).map(lambda hours: datetime(2021, 2, 1, tzinfo=UTC) + timedelta(hours=hours))
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


proofs = st.lists(
    st.builds(
        ProofLink,
        st.sampled_from(["e1", "e2"]),
        st.sampled_from(EvidenceSource),
        st.sampled_from(Strength),
        st.none() | st.dates(date(2021, 2, 20), date(2021, 4, 10)),
    ),
    max_size=2,
).map(lambda links: Proof(tuple(links)))


@st.composite
def items(draw: st.DrawFn) -> ItemRow:
    return item(
        draw(st.sampled_from(["x", "y", "z"])),
        status=draw(statuses),
        priority=draw(priorities),
        area=draw(st.sampled_from(AREAS)),
        owner=draw(st.sampled_from(["", "Head of SEND", "head of send ", "Director of Education"])),
        service=draw(st.sampled_from(["", "SEND", "Education"])),
        due=draw(st.none() | st.dates(date(2021, 2, 20), date(2021, 3, 25))),
        day_one=draw(st.booleans()),
        confirm=draw(st.booleans()),
        changed_at=draw(st.none() | MOMENTS),
        title=draw(st.sampled_from(["Strategy", "Ysgol ŷ", "Sędzia", "STRASSE", "straße"])),
        reference=draw(st.sampled_from(["A01", "RV-C02", "a1"])),
        kind=draw(st.sampled_from(Kind)),
        proof=draw(st.just(PROVEN) | proofs),
        lapsed=draw(st.booleans()),
    )


checklists = st.lists(items(), max_size=12)


def board(rows: list[ItemRow]) -> Board:
    order = {area.id: number for number, area in enumerate(AREAS)}
    return Board(
        WorkspaceRow("w", "Council", ""), TODAY, soon_after(TODAY, CALENDAR), INSPECTIONS, AREAS,
        tuple(sorted(rows, key=lambda row: order[row.area_id])),
    )  # fmt: skip
