"""Places: where this laptop shares, and the carriers that reach them. A password is never kept, shown or logged."""

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from readiness.domain.errors import BadValue
from readiness.domain.sharing import PlaceRow
from readiness.services.team import Team
from readiness.storage.exchange import set_note
from readiness.storage.workspace import Workspace, driver_cursor, note
from readiness.sync.carrier import Carrier
from readiness.sync.hub import is_hub

Open = Callable[[str, Team, str], Carrier]
"""Opens a place: its target, the team, what this laptop is called."""


@dataclass(frozen=True, slots=True)
class _Place:
    target: str
    last_at: str | None = None
    trouble: str = ""
    hint: str = ""


def open_place(target: str, team: Team, label: str) -> Carrier:
    """Return the carrier of a folder, a bundle or a hub. Raises CarrierAway, or BadValue for what is none of these."""
    if is_hub(target):
        from readiness.sync.hub import HubCarrier

        return HubCarrier(target, team.workspace, team.device, team.key.public, label)
    path = Path(target)
    if is_bundle(target):
        from readiness.sync.bundle import BundleReader

        return BundleReader(path)
    from readiness.sync.folder import FolderCarrier

    return FolderCarrier(path, team.workspace, team.device)


def is_bundle(target: str) -> bool:
    """Return whether a place is one file that was handed over."""
    return not is_hub(target) and Path(target).suffix == ".irtbundle" and not Path(target).is_dir()


def places_at(cursor: Any) -> tuple[PlaceRow, ...]:
    """Return the places that this laptop shares through, in the order in which they were added."""
    return tuple(
        PlaceRow(each.target, "hub" if is_hub(each.target) else "folder", each.last_at, each.trouble, each.hint)
        for each in _read(cursor)
    )


def add_place(workspace: Workspace, target: str) -> None:
    """Share through a place from now on. Raises BadValue for one that cannot serve; nothing is written there yet."""
    wanted = checked_target(target, workspace)

    def job(connection: Connection) -> None:
        cursor = driver_cursor(connection)
        found = _read(cursor)
        if wanted not in [each.target for each in found]:
            _write(cursor, [*found, _Place(wanted)])

    workspace.maintain(job)


def remove_place(workspace: Workspace, target: str) -> None:
    """Share through a place no longer; what lies there stays."""

    def job(connection: Connection) -> None:
        cursor = driver_cursor(connection)
        _write(cursor, [each for each in _read(cursor) if each.target != target])

    workspace.maintain(job)


def checked_target(target: str, workspace: Workspace) -> str:
    """Return a place as it is kept. Raises BadValue: no folder, the workspace itself, another team's, a password."""
    said = target.strip()
    if is_hub(said):
        from readiness.sync.hub import safe_url

        if safe_url(said) != said:
            raise BadValue(
                "A password is never kept with an address. Leave it out, and keep it in the file .pgpass of your "
                "account or in the variable PGPASSWORD."
            )
        return said
    folder = Path(os.path.abspath(said)) if said else None  # noqa: PTH100 - resolve() would touch the share
    if folder is None or not folder.is_dir():
        raise BadValue(f"There is no folder {said or 'of no name'}. Choose the team's shared folder, or make it first.")
    if folder.is_relative_to(workspace.folder) or workspace.folder.is_relative_to(folder):
        raise BadValue("The team's folder and the workspace must lie apart. Choose a folder outside of the workspace.")
    _refuse_strangers(folder, workspace)
    return str(folder)


def _refuse_strangers(folder: Path, workspace: Workspace) -> None:
    from readiness.sync.folder import teams_in
    from readiness.sync.notes import read_team
    from readiness.sync.segments import Refused

    mine = workspace.glance(lambda cursor: note(cursor, "workspace"))
    strangers = []
    for _, content in teams_in(folder):
        try:
            found = read_team(content)
        except Refused:
            continue
        if found.workspace == mine:
            return
        strangers.append(found.title)
    if strangers:
        raise BadValue(
            f"This folder is the one of another team, “{strangers[0]}”. Choose your own team's folder; to work with "
            "that team, join it from the first page."
        )


def note_reached(cursor: Any, target: str, at: str, trouble: str, hint: str) -> None:
    """Keep when a place was reached, or why not, and what could be done there."""
    _write(
        cursor,
        [
            _Place(target, each.last_at if trouble else at, trouble, hint) if each.target == target else each
            for each in _read(cursor)
        ],
    )


def _read(cursor: Any) -> list[_Place]:
    return [_Place(**each) for each in json.loads(note(cursor, "places") or "[]")]


def _write(cursor: Any, places: list[_Place]) -> None:
    set_note(cursor, "places", json.dumps([asdict(each) for each in places]))
