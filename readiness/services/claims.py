"""Claims: one set of rules and one kind of record for all that moves the claim of items: review, keys, paste, commands.

A status below Checked claims nothing and costs one small question; only a sign-off reads what it signs.
"""

import json
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import false, select
from sqlalchemy.orm import Session

from readiness.domain.changes import decode, tidied
from readiness.domain.errors import BadValue, NotFound
from readiness.domain.review import Claim, ReviewVerb, refused
from readiness.domain.scoring import CLAIMED
from readiness.domain.signing import Signed
from readiness.domain.steps import SetField, sets, stored
from readiness.domain.views import ItemEdit
from readiness.domain.vocabulary import ItemField, ItemStatus, ReviewKind
from readiness.services.dossiers import coded, needs_four_eyes
from readiness.services.people import read_signer
from readiness.services.proofs import signed_state
from readiness.services.records import create, derived_id
from readiness.storage.history import LoggedChange, changes
from readiness.storage.prepared import by_ids, in_list, rows_by_ids
from readiness.storage.tables import Item, Review, change, step
from readiness.storage.workspace import cursor_of, device_id, moment_of_step

_ITEMS = by_ids(
    select(Item.id, Item.reference, Item.status, Item.claimed_by, Item.signed).where(Item.deleted == false()), Item.id
)
_REVIEWS = by_ids(
    select(Review.item_id, Review.at, Review.id, Review.kind).where(Review.deleted == false()), Review.item_id
)
SIGNABLE = frozenset({ItemField.POSITION, ItemField.IMPACT, ItemField.IMPACT_LEVEL, ItemField.GAP})
"""What a sign-off signs of an item itself."""
SIGNABLE_NAMES = tuple(sorted(str(each.value) for each in SIGNABLE))
Edits = Mapping[str, Sequence[ItemEdit]]


def read_claims(session: Session, item_ids: Sequence[str], *, whole: bool = True) -> dict[str, Claim]:
    """Return what items claim, in the order asked for. Raises NotFound.

    Args:
        session: Where.
        item_ids: Which.
        whole: Whether to say as well what was done last, and whether a sign-off has lapsed; keys need neither.
    """
    cursor, ids = cursor_of(session), list(dict.fromkeys(item_ids))
    found = {row[0]: row for row in rows_by_ids(cursor, _ITEMS, ids)}
    missing = next((id_ for id_ in ids if id_ not in found), None)
    if missing is not None:
        raise NotFound("item", missing)
    claims = {
        id_: Claim(found[id_][1], coded(ItemStatus, found[id_][2], ItemStatus.NOT_STARTED), found[id_][3],
                   signed=bool(found[id_][4]))
        for id_ in ids
    }  # fmt: skip
    unsaid = [id_ for id_, claim in claims.items() if claim.status in CLAIMED and not claim.claimed_by]
    for id_, found_in_log in claimants(session, unsaid).items():
        claims[id_] = replace(claims[id_], claimed_by=found_in_log.actor)
    return _in_full(cursor, claims, {id_: found[id_][4] for id_ in ids}) if whole else claims


def _in_full(cursor: Any, claims: dict[str, Claim], digests: Mapping[str, str]) -> dict[str, Claim]:
    last = {row[0]: row[3] for row in sorted(rows_by_ids(cursor, _REVIEWS, list(claims)))}
    signed = [id_ for id_, claim in claims.items() if claim.signed and claim.status is ItemStatus.SIGNED_OFF]
    now = signed_state(cursor, signed)
    lapsed = {id_ for id_ in signed if now[id_].digest != digests[id_]}
    return {
        id_: replace(
            claim,
            last=coded(ReviewKind, last[id_], ReviewKind.SUBMITTED) if id_ in last else None,
            lapsed=id_ in lapsed,
        )
        for id_, claim in claims.items()
    }


def claimants(session: Session, item_ids: Sequence[str]) -> dict[str, LoggedChange]:
    """Return what made the claim of items that keep no name, as before there was review: the log knows."""
    if not item_ids:
        return {}
    query = changes().where(
        change.c.field == "status", change.c.eid.in_(in_list("ids")), step.c.undo_of.is_(None)
    )  # what somebody undid, somebody else had claimed
    found = session.execute(query.order_by(change.c.stamp, change.c.k), {"ids": json.dumps(list(item_ids))})
    made: dict[str, LoggedChange] = {}
    for each in (LoggedChange(*row) for row in found):
        code = decode(each.new)
        if code == ItemStatus.CHECKED.value or (code == ItemStatus.SIGNED_OFF.value and each.eid not in made):
            made[each.eid] = each
    return made


def refuse(session: Session, verb: ReviewVerb, claims: Mapping[str, Claim]) -> None:
    """Raise BadValue, naming the items and the cure, where a verb is not allowed for all of them."""
    said = refused(verb, claims.values(), read_signer(session), four_eyes=needs_four_eyes(session))
    if said:
        raise BadValue(said)


