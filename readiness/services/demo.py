"""Demo: an example workspace, the same every time for the same day. Roles and services, never people.

A made-up council some weeks before both calls: plausible progress, several weeks of history, gaps that can be seen.
"""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from readiness.domain.calendar import WorkingDays
from readiness.domain.views import Board, FrameworkDraft, Identity, InspectionDraft, ItemEdit, ItemRow
from readiness.domain.vocabulary import ImpactLevel, ItemField, ItemStatus, Priority
from readiness.services.boards import read_board
from readiness.services.demo_actions import acted
from readiness.services.demo_evidence import Act, DemoLibrary
from readiness.services.demo_review import reviewed
from readiness.services.inspections import start_inspections
from readiness.services.items import edit_cells, edit_items
from readiness.services.people import set_identity
from readiness.storage.opening import create_workspace
from readiness.storage.workspace import Workspace

WEEKS = 11
_OWNERS = {
    "SEND": ("Head of SEND", "EHC Plan Manager", "SEND Improvement Lead"),
    "Social Care & Early Help": ("Head of Early Help", "Principal Social Worker", "Short Breaks Manager"),
    "Health (CCG)": ("CCG Commissioner", "Designated Clinical Officer"),
    "Health (ICB)": ("ICB Commissioner", "Designated Clinical Officer"),
    "Performance & Data": ("SEND Data Analyst", "Performance Manager"),
    "Education": ("Head of Virtual School", "Director of Education"),
    "Finance": ("Head of Finance",),
    "Corporate": ("Corporate Policy Lead",),
}
_PACE = {"A": 0.85, "B": 0.8, "C": 0.72, "D": 0.62, "E": 0.24, "F": 0.55, "G": 0.7, "H": 0.5, "I": 0.05}
_LADDER = (ItemStatus.GATHERING, ItemStatus.DRAFTED, ItemStatus.CHECKED, ItemStatus.SIGNED_OFF)
_DIRECTORS = {"Education": "Director of Education", "SEND": "Director of SEND"}
_ELSE, _QA = "Director of Children’s Services", "Quality Assurance Lead"
_POSITIONS = (
    "The latest figures were agreed by the improvement board in {month}.",
    "71 % of audited files were good or better in {month}, against 38 % a year before.",
    "In place since {month} and known to every team; the next review is planned.",
    "A first version is with the service for comment; partners have seen it.",
)
_IMPACTS = (
    "Schools report clearer outcomes; two fewer plans in ten return for rewriting.",
    "Families tell the forum that they now know whom to ask.",
    "Waiting times fell for two terms in a row.",
)
_GAPS = (
    "Health sections lag behind. No moderation since December.",
    "Not yet known whether the change lasts beyond one term.",
    "Figures by locality are missing.",
    "The partner has not confirmed the final version.",
)


def make_demo(folder: Path, day: date, frameworks: tuple[FrameworkDraft, ...]) -> Workspace:
    """Make the example workspace in a new folder, as if today were `day`, and return it open.

    Args:
        folder: Where; must hold no workspace.
        day: The example's today; the same day gives the same workspace, change ids included.
        frameworks: The re-visit and the social care inspection.
    """
    chance = random.Random("demo")  # noqa: S311 - an example that repeats, no secret
    clock = _Clock(day)
    workspace = create_workspace(
        folder,
        at_risk=True,
        clock=clock,
        step_id=lambda: f"{chance.getrandbits(48):012x}",
        workspace=f"{chance.getrandbits(128):032x}",
        laptop=f"{chance.getrandbits(64):016x}",
    )
    calendar = WorkingDays()
    clock.move_to(day - timedelta(weeks=WEEKS), 9, 0)
    workspace.run(set_identity, Identity("", "Head of SEND", "SEND"))
    ready = (calendar.add(day, 4), calendar.add(day, 91))
    drafts = tuple(
        InspectionDraft(framework, ready_by=ready_by) for framework, ready_by in zip(frameworks, ready, strict=False)
    )
    workspace.run(start_inspections, drafts, "Example council")
    board = workspace.read(read_board, day)
    for at, act in sorted(_history(board, chance, day), key=lambda each: each[0]):
        clock.now = at
        act(workspace)
    return workspace


class _Clock:
    def __init__(self, day: date) -> None:
        self.now = datetime.combine(day, time(9), UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=7)
        return self.now

    def move_to(self, day: date, hour: int, minute: int) -> None:
        self.now = datetime.combine(day, time(hour, minute), UTC)


