"""Boards: everything the pages and sheets count, read in one go; and read again only where a step changed it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from readiness.domain.calendar import WorkingDays
from readiness.domain.due import (
    DAY_ONE_WINDOW,
    DueRule,
    Milestones,
    due_date,
    explain_due,
    is_due_by_day_three,
    parse_due_rule,
)
from readiness.domain.errors import BadValue
from readiness.domain.scoring import rating, soon_after
from readiness.domain.views import AreaRow, Board, Changes, InspectionRow, ItemRow, Narratives, WorkspaceRow
from readiness.domain.vocabulary import ImpactLevel, ItemStatus, Kind, Priority, Word
from readiness.storage.tables import Area, Inspection, Item, WorkspaceRecord
from readiness.storage.workspace import meta_value, workspace_id

_ITEM_COLUMNS = (
    Item.id,
    Item.inspection_id,
    Item.area_id,
    Item.reference,
    Item.title,
    Item.kind,
    Item.owner,
    Item.service,
    Item.priority,
    Item.status,
    Item.impact_level,
    Item.due_rule,
    Item.due,
    Item.changed_ms,
    Item.conflicts,
    Item.rank,
)


def read_calendar(session: Session) -> WorkingDays:
    """Return England's working days with the council's own closures."""
    found = session.execute(select(WorkspaceRecord.closures)).scalars().first()
    return WorkingDays(frozenset(date.fromisoformat(day) for day in json.loads(found or "[]")))


def read_board(session: Session, day: date) -> Board:
    """Read every inspection, area and item that was not removed, as they stand on a day."""
    calendar = read_calendar(session)
    soon = soon_after(day, calendar)
    rows = session.execute(
        select(Inspection).where(Inspection.deleted.is_(False)).order_by(Inspection.rank, Inspection.id)
    ).scalars()
    found = [(_inspection_row(row), _milestones(row)) for row in rows]
    place = {row.id: number for number, (row, _) in enumerate(found)}
    areas = [row for row in _areas(session) if row.inspection_id in place]
    areas.sort(key=lambda row: (place[row.inspection_id], row.rank, row.id))
    maker = _RowMaker(dict(_by_id(found)), calendar, day, soon)
    at = {row.id: number for number, row in enumerate(areas)}
    items = [maker.row(row) for row in session.execute(_items(removed=False)) if row[2] in at]
    items.sort(key=lambda row: (at[row.area_id], row.rank, row.id))
    return Board(
        workspace=_workspace(session),
        day=day,
        soon=soon,
        inspections=tuple(row for row, _ in found),
        areas=tuple(areas),
        items=tuple(items),
        removed=session.execute(select(func.count()).select_from(Item).where(Item.deleted.is_(True))).scalar_one(),
    )


def refresh_board(session: Session, board: Board, told: Sequence[Changes]) -> Board:
    """Return the board with what some steps changed read again: only the items' rows where nothing else moved."""
    ids = frozenset[str]().union(*(changes.of("item") for changes in told))
    if any(changes.of(kind) for changes in told for kind in ("area", "inspection", "workspace")) or len(ids) > 500:
        return read_board(session, board.day)
    if not ids:
        return board
    rows = {row[0]: row for row in session.execute(_items(removed=False).where(Item.id.in_(ids)))}
    known = {row.id: row for row in board.items if row.id in ids}
    moved = any(rows[id_][2] != old.area_id or rows[id_][15] != old.rank for id_, old in known.items() if id_ in rows)
    if moved or rows.keys() != known.keys():
        return read_board(session, board.day)
    calendar = read_calendar(session)
    inspections = session.execute(select(Inspection).where(Inspection.deleted.is_(False))).scalars()
    maker = _RowMaker({row.id: _milestones(row) for row in inspections}, calendar, board.day, board.soon)
    fresh = {id_: maker.row(row) for id_, row in rows.items()}
    return replace(board, items=tuple(fresh.get(row.id, row) for row in board.items))


def read_narratives(session: Session, item_ids: Sequence[str] | None = None) -> dict[str, Narratives]:
    """Return the long texts of items by id: of some, or of all that were not removed."""
    query = select(Item.id, Item.guidance, Item.position, Item.impact, Item.gap, Item.basis)
    query = query.where(Item.deleted.is_(False) if item_ids is None else Item.id.in_(item_ids))
    return {row[0]: Narratives(*row[1:]) for row in session.execute(query)}


