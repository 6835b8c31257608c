"""Migrations: an older file is backed up, then brought up with Alembic, one module a step.

`user_version` in the file's header is the format; each migration's revision is the format that it leads to.
"""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.storage.engine import in_words, writer_engine
from readiness.storage.places import DATABASE

if TYPE_CHECKING:
    from sqlalchemy import Connection

FORMAT = 4
"""The format this version writes."""

SCRIPTS = Path(__file__).parent


def upgrade(folder: Path, found: int, at: datetime, *, scripts: Path = SCRIPTS, target: int = FORMAT) -> Path:
    """Bring a file up to a format, in one transaction; return the backup made before.

    Args:
        folder: Of the workspace, whose lock the caller holds.
        found: The format of the file.
        at: Now, for the backup's name.
        scripts: Where the migrations are.
        target: The format to reach.
    """
    from readiness.storage.workspace import back_up

    kept = back_up(folder, f"before-format-{target}", at)
    writer = writer_engine(folder / DATABASE)
    try:
        with in_words(folder / DATABASE), writer.begin() as connection:
            run(connection, scripts, found, target)
            connection.exec_driver_sql(f"PRAGMA user_version = {target:d}")
    finally:
        writer.dispose()
    return kept


def run(connection: "Connection", scripts: Path, found: int, target: int) -> None:
    """Run the migrations between two formats on an open transaction (found 0: an empty file)."""
    from alembic.migration import MigrationContext  # 0.2 s: only when there is something to migrate
    from alembic.operations import Operations
    from alembic.script import ScriptDirectory

    directory = ScriptDirectory(str(scripts))
    context = MigrationContext.configure(connection, opts={"as_sql": False})
    with Operations.context(context):
        for number in range(found + 1, target + 1):
            revision = directory.get_revision(f"{number:04d}")
            revision.module.upgrade()
