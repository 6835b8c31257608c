"""Opening: making a workspace, opening one, and refusing what cannot be opened, each with a sentence.

A refusal leaves the file as it was. Source: design.md, section 4.
"""

import os
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import sqlcipher3

from readiness import VERSION
from readiness.domain.changes import SCHEMA
from readiness.domain.errors import (
    RiskyPlace,
    WorkspaceError,
    WorkspaceForeign,
    WorkspaceMissing,
    WorkspaceNewer,
)
from readiness.storage.engine import APPLICATION_ID, Driver, connect, damaged, in_words, is_a_backup, writer_engine
from readiness.storage.identity import IS_KNOWN, look_for_copies, remember
from readiness.storage.lock import WorkspaceLock
from readiness.storage.migrations import FORMAT, upgrade
from readiness.storage.places import BACKUPS, DATABASE, default_workspace, risk_of, workspace_folder
from readiness.storage.workspace import Clock, NewId, Workspace, driver_cursor, new_step_id, note, utc_now

if TYPE_CHECKING:
    from sqlalchemy import Connection

_HAS_META = "SELECT 1 FROM sqlite_master WHERE name = 'meta'"
_VERSION = "SELECT v FROM meta WHERE k = 'version'"
_WAITS = "SELECT 1 FROM change WHERE status = 'unknown' LIMIT 1"


def create_workspace(
    folder: Path,
    *,
    at_risk: bool = False,
    clock: Clock = utc_now,
    step_id: NewId = new_step_id,
    workspace: str = "",
    laptop: str = "",
) -> Workspace:
    """Make an empty workspace and open it.

    Args:
        folder: Where; made when it is not there. May hold other files, but no workspace.
        at_risk: Go ahead in a folder that a cloud program or a network may damage.
        clock: Where the times of steps come from.
        step_id: Where their ids come from.
        workspace: Its id, 32 hex digits; random when "".
        laptop: This device's id, 16 hex digits; random when "".
    """
    folder = workspace_folder(folder)
    if _is_there(folder / DATABASE):
        raise WorkspaceError(f"There is a workspace in {folder} already. Open it, or choose another folder.")
    refuse_risk(folder, at_risk)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "files").mkdir(exist_ok=True)
    except OSError as error:
        raise WorkspaceError(
            f"{folder} cannot be made ({error.strerror}). Choose a folder in which you may write."
        ) from error
    lock = WorkspaceLock(folder)
    lock.take(clock())
    try:
        _found(folder / DATABASE, workspace or os.urandom(16).hex(), laptop or os.urandom(8).hex())
        remember(folder)
        return Workspace(folder, lock, clock, step_id)
    except BaseException:
        lock.release()
        raise


