"""Boards: everything the pages and sheets count, read in one go; and read again only where a step changed it.

The first page waits for `board_at`, so nothing here brings SQLAlchemy: questions are asked of the driver's cursor.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from readiness.domain.calendar import WorkingDays
from readiness.domain.due import Milestones
from readiness.domain.errors import NotFound
from readiness.domain.scoring import soon_after
from readiness.domain.views import AreaRow, Board, Changes, InspectionRow, ItemRow, Narratives, WorkspaceRow
from readiness.services.board_rows import RowMaker
from readiness.services.proofs import Proofs, affected_items, read_day
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
    maker = RowMaker(_milestones(inspections), calendar, day, soon, Proofs(cursor))
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
    cursor = cursor_of(session)
    ids = affected_items(cursor, told)
    if any(changes.of(kind) for changes in told for kind in ("area", "inspection", "workspace")) or len(ids) > MANY:
        return read_board(session, board.day)
    if not ids:
        return board
    inspections = cursor.execute(looks.INSPECTIONS).fetchall()
    proofs = Proofs(cursor, sorted(ids))
    maker = RowMaker(_milestones(inspections), _calendar(cursor), board.day, board.soon, proofs)
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


def _calendar(cursor: Any) -> WorkingDays:
    (found,) = cursor.execute(looks.CLOSURES).fetchone() or ("[]",)
    days = (read_day(day) for day in _listed(found))
    return WorkingDays(frozenset(day for day in days if day is not None))


def _inspection_row(row: Sequence[Any]) -> InspectionRow:
    id_, framework, framework_title, edition, title, short_title, *days = row[:11]
    ready_by, expected_from, notified_on, on_site_from, on_site_to = (read_day(text) for text in days)
    rank, selection_on, draft_report_on, publication_on, visit, notified_at, pinned = row[11:]
    return InspectionRow(
        id_, framework, framework_title, edition, title, short_title, ready_by, expected_from, notified_on,
        on_site_from, on_site_to, rank, read_day(selection_on), read_day(draft_report_on), read_day(publication_on),
        visit, notified_at, bool(pinned),
    )  # fmt: skip


def _milestones(rows: Iterable[Sequence[Any]]) -> dict[str, Milestones]:
    return {row[0]: Milestones(*(read_day(text) for text in (*row[6:11], *row[12:15]))) for row in rows}


def _areas(cursor: Any) -> list[AreaRow]:
    return [
        AreaRow(id_, inspection_id, code, title, _listed(scale), rank)
        for id_, inspection_id, code, title, scale, rank in cursor.execute(looks.AREAS).fetchall()
    ]


def _workspace(cursor: Any) -> WorkspaceRow:
    id_ = note(cursor, "workspace")
    title, four_eyes = cursor.execute(looks.TITLE, (id_,)).fetchone() or ("", True)
    return WorkspaceRow(id_, title, note(cursor, "path"), bool(four_eyes))


def _listed(text: str | None) -> tuple[str, ...]:
    """Return the texts of a stored list; none where there is no list that this version can read."""
    try:
        found = json.loads(text or "[]")
    except ValueError:
        return ()
    return tuple(each for each in found if isinstance(each, str)) if isinstance(found, list) else ()
