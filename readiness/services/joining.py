"""Joining: a new workspace of a team that exists already, from its folder, a bundle or its hub, with the passphrase,
or without it where a lead sealed the team's keys to this laptop. Source: merge.md, section 8.1.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from readiness.domain.errors import BadValue, ReadinessError
from readiness.services.rounds import share
from readiness.services.sharing_places import add_place
from readiness.services.team import check_passphrase, keep_keys
from readiness.storage.exchange import put_device, set_note
from readiness.storage.newcomer import forget_newcomer, newcomer_in
from readiness.storage.opening import create_workspace
from readiness.storage.places import workspace_folder
from readiness.storage.workspace import Clock, Workspace, driver_cursor, note, utc_now
from readiness.sync.hub import is_hub
from readiness.sync.keys import DeviceKey, Locked, TeamKey, fingerprint, same_code
from readiness.sync.notes import TeamNote, keys_by_passphrase, keys_sealed_to, read_team
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
    latest = _notes_in(source)[0]
    if not latest.locked:
        raise BadValue("This team has no passphrase yet. Ask its lead to set one on the Share page and to sync.")
    entry = _Entry(latest, _keys(latest, passphrase), DeviceKey.new())
    return _made(folder, source, entry, at_risk, clock)


def join_as_introduced(
    folder: Path, source: str | Path, code: str, *, at_risk: bool = False, clock: Clock = utc_now
) -> Workspace:
    """Join as `join` does, without the passphrase: a lead sealed the team's keys to this laptop.

    Args:
        folder: Where this laptop introduced itself for.
        source: The team's folder, a bundle, or the address of its hub.
        code: The team's, which the lead read out: nobody else's keys are taken.
        at_risk: Go ahead in a folder that a cloud program or a network may damage.
        clock: Where the times of steps come from.

    Raises BadValue: it introduced itself to nobody, was not let in there yet, or the code is another; nothing was made.
    """
    folder = workspace_folder(folder)
    me = newcomer_in(folder)
    if me is None:
        raise BadValue(
            "This laptop has not introduced itself yet. Make an introduction and send it to the team's lead."
        )
    sealed = [each for each in _notes_in(source) if me.device in each.sealed]
    if not sealed:
        raise BadValue(
            "Nobody has let this laptop in there yet. Send the introduction to the team's lead, and ask them to sync "
            "after they let it in."
        )
    vouched = [each for each in sealed if same_code(code, fingerprint(each.founder_public, each.public))]
    key = DeviceKey(me.seed)
    try:
        keys = keys_sealed_to(vouched[0], me.device, key)
    except (IndexError, Locked):
        raise BadValue(
            "The code is not that of the lead who let this laptop in. Have it read out once more, from the lead's own "
            "Share page."
        ) from None
    return _made(folder, source, _Entry(vouched[0], keys, key, me.device, me.label), at_risk, clock)


@dataclass(frozen=True, slots=True)
class _Entry:
    """How this laptop enters a team."""

    note: TeamNote  # vouched for by the passphrase, or by the code that the lead read out
    keys: dict[int, TeamKey]
    key: DeviceKey
    device: str = ""  # "": a new one
    label: str = ""


def _made(folder: Path, source: str | Path, entry: _Entry, at_risk: bool, clock: Clock) -> Workspace:
    """Make the workspace and take in what lies in a place; when that fails, all is as it was."""
    there = set(folder.iterdir()) if folder.is_dir() else None
    workspace = create_workspace(
        folder, at_risk=at_risk, clock=clock, workspace=entry.note.workspace, laptop=entry.device
    )
    try:
        workspace.maintain(lambda connection: _introduce(connection, entry))
        report = share(workspace, [str(source)])
        trouble = next((each.trouble for each in report.places if each.trouble), "")
        if trouble:
            raise ReadinessError(trouble)
        if is_hub(str(source)) or Path(source).is_dir():
            add_place(workspace, str(source))
    except BaseException:
        workspace.close()
        _clear(folder, there)
        raise
    forget_newcomer(folder)
    return workspace


def _clear(folder: Path, there: set[Path] | None) -> None:
    """Take away what was made in a folder; `there` lay in it before, None: there was no folder."""
    if there is None:
        shutil.rmtree(folder, ignore_errors=True)
        return
    for each in set(folder.iterdir()) - there:
        if each.is_dir():
            shutil.rmtree(each, ignore_errors=True)
        else:
            each.unlink(missing_ok=True)


def _keys(latest: TeamNote, passphrase: str) -> dict[int, TeamKey]:
    try:
        return keys_by_passphrase(latest, check_passphrase(passphrase))
    except (Locked, BadValue):
        raise WrongPassphrase(
            "This passphrase does not open the team's data. Ask your lead for it; capitals and spaces count."
        ) from None


def _introduce(connection: Connection, entry: _Entry) -> None:
    cursor = driver_cursor(connection)
    team = entry.note
    me = note(cursor, "device")
    put_device(cursor, me, seed=entry.key.seed, sign_pub=entry.key.public, label=entry.label)
    put_device(cursor, team.founder, sign_pub=team.founder_public, trust="pinned")
    keep_keys(cursor, entry.keys)
    set_note(cursor, "founder", team.founder)
    set_note(cursor, "founder_public", team.founder_public.hex())
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
