"""Faults: files that could not be taken in, named until what they held has come or somebody dismisses them.

Source: merge.md, section 7.2 (pull).
"""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from readiness.domain.sharing import FileFault
from readiness.domain.vocabulary import Verdict
from readiness.services.leaving import hello_of
from readiness.storage.exchange import all_seen, devices, has_numbers, kept_shas, set_note
from readiness.storage.roster import roster_shas
from readiness.storage.workspace import Workspace, driver_cursor, note
from readiness.sync.layout import HELLO, KEY, ROSTER, SEGMENT, numbers_in, placed

_VERDICTS = {word.value: word for word in Verdict}
_DISMISSED = "dismissed_faults"
HOURS_TO_ARRIVE = 24
"""How long a file that is not whole may still be on its way before anybody is told."""


def read_faults(cursor: Any, now: datetime) -> tuple[FileFault, ...]:
    """Return the files that could not be taken in; what may still arrive whole is told after a day, not in a bundle.

    Left out is what somebody dismissed, and a file of which all that it named has come by another way.
    """
    found = []
    dismissed = _dismissed(cursor)
    for place, path, verdict, first_at in all_seen(cursor):
        word = _VERDICTS.get(verdict, Verdict.DAMAGED)
        hours = (now - datetime.fromisoformat(first_at)).total_seconds() / 3600
        waits = word in (Verdict.PARTIAL, Verdict.DAMAGED, Verdict.UNKNOWN_DEVICE) and hours < HOURS_TO_ARRIVE
        waits = waits and not place.startswith("bundle:")
        if not word.is_final and not waits and (place, path, verdict) not in dismissed:
            found.append(FileFault(place, path, word, first_at, fault_words(path, word)))
    here = _Here(cursor) if found else None
    return tuple(each for each in found if here is None or not here.has(each.name))


def dismiss_fault(workspace: Workspace, place: str, name: str) -> None:
    """Say no longer that a file could not be taken in, unless something else turns out to be wrong with it."""

    def job(connection: Connection) -> None:
        cursor = driver_cursor(connection)
        faults = {(each, path, verdict) for each, path, verdict, _ in all_seen(cursor)}
        kept = _dismissed(cursor) & faults  # what was taken in since needs no word
        kept |= {each for each in faults if each[:2] == (place, name)}
        set_note(cursor, _DISMISSED, json.dumps(sorted(kept)))

    workspace.maintain(job)


def _dismissed(cursor: Any) -> set[tuple[str, str, str]]:
    return {(place, path, verdict) for place, path, verdict in json.loads(note(cursor, _DISMISSED) or "[]")}


class _Here:
    """What has come, whatever brought it."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor
        self._segments = {sha.hex()[:12] for sha in kept_shas(cursor)}
        self._notes = {sha.hex()[:12] for sha in roster_shas(cursor)}
        self._hellos = {each.device: each.hello_n for each in devices(cursor)}

    def has(self, name: str) -> bool:
        """Return whether what a file's name says is here; False where the name does not tell."""
        found = placed(name)
        if found is None:
            return False
        if found.kind is SEGMENT:
            numbers = numbers_in(name)
            return found.tag in self._segments or (
                numbers is not None and has_numbers(self._cursor, found.device, *numbers)
            )
        if found.kind is HELLO:
            device, n = hello_of(name)
            return self._hellos.get(device, 0) >= n
        return found.kind in (ROSTER, KEY) and found.tag in self._notes


def fault_words(path: str, verdict: Verdict) -> str:
    """Return why a file could not be taken in and what to do, as one sentence."""
    return f"{path.rsplit('/', 1)[-1]}: {_CURES[verdict]}"


_CURES = {
    Verdict.PARTIAL: "only part of this file has arrived. Ask the laptop that it came from to sync again.",
    Verdict.DAMAGED: "this file is damaged; nothing of it was taken. Ask the laptop that it came from to sync again.",
    Verdict.FOREIGN: "this file is of another team, or of another program, and was left alone.",
    Verdict.UNKNOWN_DEVICE: "its laptop has not introduced itself. Ask for a bundle of it, or wait for its sync.",
    Verdict.FORGED: "it is not signed by the laptop that it names, and nothing of it was taken. Ask who put it there.",
    Verdict.NO_KEY: "it is locked with a key that this laptop does not have. Join the team again with its passphrase.",
    Verdict.TOO_NEW: "it needs a newer version of this program, and is kept until then. Install the newer version.",
    Verdict.HELD: "it is from a laptop that was shut out.",
    Verdict.TOO_LARGE: "it is larger than such a file can be, and was left alone.",
}
