"""Demo actions: what the example's council found, promised and did, and what that changed. Roles, never people.

Three of the points of 2018 are answered, one is not; a commission was promised figures and slides.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import partial

from readiness.domain.calendar import WorkingDays
from readiness.domain.dates import written
from readiness.domain.evidence import ActionDraft, FindingDraft
from readiness.domain.views import Board
from readiness.domain.vocabulary import ActionSource, ActionStatus, FindingStatus, ImpactLevel
from readiness.services.actions import add_action
from readiness.services.findings import add_finding
from readiness.storage.workspace import Workspace

Act = Callable[[Workspace], object]
_EARLIER = "Local area inspection 2018"
_COMMISSION = "Children, Young People and Schools Scrutiny Commission"
_LEAD = "SEND Improvement Lead"


@dataclass(frozen=True, slots=True)
class _Point:
    """A point of the inspection before, in an area of the re-visit."""

    area: str
    title: str
    owner: str
    status: FindingStatus
    proof: str = ""
    tested_ago: int | None = None  # working days


@dataclass(frozen=True, slots=True)
class _Work:
    """An action of the re-visit."""

    where: str  # the end of an item's reference, an area's letter, or "": the inspection
    title: str
    owner: str
    due: int | None  # working days from today
    status: ActionStatus = ActionStatus.PLANNED
    source: ActionSource = ActionSource.SELF_ASSESSMENT
    level: ImpactLevel = ImpactLevel.NONE_YET
    practice: str = ""
    impact: str = ""
    point: str = ""  # the area of the point that it answers
    minute: int = 0  # of the commission
    met_ago: int = 0  # working days since the commission met


_DONE, _HAND, _STOPPED = ActionStatus.DONE, ActionStatus.IN_HAND, ActionStatus.STOPPED
_POINTS = (
    _Point("B", "No strategic planning to improve outcomes", "Head of SEND", FindingStatus.PROVEN,
           "The strategy and its quarterly report; the board’s minutes of four terms.", 31),
    _Point("C", "Education, health and care plans are of poor quality", "EHC Plan Manager", FindingStatus.ACTED_ON,
           "Audits of three terms show fewer plans below good."),
    _Point("D", "Social care needs are hardly assessed", "Principal Social Worker", FindingStatus.ACTED_ON),
    _Point("E", "Health services beyond 19 are not commissioned jointly", "CCG Commissioner", FindingStatus.OPEN),
    _Point("F", "Preparation for adulthood is not joined up", "Head of Virtual School", FindingStatus.OPEN),
)  # fmt: skip
_WORK = (
    _Work("B01", "Publish a strategy with measures of success", "Head of SEND", -180, _DONE,
          ActionSource.EARLIER_FINDING, ImpactLevel.SUSTAINED, "Every service reports against it each quarter.",
          "More young people leave school for work or training, three years in a row.", "B"),
    _Work("C02", "Have every draft plan read by a second writer", "EHC Plan Manager", -52, _DONE,
          ActionSource.EARLIER_FINDING, ImpactLevel.CLEAR, "Two writers read every draft; the second signs it.",
          "Schools send two plans in ten fewer back for rewriting.", "C"),
    _Work("C02", "Moderate ten plans a month with health and social care", _LEAD, -6, _HAND, ActionSource.AUDIT,
          point="C"),
    _Work("C03", "Train new writers in writing outcomes", "EHC Plan Manager", 9, source=ActionSource.MOCK_INSPECTION),
    _Work("C01", "Publish waiting times each term", "SEND Data Analyst", -40, _DONE),
    _Work("D", "Ask for a social care opinion on every request", "Principal Social Worker", -75, _DONE,
          ActionSource.EARLIER_FINDING, ImpactLevel.EARLY, "A duty worker answers every request within ten days.",
          "Some families say that they were asked about home for the first time.", "D"),
    _Work("E", "Agree the commissioning strategy for those over 19", "CCG Commissioner", 110, _HAND,
          ActionSource.EARLIER_FINDING, point="E"),
    _Work("G", "Ask the parent forum how families find the local offer", "", None),
    _Work("F", "Hold a joint open evening with two colleges", "Head of Virtual School", -20, _STOPPED),
    _Work("", "Circulate the slides on waiting times", "Head of SEND", -11, _HAND, ActionSource.SCRUTINY,
          minute=45, met_ago=31),
    _Work("", "Give a breakdown of exclusions by need and ward", "Head of Virtual School", 6,
          source=ActionSource.SCRUTINY, minute=46, met_ago=31),
    _Work("", "Report back on how waiting lists are kept", "SEND Data Analyst", -15, _DONE, ActionSource.SCRUTINY,
          ImpactLevel.EARLY, "Lists are read by two services every week.", "Members saw the figures.", minute=31,
          met_ago=63),
)  # fmt: skip


def acted(board: Board, day: date) -> Iterator[tuple[datetime, Act]]:
    """Yield what the example's people note of findings, actions and promises, as if today were `day`."""
    chance = random.Random("actions")  # noqa: S311 - an example that repeats, no secret
    points = {point.area: f"{chance.getrandbits(128):032x}" for point in _POINTS}
    for number, point in enumerate(_POINTS):
        yield _moment(day, 46, 9, number), partial(_note_point, point, points[point.area], board, day)
    for number, work in enumerate(_WORK):
        id_ = f"{chance.getrandbits(128):032x}"
        answers = points.get(work.point, "")
        yield _moment(day, 44, 9, number), partial(_note_work, work, id_, answers, board, day)


