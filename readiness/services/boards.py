"""Boards: everything the pages and sheets count, read in one go; and read again only where a step changed it.

The first page waits for `board_at`, so nothing here brings SQLAlchemy: questions are asked of the driver's cursor.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

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
from readiness.domain.errors import BadValue, NotFound
from readiness.domain.scoring import rating, soon_after
from readiness.domain.views import AreaRow, Board, Changes, InspectionRow, ItemRow, Narratives, WorkspaceRow
from readiness.domain.vocabulary import ImpactLevel, ItemStatus, Kind, Priority, Rating, Word
from readiness.storage import looks
from readiness.storage.workspace import cursor_of, note

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MANY = 500
"""From so many changed items on, reading all of them again is quicker."""


def read_calendar(session: "Session") -> WorkingDays:
    """Return England's working days with the council's own closures."""
    return _calendar(cursor_of(session))


def read_board(session: "Session", day: date) -> Board:
    """Read every inspection, area and item that was not removed, as they stand on a day."""
    return board_at(cursor_of(session), day)


def board_at(cursor: Any, day: date) -> Board:
    """Read the board of a day with a driver's cursor."""
    calendar = _calendar(cursor)
    soon = soon_after(day, calendar)
    inspections = cursor.execute(looks.INSPECTIONS).fetchall()
    place = {row[0]: number for number, row in enumerate(inspections)}
    areas = [row for row in _areas(cursor) if row.inspection_id in place]
    areas.sort(key=lambda row: (place[row.inspection_id], row.rank, row.id))
    maker = _RowMaker(_milestones(inspections), calendar, day, soon)
    by_area: dict[str, list[ItemRow]] = {row.id: [] for row in areas}
    for row in maker.rows(_by_hundreds(cursor.execute(looks.ITEMS))):
        if row.area_id in by_area:
            by_area[row.area_id].append(row)
    items: list[ItemRow] = []
    for together in by_area.values():
        together.sort(key=_by_rank)
        items += together
    return Board(
        workspace=_workspace(cursor),
        day=day,
        soon=soon,
        inspections=tuple(_inspection_row(row) for row in inspections),
        areas=tuple(areas),
        items=tuple(items),
        removed=cursor.execute(looks.REMOVED_ITEMS).fetchone()[0],
        calendar=calendar,
    )


def _by_hundreds(cursor: Any) -> Iterator[Sequence[Any]]:
    """Yield what was found: ten thousand rows at once would stand in memory twice."""
    while found := cursor.fetchmany(500):
        yield from found


def _by_rank(row: ItemRow) -> tuple[str, str]:
    return row.rank, row.id


def read_inspection(session: "Session", id_: str) -> InspectionRow:
    """Return one inspection. Raises NotFound when it was removed or never was."""
    for row in cursor_of(session).execute(looks.INSPECTIONS).fetchall():
        if row[0] == id_:
            return _inspection_row(row)
    raise NotFound("inspection", id_)


def refresh_board(session: "Session", board: Board, told: Sequence[Changes]) -> Board:
    """Return the board with what some steps changed read again: only the items' rows where nothing else moved."""
    ids = frozenset[str]().union(*(changes.of("item") for changes in told))
    if any(changes.of(kind) for changes in told for kind in ("area", "inspection", "workspace")) or len(ids) > MANY:
        return read_board(session, board.day)
    if not ids:
        return board
    cursor = cursor_of(session)
    inspections = cursor.execute(looks.INSPECTIONS).fetchall()
    maker = _RowMaker(_milestones(inspections), _calendar(cursor), board.day, board.soon)
    fresh = {row.id: row for row in maker.rows(cursor.execute(looks.SOME_ITEMS, (json.dumps(list(ids)),)).fetchall())}
    known = {row.id: row for row in board.items if row.id in ids}
    moved = any(
        fresh[id_].area_id != old.area_id or fresh[id_].rank != old.rank for id_, old in known.items() if id_ in fresh
    )
    if moved or fresh.keys() != known.keys():
        return read_board(session, board.day)
    return replace(board, items=tuple(fresh.get(row.id, row) for row in board.items))


def read_narratives(session: "Session", item_ids: Sequence[str] | None = None) -> dict[str, Narratives]:
    """Return the long texts of items by id: of some, or of all that were not removed."""
    asked = (looks.NARRATIVES,) if item_ids is None else (looks.SOME_NARRATIVES, (json.dumps(list(item_ids)),))
    return {row[0]: Narratives(*row[1:]) for row in cursor_of(session).execute(*asked).fetchall()}


