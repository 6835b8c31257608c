"""Closing: what is new on this laptop goes, before it is closed, to every place that answers at once.

Each place is asked on a thread of its own that may be left behind: a share that is away can keep a thread for minutes,
and nobody waits for it. What is handed over only half is a temporary file, and handed over by the next round. Nothing
is taken in. Source: merge.md, section 7.2 (push).
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from queue import SimpleQueue
from threading import Event, Thread
from time import monotonic
from typing import Any

from sqlalchemy import Connection

from readiness.domain.errors import ReadinessError
from readiness.services.leaving import names_lacking, pack, parcels, say_hello, waiting
from readiness.services.outdated import needed_version
from readiness.services.rounds import AT_ONCE, never
from readiness.services.sharing_places import Open, open_place, places_at
from readiness.services.team import Team, ensure_team, label_of
from readiness.storage.exchange import note_delivered
from readiness.storage.journal import moment
from readiness.storage.workspace import Workspace, driver_cursor, note
from readiness.sync.carrier import Carrier, Entry, Parcel

PATIENCE_S = 2.0
"""How long all places together may take; half of it to answer at all."""
_LOOK_S = 0.02
"""How often is looked whether somebody skips the rest."""


class _Errand:
    """One place, on a thread that the program does not wait for."""

    def __init__(self, target: str, team: Team, label: str, opener: Open) -> None:
        self.key = ""
        self.there: Sequence[Entry] | None = None  # None: it has not answered
        self.done: list[str] = []  # names that lie there safely
        self.error: Exception | None = None
        self.answered, self.is_over = Event(), Event()
        self._wanted: SimpleQueue[Sequence[Parcel]] = SimpleQueue()
        self._open = partial(opener, target, team, label)
        Thread(target=self._run, name=f"closing {target}", daemon=True).start()

    def hand_over(self, wanted: Sequence[Parcel]) -> None:
        """Have it leave files there; none ends the errand."""
        self._wanted.put(wanted)

    def _run(self) -> None:
        carrier: Carrier | None = None
        try:
            carrier = self._open()
            self.key, self.there = carrier.key, carrier.look()
            self.answered.set()
            for each in carrier.deliver(self._wanted.get()):
                self.done.append(each.name)
        except Exception as error:  # the thread's edge: `hand_on` tells a place that is away from a bug
            self.error = error
        finally:
            if carrier is not None:
                carrier.close()
            self.answered.set()
            self.is_over.set()


def hand_on(
    workspace: Workspace,
    *,
    patience_s: float = PATIENCE_S,
    skipped: Callable[[], bool] = never,
    opener: Open = open_place,
) -> int:
    """Hand what no place has yet to the places that are noted; return to how many all of it went.

    Args:
        workspace: Open for writing.
        patience_s: After that the rest is left to the next round.
        skipped: Asked while places take their time.
        opener: Opens a place; tests give their own.
    """
    prepared = workspace.maintain(lambda connection: _prepare(connection, workspace))
    if prepared is None:
        return 0
    team, label, targets = prepared
    start = monotonic()
    errands = [_Errand(target, team, label, opener) for target in targets]
    _wait((each.answered for each in errands), start + patience_s / 2, skipped)
    shas: dict[_Errand, dict[str, bytes]] = {}
    for each in errands:
        if each.there is None:
            each.hand_over(())
            continue
        segments, notes = workspace.glance(names_lacking, team, each.there)
        mine = [(name, sha) for name, sha in segments if name.startswith(f"devices/{team.device}/")][:AT_ONCE]
        shas[each] = dict(mine)
        each.hand_over([*workspace.glance(parcels, mine), *notes])
    _wait((each.is_over for each in shas), start + patience_s, skipped)
    workspace.maintain(lambda connection: _note(driver_cursor(connection), shas, moment(workspace.now())))
    for each in errands:
        if each.error is not None and not isinstance(each.error, ReadinessError):
            raise each.error
    return sum(set(names) <= set(each.done) for each, names in shas.items())


def _prepare(connection: Connection, workspace: Workspace) -> tuple[Team, str, list[str]] | None:
    """Pack what is new; None: nothing is to be handed on, or it may not be."""
    cursor = driver_cursor(connection)
    targets = [each.target for each in places_at(cursor)]
    if not targets or needed_version(cursor) or not waiting(cursor, note(cursor, "device")):
        return None
    now = workspace.now()
    team = ensure_team(cursor)
    pack(cursor, team, moment(now))
    say_hello(cursor, team, now)
    return team, label_of(cursor, team.device), targets


def _wait(events: Iterable[Event], until: float, skipped: Callable[[], bool]) -> None:
    for event in events:
        while not event.wait(_LOOK_S):
            if skipped() or monotonic() >= until:
                return


def _note(cursor: Any, shas: dict[_Errand, dict[str, bytes]], at: str) -> None:
    for errand, names in shas.items():
        for name in list(errand.done):
            if name in names:
                note_delivered(cursor, names[name], errand.key, at)
