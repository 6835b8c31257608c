"""Bundles: everything, or only what one laptop lacks, in one file for a stick or an e-mail. Source: merge.md, 7.4."""

import json
from collections.abc import Callable
from datetime import datetime
from itertools import chain
from pathlib import Path

from sqlalchemy import Connection

from readiness.domain.errors import BadValue
from readiness.domain.sharing import MergeReport, outdated_words
from readiness.domain.vocabulary import EventKind
from readiness.services.events import told
from readiness.services.leaving import names_lacking, pack, parcels, say_hello
from readiness.services.outdated import needed_version
from readiness.services.rounds import never, no_progress, share
from readiness.services.shared_files import file_parcels
from readiness.services.team import Team, ensure_team, ensure_team_note
from readiness.storage.exchange import change_count, devices, note_delivered, segment_lines
from readiness.storage.journal import moment
from readiness.storage.workspace import Workspace, driver_cursor, note


def bundle_name(workspace: Workspace, now: datetime) -> str:
    """Return the name that a bundle is proposed with."""
    found = workspace.glance(lambda cursor: (note(cursor, "workspace"), note(cursor, "device")))
    return f"IRT-{found[0][:8]}-{found[1]}-{now:%Y%m%d-%H%M}.irtbundle"


def make_bundle(
    workspace: Workspace,
    out: Path,
    *,
    for_device: str | None = None,
    now: datetime | None = None,
    replace: bool = False,
    files: bool = False,
) -> int:
    """Write a bundle and return how many changes are in it.

    Args:
        workspace: Open for writing: what is in no segment yet is packed first.
        out: The file.
        for_device: A laptop, by its id, the start of it or its name: only what it had not when it last spoke.
        now: The time; None: by the workspace's clock.
        replace: Overwrite a file that is there.
        files: Put evidence copies in as well, those of up to 25 MB.

    Raises BadValue for a laptop that is not known and while this version is outdated, and what `write_bundle` raises;
    no half of a file is left.
    """
    from readiness.sync.bundle import write_bundle

    at = now or workspace.now()

    def prepare(connection: Connection) -> Team:
        cursor = driver_cursor(connection)
        team = ensure_team(cursor)
        outdated = needed_version(cursor)
        if outdated:
            raise BadValue(outdated_words(outdated))
        ensure_team_note(cursor, moment(at))
        pack(cursor, team, moment(at))
        say_hello(cursor, team, at)
        return team

    known = None
    if for_device is not None:
        device = workspace.glance(lambda cursor: laptop_id(cursor, for_device))
        known = workspace.glance(lambda cursor: next(each.have for each in devices(cursor) if each.device == device))
    team = workspace.maintain(prepare)
    segments, notes = workspace.glance(names_lacking, team, (), json.loads(known) if known else None)
    copies = file_parcels(workspace, team) if files else ()
    write_bundle(out, chain(notes, workspace.glance(parcels, segments), copies), replace=replace)
    shas = {sha for _, sha in segments}
    count = workspace.maintain(lambda connection: _handed_over(connection, out, shas, moment(at)))
    told(workspace, EventKind.BUNDLE_OUT, out.name)  # once it is written: the next one carries that
    return count


def _handed_over(connection: Connection, out: Path, shas: set[bytes], at: str) -> int:
    cursor = driver_cursor(connection)
    count = 0
    for line in segment_lines(cursor):
        if bytes(line.sha) in shas:
            count += line.changes
            note_delivered(cursor, bytes(line.sha), f"bundle:{out.name}", at)
    return min(count, change_count(cursor))


def bundle_author(path: Path) -> str:
    """Return the id of the laptop that made a bundle, as its names say; "" where that is not clear. Raises as reading.

    It serves to offer a reply: who signed what is looked at when the files are taken in.
    """
    from readiness.sync.bundle import BundleReader
    from readiness.sync.layout import FOUND, HELLO, SEGMENT, placed

    reader = BundleReader(path)
    try:
        names = [each.name for each in reader.look() if not each.name.startswith(f"{FOUND}/")]
    finally:
        reader.close()
    whose = {found.device for name in names if (found := placed(name)) is not None and found.kind in (HELLO, SEGMENT)}
    return whose.pop() if len(whose) == 1 else ""


def laptop_id(cursor: object, said: str) -> str:
    """Return the id of the laptop that is meant, by its id, the start of it, or its name. Raises BadValue."""
    wanted = said.strip().casefold()
    found = [
        each
        for each in devices(cursor)
        if wanted and (each.device.startswith(wanted) or wanted in (each.label.casefold(), each.person.casefold()))
    ]
    if len(found) == 1:
        return str(found[0].device)
    known = ", ".join(f"{each.device[:6]} ({each.label or each.person or 'no name'})" for each in devices(cursor))
    how = "several laptops are" if found else "no laptop is"
    raise BadValue(f"{how.capitalize()} called “{said[:60]}”. Choose one of: {known}.")


def take_bundle(
    workspace: Workspace,
    path: Path,
    *,
    now: Callable[[], datetime] | None = None,
    progress: Callable[[str], None] = no_progress,
    cancelled: Callable[[], bool] = never,
) -> MergeReport:
    """Take in what a bundle holds. Raises BundleRefused for a file that is none."""
    from readiness.sync.bundle import BundleReader

    BundleReader(path).close()  # a file that is no bundle is refused before a round begins
    return share(workspace, [str(path)], now=now, progress=progress, cancelled=cancelled)