def _found(database: Path, workspace: str, laptop: str) -> None:
    """Write the file whole under another name, then give it its own: a crash leaves no half of a workspace."""
    from sqlalchemy import insert

    from readiness.storage.tables import device, meta

    making = database.with_name(f"{database.name}.new")
    making.unlink(missing_ok=True)
    with in_words(database):
        with closing(sqlcipher3.connect(str(making), isolation_level=None)) as connection:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {FORMAT}")
        engine = writer_engine(making)
        with engine.begin() as connection:
            for statement in _schema():
                driver_cursor(connection).execute(statement)
            notes = {"workspace": workspace, "device": laptop, "version": VERSION, IS_KNOWN: "1"}
            connection.execute(insert(meta), [{"k": key, "v": value} for key, value in notes.items()])
            connection.execute(insert(device).values(n=1, device=laptop, trust="self"))
        engine.dispose()
        with closing(connect(making, read_only=False)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
    making.rename(database)


@cache
def _schema() -> tuple[str, ...]:
    """Return the statements that make every table and index: written as SQL once, not for every new file."""
    from sqlalchemy.schema import CreateIndex, CreateTable

    from readiness.storage.prepared import prepared
    from readiness.storage.tables import metadata

    tables = metadata.sorted_tables
    indexes = (each for table in tables for each in sorted(table.indexes, key=lambda each: str(each.name)))
    return (*(prepared(CreateTable(each)) for each in tables), *(prepared(CreateIndex(each)) for each in indexes))


def open_workspace(
    folder: Path,
    *,
    write: bool = True,
    at_risk: bool = False,
    copies: bool = True,
    clock: Clock = utc_now,
    step_id: NewId = new_step_id,
) -> Workspace:
    """Open a workspace, given its folder or its database file.

    Args:
        folder: Where it is.
        write: Take the lock and be able to change it; False opens beside a window that holds it.
        at_risk: Go ahead in a folder that a cloud program or a network may damage.
        copies: Look whether the file was copied or put back from a backup, and make it another laptop then.
        clock: Where the times of steps come from.
        step_id: Where their ids come from.

    Raises:
        WorkspaceError: one of its kinds, each with a sentence; the file is as it was.
    """
    folder = workspace_folder(folder)
    database = folder / DATABASE
    if not _is_there(database):
        if folder.suffix == database.suffix and folder.parent.name == BACKUPS and _is_there(folder):
            raise is_a_backup(folder)
        raise WorkspaceMissing(f"There is no workspace in {folder}. Choose another folder, or make a new one there.")
    if write:
        refuse_risk(folder, at_risk)
    found = _format_of(database)
    if not write:
        if found < FORMAT:
            raise WorkspaceError(
                f"{folder} was written by an older version. Open it once in the window to bring it up."
            )
        return Workspace(folder, None, clock, step_id)
    lock = WorkspaceLock(folder)
    lock.take(clock())
    try:
        if found < FORMAT:
            upgrade(folder, found, clock())
        if copies:
            look_for_copies(folder)
        workspace = Workspace(folder, lock, clock, step_id)
        _catch_up(workspace)
        return workspace
    except BaseException:
        lock.release()
        raise


def _catch_up(workspace: Workspace) -> None:
    """Have what a newer version wrote take its place, once after each upgrade."""
    said = f"{VERSION}/{SCHEMA}"
    seen, waits = workspace.glance(lambda cursor: (note(cursor, "caught_up"), cursor.execute(_WAITS).fetchone()))
    if seen == said or (not seen and waits is None):
        return

    def job(connection: "Connection") -> None:
        from readiness.storage.catching_up import replay_unknown
        from readiness.storage.exchange import set_note

        replay_unknown(connection)
        set_note(driver_cursor(connection), "caught_up", said)

    workspace.maintain(job)


def _is_there(database: Path) -> bool:
    try:
        return database.exists()
    except OSError as error:
        raise WorkspaceError(
            f"{database.parent} cannot be looked into ({error.strerror}). Choose a folder that you may open."
        ) from error


def refuse_risk(folder: Path, at_risk: bool) -> None:
    """Raise RiskyPlace for a folder that a cloud program or a network may damage, unless somebody insists."""
    risk = None if at_risk else risk_of(folder)
    if risk:
        raise RiskyPlace(
            f"A workspace in {folder} is at risk: {risk}. Keep it in a local folder, such as {default_workspace()}."
        )


def _format_of(database: Path) -> int:
    """Return the format of a file, or refuse it: not ours, newer, damaged, not readable."""
    with in_words(database), closing(connect(database, read_only=True)) as connection:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (found,) = connection.execute("PRAGMA user_version").fetchone()
        if application != APPLICATION_ID:
            raise WorkspaceForeign(f"{database} is not a workspace of this program. Choose the folder of a workspace.")
        if found > FORMAT:
            version = _version_of(connection)
            raise WorkspaceNewer(
                f"{database.parent} was written by version {version} (format {found}); this is version {VERSION} "
                f"(format {FORMAT}). Install the newer version to open it. Nothing was changed."
            )
        if not connection.execute(_HAS_META).fetchone():
            raise damaged(database)
    return int(found)


def _version_of(connection: Driver) -> str:
    """Return which version wrote a newer file, as far as that can still be read."""
    try:
        (version,) = connection.execute(_VERSION).fetchone() or ("newer",)
    except sqlcipher3.OperationalError:
        return "newer"
    return str(version)