class _RowMaker:
    """Turns stored rows into rows of the board, working out each rule's date once per inspection."""

    def __init__(self, milestones: dict[str, Milestones], calendar: WorkingDays, day: date, soon: date) -> None:
        self._day, self._soon = day, soon
        self._milestones = milestones
        self._calendar = calendar
        self._dates: dict[tuple[str, str], tuple[date | None, str, bool]] = {}
        self._day_three = {id_: self._third_day(found) for id_, found in milestones.items()}

    def _third_day(self, milestones: Milestones) -> date | None:
        return due_date(parse_due_rule(f"day {DAY_ONE_WINDOW}"), milestones, self._calendar)

    def _rule(self, inspection_id: str, text: str) -> tuple[date | None, str, bool]:
        key = (inspection_id, text)
        if key not in self._dates:
            rule, milestones = parsed_rule(text), self._milestones.get(inspection_id, Milestones())
            self._dates[key] = (
                due_date(rule, milestones, self._calendar) if rule else None,
                explain_due(rule, milestones) if rule else "",
                rule is not None and is_due_by_day_three(rule),
            )
        return self._dates[key]

    def row(self, found: Any) -> ItemRow:
        """Return one item of the board; `found` is a row of `_ITEM_COLUMNS`."""
        (id_, inspection_id, area_id, reference, title, kind, owner, service, priority, status, impact_level, due_rule,
         override, changed_ms, conflicts, rank) = found  # fmt: skip
        due, due_text, day_one = self._rule(inspection_id, due_rule)
        by_hand = _date(override)
        if by_hand is not None:
            due, due_text = by_hand, "set by hand"
            third = self._day_three.get(inspection_id)
            day_one = due_rule == "held ready" or (third is not None and by_hand <= third)
        status_word = _STATUS.get(status, ItemStatus.NOT_STARTED)
        priority_word = _PRIORITY.get(priority, Priority.IMPORTANT)
        return ItemRow(
            id_, inspection_id, area_id, reference, title, _KIND.get(kind, Kind.DOCUMENT), owner, service,
            priority_word, status_word, _IMPACT.get(impact_level, ImpactLevel.NONE_YET), due_rule, by_hand, due,
            due_text, day_one,
            rating(status_word, priority_word, due, self._day, self._soon), moment_of(changed_ms), conflicts, rank,
        )  # fmt: skip


def _codes(words: type[Word]) -> dict[str, Any]:
    return {str(word.value): word for word in words}


_STATUS, _PRIORITY, _KIND, _IMPACT = _codes(ItemStatus), _codes(Priority), _codes(Kind), _codes(ImpactLevel)


@lru_cache(maxsize=1024)
def parsed_rule(text: str) -> DueRule | None:
    """Return a stored rule; None when there is none, or one of a newer version that this one cannot read."""
    try:
        return parse_due_rule(text) if text else None
    except BadValue:
        return None


def moment_of(changed_ms: int | None) -> datetime | None:
    """Return a stored time."""
    return datetime.fromtimestamp(changed_ms / 1000, UTC) if changed_ms is not None else None


def _items(*, removed: bool) -> Any:
    return select(*_ITEM_COLUMNS).where(Item.deleted.is_(removed))


def _by_id(found: Iterable[tuple[InspectionRow, Milestones]]) -> Iterable[tuple[str, Milestones]]:
    return ((row.id, milestones) for row, milestones in found)


def _inspection_row(row: Inspection) -> InspectionRow:
    return InspectionRow(
        id=row.id,
        framework=row.framework,
        framework_title=row.framework_title,
        edition=row.edition,
        title=row.title,
        short_title=row.short_title,
        ready_by=_date(row.ready_by),
        expected_from=_date(row.expected_from),
        notified_on=_date(row.notified_on),
        on_site_from=_date(row.on_site_from),
        on_site_to=_date(row.on_site_to),
        rank=row.rank,
    )


def _milestones(row: Inspection) -> Milestones:
    return Milestones(
        *(
            _date(text)
            for text in (
                row.ready_by, row.expected_from, row.notified_on, row.on_site_from, row.on_site_to, row.selection_on,
                row.draft_report_on, row.publication_on,
            )
        )
    )  # fmt: skip


def _areas(session: Session) -> list[AreaRow]:
    rows = session.execute(
        select(Area.id, Area.inspection_id, Area.code, Area.title, Area.scale, Area.rank).where(Area.deleted.is_(False))
    )
    return [AreaRow(row[0], row[1], row[2], row[3], tuple(json.loads(row[4] or "[]")), row[5]) for row in rows]


def _workspace(session: Session) -> WorkspaceRow:
    id_ = workspace_id(session)
    record = session.get(WorkspaceRecord, id_)
    return WorkspaceRow(id_, record.title if record else "", meta_value(session, "path"))


def _date(text: str | None) -> date | None:
    """Return a stored day; None when there is none, or one that this version cannot read."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
