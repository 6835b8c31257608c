"""Rounds: what is new on this laptop goes to every place, and what lies there comes here, file by file.

A round is cut into short pieces, so that edits find their turn between them; it can stop after any of them, and the
next one goes on from there. Source: merge.md, sections 7.2 to 7.5.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from readiness.domain.errors import Cancelled, ReadinessError
from readiness.domain.sharing import MergeReport, PlaceRow
from readiness.domain.vocabulary import EventKind
from readiness.services.arriving import Arriving, Taken
from readiness.services.events import told
from readiness.services.faults import fault_words
from readiness.services.leaving import left_unnoted, names_lacking, names_to_remove, pack, parcels, roll_up, say_hello
from readiness.services.merges import count_arrivals, read_report
from readiness.services.outdated import needed_version, withheld
from readiness.services.shared_files import Files, do_files_travel
from readiness.services.sharing_places import Open, is_bundle, note_reached, open_place, places_at
from readiness.services.team import Team, ensure_team, ensure_team_note, label_of
from readiness.services.unread import can_read_more, take_unread
from readiness.storage.exchange import note_delivered
from readiness.storage.journal import moment
from readiness.storage.roster import KeptRound, keep_round, last_round, last_step
from readiness.storage.workspace import Workspace, driver_cursor
from readiness.sync.carrier import Carrier, Entry, Parcel

AT_ONCE = 50
"""Segments that are handed over in one piece."""


def no_progress(_: str) -> None:
    """Say nothing."""


def never() -> bool:
    """Do not stop."""
    return False


@dataclass(slots=True)
class _Place:
    target: str
    carrier: Carrier | None = None
    there: Sequence[Entry] = ()
    trouble: str = ""
    brought: int = 0  # changes

    @property
    def hint(self) -> str:
        """What could be done there; "": nothing."""
        return self.carrier.hint if self.carrier is not None else ""


class Round:
    """One round: iterate over `pieces`, between which anything else may happen, then `finish`."""

    def __init__(
        self,
        workspace: Workspace,
        targets: Sequence[str] | None = None,
        *,
        now: Callable[[], datetime] | None = None,
        opener: Open = open_place,
    ) -> None:
        self._workspace, self._opener = workspace, opener
        self._now = (now or workspace.now)()
        self._at = moment(self._now)
        kept = workspace.glance(places_at)
        self._places = [_Place(each) for each in (targets if targets is not None else [row.target for row in kept])]
        self._taken = Taken()
        self._sent = 0
        self._first = 0
        self._files: Files | None = None
        self._do_files_travel = workspace.glance(do_files_travel)

    def pieces(self) -> Iterator[str]:
        """Do the round piece by piece; yields after each what it was about. A place that is away is left out."""
        yield "Packing what is new here"
        team, label = self._workspace.maintain(self._prepare)
        yield from take_unread(self._workspace, team, self._taken, self._at)
        files = self._files = Files(self._workspace, team, self._at)
        for place in self._places:
            yield from self._with(place, self._pull(place, team, label))
        self._workspace.maintain(lambda connection: say_hello(driver_cursor(connection), team, self._now))
        for place in self._places:
            if place.carrier is not None and not place.trouble and not place.carrier.is_read_only:
                yield from self._with(place, self._push(place, place.carrier, team))
        yield from self._with_files(files)

    def _with_files(self, files: Files) -> Iterator[str]:
        """Evidence copies come last: nothing people wrote waits for them. A bundle's are taken, whatever is set."""
        reached = [(each, each.carrier) for each in self._places if each.carrier is not None and not each.trouble]
        for place, carrier in reached:
            if self._do_files_travel or is_bundle(place.target):
                yield from self._with(place, files.take(carrier, place.there))
        may_leave = self._do_files_travel and not self._workspace.glance(needed_version)
        for place, carrier in reached:
            if may_leave and not place.trouble and not carrier.is_read_only:
                yield from self._with(place, files.leave(carrier, place.there))

    def stop(self) -> None:
        """Say that the round was stopped before its end."""
        for place in self._places:
            place.trouble = place.trouble or "Stopped. The next round goes on from there."

    def let_go(self) -> None:
        """Let go of the places; doing it twice does no harm."""
        for place in self._places:
            if place.carrier is not None:
                place.carrier.close()

    def finish(self) -> MergeReport:
        """Let go of the places and return what the round did."""
        self.let_go()
        came = self._files.finish() if self._files is not None else frozenset()
        kept = self._workspace.maintain(self._keep)
        self._tell_of_bundles()
        rows = tuple(PlaceRow(each.target, "", self._at, each.trouble, each.hint) for each in self._places)
        report = self._workspace.read(read_report, kept, rows)
        ids = {kind: frozenset(found) for kind, found in self._taken.ids.items()}
        outdated = self._workspace.glance(needed_version)
        if came:
            ids["attachment"] = ids.get("attachment", frozenset()) | came
        files = (len(self._files.taken), self._files.sent) if self._files is not None else (0, 0)
        sent = 0 if outdated else report.sent
        return replace(report, ids=ids, needs_version=outdated, sent=sent, files_taken=files[0], files_sent=files[1])

    def _tell_of_bundles(self) -> None:
        """Tell which bundles brought something; of a usual round nothing is told, or no two laptops would ever rest."""
        for place in self._places:
            if place.brought and is_bundle(place.target):
                told(self._workspace, EventKind.BUNDLE_IN, Path(place.target).name)

    def _prepare(self, connection: Connection) -> tuple[Team, str]:
        cursor = driver_cursor(connection)
        team = ensure_team(cursor)
        ensure_team_note(cursor, self._at)
        self._first = last_step(cursor) + 1
        if not needed_version(cursor):
            self._sent = pack(cursor, team, self._at)
            roll_up(cursor, team, self._at)
        return team, label_of(cursor, team.device)

    def _with(self, place: _Place, pieces: Iterator[str]) -> Iterator[str]:
        """Go through the pieces of one place; where it is away or fails, say why and leave it."""
        try:
            yield from pieces
        except Cancelled:
            raise
        except ReadinessError as error:
            place.trouble = str(error)

    def _pull(self, place: _Place, team: Team, label: str) -> Iterator[str]:
        place.carrier = self._opener(place.target, team, label)
        place.there = place.carrier.look()
        yield f"Looking into {place.carrier.label}"
        before, arriving = self._taken.changes, Arriving(self._workspace, place.carrier, self._now, self._taken)
        yield from arriving.pieces(place.there)
        place.brought = self._taken.changes - before
        if place.carrier.is_read_only and self._taken.changes == before and arriving.refused:
            entry, verdict = arriving.refused[0]  # nobody looks into a bundle a second time: it is said at once
            raise ReadinessError(f"Nothing was taken in of {place.carrier.label}. {fault_words(entry.name, verdict)}")

    def _push(self, place: _Place, carrier: Carrier, team: Team) -> Iterator[str]:
        kept_back = self._workspace.glance(withheld)
        segments, notes = self._workspace.glance(names_lacking, team, place.there, None, kept_back)
        for start in range(0, len(segments), AT_ONCE):
            chosen = segments[start : start + AT_ONCE]
            self._hand_over(carrier, self._workspace.glance(parcels, chosen), dict(chosen))
            yield f"Handing over {min(start + AT_ONCE, len(segments))} of {len(segments)}"
        self._hand_over(carrier, notes, {})
        unnoted = self._workspace.glance(left_unnoted, place.there)
        if unnoted:
            self._workspace.maintain(lambda connection: self._note_left(connection, carrier, unnoted))
        carrier.remove(self._workspace.glance(names_to_remove, team, place.there, self._now))

    def _hand_over(self, carrier: Carrier, wanted: Sequence[Parcel], shas: dict[str, bytes]) -> None:
        done: list[str] = []
        try:
            done.extend(each.name for each in carrier.deliver(wanted))
        finally:  # what lay there before the place went away is there
            if shas and done:
                self._workspace.maintain(
                    lambda connection: self._note_left(connection, carrier, [shas[name] for name in done])
                )

    def _note_left(self, connection: Connection, carrier: Carrier, shas: Iterable[bytes]) -> None:
        cursor = driver_cursor(connection)
        for sha in shas:
            note_delivered(cursor, sha, carrier.key, self._at)

    def _keep(self, connection: Connection) -> KeptRound:
        cursor = driver_cursor(connection)
        for place in self._places:
            note_reached(cursor, place.target, self._at, place.trouble, place.hint)
        last = last_step(cursor)
        taken = count_arrivals(cursor, self._first, last) if self._taken.changes else 0
        before = last_round(cursor)
        report = json.dumps({"sent": self._sent, "places": [_said(each) for each in self._places]})
        n = (before.n if before else 0) + 1 if taken else 0
        kept = KeptRound(n, self._at, self._first, last, taken, report)
        if taken:
            keep_round(cursor, kept)
        return kept


def share(
    workspace: Workspace,
    targets: Sequence[str] | None = None,
    *,
    now: Callable[[], datetime] | None = None,
    progress: Callable[[str], None] = no_progress,
    cancelled: Callable[[], bool] = never,
    opener: Open = open_place,
) -> MergeReport:
    """Do a whole round. A place that cannot be reached is said in the report; what had arrived when it stopped stays.

    Args:
        workspace: Open for writing.
        targets: Folders, bundles or hubs; None: the places that are noted.
        now: The clock; None: the workspace's own.
        progress: Told after each piece what it was about.
        cancelled: Asked after each piece whether to stop.
        opener: Opens a place; tests give their own.
    """
    round_ = Round(workspace, targets, now=now, opener=opener)
    try:
        for said in round_.pieces():
            progress(said)
            if cancelled():
                round_.stop()
                break
        return round_.finish()
    finally:
        round_.let_go()


def catch_up(workspace: Workspace) -> None:
    """Take in what was kept for the version that runs now, by a round of its own."""
    if workspace.glance(can_read_more):
        share(workspace, [])


def _said(place: _Place) -> dict[str, Any]:
    return {"target": place.target, "trouble": place.trouble}