class _RowMaker:
    """Turns stored rows into rows of the board, judging each combination of rule, status and priority once."""

    def __init__(self, milestones: dict[str, Milestones], calendar: WorkingDays, day: date, soon: date) -> None:
        self._day, self._soon = day, soon
        self._milestones = milestones
        self._calendar = calendar
        self._dates: dict[tuple[str, str], tuple[date | None, str, bool]] = {}
        self._judged: dict[tuple[str, ...], tuple[Any, ...]] = {}
        self._day_three = {id_: self._third_day(found) for id_, found in milestones.items()}

    def rows(self, found: Iterable[Sequence[Any]]) -> Iterable[ItemRow]:
        """Return items of the board; `found` are rows of looks.ITEM_COLUMNS."""
        judged, moments = self._judged, _Moments()
        kept: dict[str, str] = {}
        same = kept.setdefault  # thousands of rows name the same few areas, owners and services: each is kept once
        for (
            id_, inspection_id, area_id, reference, title, kind, owner, service, priority, status, impact_level, rule,
            override, changed_ms, conflicts, rank, reworded,
        ) in found:  # fmt: skip
            key = (inspection_id, rule, override, status, priority)
            if key not in judged:
                judged[key] = self._judge(*key)
            priority_word, status_word, by_hand, due, due_text, day_one, rated = judged[key]
            yield ItemRow(
                id_, same(inspection_id, inspection_id), same(area_id, area_id), reference, title,
                _KIND.get(kind, Kind.DOCUMENT), same(owner, owner), same(service, service), priority_word, status_word,
                _IMPACT.get(impact_level, ImpactLevel.NONE_YET), same(rule, rule), by_hand, due, due_text, day_one,
                rated, moments[changed_ms], conflicts, rank, reworded != "",
            )  # fmt: skip

    def _judge(
        self, inspection_id: str, due_rule: str, override: str | None, status: str, priority: str
    ) -> tuple[Priority, ItemStatus, date | None, date | None, str, bool, Rating]:
        due, due_text, day_one = self._rule(inspection_id, due_rule)
        by_hand = _date(override)
        if by_hand is not None:
            due, due_text = by_hand, "set by hand"
            third = self._day_three.get(inspection_id)
            day_one = due_rule == "held ready" or (third is not None and by_hand <= third)
        status_word = _STATUS.get(status, ItemStatus.NOT_STARTED)
        priority_word = _PRIORITY.get(priority, Priority.IMPORTANT)
        rated = rating(status_word, priority_word, due, self._day, self._soon)
        return priority_word, status_word, by_hand, due, due_text, day_one, rated

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


class _Moments(dict[int | None, datetime | None]):
    """Stored times as times: a step gives thousands of items the same."""

    def __missing__(self, changed_ms: int | None) -> datetime | None:
        moment = self[changed_ms] = datetime.fromtimestamp(changed_ms / 1000, UTC) if changed_ms is not None else None
        return moment


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


def _calendar(cursor: Any) -> WorkingDays:
    (found,) = cursor.execute(looks.CLOSURES).fetchone() or ("[]",)
    days = (_date(day) for day in _listed(found))
    return WorkingDays(frozenset(day for day in days if day is not None))


def _inspection_row(row: Sequence[Any]) -> InspectionRow:
    id_, framework, framework_title, edition, title, short_title, *days = row[:11]
    ready_by, expected_from, notified_on, on_site_from, on_site_to = (_date(text) for text in days)
    rank, selection_on, draft_report_on, publication_on, visit, notified_at, pinned = row[11:]
    return InspectionRow(
        id_, framework, framework_title, edition, title, short_title, ready_by, expected_from, notified_on,
        on_site_from, on_site_to, rank, _date(selection_on), _date(draft_report_on), _date(publication_on), visit,
        notified_at, bool(pinned),
    )  # fmt: skip


def _milestones(rows: Iterable[Sequence[Any]]) -> dict[str, Milestones]:
    return {row[0]: Milestones(*(_date(text) for text in (*row[6:11], *row[12:15]))) for row in rows}


def _areas(cursor: Any) -> list[AreaRow]:
    return [
        AreaRow(id_, inspection_id, code, title, _listed(scale), rank)
        for id_, inspection_id, code, title, scale, rank in cursor.execute(looks.AREAS).fetchall()
    ]


def _workspace(cursor: Any) -> WorkspaceRow:
    id_ = note(cursor, "workspace")
    (title,) = cursor.execute(looks.TITLE, (id_,)).fetchone() or ("",)
    return WorkspaceRow(id_, title, note(cursor, "path"))


def _listed(text: str | None) -> tuple[str, ...]:
    """Return the texts of a stored list; none where there is no list that this version can read."""
    try:
        found = json.loads(text or "[]")
    except ValueError:
        return ()
    return tuple(each for each in found if isinstance(each, str)) if isinstance(found, list) else ()


def _date(text: str | None) -> date | None:
    """Return a stored day; None when there is none, or one that this version cannot read."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
