"""Sharing: what the Share page shows of laptops and places. Source: merge.md, section 7.6."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from readiness import VERSION
from readiness.domain.changes import SCHEMA
from readiness.domain.sharing import LaptopRow, SharingBoard, SharingPulse
from readiness.domain.vocabulary import Trust
from readiness.services.faults import read_faults
from readiness.services.kept_back import read_kept
from readiness.services.leaving import waiting
from readiness.services.merges import read_last_report
from readiness.services.outdated import needed_version
from readiness.services.people import identity_at
from readiness.services.shared_files import do_files_travel
from readiness.services.sharing_places import places_at
from readiness.services.team import is_lead, latest_team_note, own_label
from readiness.storage.exchange import (
    change_count,
    data_code,
    devices,
    gaps,
    outbox_events,
    received,
    twins,
    vector,
)
from readiness.storage.identity import WHY
from readiness.storage.kept_back import counts_by_laptop
from readiness.storage.roster import last_round
from readiness.storage.tables import RECORDS
from readiness.storage.travelling import lacking
from readiness.storage.workspace import cursor_of, note
from readiness.sync.keys import fingerprint

_TRUST = {word.value: word for word in Trust}


def read_sharing(session: Session, now: datetime) -> SharingBoard:
    """Return everything that the Share page shows."""
    from readiness.services.conflicts import count_conflicts

    cursor = cursor_of(session)
    team_note = latest_team_note(cursor)
    return SharingBoard(
        data_code=data_code(cursor),
        changes=change_count(cursor),
        laptops=laptop_rows(cursor),
        places=places_at(cursor),
        waiting=waiting(cursor, note(cursor, "device")) - outbox_events(cursor, note(cursor, "device")),
        conflicts=count_conflicts(session),
        kept=read_kept(cursor, now),
        faults=read_faults(cursor, now),
        last=read_last_report(session),
        is_lead=is_lead(cursor),
        has_passphrase=bool(team_note and team_note.locked),
        encrypts=note(cursor, "encrypts") != "0",
        needs_version=needed_version(cursor),
        do_files_travel=do_files_travel(cursor),
        files_lacking=len(lacking(cursor)),
        told=note(cursor, WHY),
    )


def read_pulse(session: Session) -> SharingPulse:
    """Return what every page shows: asked after each edit, so it looks at no change of the log."""
    counts = (
        session.scalar(select(func.coalesce(func.sum(record.conflicts), 0)).where(record.conflicts > 0))
        for record in RECORDS.values()
    )
    cursor = cursor_of(session)
    last = last_round(cursor)
    count = sum(each or 0 for each in counts)
    return SharingPulse(count, bool(places_at(cursor)), last.at if last else None, _contested(session, count))


def _contested(session: Session, count: int) -> Mapping[str, frozenset[str]]:
    """Return which fields are in conflict; where none are, which is usual, nothing is looked for."""
    if not count:
        return {}
    from readiness.services.conflicts import conflicted_fields

    return conflicted_fields(session)


def laptop_rows(cursor: Any) -> tuple[LaptopRow, ...]:
    """Return every laptop that is known here, this one first, then whoever lacks or is lacking most."""
    me = note(cursor, "device")
    have, counts, doubled = vector(cursor), received(cursor), twins(cursor)
    known, kept = devices(cursor), counts_by_laptop(cursor)
    vectors: dict[str, Mapping[str, int]] = {each.device: json.loads(each.have) for each in known}
    announced = dict(have)
    for said in vectors.values():
        for laptop, last in said.items():
            announced[laptop] = max(announced.get(laptop, 0), last)
    lacking = gaps(cursor, announced)
    found = [
        LaptopRow(
            device=each.device,
            label=own_label(cursor) if each.device == me else each.label,
            person=_own_person(cursor) if each.device == me else each.person,
            role=identity_at(cursor).role if each.device == me else "",
            trust=_TRUST.get(each.trust, Trust.SEEN),
            fingerprint=fingerprint(bytes(each.sign_pub)) if each.sign_pub else "",
            heard_at=None if each.device == me else each.heard_at,
            said_at=each.said_at,
            ahead_s=_ahead(each.said_at, each.heard_at),
            version=VERSION if each.device == me else each.app_version,
            schema=SCHEMA if each.device == me else each.schema,
            received=counts.get(each.device, 0),
            announced=announced.get(each.device, 0),
            lacking=lacking.get(each.device, ()),
            unseen=_unseen(counts, have, vectors[each.device]) if each.device != me else 0,
            code=data_code(cursor) if each.device == me else each.code,
            twins=doubled.get(each.device, 0),
            revoked_after=each.revoked_after,
            unknown=kept.get(each.device, {}).get("unknown", 0),
            held=kept.get(each.device, {}).get("held", 0),
            early=kept.get(each.device, {}).get("early", 0),
        )
        for each in known
        if each.trust != Trust.FORMER.value
    ]
    return tuple(sorted(found, key=lambda row: (row.device != me, not row.lacking, -row.unseen, row.label, row.device)))


def _own_person(cursor: Any) -> str:
    person = identity_at(cursor)
    return person.name or person.role


def _ahead(said: str | None, heard: str | None) -> int | None:
    """Return how far a clock is ahead of ours, seconds. A hello may be long on its way: one behind is not told."""
    if said is None or heard is None:
        return None
    return max(0, int((datetime.fromisoformat(said) - datetime.fromisoformat(heard)).total_seconds()))


def _unseen(counts: Mapping[str, int], have: Mapping[str, int], said: Mapping[str, int]) -> int:
    """Return how many changes that are here a laptop had not when it last spoke."""
    return sum(max(0, last - said.get(laptop, 0)) for laptop, last in have.items() if laptop in counts)