def records_of(
    session: Session,
    done: Mapping[str, ReviewKind],
    at: datetime,
    note: str = "",
    signed: Mapping[str, Signed] | None = None,
) -> list[SetField]:
    """Return the settings that record what was done with the claims of items; `signed` says what was signed."""
    me, contents = read_signer(session), signed or {}
    taken = {row[:2] for row in rows_by_ids(cursor_of(session), _REVIEWS, list(done))}
    made: list[SetField] = []
    for item_id, kind in done.items():
        when = _first_free(item_id, at, taken)
        made += create(
            "review",
            derived_id(session, "review", item_id, str(kind.value), when, device_id(session)),
            item_id=item_id,
            kind=kind,
            by=me.signature,
            role=me.role,
            at=when,
            note=note,
            content=contents[item_id].as_text() if item_id in contents else "",
        )
    return made


def _first_free(item_id: str, at: datetime, taken: Container[tuple[str, ...]]) -> str:
    """Return a moment as it is kept; a millisecond later for each act of the same moment, which their order needs."""
    moment = at.astimezone(UTC)
    while (item_id, moment.isoformat(timespec="milliseconds")) in taken:
        moment += timedelta(milliseconds=1)
    return moment.isoformat(timespec="milliseconds")


def signing(
    session: Session, claims: Mapping[str, Claim], at: datetime, note: str = "", edits: Edits | None = None
) -> list[SetField]:
    """Return the settings that sign items off as they will be after the step, and record it.

    Args:
        session: Where.
        claims: Of the items; whoever signs off what nobody checked claims it too.
        at: When.
        note: What the signer says.
        edits: What else the step gives the items.
    """
    now = {
        id_: _edited(state, (edits or {}).get(id_, ()))
        for id_, state in signed_state(cursor_of(session), list(claims)).items()
    }
    me = read_signer(session).signature
    made: list[SetField] = []
    for id_, claim in claims.items():
        made += sets("item", id_, status=ItemStatus.SIGNED_OFF, signed=now[id_].digest)
        if claim.status not in CLAIMED:
            made += sets("item", id_, claimed_by=me)
    return made + records_of(session, dict.fromkeys(claims, ReviewKind.SIGNED_OFF), at, note, now)


def _edited(state: Signed, edits: Iterable[ItemEdit]) -> Signed:
    """Return what will be signed once other fields of the same step have their values, as the record keeps them."""
    said = {each.field: tidied(str(stored(each.value))) for each in edits if each.field in SIGNABLE}
    return replace(
        state,
        position=said.get(ItemField.POSITION, state.position),
        impact=said.get(ItemField.IMPACT, state.impact),
        impact_level=said.get(ItemField.IMPACT_LEVEL, state.impact_level),
        gap=said.get(ItemField.GAP, state.gap),
    )


def checking(session: Session, claims: Mapping[str, Claim], at: datetime, note: str = "") -> list[SetField]:
    """Return the settings that claim items as Checked, and record it."""
    me = read_signer(session).signature
    made = [each for id_ in claims for each in sets("item", id_, status=ItemStatus.CHECKED, claimed_by=me)]
    return made + records_of(session, dict.fromkeys(claims, ReviewKind.CHECKED), at, note)


def unsigning(
    session: Session, claims: Mapping[str, Claim], status: Mapping[str, ItemStatus], at: datetime, note: str = ""
) -> list[SetField]:
    """Return the settings that take sign-offs back, to another status each, and record it; who claims it stays."""
    made: list[SetField] = []
    for id_, claim in claims.items():
        made += sets("item", id_, status=status[id_], signed="", claimed_by=claim.claimed_by)
    return made + records_of(session, dict.fromkeys(claims, ReviewKind.WITHDRAWN), at, note)


def moving(session: Session, cells: Edits) -> list[SetField]:
    """Return what else is to be set where edits move a status to or from a claim: who claims it, what was signed.

    Raises BadValue, as the verbs of review do, where somebody may not sign off.
    """
    wanted = {
        id_: each.value
        for id_, edits in cells.items()
        for each in edits
        if each.field is ItemField.STATUS and isinstance(each.value, ItemStatus)
    }
    if not wanted:
        return []
    claims = read_claims(session, list(wanted), whole=False)
    moved = {id_: claim for id_, claim in claims.items() if claim.status is not wanted[id_]}
    signed = {id_: claim for id_, claim in moved.items() if wanted[id_] is ItemStatus.SIGNED_OFF}
    unsigned = {id_: claim for id_, claim in moved.items() if claim.status is ItemStatus.SIGNED_OFF}
    checked = {id_: claim for id_, claim in moved.items() if wanted[id_] is ItemStatus.CHECKED and id_ not in unsigned}
    if not (signed or unsigned or checked):
        return []
    at = moment_of_step(session)
    made = checking(session, checked, at) if checked else []
    if unsigned:
        made += unsigning(session, unsigned, wanted, at)
    if signed:
        refuse(session, ReviewVerb.SIGN_OFF, {id_: _as_applicable(claim) for id_, claim in signed.items()})
        made += signing(session, signed, at, edits=cells)
    return made


def _as_applicable(claim: Claim) -> Claim:
    """Return a claim as that of an item that takes part again: what is set by key takes it back in."""
    is_out = claim.status is ItemStatus.NOT_APPLICABLE
    return replace(claim, status=ItemStatus.NOT_STARTED) if is_out else claim
