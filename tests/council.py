"""A small council for tests: a framework of two areas, a clock that is told the time, a workspace made of both."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from readiness.domain.errors import ReadinessError
from readiness.domain.evidence import EvidenceDraft
from readiness.domain.steps import Step
from readiness.domain.views import (
    AreaDraft,
    Board,
    Changes,
    FrameworkDraft,
    Identity,
    InspectionDraft,
    ItemDraft,
    ItemEdit,
)
from readiness.domain.vocabulary import ItemField, ItemStatus, Kind, Priority
from readiness.services.boards import read_board
from readiness.services.evidence import attach_evidence
from readiness.services.inspections import start_inspections
from readiness.services.items import edit_items
from readiness.services.people import set_identity
from readiness.storage.engine import connect
from readiness.storage.opening import create_workspace
from readiness.storage.workspace import Workspace

DAY = date(2021, 3, 1)
NOW = datetime(2021, 3, 1, 9, 30, tzinfo=UTC)
FRAMEWORK = FrameworkDraft(
    id="small-2018",
    edition="2018",
    title="Small re-visit",
    short_title="Re-visit",
    summary="Two areas, four items.",
    scales={},
    areas=(
        AreaDraft(
            "A",
            "Plans",
            ("Good", "Poor"),
            (
                ItemDraft("A01", "Quality of plans", "Audits", service="SEND", priority=Priority.ESSENTIAL),
                ItemDraft("A02", "Waiting times", kind=Kind.DATASET, service="Education", due_rule="day 3"),
                ItemDraft("A03", "Focus group of parents", kind=Kind.INTERVIEW, due_rule="on site"),
            ),
        ),
        AreaDraft("B", "Partners", (), (ItemDraft("B01", "Joint commissioning", due_rule="day 5"),)),
    ),
)
OTHER = FrameworkDraft(
    "other-2021",
    "2021",
    "Social care",
    "Social care",
    "One.",
    {},
    (AreaDraft("A", "Help", (), FRAMEWORK.areas[1].items),),
)


class Clock:
    """Says the time it is set to, a little later each time."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def step_ids() -> Iterator[str]:
    """Yield ids of steps: 000000000001, 000000000002, ..."""
    number = 0
    while True:
        number += 1
        yield f"{number:012x}"


def found_council(
    folder: Path, clock: Callable[[], datetime] | None = None, *, frameworks: tuple[FrameworkDraft, ...] = (FRAMEWORK,)
) -> Workspace:
    """Return a new workspace in a folder, open, signed by a role, with a checklist laid out."""
    ids = step_ids()
    workspace = create_workspace(
        folder, at_risk=True, clock=clock or Clock(), step_id=lambda: next(ids), workspace="ab" * 16, laptop="cd" * 8
    )
    workspace.run(set_identity, Identity("", "Head of SEND", "SEND"))
    drafts = tuple(InspectionDraft(each, ready_by=date(2021, 3, 19)) for each in frameworks)
    workspace.run(start_inspections, drafts, "Example council")
    return workspace


def fast_folder() -> str | None:
    """Where files cost no disk: what is lost there in a power cut is not what this test is about."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def board_of(workspace: Workspace, day: date = DAY) -> Board:
    return workspace.read(read_board, day)


def id_of(workspace: Workspace, reference: str) -> str:
    """Return the id of the first live item with a reference, or of the area with that letter."""
    board = board_of(workspace)
    items = [row.id for row in board.items if row.reference == reference]
    return items[0] if items else next(row.id for row in board.areas if row.code == reference)


def checked_by_another(workspace: Workspace, *references: str) -> None:
    """Have somebody else check items, so that this laptop's person may sign them off."""
    workspace.acting_as = "Director of Education"
    workspace.run(
        edit_items, [id_of(workspace, each) for each in references], [ItemEdit(ItemField.STATUS, ItemStatus.CHECKED)]
    )
    workspace.acting_as = ""


def prove(workspace: Workspace, *item_ids: str) -> Changes:
    """Attach evidence that never lapses to some items."""
    return workspace.run(attach_evidence, item_ids, EvidenceDraft("Proof"))


def everything(workspace: Workspace) -> dict[str, list[tuple[object, ...]]]:
    """Return the whole content of the file: every table, its schema and its header."""
    connection = connect(workspace.database, read_only=True)
    schema = sorted(connection.execute("SELECT name, sql FROM sqlite_master").fetchall(), key=repr)
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in names}
    header = [connection.execute(f"PRAGMA {name}").fetchone() for name in ("user_version", "application_id")]
    connection.close()
    return found | {"schema": schema, "header": header}


def refuses(
    workspace: Workspace, kind: type[ReadinessError], said: str, verb: Callable[..., Step], *given: object
) -> None:
    """Run a verb that must be refused with a sentence; nothing has then changed."""
    before = everything(workspace)
    with pytest.raises(kind, match=said) as raised:
        workspace.run(verb, *given)
    assert str(raised.value).endswith(".")
    assert everything(workspace) == before


def timeless(board: Board) -> Board:
    """Return a board without the moments of its changes: undoing puts all back but these."""
    return replace(board, items=tuple(replace(row, changed_at=None) for row in board.items), removed=0)
