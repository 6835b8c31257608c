"""Joining: a new workspace of a team that exists already, from its folder, a bundle or its hub, with the passphrase."""

import shutil
from pathlib import Path

from sqlalchemy import Connection

from readiness.domain.errors import BadValue, ReadinessError
from readiness.services.rounds import share
from readiness.services.sharing_places import add_place
from readiness.services.team import check_passphrase, keep_keys
from readiness.storage.exchange import put_device, set_note
from readiness.storage.opening import create_workspace
from readiness.storage.workspace import Clock, Workspace, driver_cursor, note, utc_now
from readiness.sync.hub import is_hub
from readiness.sync.keys import DeviceKey, Locked, TeamKey
from readiness.sync.notes import TeamNote, keys_by_passphrase, read_team
from readiness.sync.segments import Refused


class WrongPassphrase(ReadinessError):
    """A passphrase that does not open the team's keys."""


def what_to_join(source: str | Path) -> str:
    """Return the title of the team that shares in a place. Raises BadValue when there is none, or several."""
    return _notes_in(source)[0].title or "a team without a name"


def join(
    folder: Path, source: str | Path, passphrase: str, *, at_risk: bool = False, clock: Clock = utc_now
) -> Workspace:
    """Make a workspace of a team that exists, take in what lies in a place, and open it.

    Args:
        folder: Of the new workspace.
        source: The team's folder, a bundle, or the address of its hub.
        passphrase: The team's.
        at_risk: Go ahead in a folder that a cloud program or a network may damage.
        clock: Where the times of steps come from.

    Raises:
        WrongPassphrase: Nothing was made.
        BadValue: There is no team in that place, or it has no passphrase.
    """
    notes = _notes_in(source)
    latest = notes[0]
    if not latest.locked:
        raise BadValue("This team has no passphrase yet. Ask its lead to set one on the Share page and to sync.")
    keys = _keys(latest, passphrase)
    was_there = folder.exists()
    workspace = create_workspace(folder, at_risk=at_risk, clock=clock, workspace=latest.workspace)
    try:
        workspace.maintain(lambda connection: _introduce(connection, latest, keys))
        report = share(workspace, [str(source)])
        trouble = next((each.trouble for each in report.places if each.trouble), "")
        if trouble:
            raise ReadinessError(trouble)
        if is_hub(str(source)) or Path(source).is_dir():
            add_place(workspace, str(source))
    except BaseException:
        workspace.close()
        if not was_there:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    return workspace


def _keys(latest: TeamNote, passphrase: str) -> dict[int, TeamKey]:
    try:
        return keys_by_passphrase(latest, check_passphrase(passphrase))
    except (Locked, BadValue):
        raise WrongPassphrase(
            "This passphrase does not open the team's data. Ask your lead for it; capitals and spaces count."
        ) from None


def _introduce(connection: Connection, latest: TeamNote, keys: dict[int, TeamKey]) -> None:
    cursor = driver_cursor(connection)
    key = DeviceKey.new()
    put_device(cursor, note(cursor, "device"), seed=key.seed, sign_pub=key.public)
    put_device(cursor, latest.founder, sign_pub=latest.founder_public, trust="pinned")
    keep_keys(cursor, keys)
    set_note(cursor, "founder", latest.founder)
    set_note(cursor, "founder_public", latest.founder_public.hex())
    set_note(cursor, "encrypts", "1")


def _notes_in(source: str | Path) -> list[TeamNote]:
    """Return the notes of the one team that shares in a place, the newest first. Raises BadValue."""
    found: list[TeamNote] = []
    for content in _contents(source):
        try:
            found.append(read_team(content))
        except Refused:
            continue
    if not found:
        raise BadValue(f"No team shares in {source}. Choose the team's folder or a bundle of a colleague.")
    if len({each.workspace for each in found}) > 1:
        titles = ", ".join(sorted({f"“{each.title}”" for each in found}))
        raise BadValue(f"Several teams share in {source}: {titles}. Choose the folder IRT-… of yours in it.")
    return sorted(found, key=lambda each: (each.n, each.by), reverse=True)


def _contents(source: str | Path) -> list[bytes]:
    if is_hub(str(source)):
        from readiness.sync.hub import team_notes

        return team_notes(str(source))
    path = Path(source)
    if path.is_dir():
        from readiness.sync.folder import team_notes_in

        return team_notes_in(path)
    if not path.exists():
        raise BadValue(f"There is nothing at {path}. Choose the team's folder or a bundle of a colleague.")
    from readiness.sync.bundle import BundleReader
    from readiness.sync.layout import KEY, TEAM_FILE, placed

    reader = BundleReader(path)
    try:
        wanted = [each for each in reader.look() if (placed(each.name) or (None,))[0] in (KEY, TEAM_FILE)]
        return [each.content for each in reader.fetch(wanted) if each.content]
    finally:
        reader.close()
