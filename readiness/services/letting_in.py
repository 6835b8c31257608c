"""Letting in: a lead opens a new laptop's introduction, hears its code by telephone, and seals the team's keys to it.

Source: merge.md, sections 8.1 to 8.3.
"""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from readiness.domain.errors import BadValue
from readiness.domain.plain_words import shown
from readiness.domain.sharing import Newcomer
from readiness.domain.vocabulary import EventKind, Trust, Verdict
from readiness.services.events import told
from readiness.services.team import label_of, leading, say, seal_to_laptop
from readiness.storage.exchange import devices, put_device
from readiness.storage.intake import opened, whole_content
from readiness.storage.journal import moment
from readiness.storage.workspace import Workspace, driver_cursor
from readiness.sync.introductions import Introduction, read_introduction
from readiness.sync.keys import fingerprint, same_code
from readiness.sync.segments import Refused
from readiness.sync.signed import LARGEST

GOOD_FOR = timedelta(days=30)
"""How long an introduction may lie about before it must be made again."""


class IntroductionRefused(BadValue):
    """A file that introduces no laptop to this team."""


_WHY = {
    Verdict.FOREIGN: "is no introduction of a laptop. Ask for the file that “Join a team” makes on the new laptop.",
    Verdict.PARTIAL: "has not arrived whole. Ask for it to be sent again.",
    Verdict.DAMAGED: "is damaged. Ask for it to be sent again.",
    Verdict.TOO_LARGE: "is no introduction of a laptop. Ask for the file that “Join a team” makes on the new laptop.",
    Verdict.TOO_NEW: "was made by a newer version of this program. Install that version here first.",
    Verdict.FORGED: "is not signed by the laptop that it names. Ask who sent it, and let nobody in with it.",
}


def look_at_introduction(workspace: Workspace, path: Path) -> Newcomer:
    """Return the laptop that a file introduces; nothing is changed. Raises IntroductionRefused, FileRefused, BadValue.

    BadValue says that this laptop does not lead.
    """
    said = _read(path)
    now = workspace.now()

    def job(connection: Connection) -> None:
        cursor = driver_cursor(connection)
        leading(cursor)
        _refuse_unfit(cursor, said, path, now)

    workspace.maintain(job)
    return Newcomer(said.device, shown(" ".join(said.label.split())), fingerprint(said.public), said.at)


def let_in(workspace: Workspace, path: Path, code: str) -> str:
    """Let the laptop that a file introduces read and write with the team, once this laptop has synced.

    Args:
        workspace: Of a lead.
        path: The introduction.
        code: What somebody read out on the new laptop.

    Returns the team's code, which the lead reads out in turn: the new laptop joins with it.
    Raises what `look_at_introduction` raises, and BadValue for another code; nothing is changed then.
    """
    said = _read(path)
    now = workspace.now()
    if not same_code(code, fingerprint(said.public)):
        raise BadValue(
            "The code is not that of the laptop in this file, so nobody was let in. Have it read out once more; if it "
            "still differs, somebody else made the file."
        )

    def job(connection: Connection) -> str:
        cursor = driver_cursor(connection)
        team = leading(cursor)
        known = _refuse_unfit(cursor, said, path, now)
        put_device(cursor, said.device, sign_pub=said.public)
        if known is None:
            put_device(cursor, said.device, label=shown(" ".join(said.label.split())))
        say(connection, said.device, "pin", now)
        try:
            seal_to_laptop(cursor, team, said.device, said.public, moment(now))
        except ValueError as error:
            raise _refusal(path, Verdict.FORGED) from error
        return fingerprint(team.founder_public, team.key.public)

    code = workspace.maintain(job)
    told(workspace, EventKind.LET_IN, workspace.glance(label_of, said.device))
    return code


def team_code(cursor: Any) -> str:
    """Return the code that a lead reads out to those it let in."""
    team = leading(cursor)
    return fingerprint(team.founder_public, team.key.public)


def _read(path: Path) -> Introduction:
    with opened(path) as file:
        if file.size > LARGEST:
            raise _refusal(path, Verdict.TOO_LARGE)
        content = b"".join(bytes(each) for each in whole_content(file, lambda _: None, lambda: False))
    try:
        return read_introduction(content)
    except Refused as refused:
        raise _refusal(path, refused.verdict) from refused


def _refuse_unfit(cursor: Any, said: Introduction, path: Path, now: datetime) -> Any:
    """Raise IntroductionRefused for a laptop that cannot be let in; else return what is known of it, if anything."""
    if now - datetime.fromisoformat(said.at) > GOOD_FOR:
        raise IntroductionRefused(
            f"“{shown(path.name)}” was made on {said.at[:10]}, more than {GOOD_FOR.days} days ago. Ask for a new one."
        )
    known = next((each for each in devices(cursor) if each.device == said.device), None)
    if known is None:
        return None
    if known.trust in (Trust.SELF.value, Trust.FORMER.value):
        raise IntroductionRefused("This file introduces the laptop that you sit at. Open it on the lead's laptop.")
    if known.sign_pub and bytes(known.sign_pub) != said.public:
        raise IntroductionRefused(
            f"“{shown(path.name)}” names a laptop of the team, but with another key. Ask who sent it, and let nobody "
            "in with it."
        )
    if known.trust == Trust.REVOKED.value:
        raise IntroductionRefused("This laptop was shut out. Choose it among the laptops to let it in again.")
    return known


def _refusal(path: Path, verdict: Verdict) -> IntroductionRefused:
    return IntroductionRefused(f"“{shown(path.name)}” {_WHY.get(verdict, _WHY[Verdict.DAMAGED])}")