def _history(board: Board, chance: random.Random, day: date) -> Iterator[tuple[datetime, Act]]:
    codes, library = {area.id: area.code for area in board.areas}, DemoLibrary(day)
    first = board.inspections[0].id
    owners = {item.id: chance.choice(_OWNERS.get(item.service, ("Head of SEND",))) for item in board.items}
    yield _moment(day, WEEKS * 5 - 2, chance), _owners(owners, chance)
    yield from acted(board, day)
    for item in board.items:
        pace = _PACE.get(codes[item.area_id], 0.5) * (1.0 if item.inspection_id == first else 0.55)
        yield from _progress(item, owners[item.id], pace, chance, day, library)
    yield from _set_aside(board, chance, day)
    yield from ((_moment(day, 18, library.chance), act) for act in library.newer_versions())
    yield from reviewed(day)


def _set_aside(board: Board, chance: random.Random, day: date) -> Iterator[tuple[datetime, Act]]:
    """Some items do not apply, and some were promised for a day that has passed."""
    lead = "SEND Improvement Lead"
    for item in [item for item in board.items if item.priority is Priority.SUPPORTING][4::7][:4]:
        edit = (ItemEdit(ItemField.STATUS, ItemStatus.NOT_APPLICABLE),)
        yield _moment(day, chance.randint(2, 6), chance), _edit(item.id, edit, lead)
    weak = [item for item in board.items if item.reference.startswith(("RV-C", "RV-D", "RV-E", "RV-F"))]
    for number, item in enumerate(item for item in weak if item.due_rule == "held ready"):
        due = WorkingDays().add(day, -1 - number % 4)
        yield _moment(day, 20, chance), _edit(item.id, (ItemEdit(ItemField.DUE, due),), lead)


def _owners(owners: dict[str, str], chance: random.Random) -> Act:
    cells = {id_: (ItemEdit(ItemField.OWNER, who),) for id_, who in owners.items() if chance.random() < 0.94}
    return lambda workspace: workspace.run(edit_cells, cells, "Name the owners")


def _progress(
    item: ItemRow, who: str, pace: float, chance: random.Random, day: date, library: DemoLibrary
) -> Iterator[tuple[datetime, Act]]:
    reach = pace * 4.6 + chance.gauss(0, 0.9)
    if item.due_rule.startswith(("on site", "last day", "draft", "before publication", "publication", "selection")):
        reach = chance.choice((0, 0, 1, 1, 2))
    steps = max(0, min(4, round(reach)))
    working_days_ago = sorted(chance.sample(range(1, WEEKS * 5 - 3), steps), reverse=True)
    for ago in working_days_ago[:1]:  # proof is gathered first: what is claimed later, is claimed of it
        at = _moment(day, ago, library.chance, late=True)
        yield from ((at, act) for act in library.proof(item, steps, who, at.date()))
    for number, ago in enumerate(working_days_ago):
        status = _LADDER[number]
        director = _DIRECTORS.get(item.service, _ELSE)
        by = {ItemStatus.CHECKED: director, ItemStatus.SIGNED_OFF: _QA}.get(status, who)
        yield _moment(day, ago, chance), _edit(item.id, (ItemEdit(ItemField.STATUS, status),), by)
        if status is ItemStatus.DRAFTED and chance.random() < 0.7:
            yield _moment(day, ago, chance, late=True), _edit(item.id, _texts(chance, day), who)


def _texts(chance: random.Random, day: date) -> tuple[ItemEdit, ...]:
    month = (day - timedelta(days=chance.randint(20, 70))).strftime("%B")
    edits = [ItemEdit(ItemField.POSITION, chance.choice(_POSITIONS).format(month=month))]
    if chance.random() < 0.6:
        edits.append(ItemEdit(ItemField.IMPACT, chance.choice(_IMPACTS)))
        edits.append(ItemEdit(ItemField.IMPACT_LEVEL, chance.choice((ImpactLevel.EARLY, ImpactLevel.CLEAR))))
    if chance.random() < 0.5:
        edits.append(ItemEdit(ItemField.GAP, chance.choice(_GAPS)))
    return tuple(edits)


def _moment(day: date, working_days_ago: int, chance: random.Random, *, late: bool = False) -> datetime:
    """Return a time in office hours some working days before a day."""
    hour = 17 if late else chance.randint(8, 16)
    at = time(hour, chance.randint(0, 59), chance.randint(0, 59))
    return datetime.combine(WorkingDays().add(day, -working_days_ago), at, UTC)


def _edit(item_id: str, edits: tuple[ItemEdit, ...], who: str) -> Act:
    def act(workspace: Workspace) -> None:
        workspace.acting_as = who
        workspace.run(edit_items, [item_id], edits)
        workspace.acting_as = ""

    return act