def _note_point(point: _Point, id_: str, board: Board, day: date, workspace: Workspace) -> None:
    place = _place(board, point.area)
    draft = FindingDraft(
        point.title,
        inspection_id=place.get("inspection_id", ""),
        area_id=place.get("area_id", ""),
        origin=_EARLIER,
        dated=date(2018, 6, 25),
        owner=point.owner,
        status=point.status,
        proof=point.proof,
        tested_on=_from(day, -point.tested_ago) if point.tested_ago is not None else None,
    )
    _run(workspace, partial(add_finding, draft=draft, new=id_))


def _note_work(work: _Work, id_: str, answers: str, board: Board, day: date, workspace: Workspace) -> None:
    origin = f"{_COMMISSION}, {written(_from(day, -work.met_ago))}, minute {work.minute}" if work.minute else ""
    draft = ActionDraft(
        work.title,
        finding_id=answers,
        owner=work.owner,
        due=_from(day, work.due) if work.due is not None else None,
        status=work.status,
        source=work.source,
        origin=origin or (_EARLIER if answers else ""),
        practice=work.practice,
        impact=work.impact,
        impact_level=work.level,
        **_place(board, work.where),
    )
    _run(workspace, partial(add_action, draft=draft, new=id_))


def _run(workspace: Workspace, use_case: Callable[..., object]) -> None:
    workspace.acting_as = _LEAD
    workspace.run(use_case)  # type: ignore[arg-type]  # a verb with what it was given
    workspace.acting_as = ""


def _place(board: Board, where: str) -> dict[str, str]:
    """Return the item, area or inspection of the re-visit that is meant; the nearest there is."""
    inspection = board.inspections[0].id
    item = next((row for row in board.items if row.inspection_id == inspection and row.reference.endswith(where)), None)
    if len(where) > 1 and item is not None:
        return {"item_id": item.id}
    area = next((row for row in board.areas if row.inspection_id == inspection and row.code == where[:1]), None)
    return {"area_id": area.id} if where and area is not None else {"inspection_id": inspection}


def _moment(day: date, working_days_ago: int, hour: int, number: int) -> datetime:
    return datetime.combine(_from(day, -working_days_ago), time(hour, 2 * number), UTC)


def _from(day: date, working_days: int) -> date:
    return WorkingDays().add(day, working_days)
